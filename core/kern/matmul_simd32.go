//go:build goexperiment.simd && !wasm

package kern

import "simd"

func lanes32() int { return simd.Float32s{}.Len() }

// matMul32 holds a tile of four rows by two vectors of c in registers; the
// sum over p runs in the order of matMulRef, so the bits agree.
func matMul32(c, a, b []float32, m, k, sk, sn int, acc bool) {
	i := 0
	for ; i+4 <= m; i += 4 {
		matMulRows32(c[i*sn:(i+4)*sn], a[i*sk:(i+4)*sk], b, k, sk, sn, acc)
	}
	for ; i < m; i++ {
		matMulRow32(c[i*sn:(i+1)*sn], a[i*sk:i*sk+k], b, sn, acc)
	}
}

func anyRows32(c, a, b []float32, k, sk, sn int, acc bool) {
	w := simd.Float32s{}.Len()
	a0, a1, a2, a3 := a[:k], a[sk:], a[2*sk:], a[3*sk:]
	a1, a2, a3 = a1[:len(a0)], a2[:len(a0)], a3[:len(a0)] // no checks of bounds below
	j := 0
	for ; j+2*w <= sn; j += 2 * w {
		var s00, s01, s10, s11, s20, s21, s30, s31 simd.Float32s
		if acc {
			s00, s01 = simd.LoadFloat32s(c[j:]), simd.LoadFloat32s(c[j+w:])
			s10, s11 = simd.LoadFloat32s(c[sn+j:]), simd.LoadFloat32s(c[sn+j+w:])
			s20, s21 = simd.LoadFloat32s(c[2*sn+j:]), simd.LoadFloat32s(c[2*sn+j+w:])
			s30, s31 = simd.LoadFloat32s(c[3*sn+j:]), simd.LoadFloat32s(c[3*sn+j+w:])
		}
		at := j
		for p := range a0 {
			bp := b[at : at+2*w] // one check of bounds for both
			b0, b1 := simd.LoadFloat32s(bp), simd.LoadFloat32s(bp[w:])
			v0, v1 := simd.BroadcastFloat32s(a0[p]), simd.BroadcastFloat32s(a1[p])
			s00, s01 = s00.Add(v0.Mul(b0)), s01.Add(v0.Mul(b1))
			s10, s11 = s10.Add(v1.Mul(b0)), s11.Add(v1.Mul(b1))
			v2, v3 := simd.BroadcastFloat32s(a2[p]), simd.BroadcastFloat32s(a3[p])
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
		var s0, s1, s2, s3 simd.Float32s
		if acc {
			s0, s1 = simd.LoadFloat32s(c[j:]), simd.LoadFloat32s(c[sn+j:])
			s2, s3 = simd.LoadFloat32s(c[2*sn+j:]), simd.LoadFloat32s(c[3*sn+j:])
		}
		at := j
		for p := range a0 {
			b0 := simd.LoadFloat32s(b[at:])
			s0 = s0.Add(simd.BroadcastFloat32s(a0[p]).Mul(b0))
			s1 = s1.Add(simd.BroadcastFloat32s(a1[p]).Mul(b0))
			s2 = s2.Add(simd.BroadcastFloat32s(a2[p]).Mul(b0))
			s3 = s3.Add(simd.BroadcastFloat32s(a3[p]).Mul(b0))
			at += sn
		}
		s0.Store(c[j:])
		s1.Store(c[sn+j:])
		s2.Store(c[2*sn+j:])
		s3.Store(c[3*sn+j:])
	}
}

func matMulRow32(c, a, b []float32, sn int, acc bool) {
	w := simd.Float32s{}.Len()
	for j := 0; j < sn; j += w {
		var s simd.Float32s
		if acc {
			s = simd.LoadFloat32s(c[j:])
		}
		at := j
		for _, v := range a {
			s = s.Add(simd.BroadcastFloat32s(v).Mul(simd.LoadFloat32s(b[at:])))
			at += sn
		}
		s.Store(c[j:])
	}
}

// addMatMulT32 runs over the m rows in chunks that stay in the first-level
// cache, with a tile of four rows by two vectors of c in registers.
func addMatMulT32(c, a, b []float32, m, k, sk, sn int) {
	const chunk = 64
	for i := 0; i < m; i += chunk {
		h := min(chunk, m-i)
		ai, bi := a[i*sk:(i+h)*sk], b[i*sn:(i+h)*sn]
		p := 0
		for ; p+4 <= k; p += 4 {
			addOuter32(c[p*sn:(p+4)*sn], ai[p:], bi, h, sk, sn)
		}
		for ; p < k; p++ {
			addOuterRow32(c[p*sn:(p+1)*sn], ai[p:], bi, h, sk, sn)
		}
	}
}

func anyOuter32(c, a, b []float32, h, sk, sn int) {
	w := simd.Float32s{}.Len()
	j := 0
	for ; j+2*w <= sn; j += 2 * w {
		s00, s01 := simd.LoadFloat32s(c[j:]), simd.LoadFloat32s(c[j+w:])
		s10, s11 := simd.LoadFloat32s(c[sn+j:]), simd.LoadFloat32s(c[sn+j+w:])
		s20, s21 := simd.LoadFloat32s(c[2*sn+j:]), simd.LoadFloat32s(c[2*sn+j+w:])
		s30, s31 := simd.LoadFloat32s(c[3*sn+j:]), simd.LoadFloat32s(c[3*sn+j+w:])
		for i, ap, bp := 0, 0, j; i < h; i, ap, bp = i+1, ap+sk, bp+sn {
			v, bi := a[ap:ap+4], b[bp:bp+2*w]
			b0, b1 := simd.LoadFloat32s(bi), simd.LoadFloat32s(bi[w:])
			v0, v1 := simd.BroadcastFloat32s(v[0]), simd.BroadcastFloat32s(v[1])
			s00, s01 = s00.Add(v0.Mul(b0)), s01.Add(v0.Mul(b1))
			s10, s11 = s10.Add(v1.Mul(b0)), s11.Add(v1.Mul(b1))
			v2, v3 := simd.BroadcastFloat32s(v[2]), simd.BroadcastFloat32s(v[3])
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
		s0, s1 := simd.LoadFloat32s(c[j:]), simd.LoadFloat32s(c[sn+j:])
		s2, s3 := simd.LoadFloat32s(c[2*sn+j:]), simd.LoadFloat32s(c[3*sn+j:])
		for i, ap, bp := 0, 0, j; i < h; i, ap, bp = i+1, ap+sk, bp+sn {
			v, b0 := a[ap:ap+4], simd.LoadFloat32s(b[bp:])
			s0 = s0.Add(simd.BroadcastFloat32s(v[0]).Mul(b0))
			s1 = s1.Add(simd.BroadcastFloat32s(v[1]).Mul(b0))
			s2 = s2.Add(simd.BroadcastFloat32s(v[2]).Mul(b0))
			s3 = s3.Add(simd.BroadcastFloat32s(v[3]).Mul(b0))
		}
		s0.Store(c[j:])
		s1.Store(c[sn+j:])
		s2.Store(c[2*sn+j:])
		s3.Store(c[3*sn+j:])
	}
}

func addOuterRow32(c, a, b []float32, h, sk, sn int) {
	w := simd.Float32s{}.Len()
	for j := 0; j < sn; j += w {
		s := simd.LoadFloat32s(c[j:])
		for i := range h {
			s = s.Add(simd.BroadcastFloat32s(a[i*sk]).Mul(simd.LoadFloat32s(b[i*sn+j:])))
		}
		s.Store(c[j:])
	}
}
