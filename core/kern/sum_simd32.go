//go:build goexperiment.simd && !wasm

package kern

import "simd"

// sum32 takes four vectors through all terms at a time.
func sum32(s *Sum[float32], y []float32, acc bool, slots [][]float32) {
	b := simd.BroadcastFloat32s(s.Base)
	w, i := b.Len(), 0
	for ; i+4*w <= len(y); i += 4 * w {
		yi := y[i : i+4*w]
		s0, s1, s2, s3 := b, b, b, b
		if acc {
			s0, s1 = simd.LoadFloat32s(yi), simd.LoadFloat32s(yi[w:])
			s2, s3 = simd.LoadFloat32s(yi[2*w:]), simd.LoadFloat32s(yi[3*w:])
		}
		for _, t := range s.Terms[:s.Singles] {
			c, x := simd.BroadcastFloat32s(t.C), slots[t.A][i:i+4*w]
			s0, s1 = s0.Add(c.Mul(simd.LoadFloat32s(x))), s1.Add(c.Mul(simd.LoadFloat32s(x[w:])))
			s2, s3 = s2.Add(c.Mul(simd.LoadFloat32s(x[2*w:]))), s3.Add(c.Mul(simd.LoadFloat32s(x[3*w:])))
		}
		for _, t := range s.Terms[s.Singles:] {
			c, x, z := simd.BroadcastFloat32s(t.C), slots[t.A][i:i+4*w], slots[t.B][i:i+4*w]
			s0 = s0.Add(c.Mul(simd.LoadFloat32s(x)).Mul(simd.LoadFloat32s(z)))
			s1 = s1.Add(c.Mul(simd.LoadFloat32s(x[w:])).Mul(simd.LoadFloat32s(z[w:])))
			s2 = s2.Add(c.Mul(simd.LoadFloat32s(x[2*w:])).Mul(simd.LoadFloat32s(z[2*w:])))
			s3 = s3.Add(c.Mul(simd.LoadFloat32s(x[3*w:])).Mul(simd.LoadFloat32s(z[3*w:])))
		}
		s0.Store(yi)
		s1.Store(yi[w:])
		s2.Store(yi[2*w:])
		s3.Store(yi[3*w:])
	}
	sumRef(s, y, acc, slots, i)
}
