package flow

import (
	"fmt"
	"math"
	"testing"
)

// centre returns the least u on x = 1/2 and the greatest and least v on y = 1/2
// among the nodes. With an odd number of squares the centre lines run between
// two lines of nodes, which are averaged.
func (f *Nodal) centre() (uMin, vMax, vMin float64) {
	w, a, b := f.N+1, f.N/2, (f.N+1)/2
	for k := range w {
		u := (f.U[k*w+a] + f.U[k*w+b]) / 2
		v := (f.V[a*w+k] + f.V[b*w+k]) / 2
		uMin, vMax, vMin = min(uMin, u), max(vMax, v), min(vMin, v)
	}
	return uMin, vMax, vMin
}

// TestDifferences compares the scheme with runs of it that others made: the
// authors' own file, and an independent implementation on other grids. Those
// give four or five digits, some between nodes.
func TestDifferences(t *testing.T) {
	for _, test := range []struct {
		n                int
		lid              float64
		uMin, vMax, vMin float64
	}{
		{99, 0.5, -0.2015, 0.1695, -0.2411},
		{128, 0.5, -0.20446, 0.17206, -0.24426},
		{64, 0, -0.21186, 0.17717, -0.25037},
		{128, 0, -0.21347, 0.17894, -0.25291},
	} {
		f, err := differences(100, test.n, test.lid, nil)
		if err != nil {
			t.Fatal(err)
		}
		u, vx, vn := f.centre()
		t.Logf("n = %d, ψ = %g h on the lid: u_min %.5f, v_max %.5f, v_min %.5f", test.n, test.lid, u, vx, vn)
		if !near(u, test.uMin, 3e-4) || !near(vx, test.vMax, 3e-4) || !near(vn, test.vMin, 3e-4) {
			t.Errorf("n = %d, ψ = %g h: %.5f, %.5f, %.5f; want %g, %g, %g", test.n, test.lid, u, vx, vn, test.uMin, test.vMax, test.vMin)
		}
	}
}

// TestDifferencesOrder checks the scheme, with ψ = 0 on the lid, against Solve:
// of second order away from the corners.
func TestDifferencesOrder(t *testing.T) {
	s := solved(t, 100, 40)
	errorAt := func(n int) float64 {
		f, err := differences(100, n, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		var worst float64
		for j := n / 4; j <= 3*n/4; j++ {
			for i := n / 4; i <= 3*n/4; i++ {
				k, want := j*(n+1)+i, s.At(float64(i)/float64(n), float64(j)/float64(n))
				worst = max(worst, math.Hypot(f.U[k]-want.U, f.V[k]-want.V))
			}
		}
		return worst
	}
	order := math.Log2(errorAt(32) / errorAt(64))
	if !(order > 1.7 && order < 2.4) {
		t.Errorf("observed order %.2f, want 2", order)
	}
}

// TestAuthorsFloor measures how far the true flow is from the authors'
// reference in their own measure: nothing can score better against it.
func TestAuthorsFloor(t *testing.T) {
	ref, err := Emulate(100, nil)
	if err != nil {
		t.Fatal(err)
	}
	const nodes = authorsN + 1
	xs := make([]float64, nodes)
	for i := range xs {
		xs[i] = float64(i) / authorsN
	}
	var f Fields
	solved(t, 100, DefaultN).Grid(&f, xs, xs)
	speed := (&Nodal{N: authorsN, U: f.U, V: f.V}).Speed()
	spectral := SpectralError(speed, ref.Speed(), nodes, nodes)
	zero := make([]float64, len(speed))
	frobenius := RelativeL2(speed, zero, ref.Speed(), zero)
	t.Logf("a correct flow scores %.4g (Frobenius %.4g) against the authors' reference; velocity %.4g", spectral, frobenius, RelativeL2(f.U, f.V, ref.U, ref.V))
	if !near(spectral, 3.355e-2, 1e-5) || !near(frobenius, 4.653e-2, 1e-5) {
		t.Errorf("spectral %.5g, Frobenius %.5g; want 3.355e-2, 4.653e-2", spectral, frobenius)
	}
}

// TestNodal checks the order of the nodes and the walls.
func TestNodal(t *testing.T) {
	f, err := differences(10, 8, 0.5, nil)
	if err != nil {
		t.Fatal(err)
	}
	speed := f.Speed()
	for i := range 9 {
		if speed[72+i] != 1 || speed[i] != 0 || i < 8 && (speed[9*i] != 0 || speed[9*i+8] != 0) {
			t.Errorf("speeds on the walls: lid %v, floor %v", speed[72:], speed[:9])
		}
	}
	if f.Psi[72] != 0 || f.Psi[76] != 0.5/8 || !(f.U[4*9+4] < 0) {
		t.Errorf("ψ on the lid %v, u at the centre %g", f.Psi[72:], f.U[4*9+4])
	}
}

func BenchmarkEmulate(b *testing.B) {
	for _, re := range []float64{100, 1000} {
		b.Run(fmt.Sprintf("Re=%g", re), func(b *testing.B) {
			for b.Loop() {
				if _, err := Emulate(re, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
