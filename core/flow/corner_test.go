package flow

import (
	"math"
	"testing"
)

// near reports whether got is within tol of want; NaN is near nothing.
func near(got, want, tol float64) bool { return math.Abs(got-want) <= tol }

// central returns the central difference of f at t with the step e.
func central(f func(float64) float64, t, e float64) float64 { return (f(t+e) - f(t-e)) / (2 * e) }

func TestAtan(t *testing.T) {
	for i := range 1001 {
		x := float64(i) / 1000
		if got, want := atan(x), math.Atan(x); !near(got, want, 4e-16) {
			t.Errorf("atan(%g) = %.17g, want %.17g", x, got, want)
		}
	}
}

// TestAngular checks the two angular functions against their equations and
// conditions. Central differences at 1e-5 are good to 1e-9 or so.
func TestAngular(t *testing.T) {
	at := func(th float64) (f1, f2 [4]float64) { return angular(th, math.Sin(th), math.Cos(th)) }
	for _, th := range []float64{0.1, 0.5, 1, 1.4} {
		f1, f2 := at(th)
		for d := range 3 {
			for i, f := range [][4]float64{f1, f2} {
				order := func(th float64) float64 {
					a, b := at(th)
					return [][4]float64{a, b}[i][d]
				}
				if got := central(order, th, 1e-5); !near(got, f[d+1], 1e-9) {
					t.Errorf("f%d at %g: derivative %d is %.12g, its difference quotient %.12g", i+1, th, d+1, f[d+1], got)
				}
			}
		}
		// (D²+1)² f₁ = 0, and (D²+4) D² f₂ = D(f₁ (f₁ + D²f₁)).
		third := func(i int) float64 {
			return central(func(th float64) float64 { a, b := at(th); return [][4]float64{a, b}[i][3] }, th, 1e-5)
		}
		if got := third(0) + 2*f1[2] + f1[0]; !near(got, 0, 1e-9) {
			t.Errorf("f1 at %g leaves %.3g of its equation", th, got)
		}
		product := func(th float64) float64 { a, _ := at(th); return a[0] * (a[0] + a[2]) }
		if got, want := third(1)+4*f2[2], central(product, th, 1e-5); !near(got, want, 1e-9) {
			t.Errorf("f2 at %g: left side %.12g, right side %.12g", th, got, want)
		}
	}
	for _, end := range []struct {
		th, slope float64
	}{{0, -1}, {halfPi, 0}} {
		f1, f2 := at(end.th)
		for _, c := range [][2]float64{{f1[0], 0}, {f1[1], end.slope}, {f2[0], 0}, {f2[1], 0}} {
			if !near(c[0], c[1], 1e-15) {
				t.Errorf("conditions at %g: f1 %v, f2 %v", end.th, f1, f2)
			}
		}
	}
}

func TestPower(t *testing.T) {
	for n, f := range map[int]func(x, y float64) cartesian{
		1: func(x, y float64) cartesian {
			r, th, s, c := polar(x, y)
			f1, _ := angular(th, s, c)
			return power(1, f1, r, s, c, 3)
		},
		2: func(x, y float64) cartesian {
			r, th, s, c := polar(x, y)
			_, f2 := angular(th, s, c)
			return power(2, f2, r, s, c, 3)
		},
	} {
		checkDerivatives(t, n, f)
	}
}

// checkDerivatives compares each derivative of f with difference quotients of
// the one below it.
func checkDerivatives(t *testing.T, name any, f func(x, y float64) cartesian) {
	t.Helper()
	for _, p := range [][2]float64{{0.3, 0.2}, {0.1, 0.6}, {0.8, 0.75}} {
		d := f(p[0], p[1])
		for i := range 4 {
			for j := range 4 - i {
				var got float64
				switch {
				case i > 0:
					got = central(func(x float64) float64 { return f(x, p[1])[i-1][j] }, p[0], 1e-5)
				case j > 0:
					got = central(func(y float64) float64 { return f(p[0], y)[i][j-1] }, p[1], 1e-5)
				default:
					continue
				}
				if !near(got, d[i][j], 1e-7*(1+math.Abs(d[i][j]))) {
					t.Errorf("%v at %v: ∂%d%d is %.10g, its difference quotient %.10g", name, p, i, j, d[i][j], got)
				}
			}
		}
	}
}

func TestCutoff(t *testing.T) {
	for _, x := range []float64{0, 0.2, 0.5, 0.9, 1} {
		if got := cutoff(x)[0] + cutoff(1 - x)[0]; !near(got, 1, 1e-15) {
			t.Errorf("χ(%g) + χ(%g) = %.17g, want 1", x, 1-x, got)
		}
		for d := range 3 {
			got := central(func(x float64) float64 { return cutoff(x)[d] }, x, 1e-5)
			if want := cutoff(x)[d+1]; !near(got, want, 1e-6) {
				t.Errorf("derivative %d of χ at %g: %.9g, want %.9g", d+1, x, want, got)
			}
		}
	}
}

// TestCorners checks that S alone satisfies the conditions on all walls, and
// its derivatives inside.
func TestCorners(t *testing.T) {
	for i := range 21 {
		s := float64(i) / 20
		for _, wall := range []struct{ x, y, u float64 }{{s, 1, 1}, {s, 0, 0}, {0, s, 0}, {1, s, 0}} {
			if wall.y == 1 {
				wall.u = 1
			}
			stokes, inertia := corners(wall.x, wall.y, 1)
			a, b := stokes.psi, inertia.psi
			for _, c := range [][2]float64{{a[0][0], 0}, {a[1][0], 0}, {a[0][1], wall.u}, {b[0][0], 0}, {b[1][0], 0}, {b[0][1], 0}} {
				if !near(c[0], c[1], 1e-15) {
					t.Errorf("at (%g, %g): stokes %v inertia %v", wall.x, wall.y, a, b)
				}
			}
		}
	}
	checkDerivatives(t, "stokes", func(x, y float64) cartesian { s, _ := corners(x, y, 3); return s.psi })
	checkDerivatives(t, "inertia", func(x, y float64) cartesian { _, i := corners(x, y, 3); return i.psi })
}

// TestHead checks the head's gradient, which corner forms from the momentum
// equation, against difference quotients of the head itself.
func TestHead(t *testing.T) {
	for _, p := range [][2]float64{{0.3, 0.8}, {0.05, 0.9}, {0.85, 0.7}} {
		pick := []func(stokes, inertia part) part{
			func(s, _ part) part { return s }, func(_, i part) part { return i },
		}
		for k, pick := range pick {
			f := func(x, y float64) part { return pick(corners(x, y, 3)) }
			want := f(p[0], p[1])
			gx := central(func(x float64) float64 { return f(x, p[1]).head }, p[0], 1e-5)
			gy := central(func(y float64) float64 { return f(p[0], y).head }, p[1], 1e-5)
			if tol := 1e-7 * math.Hypot(gx, gy); !near(gx, want.headX, tol) || !near(gy, want.headY, tol) {
				t.Errorf("part %d at %v: gradient (%.9g, %.9g), difference quotients (%.9g, %.9g)", k, p, want.headX, want.headY, gx, gy)
			}
		}
	}
}
