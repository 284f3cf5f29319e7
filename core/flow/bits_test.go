package flow

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"testing"
)

// TestSameBits pins the bits of two small flows: they must be the same natively
// and in wasm, with vectors and without.
func TestSameBits(t *testing.T) {
	h := fnv.New64a()
	add := func(values ...float64) {
		for _, v := range values {
			var b [8]byte
			binary.LittleEndian.PutUint64(b[:], math.Float64bits(v))
			h.Write(b[:])
		}
	}
	s := solved(t, 250, 36)
	for i := range s.a.rows {
		add(s.a.row(i)...)
	}
	for i := range s.h.rows {
		add(s.h.row(i)...)
	}
	f := s.At(0.1, 0.9)
	add(f.U, f.V, f.Psi, f.P, f.Omega)
	d, err := differences(250, 21, 0.5, nil)
	if err != nil {
		t.Fatal(err)
	}
	add(d.Psi...)
	add(SpectralNorm(d.U, 22, 22))
	if got, want := h.Sum64(), uint64(0x4be1cc9fa623a8c9); got != want {
		t.Errorf("bits hash to %#x, want %#x", got, want)
	}
}
