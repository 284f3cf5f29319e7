package main

import (
	"math"
	"strings"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// Point draws what belongs to the pointer at p, in CSS pixels, over the scene
// and returns it in words; "" where there is nothing to read, or the board is
// no longer what the scene shows.
func (s *Scene) Point(p plot.Point, on bool) string {
	s.Over.Reset()
	if !on || len(s.board.Slots) == 0 || s.built != s.board.changes {
		return ""
	}
	s.pen.Mesh = &s.Over
	for i := range s.Layout.Panels {
		panel := &s.Layout.Panels[i]
		if _, ok := s.subject(panel); ok && panel.Cell.Has(p) {
			defer func() { s.corner(panel) }() // above all
		}
		if !panel.Plot.Has(p) {
			continue
		}
		u := (p.X - panel.Plot.X) / panel.Plot.W
		v := (panel.Plot.Bottom() - p.Y) / panel.Plot.H
		if rowOf(panel) >= 0 {
			return s.when(u)
		}
		switch panel.Part {
		case plot.Exact, plot.Predicted, plot.Error:
			return s.probe(u, v)
		case plot.Curve, plot.ErrorCurve:
			return s.probe(u, 0)
		case plot.Spectrum:
			return s.eigenvalueAt(panel, u)
		case plot.Modes:
			return s.modeAt(panel, u)
		case plot.ProfileU, plot.ProfileV:
			return s.centreLineAt(panel, u)
		case plot.Gradients:
			return s.density(panel, u)
		case plot.Sides:
			return s.sideAt(panel, u)
		}
	}
	return ""
}

// node returns the node nearest to u in [0, 1] on an axis, where it is on
// [0, 1], and its coordinate.
func node(a record.Axis, u float64) (i int, at, value float64) {
	n := float64(max(a.N, 2) - 1)
	k := math.Round(min(max(u, 0), 1) * n)
	return min(int(k), int(a.N)-1), k / n, a.Lo + (a.Hi-a.Lo)*k/n
}

// probe marks the node nearest to (u, v) in every field and writes its values.
func (s *Scene) probe(u, v float64) string {
	axes := s.board.Slots[0].Snap.Axes
	i, u, x := node(axes[0], u)
	where := axes[0].Name + " = " + plot.Fixed(x, 3)
	k := i
	if len(axes) == 2 {
		j, w, y := node(axes[1], v)
		k, v = j*int(axes[0].N)+i, w
		where += ", " + axes[1].Name + " = " + plot.Fixed(y, 3)
	}
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		if value, ok := s.valueAt(p, k); ok {
			s.mark(p, u, v, len(axes) == 2)
			s.pill(p, value)
		}
	}
	s.markBars(k)
	return s.moment() + where + ": " + s.values(k)
}

// moment writes the iteration that all models have come to; nothing where they
// differ.
func (s *Scene) moment() string {
	step := s.board.Slots[0].Snap.Step
	for _, slot := range s.board.Slots {
		if slot.Snap.Step != step {
			return ""
		}
	}
	return "iteration " + plot.Count(step) + ", "
}

// markBars marks on the colour bars the values at node k, in the models' colours.
func (s *Scene) markBars(k int) {
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		if p.Part != plot.ValueBar && p.Part != plot.ErrorBar {
			continue
		}
		for _, slot := range s.board.Slots {
			f := s.board.field(slot)
			if f == nil || k >= len(f.Pred) {
				continue
			}
			colour := s.theme.colour(slot.Key)
			switch c := s.companion(slot); {
			case p.Part == plot.ValueBar:
				s.markBar(p, s.ranges.Value.Unit(float64(f.Pred[k])), colour)
			case k < len(c.values) && c.size:
				s.markBar(p, c.scale.Unit(math.Abs(float64(c.values[k]))), colour)
			case k < len(c.values):
				s.markBar(p, c.scale.Unit(float64(c.values[k])), colour)
			}
		}
	}
}

// markBar points from the left at u of a colour bar, or at its end.
func (s *Scene) markBar(p *plot.Panel, u float64, c plot.Colour) {
	if u != u {
		return
	}
	x, y := p.Plot.X, p.Plot.Bottom()-min(max(u, 0), 1)*p.Plot.H
	s.pen.Triangle(plot.Point{X: x, Y: y}, plot.Point{X: x - 8, Y: y - 4.5}, plot.Point{X: x - 8, Y: y + 4.5}, c)
	s.pen.Across(x, p.Plot.Right(), y, c)
}

