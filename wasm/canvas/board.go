package main

import (
	"math"
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// Board is what the canvas has been told: the newest Snapshot of each model
// and how to show them.
type Board struct {
	View  View
	Slots []*Slot // those that have a Snapshot, M1 first

	Wanted []Wish // pictures asked for and not yet made

	Casting int // changes of the line-up so far

	cast     Lineup
	others   []*Slot   // those that are drawn with another
	ghosts   []*Ghost  // runs that were replaced, of any problem
	arrivals []arrival // newer Snapshots of slots, those that wait longest first
	changes  int       // of what is shown, to tell whether a Scene is of now

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

	Tab      plot.Tab
	Height   float64 // CSS pixels that the overview should fit into; 0 if unknown
	Weighted bool    // gradients times their group's weight
	Pooled   bool    // gradients of all layers as one
	Points   bool    // collocation points over the fields
	Over     string  // what curves are drawn over: one of overs; empty as auto
	Past     bool    // what is shown is not the present
	Enlarge  string  // the ID of the Subject that has all of the canvas; of none for all
	Shown    string  // beside fields: the error if empty, sides, or a term's residual
	Callouts bool    // say on the pictures what is to be seen
	Marks    []Marks
}

// Wish asks for a picture of the whole board or of one panel.
type Wish struct {
	ID    int
	Scale float64  // pixels per CSS pixel
	Part  string   // all, or the ID of a Subject
	Notes []string // paragraphs to write below it
}

// Marks are published values on the centre lines of a flow.
type Marks struct {
	Source string       `json:"source"`
	U      [][2]float64 `json:"u"` // on x = 1/2: y and value
	V      [][2]float64 `json:"v"` // on y = 1/2: x and value
}

// Slot is one model's newest Snapshot and what is derived from it.
type Slot struct {
	Key     string
	Snap    record.Snapshot
	Version int

	field   int              // which field err was computed for
	err     []float32        // |prediction − solution| of that field
	worst   float64          // its maximum
	curves  [][]distribution // by layer and group; the last row of all layers
	densest int              // Version of which curves are, ...
	after   bool             // ... whether they are weighted, ...
	layered bool             // ... and whether there are those of each layer
	pool    record.Histogram // scratch
}

// slotKeys are the names that a slot may have, in order of display.
var slotKeys = [...]string{"M1", "M2", "M3", "M4", "GN", "A", "B", "C", "D", "E", "F"}

// Show takes an encoded Snapshot for a slot: errStale if it is not of the
// line-up. What cannot be drawn leaves the slot empty.
func (b *Board) Show(key string, data []byte) error {
	if _, err := b.admit(key, data); err != nil {
		return err
	}
	b.changes++
	s := b.slot(key)
	if s == nil {
		if s = b.spare[key]; s == nil {
			s = &Slot{Key: key}
		}
		b.insert(s)
	}
	err := s.Snap.UnmarshalBinary(data)
	if err == nil && !b.fits(key, &s.Snap) {
		err = errShape
	}
	if err != nil {
		b.drop(key) // a half-read Snapshot must not be drawn
		return err
	}
	b.count++
	s.Version, s.field = b.count, -1
	return nil
}

// admit reads what an encoded Snapshot is of.
func (b *Board) admit(key string, data []byte) (record.Origin, error) {
	if !known(key) {
		return record.Origin{}, errSlot
	}
	o, err := record.OriginOf(data)
	if err == nil && !b.cast.has(key, o) {
		err = errStale
	}
	return o, err
}

// An arrival is a Snapshot that is not yet decoded.
type arrival struct {
	key    string
	origin record.Origin
	data   []byte
}

// Arrive takes an encoded Snapshot for Next, instead of one that waits already.
// That of a new slot is shown at once.
func (b *Board) Arrive(key string, data []byte) error {
	o, err := b.admit(key, data)
	if err != nil {
		return err
	}
	if b.slot(key) == nil {
		return b.Show(key, data)
	}
	for i := range b.arrivals {
		if b.arrivals[i].key == key {
			b.arrivals[i] = arrival{key, o, data}
			return nil
		}
	}
	b.arrivals = append(b.arrivals, arrival{key, o, data})
	return nil
}

// Waiting reports whether there is something for Next.
func (b *Board) Waiting() bool { return len(b.arrivals) > 0 }

// Next shows the Snapshot that waits longest, if one does.
func (b *Board) Next() error {
	if len(b.arrivals) == 0 {
		return nil
	}
	a := b.arrivals[0]
	b.arrivals = slices.Delete(b.arrivals, 0, 1)
	return b.Show(a.key, a.data)
}

// drop empties a slot.
func (b *Board) drop(key string) {
	b.arrivals = slices.DeleteFunc(b.arrivals, func(a arrival) bool { return a.key == key })
	for _, list := range []*[]*Slot{&b.Slots, &b.others} {
		for i, s := range *list {
			if s.Key == key {
				*list = append((*list)[:i], (*list)[i+1:]...)
				if b.spare == nil {
					b.spare = map[string]*Slot{}
				}
				b.spare[key] = s // its memory serves the next
				return
			}
		}
	}
}

func known(key string) bool { return slices.Contains(slotKeys[:], key) }

func (b *Board) slot(key string) *Slot {
	for _, s := range slices.Concat(b.Slots, b.others) {
		if s.Key == key {
			return s
		}
	}
	return nil
}

// insert keeps Slots in the order of their keys, and those that are drawn with
// another apart.
func (b *Board) insert(s *Slot) {
	list := &b.Slots
	if _, with := b.cast.Seeds[s.Key]; with {
		list = &b.others
	}
	place := func(key string) int { return slices.Index(slotKeys[:], key) }
	i := 0
	for i < len(*list) && place((*list)[i].Key) < place(s.Key) {
		i++
	}
	*list = slices.Insert(*list, i, s)
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
	t.places = b.cast.Colours
	return t
}

// field returns the field of s that is chosen, or nil if it has none.
func (b *Board) field(s *Slot) *record.Field {
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

// weighted reports whether gradients are shown times their group's weight. The
// overview always does: what annealing has brought together is to be seen there.
func (b *Board) weighted() bool { return b.View.Weighted || b.View.Tab == plot.OverviewTab }

// pooled reports whether the gradients of all layers are shown as one.
func (b *Board) pooled() bool { return b.View.Pooled || b.View.Tab == plot.OverviewTab }

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
	c := plot.Contents{Tab: b.View.Tab, Height: b.View.Height, Pooled: b.pooled(), Models: len(b.Slots), Aspect: 1, Exact: len(b.Slots) == 0, Scored: b.scored(), Over: b.overs(), Title: b.View.Title != ""}
	for _, s := range b.Slots {
		if e, _ := b.errorOf(s); e != nil {
			c.Exact = true
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
	for _, s := range b.Slots {
		c.Residual = c.Residual || b.residual(s) != nil
		c.Sides = c.Sides || b.View.Shown == sidesShown && len(s.Snap.Sides) > 0
		c.Spectra = c.Spectra || len(s.Snap.Stiffness.Densities) > 0 || s.Snap.Stiffness.Asked
	}
	c.Profiles = centreLines(&b.Slots[0].Snap)
	axes := b.Slots[0].Snap.Axes
	c.Line = len(axes) == 1
	if len(axes) == 2 {
		c.Aspect = (axes[1].Hi - axes[1].Lo) / (axes[0].Hi - axes[0].Lo)
	}
	return c
}
