//go:build goexperiment.simd && wasm

package kern

import "slices"

var (
	tanhFullLoops32        = twoArrays{tanhFull11Turns32, tanhFull21Turns32, tanhFull12Turns32, tanhFull22Turns32, tanhFull23Turns32}
	tanhFullBackLoops32    = fourArrays{tanhFullBack11Turns32, tanhFullBack21Turns32, tanhFullBack12Turns32, tanhFullBack22Turns32, tanhFullBack23Turns32}
	gateFullLoops32        = fourArrays{gateFull11Turns32, gateFull21Turns32, gateFull12Turns32, gateFull22Turns32, gateFull23Turns32}
	gateFullBackLoops32    = sixArrays{gateFullBack11Turns32, gateFullBack21Turns32, gateFullBack12Turns32, gateFullBack22Turns32, gateFullBack23Turns32}
	gateFullBackSetLoops32 = sixArrays{gateFullBack11SetTurns32, gateFullBack21SetTurns32, gateFullBack12SetTurns32, gateFullBack22SetTurns32, gateFullBack23SetTurns32}
)

func tanhFull32(f Full, y, u []float32, n int) {
	loop := tanhFullLoops32[slices.Index(Fulls, f)]
	loop(base32(y), base32(u), n/vec32Len, uintptr(n)*elem32)
}

func tanhFullBack32(f Full, ubar, ybar, y, u []float32, n int) {
	loop := tanhFullBackLoops32[slices.Index(Fulls, f)]
	loop(base32(ubar), base32(ybar), base32(y), base32(u), n/vec32Len, uintptr(n)*elem32)
}

func gateFull32(f Full, h, z, d, v []float32, n int) {
	loop := gateFullLoops32[slices.Index(Fulls, f)]
	loop(base32(h), base32(z), base32(d), base32(v), n/vec32Len, uintptr(n)*elem32)
}

func gateFullBack32(f Full, zbar, dbar, vbar, hbar, z, d []float32, n int, acc bool) {
	loop := gateFullBackSetLoops32[slices.Index(Fulls, f)]
	if acc {
		loop = gateFullBackLoops32[slices.Index(Fulls, f)]
	}
	loop(base32(zbar), base32(dbar), base32(vbar), base32(hbar), base32(z), base32(d), n/vec32Len, uintptr(n)*elem32)
}
