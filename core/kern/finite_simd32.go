//go:build goexperiment.simd

package kern

import "simd"

func finite32(x []float32) bool {
	var zero, s0, s1, s2, s3 simd.Float32s
	w, i := zero.Len(), 0
	for ; i+4*w <= len(x); i += 4 * w {
		v := x[i : i+4*w]
		s0 = s0.Add(zero.Mul(simd.LoadFloat32s(v)))
		s1 = s1.Add(zero.Mul(simd.LoadFloat32s(v[w:])))
		s2 = s2.Add(zero.Mul(simd.LoadFloat32s(v[2*w:])))
		s3 = s3.Add(zero.Mul(simd.LoadFloat32s(v[3*w:])))
	}
	var sums [32]float32 // more than any vector has
	s0.Add(s1).Add(s2.Add(s3)).Store(sums[:w])
	return finiteRef(sums[:w]) && finiteRef(x[i:])
}
