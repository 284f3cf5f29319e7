package figure

import (
	"fmt"
	"image"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"pinnlab/core/record"
)

// Size of the picture of the curves.
const (
	CurvesWidth  = 2400
	CurvesHeight = 1000
)

// A curve is one line of a panel.
type curve struct {
	name         string
	y            []float64 // what is not finite is a gap
	colour, dash int
}

// line returns how c is drawn.
func (c curve) line() draw.LineStyle {
	return draw.LineStyle{Color: lineColours[c.colour], Width: curveWidth, Dashes: dashes[c.dash%len(dashes)]}
}

// curves draws losses, weights and relative L2 over the iterations.
func (r *Run) curves() image.Image {
	s := newSheet(CurvesWidth, CurvesHeight, r.Title, "")
	snap := r.Snapshot
	terms := snap.Curves(record.Loss)
	var losses, lambdas []curve
	for i, t := range terms {
		losses = append(losses, curve{t.Of, logarithms(t), i % len(lineColours), i / len(lineColours)})
	}
	moved := false
	for i, t := range snap.Curves(record.Lambda) {
		c := curve{"λ " + t.Of, logarithms(t), (i + 1) % len(lineColours), i}
		lambdas = append(lambdas, c)
		for _, v := range c.y {
			moved = moved || v != 0 // the weights start at 1
		}
	}
	steps := stepsOf(terms[0])
	panels := []func(draw.Canvas){func(c draw.Canvas) { r.history(c, "Losses, unweighted", steps, losses) }}
	if moved {
		panels = append(panels, func(c draw.Canvas) { r.history(c, "Weights", steps, lambdas) })
	}
	if snap.RelL2 == snap.RelL2 {
		panels = append(panels, r.errorHistory)
	}
	for i, draw := range panels {
		draw(s.cell(i, len(panels), 1))
	}
	return s.image()
}

// errorHistory draws the relative L2 error, that of the present included, and
// the published one.
func (r *Run) errorHistory(c draw.Canvas) {
	snap := r.Snapshot
	errors := snap.Curves(record.RelL2)[0]
	x := append(stepsOf(errors), float64(snap.Step))
	curves := []curve{{name: "ours", y: append(logarithms(errors), log10(snap.RelL2))}}
	if p := snap.Published; p == p {
		y := make([]float64, len(x))
		for i := range y {
			y[i] = log10(p)
		}
		curves = append(curves, curve{fmt.Sprintf("published %.3g", p), y, 1, 1})
	}
	r.history(c, "Relative L2 error", x, curves)
}

// stepsOf returns the step of each value of t.
func stepsOf(t record.Trace) []float64 {
	x := make([]float64, t.Len())
	for i := range x {
		x[i] = float64(t.Step(i))
	}
	return x
}

// logarithms returns the base-ten logarithms of a curve, NaN where there is none.
func logarithms(t record.Trace) (y []float64) {
	for i := range t.Len() {
		v := math.NaN()
		if x := t.Value(i); x > 0 && !math.IsInf(x, 0) {
			v = log10(x)
		}
		y = append(y, v)
	}
	return y
}

// lossDecades is how far below the largest value an axis goes at most: a term
// that happens to vanish must not squeeze the others.
const lossDecades = 11

// history draws logarithms over steps, up to the run's last.
func (r *Run) history(c draw.Canvas, title string, steps []float64, curves []curve) {
	history(c, title, max(1, float64(r.Snapshot.Step)), steps, curves, true)
}

// history draws logarithms over steps from 0 to the last, and names the curves
// if asked.
func history(c draw.Canvas, title string, last float64, steps []float64, curves []curve, legend bool) {
	p := newPanel(title, "iteration", "")
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, l := range curves {
		a, b := finiteRange(l.y)
		lo, hi = min(lo, a), max(hi, b)
	}
	if lo > hi {
		lo, hi = -1, 0
	}
	lo = max(lo, hi-lossDecades)
	margin := max(0.02, (hi-lo)*0.03, (0.3-(hi-lo))/2)
	lo, hi = lo-margin, hi+margin
	axis(&p.X, 0, last, linearTicks(0, last, 4))
	axis(&p.Y, lo, hi, logTicks(lo, hi))
	addGrid(p)
	addCurves(p, steps, curves, legend)
	drawPanel(p, frame(p, c))
}

func logTicks(lo, hi float64) []plot.Tick {
	if hi-lo < 2 {
		return within(lo, hi)
	}
	return decadeTicks(lo, hi, 10)
}

func finiteRange(v []float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, x := range v {
		if x == x {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	return lo, hi
}

// addCurves draws curves over x, cut at the plot's range, and names them in the
// legend if asked.
func addCurves(p *plot.Plot, x []float64, curves []curve, legend bool) {
	left, right, lo, hi := p.X.Min, p.X.Max, p.Y.Min, p.Y.Max
	for _, c := range curves {
		var piece plotter.XYs
		style := c.line()
		flush := func() {
			if len(piece) > 1 {
				p.Add(&plotter.Line{XYs: piece, LineStyle: style})
			}
			piece = nil
		}
		for i, y := range c.y {
			if y != y || math.IsInf(y, 0) {
				flush()
				continue
			}
			piece = append(piece, plotter.XY{X: x[i], Y: min(max(y, lo), hi)})
		}
		flush()
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = left, right, lo, hi // Add widens them
		if legend {
			p.Legend.Add(c.name, &plotter.Line{LineStyle: style})
		}
	}
}