// valueAt writes what panel p shows at node k, if it shows nodes.
func (s *Scene) valueAt(p *plot.Panel, k int) (string, bool) {
	slot := s.slot(p)
	if p.Part == plot.Exact {
		slot = s.withExact()
	}
	if slot == nil {
		return "", false
	}
	f := s.board.field(slot)
	if f == nil || k >= len(f.Pred) {
		return "", false
	}
	switch p.Part {
	case plot.Predicted:
		return plot.Number(float64(f.Pred[k]), 4), true
	case plot.Exact:
		return plot.Number(float64(f.Exact[k]), 4), true
	case plot.Curve:
		text := plot.Number(float64(f.Pred[k]), 4)
		if k < len(f.Exact) {
			text += ", exact " + plot.Number(float64(f.Exact[k]), 4)
		}
		return text, true
	case plot.Error, plot.ErrorCurve:
		if c := s.companion(slot); k < len(c.values) && c.size {
			return plot.Number(math.Abs(float64(c.values[k])), 3), true
		} else if k < len(c.values) {
			return plot.Number(float64(c.values[k]), 3), true
		}
	}
	return "", false
}

// values writes the solution and every model's value and error at node k.
func (s *Scene) values(k int) string {
	var parts []string
	if slot := s.withExact(); slot != nil && k < len(s.board.field(slot).Exact) {
		parts = append(parts, "exact "+plot.Number(float64(s.board.field(slot).Exact[k]), 4))
	}
	for _, slot := range s.board.Slots {
		f := s.board.field(slot)
		if f == nil || k >= len(f.Pred) {
			continue
		}
		text := slot.Key + " "
		if s.moment() == "" {
			text += "at iteration " + plot.Count(slot.Snap.Step) + " "
		}
		text += plot.Number(float64(f.Pred[k]), 4)
		if e, _ := s.board.errorOf(slot); k < len(e) {
			text += " (error " + plot.Number(math.Abs(float64(e[k])), 2) + ")"
		}
		if r := s.board.residual(slot); r != nil && k < len(r.Values) {
			text += " (residual " + r.Name + " " + plot.Number(float64(r.Values[k]), 2) + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// mark draws a cross-hair at (u, v) of a panel, or its upright only.
func (s *Scene) mark(p *plot.Panel, u, v float64, cross bool) {
	r := p.Plot
	x, y := r.X+u*r.W, r.Bottom()-v*r.H
	halo, line := s.theme.Page.Fade(0.45), s.theme.Ink.Fade(0.8)
	if !cross {
		s.pen.Down(x, r.Y, r.Bottom(), line.Fade(0.6))
		return
	}
	for pass, c := range []plot.Colour{halo, line} {
		w := 2.5 - 1.5*float64(pass)
		arms := [][2]plot.Point{{{X: r.X, Y: y}, {X: x - 5, Y: y}}, {{X: x + 5, Y: y}, {X: r.Right(), Y: y}},
			{{X: x, Y: r.Y}, {X: x, Y: y - 5}}, {{X: x, Y: y + 5}, {X: x, Y: r.Bottom()}}}
		for _, a := range arms {
			a[0].X, a[1].X = min(max(a[0].X, r.X), r.Right()), min(max(a[1].X, r.X), r.Right())
			a[0].Y, a[1].Y = min(max(a[0].Y, r.Y), r.Bottom()), min(max(a[1].Y, r.Y), r.Bottom())
			s.pen.Curve(a[:], w, c, dashes[0])
		}
		s.pen.Ring(x, y, 4, w, c)
	}
}

// pill writes a value over the right end of the strip above a panel, in place
// of the note there.
func (s *Scene) pill(p *plot.Panel, text string) {
	style := Style{tickSize, SemiBold, s.theme.Ink}
	text = s.pen.Words(text, style, p.Plot.W)
	w := max(s.pen.Width(text, style), s.notes[p])
	r := plot.Rect{X: p.Plot.Right() - w - 6, Y: p.Plot.Y - 19, W: w + 8, H: 17}
	s.pen.Box(r, s.theme.Page)
	s.pen.Text(p.Plot.Right(), p.Plot.Y-7, text, style, End)
}

// when marks the iteration at u of the history in all its panels.
func (s *Scene) when(u float64) string {
	x := s.ranges.Steps.Value(u)
	var spoken []string
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		row := rowOf(p)
		if row < 0 {
			continue
		}
		parts := panels[row].probe(s, p, x)
		if panels[row].spoken {
			spoken = append(parts[:len(parts):len(parts)], spoken...)
		}
		s.pen.Down(p.Plot.X+u*p.Plot.W, p.Plot.Y, p.Plot.Bottom(), s.theme.Ink.Fade(0.5))
		s.pill(p, strings.Join(parts, "   "))
	}
	where := "iteration " + plot.Count(uint64(max(x, 0)+0.5))
	if s.board.timed() {
		where = plot.Number(max(x, 0), 3) + " s of training"
	}
	if len(spoken) == 0 {
		return where
	}
	return where + ": relative L² error " + strings.Join(spoken, ", ")
}

// lossesAt writes a model's losses by group near iteration x.
func (s *Scene) lossesAt(p *plot.Panel, x float64) (parts []string) {
	slot := s.slot(p)
	terms := s.board.histories(&slot.Snap, record.Loss)
	for g, group := range slot.Snap.Groups {
		v := math.NaN()
		if n, step, value := sumOf(ofGroup(terms, g)); n > 0 {
			v = value(nearest(n, step, x))
		}
		parts = append(parts, group.Name+" "+plot.Number(v, 3))
	}
	return parts
}

// lambdasAt writes all models' weights near iteration x.
func (s *Scene) lambdasAt(_ *plot.Panel, x float64) (parts []string) {
	for _, slot := range s.board.Slots {
		for _, h := range s.board.curves(slot, record.Lambda) {
			name := slot.Key
			if len(slot.Snap.Groups) > 2 {
				name += " " + h.Of
			}
			parts = append(parts, name+" "+h.spreadWords(x))
		}
	}
	return parts
}

// relL2At writes all models' errors near iteration x.
func (s *Scene) relL2At(_ *plot.Panel, x float64) (parts []string) {
	for _, slot := range s.board.Slots {
		for _, h := range s.board.curves(slot, record.RelL2) {
			parts = append(parts, slot.Key+" "+h.spreadWords(x))
		}
	}
	for _, g := range s.board.hauntedBy(nil) {
		for _, h := range s.board.histories(&g.snap, record.RelL2) {
			parts = append(parts, g.Name+" "+plot.Number(h.near(x), 3))
		}
	}
	return parts
}

// density writes the densities at u of a panel of gradients.
func (s *Scene) density(p *plot.Panel, u float64) string {
	slot := s.slot(p)
	shown, layer := s.distributionsOf(p)
	if shown == nil {
		return ""
	}
	column := min(int(u*densityColumns), densityColumns-1)
	g := s.ranges.Grad[p.Model].Value((float64(column) + 0.5) / densityColumns)
	s.pen.Down(p.Plot.X+u*p.Plot.W, p.Plot.Y, p.Plot.Bottom(), s.theme.Ink.Fade(0.5))
	parts := make([]string, 0, 3)
	for k, group := range slot.Snap.Groups {
		parts = append(parts, group.Name+" "+plot.Number(shown[k].on(s.ranges.Grad[p.Model])[column], 3))
	}
	where := "g = " + plot.Number(g, 3)
	s.pill(p, where)
	text := slot.Key + " at iteration " + plot.Count(slot.Snap.Step) + ", " + layer + ", density at " + where + ": " + strings.Join(parts, ", ")
	if i := layerIndex(slot, layer); i >= 0 {
		for k, z := range slot.Snap.Layers[i].Size {
			text += "; " + slot.Snap.Groups[k].Name + " max " + plot.Number(z.Max, 3) + ", mean " + plot.Number(z.Mean, 3) + ", norm " + plot.Number(z.Norm, 3)
			if k > 0 {
				text += ", cosine to the residual " + plot.Fixed(z.Cosine, 2)
			}
		}
	}
	return text
}
