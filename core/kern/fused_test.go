package kern

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestJetsMatchRef(t *testing.T) {
	t.Run("float32", testJets[float32])
	t.Run("float64", testJets[float64])
}

// testJets runs every kernel of whole jets on n elements a channel, for every
// tail length, each slice between NaNs, and compares all slices afterwards:
// results with the twin's, arguments with what they were.
func testJets[T Float](t *testing.T) {
	type slot [6][]T
	d1, d2 := T(1), T(-0.3)
	kernels := []struct {
		name      string
		fast, ref func(s slot, n int)
	}{
		{"TanhBack", func(s slot, _ int) { TanhBack(s[0], s[1], s[2]) },
			func(s slot, _ int) { tanhBackRef(s[0], s[1], s[2]) }},
		{"TanhJet", func(s slot, _ int) { TanhJet(s[0], s[1], d1, d2) },
			func(s slot, n int) { tanhToRef(s[0][:n], s[1][:n]); tanhJetRef(s[0], s[1], d1, d2, 0) }},
		{"TanhJetBack", func(s slot, _ int) { TanhJetBack(s[0], s[1], s[2], s[3], d1, d2) },
			func(s slot, _ int) { tanhJetBackRef(s[0], s[1], s[2], s[3], d1, d2, 0) }},
		{"Gate", func(s slot, _ int) { Gate(s[0], s[1], s[2], s[3]) },
			func(s slot, _ int) { gateRef(s[0], s[1], s[2], s[3]) }},
		{"GateBack", func(s slot, _ int) { GateBack(s[0], s[1], s[2], s[3], s[4], s[5], true) },
			func(s slot, _ int) { gateBackRef(s[0], s[1], s[2], s[3], s[4], s[5], true) }},
		{"GateBack first", func(s slot, _ int) { GateBack(s[0], s[1], s[2], s[3], s[4], s[5], false) },
			func(s slot, _ int) { gateBackRef(s[0], s[1], s[2], s[3], s[4], s[5], false) }},
		{"GateJet", func(s slot, _ int) { GateJet(s[0], s[1], s[2], s[3], d1, d2) },
			func(s slot, _ int) { gateJetRef(s[0], s[1], s[2], s[3], d1, d2, 0) }},
		{"GateJetBack", func(s slot, _ int) { GateJetBack(s[0], s[1], s[2], s[3], s[4], s[5], d1, d2, true) },
			func(s slot, _ int) { gateJetBackRef(s[0], s[1], s[2], s[3], s[4], s[5], d1, d2, true, 0) }},
		{"GateJetBack first", func(s slot, _ int) { GateJetBack(s[0], s[1], s[2], s[3], s[4], s[5], d1, d2, false) },
			func(s slot, _ int) { gateJetBackRef(s[0], s[1], s[2], s[3], s[4], s[5], d1, d2, false, 0) }},
	}
	rng := rand.New(rand.NewPCG(7, 8))
	for _, k := range kernels {
		for n := range 40 {
			var got, want slot
			var intact [6]func() bool
			for i := range got {
				got[i], intact[i] = guarded[T](rng, 4*n)
				want[i] = slices.Clone(got[i])
			}
			k.fast(got, n)
			k.ref(want, n)
			for i := range got {
				if !slices.Equal(got[i], want[i]) {
					t.Fatalf("%s n=%d: slice %d differs from the twin's", k.name, n, i)
				}
				if !intact[i]() {
					t.Fatalf("%s n=%d: wrote outside slice %d", k.name, n, i)
				}
			}
		}
	}
}

func TestRowsMatchRef(t *testing.T) {
	t.Run("float32", testRows[float32])
	t.Run("float64", testRows[float64])
}

func testRows[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, m := range []int{0, 1, 2, 5} {
		for n := 1; n < 70; n++ {
			sn := Stride[T](n)
			rows, okRows := guarded[T](rng, m*sn)
			row, okRow := guarded[T](rng, sn)
			wantRows, wantRow := slices.Clone(rows), slices.Clone(row)
			AddToRows(rows, row, m, n)
			addToRowsRef(wantRows, wantRow, m, sn)
			AddRowsTo(row, rows, m, n)
			addRowsToRef(wantRow, wantRows, m, sn)
			if !slices.Equal(rows, wantRows) || !slices.Equal(row, wantRow) {
				t.Fatalf("m=%d n=%d: rows differ from the twins'", m, n)
			}
			if !okRows() || !okRow() {
				t.Fatalf("m=%d n=%d: wrote outside", m, n)
			}
		}
	}
}
