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
	"pinnlab/core/wire"
)

// A Survey evaluates a problem's residuals on its plot grid and its conditions
// along the sides.
type Survey[T kern.Float] struct {
	grid  patch[T]
	sides []side[T]
}

type side[T kern.Float] struct {
	patch[T]
	record.Side // without values
}

// NewSurvey returns the survey of a network, on the nodes of [View.Grid].
func NewSurvey[T kern.Float](prob *pde.Problem, net *nn.Net, params *ad.Params[T], grid []T) *Survey[T] {
	s := &Survey[T]{}
	var terms []pde.Term
	for _, t := range prob.Terms {
		if t.Group == 0 {
			terms = append(terms, t)
			continue
		}
		if face, ok := faceOf(prob.Sets[t.Set]); ok {
			s.sides = append(s.sides, side[T]{
				newPatch(prob, net, params, alongFace[T](prob, face, prob.Sets[t.Set].Lo[face]), t),
				record.Side{Name: t.Name, Group: uint8(t.Group), Face: uint8(face), At: prob.Sets[t.Set].Lo[face]},
			})
		}
	}
	s.grid = newPatch(prob, net, params, grid, terms...)
	return s
}

// faceOf returns the one coordinate that a point set holds fixed.
func faceOf(set pde.PointSet) (face int, ok bool) {
	for j, lo := range set.Lo {
		if set.Hi[j] == lo {
			if ok {
				return 0, false
			}
			face, ok = j, true
		}
	}
	return face, ok
}

// alongFace lists the nodes of the plot grid's size where a coordinate has a
// value.
func alongFace[T kern.Float](prob *pde.Problem, face int, at float64) (points []T) {
	if len(prob.Coords) == 1 {
		return []T{T(at)}
	}
	along := 1 - face
	c, n := prob.Coords[along], prob.Grid[along]
	points = make([]T, 2*n)
	for i := range n {
		points[2*i+face] = T(at)
		points[2*i+along] = T(c.Lo + float64((c.Hi-c.Lo)*float64(i))/float64(n-1))
	}
	return points
}

// A patch is some terms' residuals on fixed points.
type patch[T kern.Float] struct {
	terms   []pde.Term
	field   *residual.Field[T]
	readers []residual.Reader
	points  []T
	dim     int
}

func newPatch[T kern.Float](prob *pde.Problem, net *nn.Net, params *ad.Params[T], points []T, terms ...pde.Term) patch[T] {
	p := patch[T]{terms: terms, points: points, dim: len(prob.Coords)}
	var programs []*expr.Program
	for _, t := range terms {
		programs = append(programs, t.Residual)
	}
	p.field = residual.FieldOf(net, params, prob.Coords, len(points)/p.dim, programs...)
	for _, program := range programs {
		p.readers = append(p.readers, p.field.NewReader(program))
	}
	return p
}

// evaluate calls visit with the residuals of each term at each point, for the
// parameters as loaded last.
func (p *patch[T]) evaluate(visit func(term, point int, value float64)) {
	block, n := p.field.Tape.Block, len(p.points)/p.dim
	for lo := 0; lo < n; lo += block {
		hi := min(lo+block, n)
		points := p.points[lo*p.dim : hi*p.dim]
		p.field.Forward(points)
		for k, r := range p.readers {
			p.field.Gather(r, points, 0)
			r.Forward(hi - lo)
			for i := range hi - lo {
				visit(k, lo+i, together(r, i))
			}
		}
	}
}

// together returns a single output at point i as it is, of several their norm.
func together(r residual.Reader, i int) float64 {
	if r.Outputs() == 1 {
		return r.Out(0)[i]
	}
	sum := 0.0
	for j := range r.Outputs() {
		v := r.Out(j)[i]
		sum += v * v
	}
	return math.Sqrt(sum)
}

// Fill evaluates it all for the parameters as loaded last.
func (v *Survey[T]) Fill(s *record.Snapshot) {
	n := len(v.grid.points) / v.grid.dim
	s.Residuals = wire.Resize(s.Residuals, len(v.grid.terms))
	for k, t := range v.grid.terms {
		s.Residuals[k] = record.Residual{Name: t.Name, Values: wire.Resize(s.Residuals[k].Values, n)}
	}
	v.grid.evaluate(func(term, point int, r float64) { s.Residuals[term].Values[point] = float32(r) })
	s.Sides = wire.Resize(s.Sides, len(v.sides))
	for k := range v.sides {
		d := &v.sides[k]
		values := wire.Resize(s.Sides[k].Values, len(d.points)/d.dim)
		s.Sides[k] = d.Side
		s.Sides[k].Values = values
		d.evaluate(func(_, point int, r float64) { values[point] = float32(math.Abs(r)) })
	}
}
