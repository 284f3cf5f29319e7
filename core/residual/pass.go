package residual

import (
	"slices"

	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/pde"
)

// blocksPerStretch is about how many blocks make a stretch. The paper's batches
// are one stretch for each pass, so that their bits are those of a plain sum.
const blocksPerStretch = 3

// A Pass takes the points of one or more point sets of one group through the
// network together, with the channels that their terms read. The points are in
// blocks of equal size; the last is filled up by repeating a point, with no
// adjoint. A whole number of blocks makes a stretch, which can be worked on
// elsewhere.
type Pass[T kern.Float] struct {
	Group   int
	Terms   []*Term
	Points  []T // all sets' points, one after the other
	Stretch int // points of a stretch; the last may be shorter

	sets  []int
	start []int // of each set's points, and their end
	field *Field[T]
}

// A Term evaluates one term of the problem's loss on the points Lo to Hi of its
// pass.
type Term struct {
	Index  int // in the problem
	Lo, Hi int

	reader  Reader
	outputs int // residuals at a point
	dual    int // 0, or where the machine's outputs are the residuals' tangents
}

// Residuals returns how many there are at a point.
func (t *Term) Residuals() int { return t.outputs }

// Count returns how many there are in all.
func (t *Term) Count() int { return (t.Hi - t.Lo) * t.outputs }

// Out returns residual j at the points of the present block.
func (t *Term) Out(j int) []float64 { return t.reader.Out(j) }

// Bar returns where the adjoint of Out(j) is to be put.
func (t *Term) Bar(j int) []float64 { return t.reader.OutAdj(j) }

// Along returns the derivative of Out(j) along the direction, in a system that
// has one.
func (t *Term) Along(j int) []float64 { return t.reader.Out(t.dual + j) }

// AlongBar returns where the adjoint of Along(j) is to be put.
func (t *Term) AlongBar(j int) []float64 { return t.reader.OutAdj(t.dual + j) }

// A Visitor is shown the residuals block by block.
type Visitor interface {
	// Visit looks at a term's residuals at n points, of which the first is point
	// lo of the term's, fills their adjoints and reports whether there are any.
	Visit(t *Term, lo, n int) bool
}

// newPass records the network for a group's terms on the given sets; batch
// counts the points of every set of the problem.
func newPass[T kern.Float](s *System[T], group int, sets []int, channels *jet.Set, batch []int) *Pass[T] {
	p := &Pass[T]{Group: group, sets: sets, start: []int{0}}
	total := 0
	for _, set := range sets {
		total += batch[set]
		p.start = append(p.start, total)
	}
	dim := len(s.Prob.Coords)
	p.Points = make([]T, total*dim)
	blocks := max(1, ratioUp(total*channels.Len(), rowsPerBlock))
	stretches := ratioUp(blocks, blocksPerStretch)
	blocks = ratioUp(blocks, stretches) * stretches // so that stretches are alike
	block := ratioUp(total, blocks)
	p.Stretch = block * (blocks / stretches)
	p.field = NewField(s.Net, s.Params, s.Prob.Coords, channels, block)
	for i, term := range s.Prob.Terms {
		if at := slices.Index(sets, term.Set); term.Group == group && at >= 0 {
			p.Terms = append(p.Terms, p.term(i, term, at, s.along))
		}
	}
	return p
}

func (p *Pass[T]) term(index int, term pde.Term, set int, along bool) *Term {
	residual, dual := term.Residual, 0
	if along {
		residual, dual = residual.Tangent(), residual.Outputs()
	}
	return &Term{
		Index: index, Lo: p.start[set], Hi: p.start[set+1],
		reader: p.field.NewReader(residual), outputs: term.Residual.Outputs(), dual: dual,
	}
}

func ratioUp(a, b int) int { return (a + b - 1) / b }

// Len returns the number of points.
func (p *Pass[T]) Len() int { return len(p.Points) / p.field.dim }

// Channels returns how many rows a point is in the network's products.
func (p *Pass[T]) Channels() int { return p.field.Tape.Set.Len() }

// Has reports whether a term is one of the pass.
func (p *Pass[T]) Has(term int) bool {
	return slices.ContainsFunc(p.Terms, func(t *Term) bool { return t.Index == term })
}

// Place returns the memory of the points from lo to hi.
func (p *Pass[T]) Place(lo, hi int) []T { return p.Points[lo*p.field.dim : hi*p.field.dim] }

// PlaceOf returns the memory of a set's points, or nil if the pass has none.
func (p *Pass[T]) PlaceOf(set int) []T {
	i := slices.Index(p.sets, set)
	if i < 0 {
		return nil
	}
	return p.Place(p.start[i], p.start[i+1])
}

// Reverse shows v the residuals at the points from lo to hi, a block starting
// at lo, and forms Jᵀ w of the adjoints w that v fills; see AddTo.
func (p *Pass[T]) Reverse(lo, hi int, v Visitor) {
	p.field.Tape.ZeroGrad()
	p.blocks(lo, hi, v, func() { p.field.Tape.Backward() })
}

// AddTo adds what Reverse has formed to g.
func (p *Pass[T]) AddTo(g []T) { p.field.Tape.AddGrad(g) }

// Forward shows v the residuals at all points. What v reports does not matter.
func (p *Pass[T]) Forward(v Visitor) { p.blocks(0, p.Len(), v, nil) }

// blocks shows v the residuals block by block and calls after, unless nil, when
// the adjoints of the block's fields are complete.
func (p *Pass[T]) blocks(from, to int, v Visitor, after func()) {
	block := p.field.Tape.Block
	for lo := from; lo < to; lo += block {
		hi := min(lo+block, to)
		p.field.Forward(p.Place(lo, hi))
		p.field.ClearAdjoint()
		for _, t := range p.Terms {
			if from, to := max(lo, t.Lo), min(hi, t.Hi); from < to {
				p.show(t, from, to, lo, v, after != nil)
			}
		}
		if after != nil {
			after()
		}
	}
}

// show evaluates a term at the points from to to, the block's first being lo.
func (p *Pass[T]) show(t *Term, from, to, lo int, v Visitor, reverse bool) {
	n := to - from
	p.field.Gather(t.reader, p.Place(from, to), from-lo)
	t.reader.Forward(n)
	if v.Visit(t, from-t.Lo, n) && reverse {
		t.reader.Reverse(n)
		p.field.Scatter(t.reader, from-lo, n)
	}
}
