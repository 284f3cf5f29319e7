//go:build goexperiment.simd && wasm

package kern

func gate32(h, z, d, v []float32) {
	turns := len(h) / gateTurn32
	gateTurns32(base32(h), base32(z), base32(d), base32(v), turns)
	i := turns * gateTurn32
	gateRef(h[i:], z[i:], d[i:], v[i:])
}

func gateBack32(zbar, dbar, vbar, hbar, z, d []float32, acc bool) {
	turns := len(z) / gateBackTurn32
	loop := gateBackSetTurns32
	if acc {
		loop = gateBackTurns32
	}
	loop(base32(zbar), base32(dbar), base32(vbar), base32(hbar), base32(z), base32(d), turns)
	i := turns * gateBackTurn32
	gateBackRef(zbar[i:], dbar[i:], vbar[i:], hbar[i:], z[i:], d[i:], acc)
}

func gateJet32(h, z, d, v []float32, d1, d2 float32) {
	n := len(h) / 4
	turns := n / gateJetTurn32
	gateJetTurns32(base32(h), base32(z), base32(d), base32(v), turns, uintptr(n)*elem32, 2*d1, 2*d2)
	gateJetRef(h, z, d, v, d1, d2, turns*gateJetTurn32)
}

func gateJetBack32(zbar, dbar, vbar, hbar, z, d []float32, d1, d2 float32, acc bool) {
	n := len(z) / 4
	turns, channel := n/gateJetBackTurn32, uintptr(n)*elem32
	loop := gateJetBackSetTurns32
	if acc {
		loop = gateJetBackTurns32
	}
	loop(base32(zbar), base32(dbar), base32(vbar), base32(hbar), base32(z), base32(d), turns, channel, 2*d1, 2*d2)
	gateJetBackRef(zbar, dbar, vbar, hbar, z, d, d1, d2, acc, turns*gateJetBackTurn32)
}
