package pde

import (
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
		if path += ".formula"; v.Formula == "" {
			v.Formula = v.Name
		}
		f := b.parse(path, v.Formula)
		if f == nil {
			continue
		}
		view := View{Name: v.Name, Formula: v.Formula, Gauge: v.Gauge, Program: b.compile(path, b.scope, f)}
		if view.Program != nil && len(b.Solution) > 0 {
			view.Exact = b.compile(path, b.scope, b.scope.Rename(f, b.twins))
		}
		p.Views = append(p.Views, view)
	}
}

// addError settles how p measures its error.
func (b *builder) addError(p *Problem) {
	spec := b.Error
	known := len(b.Solution) > 0 || b.Reference != ""
	if known && len(spec.Views) == 0 && len(p.Views) > 0 {
		spec.Views = []string{p.Views[0].Name}
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
	}
	p.Grid = slices.Clone(spec.Nodes)
}
