//go:build !goexperiment.simd

package kern

func lanes32() int { return 1 }
func lanes64() int { return 1 }

func matMul32(c, a, b []float32, m, k, sk, sn int, acc bool) { matMulRef(c, a, b, m, k, sk, sn, acc) }
func matMul64(c, a, b []float64, m, k, sk, sn int, acc bool) { matMulRef(c, a, b, m, k, sk, sn, acc) }

func addMatMulT32(c, a, b []float32, m, k, sk, sn int) { addMatMulTRef(c, a, b, m, k, sk, sn) }
func addMatMulT64(c, a, b []float64, m, k, sk, sn int) { addMatMulTRef(c, a, b, m, k, sk, sn) }

func add32(y, x []float32) { addRef(y, x) }
func add64(y, x []float64) { addRef(y, x) }

func axpy32(y []float32, c float32, x []float32) { axpyRef(y, c, x) }
func axpy64(y []float64, c float64, x []float64) { axpyRef(y, c, x) }

func mulTo32(z []float32, c float32, x, y []float32) { mulToRef(z, c, x, y) }
func mulTo64(z []float64, c float64, x, y []float64) { mulToRef(z, c, x, y) }

func mulAdd32(z []float32, c float32, x, y []float32) { mulAddRef(z, c, x, y) }
func mulAdd64(z []float64, c float64, x, y []float64) { mulAddRef(z, c, x, y) }

func adam32(theta, m, v, g []float32, rate, vhat, beta1, beta2, eps float32) {
	adamRef(theta, m, v, g, rate, vhat, beta1, beta2, eps)
}

func adam64(theta, m, v, g []float64, rate, vhat, beta1, beta2, eps float64) {
	adamRef(theta, m, v, g, rate, vhat, beta1, beta2, eps)
}

func tanhTo32(y, x []float32) { tanhToRef32(y, x) }
func tanhTo64(y, x []float64) { tanhToRef64(y, x) }

func tanhBack32(ubar, ybar, y []float32) { tanhBackRef(ubar, ybar, y) }
func tanhBack64(ubar, ybar, y []float64) { tanhBackRef(ubar, ybar, y) }

func tanhJet32(y, u []float32, d1, d2 float32) { tanhJetRef(y, u, d1, d2, 0) }
func tanhJet64(y, u []float64, d1, d2 float64) { tanhJetRef(y, u, d1, d2, 0) }

func tanhJetBack32(ubar, ybar, y, u []float32, d1, d2 float32) {
	tanhJetBackRef(ubar, ybar, y, u, d1, d2, 0)
}

func tanhJetBack64(ubar, ybar, y, u []float64, d1, d2 float64) {
	tanhJetBackRef(ubar, ybar, y, u, d1, d2, 0)
}

func gate32(h, z, d, v []float32) { gateRef(h, z, d, v) }
func gate64(h, z, d, v []float64) { gateRef(h, z, d, v) }

func gateBack32(zbar, dbar, vbar, hbar, z, d []float32, acc bool) {
	gateBackRef(zbar, dbar, vbar, hbar, z, d, acc)
}

func gateBack64(zbar, dbar, vbar, hbar, z, d []float64, acc bool) {
	gateBackRef(zbar, dbar, vbar, hbar, z, d, acc)
}

func gateJet32(h, z, d, v []float32, d1, d2 float32) { gateJetRef(h, z, d, v, d1, d2, 0) }
func gateJet64(h, z, d, v []float64, d1, d2 float64) { gateJetRef(h, z, d, v, d1, d2, 0) }

func gateJetBack32(zbar, dbar, vbar, hbar, z, d []float32, d1, d2 float32, acc bool) {
	gateJetBackRef(zbar, dbar, vbar, hbar, z, d, d1, d2, acc, 0)
}

func gateJetBack64(zbar, dbar, vbar, hbar, z, d []float64, d1, d2 float64, acc bool) {
	gateJetBackRef(zbar, dbar, vbar, hbar, z, d, d1, d2, acc, 0)
}

func addToRows32(c, b []float32, m, sn int) { addToRowsRef(c, b, m, sn) }
func addToRows64(c, b []float64, m, sn int) { addToRowsRef(c, b, m, sn) }

func addRowsTo32(s, a []float32, m, sn int) { addRowsToRef(s, a, m, sn) }
func addRowsTo64(s, a []float64, m, sn int) { addRowsToRef(s, a, m, sn) }

func sum32(s *Sum[float32], y []float32, acc bool, slots [][]float32) { sumRef(s, y, acc, slots, 0) }
func sum64(s *Sum[float64], y []float64, acc bool, slots [][]float64) { sumRef(s, y, acc, slots, 0) }

func finite32(x []float32) bool { return finiteRef(x) }
func finite64(x []float64) bool { return finiteRef(x) }
