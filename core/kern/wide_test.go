//go:build goexperiment.simd && amd64

package kern

import "testing"

// TestMatMulWithoutWide runs the tests of the products with the tiles of other
// processors.
func TestMatMulWithoutWide(t *testing.T) {
	if !wide {
		t.Skip("they are those of the other tests")
	}
	wide = false
	defer func() { wide = true }()
	TestMatMulMatchesRef(t)
}
