//go:build goexperiment.simd && wasm

package kern

func tanhBack32(ubar, ybar, y []float32) {
	turns := len(y) / tanhBackTurn32
	tanhBackTurns32(base32(ubar), base32(ybar), base32(y), turns)
	i := turns * tanhBackTurn32
	tanhBackRef(ubar[i:], ybar[i:], y[i:])
}

func tanhJet32(y, u []float32, d1, d2 float32) {
	n := len(y) / 4
	turns := n / tanhJetTurn32
	tanhJetTurns32(base32(y), base32(u), turns, uintptr(n)*elem32, d1, d2)
	tanhJetRef(y, u, d1, d2, turns*tanhJetTurn32)
}

func tanhJetBack32(ubar, ybar, y, u []float32, d1, d2 float32) {
	n := len(y) / 4
	turns := n / tanhJetBackTurn32
	tanhJetBackTurns32(base32(ubar), base32(ybar), base32(y), base32(u), turns, uintptr(n)*elem32, d1, d2)
	tanhJetBackRef(ubar, ybar, y, u, d1, d2, turns*tanhJetBackTurn32)
}
