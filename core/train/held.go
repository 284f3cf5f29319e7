package train

import (
	"pinnlab/core/ad"
	"pinnlab/core/expr"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// heldPoints is how many points of each set are held out: no step trains on
// them, so that the losses there are what the network has learned.
const heldPoints = 128

// Held is one loss term on the points held out, beside what it would be for
// simpler predictions: with these a run is judged where no solution is known.
type Held struct {
	Loss  float64 // mean square, unweighted
	Worst float64 // largest square at one point
	Zero  float64 // mean square if the fields were zero
	Flat  float64 // mean square if the fields were their means, everywhere
	// Scale is the mean square of the residual's parts: of its value for zero
	// fields, and of each quantity that it reads, times the residual's derivative
	// with respect to it. Where Loss is as large, the parts do not balance. NaN or
	// infinite if a part has no value.
	Scale float64
}

// A heldOut evaluates the loss terms on points that are drawn once, from
// streams of their own. Values of a network that has not moved are kept.
type heldOut[T kern.Float] struct {
	prob  *pde.Problem
	at    int // the iteration of the values, -1 for none
	stats []Held

	tape    *ad.Tape[T]
	in, out *ad.Var[T]
	scale   normaliser
	points  [][]T // by set
	terms   []heldTerm
	squares []float64 // of each channel of each field over the box, summed
	means   []float64 // of each field over the box
}

// heldTerm evaluates a term. By input: slopes are the sums of squares of the
// residuals' derivatives with respect to it.
type heldTerm struct {
	machine *expr.Machine
	inputs  []slot
	outputs int
	slopes  []float64
}

func newHeldOut[T kern.Float](prob *pde.Problem, net *nn.Net, params *ad.Params[T], seed uint64) *heldOut[T] {
	h := &heldOut[T]{prob: prob, at: -1, scale: newNormaliser(prob.Coords), stats: make([]Held, len(prob.Terms))}
	var programs []*expr.Program
	for _, t := range prob.Terms {
		programs = append(programs, t.Residual)
	}
	channels := channelsOf(false, programs...)
	block := max(1, min(heldPoints, rowsPerBlock/channels.Len()))
	h.tape = ad.NewTape(params, channels, block)
	h.in = h.tape.Input(len(prob.Coords))
	inputJet(h.tape, h.in, h.scale)
	h.out = nn.Record(net, h.tape, h.in)
	for i, set := range prob.Sets {
		points := make([]T, heldPoints*len(prob.Coords))
		sample(points, set, newSource(seed, streamHeld+uint64(i)))
		h.points = append(h.points, points)
	}
	for _, p := range programs {
		inputs := slotsOf(p, channels)
		h.terms = append(h.terms, heldTerm{p.Machine(block), inputs, p.Outputs(), make([]float64, len(inputs))})
	}
	h.squares, h.means = make([]float64, channels.Len()*h.out.Cols), make([]float64, h.out.Cols)
	return h
}

// evaluate computes the statistics for the parameters as loaded last, which are
// those of an iteration.
func (h *heldOut[T]) evaluate(iteration int) []Held {
	if h.at == iteration {
		return h.stats
	}
	h.at = iteration
	clear(h.squares)
	clear(h.means)
	for i := range h.terms {
		h.stats[i] = Held{}
		clear(h.terms[i].slopes)
	}
	h.eachBlock(h.measure)
	h.eachBlock(h.flatten)
	for i := range h.terms {
		h.finish(&h.terms[i], &h.stats[i])
	}
	return h.stats
}

// eachBlock calls f with every block of points of every set, the box first.
func (h *heldOut[T]) eachBlock(f func(set int, points []T)) {
	d := len(h.prob.Coords)
	for set, points := range h.points {
		for lo := 0; lo < len(points); lo += h.tape.Points * d {
			f(set, points[lo:min(lo+h.tape.Points*d, len(points))])
		}
	}
}

// measure adds a block of a set to the statistics of the terms on it and, if it
// is of the box, to those of the fields.
func (h *heldOut[T]) measure(set int, points []T) {
	d := len(h.prob.Coords)
	n := len(points) / d
	setPoints(h.tape, h.in, h.scale, points)
	h.tape.Forward()
	if set == 0 {
		h.measureFields(n)
	}
	for i := range h.terms {
		if h.prob.Terms[i].Set != set {
			continue
		}
		t := &h.terms[i]
		gather(t.machine, t.inputs, points, d, h.tape, h.out, 0)
		t.machine.Forward(n)
		for j := range t.outputs {
			for _, r := range t.machine.Out(j)[:n] {
				h.stats[i].Loss += float64(r * r)
				h.stats[i].Worst = max(h.stats[i].Worst, float64(r*r))
			}
			t.addSlopes(j, n)
		}
		t.fill(n, func(slot) float64 { return 0 })
		h.stats[i].Zero += t.sumOfSquares(n)
	}
}

// measureFields adds the fields' channels at the first n points of the tape.
func (h *heldOut[T]) measureFields(n int) {
	cols := h.out.Cols
	for c := range h.tape.Set.Len() {
		for i := range n {
			for f, v := range h.tape.Row(h.out.Val, cols, c, i) {
				h.squares[c*cols+f] += float64(float64(v) * float64(v))
				if c == 0 {
					h.means[f] += float64(v) / heldPoints
				}
			}
		}
	}
}

// addSlopes adds the squares of the derivatives of output j to slopes.
func (t *heldTerm) addSlopes(j, n int) {
	for k := range t.outputs {
		seed := t.machine.OutAdj(k)[:n]
		for i := range seed {
			seed[i] = 0
			if k == j {
				seed[i] = 1
			}
		}
	}
	t.machine.Reverse(n)
	for k, s := range t.inputs {
		if s.channel < 0 {
			continue
		}
		for _, v := range t.machine.InAdj(k)[:n] {
			t.slopes[k] += float64(v * v)
		}
	}
}

// fill sets what the term reads of the fields to a number per slot.
func (t *heldTerm) fill(n int, value func(slot) float64) {
	for k, s := range t.inputs {
		if s.coord >= 0 {
			continue
		}
		v := value(s)
		for i := range n {
			t.machine.In(k)[i] = v
		}
	}
}

// sumOfSquares evaluates the term on n points as they are filled in.
func (t *heldTerm) sumOfSquares(n int) (sum float64) {
	t.machine.Forward(n)
	for j := range t.outputs {
		for _, r := range t.machine.Out(j)[:n] {
			sum += float64(r * r)
		}
	}
	return sum
}

// flatten adds a block to the losses of the fields' means.
func (h *heldOut[T]) flatten(set int, points []T) {
	d := len(h.prob.Coords)
	n := len(points) / d
	for i := range h.terms {
		if h.prob.Terms[i].Set != set {
			continue
		}
		t := &h.terms[i]
		gather(t.machine, t.inputs, points, d, h.tape, h.out, 0)
		t.fill(n, func(s slot) float64 {
			if s.channel == 0 {
				return h.means[s.field]
			}
			return 0
		})
		h.stats[i].Flat += t.sumOfSquares(n)
	}
}

// finish makes means of a term's sums, and its scale.
func (h *heldOut[T]) finish(t *heldTerm, s *Held) {
	count := float64(heldPoints * t.outputs)
	s.Loss, s.Zero, s.Flat = s.Loss/count, s.Zero/count, s.Flat/count
	s.Scale = s.Zero
	for k, in := range t.inputs {
		if in.channel >= 0 {
			s.Scale += t.slopes[k] / count * h.squares[in.channel*h.out.Cols+in.field] / heldPoints
		}
	}
}

// row fills row with the losses.
func (h *heldOut[T]) row(row []float64, iteration int) {
	for i, s := range h.evaluate(iteration) {
		row[i] = s.Loss
	}
}
