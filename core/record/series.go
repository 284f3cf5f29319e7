package record

import (
	"math"
	"strings"

	"pinnlab/core/wire"
)

// The names of the curves that every run has.
const (
	Loss           = "loss"        // of a term, unweighted
	Lambda         = "lambda"      // the weight of a group of conditions
	HeldLoss       = "held loss"   // of a term on points that no step trains on, unweighted
	RelL2          = "relative L2" // error
	ErrorBand      = "error band"  // the part of the relative error of low, middle or high frequency; their squares add up to its square
	GradientNorm   = "norm"        // of a group's unweighted gradient in a layer
	GradientCosine = "cosine"      // between the gradients of a group of conditions and of the residual
)

// The names of the curves of optimisers that step by least squares.
const (
	Damping    = "damping"  // μ
	Fall       = "fall"     // of the loss in a step, over the loss before: as predicted, and actual
	PathTerms  = "terms"    // of the path, that the step was made of
	StepLength = "length"   // of a step in the space of parameters
	Attempts   = "factored" // matrices in a step
)

// Seconds are those spent on the steps before a step. It is whoever trains a run
// who has this curve, not the run: the same run takes other times elsewhere.
const Seconds = "seconds"

// NoGroup is the group of a curve that belongs to none.
const NoGroup = math.MaxUint8

// A Curve says what a column of a [Series] is.
type Curve struct {
	Name  string  // such as Loss; several curves may have one
	Of    string  // which of them: a term, a group, a layer; empty for the only one
	Group uint8   // into Snapshot.Groups, or NoGroup
	Unit  string  // empty for what has none
	Now   float64 // at Snapshot.Step, which the rows may not have reached; NaN where they say all
}

// Title names a curve so that it differs from all others, as in a table's head.
func (c *Curve) Title() string {
	title := strings.TrimSpace(c.Name + " " + c.Of)
	if c.Unit != "" {
		title += " (" + c.Unit + ")"
	}
	return title
}

func (c *Curve) fields(w *wire.Coder) {
	w.Text(&c.Name, &c.Of)
	w.U8(&c.Group)
	w.Text(&c.Unit)
	w.F64(&c.Now)
}

// Series is a table of rows recorded every Stride steps, starting at step 0:
// Rows[r*len(Curves)+c] is curve c at step r*Stride. When full it drops every
// other row and doubles Stride. NaN marks what is not known.
type Series struct {
	Name   string // among those of a run
	Curves []Curve
	Stride uint64
	Rows   []float32
}

// seriesRows is the most rows of a Series.
const seriesRows = 1024

// NewSeries returns an empty Series with room for all its rows.
func NewSeries(name string, stride int, curves []Curve) Series {
	return Series{name, curves, uint64(stride), make([]float32, 0, seriesRows*len(curves))}
}

// CopyTo copies s into d's memory.
func (s *Series) CopyTo(d *Series) {
	*d = Series{s.Name, append(d.Curves[:0], s.Curves...), s.Stride, append(d.Rows[:0], s.Rows...)}
}

// Due reports whether a row is to be recorded at a step.
func (s *Series) Due(step int) bool { return uint64(step)%s.Stride == 0 }

// Add records a row; steps come in order, each that is due.
func (s *Series) Add(row []float64) {
	if len(s.Rows) == seriesRows*len(s.Curves) {
		s.halve()
	}
	for _, v := range row {
		s.Rows = append(s.Rows, float32(v))
	}
}

// TakeBack removes the latest row.
func (s *Series) TakeBack() { s.Rows = s.Rows[:len(s.Rows)-len(s.Curves)] }

// halve drops every other row.
func (s *Series) halve() {
	c := len(s.Curves)
	for r := 0; 2*r*c < len(s.Rows); r++ {
		copy(s.Rows[r*c:(r+1)*c], s.Rows[2*r*c:(2*r+1)*c])
	}
	s.Rows = s.Rows[:len(s.Rows)/2]
	s.Stride *= 2
}

// Len returns the number of rows.
func (s *Series) Len() int {
	if len(s.Curves) == 0 {
		return 0
	}
	return len(s.Rows) / len(s.Curves)
}

// Code writes or reads the rows of s, into its memory, for what knows its curves.
// Those of another number of curves are refused.
func (s *Series) Code(c *wire.Coder) {
	c.U64(&s.Stride)
	n := uint32(len(s.Curves))
	c.U32(&n)
	wire.Numbers(c, &s.Rows)
	c.Refuse(s.Stride != 0 && int(n) == len(s.Curves) && (n == 0 && len(s.Rows) == 0 || n != 0 && len(s.Rows)%int(n) == 0))
}

func (s *Series) fields(c *wire.Coder) {
	c.Text(&s.Name)
	wire.List(c, &s.Curves, (*Curve).fields)
	s.Code(c)
}

// A Trace is one curve with its values.
type Trace struct {
	Curve
	series *Series
	column int
}

// Curves returns the curves of a name, in the order in which they are recorded.
func (s *Snapshot) Curves(name string) (list []Trace) {
	for i := range s.Histories {
		h := &s.Histories[i]
		for k, c := range h.Curves {
			if c.Name == name {
				list = append(list, Trace{c, h, k})
			}
		}
	}
	return list
}

// Len returns the number of values.
func (t Trace) Len() int { return t.series.Len() }

// Step returns the step of value i.
func (t Trace) Step(i int) uint64 { return uint64(i) * t.series.Stride }

// Value returns value i, NaN where it is not known.
func (t Trace) Value(i int) float64 {
	return float64(t.series.Rows[i*len(t.series.Curves)+t.column])
}

// Sum adds up the values i of curves; NaN wins.
func Sum(curves []Trace, i int) (sum float64) {
	for _, t := range curves {
		sum += t.Value(i)
	}
	return sum
}
