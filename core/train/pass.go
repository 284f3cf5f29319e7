package train

import (
	"math"
	"slices"

	"pinnlab/core/ad"
	"pinnlab/core/expr"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// rowsPerBlock is about how many rows, channels times points, go through the
// network at once: enough for the products, few enough for the cache.
const rowsPerBlock = 640

// blocksPerShard is about how many blocks make a shard. The paper's batches
// are one shard for each pass, so that their bits are those of a plain sum.
const blocksPerShard = 3

// A pass takes the points of one or more point sets of one group through the
// network together, with the channels that their terms read. One reverse pass
// then gives the gradient of the sum of the terms. The points are in blocks of
// equal size; the last is filled up by repeating a point, with no adjoint. A
// whole number of blocks makes a shard, whose gradient can be formed elsewhere.
type pass[T kern.Float] struct {
	group  int
	sets   []int
	start  []int // of each set's points, and their end
	terms  []*termEval
	points []T // all sets' points, one after the other, dim numbers each

	dim, block int
	shard      int // points of a shard, but for the last
	tape       *ad.Tape[T]
	in, out    *ad.Var[T]
	scale      normaliser
}

// termEval evaluates one loss term on the points lo to hi of its pass.
type termEval struct {
	index   int // in the problem
	lo, hi  int
	machine *expr.Machine
	inputs  []slot
	outputs int     // of the residual
	dual    int     // 0, or where the machine's outputs are the residual's tangent
	sum     float64 // of squares
}

// A normaliser maps coordinates to z = (x - mu)/sigma with the mean and the
// standard deviation of the uniform law on the domain.
type normaliser struct{ mu, inv []float64 }

func newNormaliser(coords []pde.Coord) (n normaliser) {
	for _, c := range coords {
		n.mu = append(n.mu, (c.Lo+c.Hi)/2)
		n.inv = append(n.inv, math.Sqrt(12)/(c.Hi-c.Lo))
	}
	return n
}

// inputJet fills the channels of z that do not depend on the point.
func inputJet[T kern.Float](t *ad.Tape[T], in *ad.Var[T], n normaliser) {
	for j, inv := range n.inv {
		var a jet.Index
		a[j] = 1
		c := t.Set.Channel(a)
		if c < 0 {
			continue
		}
		for i := range t.Points {
			t.Row(in.Val, in.Cols, c, i)[j] = T(inv)
		}
	}
}

// setPoints fills the value channel of z with points, repeating the last where
// there are fewer than the tape takes.
func setPoints[T kern.Float](t *ad.Tape[T], in *ad.Var[T], n normaliser, points []T) {
	d := in.Cols
	stride := kern.Stride[T](d)
	for j, mu := range n.mu {
		inv, at := n.inv[j], j
		for i := j; i < len(points); i += d {
			in.Val[at] = T((float64(points[i]) - mu) * inv)
			at += stride
		}
		for last := at - stride; at < t.Points*stride; at += stride {
			in.Val[at] = in.Val[last]
		}
	}
}

// newPass records the network for the terms of the given sets; batch counts
// the points of every set of the problem.
func newPass[T kern.Float](o *Objective[T], group int, sets []int, channels *jet.Set, batch []int) *pass[T] {
	p := &pass[T]{group: group, sets: sets, start: []int{0}, dim: len(o.Prob.Coords), scale: newNormaliser(o.Prob.Coords)}
	total := 0
	for _, set := range sets {
		total += batch[set]
		p.start = append(p.start, total)
	}
	p.points = make([]T, total*p.dim)
	blocks := max(1, ratioUp(total*channels.Len(), rowsPerBlock))
	shards := ratioUp(blocks, blocksPerShard)
	blocks = ratioUp(blocks, shards) * shards // so that shards are alike
	p.block = ratioUp(total, blocks)
	p.shard = p.block * (blocks / shards)
	p.tape = ad.NewTape(o.params, channels, p.block)
	p.in = p.tape.Input(p.dim)
	inputJet(p.tape, p.in, p.scale)
	p.out = nn.Record(o.Net, p.tape, p.in)
	for i, term := range o.Prob.Terms {
		at := slices.Index(sets, term.Set)
		if term.Group != group || at < 0 {
			continue
		}
		residual, dual := term.Residual, 0
		if o.along {
			residual, dual = residual.Tangent(), residual.Outputs()
		}
		p.terms = append(p.terms, &termEval{
			index: i, lo: p.start[at], hi: p.start[at+1],
			machine: residual.Machine(p.block), outputs: term.Residual.Outputs(), dual: dual,
			inputs: slotsOf(residual, channels),
		})
	}
	return p
}

func ratioUp(a, b int) int { return (a + b - 1) / b }

// total returns the number of points.
func (p *pass[T]) total() int { return len(p.points) / p.dim }

// has reports whether a term is one of the pass.
func (p *pass[T]) has(term int) bool {
	return slices.ContainsFunc(p.terms, func(t *termEval) bool { return t.index == term })
}

// run computes the sums of squares of the terms over the points from to to and,
// into the tape, these points' part of the gradient of the mean square of one
// term, or of all if only is negative. A block starts at from.
func (p *pass[T]) run(from, to, only int) {
	p.tape.ZeroGrad()
	for _, t := range p.terms {
		t.sum = 0
	}
	for lo := from; lo < to; lo += p.block {
		hi := min(lo+p.block, to)
		setPoints(p.tape, p.in, p.scale, p.points[lo*p.dim:hi*p.dim])
		p.tape.Forward()
		clear(p.out.Grad)
		for _, t := range p.terms {
			if from, to := max(lo, t.lo), min(hi, t.hi); from < to {
				p.residual(t, from, to, lo, only < 0 || only == t.index)
			}
		}
		p.tape.Backward()
	}
}

// residual evaluates a term on the points from to to, the block's first being
// lo, and adds its adjoint to that of the fields if it is seeded.
func (p *pass[T]) residual(t *termEval, from, to, lo int, seeded bool) {
	n := to - from
	gather(t.machine, t.inputs, p.points[from*p.dim:to*p.dim], p.dim, p.tape, p.out, from-lo)
	t.machine.Forward(n)
	weight := 2 / t.count()
	for j := range t.outputs {
		bar, sum := t.machine.OutAdj(t.dual+j), t.sum
		for i, r := range t.machine.Out(j)[:n] {
			sum += float64(r * r)
			bar[i] = weight * r
		}
		t.sum = sum
	}
	if !seeded {
		return
	}
	if t.dual > 0 {
		t.seedAlong(n, weight)
	}
	t.machine.Reverse(n)
	for k, s := range t.inputs {
		if s.channel < 0 {
			continue
		}
		at, stride := entry(s, p.tape, p.out, from-lo)
		for _, bar := range t.machine.InAdj(k)[:n] {
			p.out.Grad[at] += T(bar)
			at += stride
		}
	}
}

// entry returns where in the fields the slot's value at a point is, and how far
// it is from there to the next point's.
func entry[T kern.Float](s slot, t *ad.Tape[T], fields *ad.Var[T], point int) (at, stride int) {
	stride = kern.Stride[T](fields.Cols)
	return (s.channel*t.Points+point)*stride + s.field, stride
}

// gather fills a machine's inputs for the points, from them and from the rows of
// the fields that start at point first of the tape.
func gather[T kern.Float](m *expr.Machine, inputs []slot, points []T, d int, t *ad.Tape[T], fields *ad.Var[T], first int) {
	n := len(points) / d
	for k, s := range inputs {
		col := m.In(k)[:n]
		switch {
		case s.coord >= 0:
			for i := range col {
				col[i] = float64(points[i*d+s.coord])
			}
		case s.channel >= 0:
			at, stride := entry(s, t, fields, first)
			for i := range col {
				col[i] = float64(fields.Val[at])
				at += stride
			}
		}
	}
}

// count returns the number of residuals that the term is the mean square of.
func (t *termEval) count() float64 { return float64((t.hi - t.lo) * t.outputs) }
