package main

import (
	"cmp"
	"math"
	"slices"

	"pinnlab/wasm/plot"
)

// cosineScale is the axis of cosines.
var cosineScale = plot.Scale{Lo: -1, Hi: 1}

// bandNames are those of Snapshot.Bands, by column.
var bandNames = [...]string{"low", "middle", "high"}

// bands sets the scale of the errors by frequency.
func (r *Ranges) bands(b *Board) {
	var all span
	for _, s := range b.Slots {
		for _, v := range s.Snap.Bands.Rows {
			all.add(float64(v))
		}
	}
	all.lo = max(all.lo, all.hi*1e-6)
	r.Band = all.decades()
}

// norms sets the scale of the gradients' norms.
func (r *Ranges) norms(b *Board) {
	var all span
	for _, s := range b.Slots {
		h := history{&s.Snap}
		for i := range rows(&s.Snap.Norms) {
			for l := range s.Snap.Layers {
				for g := range s.Snap.Groups {
					all.add(h.norm(i, l, g) * factorOf(b, s, g))
				}
			}
		}
	}
	all.lo = max(all.lo, all.hi*1e-9)
	r.Norm = all.decades()
}

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
	t := &slot.Snap.Bands
	var ends []ending
	for k, name := range bandNames {
		colour := s.theme.colour(slot.Key).Fade(1 - 0.3*float64(k))
		s.trace(p, rows(t), func(i int) float64 { return at(t, i) }, func(i int) float64 { return cell(t, i, k) }, 1.75, colour, dashes[k])
		if n := rows(t); n > 0 {
			ends = append(ends, ending{cell(t, n-1, k), at(t, n-1), name, colour})
		}
	}
	s.inside(p, ends)
}

// norms draws the norms of a model's gradients by layer, the first layer faint
// and the last strong, in the colours of the groups.
func (s *Scene) norms(p *plot.Panel) {
	slot := s.slot(p)
	s.modelCaption(p, "|∇L| by layer"+s.weighting(), "norm of the gradient"+s.weighting()+" by layer, the first faint, the last strong")
	h, t := history{&slot.Snap}, &slot.Snap.Norms
	for g := len(slot.Snap.Groups) - 1; g >= 0; g-- {
		colour, dash := s.theme.group(g)
		f := factorOf(s.board, slot, g)
		for l := range slot.Snap.Layers {
			strength := 0.35 + 0.65*float64(l+1)/float64(len(slot.Snap.Layers))
			s.trace(p, rows(t), func(i int) float64 { return at(t, i) }, func(i int) float64 { return f * h.norm(i, l, g) }, 1.25, colour.Fade(strength), dash)
		}
	}
}

// cosines draws, for all models, the cosine between the gradient of the
// residual and that of each group of conditions.
func (s *Scene) cosines(p *plot.Panel) {
	var ends []ending
	for _, slot := range s.board.Slots {
		h, t := history{&slot.Snap}, &slot.Snap.Norms
		colour := s.theme.colour(slot.Key)
		for g := 1; g < len(slot.Snap.Groups); g++ {
			s.trace(p, rows(t), func(i int) float64 { return at(t, i) }, func(i int) float64 { return h.cosine(i, g) }, 1.25, colour, dashes[(g-1)%len(dashes)])
			if n := rows(t); n > 0 && g == 1 {
				ends = append(ends, ending{h.cosine(n-1, g), at(t, n-1), slot.Key, colour})
			}
		}
	}
	s.caption(p, wordings{"cosine between the gradients of conditions and residual: below 0 they pull against each other",
		"cosine between conditions’ and residual’s gradients", "cosine to the residual’s gradient"})
	s.pen.Across(p.Plot.X, p.Plot.Right(), p.Plot.Bottom()-p.Plot.H/2, s.theme.Axis)
	s.endings(p, ends)
}

// inside writes the names of curves within a panel, above their right ends, one
// below the other where these are close. Behind a name the curves are faint.
func (s *Scene) inside(p *plot.Panel, ends []ending) {
	const least, above = 11.0, 4.0
	style := Style{tickSize, Regular, plot.Colour{}}
	r, scale := p.Plot, s.historyScale(p.Part)
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

// seriesAt writes what panel p shows near iteration x.
func (s *Scene) seriesAt(p *plot.Panel, x float64) (parts []string) {
	row := func(n int, step func(int) float64) int {
		if n == 0 {
			return -1
		}
		return nearest(n, step, x)
	}
	switch slot := s.slot(p); p.Part {
	case plot.Bands:
		t := &slot.Snap.Bands
		if i := row(rows(t), func(i int) float64 { return at(t, i) }); i >= 0 {
			for k, name := range bandNames {
				parts = append(parts, name+" "+plot.Number(cell(t, i, k), 2))
			}
		}
	case plot.Norms:
		h, t := history{&slot.Snap}, &slot.Snap.Norms
		if i := row(rows(t), func(i int) float64 { return at(t, i) }); i >= 0 {
			for g, group := range slot.Snap.Groups {
				sum := 0.0
				for l := range slot.Snap.Layers {
					v := h.norm(i, l, g) * factorOf(s.board, slot, g)
					sum += v * v
				}
				parts = append(parts, group.Name+" "+plot.Number(math.Sqrt(sum), 2))
			}
		}
	case plot.Cosines:
		for _, slot := range s.board.Slots {
			h, t := history{&slot.Snap}, &slot.Snap.Norms
			if i := row(rows(t), func(i int) float64 { return at(t, i) }); i >= 0 {
				for g := 1; g < len(slot.Snap.Groups); g++ {
					parts = append(parts, slot.Key+" "+plot.Fixed(h.cosine(i, g), 2))
				}
			}
		}
	case plot.Peaks:
		peaks := slot.Snap.Stiffness.Peaks
		if i := row(len(peaks), func(i int) float64 { return float64(peaks[i].Step) }); i >= 0 {
			parts = append(parts, plot.Number(peaks[i].Total, 2)+", bound "+plot.Number(peaks[i].Bound, 2))
		}
	}
	return parts
}
