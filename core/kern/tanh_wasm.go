//go:build goexperiment.simd && wasm

package kern

import "math"

// The constants of tanh in the order of genasm's formula, each in all lanes.
var (
	tanhTable32 = inLanes[vec32](append([]float32{tanhMax32, -tanhMax32, log2E, tanhMagic32,
		ln2Hi32, ln2Lo32, math.Float32frombits(bias32)}, expPoly32[:]...))
	tanhTable64 = inLanes[vec64](append([]float64{tanhMax64, -tanhMax64, log2E, tanhMagic64,
		ln2Hi64, ln2Lo64, math.Float64frombits(bias64)}, expPoly64[:]...))
)

// inLanes repeats each number as often as a vector has lanes.
func inLanes[V vec32 | vec64, T Float](list []T) (all []T) {
	var v V
	for _, x := range list {
		for range len(v) {
			all = append(all, x)
		}
	}
	return all
}

func tanhTo32(y, x []float32) {
	turns := len(x) / tanhToTurn32
	tanhToTurns32(base32(y), base32(x), base32(tanhTable32), turns)
	i := turns * tanhToTurn32
	tanhToRef32(y[i:], x[i:])
}

func tanhTo64(y, x []float64) {
	turns := len(x) / tanhToTurn64
	tanhToTurns64(base64(y), base64(x), base64(tanhTable64), turns)
	i := turns * tanhToTurn64
	tanhToRef64(y[i:], x[i:])
}
