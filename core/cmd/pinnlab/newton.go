package main

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"pinnlab/core/opt"
	"pinnlab/core/residual"
)

// newtonFixture is what a fixture has of all residuals together, weighted.
type newtonFixture struct {
	R, Jv, JTu, JTr []float64
	Loss            float64   `json:"weighted_loss"`
	Eigenvalues     []float64 `json:"kernel_eigenvalues"`
	Steps           []struct {
		Mu     float64
		D      []float64
		Linear float64 `json:"linear_loss"`
		After  float64 `json:"weighted_loss_after"`
	}
	Paths []struct {
		Mu   float64
		D, C [][]float64 // d₁ ..., and c₂ ...
		Loss []float64   `json:"weighted_loss"`      // at t = 1, by terms
		Half float64     `json:"weighted_loss_half"` // at t = 1/2, of all
	}
}

// differenceBound is the largest relative deviation of a path's coefficients that
// check accepts, which are found by differences.
const differenceBound = 1e-3

// checkResiduals compares what is given of each term's residuals, unweighted.
func (f *fixture) checkResiduals(obj *objective, theta []float64) (rows []checked, err error) {
	if f.Residuals == nil {
		return nil, nil
	}
	obj.Params.Load(theta)
	r, norms := obj.NewColumns(), obj.NewColumns()
	obj.Residuals(r)
	obj.SquaredNorms(norms)
	for i, t := range obj.Prob.Terms {
		want := slices.Concat(f.Residuals[t.Name]...)
		if len(want) != len(r[i]) {
			return nil, fmt.Errorf("residuals of %s: %d, there are %d", t.Name, len(want), len(r[i]))
		}
		rows = append(rows, compared("residuals "+t.Name, deviation(r[i], want)))
		if trace, ok := f.Trace[t.Name]; ok {
			rows = append(rows, compared("kernel_trace "+t.Name, deviation([]float64{sum(norms[i])}, []float64{trace})))
		}
	}
	return rows, nil
}

// checkNewton compares the products of the Jacobian and what the optimiser
// gauss-newton makes of it, by both of its systems.
func (f *fixture) checkNewton(obj *objective, theta []float64) (rows []checked, err error) {
	want := f.Newton
	if want == nil {
		return nil, nil
	}
	q := opt.NewSquares(obj.System)
	for i, t := range obj.Prob.Terms {
		w, ok := f.Weights[t.Name]
		if !ok {
			return nil, fmt.Errorf("no weight of the term %s", t.Name)
		}
		q.WeighTerm(i, w)
	}
	if len(want.R) != q.N {
		return nil, fmt.Errorf("gauss_newton.r: %d residuals, there are %d", len(want.R), q.N)
	}
	n := len(theta)
	var paths []*opt.Path
	for _, wide := range []bool{false, true} {
		p := opt.NewPathBy(q, opt.NewDampedBy(q.N, n, wide), 4)
		p.Agree = 0
		p.Begin(theta)
		paths = append(paths, p)
	}
	add := func(name string, got, want []float64, bound float64) {
		if len(got) != len(want) {
			err = fmt.Errorf("gauss_newton.%s: %d numbers, there are %d", name, len(want), len(got))
			return
		}
		rows = append(rows, checked{what: "gauss_newton." + name, deviation: deviation(got, want), bound: bound})
	}
	one := func(name string, got, want, bound float64) { add(name, []float64{got}, []float64{want}, bound) }

	p := paths[0]
	wave := func(n int, f func(float64) float64) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = f(float64(i + 1))
		}
		return v
	}
	add("r", p.C[0], want.R, checkBound)
	one("weighted_loss", p.Loss, want.Loss, checkBound)
	v := wave(n, math.Cos)
	jv := make([]float64, q.N)
	p.Times(jv, v)
	add("Jv", jv, want.Jv, checkBound)
	add("Jv along", f.along(obj, q, theta, v), want.Jv, checkBound)
	g := make([]float64, n)
	p.Transposed(g, wave(q.N, math.Sin))
	add("JTu", g, want.JTu, checkBound)
	p.Transposed(g, p.C[0])
	add("JTr", g, want.JTr, checkBound)
	add("kernel_eigenvalues", kernelOf(p.J, q.N, n), want.Eigenvalues, checkBound)

	for _, s := range want.Steps {
		bound := max(checkBound, 1e-11/s.Mu)
		for i, p := range paths {
			name := fmt.Sprintf("steps mu=%g %s ", s.Mu, []string{"JTJ", "JJT"}[i])
			if !p.First(s.Mu) {
				return nil, fmt.Errorf("gauss_newton.%s: the matrix cannot be factorised", name)
			}
			add(name+"d", p.D[0], s.D, bound)
			one(name+"linear_loss", p.Linear, s.Linear, bound)
			one(name+"weighted_loss_after", p.Try(1, 1), s.After, 10*bound)
		}
	}
	for _, s := range want.Paths {
		name := fmt.Sprintf("paths mu=%g ", s.Mu)
		if !p.First(s.Mu) {
			return nil, fmt.Errorf("gauss_newton.%s: the matrix cannot be factorised", name)
		}
		for k := range s.D {
			bound := differenceBound
			if k == 0 {
				bound = max(checkBound, 1e-11/s.Mu)
			} else {
				p.Bend()
				add(fmt.Sprintf("%sc_%d", name, k+1), p.C[k], s.C[k-1], bound)
			}
			add(fmt.Sprintf("%sd_%d", name, k+1), p.D[k], s.D[k], bound)
			one(fmt.Sprintf("%sweighted_loss %d", name, k+1), p.Try(k+1, 1), s.Loss[k], bound)
		}
		one(name+"weighted_loss_half", p.Try(p.Terms, 0.5), s.Half, differenceBound)
	}
	return rows, err
}

// along returns J v by derivatives along v in the space of parameters, in which
// no row of J is formed.
func (f *fixture) along(obj *objective, q *opt.Squares, theta, v []float64) []float64 {
	batch := make([]int, len(obj.Prob.Sets))
	points := make([][]float64, len(batch))
	obj.EachSet(func(set int, p []float64) { batch[set], points[set] = len(p)/len(obj.Prob.Coords), p })
	s := residual.NewAlong[float64](obj.Prob, obj.Net, batch)
	s.EachSet(func(set int, p []float64) { copy(p, points[set]) })
	s.Params.Load(theta)
	s.Params.LoadDirection(v)
	columns, jv := s.NewColumns(), make([]float64, q.N)
	s.Along(columns)
	q.Scaled(jv, columns)
	return jv
}

// kernelOf returns the eigenvalues of J Jᵀ, rising.
func kernelOf(j []float64, rows, columns int) []float64 {
	var k mat.SymDense
	k.SymOuterK(1, mat.NewDense(rows, columns, j))
	var e mat.EigenSym
	if !e.Factorize(&k, false) {
		return nil
	}
	return e.Values(nil)
}
