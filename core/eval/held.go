package eval

import (
	"math"

	"pinnlab/core/ad"
	"pinnlab/core/expr"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/record"
	"pinnlab/core/residual"
)

// heldPoints is how many points of each set are held out: no step trains on
// them, so that the losses there are what the network has learned.
const heldPoints = 128

// A Held evaluates the loss terms on points that are drawn once. Values of a
// network that has not moved are kept, as in [View].
type Held[T kern.Float] struct {
	prob   *pde.Problem
	at     int // the iteration of the values, -1 for none
	stats  []record.Held
	field  *residual.Field[T]
	points [][]T // by set; the box is the first
	terms  []heldTerm

	values         residual.Reader // of the fields themselves
	mean, variance []float64       // by field, over the box
}

// heldTerm evaluates a term. What it reads of the fields has by input its mean
// square over the box, and the sum of squares of the residuals' derivatives with
// respect to it.
type heldTerm struct {
	residual.Reader
	inputs []expr.Symbol
	set    int

	square, slope []float64
}

// NewHeld returns what evaluates on the points that place fills in, set by set.
func NewHeld[T kern.Float](prob *pde.Problem, net *nn.Net, params *ad.Params[T], place func(set int, points []T)) *Held[T] {
	h := &Held[T]{prob: prob, at: -1, stats: make([]record.Held, len(prob.Terms))}
	var programs []*expr.Program
	for _, t := range prob.Terms {
		programs = append(programs, t.Residual)
	}
	fields := fieldsOf(prob)
	h.field = residual.FieldOf(net, params, prob.Coords, heldPoints, append(programs[:len(programs):len(programs)], fields)...)
	h.values = h.field.NewReader(fields)
	h.mean, h.variance = make([]float64, len(prob.Outputs)), make([]float64, len(prob.Outputs))
	for i := range prob.Sets {
		points := make([]T, heldPoints*len(prob.Coords))
		place(i, points)
		h.points = append(h.points, points)
	}
	for i, p := range programs {
		n := len(p.Inputs())
		h.terms = append(h.terms, heldTerm{
			Reader: h.field.NewReader(p), inputs: p.Inputs(), set: prob.Terms[i].Set,
			square: make([]float64, n), slope: make([]float64, n),
		})
	}
	return h
}

// fieldsOf returns the program whose outputs are the problem's fields.
func fieldsOf(prob *pde.Problem) *expr.Program {
	var formulas []*expr.Formula
	for _, name := range prob.Outputs {
		f, err := expr.Parse(name)
		if err != nil {
			panic("eval: fieldsOf: " + err.Error()) // the Spec's names are checked
		}
		formulas = append(formulas, f)
	}
	p, err := prob.Scope().Compile(formulas...)
	if err != nil {
		panic("eval: fieldsOf: " + err.Error())
	}
	return p
}

// Stats returns the statistics for the parameters as loaded last, which are
// those of an iteration.
func (h *Held[T]) Stats(iteration int) []record.Held {
	if h.at == iteration {
		return h.stats
	}
	h.at = iteration
	clear(h.stats)
	clear(h.mean)
	clear(h.variance)
	for i := range h.terms {
		t := &h.terms[i]
		clear(t.square)
		clear(t.slope)
	}
	h.eachBlock(h.measure)
	for f, m := range h.mean {
		h.variance[f] = max(0, h.variance[f]-float64(m*m))
	}
	h.eachBlock(h.flatten)
	for i := range h.terms {
		h.finish(&h.terms[i], &h.stats[i])
	}
	return h.stats
}

// Losses fills row with the losses.
func (h *Held[T]) Losses(row []float64, iteration int) {
	for i, s := range h.Stats(iteration) {
		row[i] = s.Loss
	}
}

// eachBlock calls f with every block of points of every set.
func (h *Held[T]) eachBlock(f func(set int, points []T)) {
	block := h.field.Tape.Block * len(h.prob.Coords)
	for set, points := range h.points {
		for lo := 0; lo < len(points); lo += block {
			f(set, points[lo:min(lo+block, len(points))])
		}
	}
}

