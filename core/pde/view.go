package pde

import (
	"cmp"
	"fmt"
	"slices"
)

// addViews compiles what p shows, and its exact twin where there is one.
func (b *builder) addViews(p *Problem) {
	views := b.Views
	if len(views) == 0 {
		for _, name := range b.Fields {
			views = append(views, ViewSpec{Name: name})
		}
	}
	for i, v := range views {
		path := fmt.Sprintf("views[%d]", i)
		if msg := labelFault(v.Name); msg != "" {
			b.errs.add(path+".name", "%s", msg)
			continue
		}
		if slices.ContainsFunc(p.Views, func(w View) bool { return w.Name == v.Name }) {
			b.errs.add(path+".name", "%q is taken", v.Name)
		}
		along := b.along(path, v)
		text := cmp.Or(v.Formula, v.Name)
		if v.Integral != "" {
			path, text = path+".integral", v.Integral
		} else {
			path += ".formula"
		}
		f := b.parse(path, text)
		if f == nil {
			continue
		}
		view := View{Name: v.Name, Along: along, Gauge: v.Gauge, Program: b.compile(path, b.scope, f)}
		if view.Program != nil && len(b.Solution) > 0 {
			view.Exact = b.compile(path, b.scope, b.scope.Rename(f, b.twins))
		}
		p.Views = append(p.Views, view)
	}
}

// minIntegral is how many nodes an integral needs along its coordinate.
const minIntegral = 4

// along returns the coordinate of a view's integral, or -1.
func (b *builder) along(path string, v ViewSpec) int {
	at := slices.Index(b.scope.Coords, v.Along)
	switch {
	case v.Integral == "":
		if v.Along != "" {
			b.errs.add(path+".along", "belongs to an integral, and the view has none")
		}
	case v.Formula != "":
		b.errs.add(path+".integral", "a view has a formula or an integral, not both")
	case v.Along == "":
		b.errs.add(path+".along", "is missing: an integral is along a coordinate (%s)", list(b.scope.Coords))
	case at < 0:
		b.errs.add(path+".along", "%q is not a coordinate (%s)", v.Along, list(b.scope.Coords))
	default:
		return at
	}
	return -1
}

// addError settles how p measures its error.
func (b *builder) addError(p *Problem) {
	spec := b.Error
	known := len(b.Solution) > 0 || b.Reference != ""
	if known && len(spec.Views) == 0 {
		if at := slices.IndexFunc(p.Views, func(v View) bool { return v.Along < 0 }); at >= 0 {
			spec.Views = []string{p.Views[at].Name}
		}
	}
	for i, name := range spec.Views {
		path := fmt.Sprintf("error.views[%d]", i)
		at := slices.IndexFunc(p.Views, func(v View) bool { return v.Name == name })
		switch {
		case !known:
			b.errs.add(path, "the problem has neither solution nor reference")
		case at < 0:
			b.errs.add(path, "%q is not a view", name)
		case slices.Contains(p.Errors, at):
			b.errs.add(path, "%q is given twice", name)
		case p.Views[at].Along >= 0:
			b.errs.add(path, "%q is an integral, which does not count in the error", name)
		}
		p.Errors = append(p.Errors, at)
	}
	b.setGrid(p, spec)
}

func (b *builder) setGrid(p *Problem, spec ErrorSpec) {
	if len(spec.Nodes) == 0 {
		spec.Nodes = slices.Repeat([]int{100}, len(p.Coords))
		if len(p.Coords) == 1 {
			spec.Nodes[0] = 1000
		}
	}
	total := 1
	for _, n := range spec.Nodes {
		if total *= min(max(n, 0), maxNodes+1); n < 2 || total > maxNodes {
			b.errs.add("error.nodes", "must be at least 2 per coordinate and at most %d in all", maxNodes)
			return
		}
	}
	if len(spec.Nodes) != len(p.Coords) {
		b.errs.add("error.nodes", "must be one number per coordinate")
		return
	}
	p.Grid = slices.Clone(spec.Nodes)
	for _, v := range p.Views {
		if v.Along >= 0 && p.Grid[v.Along] < minIntegral {
			b.errs.add("error.nodes", "must be at least %d along %s for the integral %q", minIntegral, b.Coords[v.Along].Name, v.Name)
		}
	}
}
