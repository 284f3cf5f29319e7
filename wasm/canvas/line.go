package main

import (
	"math"

	"pinnlab/wasm/plot"
)

// lineField draws a field of one coordinate: prediction and solution on one
// plot, or the error.
func (s *Scene) lineField(p *plot.Panel) {
	slot := s.slot(p)
	f := s.board.field(slot)
	if f == nil || len(slot.Snap.Axes) != 1 {
		s.skeleton(p)
		return
	}
	axis := slot.Snap.Axes[0]
	x := plot.Scale{Lo: axis.Lo, Hi: axis.Hi}
	if p.Part == plot.ErrorCurve {
		values, worst := s.board.errorOf(slot)
		s.frame(p, x, s.ranges.Err, across(p.Plot, x), axis.Name)
		s.caption(p, "absolute error", "max "+plot.Sci(worst, 2))
		s.sizes = s.sizes[:0]
		for _, e := range values {
			s.sizes = append(s.sizes, float32(math.Abs(float64(e))))
		}
		s.along(p, x, s.ranges.Err, s.sizes, 1.75, s.theme.colour(slot.Key), dashes[0])
		return
	}
	y := s.ranges.Value
	y.Lo, y.Hi = y.Lo*1.1, y.Hi*1.1
	s.frame(p, x, y, across(p.Plot, x), axis.Name)
	s.caption(p, "predicted "+f.Name, "dashed: exact")
	s.along(p, x, y, f.Pred, 2, s.theme.colour(slot.Key), dashes[0])
	s.along(p, x, y, f.Exact, 1.25, s.theme.Ink, dashes[1])
}

// along draws values at the nodes of an axis.
func (s *Scene) along(p *plot.Panel, x, y plot.Scale, values []float32, width float64, c plot.Colour, dash [2]float64) {
	s.curve = s.curve[:0]
	for i, v := range values {
		at := x.Lo + (x.Hi-x.Lo)*float64(i)/float64(max(len(values)-1, 1))
		s.curve = append(s.curve, place(p.Plot, x, y, at, float64(v)))
	}
	s.pen.Curve(s.curve, width, c, dash)
}
