package pde

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pinnlab/core/expr"
	"pinnlab/core/method"
)

// Bounds on the size of a Spec.
const (
	maxCoords     = 2
	maxFields     = 8
	maxParams     = 16
	maxDerived    = 16
	maxResiduals  = 8
	maxConditions = 32
	maxFormulas   = 8 // of one condition
	maxViews      = 8
	maxPublished  = 200
	maxNodes      = 1 << 16 // of the error grid in all
	maxName       = 32      // characters
	maxTitle      = 200
	maxProse      = 2000
)

// check adds what is wrong with s apart from names and formulas. It returns
// false if s is not even of a size to look into those.
func (s *Spec) check(errs *Errors) bool {
	if s.Version != SpecVersion {
		errs.add("version", "must be %d, the only version there is", SpecVersion)
	}
	s.checkProse(errs)
	before := len(*errs)
	s.checkCounts(errs)
	sound := len(*errs) == before
	for i, c := range s.Coords {
		if !finite(c.Lo) || !finite(c.Hi) || !finite(c.Hi-c.Lo) || c.Lo >= c.Hi {
			errs.add(fmt.Sprintf("coords[%d].hi", i), "must be above lo; lo is %g and hi %g", c.Lo, c.Hi)
		}
	}
	for i, p := range s.Params {
		p.check(errs, fmt.Sprintf("params[%d]", i))
	}
	if len(s.Solution) > 0 && s.Reference != "" {
		errs.add("reference", "a problem has a solution or a reference, not both")
	}
	s.checkPublished(errs)
	return sound
}

func (s *Spec) checkProse(errs *Errors) {
	if s.Name == "" {
		errs.add("name", "is missing")
	}
	texts := []struct {
		path, text string
		most       int
	}{
		{"name", s.Name, maxName}, {"title", s.Title, maxTitle}, {"equation", s.Equation, maxTitle},
		{"description", s.Description, maxProse}, {"reference", s.Reference, maxName},
		{"sources", strings.Join(s.Sources, ""), maxProse},
	}
	for _, t := range texts {
		if n := len([]rune(t.text)); n > t.most {
			errs.add(t.path, "has %d characters; %d is the most", n, t.most)
		}
	}
}

func (s *Spec) checkCounts(errs *Errors) {
	counts := []struct {
		path             string
		n, least, atMost int
	}{
		{"coords", len(s.Coords), 1, maxCoords}, {"fields", len(s.Fields), 1, maxFields},
		{"params", len(s.Params), 0, maxParams}, {"derived", len(s.Derived), 0, maxDerived},
		{"residuals", len(s.Residuals), 1, maxResiduals}, {"conditions", len(s.Conditions), 0, maxConditions},
		{"views", len(s.Views), 0, maxViews}, {"published", len(s.Published), 0, maxPublished},
	}
	for _, c := range counts {
		if c.n < c.least {
			errs.add(c.path, "needs at least %d", c.least)
		}
		if c.n > c.atMost {
			errs.add(c.path, "has %d entries; %d is the most", c.n, c.atMost)
		}
	}
	for i, c := range s.Conditions {
		if n := len(c.Formula); n < 1 || n > maxFormulas {
			errs.add(fmt.Sprintf("conditions[%d].formula", i), "needs 1 to %d formulas", maxFormulas)
		}
	}
}

func (p *Param) check(errs *Errors, at string) {
	switch {
	case p.Min == 0 && p.Max == 0:
		errs.add(at+".max", "min and max are missing: the ends of the slider")
	case !finite(p.Min) || !finite(p.Max) || !finite(p.Max-p.Min) || p.Min >= p.Max:
		errs.add(at+".max", "must be above min, for the slider; min is %g and max %g", p.Min, p.Max)
	case p.fault(p.Value) != "":
		errs.add(at+".value", "%s", p.fault(p.Value))
	}
	if ranged := p.Min < p.Max; ranged && (!finite(p.Step) || p.Step < 0 || p.Step > p.Max-p.Min) {
		errs.add(at+".step", "must be above 0 and within the range; found %g", p.Step)
	}
	if len([]rune(p.Description)) > maxTitle {
		errs.add(at+".description", "is longer than %d characters", maxTitle)
	}
}

// fault says why p cannot have the value v, or "".
func (p *Param) fault(v float64) string {
	switch {
	case math.IsNaN(v):
		return "is not a number"
	case v < p.Min || v > p.Max:
		return fmt.Sprintf("must be from %g to %g; found %g", p.Min, p.Max, v)
	case p.Integer && v != math.Trunc(v):
		return fmt.Sprintf("must be a whole number; found %g", v)
	}
	return ""
}

func (s *Spec) checkPublished(errs *Errors) {
	for i, row := range s.Published {
		at := fmt.Sprintf("published[%d]", i)
		if row.Width < 1 || row.Depth < 1 {
			errs.add(at, "width and depth must be at least 1")
		}
		for name := range row.Params {
			if !slices.ContainsFunc(s.Params, func(p Param) bool { return p.Name == name }) {
				errs.add(at+".params", "unknown parameter %q%s", name, suggest(name, s.paramNames()))
			}
		}
		for model, v := range row.RelL2 {
			checkWord(errs, at+".relL2", model, method.Paper())
			if len(v) < 1 || len(v) > 2 || !(v[0] > 0) || len(v) == 2 && !(v[1] >= 0) {
				errs.add(at+".relL2."+model, "must be [error] or [error, standard deviation]")
			}
		}
	}
}

func (s *Spec) paramNames() []string {
	names := make([]string, len(s.Params))
	for i, p := range s.Params {
		names[i] = p.Name
	}
	return names
}

// checkNames adds what is wrong with the names that formulas can read.
func (s *Spec) checkNames(errs *Errors, scope *expr.Scope) {
	paths := make(map[string]string) // where a name was given last
	claim := func(path, name string) {
		switch {
		case name == "f":
			errs.add(path, "f is the forcing; choose another name")
		case strings.HasSuffix(name, exact):
			errs.add(path, "names that end in %s are those of the solution", exact)
		case paths[name] != "":
			errs.add(path, "%q is already %s", name, paths[name])
		default:
			paths[name] = path
		}
	}
	for i, c := range s.Coords {
		claim(fmt.Sprintf("coords[%d].name", i), c.Name)
	}
	for i, name := range s.Fields {
		claim(fmt.Sprintf("fields[%d]", i), name)
	}
	for i, p := range s.Params {
		claim(fmt.Sprintf("params[%d].name", i), p.Name)
	}
	for i, d := range s.Derived {
		claim(fmt.Sprintf("derived[%d].name", i), d.Name)
	}
	for _, bad := range scope.Check() {
		if paths[bad.Name] != "" && !strings.HasPrefix(bad.Msg, "already") {
			errs.add(paths[bad.Name], "%q %s", bad.Name, bad.Msg)
		}
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
