package flow

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// solutions keeps what solved has solved; the tests do not run in parallel.
var solutions = map[solutionKey]*Solution{}

type solutionKey struct {
	re float64
	n  int
}

// solved returns the solution, or fails the test.
func solved(t *testing.T, re float64, n int) *Solution {
	t.Helper()
	key := solutionKey{re, n}
	if s := solutions[key]; s != nil {
		return s
	}
	s, err := Solve(Options{Re: re, N: n})
	if err != nil {
		t.Fatal(err)
	}
	solutions[key] = s
	return s
}

// TestExtrema compares with Botella and Peyret, whose last digit is the
// seventh.
func TestExtrema(t *testing.T) {
	for _, want := range PublishedExtrema() {
		got := solved(t, want.Re, DefaultN).Extrema()
		for _, c := range []struct {
			name      string
			got, want Sample
		}{{"u_min", got.UMin, want.UMin}, {"v_max", got.VMax, want.VMax}, {"v_min", got.VMin, want.VMin}} {
			t.Logf("Re = %g: %s = %.9f at %.5f, published %.7f at %.4f", want.Re, c.name, c.got.Value, c.got.At, c.want.Value, c.want.At)
			if !near(c.got.Value, c.want.Value, 5e-7) || !near(c.got.At, c.want.At, 1e-4) {
				t.Errorf("Re = %g: %s = %v, want %v", want.Re, c.name, c.got, c.want)
			}
		}
	}
}

// TestProfiles compares with the published centre lines. Botella and Peyret's
// are good to seven digits; at Re = 1000 the layer under the lid takes more than
// the default number of polynomials to match them all. Ghia, Ghia and Shin are
// themselves off by up to 0.019: their bound only says that it is the same flow.
func TestProfiles(t *testing.T) {
	for _, p := range Profiles() {
		s, tol := solved(t, p.Re, DefaultN), 0.02
		if p.Source == botellaSource {
			tol = 2e-5
		}
		var worst float64
		for _, c := range p.U {
			worst = max(worst, math.Abs(s.At(0.5, c.At).U-c.Value))
		}
		for _, c := range p.V {
			worst = max(worst, math.Abs(s.At(c.At, 0.5).V-c.Value))
		}
		t.Logf("Re = %g: largest deviation %.2e from %s", p.Re, worst, p.Source)
		if !(worst <= tol) {
			t.Errorf("Re = %g: deviates by %.3g from %s, want %g at most", p.Re, worst, p.Source, tol)
		}
	}
}

// TestVortex compares the primary vortex at Re = 1000 with Botella and Peyret,
// mirrored.
func TestVortex(t *testing.T) {
	got := solved(t, 1000, DefaultN).At(0.5308, 0.5652)
	if !near(got.Psi, -0.1189366, 2e-7) || !near(got.Omega, -2.067753, 1e-5) {
		t.Errorf("ψ = %.7f, ω = %.6f; want -0.1189366, -2.067753", got.Psi, got.Omega)
	}
}

// TestOrder measures how fast the flow at Re = 100 converges with N, by the
// slope of log error over log N. It is not exponential, for the corners'
// remainder is of order r³; see the package comment.
func TestOrder(t *testing.T) {
	degrees := []int{12, 16, 20, 24, 28, 32, 40}
	best := solved(t, 100, DefaultN)
	var logN, logError []float64
	for _, n := range degrees {
		s := solved(t, 100, n)
		var worst float64
		for x := 0.1; x < 1; x += 0.1 {
			for y := 0.1; y < 1; y += 0.1 {
				a, b := s.At(x, y), best.At(x, y)
				worst = max(worst, math.Hypot(a.U-b.U, a.V-b.V))
			}
		}
		e := s.Extrema()
		t.Logf("N = %d: velocity to %.1e, u_min %.8f, v_max %.8f, v_min %.8f", n, worst, e.UMin.Value, e.VMax.Value, e.VMin.Value)
		logN, logError = append(logN, math.Log(float64(n))), append(logError, math.Log(worst))
	}
	order := -slope1(logN, logError)
	t.Logf("observed order %.1f", order)
	if !(order > 7) {
		t.Errorf("observed order %.2f, want more than 7", order)
	}
}

