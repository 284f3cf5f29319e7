//go:build goexperiment.simd && amd64

package kern

import (
	"simd/archsimd"
	"unsafe"
)

// The tiles of the portable vectors once more, for those of 64 bytes. Methods of
// portable vectors are functions around these here; inlined, each still leaves an
// instruction that does nothing, one for every one that computes.

const wide32Len = 64 / int(unsafe.Sizeof(float32(0)))

func matMulRows32(c, a, b []float32, k, sk, sn int, acc bool) {
	if wide {
		wideRows32(c, a, b, k, sk, sn, acc)
		return
	}
	anyRows32(c, a, b, k, sk, sn, acc)
}

func addOuter32(c, a, b []float32, h, sk, sn int) {
	if wide {
		wideOuter32(c, a, b, h, sk, sn)
		return
	}
	anyOuter32(c, a, b, h, sk, sn)
}

func wideRows32(c, a, b []float32, k, sk, sn int, acc bool) {
	const w = wide32Len
	a0, a1, a2, a3 := a[:k], a[sk:], a[2*sk:], a[3*sk:]
	a1, a2, a3 = a1[:len(a0)], a2[:len(a0)], a3[:len(a0)] // no checks of bounds below
	j := 0
	for ; j+2*w <= sn; j += 2 * w {
		var s00, s01, s10, s11, s20, s21, s30, s31 archsimd.Float32x16
		if acc {
			s00, s01 = archsimd.LoadFloat32x16(c[j:]), archsimd.LoadFloat32x16(c[j+w:])
			s10, s11 = archsimd.LoadFloat32x16(c[sn+j:]), archsimd.LoadFloat32x16(c[sn+j+w:])
			s20, s21 = archsimd.LoadFloat32x16(c[2*sn+j:]), archsimd.LoadFloat32x16(c[2*sn+j+w:])
			s30, s31 = archsimd.LoadFloat32x16(c[3*sn+j:]), archsimd.LoadFloat32x16(c[3*sn+j+w:])
		}
		at := j
		for p := range a0 {
			bp := b[at : at+2*w] // one check of bounds for both
			b0, b1 := archsimd.LoadFloat32x16(bp), archsimd.LoadFloat32x16(bp[w:])
			v0, v1 := archsimd.BroadcastFloat32x16(a0[p]), archsimd.BroadcastFloat32x16(a1[p])
			s00, s01 = s00.Add(v0.Mul(b0)), s01.Add(v0.Mul(b1))
			s10, s11 = s10.Add(v1.Mul(b0)), s11.Add(v1.Mul(b1))
			v2, v3 := archsimd.BroadcastFloat32x16(a2[p]), archsimd.BroadcastFloat32x16(a3[p])
			s20, s21 = s20.Add(v2.Mul(b0)), s21.Add(v2.Mul(b1))
			s30, s31 = s30.Add(v3.Mul(b0)), s31.Add(v3.Mul(b1))
			at += sn
		}
		s00.Store(c[j:])
		s01.Store(c[j+w:])
		s10.Store(c[sn+j:])
		s11.Store(c[sn+j+w:])
		s20.Store(c[2*sn+j:])
		s21.Store(c[2*sn+j+w:])
		s30.Store(c[3*sn+j:])
		s31.Store(c[3*sn+j+w:])
	}
	for ; j < sn; j += w {
		var s0, s1, s2, s3 archsimd.Float32x16
		if acc {
			s0, s1 = archsimd.LoadFloat32x16(c[j:]), archsimd.LoadFloat32x16(c[sn+j:])
			s2, s3 = archsimd.LoadFloat32x16(c[2*sn+j:]), archsimd.LoadFloat32x16(c[3*sn+j:])
		}
		at := j
		for p := range a0 {
			b0 := archsimd.LoadFloat32x16(b[at:])
			s0 = s0.Add(archsimd.BroadcastFloat32x16(a0[p]).Mul(b0))
			s1 = s1.Add(archsimd.BroadcastFloat32x16(a1[p]).Mul(b0))
			s2 = s2.Add(archsimd.BroadcastFloat32x16(a2[p]).Mul(b0))
			s3 = s3.Add(archsimd.BroadcastFloat32x16(a3[p]).Mul(b0))
			at += sn
		}
		s0.Store(c[j:])
		s1.Store(c[sn+j:])
		s2.Store(c[2*sn+j:])
		s3.Store(c[3*sn+j:])
	}
}

func wideOuter32(c, a, b []float32, h, sk, sn int) {
	const w = wide32Len
	j := 0
	for ; j+2*w <= sn; j += 2 * w {
		s00, s01 := archsimd.LoadFloat32x16(c[j:]), archsimd.LoadFloat32x16(c[j+w:])
		s10, s11 := archsimd.LoadFloat32x16(c[sn+j:]), archsimd.LoadFloat32x16(c[sn+j+w:])
		s20, s21 := archsimd.LoadFloat32x16(c[2*sn+j:]), archsimd.LoadFloat32x16(c[2*sn+j+w:])
		s30, s31 := archsimd.LoadFloat32x16(c[3*sn+j:]), archsimd.LoadFloat32x16(c[3*sn+j+w:])
		for i, ap, bp := 0, 0, j; i < h; i, ap, bp = i+1, ap+sk, bp+sn {
			v, bi := a[ap:ap+4], b[bp:bp+2*w]
			b0, b1 := archsimd.LoadFloat32x16(bi), archsimd.LoadFloat32x16(bi[w:])
			v0, v1 := archsimd.BroadcastFloat32x16(v[0]), archsimd.BroadcastFloat32x16(v[1])
			s00, s01 = s00.Add(v0.Mul(b0)), s01.Add(v0.Mul(b1))
			s10, s11 = s10.Add(v1.Mul(b0)), s11.Add(v1.Mul(b1))
			v2, v3 := archsimd.BroadcastFloat32x16(v[2]), archsimd.BroadcastFloat32x16(v[3])
			s20, s21 = s20.Add(v2.Mul(b0)), s21.Add(v2.Mul(b1))
			s30, s31 = s30.Add(v3.Mul(b0)), s31.Add(v3.Mul(b1))
		}
		s00.Store(c[j:])
		s01.Store(c[j+w:])
		s10.Store(c[sn+j:])
		s11.Store(c[sn+j+w:])
		s20.Store(c[2*sn+j:])
		s21.Store(c[2*sn+j+w:])
		s30.Store(c[3*sn+j:])
		s31.Store(c[3*sn+j+w:])
	}
	for ; j < sn; j += w {
		s0, s1 := archsimd.LoadFloat32x16(c[j:]), archsimd.LoadFloat32x16(c[sn+j:])
		s2, s3 := archsimd.LoadFloat32x16(c[2*sn+j:]), archsimd.LoadFloat32x16(c[3*sn+j:])
		for i, ap, bp := 0, 0, j; i < h; i, ap, bp = i+1, ap+sk, bp+sn {
			v, b0 := a[ap:ap+4], archsimd.LoadFloat32x16(b[bp:])
			s0 = s0.Add(archsimd.BroadcastFloat32x16(v[0]).Mul(b0))
			s1 = s1.Add(archsimd.BroadcastFloat32x16(v[1]).Mul(b0))
			s2 = s2.Add(archsimd.BroadcastFloat32x16(v[2]).Mul(b0))
			s3 = s3.Add(archsimd.BroadcastFloat32x16(v[3]).Mul(b0))
		}
		s0.Store(c[j:])
		s1.Store(c[sn+j:])
		s2.Store(c[2*sn+j:])
		s3.Store(c[3*sn+j:])
	}
}
