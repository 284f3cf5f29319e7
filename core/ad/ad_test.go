package ad

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pinnlab/core/jet"
)

// network is a small program with every op, and arguments that are shared,
// repeated and used at several places, before and after an activation.
func network(t *Tape[float64], w [4]Param, x *Var[float64]) *Var[float64] {
	s := t.Set
	h := t.Map(jet.TanhOf(s), t.Linear(x, w[0], w[1]))
	h = t.Map(jet.Product(s), h, h)
	g := t.Map(jet.Gate(s), h, t.Map(jet.Combine(s, 1, -2), h, x0(t, h)), t.Map(jet.TanhOf(s), h))
	g = t.Map(jet.Gate(s), g, h, h)
	y := t.Product(t.Beside(g, h), w[2])
	a := t.AddBias(y, w[3])
	a = t.Difference(t.Map(jet.SinOf(s), a), a)
	return t.Map(jet.Combine(s, 1, 1), a, t.Map(jet.Combine(s, 1, 1), t.AddBias(y, w[3]), t.Map(jet.TanhOf(s), a)))
}

// x0 is a constant input of h's shape, an argument without adjoint, that does
// not depend on the parameters.
func x0(t *Tape[float64], h *Var[float64]) *Var[float64] {
	c := t.Input(h.Cols)
	for i := range len(c.Val) / t.Set.Len() * t.Set.Plain {
		c.Val[i] = 0.3
	}
	return c
}

// mixed has a pure and a mixed second derivative.
func mixed(eps bool) *jet.Set { return jet.NewSet([]jet.Index{{2}, {1, 1}}, jet.Operator{}, eps) }

type fixture struct {
	layout Layout
	w      [4]Param
	params *Params[float64]
	tape   *Tape[float64]
	in     *Var[float64]
	out    *Var[float64]
	seed   []float64
	theta  []float64
	dir    []float64
}

func newFixture(points int, set *jet.Set) *fixture {
	rng := rand.New(rand.NewPCG(1, 2))
	f := &fixture{}
	f.w = [4]Param{f.layout.Add("W0", 2, 5), f.layout.Add("b0", 1, 5), f.layout.Add("W1", 10, 3), f.layout.Add("b1", 1, 3)}
	f.params = NewParams[float64](f.layout, set.Plain < set.Len())
	f.tape = NewTape(f.params, set, points)
	f.in = f.tape.Input(2)
	f.out = network(f.tape, f.w, f.in)
	for c := range f.tape.Set.Plain { // inputs do not depend on parameters
		for i := range points {
			for j := range 2 {
				f.tape.Row(f.in.Val, 2, c, i)[j] = rng.NormFloat64()
			}
		}
	}
	f.theta, f.dir = make([]float64, f.layout.Size()), make([]float64, f.layout.Size())
	for i := range f.theta {
		f.theta[i], f.dir[i] = rng.NormFloat64(), rng.NormFloat64()
	}
	f.seed = make([]float64, len(f.out.Val))
	for c := range f.tape.Set.Len() {
		for i := range points {
			for j := range 3 {
				f.tape.Row(f.seed, 3, c, i)[j] = rng.NormFloat64()
			}
		}
	}
	return f
}

// loss is a differently weighted sum of every output, so that no transposed or
// shifted gradient can pass.
func (f *fixture) loss() (s float64) {
	f.params.Load(f.theta)
	if f.params.dir.val != nil {
		f.params.LoadDirection(f.dir)
	}
	f.tape.Forward()
	for i, c := range f.seed {
		s += c * f.out.Val[i]
	}
	return s
}

func (f *fixture) gradient() []float64 {
	f.loss()
	copy(f.out.Grad, f.seed)
	f.tape.ZeroGrad()
	f.tape.Backward()
	g := make([]float64, len(f.theta))
	f.tape.AddGrad(g)
	return g
}

