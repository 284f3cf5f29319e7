//go:build !goexperiment.simd || !wasm

package kern

func sinTo(y, x []float64) { sinToRef(y, x) }
func cosTo(y, x []float64) { cosToRef(y, x) }
