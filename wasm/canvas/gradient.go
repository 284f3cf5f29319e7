package main

import (
	"math"

	"pinnlab/wasm/plot"
)

// gradients draws the density of one layer's gradient for each loss group.
func (s *Scene) gradients(p *plot.Panel) {
	slot := s.slot(p)
	shown, layer := s.distributionsOf(p)
	if shown == nil {
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
	switch {
	case p.Index == plot.Pooled:
		name := "gradients"
		if p.Plot.W < 150 {
			name = "∇L"
		}
		s.caption(p, name+s.weighting(), s.ratioWords(slot))
	case s.firstWith(layer) == p.Model || s.Layout.Wrapped:
		s.caption(p, layer, "")
	}
	s.decidingMarks(p, slot)
	for g := len(shown) - 1; g >= 0; g-- {
		d := &shown[g]
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

// distributionsOf returns what a panel of gradients shows, by group, and of
// which layer; nil where the model has no such layer.
func (s *Scene) distributionsOf(p *plot.Panel) ([]distribution, string) {
	slot := s.slot(p)
	all := slot.densities(s.board.View.Weighted)
	if p.Index == plot.Pooled {
		return all[len(all)-1], "all layers"
	}
	if p.Index >= len(s.layers) {
		return nil, ""
	}
	layer := layerIndex(slot, s.layers[p.Index])
	if layer < 0 {
		return nil, ""
	}
	return all[layer], s.layers[p.Index]
}

// weighting says whether the gradients are weighted, if they are.
func (s *Scene) weighting() string {
	if s.board.View.Weighted {
		return " × λ"
	}
	return ""
}

// ratio returns what the rules compare: the largest entry of the residual's
// gradient over the mean one of group g's, weighted if the view is.
func (s *Scene) ratio(slot *Slot, g int) float64 {
	groups := slot.Snap.Groups
	mean := groups[g].GradMean
	if s.board.View.Weighted {
		mean *= groups[g].Lambda
	}
	return groups[0].GradMax / mean
}

// ratioWords writes the largest of the ratios.
func (s *Scene) ratioWords(slot *Slot) string {
	worst := math.NaN()
	for g := 1; g < len(slot.Snap.Groups); g++ {
		if r := s.ratio(slot, g); !(r <= worst) {
			worst = r
		}
	}
	if worst != worst || slot.Snap.Step == 0 {
		return ""
	}
	return "max/mean " + plot.Short(worst, 2)
}

// decidingMarks marks on the axis, on both sides of zero, the largest entry of
// the residual's gradient and the mean size of the conditions', over all
// layers: their ratio is what annealing makes the weights follow.
func (s *Scene) decidingMarks(p *plot.Panel, slot *Slot) {
	for g, group := range slot.Snap.Groups {
		v, name := group.GradMean, "mean"
		if s.board.View.Weighted {
			v *= group.Lambda
		}
		if g == 0 {
			v, name = group.GradMax, "max"
		}
		colour, _ := s.theme.group(g)
		for _, x := range []float64{-v, v} {
			u := s.ranges.Grad[p.Model].Unit(x)
			at := p.Plot.X + u*p.Plot.W
			// At the very middle both sides' marks would be one blot.
			if u >= 0 && u <= 1 && math.Abs(u-0.5)*p.Plot.W > 4 {
				s.pen.Box(plot.Rect{X: at - 1, Y: p.Plot.Bottom() - 10, W: 2, H: 10}, colour)
				if room := p.Plot.W > 150 && x > 0; room {
					s.pen.Text(min(at+4, p.Plot.Right()-22), p.Plot.Bottom()-14-11*float64(g), name, Style{tickSize, Regular, colour}, Start)
				}
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
	line := func(name string, value float64, c plot.Colour) {
		if y <= r.Bottom()-4 {
			s.pen.Text(r.X, y, name, s.tick(), Start)
			s.pen.Text(r.Right()-12, y, plot.Short(value, 2), Style{tickSize, Regular, c}, End)
			y += 15
		}
	}
	groups := slot.Snap.Groups
	for g, group := range groups {
		c, _ := s.theme.group(g)
		if g == 0 {
			line("max |∇"+group.Name+"|", group.GradMax, c)
			continue
		}
		line("mean |∇"+group.Name+"|", group.GradMean, c)
	}
	for g, group := range groups[1:] {
		line("λ of "+group.Name, group.Lambda, s.theme.Ink)
		line("max / mean"+s.weighting(), s.ratio(slot, g+1), s.theme.Ink)
	}
}
