package pde

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"pinnlab/core/expr"
	"pinnlab/core/method"
)

// Parse reads a Spec and checks it, formulas included, with its own values of
// the parameters. Its errors are [Errors].
func Parse(text []byte) (*Spec, error) {
	s, err := decode(text)
	if err != nil {
		return nil, err
	}
	if _, err := s.Problem(nil); err != nil {
		return nil, err
	}
	return s, nil
}

// Problem compiles s with the given values of parameters; parameters not in
// params have the value of the Spec. Its errors are [Errors]; those of params
// have paths such as params.k.
func (s *Spec) Problem(params map[string]float64) (*Problem, error) {
	b := builder{Spec: s}
	sound := s.check(&b.errs)
	values := b.values(params)
	p := &Problem{
		Name: s.Name, Title: s.Title, Equation: s.Equation,
		Coords: slices.Clone(s.Coords), Outputs: slices.Clone(s.Fields), Params: values,
		Reference: s.Reference, Settings: s.Settings.withDefaults(&b.errs), Published: s.flatPublished(),
	}
	if sound && b.setScope(values) {
		b.addResiduals(p)
		b.addConditions(p)
		b.addViews(p)
		b.addError(p)
	}
	if err := b.errs.orNil(); err != nil {
		return nil, err
	}
	return p, nil
}

// values returns the values of all parameters, those of the Spec where params
// has none or a wrong one.
func (b *builder) values(params map[string]float64) map[string]float64 {
	values := make(map[string]float64)
	for _, p := range b.Params {
		values[p.Name] = p.Value
		if v, given := params[p.Name]; !given {
			continue
		} else if msg := p.fault(v); msg != "" {
			b.errs.add("params."+p.Name, "%s", msg)
		} else {
			values[p.Name] = v
		}
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if _, ok := values[name]; !ok {
			b.errs.add("params."+name, "unknown parameter; the problem has %s", cmp.Or(list(b.paramNames()), "none"))
		}
	}
	return values
}

func (s *Spec) flatPublished() []Published {
	var flat []Published
	for _, row := range s.Published {
		for _, model := range method.Paper() {
			if v := row.RelL2[model]; len(v) > 0 {
				p := Published{Model: model, Width: row.Width, Depth: row.Depth, RelL2: v[0], Measure: row.Measure, Source: row.Source, Params: row.Params}
				if len(v) > 1 {
					p.Std = v[1]
				}
				flat = append(flat, p)
			}
		}
	}
	return flat
}

// residual is the name of the point set and of the group of all residuals.
const residual = "res"

func (b *builder) addResiduals(p *Problem) {
	box := PointSet{Name: residual}
	for _, c := range b.Coords {
		box.Lo, box.Hi = append(box.Lo, c.Lo), append(box.Hi, c.Hi)
	}
	p.Groups, p.Sets = []string{residual}, []PointSet{box}
	for i, r := range b.Residuals {
		path := fmt.Sprintf("residuals[%d]", i)
		b.claimTerm(p, path, r.Name)
		formula := b.parse(path+".formula", r.Formula)
		if formula == nil {
			continue
		}
		scope, f := b.forced(path, r, formula)
		if scope == nil {
			continue
		}
		t := Term{Name: r.Name, Formulas: []string{r.Formula}}
		if f != nil {
			t.Forcing = f.String()
		}
		t.Residual = b.governing(path+".formula", scope, []*expr.Formula{formula})
		p.Terms = append(p.Terms, t)
	}
}

func (b *builder) addConditions(p *Problem) {
	for i, c := range b.Conditions {
		path := fmt.Sprintf("conditions[%d]", i)
		b.claimTerm(p, path, c.Name)
		t := Term{Name: c.Name, Formulas: slices.Clone(c.Formula)}
		t.Group = b.group(p, path, c.Group)
		t.Set = b.set(p, path, c)
		var formulas []*expr.Formula
		for j, text := range c.Formula {
			at := path + ".formula"
			if len(c.Formula) > 1 {
				at = fmt.Sprintf("%s[%d]", at, j)
			}
			if f := b.parse(at, text); f != nil {
				formulas = append(formulas, f)
			}
		}
		if len(formulas) == len(c.Formula) {
			t.Residual = b.governing(path+".formula", b.scope, formulas)
		}
		p.Terms = append(p.Terms, t)
	}
}

// claimTerm checks the name of the next term of p.
func (b *builder) claimTerm(p *Problem, path, name string) {
	taken := name == "total" || slices.ContainsFunc(p.Terms, func(t Term) bool { return t.Name == name })
	if msg := labelFault(name); msg != "" {
		b.errs.add(path+".name", "%s", msg)
	} else if taken {
		b.errs.add(path+".name", "%q is taken", name)
	}
}

