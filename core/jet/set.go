// Package jet says which derivatives of a function travel together through a
// network, and how products and activations act on them (Taylor mode; Griewank
// and Walther, Evaluating Derivatives, 2nd ed., chapter 13).
//
// A jet is a value with its partial derivatives, one channel each, named by
// multi-indices. The channels of a [Set] are closed under taking sub-indices,
// so a product (Leibniz) and an activation (an ordinary differential equation)
// are short programs of multiply-adds on channels; see [Program]. The adjoint
// of such a program is the program run backwards.
package jet

import (
	"cmp"
	"slices"
)

// An Index is a multi-index: Index[i] counts derivatives along coordinate i.
// The last entry is not a coordinate but a direction in parameter space,
// which makes exact Hessian-vector products (see [NewSet]).
type Index [Coords + 1]uint8

const (
	Coords   = 3 // the most coordinates a problem may have
	Eps      = Coords
	MaxOrder = 4 // of derivatives along the coordinates
)

// Order returns the number of derivatives along the coordinates.
func (a Index) Order() int { return int(a[0]) + int(a[1]) + int(a[2]) }

func (a Index) has(b Index) bool {
	for i := range a {
		if b[i] > a[i] {
			return false
		}
	}
	return true
}

func (a Index) minus(b Index) Index {
	for i := range a {
		a[i] -= b[i]
	}
	return a
}

func compare(a, b Index) int {
	return cmp.Or(
		cmp.Compare(a[Eps], b[Eps]),
		cmp.Compare(a.Order(), b.Order()),
		slices.Compare(b[:], a[:])) // x before y
}

// A Term is one multiply-add between channels: out += Coef · l · r.
type Term struct {
	Out, L, R int
	Coef      float64
}

// A Set is a set of channels, sorted so that every sub-index comes first:
// Channels[0] is the value. With a parameter direction, Channels[Plain+i] is
// Channels[i] differentiated once along it.
type Set struct {
	Channels []Index
	Plain    int

	at map[Index]int
}

// NewSet returns the smallest set that holds the derivatives needed. With eps,
// every channel comes a second time, differentiated along a direction in
// parameter space.
func NewSet(need []Index, eps bool) *Set {
	s := &Set{at: map[Index]int{}}
	add := func(a Index) {
		if _, ok := s.at[a]; !ok {
			s.at[a] = 0
			s.Channels = append(s.Channels, a)
		}
	}
	for _, a := range append(need, Index{}) {
		if a.Order() > MaxOrder || a[Eps] != 0 {
			panic("jet: NewSet: derivative out of range")
		}
		subIndices(a, add)
	}
	if s.Plain = len(s.Channels); eps {
		for _, a := range s.Channels[:s.Plain] {
			a[Eps] = 1
			add(a)
		}
	}
	slices.SortFunc(s.Channels, compare)
	for i, a := range s.Channels {
		s.at[a] = i
	}
	return s
}

// subIndices calls f for every index b <= a.
func subIndices(a Index, f func(Index)) {
	var b Index
	for {
		f(b)
		i := 0
		for ; i < len(a); i++ {
			if b[i] < a[i] {
				b[i]++
				break
			}
			b[i] = 0
		}
		if i == len(a) {
			return
		}
	}
}

// Len returns the number of channels.
func (s *Set) Len() int { return len(s.Channels) }

// Channel returns the place of a derivative, or -1.
func (s *Set) Channel(a Index) int {
	if i, ok := s.at[a]; ok {
		return i
	}
	return -1
}

// leibniz calls f with the terms of ∂ᵃ(l·r) = Σ C(a,b) ∂ᵇl ∂ᵃ⁻ᵇr, by rising b.
func (s *Set) leibniz(a Index, f func(l, r Index, coef float64)) {
	subIndices(a, func(b Index) {
		c := 1.0
		for i := range a {
			c *= binomial(a[i], b[i])
		}
		f(b, a.minus(b), c)
	})
}

func binomial(n, k uint8) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}
