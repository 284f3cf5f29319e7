package diag

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A matrix is an Operator whose entries are known.
type matrix struct{ *mat.SymDense }

func (m matrix) Size() int { return m.SymmetricDim() }

func (m matrix) Apply(dst, v []float64) {
	mat.NewVecDense(len(dst), dst).MulVec(m.SymDense, mat.NewVecDense(len(v), v))
}

// withEigenvalues returns a full matrix with the given eigenvalues.
func withEigenvalues(values []float64, seed uint64) matrix {
	n := len(values)
	rng := rand.New(rand.NewPCG(seed, 1))
	g := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			g.Set(i, j, rng.NormFloat64())
		}
	}
	var qr mat.QR
	qr.Factorize(g)
	var q, dq mat.Dense
	qr.QTo(&q)
	dq.Mul(mat.NewDiagDense(n, values), q.T())
	dq.Mul(&q, &dq)
	m := matrix{mat.NewSymDense(n, nil)}
	for i := range n {
		for j := i; j < n; j++ {
			m.SetSym(i, j, (dq.At(i, j)+dq.At(j, i))/2)
		}
	}
	return m
}

// stiff is a spectrum like a PINN's: most values near zero, a few far out.
func stiff(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1e4*math.Exp(-float64(i)/2) - 3*math.Exp(-float64(n-1-i)/3)
	}
	return v
}

func TestLanczos(t *testing.T) {
	tests := []struct {
		name   string
		values []float64
		most   int // products it should get by with
	}{
		{"one", []float64{-3}, 1},
		{"two", []float64{-3, 5}, 2},
		{"all equal", []float64{2, 2, 2, 2, 2}, 1},
		{"zero", []float64{0, 0, 0}, 1},
		{"two values, many times", slices.Concat(slices.Repeat([]float64{-1}, 20), slices.Repeat([]float64{7}, 20)), 2},
		{"of low rank", append(make([]float64, 60), 1e5, -20), 4},
		{"stiff", stiff(120), 60},
		{"negative", []float64{-9, -8, -4, -1, -0.5}, 5},
	}
	for _, tt := range tests {
		for seed := range uint64(3) {
			op := withEigenvalues(tt.values, seed)
			e := NewLanczos(op, Options{Tolerance: 1e-8, Seed: seed}).Run()
			lo, hi := slices.Min(tt.values), slices.Max(tt.values)
			size := max(1, math.Abs(lo), math.Abs(hi))
			if !(math.Abs(e.Lo-lo) <= e.LoBound+1e-12*size) || !(math.Abs(e.Hi-hi) <= e.HiBound+1e-12*size) {
				t.Errorf("%s: [%v ± %.1g, %v ± %.1g], want [%v, %v]", tt.name, e.Lo, e.LoBound, e.Hi, e.HiBound, lo, hi)
			}
			if !e.Converged || e.HiBound > 1e-8*size || e.Products > tt.most {
				t.Errorf("%s: %+v, want convergence in %d products", tt.name, e, tt.most)
			}
		}
	}
}

// TestLanczosBounds checks at every step that an eigenvalue is within each
// bound and that the ends lie inside of the spectrum.
func TestLanczosBounds(t *testing.T) {
	values := stiff(80)
	l := NewLanczos(withEigenvalues(values, 4), Options{Tolerance: 1e-12, Limit: 60})
	near := func(x, bound float64) bool {
		return slices.ContainsFunc(values, func(v float64) bool { return math.Abs(x-v) <= bound+1e-9 })
	}
	for more := true; more; {
		more = l.Step()
		e := l.Extremes()
		if !near(e.Lo, e.LoBound) || !near(e.Hi, e.HiBound) {
			t.Errorf("after %d products no eigenvalue is within the bounds: %+v", e.Products, e)
		}
		if e.Lo < slices.Min(values)-1e-9 || e.Hi > slices.Max(values)+1e-9 {
			t.Errorf("after %d products the ends are outside of the spectrum: %+v", e.Products, e)
		}
	}
}

// TestLanczosRepeats checks that equal seeds give equal bits, also in used
// memory and for another size, and that another seed agrees.
func TestLanczosRepeats(t *testing.T) {
	op := withEigenvalues(stiff(50), 2)
	l := NewLanczos(op, Options{Seed: 1})
	first := l.Run()
	l.Restart()
	if again := l.Run(); again != first {
		t.Errorf("restarted: %+v, want %+v", again, first)
	}
	other := NewLanczos(op, Options{Seed: 2}).Run()
	if other == first || !(math.Abs(other.Hi-first.Hi) < 1e-9*first.Hi) {
		t.Errorf("another seed: %+v, want about %+v", other, first)
	}
	top := NewLanczos(op, Options{Seed: 1, Top: true}).Run()
	if !top.Converged || top.Products > first.Products || !(math.Abs(top.Hi-first.Hi) < 1e-9*first.Hi) {
		t.Errorf("the top alone: %+v", top)
	}
}

func TestLanczosLimit(t *testing.T) {
	op := withEigenvalues(stiff(120), 1)
	e := NewLanczos(op, Options{Tolerance: 1e-15, Limit: 5}).Run()
	if e.Products != 5 || e.Converged || !(e.HiBound > 0) {
		t.Errorf("%+v, want 5 products and no convergence", e)
	}
}