// labelFault says why name cannot be that of a term, set, group or view.
func labelFault(name string) string {
	switch {
	case name == "":
		return "is missing"
	case len(name) > maxName:
		return fmt.Sprintf("is longer than %d characters", maxName)
	}
	for _, c := range []byte(strings.ToLower(name)) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return "must be letters a-z, digits and _"
		}
	}
	return ""
}

// group returns the index of the group name in p, new or not.
func (b *builder) group(p *Problem, path, name string) int {
	if name == "" {
		name = "bcs"
	}
	if msg := labelFault(name); msg != "" {
		b.errs.add(path+".group", "%s", msg)
	} else if name == residual {
		b.errs.add(path+".group", "%s is the group of the residuals", residual)
	}
	if i := slices.Index(p.Groups, name); i >= 0 {
		return i
	}
	p.Groups = append(p.Groups, name)
	return len(p.Groups) - 1
}

// set returns the index of the point set of c in p, new or not.
func (b *builder) set(p *Problem, path string, c Condition) int {
	set := PointSet{Name: c.Set, Lo: slices.Clone(p.Sets[0].Lo), Hi: slices.Clone(p.Sets[0].Hi)}
	if set.Name == "" {
		set.Name = c.Name
	} else if msg := labelFault(set.Name); msg != "" {
		b.errs.add(path+".set", "%s", msg)
	}
	if axis, at, msg := b.face(c.Face); msg != "" {
		b.errs.add(path+".face", "%s", msg)
	} else {
		set.Lo[axis], set.Hi[axis] = at, at
	}
	i := slices.IndexFunc(p.Sets, func(s PointSet) bool { return s.Name == set.Name })
	switch {
	case i == 0:
		b.errs.add(path+".set", "%s is the set of the residuals", residual)
	case i < 0:
		i, p.Sets = len(p.Sets), append(p.Sets, set)
	case !slices.Equal(set.Lo, p.Sets[i].Lo) || !slices.Equal(set.Hi, p.Sets[i].Hi):
		b.errs.add(path+".face", "the set %q lies on another face", set.Name)
	}
	return i
}

// face reads a face such as y=-1; msg says what is wrong with it.
func (b *builder) face(text string) (axis int, at float64, msg string) {
	name, value, ok := strings.Cut(text, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	axis = slices.IndexFunc(b.Coords, func(c Coord) bool { return c.Name == name })
	switch {
	case text == "":
		return 0, 0, "is missing: a coordinate and an end of its interval, such as " + b.ends(0)
	case !ok && axis >= 0:
		return 0, 0, fmt.Sprintf("must be %s; a condition on both takes two entries", b.ends(axis))
	case !ok:
		return 0, 0, fmt.Sprintf("must be a coordinate and an end of its interval, such as %s; found %q", b.ends(0), text)
	case axis < 0:
		return 0, 0, fmt.Sprintf("%q is not a coordinate (%s)", name, list(b.scope.Coords))
	}
	at, err := strconv.ParseFloat(value, 64)
	c := b.Coords[axis]
	switch v, isFormula := evaluate(value); {
	case !(c.Lo < c.Hi):
		return axis, c.Lo, "" // the interval has an error of its own
	case err == nil && (at == c.Lo || at == c.Hi):
		return axis, at, ""
	case strings.HasPrefix(value, "="):
		return 0, 0, fmt.Sprintf("must be %s, with one =", b.ends(axis))
	case strings.Contains(value, "="):
		return 0, 0, fmt.Sprintf("must be %s: one face, not %q", b.ends(axis), text)
	case err != nil && isFormula && (v == c.Lo || v == c.Hi):
		return 0, 0, fmt.Sprintf("write the number: %s=%g", name, v)
	case err == nil && (math.Abs(at-c.Lo) < 1e-3*(c.Hi-c.Lo) || math.Abs(at-c.Hi) < 1e-3*(c.Hi-c.Lo)):
		return 0, 0, fmt.Sprintf("must be %s, with all digits; found %s", b.ends(axis), value)
	case err == nil && at > c.Lo && at < c.Hi:
		return 0, 0, fmt.Sprintf("must be %s: %s lies inside, and conditions stand at the ends", b.ends(axis), value)
	}
	return 0, 0, fmt.Sprintf("must be %s; found %q", b.ends(axis), value)
}

// ends names the two faces of a coordinate.
func (b *builder) ends(axis int) string {
	c := b.Coords[axis]
	return fmt.Sprintf("%s=%g or %s=%g", c.Name, c.Lo, c.Name, c.Hi)
}
