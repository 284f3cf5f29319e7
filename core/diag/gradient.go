package diag

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/nn"
)

// A Size is how large the entries of a gradient are.
type Size struct {
	Max, Mean float64 // of the absolute values
	Norm      float64 // Euclidean
}

// A Comparison sets the gradients of the groups side by side, over some of the
// parameters.
type Comparison struct {
	Name   string      // of the layer, or "" for all of them
	Sizes  []Size      // by group
	Cosine [][]float64 // of the angle between the gradients of two groups; NaN if one vanishes
}

// Gradients compares the groups' gradients, in the layout of net: over all the
// parameters in s, and over those of each layer.
type Gradients struct {
	All    Comparison
	Layers []Comparison
}

// Compare fills c from the gradients of the groups, reusing its slices.
func Compare[T kern.Float](c *Gradients, net *nn.Net, s Subset, grads [][]T) {
	layers := s.Layers(net)
	if len(c.Layers) != len(layers) || len(c.All.Sizes) != len(grads) {
		*c = Gradients{All: newComparison("", len(grads))}
		for _, l := range layers {
			c.Layers = append(c.Layers, newComparison(l.Name, len(grads)))
		}
	}
	all := newTally(len(grads))
	for i, l := range layers {
		one := newTally(len(grads))
		for _, p := range s.matrices(l) {
			addTo(one, grads, p.Offset, p.Offset+p.Size())
		}
		one.fill(&c.Layers[i])
		all.merge(one)
	}
	all.fill(&c.All)
}

func newComparison(name string, groups int) Comparison {
	c := Comparison{Name: name, Sizes: make([]Size, groups)}
	for range groups {
		c.Cosine = append(c.Cosine, make([]float64, groups))
	}
	return c
}

// A tally is what a Comparison is made from.
type tally struct {
	entries  int
	largest  []float64
	sum      []float64   // of absolute values
	products [][]float64 // inner products of the gradients, j <= i
}

func newTally(groups int) *tally {
	t := &tally{largest: make([]float64, groups), sum: make([]float64, groups)}
	for i := range groups {
		t.products = append(t.products, make([]float64, i+1))
	}
	return t
}

// addTo counts the entries lo to hi of the gradients.
func addTo[T kern.Float](t *tally, grads [][]T, lo, hi int) {
	t.entries += hi - lo
	for i, g := range grads {
		for _, v := range g[lo:hi] {
			a := math.Abs(float64(v))
			t.largest[i] = max(t.largest[i], a) // of NaN and another, NaN
			t.sum[i] += a
		}
		for j := range t.products[i] {
			other := grads[j][lo:hi]
			for k, v := range g[lo:hi] {
				t.products[i][j] += float64(float64(v) * float64(other[k]))
			}
		}
	}
}

func (t *tally) merge(u *tally) {
	t.entries += u.entries
	for i := range t.sum {
		t.largest[i] = max(t.largest[i], u.largest[i])
		t.sum[i] += u.sum[i]
		kern.Add(t.products[i], u.products[i])
	}
}

func (t *tally) fill(c *Comparison) {
	for i := range t.sum {
		c.Sizes[i] = Size{t.largest[i], t.sum[i] / float64(t.entries), math.Sqrt(t.products[i][i])}
	}
	for i, row := range t.products {
		for j, p := range row {
			cos := p / float64(c.Sizes[i].Norm*c.Sizes[j].Norm)
			c.Cosine[i][j], c.Cosine[j][i] = cos, cos
		}
	}
}
