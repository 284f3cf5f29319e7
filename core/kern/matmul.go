package kern

// Stride returns the row stride of a matrix of n columns: n rounded up to a
// whole number of this machine's vectors.
func Stride[T Float](n int) int {
	w := lanes[T]()
	return (n + w - 1) / w * w
}

func lanes[T Float]() int {
	var x T
	if _, ok := any(x).(float32); ok {
		return lanes32()
	}
	return lanes64()
}

// MatMul sets c = a·b, or c += a·b if acc, where a is m×k, b is k×n and c is
// m×n. c must not overlap a or b.
func MatMul[T Float](c, a, b []T, m, k, n int, acc bool) {
	sk, sn := Stride[T](k), Stride[T](n)
	if len(c) < m*sn || len(a) < m*sk || len(b) < k*sn {
		panic("kern: MatMul: slice too short")
	}
	if m == 0 || n == 0 {
		return
	}
	switch c := any(c).(type) {
	case []float32:
		matMul32(c, any(a).([]float32), any(b).([]float32), m, k, sk, sn, acc)
	case []float64:
		matMul64(c, any(a).([]float64), any(b).([]float64), m, k, sk, sn, acc)
	}
}

// matMulRef defines MatMul: sk and sn are the row strides of a, and of b and c.
func matMulRef[T Float](c, a, b []T, m, k, sk, sn int, acc bool) {
	for i := range m {
		ci, ai := c[i*sn:i*sn+sn], a[i*sk:i*sk+k]
		if !acc {
			clear(ci)
		}
		for p, v := range ai {
			for j, w := range b[p*sn : p*sn+sn] {
				ci[j] += T(v * w)
			}
		}
	}
}

// AddMatMulT sets c += aᵀ·b, where a is m×k, b is m×n and c is k×n: the
// gradient of a weight matrix from the layer's input and adjoint. c must not
// overlap a or b.
func AddMatMulT[T Float](c, a, b []T, m, k, n int) {
	sk, sn := Stride[T](k), Stride[T](n)
	if len(c) < k*sn || len(a) < m*sk || len(b) < m*sn {
		panic("kern: AddMatMulT: slice too short")
	}
	if m == 0 || n == 0 {
		return
	}
	switch c := any(c).(type) {
	case []float32:
		addMatMulT32(c, any(a).([]float32), any(b).([]float32), m, k, sk, sn)
	case []float64:
		addMatMulT64(c, any(a).([]float64), any(b).([]float64), m, k, sk, sn)
	}
}

// addMatMulTRef defines AddMatMulT.
func addMatMulTRef[T Float](c, a, b []T, m, k, sk, sn int) {
	for i := range m {
		ai, bi := a[i*sk:i*sk+k], b[i*sn:i*sn+sn]
		for p, v := range ai {
			cp := c[p*sn : p*sn+sn]
			for j, w := range bi {
				cp[j] += T(v * w)
			}
		}
	}
}

// Transpose sets t = aᵀ, where a is m×n and t is n×m, padding left alone.
func Transpose[T Float](t, a []T, m, n int) {
	sm, sn := Stride[T](m), Stride[T](n)
	i := 0
	for ; i+4 <= m; i += 4 { // four neighbours of t at a time
		a0, a1, a2, a3 := a[i*sn:i*sn+n], a[(i+1)*sn:][:n], a[(i+2)*sn:][:n], a[(i+3)*sn:][:n]
		for j, at := 0, i; j < n; j, at = j+1, at+sm {
			r := t[at : at+4]
			r[0], r[1], r[2], r[3] = a0[j], a1[j], a2[j], a3[j]
		}
	}
	for ; i < m; i++ {
		for j, v := range a[i*sn : i*sn+n] {
			t[j*sm+i] = v
		}
	}
}
