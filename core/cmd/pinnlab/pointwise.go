package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pinnlab/core/ad"
	"pinnlab/core/expr"
	"pinnlab/core/jet"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// checkPointwise compares fields, derivatives, residuals and forcings at single
// points, and names the worst.
func (f *fixture) checkPointwise(obj *objective, theta []float64) (rows []checked, err error) {
	worst := compared("", 0)
	for _, name := range slices.Sorted(maps.Keys(f.Pointwise)) {
		want := f.Pointwise[name]
		set, column := f.splitSet(obj.Prob, name)
		got := f.column(obj, theta, f.Points[set], column)
		if got == nil {
			rows = append(rows, checked{what: "pointwise " + name, skipped: true})
			continue
		}
		if len(got) != len(want) {
			return nil, fmt.Errorf("pointwise %s: %d values at %d points", name, len(want), len(got))
		}
		if d := deviation(got, want); worst.what == "" || !(d <= worst.deviation) {
			worst.what, worst.deviation = "pointwise, worst "+name, d
		}
	}
	if worst.what != "" {
		rows = append(rows, worst)
	}
	return rows, nil
}

// splitSet splits a name such as ic_u_t into the point set ic and u_t; without
// such a prefix it is of the residual points.
func (f *fixture) splitSet(prob *pde.Problem, name string) (set, column string) {
	prefix, rest, ok := strings.Cut(name, "_")
	if ok && !slices.Contains(f.Outputs, prefix) {
		if slices.ContainsFunc(prob.Sets, func(s pde.PointSet) bool { return s.Name == prefix }) {
			return prefix, rest
		}
	}
	return prob.Sets[0].Name, name
}

// column evaluates r of the term res, r_u of res_u and so on; f or g, the
// forcing; what the problem shows by that name; or a field or a derivative of
// one. It returns nil for any other name.
func (f *fixture) column(obj *objective, theta []float64, points [][]float64, name string) []float64 {
	for _, t := range obj.Prob.Terms {
		rest, isResidual := strings.CutPrefix(name, "r")
		switch {
		case isResidual && t.Name == "res"+rest:
			return f.evaluate(obj.Net, theta, points, t.Residual, false)
		case (name == "f" || name == "g") && t.Forcing != "":
			r := f.evaluate(obj.Net, theta, points, t.Residual, true) // the operators of the presets vanish at zero
			for i := range r {
				r[i] = -r[i]
			}
			return r
		}
	}
	for _, v := range obj.Prob.Views {
		if v.Name == name && v.Along < 0 { // an integral has no value at a point alone
			return f.evaluate(obj.Net, theta, points, v.Program, false)
		}
	}
	formula, err := expr.Parse(name)
	if err != nil {
		return nil
	}
	p, err := (&expr.Scope{Coords: f.Coords, Fields: f.Outputs}).Compile(formula)
	if err != nil {
		return nil
	}
	return f.evaluate(obj.Net, theta, points, p, false)
}

// evaluate runs a program of one output at the points, a list per coordinate,
// with the network's fields or with zero in their place.
func (f *fixture) evaluate(net *nn.Net, theta []float64, points [][]float64, p *expr.Program, zero bool) []float64 {
	n := len(points[0])
	var need []jet.Index
	for _, s := range p.Inputs() {
		need = append(need, indexOf(s))
	}
	params := ad.NewParams[float64](net.Layout, false)
	params.Load(theta)
	tape := ad.NewTape(params, jet.NewSet(need, jet.Operator{}, false), n)
	in := tape.Input(len(points))
	for j := range points {
		var first jet.Index
		first[j] = 1
		for i, x := range points[j] {
			tape.Row(in.Val, len(points), 0, i)[j] = (x - f.Mu[j]) / f.Sigma[j]
			if c := tape.Set.Channel(first); c >= 0 {
				tape.Row(in.Val, len(points), c, i)[j] = 1 / f.Sigma[j]
			}
		}
	}
	out := nn.Record(net, tape, in)
	tape.Forward()
	m := p.Machine(n)
	for k, s := range p.Inputs() {
		for i := range n {
			switch {
			case s.Kind == expr.Coord:
				m.In(k)[i] = points[s.Index][i]
			case !zero:
				m.In(k)[i] = tape.Row(out.Val, out.Cols, tape.Set.Channel(indexOf(s)), i)[s.Index]
			}
		}
	}
	m.Forward(n)
	return m.Out(0)
}

func indexOf(s expr.Symbol) (a jet.Index) {
	for i, n := range s.Order {
		a[i] = uint8(n)
	}
	return a
}
