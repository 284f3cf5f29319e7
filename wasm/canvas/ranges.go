package main

import (
	"math"
	"slices"

	"pinnlab/wasm/plot"
)

// Ranges are the scales that panels share, so that models can be compared.
type Ranges struct {
	Value, Err     plot.Scale // of the fields' colours
	Residual, Side plot.Scale
	ValueMap       *plot.Map
	Over, Under    bool                        // predictions go beyond Value
	Steps          plot.Scale                  // iterations
	Curves         []plot.Scale                // over them, by row of panels; of those laid out
	Mass           plot.Scale                  // of spectral densities ...
	Eigen          plot.Scale                  // ... over eigenvalues
	Kappa, Squares plot.Scale                  // of the tangent kernel's modes: eigenvalues and the loss in each
	Line           [2]plot.Scale               // of u and v on the centre lines
	Grad, Density  [plot.MostModels]plot.Scale // by model, as in Board.Slots

	gradKind gradientKind
}

// gradientKind is what the gradients' axes must not be carried over between.
type gradientKind struct{ decades, weighted, pooled bool }

// lossDepth is how far below the largest loss the axis goes at most: a term
// that happens to vanish must not squeeze the others.
const lossDepth = 1e-11

// errDecades is how many orders of magnitude the error's colours span.
const errDecades = 4

// update sets r from the Snapshots. Where it depends on values that change
// with every step it moves only when it must: an axis that jumps about cannot
// be read.
func (r *Ranges) update(b *Board, t *Theme, l *plot.Layout) {
	r.values(b, t)
	r.errors(b)
	r.residuals(b)
	r.iterations(b, l)
	switch b.View.Tab {
	case plot.OverviewTab:
		r.gradients(b)
		r.lines(b)
	case plot.GradientsTab:
		r.gradients(b)
	case plot.StiffnessTab:
		r.stiffness(b)
		r.modes(b)
	}
}

// steady returns next, or last where that still fits: not below next, and not
// over slack times it.
func steady(last, next, slack float64) float64 {
	if last >= next && last <= slack*next {
		return last
	}
	return next
}

// values sets the scale of predictions and solution. It is the solution's
// where that is known, so that it stays put while a prediction approaches it.
func (r *Ranges) values(b *Board, t *Theme) {
	lo, hi := 0.0, 0.0
	known := false
	widen := func(v []float32) {
		for _, x := range v {
			if f := float64(x); !math.IsInf(f, 0) { // NaN fails the comparisons
				if f < lo {
					lo = f
				}
				if f > hi {
					hi = f
				}
			}
		}
	}
	for _, s := range b.Slots {
		if f := b.field(s); f != nil && len(f.Exact) > 0 {
			widen(f.Exact)
			known = true
			break
		}
	}
	if !known {
		for _, s := range b.Slots {
			if f := b.field(s); f != nil {
				widen(f.Pred)
			}
		}
	}
	top := max(hi, -lo)
	if !(top > 0) {
		top = 1
	}
	step := plot.Up(top / 10)
	top = math.Ceil(top/step-0.05) * step
	if !known {
		top = steady(r.Value.Hi, top, 1.5)
	}
	r.Value, r.ValueMap = plot.Scale{Lo: -top, Hi: top}, t.Signed
	if -lo < 1e-3*hi {
		r.Value.Lo, r.ValueMap = 0, t.Magnitude
	}
	r.Over, r.Under = false, false
	for _, s := range b.Slots {
		if f := b.field(s); f != nil {
			over, under := r.beyond(extent(f.Pred))
			r.Over, r.Under = r.Over || over, r.Under || under
		}
	}
}

// beyond reports whether values from lo to hi go over or under the colours by
// more than can be neglected.
func (r *Ranges) beyond(lo, hi float64) (over, under bool) {
	slack := 0.03 * (r.Value.Hi - r.Value.Lo)
	return hi > r.Value.Hi+slack, lo < r.Value.Lo-slack
}

// extent returns the least and the greatest of values, leaving out NaN; NaN
// where there is nothing else.
func extent(values []float32) (lo, hi float64) {
	a, b := float32(math.Inf(1)), float32(math.Inf(-1))
	for _, v := range values { // NaN fails the comparisons
		if v < a {
			a = v
		}
		if v > b {
			b = v
		}
	}
	if a > b {
		return math.NaN(), math.NaN()
	}
	return float64(a), float64(b)
}

// errors sets the scale of the errors: down from the decade or the round
// number above the largest.
func (r *Ranges) errors(b *Board) {
	worst := 0.0
	for _, s := range b.Slots {
		if _, w := b.errorOf(s); w > worst && !math.IsInf(w, 0) {
			worst = w
		}
	}
	if worst == 0 {
		worst = 1
	}
	if b.View.LinearErr != (r.Err.Kind == plot.Linear) {
		r.Err.Hi = 0 // of the other kind
	}
	if b.View.LinearErr {
		r.Err = plot.Scale{Hi: steady(r.Err.Hi, plot.Up(worst), 3)}
		return
	}
	top := steady(r.Err.Hi, plot.DecadeUp(worst), 12)
	r.Err = plot.Scale{Kind: plot.Log, Lo: top * math.Pow(10, -errDecades), Hi: top}
}

