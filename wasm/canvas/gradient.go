package main

import (
	"math"

	"pinnlab/wasm/plot"
)

// gradients draws the density of one layer's gradient for each loss group.
func (s *Scene) gradients(p *plot.Panel) {
	slot := s.slot(p)
	if p.Index >= len(s.layers) {
		return
	}
	layer := layerIndex(slot, s.layers[p.Index])
	if layer < 0 {
		return
	}
	r := p.Plot
	grad, density := s.ranges.Grad[p.Model], s.ranges.Density[p.Model]
	ticks := across(r, grad)
	if grad.Kind == plot.Linear {
		label := plot.Short(grad.Hi, 3)
		ticks = []plot.Tick{{Value: grad.Lo, Label: plot.Minus + label}, {Value: 0, Label: "0"}, {Value: grad.Hi, Label: label}}
	}
	s.frame(p, grad, density, ticks, "")
	if s.board.View.LogGrad {
		t := grad.Threshold
		a, b := place(r, grad, density, -t, 0), place(r, grad, density, t, 0)
		s.pen.Box(plot.Rect{X: a.X, Y: r.Y, W: b.X - a.X, H: r.H}, s.theme.Grid.Fade(0.5))
	}
	if s.firstWith(s.layers[p.Index]) == p.Model || s.Layout.Wrapped {
		s.caption(p, s.layers[p.Index], "")
	}
	s.decidingMarks(p, slot)
	densities := slot.densities()[layer]
	for g := len(densities) - 1; g >= 0; g-- {
		d := &densities[g]
		if d.Total == 0 {
			continue
		}
		s.curve = s.curve[:0]
		for i, v := range d.on(grad) {
			at := place(r, grad, density, 0, v)
			at.X = r.X + (float64(i)+0.5)/densityColumns*r.W
			s.curve = append(s.curve, at)
		}
		colour, dash := s.theme.group(g)
		s.pen.Area(s.curve, r.Bottom(), colour.Fade(0.10))
		s.pen.Curve(s.curve, 1.5, colour, dash)
	}
}

// decidingMarks marks on the axis, on both sides of zero, the largest entry of
// the residual's gradient and the mean size of the conditions', over all
// layers: their ratio is what annealing makes the weights follow.
func (s *Scene) decidingMarks(p *plot.Panel, slot *Slot) {
	for g, group := range slot.Snap.Groups {
		v := group.GradMean
		if g == 0 {
			v = group.GradMax
		}
		colour, _ := s.theme.group(g)
		for _, x := range []float64{-v, v} {
			u := s.ranges.Grad[p.Model].Unit(x)
			at := p.Plot.X + u*p.Plot.W
			// At the very middle both sides' marks would be one blot.
			if u >= 0 && u <= 1 && math.Abs(u-0.5)*p.Plot.W > 4 {
				s.pen.Box(plot.Rect{X: at - 1, Y: p.Plot.Bottom() - 10, W: 2, H: 10}, colour)
			}
		}
	}
}

// firstWith returns the first model that has a layer.
func (s *Scene) firstWith(layer string) int {
	for m, slot := range s.board.Slots {
		if layerIndex(slot, layer) >= 0 {
			return m
		}
	}
	return -1
}

// gradientRow writes beside a model's row what decides its weights: the
// largest residual gradient and the mean ones of the conditions.
func (s *Scene) gradientRow(p *plot.Panel) {
	slot := s.slot(p)
	r := p.Plot
	colour := s.theme.colour(slot.Key)
	y := r.Y + 16
	s.pen.Box(plot.Rect{X: r.X, Y: y - 10, W: 3, H: 12}, colour)
	x := s.pen.Text(r.X+10, y, slot.Key, s.strong(), Start)
	s.pen.Text(x+5, y, s.pen.Fit(s.name(slot.Key), s.label(), r.Right()-x-5), s.label(), Start)
	if r.H < 60 {
		return
	}
	y += 22
	for g, group := range slot.Snap.Groups {
		name, value := "max |∇"+group.Name+"|", group.GradMax
		if g > 0 {
			name, value = "mean |∇"+group.Name+"|", group.GradMean
		}
		c, _ := s.theme.group(g)
		if y > r.Bottom()-24 {
			break
		}
		s.pen.Text(r.X, y, name, s.tick(), Start)
		s.pen.Text(r.Right()-12, y, plot.Short(value, 2), Style{tickSize, Regular, c}, End)
		y += 16
	}
}
