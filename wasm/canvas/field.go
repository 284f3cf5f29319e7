package main

import (
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// Picture is a raster and where it goes. Version changes with its pixels.
type Picture struct {
	Place   plot.Rect // CSS pixels
	W, H    int
	Pix     []byte
	Version int

	raster plot.Raster
	made   recipe
	shown  []float32 // a solution's values; empty for other fields
}

// recipe is all that a picture's pixels depend on.
type recipe struct {
	version, field int    // field is complemented for its companion ...
	shown          string // ... which is this
	scale          plot.Scale
	colours        *plot.Map
	gap            plot.Colour
	w, h           int
}

// largestRaster bounds the sides of a raster: beyond twice the plot grid the
// graphics card's own interpolation shows the same.
const largestRaster = 240

// field draws a field of two coordinates: the solution, a prediction or an
// error.
func (s *Scene) field(p *plot.Panel) {
	slot := s.slot(p)
	if slot == nil {
		slot = s.withExact()
	}
	if slot == nil || s.board.field(slot) == nil || len(slot.Snap.Axes) != 2 {
		s.skeleton(p)
		return
	}
	f := s.board.field(slot)
	values, scale, colours := f.Pred, s.ranges.Value, s.ranges.ValueMap
	left, right := wordings{"predicted " + f.Name, f.Name, ""}, s.clipping(f.Pred)
	switch p.Part {
	case plot.Exact:
		values, left, right = f.Exact, wordings{"exact " + f.Name}, nil
	case plot.Error:
		c := s.companion(slot)
		values, scale, colours = c.values, c.scale, c.colours
		left, right = c.name, wordings{"max " + plot.Number(c.worst, 3)}
	}
	if len(values) == 0 {
		s.pen.Box(p.Plot, s.theme.Grid.Fade(0.5))
		s.caption(p, left)
		s.pen.Text(p.Plot.X+p.Plot.W/2, p.Plot.Y+p.Plot.H/2, "no solution known", s.label(), Middle)
		return
	}
	s.picture(p, slot, values, scale, colours)
	if p.Part != plot.Error && f.Name == "speed" {
		s.streamlines(p, slot)
	}
	if s.board.View.Points && p.Part != plot.Exact {
		s.points(p, slot)
	}
	s.caption(p, left, right...)
	s.fieldAxes(p, slot.Snap.Axes)
}

// clipping says, at length and in short, how far values reach beyond the
// colours; nothing where they do not.
func (s *Scene) clipping(values []float32) wordings {
	lo, hi := extent(values)
	over, under := s.ranges.beyond(lo, hi)
	a, b := plot.Number(lo, 3), plot.Number(hi, 3)
	switch {
	case over && under:
		return wordings{"clipped: " + a + " to " + b, "clipped"}
	case over:
		return wordings{"clipped: up to " + b, "clipped: " + b, "clipped"}
	case under:
		return wordings{"clipped: down to " + a, "clipped: " + a, "clipped"}
	}
	return nil
}

// points draws the collocation points of the latest step over a field, those of
// the residual small, the conditions' larger in their groups' colours.
func (s *Scene) points(p *plot.Panel, slot *Slot) {
	a, r := slot.Snap.Axes, p.Plot
	for i := range slot.Snap.Clouds {
		c := &slot.Snap.Clouds[i]
		size, colour := 2.0, s.theme.Page.Fade(0.85)
		if c.Group > 0 {
			size, colour = 3, s.theme.Groups[min(int(c.Group), 2)]
		}
		for k := 0; k+1 < len(c.At); k += 2 {
			x := r.X + (float64(c.At[k])-a[0].Lo)/(a[0].Hi-a[0].Lo)*r.W
			y := r.Bottom() - (float64(c.At[k+1])-a[1].Lo)/(a[1].Hi-a[1].Lo)*r.H
			if c.Group == 0 {
				s.pen.Box(plot.Rect{X: x - size/2 - 0.5, Y: y - size/2 - 0.5, W: size + 1, H: size + 1}, s.theme.Ink.Fade(0.5))
			}
			s.pen.Box(plot.Rect{X: x - size/2, Y: y - size/2, W: size, H: size}, colour)
		}
	}
}

// withExact returns a slot whose field has a solution, or nil.
func (s *Scene) withExact() *Slot {
	for _, slot := range s.board.Slots {
		if f := s.board.field(slot); f != nil && len(f.Exact) > 0 {
			return slot
		}
	}
	return nil
}

// picture draws values into a raster, unless the raster has them already.
func (s *Scene) picture(p *plot.Panel, slot *Slot, values []float32, scale plot.Scale, colours *plot.Map) {
	if s.Used == len(s.Pictures) {
		s.Pictures = append(s.Pictures, Picture{})
	}
	pic := &s.Pictures[s.Used]
	s.Used++
	pic.Place = p.Plot
	r := recipe{slot.Version, s.board.fieldIndex(slot), "", scale, colours, s.theme.Gap,
		min(int(s.pen.snap(p.Plot.W)), largestRaster), min(int(s.pen.snap(p.Plot.H)), largestRaster)}
	if p.Part == plot.Error {
		r.field, r.shown = ^r.field, s.board.View.Shown
	}
	if p.Part == plot.Exact {
		r.version = 0 // it comes with every Snapshot and is mostly the same
	}
	if pic.made == r && (p.Part != plot.Exact || slices.Equal(values, pic.shown)) {
		return
	}
	pic.made, pic.shown = r, pic.shown[:0]
	if p.Part == plot.Exact {
		pic.shown = append(pic.shown, values...)
	}
	pic.W, pic.H = r.w, r.h
	if need := 4 * r.w * r.h; cap(pic.Pix) < need {
		pic.Pix = make([]byte, need)
	}
	pic.Pix = pic.Pix[:4*r.w*r.h]
	pic.raster.Map, pic.raster.Scale, pic.raster.Gap, pic.raster.Blur = colours, scale, s.theme.Gap, true
	pic.raster.Size = p.Part == plot.Error && s.companion(slot).size
	a := slot.Snap.Axes
	pic.raster.Draw(pic.Pix, r.w, r.h, values, int(a[0].N), int(a[1].N))
	pic.Version++
}

// fieldAxes draws the sides of a field with ticks at its ends and middle,
// and the names of the coordinates in between.
func (s *Scene) fieldAxes(p *plot.Panel, axes []record.Axis) {
	r := p.Plot
	x := plot.Scale{Lo: axes[0].Lo, Hi: axes[0].Hi}
	y := plot.Scale{Lo: axes[1].Lo, Hi: axes[1].Hi}
	for _, u := range []float64{0, 0.5, 1} {
		at := r.X + u*r.W
		s.pen.Down(at, r.Bottom(), r.Bottom()+4, s.theme.Axis)
		s.pen.Text(at, r.Bottom()+16, plot.Short(x.Value(u), 3), s.tick(), within(u))
		at = r.Bottom() - u*r.H
		s.pen.Across(r.X-4, r.X, at, s.theme.Axis)
		s.pen.Text(r.X-7, at+4, plot.Short(y.Value(u), 3), s.tick(), End)
	}
	name := Style{textSize, Regular, s.theme.Ink}
	s.pen.Text(r.X+r.W*0.75, r.Bottom()+17, axes[0].Name, name, Middle)
	s.pen.Text(r.X-9, r.Y+r.H*0.25+4, axes[1].Name, name, End)
}

// within aligns the label at u of an axis so that it stays within its ends.
func within(u float64) Align {
	switch {
	case u < 0.03:
		return Start
	case u > 0.97:
		return End
	}
	return Middle
}

// bar draws a colour bar with ticks.
func (s *Scene) bar(p *plot.Panel, scale plot.Scale, colours *plot.Map) {
	if p.Part == plot.ErrorBar && s.withExact() == nil && s.board.residual(s.board.Slots[0]) == nil {
		return
	}
	r := p.Plot
	n := max(1, min(256, int(r.H*s.pen.Scale)))
	for i := range n {
		y := r.Y + float64(i)/float64(n)*r.H // snapped as the next one's end is
		s.pen.Box(plot.Rect{X: r.X, Y: y, W: r.W, H: r.Y + float64(i+1)/float64(n)*r.H - y},
			colours.At(1-(float64(i)+0.5)/float64(n)))
	}
	for _, t := range scale.Ticks(int(max(2, min(6, r.H/28)))) {
		y := r.Bottom() - scale.Unit(t.Value)*r.H
		s.pen.Across(r.Right(), r.Right()+4, y, s.theme.Axis)
		s.pen.Text(r.Right()+7, y+4, t.Label, s.tick(), Start)
	}
	if p.Part == plot.ValueBar {
		if s.ranges.Over {
			s.beyondBar(r, r.Y, 1, colours.At(1))
		}
		if s.ranges.Under {
			s.beyondBar(r, r.Bottom(), -1, colours.At(0))
		}
	}
	s.pen.Text(r.Right()+7, r.Y-7, s.barName(p), s.tick(), Start)
}

// beyondBar ends a colour bar in an arrow: there are values beyond.
func (s *Scene) beyondBar(r plot.Rect, edge, sign float64, c plot.Colour) {
	s.pen.Triangle(plot.Point{X: r.X + r.W/2, Y: edge - 9*sign}, plot.Point{X: r.X, Y: edge}, plot.Point{X: r.Right(), Y: edge}, c)
}

// barName says what the colours of a bar are of.
func (s *Scene) barName(p *plot.Panel) string {
	if p.Part == plot.ErrorBar {
		switch r := s.board.residual(s.board.Slots[0]); {
		case r == nil:
			return "error"
		case s.board.View.LinearErr:
			return r.Name
		default:
			return "|" + r.Name + "|"
		}
	}
	if f := s.board.field(s.board.Slots[0]); f != nil {
		return f.Name
	}
	return ""
}
