package pde_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/num/hyperdual"

	"pinnlab/core/expr"
	"pinnlab/core/pde"
)

// fixture is what these tests read of a fixed network with its losses, which
// were computed by another program in float64.
type fixture struct {
	Preset     string
	Parameters map[string]float64
	Layers     []int
	Mu, Sigma  []float64
	Params     [][]float64            // W0, b0, ..., then perhaps WU, bU, WV, bV
	Points     map[string][][]float64 // by set and coordinate
	Loss       map[string]float64     // by term
	Pointwise  map[string][]float64   // at the residual points, unless the name has a prefix
}

// fixtures calls test for every fixture.
func fixtures(t *testing.T, test func(t *testing.T, f *fixture, p *pde.Problem)) {
	files, err := filepath.Glob("../train/testdata/fixtures/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f := new(fixture)
			if err := json.Unmarshal(text, f); err != nil {
				t.Fatal(err)
			}
			test(t, f, problem(t, f.Preset, f.Parameters))
		})
	}
}

// derivative evaluates an output of f's network at a point, or a derivative
// of it up to order 2, in hyperdual numbers: one infinitesimal per order.
func (f *fixture) derivative(point []float64, output int, order []int) float64 {
	var along []int // the coordinates to differentiate by
	for i, n := range order {
		for range n {
			along = append(along, i)
		}
	}
	z := make([]hyperdual.Number, len(point))
	for i, x := range point {
		z[i].Real = (x - f.Mu[i]) / f.Sigma[i]
		if len(along) > 0 && along[0] == i {
			z[i].E1mag = 1 / f.Sigma[i]
		}
		if len(along) > 1 && along[1] == i {
			z[i].E2mag = 1 / f.Sigma[i]
		}
	}
	y := f.network(z)[output]
	switch len(along) {
	case 0:
		return y.Real
	case 1:
		return y.E1mag
	case 2:
		return y.E1E2mag
	}
	panic("order above 2")
}

// network is the MLP, or the modified MLP if f has encoders.
func (f *fixture) network(z []hyperdual.Number) []hyperdual.Number {
	last := len(f.Layers) - 2
	var u, v []hyperdual.Number
	if encoders := f.Params[2*(last+1):]; len(encoders) > 0 {
		u = tanh(dense(z, encoders[0], encoders[1]))
		v = tanh(dense(z, encoders[2], encoders[3]))
	}
	h := z
	for l := range last {
		h = tanh(dense(h, f.Params[2*l], f.Params[2*l+1]))
		for i := range u { // h = h u + (1-h) v
			h[i] = hyperdual.Add(v[i], hyperdual.Mul(h[i], hyperdual.Sub(u[i], v[i])))
		}
	}
	return dense(h, f.Params[2*last], f.Params[2*last+1])
}

// dense returns xW + b, where W is len(x)×len(b), row-major.
func dense(x []hyperdual.Number, w, b []float64) []hyperdual.Number {
	y := make([]hyperdual.Number, len(b))
	for j := range y {
		y[j].Real = b[j]
		for i, xi := range x {
			y[j] = hyperdual.Add(y[j], hyperdual.Scale(w[i*len(b)+j], xi))
		}
	}
	return y
}

func tanh(x []hyperdual.Number) []hyperdual.Number {
	for i := range x {
		x[i] = hyperdual.Tanh(x[i])
	}
	return x
}

// run evaluates program on points; derivs supplies the derivatives.
func run(program *expr.Program, points [][]float64, derivs func(in expr.Symbol, k int) float64) *expr.Machine {
	n := len(points[0])
	m := program.Machine(n)
	for i, in := range program.Inputs() {
		for k := range n {
			if in.Kind == expr.Coord {
				m.In(i)[k] = points[in.Index][k]
			} else {
				m.In(i)[k] = derivs(in, k)
			}
		}
	}
	m.Forward(n)
	return m
}

// loss is the mean square over points and outputs.
func loss(p *expr.Program, m *expr.Machine) float64 {
	sum, n := 0.0, 0
	for j := range p.Outputs() {
		for _, r := range m.Out(j) {
			sum += float64(r * r)
			n++
		}
	}
	return sum / float64(n)
}

// TestFixtureResiduals feeds the fixtures' derivatives at each point to the
// residuals, and compares each value and the losses. Both sides are float64
// with a dozen operations on numbers up to 600, hence the tolerance.
func TestFixtureResiduals(t *testing.T) {
	fixtures(t, func(t *testing.T, f *fixture, p *pde.Problem) {
		compared := 0
		for _, term := range p.Terms {
			if term.Group != 0 {
				continue
			}
			m := run(term.Residual, f.Points["res"], func(in expr.Symbol, k int) float64 {
				return f.Pointwise[inputName(p, in)][k]
			})
			want := f.Pointwise[strings.Replace(term.Name, "res", "r", 1)] // res_u is r_u
			for k, r := range m.Out(0) {
				if !(math.Abs(r-want[k]) <= 1e-11) {
					t.Errorf("%s at point %d: %v, want %v", term.Name, k, r, want[k])
				}
				compared++
			}
			checkLoss(t, term.Name, loss(term.Residual, m), f.Loss[term.Name])
		}
		if compared == 0 {
			t.Error("no residual compared")
		}
	})
}

// TestFixtureForcing compares f, which the programs compute only on the way:
// it is what the residual lacks when all derivatives are 0.
func TestFixtureForcing(t *testing.T) {
	fixtures(t, func(t *testing.T, f *fixture, p *pde.Problem) {
		want := f.Pointwise["f"]
		if want == nil {
			t.Skip("the fixture has no forcing")
		}
		m := run(p.Terms[0].Residual, f.Points["res"], func(expr.Symbol, int) float64 { return 0 })
		for k, r := range m.Out(0) {
			if !(math.Abs(-r-want[k]) <= 1e-11) {
				t.Errorf("f at point %d: %v, want %v", k, -r, want[k])
			}
		}
	})
}

// TestFixtureLosses computes every loss from the network itself, except
// residuals that read derivatives above order 2.
func TestFixtureLosses(t *testing.T) {
	fixtures(t, func(t *testing.T, f *fixture, p *pde.Problem) {
		for _, term := range p.Terms {
			if f.Preset == "cavity_streamfunction" && term.Group == 0 {
				continue
			}
			points := f.Points[p.Sets[term.Set].Name]
			m := run(term.Residual, points, func(in expr.Symbol, k int) float64 {
				at := make([]float64, len(points))
				for i := range at {
					at[i] = points[i][k]
				}
				return f.derivative(at, in.Index, in.Order)
			})
			checkLoss(t, term.Name, loss(term.Residual, m), f.Loss[term.Name])
		}
		if len(f.Loss) != len(p.Terms)+1 { // and the total
			t.Errorf("the fixture has %d losses, the problem %d terms", len(f.Loss)-1, len(p.Terms))
		}
	})
}

func checkLoss(t *testing.T, term string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*want) {
		t.Errorf("%s: loss %v, want %v", term, got, want)
	}
}
