//go:build goexperiment.simd && !amd64 && !wasm

package kern

func matMulRows32(c, a, b []float32, k, sk, sn int, acc bool) { anyRows32(c, a, b, k, sk, sn, acc) }
func addOuter32(c, a, b []float32, h, sk, sn int)             { anyOuter32(c, a, b, h, sk, sn) }
