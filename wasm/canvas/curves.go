package main

import (
	"cmp"
	"math"
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// overIterations draws a panel of curves over the iterations.
func (s *Scene) overIterations(p *plot.Panel, row *curvePanel) {
	ticks := across(p.Plot, s.ranges.Steps)
	for i := range ticks {
		if !s.board.timed() || s.ranges.Steps.Hi > 100 {
			ticks[i].Label = plot.Thousands(ticks[i].Value)
		}
	}
	over := "iteration"
	if s.board.timed() {
		over = "seconds of training"
	}
	s.frame(p, s.ranges.Steps, s.scaleOf(p), ticks, over)
	row.draw(s, p)
}

// scaleOf returns the vertical scale of a panel of curves over the iterations.
func (s *Scene) scaleOf(p *plot.Panel) plot.Scale { return s.ranges.Curves[rowOf(p)] }

// curveOf draws a curve.
func (s *Scene) curveOf(p *plot.Panel, h history, width float64, c plot.Colour, dash [2]float64) {
	s.trace(p, h.count(), h.x, h.value, width, c, dash)
}

// trace draws n values over their steps, as far as they are on the scale.
func (s *Scene) trace(p *plot.Panel, n int, step, value func(int) float64, width float64, c plot.Colour, dash [2]float64) {
	y := s.scaleOf(p)
	s.curve = s.curve[:0]
	for i := range n {
		v := value(i)
		if y.Kind == plot.Log && !(v > 0) || math.IsInf(v, 0) {
			v = math.NaN()
		}
		at := plot.Point{X: p.Plot.X + s.ranges.Steps.Unit(step(i))*p.Plot.W, Y: p.Plot.Bottom() - y.Unit(v)*p.Plot.H}
		s.curve = append(s.curve, at)
	}
	s.clipped = plot.Clip(s.clipped[:0], s.curve, p.Plot.Y, p.Plot.Bottom())
	s.pen.Curve(s.clipped, width, c, dash)
}

// losses draws, for one model, the sum of each group's terms, and the terms
// themselves faintly where there are several.
func (s *Scene) losses(p *plot.Panel) {
	slot := s.slot(p)
	s.modelCaption(p, "loss", "loss, each term unweighted")
	terms := s.board.histories(&slot.Snap, record.Loss)
	for _, h := range terms {
		colour, _ := s.theme.group(int(h.Group))
		if len(ofGroup(terms, int(h.Group))) > 1 {
			s.curveOf(p, h, 1, colour.Fade(0.3), dashes[0])
		}
	}
	for g := len(slot.Snap.Groups) - 1; g >= 0; g-- {
		colour, _ := s.theme.group(g)
		n, step, value := sumOf(ofGroup(terms, g))
		s.trace(p, n, step, value, 1.75, colour, dashes[0])
	}
	s.ghostSums(p, record.Loss, slot)
}

// modelCaption writes the strip above a panel of one model: the model, and in
// short what is shown; or, where there is one model only, that at length.
func (s *Scene) modelCaption(p *plot.Panel, short, long string) {
	slot := s.slot(p)
	if len(s.board.Slots) == 1 {
		s.caption(p, wordings{long, short})
		return
	}
	s.pen.Box(plot.Rect{X: p.Plot.X, Y: p.Plot.Y - 16, W: 3, H: 11}, s.theme.colour(slot.Key))
	r := p.Plot
	p.Plot.X += 9 // the caption's room, beside the colour
	p.Plot.W -= 9
	s.caption(p, wordings{slot.Key + " " + s.name(slot.Key), slot.Key}, short)
	p.Plot = r
}

// lambdas draws the weights: one model's in the colours of their groups, or
// several models', each in its colour with dashes for the groups.
func (s *Scene) lambdas(p *plot.Panel) {
	one := len(s.board.Slots) == 1
	var own *Slot
	if one {
		own = s.board.Slots[0]
	}
	ends := s.ghosts(p, record.Lambda, own)
	for _, slot := range s.board.Slots {
		for k, h := range s.board.curves(slot, record.Lambda) {
			colour, dash := s.theme.colour(slot.Key), [2]float64{}
			name := s.board.seeded(slot)
			if one {
				colour, _ = s.theme.group(int(h.Group))
				name = h.Of
			} else if k > 0 {
				dash = dashes[1]
				name = ""
			}
			s.band(p, h, colour)
			s.curveOf(p, h, 1.75, colour, dash)
			step, value := h.last()
			ends = append(ends, ending{value, step, name, colour})
		}
	}
	s.caption(p, wordings{"weight λ of the conditions", "weight λ"})
	s.endings(p, ends)
}

// relL2 draws the models' errors, with the paper's values as dashed lines.
func (s *Scene) relL2(p *plot.Panel) {
	for _, slot := range s.board.Slots {
		if v := slot.Snap.Published; v == v {
			at := place(p.Plot, s.ranges.Steps, s.scaleOf(p), 0, v)
			s.pen.Curve([]plot.Point{at, {X: p.Plot.Right(), Y: at.Y}}, 1.25, s.theme.colour(slot.Key).Fade(0.8), dashes[1])
		}
	}
	ends := s.ghosts(p, record.RelL2, nil)
	known := false
	for _, slot := range s.board.Slots {
		colour := s.theme.colour(slot.Key)
		for _, h := range s.board.curves(slot, record.RelL2) {
			s.band(p, h, colour)
			s.curveOf(p, h, 1.75, colour, dashes[0])
			step, value := h.last()
			ends = append(ends, ending{value, step, s.board.seeded(slot), colour})
		}
		known = known || slot.Snap.RelL2 == slot.Snap.RelL2
	}
	s.caption(p, wordings{"relative L² error", "rel. L²"})
	if !known {
		s.pen.Text(p.Plot.X+p.Plot.W/2, p.Plot.Y+p.Plot.H/2, "no solution known", s.label(), Middle)
		return
	}
	s.endings(p, ends)
}

// ending is the right end of a curve, to be named.
type ending struct {
	value, step float64
	name        string
	colour      plot.Colour
}

// endings writes the curves' names at their right ends, moved apart where they
// would overlap.
func (s *Scene) endings(p *plot.Panel, ends []ending) {
	const least = 12.0
	r := p.Plot
	y := s.scaleOf(p)
	ends = slices.DeleteFunc(ends, func(e ending) bool {
		return e.name == "" || e.value != e.value || y.Kind == plot.Log && !(e.value > 0)
	})
	at := func(e ending) plot.Point { return place(r, s.ranges.Steps, y, e.step, e.value) }
	slices.SortStableFunc(ends, func(a, b ending) int { return cmp.Compare(at(a).Y, at(b).Y) })
	last := r.Y - least
	low := r.Bottom() - least*float64(len(ends)-1)
	for i, e := range ends {
		q := at(e)
		s.pen.Dot(q.X, q.Y, 2.5, e.colour)
		label := min(max(q.Y, last+least), low+least*float64(i))
		last = label
		x := min(q.X+6, r.Right()+6)
		s.pen.Text(x, label+4, e.name, Style{tickSize, SemiBold, e.colour}, Start)
	}
}