// slope1 is the slope of the line through the points with least squares.
func slope1(x, y []float64) float64 {
	var mx, my, xy, xx float64
	for i := range x {
		mx += x[i] / float64(len(x))
		my += y[i] / float64(len(y))
	}
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
	}
	return xy / xx
}

// TestMomentum puts the solution into the momentum equation by difference
// quotients, near the corners too, where the terms are large.
func TestMomentum(t *testing.T) {
	const e = 1e-4
	// At Re = 1000 it is the vorticity's slope at the corners that is the least
	// accurate.
	for re, tol := range map[float64]float64{1: 2e-3, 100: 2e-3, 1000: 3e-2} {
		s := solved(t, re, DefaultN)
		for _, p := range [][2]float64{{0.3, 0.4}, {0.6, 0.1}, {0.1, 0.9}, {0.95, 0.9}, {0.03, 0.98}} {
			x, y := p[0], p[1]
			c, l, r, d, u := s.At(x, y), s.At(x-e, y), s.At(x+e, y), s.At(x, y-e), s.At(x, y+e)
			dx := func(f func(Flow) float64) float64 { return (f(r) - f(l)) / (2 * e) }
			dy := func(f func(Flow) float64) float64 { return (f(u) - f(d)) / (2 * e) }
			uf, vf := func(f Flow) float64 { return f.U }, func(f Flow) float64 { return f.V }
			pf, of := func(f Flow) float64 { return f.P }, func(f Flow) float64 { return f.Omega }
			psi := func(f Flow) float64 { return f.Psi }
			for _, q := range []struct {
				name      string
				got, want float64
				size      float64
			}{
				{"u = ψ_y", c.U, dy(psi), 1e-2},
				{"v = -ψ_x", c.V, -dx(psi), 1e-2},
				{"ω", c.Omega, dx(vf) - dy(uf), math.Abs(c.Omega)},
				{"x-momentum", c.U*dx(uf) + c.V*dy(uf) + dx(pf), -dy(of) / re, math.Hypot(dx(pf), dy(pf))},
				{"y-momentum", c.U*dx(vf) + c.V*dy(vf) + dy(pf), dx(of) / re, math.Hypot(dx(pf), dy(pf))},
			} {
				if !near(q.got, q.want, tol*q.size) {
					t.Errorf("Re = %g at %v: %s: %.6g and %.6g, of terms of size %.3g", re, p, q.name, q.got, q.want, q.size)
				}
			}
		}
	}
}

func TestWalls(t *testing.T) {
	s := solved(t, 400, 24)
	for i := range 21 {
		c := float64(i) / 20
		for _, w := range []struct{ x, y, u float64 }{{c, 0, 0}, {0, c, 0}, {1, c, 0}, {c, 1, 1}} {
			if w.y == 1 {
				w.u = 1
			}
			f := s.At(w.x, w.y)
			if !near(f.U, w.u, 1e-13) || !near(f.V, 0, 1e-13) || !near(f.Psi, 0, 1e-13) {
				t.Errorf("at (%g, %g): %+v", w.x, w.y, f)
			}
		}
	}
	left, right := s.At(0, 1), s.At(1, 1)
	if !math.IsInf(left.P, -1) || !math.IsInf(right.P, 1) || !math.IsInf(left.Omega, -1) || !math.IsInf(right.Omega, -1) {
		t.Errorf("at the corners: %+v, %+v", left, right)
	}
	if p := s.At(0.5, 0.5).P; !near(p, 0, 1e-15) {
		t.Errorf("pressure at the centre is %g", p)
	}
}

