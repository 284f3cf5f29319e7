package kern

import (
	"math"
	"testing"
)

func TestFinite(t *testing.T) {
	t.Run("float32", testFinite[float32])
	t.Run("float64", testFinite[float64])
}

// testFinite puts what is not finite at every place of slices of every length.
func testFinite[T Float](t *testing.T) {
	for n := range 150 {
		x := make([]T, n)
		for i := range x {
			x[i] = T(i-n/2) * 1e30
		}
		if !Finite(x) {
			t.Fatalf("n=%d: finite numbers are refused", n)
		}
		for i, v := range x {
			for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
				x[i] = T(bad)
				if Finite(x) {
					t.Errorf("n=%d: %v at %d is not seen", n, bad, i)
				}
			}
			x[i] = v
		}
	}
}
