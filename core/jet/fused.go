package jet

import "pinnlab/core/kern"

// A fused says which kernel does a program in one pass over whole jets, for the
// sets that most terms need. The program is its oracle.
type fused uint8

const (
	steps     fused = iota // no such kernel: its plan does
	fusedTanh              // TanhOf
	fusedGate              // Gate
)

// Fused reports whether [ForwardFused] and [ReverseFused] do the program. They
// want inputs that are not the same memory, and leave no auxiliary slots.
func (p *Program) Fused() bool {
	if p.fused == steps {
		return false
	}
	_, _, ok := p.Set.laplacian()
	return ok || p.Set.Len() == 1 || p.Set.full.Kernels()
}

// fullJets returns the kind of jets the set has channels for, if these are every
// derivative to an order along one coordinate or two.
func (s *Set) fullJets() (kind kern.Full) {
	var along []Index
	for _, a := range s.Channels[1:s.Plain] {
		if a.Order() == 1 {
			along = append(along, a)
		}
	}
	last := s.Channels[s.Len()-1]
	order := last.Order()
	if s.Plain < s.Len() || len(along) == 0 || len(along) > 2 || last == Box {
		return kern.Full{}
	}
	kind = kern.Full{Coords: len(along), Order: order}
	if s.Len() != kind.Channels() {
		return kern.Full{}
	}
	for k := range order + 1 { // the highest derivatives; the others are their sub-indices
		var a Index
		for i := range a {
			a[i] = uint8(order-k) * along[0][i]
			if kind.Coords == 2 {
				a[i] += uint8(k) * along[1][i]
			}
		}
		if (k == 0 || kind.Coords == 2) && s.Channel(a) < 0 {
			return kern.Full{}
		}
	}
	return kind
}

// laplacian returns the operator's coefficients if the set's channels are a
// value, two first derivatives and the operator over both.
func (s *Set) laplacian() (d1, d2 float64, ok bool) {
	if s.Len() != 4 || s.Plain != 4 || s.Channels[3] != Box {
		return 0, 0, false
	}
	var d [2]float64
	for i, c := range s.Channels[1:3] {
		for j, v := range s.Op {
			if c == unit(j) {
				d[i] = v
			}
		}
	}
	return d[0], d[1], d[0] != 0 && d[1] != 0
}

// ForwardFused sets the output out from the inputs in, all channels of each.
func ForwardFused[T kern.Float](p *Program, out []T, in [][]T) {
	a, b, laplacian := p.Set.laplacian()
	d1, d2 := T(a), T(b)
	switch {
	case p.fused == fusedTanh && laplacian:
		kern.TanhJet(out, in[0], d1, d2)
	case p.fused == fusedTanh && p.Set.Len() == 1:
		kern.TanhTo(out, in[0])
	case p.fused == fusedTanh:
		kern.TanhFull(p.Set.full, out, in[0])
	case laplacian:
		kern.GateJet(out, in[0], in[1], in[2], d1, d2)
	case p.Set.Len() == 1:
		kern.Gate(out, in[0], in[1], in[2])
	default:
		kern.GateFull(p.Set.full, out, in[0], in[1], in[2])
	}
}

// ReverseFused gives the adjoints bar of the inputs: it sets that of input 0,
// and the others too unless acc, which adds to them. The output's, seed, may be
// used up.
func ReverseFused[T kern.Float](p *Program, bar [][]T, seed, out []T, in [][]T, acc bool) {
	a, b, laplacian := p.Set.laplacian()
	d1, d2 := T(a), T(b)
	switch {
	case p.fused == fusedTanh && laplacian:
		kern.TanhJetBack(bar[0], seed, out, in[0], d1, d2)
	case p.fused == fusedTanh && p.Set.Len() == 1:
		kern.TanhBack(bar[0], seed, out)
	case p.fused == fusedTanh:
		kern.TanhFullBack(p.Set.full, bar[0], seed, out, in[0])
	case laplacian:
		kern.GateJetBack(bar[0], bar[1], bar[2], seed, in[0], in[1], d1, d2, acc)
	case p.Set.Len() == 1:
		kern.GateBack(bar[0], bar[1], bar[2], seed, in[0], in[1], acc)
	default:
		kern.GateFullBack(p.Set.full, bar[0], bar[1], bar[2], seed, in[0], in[1], acc)
	}
}
