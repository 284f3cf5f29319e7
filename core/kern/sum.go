package kern

// A Term is a product of a number and two slots, C·a·b, or of a number and one,
// C·a: what the programs of package jet add up.
type Term[T Float] struct {
	C    T
	A, B int32
}

// A Sum is base and terms, added in this order: first the terms of one slot, so
// many as Singles says, then those of two.
type Sum[T Float] struct {
	Base    T
	Terms   []Term[T]
	Singles int
}

// Add sets y to the sum, or adds the terms to it if acc. The slots that terms
// name are as long as y; y may be one of them.
func (s *Sum[T]) Add(y []T, acc bool, slots [][]T) {
	for i, t := range s.Terms {
		if len(slots[t.A]) != len(y) || i >= s.Singles && len(slots[t.B]) != len(y) {
			panic("kern: Sum: length mismatch")
		}
	}
	switch y := any(y).(type) {
	case []float32:
		sum32(any(s).(*Sum[float32]), y, acc, any(slots).([][]float32))
	case []float64:
		sum64(any(s).(*Sum[float64]), y, acc, any(slots).([][]float64))
	}
}

// sumRef defines Add, from element lo on.
func sumRef[T Float](s *Sum[T], y []T, acc bool, slots [][]T, lo int) {
	for i := lo; i < len(y); i++ {
		sum := s.Base
		if acc {
			sum = y[i]
		}
		for _, t := range s.Terms[:s.Singles] {
			sum += T(t.C * slots[t.A][i])
		}
		for _, t := range s.Terms[s.Singles:] {
			sum += T(T(t.C*slots[t.A][i]) * slots[t.B][i])
		}
		y[i] = sum
	}
}
