//go:build goexperiment.simd && !wasm

package kern

func addToRows32(c, b []float32, m, sn int) {
	for i := range m {
		add32(c[i*sn:i*sn+sn], b[:sn])
	}
}

func addRowsTo32(s, a []float32, m, sn int) {
	for i := range m {
		add32(s[:sn], a[i*sn:i*sn+sn])
	}
}
