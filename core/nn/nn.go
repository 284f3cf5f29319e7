// Package nn has the networks: which parameters they have, how these start,
// and how the network is recorded on a tape. A network is one short file.
package nn

import (
	"math"
	"slices"
	"strconv"

	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
)

// Limits of a network's size.
const (
	MaxWidth = 256
	MaxDepth = 10
)

// An Arch describes a network.
type Arch struct {
	Kind       Kind
	In, Out    int   // coordinates and fields
	Hidden     []int // neurons of each hidden layer; all equal where the kind has encoders
	Activation func(*jet.Set) *jet.Program
}

// Kind names a network.
type Kind string

const (
	MLP      Kind = "mlp"      // of M1 and M2
	Modified Kind = "modified" // of M3 and M4

	Modified2020 Kind = "modified-2020" // of M3 and M4, with the gate of the code before July 2021
)

// A Layer is one pair of weight matrix (in×out) and bias (1×out).
type Layer struct {
	Name string // 0, 1, ... along the trunk; U and V of the encoders
	W, B ad.Param
}

// A Net is a network's list of parameters: the trunk from the coordinates to
// the fields, and the encoders where the kind has them.
type Net struct {
	Arch            Arch
	Layout          ad.Layout // W0, b0, W1, ..., then WU, bU, WV, bV
	Trunk, Encoders []Layer
}

// New lays out the parameters of a network.
func New(a Arch) *Net {
	n := &Net{Arch: a}
	in := a.In
	for i, out := range append(slices.Clone(a.Hidden), a.Out) {
		n.Trunk = append(n.Trunk, n.add(strconv.Itoa(i), in, out))
		in = out
	}
	if a.Kind != MLP {
		n.Encoders = []Layer{n.add("U", a.In, a.Hidden[0]), n.add("V", a.In, a.Hidden[0])}
	}
	return n
}

func (n *Net) add(name string, in, out int) Layer {
	return Layer{name, n.Layout.Add("W"+name, in, out), n.Layout.Add("b"+name, 1, out)}
}

func (n *Net) hidden() []Layer { return n.Trunk[:len(n.Trunk)-1] }

// Layers returns the trunk's layers and then the encoders'.
func (n *Net) Layers() []Layer { return slices.Concat(n.Trunk, n.Encoders) }

// Normal is a source of standard normal numbers.
type Normal interface{ NormFloat64() float64 }

// Init fills theta: weights Glorot normal, std sqrt(2/(in+out)), trunk biases
// zero, encoder biases normal with std sqrt(2/(1+width)) as in the authors'
// code. Trunk and encoders draw from their own sources, so that networks of
// either kind start with the same trunk.
func (n *Net) Init(theta []float64, trunk, encoders Normal) {
	clear(theta)
	draw := func(p ad.Param, src Normal) {
		std := math.Sqrt(2 / float64(p.Rows+p.Cols))
		for i := range p.Size() {
			theta[p.Offset+i] = std * src.NormFloat64()
		}
	}
	for _, l := range n.Trunk {
		draw(l.W, trunk)
	}
	for _, l := range n.Encoders {
		draw(l.W, encoders)
		draw(l.B, encoders)
	}
}

// Record records the network on t, from the normalised coordinates x to the
// fields.
func Record[T kern.Float](n *Net, t *ad.Tape[T], x *ad.Var[T]) *ad.Var[T] {
	switch n.Arch.Kind {
	case MLP:
		return recordMLP(n, t, x)
	case Modified:
		return recordModified(n, t, x)
	case Modified2020:
		return recordModified2020(n, t, x)
	}
	panic("nn: Record: unknown kind " + string(n.Arch.Kind))
}
