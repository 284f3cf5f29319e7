package opt

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/optimize/functions"

	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/residual"
	"pinnlab/core/wire"
)

// set are the values of settings in tests.
type set map[string]float64

func (s set) Number(name string) float64 { return s[name] }
func (set) Word(string) string           { return "" }

// known is a function with its gradient, instead of a network's loss.
type known struct {
	f    func(x []float64) float64
	grad func(g, x []float64)
}

func (known) on(*Point[float64]) {}

func (k known) eval(x, g []float64) float64 {
	k.grad(g, x)
	return k.f(x)
}

// stepOn takes a step of q on its function.
func stepOn(q *quasiNewton, x []float64) error {
	g := make([]float64, len(x))
	return q.Step(x, &Point[float64]{Loss: q.loss.eval(x, g), Gradient: g})
}

// quadratic has a condition of 1e4; its least place is 1, 1, ...
func quadratic(n int) known {
	scale := func(i int) float64 { return math.Pow(1e4, float64(i)/float64(n-1)) }
	return known{
		func(x []float64) (sum float64) {
			for i, v := range x {
				sum += scale(i) * (v - 1) * (v - 1) / 2
			}
			return sum
		},
		func(g, x []float64) {
			for i, v := range x {
				g[i] = scale(i) * (v - 1)
			}
		},
	}
}

func rosenbrock() known {
	var r functions.ExtendedRosenbrock
	return known{r.Func, r.Grad}
}

// journal records where gonum's method is.
type journal struct{ places [][]float64 }

func (*journal) Init() error { return nil }

func (j *journal) Record(l *optimize.Location, op optimize.Operation, _ *optimize.Stats) error {
	if op == optimize.MajorIteration {
		j.places = append(j.places, slices.Clone(l.X))
	}
	return nil
}

// TestLBFGSAgainstGonum: the same places as gonum's own LBFGS, step by step, also
// when it forgets its oldest pairs.
func TestLBFGSAgainstGonum(t *testing.T) {
	for name, f := range map[string]known{"Rosenbrock": rosenbrock(), "quadratic": quadratic(6)} {
		start := []float64{-1.2, 1, 0.3, -0.4, 1.7, 0.2}
		const n = 25
		var j journal
		_, err := optimize.Minimize(optimize.Problem{Func: f.f, Grad: f.grad}, start,
			&optimize.Settings{Recorder: &j, MajorIterations: n + 1, Converger: optimize.NeverTerminate{}}, &optimize.LBFGS{Store: 4})
		if err != nil || len(j.places) < n {
			t.Fatalf("%s: gonum: %v after %d", name, err, len(j.places))
		}
		if slices.Equal(j.places[0], start) {
			j.places = j.places[1:]
		}
		q := newQuasiNewton(len(start), set{}, newPairs(len(start), 4))
		q.loss = f
		x := slices.Clone(start)
		for k, want := range j.places[:n-1] {
			if err := stepOn(q, x); err != nil {
				t.Fatal(err)
			}
			// Rounding errors grow from step to step, to 1e-10 here.
			if gap := distance(x, want); !(gap < 1e-8) {
				t.Fatalf("%s, step %d: %v, gonum has %v", name, k+1, x, want)
			}
		}
	}
}

// TestQuasiNewtonConverges: both come to the least place as near as numbers let
// them, and then say that they can go no further, where they leave all alone.
func TestQuasiNewtonConverges(t *testing.T) {
	const n = 8
	for name, h := range map[string]func() hessian{
		"l-bfgs":     func() hessian { return newPairs(n, 8) },
		"ss-broyden": func() hessian { return newBroyden(n) },
	} {
		for _, f := range []known{quadratic(n), rosenbrock()} {
			q := newQuasiNewton(n, set{}, h())
			q.loss = f
			x := []float64{1.3, 0.7, 0.8, 1.9, 1.2, 0.8, 0.5, 0.9} // elsewhere Rosenbrock has another lowest place
			var err error
			steps := 0
			for ; err == nil && steps < 2000; steps++ {
				was, state := slices.Clone(x), saved(q)
				if err = stepOn(q, x); err != nil && (!slices.Equal(x, was) || !slices.Equal(saved(q), state)) {
					t.Errorf("%s: the step that failed changed something", name)
				}
			}
			for _, v := range x {
				if !(math.Abs(v-1) < 1e-7) {
					t.Errorf("%s ends at %v after %d steps", name, x, steps)
					break
				}
			}
			if err == nil {
				t.Errorf("%s goes on after %d steps", name, steps)
			}
		}
	}
}

func saved(o Optimiser[float64]) []byte {
	c := wire.Writer(nil)
	o.Code(c)
	return c.Bytes()
}

// TestQuasiNewtonBeginsAnew: where what was learned leads up, a step follows the
// gradient.
func TestQuasiNewtonBeginsAnew(t *testing.T) {
	b := newBroyden(3)
	q := newQuasiNewton(3, set{}, b)
	q.loss = quadratic(3)
	for i := range b.h {
		b.h[i] = -b.h[i]
	}
	b.learned = true
	x := []float64{3, 3, 3}
	if err := stepOn(q, x); err != nil || !(q.loss.eval(x, make([]float64, 3)) < 2e4) {
		t.Errorf("%v at %v", err, x)
	}
	for i, at := 0, 0; i < 3; i++ {
		if !(b.h[at] > 0) {
			t.Error("H is still negative")
		}
		at += 3 - i
	}
}

