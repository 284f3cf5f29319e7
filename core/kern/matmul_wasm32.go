//go:build goexperiment.simd && wasm

package kern

import (
	"simd/archsimd"
	"unsafe"
)

// Go's wasm back end has 16 vector registers and no cheap bounds check, so
// these tiles are two rows by four or five vectors, walk by address, and unroll
// the sum by two. The exported functions have checked every slice's length.

type vec32 = [vec32Len]float32

const vec32Len = 4
const elem32 = 4 // bytes

func lanes32() int { return vec32Len }

func at32(p unsafe.Pointer, bytes uintptr) *vec32 { return (*vec32)(unsafe.Add(p, bytes)) }

func elemAt32(p unsafe.Pointer, bytes uintptr) float32 { return *(*float32)(unsafe.Add(p, bytes)) }

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
	j := uintptr(0)
	for i := 0; i < m; i += 2 {
		c0, a0 := unsafe.Add(c, uintptr(i)*row), unsafe.Add(a, uintptr(i)*next)
		c1, a1 := c0, a0 // a last odd row is computed twice; both load before they store
		if i+1 < m {
			c1, a1 = unsafe.Add(c0, row), unsafe.Add(a0, next)
		}
		for j = 0; j < 80*fives; j += 80 {
			wide32(unsafe.Add(c0, j), unsafe.Add(c1, j), a0, a1, unsafe.Add(b, j), step, n, row, acc)
		}
		for ; j+64 <= row; j += 64 {
			tile32(unsafe.Add(c0, j), unsafe.Add(c1, j), a0, a1, unsafe.Add(b, j), step, n, row, acc)
		}
	}
	for ; j < row; j += 16 {
		for i := 0; i < m; i += 4 {
			i1, i2, i3 := min(i+1, m-1), min(i+2, m-1), min(i+3, m-1)
			strip32(unsafe.Add(c, j), [4]uintptr{uintptr(i) * row, uintptr(i1) * row, uintptr(i2) * row, uintptr(i3) * row},
				unsafe.Add(a, uintptr(i)*next), unsafe.Add(a, uintptr(i1)*next), unsafe.Add(a, uintptr(i2)*next), unsafe.Add(a, uintptr(i3)*next),
				unsafe.Add(b, j), step, n, row, acc)
		}
	}
}

// tile32 adds to two rows of four vectors the n products of the numbers at a0
// and a1, step bytes apart, with the vectors at b, row bytes apart.
func tile32(c0, c1, a0, a1, b unsafe.Pointer, step uintptr, n int, row uintptr, acc bool) {
	var s00, s01, s02, s03, s10, s11, s12, s13 archsimd.Float32x4
	if acc {
		s00 = archsimd.LoadFloat32x4Array(at32(c0, 0))
		s01 = archsimd.LoadFloat32x4Array(at32(c0, 16))
		s02 = archsimd.LoadFloat32x4Array(at32(c0, 32))
		s03 = archsimd.LoadFloat32x4Array(at32(c0, 48))
		s10 = archsimd.LoadFloat32x4Array(at32(c1, 0))
		s11 = archsimd.LoadFloat32x4Array(at32(c1, 16))
		s12 = archsimd.LoadFloat32x4Array(at32(c1, 32))
		s13 = archsimd.LoadFloat32x4Array(at32(c1, 48))
	}
	for ; n >= 2; n -= 2 {
		u := archsimd.BroadcastFloat32x4(elemAt32(a0, 0))
		v := archsimd.BroadcastFloat32x4(elemAt32(a1, 0))
		w := archsimd.LoadFloat32x4Array(at32(b, 0))
		s00, s10 = s00.Add(u.Mul(w)), s10.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 16))
		s01, s11 = s01.Add(u.Mul(w)), s11.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 32))
		s02, s12 = s02.Add(u.Mul(w)), s12.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 48))
		s03, s13 = s03.Add(u.Mul(w)), s13.Add(v.Mul(w))
		b = unsafe.Add(b, row)
		u = archsimd.BroadcastFloat32x4(elemAt32(a0, step))
		v = archsimd.BroadcastFloat32x4(elemAt32(a1, step))
		w = archsimd.LoadFloat32x4Array(at32(b, 0))
		s00, s10 = s00.Add(u.Mul(w)), s10.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 16))
		s01, s11 = s01.Add(u.Mul(w)), s11.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 32))
		s02, s12 = s02.Add(u.Mul(w)), s12.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 48))
		s03, s13 = s03.Add(u.Mul(w)), s13.Add(v.Mul(w))
		b = unsafe.Add(b, row)
		a0, a1 = unsafe.Add(a0, 2*step), unsafe.Add(a1, 2*step)
	}
	if n == 1 {
		u := archsimd.BroadcastFloat32x4(elemAt32(a0, 0))
		v := archsimd.BroadcastFloat32x4(elemAt32(a1, 0))
		w := archsimd.LoadFloat32x4Array(at32(b, 0))
		s00, s10 = s00.Add(u.Mul(w)), s10.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 16))
		s01, s11 = s01.Add(u.Mul(w)), s11.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 32))
		s02, s12 = s02.Add(u.Mul(w)), s12.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 48))
		s03, s13 = s03.Add(u.Mul(w)), s13.Add(v.Mul(w))
	}
	s00.StoreArray(at32(c0, 0))
	s01.StoreArray(at32(c0, 16))
	s02.StoreArray(at32(c0, 32))
	s03.StoreArray(at32(c0, 48))
	s10.StoreArray(at32(c1, 0))
	s11.StoreArray(at32(c1, 16))
	s12.StoreArray(at32(c1, 32))
	s13.StoreArray(at32(c1, 48))
}

