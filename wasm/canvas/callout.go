package main

import (
	"math"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// Where call-outs speak up: a boundary is missed where the error on it is this
// part of the solution's size, and so many times that of whoever does best; and
// gradients say why where the residual's largest entry is so many times the
// conditions' mean one.
const (
	missed   = 0.1
	farAbove = 3
	uneven   = 20
)

// callouts says on the pictures what is to be seen, where it is: the boundary
// that a model misses and another does not, and its gradients.
func (s *Scene) callouts() {
	misses := s.missing()
	if misses == nil {
		return
	}
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		slot := s.slot(p)
		if slot != misses {
			continue
		}
		r := p.Plot
		switch p.Part {
		case plot.Predicted:
			_, u, v := s.boundary(slot)
			at := plot.Point{X: r.X + u*r.W, Y: r.Bottom() - v*r.H}
			s.callout(at, plot.Point{X: r.X + r.W/2, Y: r.Y + r.H/2}, "the boundary", "that "+slot.Key+" misses")
		case plot.Gradients:
			if at, ok := s.spikeAt(p, slot); ok {
				s.callout(at, plot.Point{X: r.X + 0.76*r.W, Y: r.Y + 0.3*r.H}, "the gradients", "that say why")
			}
		}
	}
}

// callout writes two lines about the point middle, with a line that leads to
// what they are about.
func (s *Scene) callout(about, middle plot.Point, first, second string) {
	style := Style{textSize, SemiBold, s.theme.Ink}
	w := max(s.pen.Width(first, style), s.pen.Width(second, style)) + 12
	box := plot.Rect{X: middle.X - w/2, Y: middle.Y - 19, W: w, H: 38}
	s.pen.stroke([]plot.Point{middle, about}, 3.5, s.theme.Page.Fade(0.8))
	s.pen.stroke([]plot.Point{middle, about}, 1.5, s.theme.Ink)
	s.pen.Dot(about.X, about.Y, 5, s.theme.Page)
	s.pen.Dot(about.X, about.Y, 3.5, s.theme.Ink)
	s.pen.Box(box.Inset(-1), s.theme.Ink)
	s.pen.Box(box, s.theme.Page)
	s.pen.Text(middle.X, middle.Y-4, first, style, Middle)
	s.pen.Text(middle.X, middle.Y+11, second, style, Middle)
}

// missing returns the first slot that misses the boundary, far beyond the one
// that does best; nil if all are much alike, or none has taken a step.
func (s *Scene) missing() *Slot {
	best := math.Inf(1)
	for _, slot := range s.board.Slots {
		if worst, _, _ := s.boundary(slot); worst < best {
			best = worst
		}
	}
	for _, slot := range s.board.Slots {
		worst, _, _ := s.boundary(slot)
		alone := len(s.board.Slots) == 1
		if slot.Snap.Step > 0 && worst > missed && (alone || worst > farAbove*best) {
			return slot
		}
	}
	return nil
}

// boundary returns the largest error on the sides with a condition, as a part of
// the solution's size, and where it is, as parts of the axes; NaN without any.
func (s *Scene) boundary(slot *Slot) (worst, u, v float64) {
	errors, _ := s.board.errorOf(slot)
	if errors == nil || len(slot.Snap.Axes) != 2 {
		return math.NaN(), 0, 0
	}
	nx, ny := int(slot.Snap.Axes[0].N), int(slot.Snap.Axes[1].N)
	held := facesHeld(&slot.Snap)
	for j := range ny {
		for i := range nx {
			on := i == 0 && held[0][0] || i == nx-1 && held[0][1] || j == 0 && held[1][0] || j == ny-1 && held[1][1]
			if e := math.Abs(float64(errors[j*nx+i])); on && e > worst {
				worst, u, v = e, float64(i)/float64(nx-1), float64(j)/float64(ny-1)
			}
		}
	}
	return worst / largest(s.board.field(slot).Exact), u, v
}

// facesHeld tells which faces, by coordinate and end, have a condition: where
// all points of a set are.
func facesHeld(s *record.Snapshot) (held [2][2]bool) {
	d := len(s.Axes)
	for _, c := range s.Clouds {
		for j, a := range s.Axes {
			for end, face := range []float64{a.Lo, a.Hi} {
				all := c.Group > 0 && len(c.At) > 0
				for k := j; k < len(c.At); k += d {
					all = all && c.At[k] == float32(face)
				}
				held[j][end] = held[j][end] || all
			}
		}
	}
	return held
}

// spikeAt returns the top of the conditions' density in p; ok is false where
// the gradients are of about one size.
func (s *Scene) spikeAt(p *plot.Panel, slot *Slot) (at plot.Point, ok bool) {
	shown, _ := s.distributionsOf(p)
	if p.Index != plot.Pooled || len(shown) < 2 || shown[1].Total == 0 || !(s.ratio(slot, 1) > uneven) {
		return at, false
	}
	grad, density := s.ranges.Grad[p.Model], s.ranges.Density[p.Model]
	top, column := 0.0, 0
	for i, v := range shown[1].on(grad) {
		if v > top {
			top, column = v, i
		}
	}
	at = place(p.Plot, grad, density, 0, top)
	at.X = p.Plot.X + (float64(column)+0.5)/densityColumns*p.Plot.W
	return at, true
}
