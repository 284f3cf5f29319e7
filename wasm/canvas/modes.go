package main

import (
	"math"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

const (
	modeDecades  = 16   // of the loss that are shown at the most
	kappaDecades = 12   // of the eigenvalues
	modeBand     = 0.25 // decades that a point of the curve through modes is the mean of, either way
)

// modes sets the scales of the tangent kernel's modes.
func (r *Ranges) modes(b *Board) {
	var kappa, squares span
	for _, s := range b.Slots {
		m := &s.Snap.Stiffness.Modes
		for i := range m.Kappa {
			kappa.add(float64(m.Kappa[i]))
			squares.add(float64(m.Start[i]))
			squares.add(float64(m.Now[i]))
		}
	}
	kappa.lo = max(kappa.lo, kappa.hi*math.Pow(10, -kappaDecades))
	squares.lo = max(squares.lo, squares.hi*math.Pow(10, -modeDecades))
	r.Kappa, r.Squares = kappa.decades(), squares.decades()
}

// modes draws how a model's loss is spread over the modes of the tangent kernel,
// from the slow to the fast ones: a dot for each, a curve through them, and one
// through what they were at the start. Where the curves meet, training has moved
// nothing.
func (s *Scene) modes(p *plot.Panel) {
	slot := s.slot(p)
	m := &slot.Snap.Stiffness.Modes
	x, y := s.ranges.Kappa, s.ranges.Squares
	s.frame(p, x, y, across(p.Plot, x), "eigenvalue κ")
	if len(m.Kappa) == 0 {
		s.modelCaption(p, "", "loss in each mode")
		s.pen.Text(p.Plot.X+p.Plot.W/2, p.Plot.Y+p.Plot.H/2, "not measured", s.label(), Middle)
		return
	}
	middle := plot.Number(halfBelow(m), 2)
	at := "iteration " + plot.Count(m.At)
	s.modelCaption(p, at, "loss in each mode, half of it below κ = "+middle+", "+at)
	s.modeCurve(p, m, m.Start, 1.5, s.theme.Muted, dashes[1])
	for i := range m.Kappa {
		if at := place(p.Plot, x, y, float64(m.Kappa[i]), float64(m.Now[i])); at.X >= p.Plot.X && at.X <= p.Plot.Right() && at.Y == at.Y {
			s.pen.Dot(at.X, at.Y, 2, s.modeColour(m.Conditions[i]).Fade(0.6))
		}
	}
	s.modeCurve(p, m, m.Now, 1.75, s.theme.Ink, dashes[0])
}

// modeColour is that of the group in which the greater part of a mode is.
func (s *Scene) modeColour(conditions float32) plot.Colour {
	g := 0
	if conditions > 0.5 {
		g = 1
	}
	colour, _ := s.theme.group(g)
	return colour
}

// modeCurve draws the geometric mean of what modes of about the same eigenvalue
// have.
func (s *Scene) modeCurve(p *plot.Panel, m *record.Modes, squares []float32, width float64, c plot.Colour, dash [2]float64) {
	x, y := s.ranges.Kappa, s.ranges.Squares
	s.curve = s.curve[:0]
	for at := math.Log10(x.Lo); at <= math.Log10(x.Hi); at += modeBand {
		sum, n := 0.0, 0
		for i, k := range m.Kappa {
			if v := float64(squares[i]); v > 0 && math.Abs(math.Log10(float64(k))-at) <= modeBand {
				sum += math.Log(max(v, y.Lo))
				n++
			}
		}
		if n > 0 {
			s.curve = append(s.curve, place(p.Plot, x, y, math.Pow(10, at), math.Exp(sum/float64(n))))
		}
	}
	s.pen.Curve(s.curve, width, c, dash)
}

// halfBelow returns the eigenvalue below which half of the loss is.
func halfBelow(m *record.Modes) float64 {
	sum, part := 0.0, 0.0
	for _, v := range m.Now {
		sum += float64(v)
	}
	for i := len(m.Now) - 1; i >= 0; i-- {
		if part += float64(m.Now[i]); part >= sum/2 {
			return float64(m.Kappa[i])
		}
	}
	return math.NaN()
}

// modeEntries says what the dots and curves are.
func (s *Scene) modeEntries() []entry {
	residual, conditions := s.modeColour(0), s.modeColour(1)
	return []entry{
		{name: "mostly residual", sample: dot, colour: residual}, {name: "mostly conditions", sample: dot, colour: conditions},
		{name: "at the start", colour: s.theme.Muted, width: 1.5, dash: dashes[1]}, {name: "now", colour: s.theme.Ink, width: 1.75},
	}
}

// modeAt marks the mode nearest to u and writes its values.
func (s *Scene) modeAt(p *plot.Panel, u float64) string {
	slot := s.slot(p)
	m := &slot.Snap.Stiffness.Modes
	x := s.ranges.Kappa
	i := nearest(len(m.Kappa), func(i int) float64 { return x.Unit(float64(m.Kappa[i])) }, u)
	if i < 0 {
		return ""
	}
	kappa, now := float64(m.Kappa[i]), float64(m.Now[i])
	at := place(p.Plot, x, s.ranges.Squares, kappa, now)
	if at.Y == at.Y {
		s.pen.Ring(at.X, at.Y, 4, 1.5, s.modeColour(m.Conditions[i]))
	}
	s.pill(p, plot.Number(now, 2)+" of "+plot.Number(float64(m.Start[i]), 2))
	return slot.Key + " at iteration " + plot.Count(m.At) + ", eigenvalue " + plot.Number(kappa, 3) +
		": loss " + plot.Number(now, 3) + ", at the start " + plot.Number(float64(m.Start[i]), 3) +
		", " + plot.Fixed(100*float64(m.Conditions[i]), 0) + " % conditions"
}
