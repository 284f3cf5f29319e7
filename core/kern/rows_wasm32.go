//go:build goexperiment.simd && wasm

package kern

import (
	"simd/archsimd"
	"unsafe"
)

// These loops run down the rows of four columns of vectors, and of one where
// fewer are left, with what is common to the rows in registers.

func addToRows32(c, b []float32, m, sn int) {
	row, j := uintptr(sn)*elem32, uintptr(0)
	for ; j+64 <= row; j += 64 {
		p, q := unsafe.Add(base32(c), j), unsafe.Add(base32(b), j)
		b0, b1 := archsimd.LoadFloat32x4Array(at32(q, 0)), archsimd.LoadFloat32x4Array(at32(q, 16))
		b2, b3 := archsimd.LoadFloat32x4Array(at32(q, 32)), archsimd.LoadFloat32x4Array(at32(q, 48))
		for range m {
			archsimd.LoadFloat32x4Array(at32(p, 0)).Add(b0).StoreArray(at32(p, 0))
			archsimd.LoadFloat32x4Array(at32(p, 16)).Add(b1).StoreArray(at32(p, 16))
			archsimd.LoadFloat32x4Array(at32(p, 32)).Add(b2).StoreArray(at32(p, 32))
			archsimd.LoadFloat32x4Array(at32(p, 48)).Add(b3).StoreArray(at32(p, 48))
			p = unsafe.Add(p, row)
		}
	}
	for ; j < row; j += 16 {
		p := unsafe.Add(base32(c), j)
		b0 := archsimd.LoadFloat32x4Array(at32(unsafe.Add(base32(b), j), 0))
		for range m {
			archsimd.LoadFloat32x4Array(at32(p, 0)).Add(b0).StoreArray(at32(p, 0))
			p = unsafe.Add(p, row)
		}
	}
}

func addRowsTo32(s, a []float32, m, sn int) {
	row, j := uintptr(sn)*elem32, uintptr(0)
	for ; j+64 <= row; j += 64 {
		p, q := unsafe.Add(base32(s), j), unsafe.Add(base32(a), j)
		s0, s1 := archsimd.LoadFloat32x4Array(at32(p, 0)), archsimd.LoadFloat32x4Array(at32(p, 16))
		s2, s3 := archsimd.LoadFloat32x4Array(at32(p, 32)), archsimd.LoadFloat32x4Array(at32(p, 48))
		for range m {
			s0 = s0.Add(archsimd.LoadFloat32x4Array(at32(q, 0)))
			s1 = s1.Add(archsimd.LoadFloat32x4Array(at32(q, 16)))
			s2 = s2.Add(archsimd.LoadFloat32x4Array(at32(q, 32)))
			s3 = s3.Add(archsimd.LoadFloat32x4Array(at32(q, 48)))
			q = unsafe.Add(q, row)
		}
		s0.StoreArray(at32(p, 0))
		s1.StoreArray(at32(p, 16))
		s2.StoreArray(at32(p, 32))
		s3.StoreArray(at32(p, 48))
	}
	for ; j < row; j += 16 {
		p, q := unsafe.Add(base32(s), j), unsafe.Add(base32(a), j)
		s0 := archsimd.LoadFloat32x4Array(at32(p, 0))
		for range m {
			s0 = s0.Add(archsimd.LoadFloat32x4Array(at32(q, 0)))
			q = unsafe.Add(q, row)
		}
		s0.StoreArray(at32(p, 0))
	}
}
