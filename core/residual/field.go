package residual

import (
	"math"

	"pinnlab/core/ad"
	"pinnlab/core/expr"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// rowsPerBlock is about how many rows, channels times points, go through a
// network at once: enough for the products, few enough for the cache.
const rowsPerBlock = 640

// A Field takes blocks of points as jets through a network, and feeds what
// programs read of its outputs to their machines.
type Field[T kern.Float] struct {
	Tape *ad.Tape[T] // Tape.Block is the size of a block

	dim     int // coordinates
	in, out *ad.Var[T]
	mu, inv []float64 // a coordinate's normalisation z = (x - mu)·inv
}

// NewField records a network for blocks of the given number of points, with
// the channels of a set. Coordinates are normalised with the mean and the
// standard deviation of the uniform law on the domain.
func NewField[T kern.Float](net *nn.Net, params *ad.Params[T], coords []pde.Coord, channels *jet.Set, block int) *Field[T] {
	f := &Field[T]{Tape: ad.NewTape(params, channels, block), dim: len(coords)}
	for _, c := range coords {
		f.mu = append(f.mu, (c.Lo+c.Hi)/2)
		f.inv = append(f.inv, math.Sqrt(12)/(c.Hi-c.Lo))
	}
	f.in = f.Tape.Input(f.dim)
	f.slopes()
	f.out = nn.Record(net, f.Tape, f.in)
	return f
}

// FieldOf returns the field that programs read together, with blocks that fit
// the cache, of most points at the most.
func FieldOf[T kern.Float](net *nn.Net, params *ad.Params[T], coords []pde.Coord, most int, programs ...*expr.Program) *Field[T] {
	channels := channelsOf(false, programs...)
	return NewField(net, params, coords, channels, min(most, rowsPerBlock/channels.Len()))
}

// slopes fills the channels of the inputs that do not depend on the point.
func (f *Field[T]) slopes() {
	for j, inv := range f.inv {
		var a jet.Index
		a[j] = 1
		c := f.Tape.Set.Channel(a)
		if c < 0 {
			continue
		}
		for i := range f.Tape.Block {
			f.Tape.Row(f.in.Val, f.dim, c, i)[j] = T(inv)
		}
	}
}

// Forward takes points, a block of them at the most, one after the other,
// through the network. Where there are fewer the last is repeated.
func (f *Field[T]) Forward(points []T) {
	d := f.dim
	stride := kern.Stride[T](d)
	for j, mu := range f.mu {
		inv, at := f.inv[j], j
		for i := j; i < len(points); i += d {
			f.in.Val[at] = T((float64(points[i]) - mu) * inv)
			at += stride
		}
		for last := at - stride; at < f.Tape.Block*stride; at += stride {
			f.in.Val[at] = f.in.Val[last]
		}
	}
	f.Tape.Forward()
}

// A Reader feeds a program's inputs from a field and its points.
type Reader struct {
	*expr.Machine
	slots []slot
}

// NewReader returns the reader of a program with a machine for a block of f.
func (f *Field[T]) NewReader(p *expr.Program) Reader {
	return Reader{p.Machine(f.Tape.Block), slotsOf(p, f.Tape.Set)}
}

// ReverseOf takes output j alone back through the program at n points: the
// adjoints of the inputs become its derivatives with respect to them.
func (r Reader) ReverseOf(j, n int) {
	for k := range r.Outputs() {
		one := 0.0
		if k == j {
			one = 1
		}
		for i := range n {
			r.OutAdj(k)[i] = one
		}
	}
	r.Reverse(n)
}

// Gather fills r's inputs for the points, which stand in the block from place
// first on.
func (f *Field[T]) Gather(r Reader, points []T, first int) {
	d := f.dim
	n := len(points) / d
	for k, s := range r.slots {
		col := r.In(k)[:n]
		switch {
		case s.coord >= 0:
			for i := range col {
				col[i] = float64(points[i*d+s.coord])
			}
		case s.channel >= 0:
			at, stride := f.entry(s, first)
			for i := range col {
				col[i] = float64(f.out.Val[at])
				at += stride
			}
		}
	}
}

// Scatter adds the adjoints of r's inputs at n points, from place first of the
// block on, to those of the fields.
func (f *Field[T]) Scatter(r Reader, first, n int) {
	for k, s := range r.slots {
		if s.channel < 0 {
			continue
		}
		at, stride := f.entry(s, first)
		for _, bar := range r.InAdj(k)[:n] {
			f.out.Grad[at] += T(bar)
			at += stride
		}
	}
}

// entry returns where in the fields the slot's value at a point is, and how far
// it is from there to the next point's.
func (f *Field[T]) entry(s slot, point int) (at, stride int) {
	stride = kern.Stride[T](f.out.Cols)
	return (s.channel*f.Tape.Block+point)*stride + s.field, stride
}

// ClearAdjoint forgets the fields' adjoints, before Scatter adds to them.
func (f *Field[T]) ClearAdjoint() { clear(f.out.Grad) }