// TestGrid compares Grid with At, and sees that slices are used again.
func TestGrid(t *testing.T) {
	s := solved(t, 100, 16)
	xs, ys := []float64{0, 0.25, 0.5, 1}, []float64{0, 0.1, 1}
	var f Fields
	s.Grid(&f, []float64{0.5}, ys)
	s.Grid(&f, xs, ys)
	first := &f.U[0]
	s.Grid(&f, xs, ys)
	if &f.U[0] != first || len(f.U) != 12 || len(f.Omega) != 12 {
		t.Error("Grid made new slices for a grid of the same size")
	}
	for j, y := range ys {
		for i, x := range xs {
			k, want := j*len(xs)+i, s.At(x, y)
			for _, c := range [][2]float64{{f.U[k], want.U}, {f.V[k], want.V}, {f.Psi[k], want.Psi}, {f.P[k], want.P}, {f.Omega[k], want.Omega}} {
				if c[0] != c[1] && !near(c[0], c[1], 1e-12) {
					t.Errorf("at (%g, %g): %v, want %+v", x, y, c, want)
				}
			}
		}
	}
}

func TestAtAllocatesNothing(t *testing.T) {
	s := solved(t, 100, 12)
	if n := testing.AllocsPerRun(10, func() { s.At(0.3, 0.7) }); n != 0 {
		t.Errorf("At allocates %v times", n)
	}
}

func TestAtOutsidePanics(t *testing.T) {
	s := solved(t, 100, 12)
	for _, p := range [][2]float64{{-0.1, 0.5}, {0.5, 1.1}, {math.NaN(), 0.5}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("At%v does not panic", p)
				}
			}()
			s.At(p[0], p[1])
		}()
	}
}

func TestOptions(t *testing.T) {
	for _, test := range []struct {
		opts Options
		want string
	}{
		{Options{}, "Reynolds number 0"},
		{Options{Re: -1}, "Reynolds number -1"},
		{Options{Re: math.NaN()}, "Reynolds number NaN"},
		{Options{Re: 2 * MaxRe}, "Reynolds number 10000"},
		{Options{Re: 100, N: MinN - 1}, "degree 7"},
		{Options{Re: 100, N: MaxN + 1}, "degree 161"},
	} {
		if _, err := Solve(test.opts); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: error %v, want %q", test.opts, err, test.want)
		}
	}
	for _, re := range []float64{0, math.NaN(), MaxEmulated + 1} {
		if _, err := Emulate(re, nil); err == nil {
			t.Errorf("Emulate accepts Re = %g", re)
		}
	}
}

// TestProgress checks that the fraction rises to the end, and that false ends
// the work at once, in each stage.
func TestProgress(t *testing.T) {
	var stages []string
	last, calls := 0.0, 0
	count := func(stage string, fraction float64) bool {
		if fraction < last || fraction > 1 {
			t.Errorf("fraction %g after %g", fraction, last)
		}
		last = fraction
		calls++
		if !slices.Contains(stages, stage) {
			stages = append(stages, stage)
		}
		return true
	}
	if _, err := Solve(Options{Re: 300, N: 40, Progress: count}); err != nil {
		t.Fatal(err)
	}
	if len(stages) != 2 || last < 0.99 {
		t.Errorf("stages %q, ended at %g", stages, last)
	}
	for _, stop := range []int{1, calls / 2, calls - 1} {
		n := 0
		_, err := Solve(Options{Re: 300, N: 40, Progress: func(string, float64) bool { n++; return n < stop }})
		if err != ErrStopped || n != stop {
			t.Errorf("stop at call %d: error %v after %d", stop, err, n)
		}
	}
	if _, err := Emulate(100, func(string, float64) bool { return false }); err != ErrStopped {
		t.Errorf("Emulate stopped with error %v", err)
	}
}

// TestFiner matches every digit of Botella and Peyret's profiles, but for one
// unit of the last.
func TestFiner(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	s := solved(t, 1000, 96)
	p := Profiles()[3]
	for _, c := range p.U {
		if got := s.At(0.5, c.At).U; !near(got, c.Value, 2e-7) {
			t.Errorf("u at y = %g: %.8f, want %.7f", c.At, got, c.Value)
		}
	}
	for _, c := range p.V {
		if got := s.At(c.At, 0.5).V; !near(got, c.Value, 2e-7) {
			t.Errorf("v at x = %g: %.8f, want %.7f", c.At, got, c.Value)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	for _, re := range []float64{100, 400, 1000} {
		b.Run(fmt.Sprintf("Re=%g", re), func(b *testing.B) {
			for b.Loop() {
				if _, err := Solve(Options{Re: re}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
