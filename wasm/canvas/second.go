package main

import (
	"math"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// sidesShown is the View.Shown of the conditions along the sides.
const sidesShown = "sides"

// residual returns the residual that is to be shown in the error's place; nil
// where it is the error, or the slot has no such residual.
func (b *Board) residual(s *Slot) *record.Residual {
	for i := range s.Snap.Residuals {
		if r := &s.Snap.Residuals[i]; r.Name == b.View.Shown {
			return r
		}
	}
	return nil
}

// A companion is what is drawn beside a slot's field, on the same nodes: its
// error, or a residual.
type companion struct {
	values  []float32
	worst   float64 // the greatest size
	scale   plot.Scale
	colours *plot.Map
	size    bool // only the size is shown
	name    wordings
}

// companion returns what belongs beside the field of a slot.
func (s *Scene) companion(slot *Slot) companion {
	if r := s.board.residual(slot); r != nil {
		c := companion{values: r.Values, worst: largest(r.Values), scale: s.ranges.Residual, colours: s.theme.Error, size: true,
			name: wordings{"residual " + r.Name, r.Name}}
		if s.board.View.LinearErr {
			c.colours, c.size = s.theme.Signed, false
		}
		return c
	}
	values, worst := s.board.errorOf(slot)
	return companion{values, worst, s.ranges.Err, s.theme.Error, true, wordings{"absolute error", "error"}}
}

// largest returns the greatest size among values; NaN wins.
func largest(values []float32) float64 {
	top := 0.0
	for _, v := range values {
		top = max(top, math.Abs(float64(v)))
	}
	return top
}

// residuals sets the scales of the residual: sizes in decades, or signed values
// about zero; and of the conditions along the sides.
func (r *Ranges) residuals(b *Board) {
	worst := 0.0
	var sides span
	for _, s := range b.Slots {
		if d := b.residual(s); d != nil {
			if w := largest(d.Values); w > worst && !math.IsInf(w, 0) {
				worst = w
			}
		}
		for _, d := range s.Snap.Sides {
			for _, v := range d.Values {
				sides.add(float64(v))
			}
		}
	}
	sides.lo = max(sides.lo, sides.hi*math.Pow(10, -errDecades))
	r.Side = sides.decades()
	if worst == 0 {
		worst = 1
	}
	if b.View.LinearErr {
		top := plot.Up(worst)
		if r.Residual.Kind == plot.Linear {
			top = steady(r.Residual.Hi, top, 3)
		}
		r.Residual = plot.Scale{Lo: -top, Hi: top}
		return
	}
	top := plot.DecadeUp(worst)
	if r.Residual.Kind == plot.Log {
		top = steady(r.Residual.Hi, top, 12)
	}
	r.Residual = plot.Scale{Kind: plot.Log, Lo: top * math.Pow(10, -errDecades), Hi: top}
}

// sides draws a model's conditions along the sides of the domain, one side
// after the other: each condition's residual, which is the error where the
// condition prescribes the solution.
func (s *Scene) sides(p *plot.Panel) {
	slot := s.slot(p)
	sides := slot.Snap.Sides
	y := s.ranges.Side
	s.frame(p, plot.Scale{Hi: 1}, y, nil, "")
	worst := 0.0
	for _, d := range sides {
		worst = max(worst, largest(d.Values))
	}
	s.caption(p, wordings{"conditions along the sides", "along the sides", "sides"}, "max "+plot.Number(worst, 3))
	wide := p.Plot.W / float64(max(len(sides), 1))
	names := s.sideNames(slot, wide-4)
	for i, d := range sides {
		at := plot.Panel{Part: p.Part, Model: p.Model, Plot: plot.Rect{X: p.Plot.X + float64(i)*wide, Y: p.Plot.Y, W: wide, H: p.Plot.H}}
		if i > 0 {
			s.pen.Down(at.Plot.X, at.Plot.Y, at.Plot.Bottom(), s.theme.Axis)
		}
		colour := s.theme.colour(slot.Key)
		if len(d.Values) == 1 { // a point: a bar
			u := min(max(y.Unit(float64(d.Values[0])), 0), 1)
			s.pen.Box(plot.Rect{X: at.Plot.X + wide/2 - 6, Y: at.Plot.Bottom() - u*at.Plot.H, W: 12, H: u * at.Plot.H}, colour)
		} else {
			s.along(&at, plot.Scale{Hi: 1}, y, d.Values, 1.75, colour, dashes[0])
		}
		s.pen.Text(at.Plot.X+wide/2, at.Plot.Bottom()+16, names[i], s.tick(), Middle)
	}
}

// sideNames names the sides alike, as fully as each has room for.
func (s *Scene) sideNames(slot *Slot, room float64) []string {
	sides := slot.Snap.Sides
	for _, name := range []func(d *record.Side, at string) string{
		func(d *record.Side, at string) string { return d.Name + ", " + at },
		func(_ *record.Side, at string) string { return at },
		func(d *record.Side, _ string) string { return d.Name },
	} {
		var names []string
		for i := range sides {
			d := &sides[i]
			text := name(d, slot.Snap.Axes[d.Face].Name+" = "+plot.Short(d.At, 3))
			if s.pen.Width(text, s.tick()) <= room {
				names = append(names, text)
			}
		}
		if len(names) == len(sides) {
			return names
		}
	}
	return make([]string, len(sides)) // no room for any
}

// sideAt writes the conditions at u of a panel of sides.
func (s *Scene) sideAt(p *plot.Panel, u float64) string {
	slot := s.slot(p)
	n := len(slot.Snap.Sides)
	if n == 0 {
		return ""
	}
	i := min(int(u*float64(n)), n-1)
	d := &slot.Snap.Sides[i]
	axes := slot.Snap.Axes
	where := axes[d.Face].Name + " = " + plot.Short(d.At, 3)
	k, at := 0, 0.5
	if len(d.Values) > 1 {
		var value float64
		along := axes[1-d.Face]
		k, at, value = node(along, u*float64(n)-float64(i))
		where += ", " + along.Name + " = " + plot.Fixed(value, 3)
	}
	s.pen.Down(p.Plot.X+(float64(i)+at)/float64(n)*p.Plot.W, p.Plot.Y, p.Plot.Bottom(), s.theme.Ink.Fade(0.5))
	text := plot.Number(float64(d.Values[min(k, len(d.Values)-1)]), 3)
	s.pill(p, text)
	return slot.Key + " at iteration " + plot.Count(slot.Snap.Step) + ", condition " + d.Name + " at " + where + ": off by " + text
}