// urban is the update of Urbán, Stefanou and Pons as they write it, with dense
// matrices.
func urban(h *mat.Dense, s, y, g *mat.VecDense, alpha float64) *mat.Dense {
	n := s.Len()
	var hy mat.VecDense
	hy.MulVec(h, y)
	ys, yhy := mat.Dot(y, s), mat.Dot(y, &hy)
	hk, bk := yhy/ys, -alpha*mat.Dot(s, g)/ys
	ak := bk*hk - 1
	minus := math.Min(1, hk*(1-math.Sqrt(math.Abs(ak)/(1+ak))))
	theta := math.Max((minus-1)/ak, math.Min(1/minus, (1-bk)/bk))
	sigma := 1 + theta*ak
	power := math.Pow(math.Abs(sigma), 1/(1-float64(n)))
	tau := math.Min(1, 1/bk) * math.Min(power, 1/theta)
	if theta <= 0 {
		tau = math.Min(math.Min(1, 1/bk)*power, sigma)
	}
	var v mat.VecDense
	v.ScaleVec(1/ys, s)
	v.AddScaledVec(&v, -1/yhy, &hy)
	next, term := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	term.Outer(-1/yhy, &hy, &hy)
	next.Add(h, term)
	term.Outer((1-theta)/sigma*yhy, &v, &v)
	next.Add(next, term)
	next.Scale(1/tau, next)
	term.Outer(1/ys, s, s)
	next.Add(next, term)
	return next
}

// TestBroydenAgainstFormulas follows the updates along steps on a function whose
// Hessian changes, with H and the steps' lengths as they come.
func TestBroydenAgainstFormulas(t *testing.T) {
	const n = 7
	src := rand.New(rand.NewPCG(1, 2))
	random := func() []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = src.NormFloat64()
		}
		return x
	}
	b, want := newBroyden(n), mat.NewDense(n, n, nil)
	for i := range n {
		want.Set(i, i, 1)
	}
	for k := range 30 {
		a := mat.NewDense(n, n, nil)
		for i := range n {
			a.SetRow(i, random())
		}
		var hessian mat.Dense
		hessian.Mul(a, a.T())
		g, d := random(), make([]float64, n)
		b.direction(d, g)
		alpha := 0.1 + src.Float64()
		var s, y mat.VecDense
		s.ScaleVec(alpha, mat.NewVecDense(n, d))
		y.MulVec(&hessian, &s)
		b.learn(s.RawVector().Data, y.RawVector().Data, g, alpha)
		want = urban(want, &s, &y, mat.NewVecDense(n, g), alpha)
		size := mat.Norm(want, 2)
		for i, at := 0, 0; i < n; i++ {
			for j := i; j < n; j++ {
				if gap := math.Abs(b.h[at] - want.At(i, j)); !(gap < 1e-10*size) {
					t.Fatalf("update %d: H[%d,%d] is off by %.1g of %.1g", k, i, j, gap, size)
				}
				at++
			}
		}
		var secant [n]float64 // what every quasi-Newton update has: H y = s
		b.times(secant[:], y.RawVector().Data)
		if gap := distance(secant[:], s.RawVector().Data); !(gap < 1e-9*mat.Norm(&s, 2)) {
			t.Errorf("update %d: H y is not s, by %.1g", k, gap)
		}
	}
}

// TestSelfScaledParallel: where y and H⁻¹ s are parallel all updates are one.
func TestSelfScaledParallel(t *testing.T) {
	for _, b := range []float64{0.25, 1, 4} {
		tau, phi := selfScaled(b, 1/b, 5)
		if !(tau > 0 && tau <= 1) || !kern.IsFinite(phi) {
			t.Errorf("b = %v: τ = %v, φ = %v", b, tau, phi)
		}
	}
}

// TestWeightedLoss: the loss and its gradient, as line searches see them, are
// those that the rows of the Jacobian give, where every residual stands alone.
func TestWeightedLoss(t *testing.T) {
	spec, err := pde.Preset("klein_gordon")
	if err != nil {
		t.Fatal(err)
	}
	prob, err := spec.Problem(nil)
	if err != nil {
		t.Fatal(err)
	}
	net := nn.New(nn.Arch{Kind: nn.MLP, In: len(prob.Coords), Out: len(prob.Outputs), Hidden: []int{5, 4}, Activation: jet.TanhOf})
	batch, weights := make([]int, len(prob.Sets)), []float64{1}
	for i := range batch {
		batch[i] = 7 + 40*(i%2)
	}
	for i := range prob.Groups[1:] {
		weights = append(weights, 3+float64(i))
	}
	system := residual.New[float64](prob, net, batch)
	src := rand.New(rand.NewPCG(9, 10))
	system.EachSet(func(_ int, points []float64) {
		for i := range points {
			points[i] = src.Float64()
		}
	})
	n := net.Layout.Size()
	q := NewSquares(system)
	q.Weigh(weights)
	w := new(weighted)
	w.on(&Point[float64]{System: system, Weights: weights})
	r, j, g := make([]float64, q.N), make([]float64, q.N*n), make([]float64, n)
	for range 2 {
		theta := randomNumbers(src, n)
		loss := w.eval(theta, g)
		if want := q.At(theta, r); !(math.Abs(loss-want) < 1e-13*want) {
			t.Errorf("loss %v, want %v", loss, want)
		}
		q.Jacobian(j)
		want := make([]float64, n)
		for i, v := range r {
			kern.Axpy(want, 2*v, j[i*n:(i+1)*n])
		}
		if gap := distance(g, want); !(gap < 1e-12*mat.Norm(mat.NewVecDense(n, want), 2)) {
			t.Errorf("the gradient is off by %.1g", gap)
		}
	}
}