// broken is an Operator that ends in NaN.
type broken struct{ left int }

func (b *broken) Size() int { return 9 }

func (b *broken) Apply(dst, v []float64) {
	for i := range dst {
		dst[i] = float64(i) * v[i]
	}
	if b.left--; b.left < 0 {
		dst[3] = math.NaN()
	}
}

func TestNotFinite(t *testing.T) {
	for left := range 4 {
		e := NewLanczos(&broken{left}, Options{}).Run()
		if e.Hi == e.Hi || e.Converged || e.Products != left+1 {
			t.Errorf("Lanczos: %+v, want NaN after %d products", e, left+1)
		}
		d := NewDensity(&broken{left}, 2, 6, 1)
		for d.Step() {
		}
		if s := d.Spectrum(); s.Values[0] == s.Values[0] {
			t.Errorf("Density: %v, want NaN", s)
		}
	}
}

func TestRate(t *testing.T) {
	for _, tt := range []struct{ hi, want float64 }{{1000, 0.002}, {0, math.Inf(1)}, {-1, math.Inf(1)}} {
		if got := (Extremes{Hi: tt.hi}).Rate(); got != tt.want {
			t.Errorf("Hi %v: rate %v, want %v", tt.hi, got, tt.want)
		}
	}
}

// TestDensity compares moments of the estimate with those of the spectrum. The
// rule is exact for each vector's moments below twice the degree; the bounds
// are five standard errors over the vectors of ±1, whose quadratic form with A
// has variance 2 Σ Aᵢⱼ² over i ≠ j.
func TestDensity(t *testing.T) {
	const n, probes = 100, 40
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Cos(float64(i)) + 2
	}
	op := withEigenvalues(values, 3)
	d := NewDensity(op, probes, 12, 5)
	products := 1
	for d.Step() {
		products++
	}
	if products != probes*12 {
		t.Errorf("%d products, want %d", products, probes*12)
	}
	s := d.Spectrum()
	for power := range 5 {
		got, want, squares := 0.0, 0.0, 0.0
		for i, v := range s.Values {
			got += s.Masses[i] * math.Pow(v, float64(power))
		}
		for _, v := range values {
			want += math.Pow(v, float64(power)) / n
			squares += math.Pow(v, float64(2*power))
		}
		tol := 5*math.Sqrt(2*squares/probes)/n + 1e-12
		if !(math.Abs(got-want) <= tol) {
			t.Errorf("moment %d: %v, want %v ± %.2g", power, got, want, tol)
		}
	}
	if got := s.Below(3.1); math.Abs(got-1) > 1e-12 {
		t.Errorf("the share below the largest is %v, want 1", got)
	}
	if got := s.Below(2); !(math.Abs(got-0.5) < 0.1) {
		t.Errorf("the share below the middle is %v, want 0.5", got)
	}
	area := 0.0
	for x := 0.0; x < 4; x += 0.01 {
		area += s.At(x, 0.1) * 0.01
	}
	if math.Abs(area-1) > 1e-6 {
		t.Errorf("the density's area is %v, want 1", area)
	}
}

// TestEigen compares all eigenvalues with gonum's.
func TestEigen(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	tests := []struct {
		name  string
		n     int
		entry func(i, j int) float64
	}{
		{"none", 0, nil},
		{"one", 1, func(i, j int) float64 { return -2 }},
		{"two", 2, func(i, j int) float64 { return float64(1 + 2*i + 3*j) }},
		{"zero", 5, func(i, j int) float64 { return 0 }},
		{"diagonal", 6, func(i, j int) float64 {
			if i == j {
				return float64(i - 3)
			}
			return 0
		}},
		{"tridiagonal", 9, func(i, j int) float64 { return max(0, float64(2-3*(j-i))) }},
		{"of rank one", 30, func(i, j int) float64 { return float64(i * j) }},
		{"random", 67, func(i, j int) float64 { return rng.NormFloat64() }},
		{"graded", 40, func(i, j int) float64 { return math.Pow(10, -float64(i)/3) * (1 + rng.Float64()) }},
	}
	for _, tt := range tests {
		e := newEigen(tt.n)
		m := mat.NewSymDense(max(1, tt.n), nil)
		for i := range tt.n {
			for j := i; j < tt.n; j++ {
				m.SetSym(i, j, tt.entry(i, j))
				e.a[i*tt.n+j], e.a[j*tt.n+i] = m.At(i, j), m.At(i, j)
			}
		}
		for e.Step() {
		}
		var sym mat.EigenSym
		sym.Factorize(m, false)
		want := sym.Values(nil)[:tt.n]
		size := mat.Norm(m, 2)
		for i, v := range e.Values() {
			if !(math.Abs(v-want[i]) <= 1e-14*float64(tt.n)*size) {
				t.Errorf("%s: eigenvalue %d is %v, want %v", tt.name, i, v, want[i])
			}
		}
	}
	e := newEigen(4)
	e.a[5] = math.NaN()
	for e.Step() {
	}
	if v := e.Values()[0]; v == v {
		t.Errorf("of a matrix with a NaN: %v", v)
	}
}
