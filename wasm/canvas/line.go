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
		c := s.companion(slot)
		s.frame(p, x, c.scale, across(p.Plot, x), axis.Name)
		s.caption(p, c.name, "max "+plot.Number(c.worst, 3))
		s.sizes = append(s.sizes[:0], c.values...)
		for i, v := range s.sizes {
			if c.size {
				s.sizes[i] = float32(math.Abs(float64(v)))
			}
		}
		s.along(p, x, c.scale, s.sizes, 1.75, s.theme.colour(slot.Key), dashes[0])
		return
	}
	y := s.ranges.Value
	y.Lo, y.Hi = y.Lo*1.1, y.Hi*1.1
	s.frame(p, x, y, across(p.Plot, x), axis.Name)
	s.caption(p, wordings{"predicted " + f.Name, f.Name})
	s.along(p, x, y, f.Pred, 2, s.theme.colour(slot.Key), dashes[0])
	s.along(p, x, y, f.Exact, 1.25, s.theme.Ink, dashes[1])
}

// along draws values at the nodes of an axis. What is beyond the scale of y is
// left out, and marked at the edge where it is farthest out.
func (s *Scene) along(p *plot.Panel, x, y plot.Scale, values []float32, width float64, c plot.Colour, dash [2]float64) {
	s.curve = s.curve[:0]
	lowest, highest := plot.Point{Y: 1}, plot.Point{} // in units of the scales
	for i, v := range values {
		u := y.Unit(float64(v))
		if u > max(1, highest.Y) {
			highest = plot.Point{X: float64(i), Y: u}
		}
		if u < min(0, lowest.Y) {
			lowest = plot.Point{X: float64(i), Y: u}
		}
		at := float64(i) / float64(max(len(values)-1, 1))
		s.curve = append(s.curve, plot.Point{X: p.Plot.X + at*p.Plot.W, Y: p.Plot.Bottom() - u*p.Plot.H})
	}
	s.clipped = plot.Clip(s.clipped[:0], s.curve, p.Plot.Y, p.Plot.Bottom())
	s.pen.Curve(s.clipped, width, c, dash)
	if highest.Y > 1 {
		s.beyond(s.curve[int(highest.X)].X, p.Plot.Y, 1, c)
	}
	if lowest.Y < 0 && y.Kind == plot.Linear {
		s.beyond(s.curve[int(lowest.X)].X, p.Plot.Bottom(), -1, c)
	}
}

// beyond marks at an edge that a curve goes on outside: a triangle that points
// up where the sign is positive, down where not.
func (s *Scene) beyond(x, edge, sign float64, c plot.Colour) {
	s.pen.Triangle(plot.Point{X: x, Y: edge - 1*sign}, plot.Point{X: x - 5, Y: edge + 7*sign}, plot.Point{X: x + 5, Y: edge + 7*sign}, c)
}
