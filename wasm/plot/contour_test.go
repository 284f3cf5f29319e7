package plot

import (
	"math"
	"testing"
)

// paraboloid has circles around the middle as contours.
func paraboloid(n int) []float32 {
	z := make([]float32, n*n)
	for k := range z {
		x, y := float64(k%n)/float64(n-1)-0.5, float64(k/n)/float64(n-1)-0.5
		z[k] = float32(x*x + y*y)
	}
	return z
}

func TestContourOfACircle(t *testing.T) {
	const n, r = 41, 0.3
	pts := Contour(nil, paraboloid(n), n, n, r*r)
	length := 0.0
	for i := 0; i < len(pts); i += 3 {
		if !broken(pts[i]) {
			t.Fatal("pieces are not apart")
		}
		for _, p := range pts[i+1 : i+3] {
			if d := math.Hypot(p.X-0.5, p.Y-0.5); !(math.Abs(d-r) < 1e-3) {
				t.Fatalf("point %v at distance %v from the middle, want %v", p, d, r)
			}
		}
		length += math.Hypot(pts[i+2].X-pts[i+1].X, pts[i+2].Y-pts[i+1].Y)
	}
	if !(math.Abs(length-2*math.Pi*r) < 5e-3) {
		t.Errorf("the circle is %v long, want %v: it is not closed or doubled", length, 2*math.Pi*r)
	}
}

func TestContourCases(t *testing.T) {
	nan := float32(math.NaN())
	tests := []struct {
		name   string
		z      []float32
		pieces int
	}{
		{"all above", []float32{1, 2, 1, 3}, 0},
		{"all below", []float32{-1, -2, -1, -3}, 0},
		{"one corner", []float32{-1, 1, 1, 1}, 1},
		{"one side", []float32{-1, -1, 1, 1}, 1},
		{"saddle", []float32{-1, 1, 1, -1}, 2},
		{"not finite", []float32{-1, nan, 1, 1}, 0},
	}
	for _, tt := range tests {
		if got := len(Contour(nil, tt.z, 2, 2, 0)) / 3; got != tt.pieces {
			t.Errorf("%s: %d pieces, want %d", tt.name, got, tt.pieces)
		}
	}
}

// TestContourSaddle: the corners on the middle's side lie together.
func TestContourSaddle(t *testing.T) {
	z := []float32{-3, 1, 1, -3} // (0,0) and (1,1) below, and so the middle
	for i, p := range Contour(nil, z, 2, 2, 0) {
		if !broken(p) && math.Abs(p.X-p.Y) < 1e-6 {
			t.Errorf("point %d at %v is on the diagonal that lies below", i, p)
		}
	}
}
