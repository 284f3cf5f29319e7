// Package nn has the networks: which parameters they have, how these start,
// and how the network is recorded on a tape. A network is one short file, which
// registers itself.
package nn

import (
	"math"
	"slices"
	"strconv"

	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/method"
)

// Limits of a network's size.
const (
	MaxWidth = 256
	MaxDepth = 10
)

// An Arch describes a network.
type Arch struct {
	Kind       string // a name of the registry
	In, Out    int    // coordinates and fields
	Hidden     []int  // neurons of each hidden layer; all equal where the kind has encoders
	Activation func(*jet.Set) *jet.Program
	Values     method.Values // of the settings that the kind declares; nil for their defaults
}

// A Layer is one pair of weight matrix (in×out) and bias (1×out), which may be
// empty.
type Layer struct {
	Name string // 0, 1, ... along the trunk; letters of the others
	W, B ad.Param
}

// A Net is a network's list of parameters: the trunk to the fields, and what the
// kind has besides.
type Net struct {
	Arch     Arch
	Layout   ad.Layout // W0, b0, W1, ..., then those of the encoders, then of the embedding
	Trunk    []Layer
	Encoders []Layer // of the coordinates, or of their embedding
	Embedded []Layer // what makes the embedding

	kind Kind
}

// New lays out the parameters of a network. An unknown kind is a mistake of ours.
func New(a Arch) *Net {
	kind, ok := Kinds.Find(a.Kind)
	if !ok {
		panic("nn: New: unknown kind " + a.Kind)
	}
	if a.Values == nil {
		a.Values = method.Usual(kind.Settings)
	}
	n := &Net{Arch: a, kind: kind}
	kind.layout(n)
	return n
}

func (n *Net) add(name string, in, out int) Layer {
	return Layer{name, n.Layout.Add("W"+name, in, out), n.Layout.Add("b"+name, 1, out)}
}

// addTrunk lays out the trunk, from that many inputs to the fields.
func (n *Net) addTrunk(in int) {
	for i, out := range append(slices.Clone(n.Arch.Hidden), n.Arch.Out) {
		n.Trunk = append(n.Trunk, n.add(strconv.Itoa(i), in, out))
		in = out
	}
}

func (n *Net) hidden() []Layer { return n.Trunk[:len(n.Trunk)-1] }

// Layers returns the trunk's layers, then the encoders' and the embedding's.
func (n *Net) Layers() []Layer { return slices.Concat(n.Trunk, n.Encoders, n.Embedded) }

// Normal is a source of standard normal numbers.
type Normal interface{ NormFloat64() float64 }

// Sources are where a network's start is drawn from. The trunk's has nothing
// else drawn from it, so that networks with the same trunk start with the same.
type Sources struct{ Trunk, Encoders, Embedded Normal }

// Init fills theta: weights Glorot normal, std sqrt(2/(in+out)), trunk biases
// zero, encoder biases normal with std sqrt(2/(1+width)) as in the authors'
// code; the embedding as its kind says.
func (n *Net) Init(theta []float64, from Sources) {
	clear(theta)
	for _, l := range n.Trunk {
		draw(theta, l.W, glorot(l.W), from.Trunk)
	}
	for _, l := range n.Encoders {
		draw(theta, l.W, glorot(l.W), from.Encoders)
		draw(theta, l.B, glorot(l.B), from.Encoders)
	}
	if n.kind.start != nil {
		n.kind.start(n, theta, from.Embedded)
	}
}

func glorot(p ad.Param) float64 { return math.Sqrt(2 / float64(p.Rows+p.Cols)) }

// draw fills a matrix with normal numbers.
func draw(theta []float64, p ad.Param, std float64, from Normal) {
	for i := range p.Size() {
		theta[p.Offset+i] = std * from.NormFloat64()
	}
}
