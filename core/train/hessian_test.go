package train

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// observed returns a run's moment after a few steps; model is a method, or one
// and its network, such as M3/modified-2020.
func observed(t testing.TB, preset, model string) *Moment {
	t.Helper()
	model, network, _ := strings.Cut(model, "/")
	run := newRun(t, preset, model, func(c *Config) { small(c); c.Network = network })
	steps(t, run, 3)
	m := &Moment{}
	run.Observe(m)
	return m
}

// place returns the objective and the Hessian of a moment, on the same points.
func place(m *Moment) (*Objective[float64], *Hessian[float64]) {
	o, h := NewObjective[float64](m.Prob, m.Net, m.Batch), NewHessian[float64](m.Prob, m.Net, m.Batch)
	o.EachSet(m.Draw())
	h.EachSet(m.Draw())
	h.SetParameters(m.Theta)
	return o, h
}

// direction is a vector with no symmetry.
func direction(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.Cos(float64(3*i + 1))
	}
	return v
}

// farthest returns the largest difference over the largest entry of want.
func farthest(got, want []float64) float64 {
	diff, size := 0.0, 0.0
	for i, w := range want {
		diff, size = max(diff, math.Abs(got[i]-w)), max(size, math.Abs(w))
	}
	return diff / size
}

// TestHessianMatchesDifferences compares products with central differences of
// gradients, term by term, on every preset and network.
func TestHessianMatchesDifferences(t *testing.T) {
	for _, preset := range []string{"helmholtz", "klein_gordon", "poisson", "cavity_streamfunction", "cavity_velocity"} {
		for _, model := range []string{"M1", "M3", "M3/modified-2020", "M1/fourier", "M3/fourier-modified"} {
			t.Run(preset+"/"+model, func(t *testing.T) {
				m := observed(t, preset, model)
				o, h := place(m)
				n := len(m.Theta)
				v, hv := direction(n), make([]float64, n)
				hi, lo, want := make([]float64, n), make([]float64, n), make([]float64, n)
				const step = 1e-5
				at := func(s float64) []float64 {
					theta := slices.Clone(m.Theta)
					for i := range theta {
						theta[i] += s * v[i]
					}
					return theta
				}
				for i, term := range m.Prob.Terms {
					h.TermProduct(hv, v, i)
					o.EvalTerm(at(step), i, hi)
					o.EvalTerm(at(-step), i, lo)
					for k := range want {
						want[k] = (hi[k] - lo[k]) / (2 * step)
					}
					// The difference's own error is about step² times a fourth derivative.
					if d := farthest(hv, want); !(d < 1e-6) {
						t.Errorf("term %s: differs by %.2g", term.Name, d)
					}
				}
			})
		}
	}
}

// TestHessianParts checks that terms make up groups, and groups the weighted
// sum.
func TestHessianParts(t *testing.T) {
	m := observed(t, "klein_gordon", "M4")
	_, h := place(m)
	n := len(m.Theta)
	v, one, total := direction(n), make([]float64, n), make([]float64, n)
	groups := [][]float64{make([]float64, n), make([]float64, n), make([]float64, n)}
	h.Products(groups, v)
	for g := range groups {
		sum := make([]float64, n)
		for i, term := range m.Prob.Terms {
			if term.Group == g {
				h.TermProduct(one, v, i)
				for k := range sum {
					sum[k] += one[k]
				}
			}
		}
		if d := farthest(groups[g], sum); !(d < 1e-14) {
			t.Errorf("group %d: the terms differ by %.2g", g, d)
		}
		alone := []float64{0, 0, 0}
		alone[g] = 1
		if h.Product(one, v, alone); !slices.Equal(one, groups[g]) {
			t.Errorf("group %d: alone it is different", g)
		}
	}
	weights := []float64{1, 20, 0.3}
	h.Product(total, v, weights)
	for k := range one {
		one[k] = 0
		for g, w := range weights {
			one[k] += w * groups[g][k]
		}
	}
	if d := farthest(total, one); !(d < 1e-14) {
		t.Errorf("the weighted sum differs by %.2g", d)
	}
}

