package figure

import (
	"fmt"
	"image"
	"math"
	"strings"

	"gonum.org/v1/plot"

	"pinnlab/core/kern"
	"pinnlab/core/record"
)

// Size of a picture of gradients, whatever the number of layers.
const (
	GradientsWidth  = 2400
	GradientsHeight = 1400
)

// densityColumns is how finely densities are sampled.
const densityColumns = 4000

// gradients draws the distribution of the entries of each layer's gradient, a
// curve for each group of loss terms: as in the paper over g, the density on an
// axis that is linear near zero and has decades beyond; or, by decades, over
// such an axis of g.
func (r *Run) gradients(decades bool) image.Image {
	layers := r.Gradients.Layers
	laws := make([][]*law, len(layers))
	for i := range layers {
		for g := range layers[i].Hist {
			laws[i] = append(laws[i], lawOf(&layers[i].Hist[g]))
		}
	}
	a := paperAxis(laws)
	if decades {
		a = decadeAxis(laws)
	}
	s := newSheet(GradientsWidth, GradientsHeight, r.Title, a.about+" · "+r.sizes())
	rows := (len(layers) + 3) / 4
	cols := (len(layers) + rows - 1) / rows
	densities, top := a.densities(laws)
	height, ticks := a.vertical(top)
	s.legend(r.gradientCurves(densities[0], height))
	labels := 4
	if cols > 3 {
		labels = 2
	}
	x := a.places()
	for i, l := range layers {
		p := newPanel(l.Name, "", "")
		if i+cols >= len(layers) {
			p.X.Label.Text = "entry of the gradient"
		}
		axis(&p.X, -a.hi, a.hi, a.ticks(labels))
		axis(&p.Y, 0, height(top)*1.05, ticks)
		addGrid(p)
		addCurves(p, x, r.gradientCurves(densities[i], height), false)
		drawPanel(p, frame(p, s.cell(i, cols, rows)))
	}
	return s.image()
}

// sizes tells what an annealing rule compares.
func (r *Run) sizes() string {
	var words []string
	for i, g := range r.Gradients.Groups {
		if i == 0 {
			words = append(words, fmt.Sprintf("max |∇%s| = %s", g.Name, brief(g.GradMax)))
		} else {
			words = append(words, fmt.Sprintf("mean |∇%s| = %s", g.Name, brief(g.GradMean)))
		}
	}
	return strings.Join(words, ", ")
}

func (r *Run) gradientCurves(densities [][]float64, height func(float64) float64) (curves []curve) {
	for g, d := range densities {
		y := make([]float64, len(d))
		for i, v := range d {
			y[i] = height(v)
		}
		curves = append(curves, curve{"∇" + r.Gradients.Groups[g].Name, y, g % len(lineColours), g})
	}
	return curves
}

// A gradientAxis is what the panels of a picture share: an axis of g from -hi
// to hi, in places on the paper, and one of densities.
type gradientAxis struct {
	about    string // what is drawn
	hi       float64
	value    func(place float64) float64 // g at a place
	sigma    func(l *law) float64        // width of the kernel, in places
	ticks    func(n int) []plot.Tick     // labels on a side
	vertical func(top float64) (height func(density float64) float64, ticks []plot.Tick)
}

// paperAxis is linear in g and wide enough for most entries of the largest
// group. Densities run over a linear part and at least two decades.
func paperAxis(laws [][]*law) *gradientAxis {
	hi := 0.0
	for g := range laws[0] {
		hi = max(hi, pooled(laws, g).quantile(0.95))
	}
	hi = roundUp(hi)
	return &gradientAxis{
		about: "density of the gradients' entries", hi: hi,
		value: func(place float64) float64 { return place },
		sigma: (*law).bandwidth,
		ticks: func(n int) []plot.Tick { return linearTicks(-hi, hi, n) },
		vertical: func(top float64) (func(float64) float64, []plot.Tick) {
			t := symlog(pow10(int(math.Floor(log10(top))) - 2))
			return t.bend, t.ticks(10*top, false, 6)
		},
	}
}

// pooled adds up a group's entries in all layers.
func pooled(laws [][]*law, group int) *law {
	sum := &law{edge: laws[0][group].edge, below: make([]float64, len(laws[0][group].below))}
	for _, layer := range laws {
		sum.total += layer[group].total
		for i, b := range layer[group].below {
			sum.below[i] += b
		}
	}
	return sum
}

// decadeAxis has a decade of its width for each decade of |g|, from below most
// of the smallest group's entries.
func decadeAxis(laws [][]*law) *gradientAxis {
	lo, hi := math.Inf(1), 0.0
	for _, layer := range laws {
		for _, l := range layer {
			hi = max(hi, l.quantile(0.999))
			if q := l.quantile(0.2); q > 0 {
				lo = min(lo, q)
			}
		}
	}
	if !(lo < hi) {
		lo, hi = 0.1, 1
	}
	t := symlog(pow10(int(math.Floor(log10(lo)))))
	return &gradientAxis{
		about: "share of the gradients' entries per decade", hi: t.bend(hi),
		value: t.unbend,
		sigma: func(l *law) float64 { return 0.45 * kern.Pow(max(l.total, 1), -0.2) }, // half a decade is usual for A
		ticks: func(n int) []plot.Tick { return t.ticks(hi, true, n) },
		vertical: func(top float64) (func(float64) float64, []plot.Tick) {
			return func(d float64) float64 { return d }, linearTicks(0, 1.05*top, 5)
		},
	}
}

// unbend returns the value at a place: the inverse of bend.
func (t symlog) unbend(place float64) float64 {
	if a := math.Abs(place); a > 1 {
		return math.Copysign(float64(t)*kern.Exp(math.Ln10*(a-1)), place)
	}
	return place * float64(t)
}

// places returns the middles of the columns.
func (a *gradientAxis) places() []float64 {
	x := make([]float64, densityColumns)
	for i := range x {
		x[i] = a.hi * (2*(float64(i)+0.5)/densityColumns - 1)
	}
	return x
}

// densities returns those of all layers and groups, and the highest.
func (a *gradientAxis) densities(laws [][]*law) (all [][][]float64, top float64) {
	for _, layer := range laws {
		var curves [][]float64
		for _, l := range layer {
			sigma := a.sigma(l) / (2 * a.hi / densityColumns)
			d := l.density(-a.hi, a.hi, densityColumns, max(sigma, 0.5), a.value)
			for _, v := range d {
				top = max(top, v)
			}
			curves = append(curves, d)
		}
		all = append(all, curves)
	}
	return all, max(top, 1e-9)
}

// roundUp returns the next of 1, 2 and 5 times a power of ten.
func roundUp(v float64) float64 {
	if !(v > 0) || v > record.HistEdge(record.HistBins) {
		return 1
	}
	step, _ := stepFor(0, v, 1)
	return step
}
