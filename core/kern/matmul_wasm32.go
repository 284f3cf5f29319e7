//go:build goexperiment.simd && wasm

package kern

import (
	"simd/archsimd"
	"unsafe"
)

// Go's wasm back end has 16 vector registers and no cheap bounds check, so
// these tiles are two rows by four vectors, walk by address, and unroll the
// sum by two. The exported functions have checked every slice's length.

type vec32 = [vec32Len]float32

const vec32Len = 4
const elem32 = 4 // bytes

func lanes32() int { return vec32Len }

func at32(p unsafe.Pointer, bytes uintptr) *vec32 { return (*vec32)(unsafe.Add(p, bytes)) }

func elemAt32(p unsafe.Pointer, bytes uintptr) float32 { return *(*float32)(unsafe.Add(p, bytes)) }

// matMul32 sums over p in the order of matMulRef, so the bits agree.
func matMul32(c, a, b []float32, m, k, sk, sn int, acc bool) {
	if k == 0 {
		matMulRef(c, a, b, m, k, sk, sn, acc)
		return
	}
	pb := unsafe.Pointer(&b[0])
	row := uintptr(sn) * elem32
	for i := 0; i < m; i += 2 {
		c0, a0 := unsafe.Pointer(&c[i*sn]), unsafe.Pointer(&a[i*sk])
		c1, a1 := c0, a0 // a last odd row is computed twice; both tiles load before they store
		if i+1 < m {
			c1, a1 = unsafe.Pointer(&c[(i+1)*sn]), unsafe.Pointer(&a[(i+1)*sk])
		}
		j := uintptr(0)
		for ; j+64 <= row; j += 64 {
			tile32(unsafe.Add(c0, j), unsafe.Add(c1, j), a0, a1, unsafe.Add(pb, j), elem32, k, row, acc)
		}
		for ; j < row; j += 16 {
			strip32(unsafe.Add(c0, j), unsafe.Add(c1, j), a0, a1, unsafe.Add(pb, j), elem32, k, row, acc)
		}
	}
}

// addMatMulT32 runs over the m rows in chunks that stay in the first-level
// cache.
func addMatMulT32(c, a, b []float32, m, k, sk, sn int) {
	const chunk = 64
	row := uintptr(sn) * elem32
	for i := 0; i < m; i += chunk {
		h := min(chunk, m-i)
		pa, pb := unsafe.Pointer(&a[i*sk]), unsafe.Pointer(&b[i*sn])
		for p := 0; p < k; p += 2 {
			c0, a0 := unsafe.Pointer(&c[p*sn]), unsafe.Add(pa, p*elem32)
			c1, a1 := c0, a0
			if p+1 < k {
				c1, a1 = unsafe.Pointer(&c[(p+1)*sn]), unsafe.Add(pa, (p+1)*elem32)
			}
			step := uintptr(sk) * elem32
			j := uintptr(0)
			for ; j+64 <= row; j += 64 {
				tile32(unsafe.Add(c0, j), unsafe.Add(c1, j), a0, a1, unsafe.Add(pb, j), step, h, row, true)
			}
			for ; j < row; j += 16 {
				strip32(unsafe.Add(c0, j), unsafe.Add(c1, j), a0, a1, unsafe.Add(pb, j), step, h, row, true)
			}
		}
	}
}

// tile32 adds to two rows of four vectors the n products of the numbers at a0
// and a1, step bytes apart, with the vectors at b, row bytes apart.
func tile32(c0, c1, a0, a1, b unsafe.Pointer, step uintptr, n int, row uintptr, acc bool) {
	var s00, s01, s02, s03, s10, s11, s12, s13 archsimd.Float32x4
	if acc {
		s00, s01 = archsimd.LoadFloat32x4Array(at32(c0, 0)), archsimd.LoadFloat32x4Array(at32(c0, 16))
		s02, s03 = archsimd.LoadFloat32x4Array(at32(c0, 32)), archsimd.LoadFloat32x4Array(at32(c0, 48))
		s10, s11 = archsimd.LoadFloat32x4Array(at32(c1, 0)), archsimd.LoadFloat32x4Array(at32(c1, 16))
		s12, s13 = archsimd.LoadFloat32x4Array(at32(c1, 32)), archsimd.LoadFloat32x4Array(at32(c1, 48))
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

// strip32 is tile32 on one vector of columns.
func strip32(c0, c1, a0, a1, b unsafe.Pointer, step uintptr, n int, row uintptr, acc bool) {
	var s0, s1 archsimd.Float32x4
	if acc {
		s0, s1 = archsimd.LoadFloat32x4Array(at32(c0, 0)), archsimd.LoadFloat32x4Array(at32(c1, 0))
	}
	for range n {
		w := archsimd.LoadFloat32x4Array(at32(b, 0))
		s0 = s0.Add(archsimd.BroadcastFloat32x4(elemAt32(a0, 0)).Mul(w))
		s1 = s1.Add(archsimd.BroadcastFloat32x4(elemAt32(a1, 0)).Mul(w))
		a0, a1, b = unsafe.Add(a0, step), unsafe.Add(a1, step), unsafe.Add(b, row)
	}
	s0.StoreArray(at32(c0, 0))
	s1.StoreArray(at32(c1, 0))
}