// TestHessianIsSymmetric compares u·Hv with v·Hu.
func TestHessianIsSymmetric(t *testing.T) {
	m := observed(t, "cavity_streamfunction", "M3")
	_, h := place(m)
	n := len(m.Theta)
	u, v, hu, hv := make([]float64, n), direction(n), make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = math.Sin(float64(i * i))
	}
	h.Product(hu, u, []float64{1, 1})
	h.Product(hv, v, []float64{1, 1})
	a, b, size := 0.0, 0.0, 0.0
	for i := range u {
		a, b, size = a+u[i]*hv[i], b+v[i]*hu[i], size+math.Abs(v[i]*hu[i])
	}
	if !(math.Abs(a-b) <= 1e-13*size) {
		t.Errorf("u·Hv = %v, v·Hu = %v", a, b)
	}
}

// TestHessianInFloat32 holds the products in the precision of training to what
// that allows.
func TestHessianInFloat32(t *testing.T) {
	m := observed(t, "helmholtz", "M1")
	_, h := place(m)
	n := len(m.Theta)
	v, hv := direction(n), make([]float64, n)
	h.Product(hv, v, []float64{1, 1})
	narrow := func(x []float64) (y []float32) {
		for _, a := range x {
			y = append(y, float32(a))
		}
		return y
	}
	h32 := NewHessian[float32](m.Prob, m.Net, m.Batch)
	draw := m.Draw()
	h32.EachSet(func(set int, points []float32) {
		p := make([]float64, len(points))
		draw(set, p)
		copy(points, narrow(p))
	})
	h32.SetParameters(narrow(m.Theta))
	got32, got := make([]float32, n), make([]float64, n)
	h32.Product(got32, narrow(v), []float64{1, 1})
	for i, a := range got32 {
		got[i] = float64(a)
	}
	if d := farthest(got, hv); !(d < 1e-4) {
		t.Errorf("differs by %.2g", d)
	}
}

func TestHessianAllocatesNothing(t *testing.T) {
	m := observed(t, "cavity_streamfunction", "M3")
	_, h := place(m)
	v, hv := direction(len(m.Theta)), make([]float64, len(m.Theta))
	groups := [][]float64{make([]float64, len(v)), make([]float64, len(v))}
	weights := []float64{1, 1}
	if n := testing.AllocsPerRun(10, func() {
		h.SetParameters(m.Theta)
		h.Product(hv, v, weights)
		h.Products(groups, v)
		h.TermProduct(hv, v, 1)
	}); n != 0 {
		t.Errorf("products allocate %v times, want 0", n)
	}
}

// TestObserve checks that looking changes nothing and that a moment holds what
// the run had.
func TestObserve(t *testing.T) {
	run, twin := newRun(t, "klein_gordon", "M2", small).engine.(*engine[float32]), newRun(t, "klein_gordon", "M2", small)
	steps(t, run, 20)
	steps(t, twin, 20)
	var m Moment
	for range 2 {
		run.Observe(&m)
		m.Draw()(0, make([]float64, 10))
	}
	if m.Iteration != 20 || len(m.Theta) != len(run.theta) || m.Theta[7] != float64(run.theta[7]) {
		t.Errorf("moment %v with %d parameters", m.Iteration, len(m.Theta))
	}
	if !slices.Equal(m.Weights, run.weigh.Lambda) || m.Weights[0] != 1 || m.Weights[1] == 1 {
		t.Errorf("weights %v, want %v", m.Weights, run.weigh.Lambda)
	}
	if fmt.Sprint(m.Batch) != "[8 8 8 8]" || m.Rate != run.rate {
		t.Errorf("batch %v, rate %v", m.Batch, m.Rate)
	}
	steps(t, run, 5)
	steps(t, twin, 5)
	if !slices.Equal(run.Checkpoint(), twin.Checkpoint()) {
		t.Error("a run that was observed goes on differently")
	}
	a, b := make([]float64, 6), make([]float64, 6)
	m.Draw()(1, a)
	m.Draw()(1, b)
	m.Iteration++
	if !slices.Equal(a, b) {
		t.Error("one moment draws two sets of points")
	}
	if m.Draw()(1, b); slices.Equal(a, b) {
		t.Error("two iterations draw the same points")
	}
}
