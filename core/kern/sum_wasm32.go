//go:build goexperiment.simd && wasm

package kern

import "unsafe"

// sum32 takes eight vectors through all terms at a time, then one; see genasm.
func sum32(s *Sum[float32], y []float32, acc bool, slots [][]float32) {
	at, terms := unsafe.Pointer(unsafe.SliceData(slots)), unsafe.Pointer(unsafe.SliceData(s.Terms))
	pairs, i := len(s.Terms)-s.Singles, 0
	if turns := len(y) / (8 * vec32Len); turns > 0 {
		sum32by8(base32(y), at, terms, s.Singles, pairs, turns, 0, acc, s.Base)
		i = turns * 8 * vec32Len
	}
	if turns := (len(y) - i) / vec32Len; turns > 0 {
		sum32by1(base32(y[i:]), at, terms, s.Singles, pairs, turns, uintptr(i)*elem32, acc, s.Base)
		i += turns * vec32Len
	}
	sumRef(s, y, acc, slots, i)
}
