package main

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// factorOf returns what group g's gradient is shown times: its present weight
// if the view is weighted. (That of the past was another.)
func factorOf(b *Board, s *Slot, g int) float64 {
	if b.weighted() && s.Snap.Groups[g].Lambda > 0 {
		return s.Snap.Groups[g].Lambda
	}
	return 1
}

// bands draws the parts of a model's error of low, middle and high frequency.
func (s *Scene) bands(p *plot.Panel) {
	slot := s.slot(p)
	s.modelCaption(p, "error by frequency", "relative L² error by frequency: fewer than 4, fewer than 16, and more half waves a side")
	var ends []ending
	for k, h := range s.board.histories(&slot.Snap, record.ErrorBand) {
		colour := s.theme.colour(slot.Key).Fade(1 - 0.3*float64(k))
		s.curveOf(p, h, 1.75, colour, dashes[k%len(dashes)])
		step, value := h.last()
		ends = append(ends, ending{value, step, h.Of, colour})
	}
	s.inside(p, ends)
}

// norms draws the norms of a model's gradients by layer, the first layer faint
// and the last strong, in the colours of the groups.
func (s *Scene) norms(p *plot.Panel) {
	slot := s.slot(p)
	s.modelCaption(p, "|∇L| by layer"+s.weighting(), "norm of the gradient"+s.weighting()+" by layer, the first faint, the last strong")
	all := s.board.histories(&slot.Snap, record.GradientNorm)
	for g := len(slot.Snap.Groups) - 1; g >= 0; g-- {
		colour, dash := s.theme.group(g)
		f := factorOf(s.board, slot, g)
		layers := ofGroup(all, g)
		for l, h := range layers {
			strength := 0.35 + 0.65*float64(l+1)/float64(len(layers))
			s.trace(p, h.count(), h.x, func(i int) float64 { return f * h.value(i) }, 1.25, colour.Fade(strength), dash)
		}
	}
}

// cosines draws, for all models, the cosine between the gradient of the
// residual and that of each group of conditions.
func (s *Scene) cosines(p *plot.Panel) {
	var ends []ending
	for _, slot := range s.board.Slots {
		colour := s.theme.colour(slot.Key)
		for k, h := range s.board.histories(&slot.Snap, record.GradientCosine) {
			s.curveOf(p, h, 1.25, colour, dashes[k%len(dashes)])
			if step, value := h.last(); k == 0 {
				ends = append(ends, ending{value, step, slot.Key, colour})
			}
		}
	}
	s.caption(p, wordings{"cosine between the gradients of conditions and residual: below 0 they pull against each other",
		"cosine between conditions’ and residual’s gradients", "cosine to the residual’s gradient"})
	s.pen.Across(p.Plot.X, p.Plot.Right(), p.Plot.Bottom()-p.Plot.H/2, s.theme.Axis)
	s.endings(p, ends)
}

// plain draws curves of which no more than a name is known: one model's in the
// colours of their groups, or several models', each in its colour.
func (s *Scene) plain(p *plot.Panel, name, caption string) {
	slots, own := s.board.Slots, s.slot(p)
	if own != nil {
		slots = []*Slot{own}
		s.modelCaption(p, caption, caption)
	} else {
		s.caption(p, wordings{caption, ""})
	}
	ends := s.ghosts(p, name, own)
	for _, slot := range slots {
		for k, h := range s.board.curves(slot, name) {
			colour, label := s.theme.colour(slot.Key), s.board.seeded(slot)
			if own != nil {
				label = h.Of
			}
			if own != nil && h.Group != record.NoGroup {
				colour, _ = s.theme.group(int(h.Group))
			} else if k > 0 && own == nil {
				label = ""
			}
			s.band(p, h, colour)
			s.curveOf(p, h, 1.5, colour, dashes[k%len(dashes)])
			step, value := h.last()
			ends = append(ends, ending{value, step, label, colour})
		}
	}
	if own != nil {
		s.inside(p, ends)
		return
	}
	s.endings(p, ends)
}

// inside writes the names of curves within a panel, above their right ends, one
// below the other where these are close. Behind a name the curves are faint.
func (s *Scene) inside(p *plot.Panel, ends []ending) {
	const least, above = 11.0, 4.0
	style := Style{tickSize, Regular, plot.Colour{}}
	r, scale := p.Plot, s.scaleOf(p)
	ends = slices.DeleteFunc(ends, func(e ending) bool { return !(e.value > 0) })
	at := func(e ending) plot.Point { return place(r, s.ranges.Steps, scale, e.step, e.value) }
	slices.SortStableFunc(ends, func(a, b ending) int { return cmp.Compare(at(a).Y, at(b).Y) })
	last := r.Y - least
	for i, e := range ends {
		q := at(e)
		low := r.Bottom() - 2 - least*float64(len(ends)-1-i)
		y := min(max(q.Y-above, r.Y+9, last+least), low)
		last = y
		style.Colour = e.colour
		w := s.pen.Width(e.name, style)
		x := max(min(q.X, r.Right()-2), r.X+w+2)
		s.pen.Box(plot.Rect{X: x - w - 1, Y: y - 8, W: w + 2, H: 10}, s.theme.Page.Fade(0.75))
		s.pen.Text(x, y, e.name, style, End)
	}
}

// The values of the panels near iteration x.

func (s *Scene) bandsAt(p *plot.Panel, x float64) (parts []string) {
	for _, h := range s.board.histories(&s.slot(p).Snap, record.ErrorBand) {
		parts = append(parts, h.Of+" "+plot.Number(h.near(x), 2))
	}
	return parts
}

func (s *Scene) normsAt(p *plot.Panel, x float64) (parts []string) {
	slot := s.slot(p)
	all := s.board.histories(&slot.Snap, record.GradientNorm)
	for g, group := range slot.Snap.Groups {
		sum := 0.0
		for _, h := range ofGroup(all, g) {
			v := h.near(x) * factorOf(s.board, slot, g)
			sum += v * v
		}
		parts = append(parts, group.Name+" "+plot.Number(math.Sqrt(sum), 2))
	}
	return parts
}

func (s *Scene) cosinesAt(_ *plot.Panel, x float64) (parts []string) {
	for _, slot := range s.board.Slots {
		for _, h := range s.board.histories(&slot.Snap, record.GradientCosine) {
			parts = append(parts, slot.Key+" "+plot.Fixed(h.near(x), 2))
		}
	}
	return parts
}

func (s *Scene) plainAt(p *plot.Panel, name string, x float64) (parts []string) {
	slots, own := s.board.Slots, s.slot(p)
	if own != nil {
		slots = []*Slot{own}
	}
	for _, slot := range slots {
		for _, h := range s.board.histories(&slot.Snap, name) {
			words := []string{h.Of, plot.Number(h.near(x), 3), h.Unit}
			if own == nil {
				words = slices.Insert(words, 0, slot.Key)
			}
			parts = append(parts, strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
		}
	}
	return parts
}
