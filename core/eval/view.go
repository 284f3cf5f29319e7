package eval

import (
	"math"
	"slices"

	"pinnlab/core/ad"
	"pinnlab/core/expr"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/record"
	"pinnlab/core/residual"
	"pinnlab/core/wire"
)

// A View evaluates what a problem shows on its plot grid, and the errors against
// the solution. It is at the parameters as loaded last; a caller says with a
// number of its choice, such as the iteration, whether they have moved, since
// values of a network that has not are kept.
type View[T kern.Float] struct {
	prob  *pde.Problem
	nodes int
	at    int // the iteration of the values, -1 for none

	field   *residual.Field[T]
	points  []T
	shown   []shown
	ref     *Reference
	bands   *bands
	diff    []float64 // prediction less solution, of one view
	omitted omission
	known   bool // errors have a node to be measured at, or there is no solution
}

// A shown is one quantity on the grid, first coordinate fastest.
type shown struct {
	reader      residual.Reader
	pred, exact []float64 // exact is nil without a solution
	counts      bool      // towards the relative L2
	gauge       bool      // known up to a constant only
}

// NewView returns the view of a network. The reference is of the same problem.
func NewView[T kern.Float](prob *pde.Problem, net *nn.Net, params *ad.Params[T], ref *Reference) *View[T] {
	v := &View[T]{prob: prob, nodes: 1, at: -1, ref: ref, bands: newBands(prob.Grid)}
	for _, n := range prob.Grid {
		v.nodes *= n
	}
	v.diff = make([]float64, v.nodes)
	var programs []*expr.Program
	for _, w := range prob.Views {
		programs = append(programs, w.Program)
	}
	v.field = residual.FieldOf(net, params, prob.Coords, v.nodes, programs...)
	v.points = gridPoints[T](prob, v.nodes)
	for i, w := range prob.Views {
		v.shown = append(v.shown, shown{
			reader: v.field.NewReader(w.Program), pred: make([]float64, v.nodes), exact: v.solution(w), counts: slices.Contains(prob.Errors, i), gauge: w.Gauge,
		})
	}
	v.omitted, v.known = v.omit()
	return v
}

// gridPoints lists the nodes of the plot grid, ends included.
func gridPoints[T kern.Float](prob *pde.Problem, nodes int) []T {
	d := len(prob.Coords)
	points := make([]T, nodes*d)
	for i := range nodes {
		k := i
		for j, c := range prob.Coords {
			n := prob.Grid[j]
			points[i*d+j] = T(c.Lo + float64((c.Hi-c.Lo)*float64(k%n))/float64(n-1))
			k /= n
		}
	}
	return points
}

// solution evaluates the exact solution of a view on the grid.
func (v *View[T]) solution(w pde.View) []float64 {
	if w.Exact == nil {
		return v.ref.views[w.Name]
	}
	m := w.Exact.Machine(v.nodes)
	d := len(v.prob.Coords)
	for k, s := range w.Exact.Inputs() {
		col := m.In(k)
		for i := range v.nodes {
			col[i] = float64(v.points[i*d+s.Index])
		}
	}
	m.Forward(v.nodes)
	values := append([]float64(nil), m.Out(0)...)
	if w.Along >= 0 {
		integrate(values, v.prob, w.Along)
	}
	return values
}

// Grid returns the nodes of the plot grid, one after the other.
func (v *View[T]) Grid() []T { return v.points }

// Reference returns what the view compares with beside formulas.
func (v *View[T]) Reference() *Reference { return v.ref }

// Known reports whether errors have a node to be measured at, where a solution is
// given.
func (v *View[T]) Known() bool { return v.known }

// Omitted returns how many nodes errors leave out, because the exact solution is
// not finite there, and the box that holds them, such as x = 0, t from 0 to 1.
func (v *View[T]) Omitted() (count int, where string) { return v.omitted.count, v.omitted.where }

// evaluate computes the views for the parameters as loaded last, which are
// those of an iteration.
func (v *View[T]) evaluate(iteration int) {
	if v.at == iteration {
		return
	}
	v.at = iteration
	d := len(v.prob.Coords)
	block := v.field.Tape.Block
	for lo := 0; lo < v.nodes; lo += block {
		hi := min(lo+block, v.nodes)
		points := v.points[lo*d : hi*d]
		v.field.Forward(points)
		for i := range v.shown {
			w := &v.shown[i]
			v.field.Gather(w.reader, points, 0)
			w.reader.Forward(hi - lo)
			copy(w.pred[lo:hi], w.reader.Out(0))
		}
	}
	for i := range v.shown {
		if along := v.prob.Views[i].Along; along >= 0 {
			integrate(v.shown[i].pred, v.prob, along)
		}
		if v.shown[i].gauge {
			v.shown[i].fitGauge()
		}
	}
}

// Errors returns the relative L2 error over the views that count and the
// largest absolute one, NaN without a solution.
func (v *View[T]) Errors(iteration int) (relL2, linf float64) {
	v.evaluate(iteration)
	num, den := 0.0, 0.0
	for _, w := range v.shown {
		if !w.counts || w.exact == nil {
			continue
		}
		for i, u := range w.exact {
			if !kern.IsFinite(u) {
				continue // see omit
			}
			e := w.pred[i] - u
			num += float64(e * e)
			den += float64(u * u)
			linf = max(linf, math.Abs(e))
		}
	}
	if den == 0 {
		return math.NaN(), math.NaN()
	}
	return math.Sqrt(num / den), linf
}

// Fill sets a Snapshot's axes, fields and errors.
func (v *View[T]) Fill(s *record.Snapshot, iteration int) {
	s.RelL2, s.LInf = v.Errors(iteration)
	s.Omitted, s.OmittedAt = uint32(v.omitted.count), v.omitted.where
	s.Authors = v.Authors(iteration)
	s.Axes = wire.Resize(s.Axes, len(v.prob.Coords))
	for i, c := range v.prob.Coords {
		s.Axes[i] = record.Axis{Name: c.Name, Lo: c.Lo, Hi: c.Hi, N: uint32(v.prob.Grid[i])}
	}
	s.Fields = wire.Resize(s.Fields, len(v.shown))
	for i, w := range v.shown {
		f := &s.Fields[i]
		f.Name = v.prob.Views[i].Name
		f.Pred, f.Exact = narrow(f.Pred, w.pred), narrow(f.Exact, w.exact)
	}
}

func narrow(dst []float32, src []float64) []float32 {
	dst = wire.Resize(dst, len(src))
	for i, v := range src {
		dst[i] = float32(v)
	}
	return dst
}
