package pde

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pinnlab/core/expr"
)

const (
	exact    = "_exact" // u_exact is the solution of u
	forcing  = "f"
	maxOrder = 4 // of the derivatives of network outputs

	maxErrors = 32 // after which no further formula is compiled, to bound the work
)

// builder makes a Problem and gathers what is wrong on the way.
type builder struct {
	*Spec
	errs  Errors
	scope *expr.Scope
	twins map[string]string // u to u_exact, for fields and derived fields; empty without a solution
}

// parse reads the formula of path; it returns nil after an error.
func (b *builder) parse(path, text string) *expr.Formula {
	f, err := expr.Parse(text)
	if err != nil {
		b.errs.add(path, "%v", err)
		return nil
	}
	return f
}

// setScope gives names their meaning. Nothing can be compiled if it fails.
func (b *builder) setScope(params map[string]float64) bool {
	before := len(b.errs)
	b.scope = &expr.Scope{Fields: b.Fields, Params: params, Defs: make(map[string]*expr.Formula)}
	for _, c := range b.Coords {
		b.scope.Coords = append(b.scope.Coords, c.Name)
	}
	for i, d := range b.Derived {
		if f := b.parse(fmt.Sprintf("derived[%d].formula", i), d.Formula); f != nil {
			b.scope.Defs[d.Name] = f
		}
	}
	b.checkNames(&b.errs, b.scope)
	b.setSolution()
	if len(b.errs) > before {
		return false
	}
	for i, d := range b.Derived {
		b.compile(fmt.Sprintf("derived[%d].formula", i), b.scope, b.scope.Defs[d.Name])
	}
	return len(b.errs) == before
}

// setSolution defines u_exact for every field and derived field u.
func (b *builder) setSolution() {
	b.twins = make(map[string]string)
	if len(b.Solution) == 0 {
		return
	}
	plain := &expr.Scope{Coords: b.scope.Coords, Params: b.scope.Params}
	solution := make(map[string]*expr.Formula)
	for _, name := range slices.Sorted(maps.Keys(b.Solution)) {
		path := "solution." + name
		if !slices.Contains(b.Fields, name) {
			b.errs.add(path, "%q is not a field (%s)", name, list(b.Fields))
		} else if f := b.parse(path, b.Solution[name]); f != nil && b.compile(path, plain, f) != nil {
			solution[name] = f
		}
	}
	for _, name := range b.Fields {
		b.twins[name] = name + exact
		if b.Solution[name] == "" {
			b.errs.add("solution", "lacks the field %q", name)
		}
	}
	for name := range b.scope.Defs {
		b.twins[name] = name + exact
	}
	for name, f := range maps.Clone(b.scope.Defs) {
		b.scope.Defs[name+exact] = b.scope.Rename(f, b.twins)
	}
	for name, f := range solution {
		b.scope.Defs[name+exact] = f
	}
}

// forced returns the scope of a residual, in which f has a meaning, and the
// formula of f if the residual reads it. It returns nil after an error.
func (b *builder) forced(path string, r Residual, formula *expr.Formula) (*expr.Scope, *expr.Formula) {
	reads := b.scope.Reads(formula, forcing)
	var f *expr.Formula
	switch {
	case !reads && r.F == "":
		return b.scope, nil
	case !reads:
		b.errs.add(path+".f", "the residual does not read f")
	case r.F != "":
		if f = b.parse(path+".f", r.F); f != nil {
			p := b.compile(path+".f", b.scope, f)
			if p != nil && p.Varies(0) {
				b.errs.add(path+".f", "may read coordinates, parameters and the solution, but no field")
			}
		}
	case len(b.Solution) == 0:
		b.errs.add(path+".formula", "reads f, which needs a formula \"f\" beside it or a solution to follow from")
	default:
		if rest := b.scope.Solve(formula, forcing); rest != nil {
			f = b.scope.Rename(rest, b.twins)
		} else {
			b.errs.add(path+".formula", "to follow from the solution, f must be one whole term, as in u_xx - f, and stand nowhere else")
		}
	}
	if f == nil {
		return nil, nil
	}
	scope := *b.scope
	scope.Defs = maps.Clone(scope.Defs)
	scope.Defs[forcing] = f
	return &scope, f
}

// compile compiles formulas that were read at path; it returns nil after an
// error, or after too many.
func (b *builder) compile(path string, scope *expr.Scope, formulas ...*expr.Formula) *expr.Program {
	if len(b.errs) >= maxErrors {
		return nil
	}
	p, err := scope.Compile(formulas...)
	if err != nil {
		var e *expr.Error
		if errors.As(err, &e) && e.Def == forcing {
			err = &expr.Error{Col: e.Col, Msg: e.Msg} // f is this formula, renamed
		}
		hint := ""
		if len(b.Solution) == 0 && strings.Contains(err.Error(), exact) {
			hint = " (there is no solution)"
			if e != nil {
				e.Msg, _, _ = strings.Cut(e.Msg, ";") // names that are known do not help
				err = e
			}
		}
		b.errs.add(path, "%v%s", err, hint)
		return nil
	}
	for _, in := range p.Inputs() {
		order := 0
		for _, o := range in.Order {
			order += o
		}
		if order > maxOrder {
			b.errs.add(path, "needs a derivative of %s of order %d; %d is the highest: give a lower one a field of its own", scope.Fields[in.Index], order, maxOrder)
			return nil
		}
	}
	return p
}

// governing compiles formulas that must vanish; each must depend on a field.
func (b *builder) governing(path string, scope *expr.Scope, formulas []*expr.Formula) *expr.Program {
	before := len(b.errs)
	for i, f := range formulas {
		at := path
		if len(formulas) > 1 {
			at = fmt.Sprintf("%s[%d]", path, i)
		}
		if p := b.compile(at, scope, f); p != nil && !p.Varies(0) {
			b.errs.add(at, "does not depend on any field (%s), so nothing can be learned from it", list(b.Fields))
		}
	}
	if len(b.errs) > before {
		return nil
	}
	return b.compile(path, scope, formulas...)
}
