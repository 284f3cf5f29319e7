//go:build goexperiment.simd && wasm

package kern

// The loops are assembly (see genasm), for whole turns; the twins do the rest.
// The exported functions have checked every slice's length.

func add32(y, x []float32) {
	turns := len(x) / addTurn32
	addTurns32(base32(y), base32(x), turns)
	i := turns * addTurn32
	addRef(y[i:], x[i:])
}

func axpy32(y []float32, c float32, x []float32) {
	turns := len(x) / axpyTurn32
	axpyTurns32(base32(y), base32(x), turns, c)
	i := turns * axpyTurn32
	axpyRef(y[i:], c, x[i:])
}

func mulTo32(z []float32, c float32, x, y []float32) {
	turns := len(x) / mulToTurn32
	mulToTurns32(base32(z), base32(x), base32(y), turns, c)
	i := turns * mulToTurn32
	mulToRef(z[i:], c, x[i:], y[i:])
}

func mulAdd32(z []float32, c float32, x, y []float32) {
	turns := len(x) / mulAddTurn32
	mulAddTurns32(base32(z), base32(x), base32(y), turns, c)
	i := turns * mulAddTurn32
	mulAddRef(z[i:], c, x[i:], y[i:])
}

func adam32(theta, m, v, g []float32, rate, vhat, beta1, beta2, eps float32) {
	turns := len(g) / adamTurn32
	adamTurns32(base32(theta), base32(m), base32(v), base32(g), turns, rate, vhat, beta1, beta2, 1-beta1, 1-beta2, eps)
	i := turns * adamTurn32
	adamRef(theta[i:], m[i:], v[i:], g[i:], rate, vhat, beta1, beta2, eps)
}
