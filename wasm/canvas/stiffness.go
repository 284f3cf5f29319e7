package main

import (
	"math"
	"strings"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// peakScale is that of the eigenvalues over the iterations, and of their bound.
func peakScale(b *Board) plot.Scale {
	var all span
	for _, s := range b.Slots {
		for _, p := range s.Snap.Stiffness.Peaks {
			for _, v := range []float64{p.Total, p.Residual, p.Conditions, p.Bound} {
				all.add(v)
			}
		}
	}
	return all.decades()
}

// peaksAt writes a model's largest eigenvalue near iteration x.
func (s *Scene) peaksAt(p *plot.Panel, x float64) []string {
	t := s.slot(p).Snap.Stiffness.Peaks
	i := nearest(len(t), func(i int) float64 { return float64(t[i].Step) }, x)
	if i < 0 {
		return nil
	}
	return []string{plot.Number(t[i].Total, 2) + ", bound " + plot.Number(t[i].Bound, 2)}
}

// stiffness sets the scales of the spectral densities.
func (r *Ranges) stiffness(b *Board) {
	largest, lowest := 0.0, 0.0
	for _, s := range b.Slots {
		for _, d := range s.Snap.Stiffness.Densities {
			for _, v := range d.Values {
				if !math.IsInf(v, 0) {
					largest, lowest = max(largest, v), min(lowest, v)
				}
			}
		}
	}
	top := plot.DecadeUp(max(largest, -lowest))
	zone := top * 1e-6 // eigenvalues below are drawn about zero
	r.Eigen = plot.Scale{Kind: plot.SymLog, Lo: -max(plot.DecadeUp(-lowest), 10*zone), Hi: top, Threshold: zone}
	r.Mass = plot.Scale{Kind: plot.Log, Lo: 1e-5, Hi: 10}
}

// measuring says in words how the measurement of the curvature stands.
func (s *Scene) measuring(p *plot.Panel) {
	t := &s.board.Slots[0].Snap.Stiffness
	text := "Off. Give it a share of the time to follow how sharp the loss is while the networks train."
	switch {
	case t.Budget > 0 && len(t.Peaks) == 0:
		text = "Measuring: the first value takes some Hessian-vector products."
	case t.Budget > 0:
		text = "Exact Hessian-vector products and Lanczos’ method, over " + subsetWords(t.Subset) + ", in " +
			plot.Fixed(100*t.Share, 0) + " % of the time (budget " + plot.Fixed(100*t.Budget, 0) + " %)."
	case len(t.Peaks) > 0:
		text = "Off now. The values are over " + subsetWords(t.Subset) + "."
	}
	if t.Pending > 0 {
		text += " The measurement under way is at " + plot.Fixed(100*t.Pending, 0) + " %."
	}
	s.wrap(text, p.Plot.X, p.Plot.Y+12, p.Plot.W)
}

func subsetWords(subset string) string {
	switch subset {
	case "trunk":
		return "the trunk’s weight matrices, as in the paper"
	case "weights":
		return "all weight matrices"
	}
	return "all parameters"
}

// peaks draws a model's largest eigenvalues over the iterations, of the total
// loss, the residual and the conditions, and 2/η: above it gradient descent
// would be unstable.
func (s *Scene) peaks(p *plot.Panel) {
	slot := s.slot(p)
	t := slot.Snap.Stiffness.Peaks
	now := "largest eigenvalue"
	if n := len(t); n > 0 && t[n-1].Total == t[n-1].Total {
		now = plot.Number(t[n-1].Total, 3) + " = " + plot.Number(t[n-1].Total/t[n-1].Bound, 3) + " × bound"
	}
	s.modelCaption(p, now, "largest eigenvalue "+strings.TrimPrefix(now, "largest eigenvalue")+"; above the bound gradient descent is unstable")
	step := func(i int) float64 { return float64(t[i].Step) }
	if len(t) == 0 {
		text := "not measured"
		if slot.Snap.Stiffness.Budget > 0 {
			text = "measuring …"
		}
		s.pen.Text(p.Plot.X+p.Plot.W/2, p.Plot.Y+p.Plot.H/2, text, s.label(), Middle)
		return
	}
	// The bound belongs to each step; what lies above it is shaded.
	s.curve = s.curve[:0]
	for i := range t {
		s.curve = append(s.curve, place(p.Plot, s.ranges.Steps, s.scaleOf(p), step(i), t[i].Bound))
	}
	s.pen.Area(s.curve, p.Plot.Y, s.theme.Alarm.Fade(0.07))
	s.pen.Curve(s.curve, 1.25, s.theme.Muted, dashes[1])
	conditions, _ := s.theme.group(1)
	residual, _ := s.theme.group(0)
	s.trace(p, len(t), step, func(i int) float64 { return t[i].Conditions }, 1.5, conditions, dashes[0])
	s.trace(p, len(t), step, func(i int) float64 { return t[i].Total }, 3, s.theme.Ink.Fade(0.35), dashes[0])
	s.trace(p, len(t), step, func(i int) float64 { return t[i].Residual }, 1.5, residual, dashes[0])
	last := t[len(t)-1]
	q := place(p.Plot, s.ranges.Steps, s.scaleOf(p), step(len(t)-1), last.Total)
	if q.Y == q.Y {
		s.pen.Dot(q.X, q.Y, 2.5, s.theme.Ink)
	}
}

// gauge draws how far a measurement is, with words above.
func (s *Scene) gauge(p *plot.Panel, share float64, words string) {
	wide := min(p.Plot.W-16, 260)
	r := plot.Rect{X: p.Plot.X + (p.Plot.W-wide)/2, Y: p.Plot.Y + 32, W: wide, H: 8}
	s.pen.Text(r.X+r.W/2, r.Y-8, s.pen.Pick(s.body(), p.Plot.W, words, plot.Fixed(100*share, 0)+" %"), s.body(), Middle)
	s.pen.Box(r, s.theme.Axis.Fade(0.5))
	r.W *= min(max(share, 0), 1)
	s.pen.Box(r, s.theme.Ink)
}

// spectrumColumns is how finely a spectral density is drawn.
const spectrumColumns = 240

// spectrum draws a model's spectral densities over the eigenvalues, per decade.
func (s *Scene) spectrum(p *plot.Panel) {
	slot := s.slot(p)
	t := &slot.Snap.Stiffness
	x, y := s.ranges.Eigen, s.ranges.Mass
	s.frame(p, x, y, across(p.Plot, x), "eigenvalue")
	at, what := "", "share of the eigenvalues per decade, "
	if len(t.Densities) > 0 {
		at = "iteration " + plot.Count(t.DensityAt)
		if d := &t.Densities[0]; d.Counted() {
			what = "all " + plot.Count(uint64(len(d.Values))) + " eigenvalues, share per decade, "
		}
	}
	s.modelCaption(p, at, what+at)
	if t.Asked {
		s.gauge(p, t.Pending, "measuring the spectral density: "+plot.Fixed(100*t.Pending, 0)+" %")
		if len(t.Densities) == 0 {
			return
		}
	} else if len(t.Densities) == 0 {
		s.pen.Text(p.Plot.X+p.Plot.W/2, p.Plot.Y+p.Plot.H/2, "not measured", s.label(), Middle)
		return
	}
	for i := len(t.Densities) - 1; i >= 0; i-- {
		d := &t.Densities[i]
		colour, width := s.partColour(d.Part)
		s.curve = s.curve[:0]
		for k, v := range spectrumOf(d, x) {
			u := (float64(k) + 0.5) / spectrumColumns
			s.curve = append(s.curve, plot.Point{X: p.Plot.X + u*p.Plot.W, Y: p.Plot.Bottom() - min(max(y.Unit(v), 0), 1)*p.Plot.H})
		}
		s.pen.Area(s.curve, p.Plot.Bottom(), colour.Fade(0.08))
		s.pen.Curve(s.curve, width, colour, dashes[0])
	}
}

// partColour returns the colour and the width of the curve of a part of the loss.
func (s *Scene) partColour(part string) (plot.Colour, float64) {
	switch part {
	case "res":
		return s.theme.Groups[0], 1.5
	case "bcs":
		return s.theme.Groups[1], 1.5
	}
	return s.theme.Ink.Fade(0.45), 2.5
}

// spectrumOf returns the density of d in columns along the axis x, per decade:
// each mass is spread to a normal law along the axis, as far as it shows, for
// there may be many.
func spectrumOf(d *record.Density, x plot.Scale) (columns [spectrumColumns]float64) {
	const spread = 0.12 // decades
	decades := (math.Log10(x.Hi/x.Threshold) + 1) / (1 - x.Unit(0))
	width := spread / decades * spectrumColumns // in columns
	for i, v := range d.Values {
		centre := x.Unit(v)*spectrumColumns - 0.5
		if math.IsNaN(centre) {
			continue
		}
		lo, hi := max(math.Ceil(centre-6*width), 0), min(math.Floor(centre+6*width), spectrumColumns-1)
		for k := lo; k <= hi; k++ {
			z := (k - centre) / width
			columns[int(k)] += d.Masses[i] * math.Exp(-z*z/2) / (spread * math.Sqrt(2*math.Pi))
		}
	}
	return columns
}

// eigenvalueAt writes the densities at u of a spectrum.
func (s *Scene) eigenvalueAt(p *plot.Panel, u float64) string {
	slot := s.slot(p)
	text := slot.Key + " at iteration " + plot.Count(slot.Snap.Stiffness.DensityAt) + ", eigenvalue " + plot.Number(s.ranges.Eigen.Value(u), 3)
	s.pen.Down(p.Plot.X+u*p.Plot.W, p.Plot.Y, p.Plot.Bottom(), s.theme.Ink.Fade(0.5))
	s.pill(p, plot.Number(s.ranges.Eigen.Value(u), 3))
	for i := range slot.Snap.Stiffness.Densities {
		d := &slot.Snap.Stiffness.Densities[i]
		columns := spectrumOf(d, s.ranges.Eigen)
		text += ", " + d.Part + " " + plot.Number(columns[min(max(int(u*spectrumColumns), 0), spectrumColumns-1)], 3)
	}
	return text
}
