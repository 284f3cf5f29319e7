//go:build goexperiment.simd && wasm

package kern

import "math"

// The constants of sine and cosine in the order of genasm's formula.
var sinTable = inLanes[vec64]([]float64{
	2 / math.Pi, 0.5, halfPi1, halfPi2, halfPi3, tanhMagic64, 1,
	1. / 355687428096000, -1. / 1307674368000, 1. / 6227020800, -1. / 39916800,
	1. / 362880, -1. / 5040, 1. / 120, -1. / 6,
	-1. / 6402373705728000, 1. / 20922789888000, -1. / 87178291200, 1. / 479001600,
	-1. / 3628800, 1. / 40320, -1. / 720, 1. / 24,
})

func sinTo(y, x []float64) {
	i := quartersTo(y, x, 0)
	sinToRef(y[i:], x[i:])
}

func cosTo(y, x []float64) {
	i := quartersTo(y, x, 1)
	cosToRef(y[i:], x[i:])
}

// quartersTo sets y to sin(x + quarters π/2) as far as arguments are small
// enough for its reduction, and returns how far that is.
func quartersTo(y, x []float64, quarters float64) (n int) {
	for n < len(x) && math.Abs(x[n]) <= 1e6 {
		n++
	}
	n -= n % sinTurn64
	sinTurns64(base64(y), base64(x), base64(sinTable), n/sinTurn64, quarters)
	return n
}
