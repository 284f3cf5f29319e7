package kern

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSumMatchesRef(t *testing.T) {
	t.Run("float32", testSum[float32])
	t.Run("float64", testSum[float64])
}

func testSum[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for _, s := range []Sum[T]{
		{Base: 0.3},
		{Terms: []Term[T]{{C: 2}}, Singles: 1},
		{Terms: []Term[T]{{C: -1, A: 1}}},
		{0.7, []Term[T]{{0.7, 0, 0}, {1, 2, 0}, {-3, 1, 1}, {1.5, 1, 2}}, 2},
	} {
		for n := range 300 { // past four 512-bit vectors, with every tail
			var slots [][]T
			for range 3 {
				x, _ := guarded[T](rng, n)
				slots = append(slots, x)
			}
			for _, acc := range []bool{false, true} {
				y, ok := guarded[T](rng, n)
				want := slices.Clone(y)
				sumRef(&s, want, acc, slots, 0)
				s.Add(y, acc, slots)
				if !slices.Equal(y, want) || !ok() {
					t.Fatalf("%v n=%d acc=%v: %v, want %v", s, n, acc, y, want)
				}
			}
			// The sum may be one of its slots.
			want := slices.Clone(slots[2])
			sumRef(&s, want, true, [][]T{slots[0], slots[1], want}, 0)
			if s.Add(slots[2], true, slots); !slices.Equal(slots[2], want) {
				t.Fatalf("%v n=%d in place: %v, want %v", s, n, slots[2], want)
			}
		}
	}
}

func TestSumOfUnequalSlots(t *testing.T) {
	for _, s := range []Sum[float32]{
		{Terms: []Term[float32]{{1, 0, 0}}, Singles: 1},
		{Terms: []Term[float32]{{1, 1, 0}}},
	} {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			s.Add(make([]float32, 4), false, [][]float32{make([]float32, 3), make([]float32, 4)})
		})
	}
}
