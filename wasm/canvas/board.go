package main

import (
	"math"

	"pinnlab/core/train"
	"pinnlab/wasm/plot"
)

// Board is what the canvas has been told: the newest Snapshot of each model
// and how to show them.
type Board struct {
	View  View
	Slots []*Slot // those that have a Snapshot, M1 first

	spare map[string]*Slot
	count int // Snapshots taken, to tell new pictures from old
}

// View is the page's choice of what to show and how.
type View struct {
	Dark       bool
	Background plot.Colour // of the page; transparent for the theme's own
	Field      string      // name of a Snapshot field; empty for the first
	LogGrad    bool        // gradient axis in decades, not linear
	LinearErr  bool        // error colours linear, not in decades
	Title      string      // of the problem
	Names      map[string]string
}

// Slot is one model's newest Snapshot and what is derived from it.
type Slot struct {
	Key     string
	Snap    train.Snapshot
	Version int

	field   int              // which field err was computed for
	err     []float32        // |prediction − solution| of that field
	worst   float64          // its maximum
	curves  [][]distribution // by layer and group
	densest int              // Version of which curves are
}

// distribution is a density and its columns on the axis that it was last drawn
// on.
type distribution struct {
	plot.Density
	axis   plot.Scale
	column [densityColumns]float64
}

// on returns the columns of d on an axis.
func (d *distribution) on(axis plot.Scale) []float64 {
	if d.axis != axis {
		d.axis = axis
		d.Columns(d.column[:], axis)
	}
	return d.column[:]
}

// slotKeys are the names that a slot may have, in order of display.
var slotKeys = [...]string{"M1", "M2", "M3", "M4"}

// Show takes an encoded Snapshot for a slot.
func (b *Board) Show(key string, data []byte) error {
	if !known(key) {
		return errSlot
	}
	s := b.slot(key)
	if s == nil {
		if s = b.spare[key]; s == nil {
			s = &Slot{Key: key}
		}
		if err := s.Snap.UnmarshalBinary(data); err != nil {
			return err
		}
		b.insert(s)
	} else if err := s.Snap.UnmarshalBinary(data); err != nil {
		b.Drop(key) // a half-read Snapshot must not be drawn
		return err
	}
	b.count++
	s.Version, s.field = b.count, -1
	return nil
}

// Drop forgets a slot.
func (b *Board) Drop(key string) {
	for i, s := range b.Slots {
		if s.Key == key {
			b.Slots = append(b.Slots[:i], b.Slots[i+1:]...)
			if b.spare == nil {
				b.spare = map[string]*Slot{}
			}
			b.spare[key] = s // its memory serves the next
			return
		}
	}
}

func known(key string) bool {
	for _, k := range slotKeys {
		if k == key {
			return true
		}
	}
	return false
}

func (b *Board) slot(key string) *Slot {
	for _, s := range b.Slots {
		if s.Key == key {
			return s
		}
	}
	return nil
}

// insert keeps Slots in the order of their keys.
func (b *Board) insert(s *Slot) {
	i := 0
	for i < len(b.Slots) && b.Slots[i].Key < s.Key {
		i++
	}
	b.Slots = append(b.Slots, nil)
	copy(b.Slots[i+1:], b.Slots[i:])
	b.Slots[i] = s
}

// Theme returns the colours in use.
func (b *Board) Theme() Theme {
	t := light
	if b.View.Dark {
		t = dark
	}
	if b.View.Background.A == 255 {
		t.Page = b.View.Background
	}
	return t
}

// field returns the field of s that is chosen, or nil if it has none.
func (b *Board) field(s *Slot) *train.Field {
	if len(s.Snap.Fields) == 0 {
		return nil
	}
	return &s.Snap.Fields[b.fieldIndex(s)]
}

func (b *Board) fieldIndex(s *Slot) int {
	for i, f := range s.Snap.Fields {
		if f.Name == b.View.Field {
			return i
		}
	}
	return 0
}

// errorOf returns prediction − solution at the nodes and its largest size; nil
// where no solution is known. Where the prediction is NaN, so is the error.
func (b *Board) errorOf(s *Slot) ([]float32, float64) {
	f := b.field(s)
	if f == nil || len(f.Exact) != len(f.Pred) || len(f.Exact) == 0 {
		return nil, math.NaN()
	}
	if i := b.fieldIndex(s); s.field != i {
		s.field, s.worst = i, 0
		s.err = s.err[:0]
		for k, p := range f.Pred {
			e := p - f.Exact[k]
			s.err = append(s.err, e)
			s.worst = max(s.worst, math.Abs(float64(e))) // NaN wins
		}
	}
	return s.err, s.worst
}

// densities returns the gradient distributions of s, by layer and group.
func (s *Slot) densities() [][]distribution {
	if s.densest == s.Version {
		return s.curves
	}
	s.densest = s.Version
	for len(s.curves) < len(s.Snap.Layers) {
		s.curves = append(s.curves, nil)
	}
	s.curves = s.curves[:len(s.Snap.Layers)]
	for i := range s.Snap.Layers {
		h := s.Snap.Layers[i].Hist
		for len(s.curves[i]) < len(h) {
			s.curves[i] = append(s.curves[i], distribution{})
		}
		s.curves[i] = s.curves[i][:len(h)]
		for g := range h {
			s.curves[i][g].Load(&h[g])
			s.curves[i][g].axis = plot.Scale{}
		}
	}
	return s.curves
}

// layers returns the names of all models' weight matrices, each once, those
// that all models have before those of some.
func (b *Board) layers() []string {
	var names []string
	for _, all := range []bool{true, false} {
		for _, s := range b.Slots {
			for _, l := range s.Snap.Layers {
				if index(names, l.Name) < 0 && b.allHave(l.Name) == all {
					names = append(names, l.Name)
				}
			}
		}
	}
	return names
}

func (b *Board) allHave(layer string) bool {
	for _, s := range b.Slots {
		if layerIndex(s, layer) < 0 {
			return false
		}
	}
	return true
}

func layerIndex(s *Slot, name string) int {
	for i := range s.Snap.Layers {
		if s.Snap.Layers[i].Name == name {
			return i
		}
	}
	return -1
}

func index(list []string, s string) int {
	for i, t := range list {
		if t == s {
			return i
		}
	}
	return -1
}

// contents says what is there to lay out; before the first Snapshot, a square
// problem with a solution and four layers.
func (b *Board) contents() plot.Contents {
	c := plot.Contents{Models: len(b.Slots), Aspect: 1, Exact: len(b.Slots) == 0, Scored: len(b.Slots) == 0, Title: b.View.Title != ""}
	for _, s := range b.Slots {
		if e, _ := b.errorOf(s); e != nil {
			c.Exact = true
		}
		if r := s.Snap.RelL2; r == r || s.Snap.Status == train.Failed {
			c.Scored = true
		}
	}
	if len(b.Slots) == 0 {
		c.Layers = []int{4}
		return c
	}
	names := b.layers()
	for _, s := range b.Slots {
		last := 0
		for i, name := range names {
			if layerIndex(s, name) >= 0 {
				last = i + 1
			}
		}
		c.Layers = append(c.Layers, last)
	}
	axes := b.Slots[0].Snap.Axes
	c.Line = len(axes) == 1
	if len(axes) == 2 {
		c.Aspect = (axes[1].Hi - axes[1].Lo) / (axes[0].Hi - axes[0].Lo)
	}
	return c
}
