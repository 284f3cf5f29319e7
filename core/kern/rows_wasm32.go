//go:build goexperiment.simd && wasm

package kern

import "unsafe"

// Sums of rows are products with ones, which are exact, so that the tiles of
// the matrix products do them.

func addToRows32(c, b []float32, m, sn int) {
	one := float32(1)
	panel32(base32(c), unsafe.Pointer(&one), base32(b), m, 1, uintptr(sn)*elem32, 0, 0, true)
}

func addRowsTo32(s, a []float32, m, sn int) {
	one := float32(1)
	panel32(base32(s), unsafe.Pointer(&one), base32(a), 1, m, uintptr(sn)*elem32, 0, 0, true)
}
