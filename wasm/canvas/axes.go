package main

import "pinnlab/wasm/plot"

// frame draws the grid and the labels of a plot: those of y only where the panel
// has room for them on its left. It takes the ticks of x, and its name.
func (s *Scene) frame(p *plot.Panel, x, y plot.Scale, ticks []plot.Tick, xName string) {
	r := p.Plot
	marks := y.Ticks(int(max(2, r.H/26)))
	for _, t := range marks {
		at := r.Bottom() - y.Unit(t.Value)*r.H
		if t.Label == "" && len(marks) > 10 {
			continue // a line for each of so many decades would be a hatching
		}
		s.pen.Across(r.X, r.Right(), at, s.theme.Grid)
		if p.Left && t.Label != "" {
			s.pen.Text(r.X-7, at+4, t.Label, s.tick(), End)
		}
	}
	s.pen.Across(r.X, r.Right(), r.Bottom(), s.theme.Axis)
	if p.Bottom && xName != "" {
		s.pen.Text(r.Right(), r.Bottom()+29, xName, s.tick(), End)
	}
	end := r.X - 20
	for _, t := range ticks {
		at := r.X + x.Unit(t.Value)*r.W
		s.pen.Down(at, r.Bottom(), r.Bottom()+4, s.theme.Axis)
		if !p.Bottom || t.Label == "" {
			continue
		}
		if at-s.pen.Width(t.Label, s.tick()) > end-4 {
			end = s.pen.Text(at, r.Bottom()+16, t.Label, s.tick(), within(x.Unit(t.Value)))
		}
	}
}

// across returns about as many ticks as have room along a plot.
func across(r plot.Rect, x plot.Scale) []plot.Tick { return x.Ticks(int(max(2, r.W/56))) }

// place returns where (x, y) lies in r, y kept within it.
func place(r plot.Rect, x, y plot.Scale, vx, vy float64) plot.Point {
	u := y.Unit(vy)
	if u == u {
		u = min(max(u, 0), 1)
	}
	return plot.Point{X: r.X + x.Unit(vx)*r.W, Y: r.Bottom() - u*r.H}
}
