//go:build goexperiment.simd && wasm

package kern

import "unsafe"

// A product is made of tiles of two rows by four or five vectors, written in
// assembly (see genasm), which walk by address. The exported functions have
// checked every slice's length.

type vec32 = [vec32Len]float32

const (
	elem32   = unsafe.Sizeof(float32(0))
	vec32Len = 16 / int(elem32)
)

func lanes32() int { return vec32Len }

func base32(x []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(x)) }

// matMul32 sums over p in the order of matMulRef, so the bits agree.
func matMul32(c, a, b []float32, m, k, sk, sn int, acc bool) {
	panel32(base32(c), base32(a), base32(b), m, k, uintptr(sn)*elem32, uintptr(sk)*elem32, elem32, acc)
}

// addMatMulT32 runs over the m rows in chunks that stay in the first-level
// cache.
func addMatMulT32(c, a, b []float32, m, k, sk, sn int) {
	const chunk = 64
	for i := 0; i < m; i += chunk {
		pa, pb := unsafe.Pointer(&a[i*sk]), unsafe.Pointer(&b[i*sn])
		panel32(base32(c), pa, pb, k, min(chunk, m-i), uintptr(sn)*elem32, elem32, uintptr(sk)*elem32, true)
	}
}

// panel32 sets m rows of c, or adds to them, the products of n numbers of a
// with n rows of b: row i of c has the numbers at a + i next, step bytes apart.
// Rows of b and c are row bytes long. Columns go in tiles of four vectors, and
// of five as long as that leaves no strip of one.
func panel32(c, a, b unsafe.Pointer, m, n int, row, next, step uintptr, acc bool) {
	fives := row / 16 % 4
	if 80*fives > row {
		fives = 0
	}
	pairs, odd := m/2, m%2
	lastC, lastA := unsafe.Add(c, uintptr(m-1)*row), unsafe.Add(a, uintptr(m-1)*next)
	j := uintptr(0)
	for ; j < 80*fives; j += 80 {
		if pairs > 0 {
			tiles32_2by5(unsafe.Add(c, j), a, unsafe.Add(b, j), pairs, n, row, next, step, acc)
		}
		if odd > 0 {
			tiles32_1by5(unsafe.Add(lastC, j), lastA, unsafe.Add(b, j), 1, n, row, next, step, acc)
		}
	}
	for ; j+64 <= row; j += 64 {
		if pairs > 0 {
			tiles32_2by4(unsafe.Add(c, j), a, unsafe.Add(b, j), pairs, n, row, next, step, acc)
		}
		if odd > 0 {
			tiles32_1by4(unsafe.Add(lastC, j), lastA, unsafe.Add(b, j), 1, n, row, next, step, acc)
		}
	}
	for ; j < row; j += 16 {
		fours, rest := m/4, m%4
		if fours > 0 {
			tiles32_4by1(unsafe.Add(c, j), a, unsafe.Add(b, j), fours, n, row, next, step, acc)
		}
		if rest > 0 {
			at := uintptr(4 * fours)
			tiles32_1by1(unsafe.Add(c, at*row+j), unsafe.Add(a, at*next), unsafe.Add(b, j), rest, n, row, next, step, acc)
		}
	}
}
