package kern

// AddToRows adds the row b, of n columns, to every one of the m rows of c: a
// layer's bias.
func AddToRows[T Float](c, b []T, m, n int) {
	sn := Stride[T](n)
	if len(c) < m*sn || len(b) < sn {
		panic("kern: AddToRows: slice too short")
	}
	switch c := any(c).(type) {
	case []float32:
		addToRows32(c, f32(b), m, sn)
	case []float64:
		addToRows64(c, f64(b), m, sn)
	}
}

func addToRowsRef[T Float](c, b []T, m, sn int) {
	for i := range m {
		addRef(c[i*sn:i*sn+sn], b[:sn])
	}
}

// AddRowsTo adds the m rows of a, each of n columns, to the row s, in order:
// the adjoint of [AddToRows].
func AddRowsTo[T Float](s, a []T, m, n int) {
	sn := Stride[T](n)
	if len(a) < m*sn || len(s) < sn {
		panic("kern: AddRowsTo: slice too short")
	}
	switch s := any(s).(type) {
	case []float32:
		addRowsTo32(s, f32(a), m, sn)
	case []float64:
		addRowsTo64(s, f64(a), m, sn)
	}
}

func addRowsToRef[T Float](s, a []T, m, sn int) {
	for i := range m {
		addRef(s[:sn], a[i*sn:i*sn+sn])
	}
}
