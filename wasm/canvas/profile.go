package main

import (
	"math"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// centreLines reports whether a Snapshot is of a flow in a square, whose
// velocities on the centre lines are what the literature prints.
func centreLines(s *record.Snapshot) bool {
	return len(s.Axes) == 2 && fieldNamed(s, "u") >= 0 && fieldNamed(s, "v") >= 0
}

// velocity returns the component of a name, or nil.
func velocity(s *record.Snapshot, name string) *record.Field {
	if i := fieldNamed(s, name); i >= 0 {
		return &s.Fields[i]
	}
	return nil
}

// onCentre fills dst with a field on the centre line across the given axis:
// u on x = 1/2 by y, or v on y = 1/2 by x. With an even number of nodes it lies
// between two of them.
func onCentre(dst []float32, values []float32, axes []record.Axis, across int) []float32 {
	nx, ny := int(axes[0].N), int(axes[1].N)
	n, along, step := nx, ny, nx
	if across == 1 {
		n, along, step = ny, nx, 1
	}
	next := nx // from the line to the one beside it
	if across == 0 {
		next = 1
	}
	dst = dst[:0]
	for i := range along {
		at := i*step + (n-1)/2*next
		v := values[at]
		if n%2 == 0 {
			v = (v + values[at+next]) / 2
		}
		dst = append(dst, v)
	}
	return dst
}

// lines sets the scales of the velocities on the centre lines.
func (r *Ranges) lines(b *Board) {
	for k, name := range []string{"u", "v"} {
		lo, hi := 0.0, 0.0
		for _, s := range b.Slots {
			f := velocity(&s.Snap, name)
			if f == nil || len(s.Snap.Axes) != 2 {
				continue
			}
			for _, values := range [][]float32{f.Pred, f.Exact} {
				if len(values) == 0 {
					continue
				}
				for _, v := range onCentre(nil, values, s.Snap.Axes, k) {
					if x := float64(v); math.Abs(x) < 4 { // beyond, a prediction would squeeze the rest
						lo, hi = min(lo, x), max(hi, x)
					}
				}
			}
		}
		pad := 0.06 * max(hi-lo, 0.1)
		r.Line[k] = plot.Scale{Lo: lo - pad, Hi: hi + pad}
	}
}

// centreLine draws a component of the velocity on its centre line, of all
// models, with the converged solution and what has been published.
func (s *Scene) centreLine(p *plot.Panel) {
	across, name := 0, "u"
	if p.Part == plot.ProfileV {
		across, name = 1, "v"
	}
	snap := &s.board.Slots[0].Snap
	along := snap.Axes[1-across]
	x, y := plot.Scale{Lo: along.Lo, Hi: along.Hi}, s.ranges.Line[across]
	s.frame(p, x, y, x.Ticks(int(max(2, p.Plot.W/56))), along.Name)
	s.caption(p, wordings{name + " at " + snap.Axes[across].Name + " = " + plot.Short((snap.Axes[across].Lo+snap.Axes[across].Hi)/2, 2), name})
	if f := velocity(snap, name); f != nil && len(f.Exact) > 0 {
		s.sizes = onCentre(s.sizes, f.Exact, snap.Axes, across)
		s.along(p, x, y, s.sizes, 3, s.theme.Ink.Fade(0.25), dashes[0])
	}
	for _, slot := range s.board.Slots {
		if f := velocity(&slot.Snap, name); f != nil {
			s.sizes = onCentre(s.sizes, f.Pred, slot.Snap.Axes, across)
			s.along(p, x, y, s.sizes, 1.5, s.theme.colour(slot.Key), dashes[0])
		}
	}
	for _, m := range s.board.View.Marks {
		pairs := m.U
		if across == 1 {
			pairs = m.V
		}
		for _, q := range pairs {
			at := place(p.Plot, x, y, q[0], q[1])
			s.pen.Ring(at.X, at.Y, 2.5, 1, s.theme.Ink)
		}
	}
}

// centreLineAt writes all models' velocities at u of a centre line.
func (s *Scene) centreLineAt(p *plot.Panel, u float64) string {
	across, name := 0, "u"
	if p.Part == plot.ProfileV {
		across, name = 1, "v"
	}
	i, at, value := node(s.board.Slots[0].Snap.Axes[1-across], u)
	s.pen.Down(p.Plot.X+at*p.Plot.W, p.Plot.Y, p.Plot.Bottom(), s.theme.Ink.Fade(0.5))
	text := s.moment() + s.board.Slots[0].Snap.Axes[1-across].Name + " = " + plot.Fixed(value, 3)
	for k, slot := range s.board.Slots {
		f := velocity(&slot.Snap, name)
		if f == nil {
			continue
		}
		if k == 0 && len(f.Exact) > 0 {
			s.sizes = onCentre(s.sizes, f.Exact, slot.Snap.Axes, across)
			text += ": converged " + plot.Number(float64(s.sizes[i]), 4)
		}
		s.sizes = onCentre(s.sizes, f.Pred, slot.Snap.Axes, across)
		text += ", " + slot.Key + " " + plot.Number(float64(s.sizes[i]), 4)
	}
	return text
}