// measure adds a block to the statistics of the terms on its set and, if that is
// the box, to those of what all terms read.
func (h *Held[T]) measure(set int, points []T) {
	n := len(points) / len(h.prob.Coords)
	h.field.Forward(points)
	if set == 0 {
		h.addFields(points)
	}
	for i := range h.terms {
		t, s := &h.terms[i], &h.stats[i]
		if set != 0 && set != t.set {
			continue
		}
		h.field.Gather(t.Reader, points, 0)
		if set == 0 {
			t.addInputs(n)
		}
		if set == t.set {
			loss, worst := t.squares(n)
			s.Loss, s.Worst = s.Loss+loss, max(s.Worst, worst)
			t.addSlopes(n)
			t.fill(n, func(int) float64 { return 0 })
			zero, _ := t.squares(n)
			s.Zero += zero
		}
	}
}

// addFields adds the fields at points of the box to mean, and their squares to
// variance.
func (h *Held[T]) addFields(points []T) {
	n := len(points) / len(h.prob.Coords)
	h.field.Gather(h.values, points, 0)
	h.values.Forward(n)
	for f := range h.mean {
		for _, v := range h.values.Out(f)[:n] {
			h.mean[f] += v / heldPoints
			h.variance[f] += float64(v*v) / heldPoints
		}
	}
}

// flatten adds a block to the losses for the fields' means.
func (h *Held[T]) flatten(set int, points []T) {
	n := len(points) / len(h.prob.Coords)
	for i := range h.terms {
		if t := &h.terms[i]; set == t.set {
			h.field.Gather(t.Reader, points, 0)
			t.fill(n, func(k int) float64 {
				if orderOf(t.inputs[k]) > 0 {
					return 0
				}
				return h.mean[t.inputs[k].Index]
			})
			flat, _ := t.squares(n)
			h.stats[i].Flat += flat
		}
	}
}

// squares returns the sum of the squares of the residuals at n points as they
// are filled in, and the largest.
func (t *heldTerm) squares(n int) (sum, worst float64) {
	t.Forward(n)
	for j := range t.Outputs() {
		for _, r := range t.Out(j)[:n] {
			sum += float64(r * r)
			worst = max(worst, float64(r*r))
		}
	}
	return sum, worst
}

// addInputs adds the squares of what is read at n points of the box to square.
func (t *heldTerm) addInputs(n int) {
	for k := range t.inputs {
		for _, v := range t.In(k)[:n] {
			t.square[k] += float64(v*v) / heldPoints
		}
	}
}

// addSlopes adds the squares of the residuals' derivatives at n points to slope.
func (t *heldTerm) addSlopes(n int) {
	for j := range t.Outputs() {
		t.ReverseOf(j, n)
		for k, in := range t.inputs {
			if in.Kind == expr.Coord {
				continue
			}
			for _, v := range t.InAdj(k)[:n] {
				t.slope[k] += float64(v * v)
			}
		}
	}
}

// fill sets what is read of the fields at n points.
func (t *heldTerm) fill(n int, value func(input int) float64) {
	for k, in := range t.inputs {
		if in.Kind == expr.Coord {
			continue
		}
		v := value(k)
		for i := range n {
			t.In(k)[i] = v
		}
	}
}

// orderOf returns the order of a derivative; 0 is a field.
func orderOf(s expr.Symbol) (n int) {
	for _, order := range s.Order {
		n += order
	}
	return n
}

// finish makes means of a term's sums, and its scale.
func (h *Held[T]) finish(t *heldTerm, s *record.Held) {
	count := float64(heldPoints * t.Outputs())
	s.Loss, s.Zero, s.Flat = s.Loss/count, s.Zero/count, s.Flat/count
	s.Scale = s.Zero
	for k, in := range t.inputs {
		if in.Kind == expr.Coord {
			continue
		}
		square := t.square[k]
		if orderOf(in) > 0 {
			square = max(square, h.halfWave(in))
		}
		s.Scale += float64(t.slope[k] / count * square)
	}
}

// halfWave returns the mean square of a derivative of half a wave from end to end
// of the box that has the field's variance.
func (h *Held[T]) halfWave(s expr.Symbol) float64 {
	square := h.variance[s.Index]
	for i, c := range h.prob.Coords {
		for range s.Order[i] {
			wave := math.Pi / (c.Hi - c.Lo)
			square *= float64(wave * wave)
		}
	}
	return square
}