func TestGradientAgainstDifferences(t *testing.T) {
	for _, points := range []int{1, 7, 200} {
		for name, set := range map[string]*jet.Set{
			"mixed": mixed(false), "mixed, along parameters": mixed(true),
			"value": jet.NewSet(nil, jet.Operator{}, false), "Laplacian": jet.NewSet([]jet.Index{jet.Box}, jet.Operator{1, 0.7}, false),
		} {
			t.Run(fmt.Sprintf("points=%d/%s", points, name), func(t *testing.T) {
				f := newFixture(points, set)
				g := f.gradient()
				for i, at := range f.theta {
					const h = 1e-5
					f.theta[i] = at + h
					hi := f.loss()
					f.theta[i] = at - h
					want := (hi - f.loss()) / (2 * h)
					f.theta[i] = at
					if !(math.Abs(g[i]-want) <= 1e-6*max(1, math.Abs(want))) {
						t.Errorf("theta[%d]: gradient %v, want %v", i, g[i], want)
					}
				}
			})
		}
	}
}

// TestDirection checks that the channels along a parameter direction are the
// derivative of the plain ones along it.
func TestDirection(t *testing.T) {
	f := newFixture(3, mixed(true))
	plain := f.tape.Set.Plain
	run := func(h float64) []float64 {
		theta := f.theta
		f.theta = make([]float64, len(theta))
		for i := range theta {
			f.theta[i] = theta[i] + h*f.dir[i]
		}
		f.loss()
		f.theta = theta
		return append([]float64(nil), f.out.Val...)
	}
	const h = 1e-5
	hi, lo, at := run(h), run(-h), run(0)
	for c := range plain {
		for i := range f.tape.Block {
			got, up, down := f.tape.Row(at, 3, plain+c, i), f.tape.Row(hi, 3, c, i), f.tape.Row(lo, 3, c, i)
			for j := range got {
				if want := (up[j] - down[j]) / (2 * h); !(math.Abs(got[j]-want) <= 1e-6*max(1, math.Abs(want))) {
					t.Errorf("channel %d point %d field %d: %v, want %v", c, i, j, got[j], want)
				}
			}
		}
	}
}

// TestRows checks that rows add up to the gradient and that their norms are
// those computed without them, also where a matrix and a bias are at work twice.
func TestRows(t *testing.T) {
	f := newFixture(7, mixed(false))
	again := f.tape.AddBias(f.tape.Product(f.tape.Map(jet.TanhOf(f.tape.Set), f.tape.Input(2)), f.w[0]), f.w[1])
	f.out = f.tape.Map(jet.Combine(f.tape.Set, 1, 1), f.out, f.tape.Product(f.tape.Beside(again, again), f.w[2]))
	g := f.gradient()
	rows, sum := make([]float64, 7*len(g)), make([]float64, len(g))
	f.tape.Rows(rows, 0, 7)
	norms := make([]float64, 7)
	f.tape.SquaredNorms(norms, 0)
	for i, norm := range norms {
		want := 0.0
		for k, v := range rows[i*len(g) : (i+1)*len(g)] {
			sum[k] += v
			want += v * v
		}
		if !(math.Abs(norm-want) <= 1e-12*want) {
			t.Errorf("point %d: squared norm %v, want %v", i, norm, want)
		}
	}
	for k, want := range g {
		if !(math.Abs(sum[k]-want) <= 1e-12*max(1, math.Abs(want))) {
			t.Errorf("theta[%d]: rows add up to %v, want %v", k, sum[k], want)
		}
	}
}

func TestReplayAllocatesNothing(t *testing.T) {
	f := newFixture(50, mixed(false))
	g := make([]float64, len(f.theta))
	if n := testing.AllocsPerRun(10, func() {
		f.params.Load(f.theta)
		f.tape.Forward()
		copy(f.out.Grad, f.seed)
		f.tape.ZeroGrad()
		f.tape.Backward()
		f.tape.AddGrad(g)
	}); n != 0 {
		t.Errorf("a replay allocates %v times, want 0", n)
	}
}

func TestDifferenceTakesOver(t *testing.T) {
	f := newFixture(3, mixed(false))
	for name, record := range map[string]func(u, v *Var[float64]){
		"read before": func(u, v *Var[float64]) { f.tape.Map(jet.TanhOf(f.tape.Set), u); f.tape.Difference(u, v) },
		"read after":  func(u, v *Var[float64]) { f.tape.Difference(u, v); f.tape.Map(jet.TanhOf(f.tape.Set), u) },
		"twice":       func(u, v *Var[float64]) { f.tape.Difference(u, v); f.tape.Difference(v, u) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			record(f.tape.result(3), f.tape.result(3))
		})
	}
}