// span is a growing interval of positive values.
type span struct{ lo, hi float64 }

func (s *span) add(v float64) {
	if v > 0 && !math.IsInf(v, 0) {
		if s.hi == 0 {
			s.lo, s.hi = v, v
		}
		s.lo, s.hi = min(s.lo, v), max(s.hi, v)
	}
}

// decades returns the logarithmic scale from a round number below s to one
// above, over whole decades where s is narrow.
func (s span) decades() plot.Scale {
	if s.hi == 0 {
		s = span{0.1, 1}
	}
	k := plot.Scale{Kind: plot.Log, Lo: 1 / plot.Up(1.2/s.lo), Hi: plot.Up(1.2 * s.hi)}
	if k.Hi < 20*k.Lo {
		k.Lo, k.Hi = plot.DecadeDown(k.Lo/1.5), plot.DecadeUp(k.Hi*1.5)
	}
	return k
}

// iterations sets the scales of the curves over the iterations.
func (r *Ranges) iterations(b *Board, l *plot.Layout) {
	steps := 0.0
	for _, s := range b.snaps() {
		steps = max(steps, b.end(s))
	}
	least := 10.0
	if b.timed() {
		least = 1
	}
	r.Steps = plot.Scale{Hi: max(steps, least)}
	r.Curves = make([]plot.Scale, len(panels))
	for i := range l.Panels {
		if row := rowOf(&l.Panels[i]); row >= 0 && r.Curves[row] == (plot.Scale{}) {
			r.Curves[row] = panels[row].scale(b)
		}
	}
}

// gradients sets the axes of the gradients and of their densities. The
// gradients of two models, or of one model at two times, may differ by orders
// of magnitude: so each has a linear axis of its own. In decades all fit on one.
func (r *Ranges) gradients(b *Board) {
	kind := gradientKind{b.View.LogGrad, b.weighted(), b.pooled()}
	if kind != r.gradKind {
		r.gradKind = kind
		r.Grad, r.Density = [plot.MostModels]plot.Scale{}, [plot.MostModels]plot.Scale{} // of the other kind
	}
	if b.View.LogGrad {
		r.logGradients(b)
		return
	}
	for m, s := range b.Slots {
		shown := b.shown(s)
		top := steady(r.Grad[m].Hi, plot.Up(reach(shown), 1, 2, 3, 5, 7), 2.6)
		r.Grad[m] = plot.Scale{Lo: -top, Hi: top}
		// The paper's figures have a linear zone up to 1 on this axis; with
		// gradients far from 1 the zone follows the width of the axis.
		linear := plot.DecadeUp(0.2 / top)
		r.Density[m] = plot.Scale{Kind: plot.SymLog, Threshold: linear,
			Hi: steady(r.Density[m].Hi, max(plot.DecadeUp(peak(shown, r.Grad[m])), 10*linear), 12)}
	}
}

// logGradients sets one axis in decades for all models, linear in a zone about
// zero that is small beside every distribution.
func (r *Ranges) logGradients(b *Board) {
	top, small := 0.0, math.Inf(1)
	for _, s := range b.Slots {
		each(b.shown(s), func(d *distribution) {
			top = max(top, d.Within(0.999))
			if m := d.Within(0.5); m > 1e-9 {
				small = min(small, m)
			}
		})
	}
	top = steady(r.Grad[0].Hi, plot.DecadeUp(top), 12)
	floor := max(plot.DecadeDown(min(small/10, top/1e3)), top*1e-9)
	grad := plot.Scale{Kind: plot.SymLog, Lo: -top, Hi: top, Threshold: floor}
	high := 0.0
	for _, s := range b.Slots {
		high = max(high, peak(b.shown(s), grad))
	}
	density := plot.Scale{Hi: steady(r.Density[0].Hi, plot.Up(high), 2.6)}
	for m := range r.Grad {
		r.Grad[m], r.Density[m] = grad, density
	}
}

// each calls f for every distribution that has entries.
func each(layers [][]distribution, f func(*distribution)) {
	for _, layer := range layers {
		for g := range layer {
			if layer[g].Total > 0 {
				f(&layer[g])
			}
		}
	}
}

// reach returns how far the gradients of the middling layer spread: the first
// is often far wider than the others, which would be needles beside it.
func reach(layers [][]distribution) float64 {
	var widest []float64
	for _, layer := range layers {
		w := 0.0
		for g := range layer {
			if layer[g].Total > 0 {
				w = max(w, layer[g].Within(0.99))
			}
		}
		widest = append(widest, w)
	}
	if len(widest) == 0 {
		return 1
	}
	slices.Sort(widest)
	return widest[len(widest)/2]
}

// peak returns the highest density on the axis grad.
func peak(layers [][]distribution, grad plot.Scale) float64 {
	high := 0.0
	each(layers, func(d *distribution) { high = max(high, slices.Max(d.on(grad))) })
	return high
}

// densityColumns is how finely a density is drawn.
const densityColumns = 121