// wide32 is tile32 on five vectors.
func wide32(c0, c1, a0, a1, b unsafe.Pointer, step uintptr, n int, row uintptr, acc bool) {
	var s00, s01, s02, s03, s04, s10, s11, s12, s13, s14 archsimd.Float32x4
	if acc {
		s00 = archsimd.LoadFloat32x4Array(at32(c0, 0))
		s01 = archsimd.LoadFloat32x4Array(at32(c0, 16))
		s02 = archsimd.LoadFloat32x4Array(at32(c0, 32))
		s03 = archsimd.LoadFloat32x4Array(at32(c0, 48))
		s04 = archsimd.LoadFloat32x4Array(at32(c0, 64))
		s10 = archsimd.LoadFloat32x4Array(at32(c1, 0))
		s11 = archsimd.LoadFloat32x4Array(at32(c1, 16))
		s12 = archsimd.LoadFloat32x4Array(at32(c1, 32))
		s13 = archsimd.LoadFloat32x4Array(at32(c1, 48))
		s14 = archsimd.LoadFloat32x4Array(at32(c1, 64))
	}
	for ; n >= 2; n -= 2 {
		u := archsimd.BroadcastFloat32x4(elemAt32(a0, 0))
		v := archsimd.BroadcastFloat32x4(elemAt32(a1, 0))
		w := archsimd.LoadFloat32x4Array(at32(b, 0))
		s00, s10 = s00.Add(u.Mul(w)), s10.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 16))
		s01, s11 = s01.Add(u.Mul(w)), s11.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 32))
		s02, s12 = s02.Add(u.Mul(w)), s12.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 48))
		s03, s13 = s03.Add(u.Mul(w)), s13.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 64))
		s04, s14 = s04.Add(u.Mul(w)), s14.Add(v.Mul(w))
		b = unsafe.Add(b, row)
		u = archsimd.BroadcastFloat32x4(elemAt32(a0, step))
		v = archsimd.BroadcastFloat32x4(elemAt32(a1, step))
		w = archsimd.LoadFloat32x4Array(at32(b, 0))
		s00, s10 = s00.Add(u.Mul(w)), s10.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 16))
		s01, s11 = s01.Add(u.Mul(w)), s11.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 32))
		s02, s12 = s02.Add(u.Mul(w)), s12.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 48))
		s03, s13 = s03.Add(u.Mul(w)), s13.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 64))
		s04, s14 = s04.Add(u.Mul(w)), s14.Add(v.Mul(w))
		b = unsafe.Add(b, row)
		a0, a1 = unsafe.Add(a0, 2*step), unsafe.Add(a1, 2*step)
	}
	if n == 1 {
		u := archsimd.BroadcastFloat32x4(elemAt32(a0, 0))
		v := archsimd.BroadcastFloat32x4(elemAt32(a1, 0))
		w := archsimd.LoadFloat32x4Array(at32(b, 0))
		s00, s10 = s00.Add(u.Mul(w)), s10.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 16))
		s01, s11 = s01.Add(u.Mul(w)), s11.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 32))
		s02, s12 = s02.Add(u.Mul(w)), s12.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 48))
		s03, s13 = s03.Add(u.Mul(w)), s13.Add(v.Mul(w))
		w = archsimd.LoadFloat32x4Array(at32(b, 64))
		s04, s14 = s04.Add(u.Mul(w)), s14.Add(v.Mul(w))
	}
	s00.StoreArray(at32(c0, 0))
	s01.StoreArray(at32(c0, 16))
	s02.StoreArray(at32(c0, 32))
	s03.StoreArray(at32(c0, 48))
	s04.StoreArray(at32(c0, 64))
	s10.StoreArray(at32(c1, 0))
	s11.StoreArray(at32(c1, 16))
	s12.StoreArray(at32(c1, 32))
	s13.StoreArray(at32(c1, 48))
	s14.StoreArray(at32(c1, 64))
}

// strip32 is tile32 on four rows, at c + at[i], of one vector.
func strip32(c unsafe.Pointer, at [4]uintptr, a0, a1, a2, a3, b unsafe.Pointer, step uintptr, n int, row uintptr, acc bool) {
	c0, c1, c2, c3 := at32(c, at[0]), at32(c, at[1]), at32(c, at[2]), at32(c, at[3])
	var s0, s1, s2, s3 archsimd.Float32x4
	if acc {
		s0, s1 = archsimd.LoadFloat32x4Array(c0), archsimd.LoadFloat32x4Array(c1)
		s2, s3 = archsimd.LoadFloat32x4Array(c2), archsimd.LoadFloat32x4Array(c3)
	}
	for range n {
		w := archsimd.LoadFloat32x4Array(at32(b, 0))
		s0 = s0.Add(archsimd.BroadcastFloat32x4(elemAt32(a0, 0)).Mul(w))
		s1 = s1.Add(archsimd.BroadcastFloat32x4(elemAt32(a1, 0)).Mul(w))
		s2 = s2.Add(archsimd.BroadcastFloat32x4(elemAt32(a2, 0)).Mul(w))
		s3 = s3.Add(archsimd.BroadcastFloat32x4(elemAt32(a3, 0)).Mul(w))
		b = unsafe.Add(b, row)
		a0, a1 = unsafe.Add(a0, step), unsafe.Add(a1, step)
		a2, a3 = unsafe.Add(a2, step), unsafe.Add(a3, step)
	}
	s0.StoreArray(c0)
	s1.StoreArray(c1)
	s2.StoreArray(c2)
	s3.StoreArray(c3)
}
