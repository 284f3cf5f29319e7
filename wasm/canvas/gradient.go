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
		name := wordings{"gradients" + s.weighting(), "∇L" + s.weighting()}
		if s.board.View.Tab == plot.OverviewTab {
			name = wordings{slot.Key + " gradients" + s.weighting(), slot.Key + " ∇L" + s.weighting()}
		}
		s.caption(p, name, s.ratioWords(slot)...)
	case s.firstWith(layer) == p.Model || s.Layout.Wrapped:
		s.caption(p, wordings{layer})
	}
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
	s.decidingMarks(p, slot)
}

// distributionsOf returns what a panel of gradients shows, by group, and of
// which layer; nil where the model has no such layer.
func (s *Scene) distributionsOf(p *plot.Panel) ([]distribution, string) {
	slot := s.slot(p)
	all := slot.densities(s.board.weighted(), p.Index != plot.Pooled)
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
	if s.board.weighted() {
		return " × λ"
	}
	return ""
}

// ratio returns what the rules compare: the largest entry of the residual's
// gradient over the mean one of group g's, weighted if the view is.
func (s *Scene) ratio(slot *Slot, g int) float64 {
	groups := slot.Snap.Groups
	mean := groups[g].GradMean
	if s.board.weighted() {
		mean *= groups[g].Lambda
	}
	return groups[0].GradMax / mean
}

// ratioWords writes the largest of the ratios, at length and in short.
func (s *Scene) ratioWords(slot *Slot) wordings {
	worst := math.NaN()
	for g := 1; g < len(slot.Snap.Groups); g++ {
		if r := s.ratio(slot, g); !(r <= worst) {
			worst = r
		}
	}
	if worst != worst || slot.Snap.Step == 0 {
		return nil
	}
	return wordings{"max / mean " + plot.Number(worst, 3), "ratio " + plot.Number(worst, 3)}
}

// decidingMarks marks on the axis, on both sides of zero, the largest entry of
// the residual's gradient and the mean size of the conditions', over all
// layers: their ratio is what annealing makes the weights follow.
func (s *Scene) decidingMarks(p *plot.Panel, slot *Slot) {
	for g, group := range slot.Snap.Groups {
		v, name := group.GradMean, "mean"
		if s.board.weighted() {
			v *= group.Lambda
		}
		if g == 0 {
			v, name = group.GradMax, "max"
		}
		colour, _ := s.theme.group(g)
		for _, x := range []float64{-v, v} {
			s.decidingMark(p, x, g, name, colour)
		}
	}
}

// decidingMark marks x on the axis of p, and names the mark on the right: where
// x lies beyond the axis, an arrow at its end with the value.
func (s *Scene) decidingMark(p *plot.Panel, x float64, g int, name string, colour plot.Colour) {
	r := p.Plot
	u := s.ranges.Grad[p.Model].Unit(x)
	if u != u || math.IsInf(x, 0) {
		return
	}
	style := Style{tickSize, Regular, colour}
	y := r.Bottom() - 14 - 11*float64(g)
	switch at := r.X + u*r.W; {
	case u > 1:
		text := name + " " + plot.Number(x, 3) + " →"
		if s.pen.Width(text, style) > 0.42*r.W {
			text = "→"
		}
		s.pen.Text(r.Right(), y, text, style, End)
	case u < 0:
		if r.W <= 150 {
			s.pen.Text(r.X, y, "←", style, Start)
		}
	case math.Abs(u-0.5)*r.W <= 4: // both sides' marks are one at the middle
		s.pen.Box(plot.Rect{X: r.X + r.W/2 - 1, Y: r.Bottom() - 10, W: 2, H: 10}, colour)
		if x > 0 && r.W > 150 {
			s.named(r.X+r.W/2+6, y, name, style)
		}
	default:
		s.pen.Box(plot.Rect{X: at - 1, Y: r.Bottom() - 10, W: 2, H: 10}, colour)
		if x > 0 && r.W > 150 {
			s.named(min(at+4, r.Right()-s.pen.Width(name, style)), y, name, style)
		}
	}
}

// named writes the name of a mark so that curves behind it are faint.
func (s *Scene) named(x, y float64, name string, style Style) {
	s.pen.Box(plot.Rect{X: x - 2, Y: y - 10, W: s.pen.Width(name, style) + 4, H: 13}, s.theme.Page.Fade(0.8))
	s.pen.Text(x, y, name, style, Start)
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
	s.pen.Text(x+5, y, s.pen.Words(s.name(slot.Key), s.label(), r.Right()-x-5), s.label(), Start)
	facts := s.decidingFacts(slot)
	if r.H < 60 { // a line above the row, not a column beside it
		x += s.pen.Width(s.name(slot.Key), s.label()) + 21
		for _, f := range facts {
			if x+s.pen.Width(f.name+" "+f.value, s.tick()) > r.Right() {
				return
			}
			x = s.pen.Text(x, y, f.name, s.tick(), Start)
			x = s.pen.Text(x+5, y, f.value, Style{tickSize, Regular, f.colour}, Start) + 16
		}
		return
	}
	y += 22
	for _, f := range facts {
		if y <= r.Bottom()-4 {
			s.pen.Text(r.X, y, f.name, s.tick(), Start)
			s.pen.Text(r.Right()-12, y, f.value, Style{tickSize, Regular, f.colour}, End)
			y += 15
		}
	}
}

// fact is a number with its name.
type fact struct {
	name, value string
	colour      plot.Colour
}

// decidingFacts lists what decides a model's weights: the ratios and the
// weights first, which are what narrow canvases have room for.
func (s *Scene) decidingFacts(slot *Slot) []fact {
	var facts []fact
	groups := slot.Snap.Groups
	several := len(groups) > 2
	for g, group := range groups[1:] {
		name := "λ of " + group.Name
		ratio := "max / mean"
		if several {
			ratio += " " + group.Name
		}
		facts = append(facts, fact{ratio, plot.Number(s.ratio(slot, g+1), 3), s.theme.Ink})
		weight := plot.Number(group.Lambda, 3)
		if group.LambdaHat == group.LambdaHat { // it moves towards the estimate
			weight += " → " + plot.Number(group.LambdaHat, 3)
		}
		facts = append(facts, fact{name, weight, s.theme.Ink})
	}
	for g, group := range groups {
		c, _ := s.theme.group(g)
		switch {
		case g == 0:
			facts = append(facts, fact{"max |∇" + group.Name + "|", plot.Number(group.GradMax, 3), c})
		case s.board.weighted():
			facts = append(facts, fact{"mean |λ∇" + group.Name + "|", plot.Number(group.Lambda*group.GradMean, 3), c})
		default:
			facts = append(facts, fact{"mean |∇" + group.Name + "|", plot.Number(group.GradMean, 3), c})
		}
	}
	return facts
}
