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

	"pinnlab/core/kern"
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

// An Operator is a second-order differential operator Σ Operator[i] ∂²/∂xᵢ²,
// such as the Laplacian. One channel can carry it in place of the second
// derivatives it sums (the forward Laplacian); its name in a set is Box.
type Operator [Coords]float64

// Box is the index of the channel of a set's Operator.
var Box = Index{0xff}

// Order returns the number of derivatives along the coordinates.
func (a Index) Order() int { return int(a[0]) + int(a[1]) + int(a[2]) }

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

// A Set is a set of channels, sorted so that every sub-index comes first:
// Channels[0] is the value. With a parameter direction, Channels[Plain+i] is
// Channels[i] differentiated once along it.
type Set struct {
	Channels []Index
	Plain    int
	Op       Operator // of the channel Box, if there is one

	at   map[Index]int
	full kern.Full
}

// NewSet returns the smallest set that holds the derivatives needed; Box may be
// one of them. With eps, every channel comes a second time, differentiated
// along a direction in parameter space.
func NewSet(need []Index, op Operator, eps bool) *Set {
	s := &Set{Op: op, at: map[Index]int{}}
	s.add(Index{})
	for _, a := range need {
		if a == Box {
			for i, c := range op {
				if c != 0 {
					s.add(unit(i))
				}
			}
			s.add(Box)
			continue
		}
		if a.Order() > MaxOrder || a[Eps] != 0 {
			panic("jet: NewSet: derivative out of range")
		}
		subIndices(a, s.add)
	}
	if s.Plain = len(s.Channels); eps {
		for _, a := range s.Channels[:s.Plain] {
			a[Eps] = 1
			s.add(a)
		}
	}
	slices.SortFunc(s.Channels, compare)
	for i, a := range s.Channels {
		s.at[a] = i
	}
	s.full = s.fullJets()
	return s
}

func (s *Set) add(a Index) {
	if _, ok := s.at[a]; !ok {
		s.at[a] = 0
		s.Channels = append(s.Channels, a)
	}
}

// unit returns the index of one derivative along coordinate i.
func unit(i int) (e Index) {
	e[i] = 1
	return e
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

// leibniz calls f with the terms of ∂ᵃ(l·r) = Σ C(a,b) ∂ᵇl ∂ᵃ⁻ᵇr, by rising b,
// and for an operator D with those of
//
//	D(l·r) = l Dr + r Dl + 2 Σ Dᵢ ∂ᵢl ∂ᵢr.
func (s *Set) leibniz(a Index, f func(l, r Index, coef float64)) {
	if a[0] == Box[0] {
		s.alongEps(a, f, func(f func(l, r Index, coef float64)) {
			f(Index{}, Box, 1)
			s.gradients(2, f)
			f(Box, Index{}, 1)
		})
		return
	}
	subIndices(a, func(b Index) {
		c := 1.0
		for i := range a {
			c *= binomial(a[i], b[i])
		}
		f(b, a.minus(b), c)
	})
}

// gradients calls f with the terms of c Σ Dᵢ ∂ᵢl ∂ᵢr.
func (s *Set) gradients(c float64, f func(l, r Index, coef float64)) {
	for i, d := range s.Op {
		if d != 0 {
			f(unit(i), unit(i), c*d)
		}
	}
}

// chainRule calls f with the terms of ∂ᵃ of a function of u whose derivative is
// w. With e one derivative of a it is
//
//	∂ᵃ⁻ᵉ(w ∂ᵉu) = Σ C(a-e,b) ∂ᵇw ∂ᵃ⁻ᵇu,
//
// and for an operator D it is w Du + Σ Dᵢ ∂ᵢw ∂ᵢu.
func (s *Set) chainRule(a Index, f func(w, u Index, coef float64)) {
	if a[0] == Box[0] {
		s.alongEps(a, f, func(f func(l, r Index, coef float64)) {
			f(Index{}, Box, 1)
			s.gradients(1, f)
		})
		return
	}
	e := Index{}
	for i := range a {
		if a[i] > 0 {
			e = unit(i)
			break
		}
	}
	s.leibniz(a.minus(e), func(b, _ Index, coef float64) { f(b, a.minus(b), coef) })
}

// alongEps calls f with the given bilinear terms, differentiated along the
// parameter direction if a is.
func (s *Set) alongEps(a Index, f func(l, r Index, coef float64), terms func(func(l, r Index, coef float64))) {
	if a[Eps] == 0 {
		terms(f)
		return
	}
	terms(func(l, r Index, coef float64) {
		le, re := l, r
		le[Eps], re[Eps] = 1, 1
		f(le, r, coef)
		f(l, re, coef)
	})
}

func binomial(n, k uint8) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}
