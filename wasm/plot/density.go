package plot

import (
	"math"

	"pinnlab/core/record"
)

// Density is the distribution of gradient entries that a histogram counted. It
// is smoothed along the axis that it is drawn on: over |g| with a kernel of one
// width on a linear axis, over log |g| on one with decades. Both widths follow
// Silverman, Density Estimation (1986), section 3.4.
type Density struct {
	Total float64 // entries counted

	factor      float64   // on the entries
	edge        []float64 // bin edges, negative to positive
	plain, bent share     // as counted; smoothed over log |g|
	mass        []float64 // smoothed counts of one sign
	wide        []float64 // scratch of Columns
}

// share is a distribution function at the bin edges, with its slopes.
type share struct{ below, slope []float64 }

const edges = 2*record.HistBins + 2

// Load takes the entries of h times factor, which is positive. Smoothing keeps
// the mass of each sign, and that of zero.
func (d *Density) Load(h *record.Histogram, factor float64) {
	d.Total = float64(h.Zero)
	if len(h.Neg) != record.HistBins || len(h.Pos) != record.HistBins {
		d.Total = 0 // a histogram that was never filled
		return
	}
	if d.edge == nil {
		d.edge, d.mass = make([]float64, edges), make([]float64, record.HistBins)
		d.plain = share{make([]float64, edges), make([]float64, edges)}
		d.bent = share{make([]float64, edges), make([]float64, edges)}
	}
	if d.factor != factor {
		d.factor = factor
		for i := range record.HistBins + 1 {
			e := factor * record.HistEdge(i)
			d.edge[edges/2+i], d.edge[edges/2-1-i] = e, -e
		}
	}
	for i := range record.HistBins {
		d.Total += float64(h.Neg[i]) + float64(h.Pos[i])
	}
	d.fill(&d.plain, h, 0)
	d.fill(&d.bent, h, bandwidth(h))
}

// fill sets f to the counts of h, smoothed by a kernel of sigma octaves.
func (d *Density) fill(f *share, h *record.Histogram, sigma float64) {
	d.smooth(h.Neg, sigma)
	f.below[0] = 0
	for i, c := range d.mass {
		f.below[edges/2-1-i] = c // the bin that ends at this edge; summed up below
	}
	f.below[edges/2] = float64(h.Zero)
	d.smooth(h.Pos, sigma)
	copy(f.below[edges/2+1:], d.mass)
	sum := 0.0
	for i, c := range f.below {
		sum += c
		f.below[i] = sum / max(d.Total, 1)
	}
	d.tangents(f)
}

// octave returns the place of bin i on the axis log2 |g|, counted from the
// first edge, and its width there. The four bins of an octave are equal steps
// of |g|, so that they differ.
func octave(i int) (centre, width float64) {
	q := quarters[i&3]
	return float64(i>>2) + q.centre, q.width
}

// quarters are the four bins of an octave.
var quarters = func() (q [4]struct{ centre, width float64 }) {
	for i := range q {
		a, b := math.Log2(1+float64(i)/4), math.Log2(1+float64(i+1)/4)
		q[i].centre, q[i].width = (a+b)/2, b-a
	}
	return q
}()

// bandwidth returns the width of the kernel over log |g|, in octaves, one at
// most.
func bandwidth(h *record.Histogram) float64 {
	var n, s, ss float64
	for i := range record.HistBins {
		c, u := float64(h.Neg[i])+float64(h.Pos[i]), float64(i)/4
		n, s, ss = n+c, s+c*u, ss+c*u*u
	}
	if n < 2 {
		return 0
	}
	return min(1.06*math.Sqrt(max(ss/n-s/n*s/n, 0))*math.Pow(n, -0.2), 1)
}

// smooth sets d.mass to the counts spread by a normal kernel over log |g|.
func (d *Density) smooth(counts []uint32, sigma float64) {
	clear(d.mass)
	reach := int(math.Ceil(12 * sigma)) // bins in three sigma
	var kernels [4]kernel
	for i := range kernels {
		kernels[i].set(i, reach, sigma)
	}
	for i, c := range counts {
		if c == 0 {
			continue
		}
		lo, hi := max(i-reach, 0), min(i+reach, len(counts)-1)
		parts := kernels[i&3][lo-i+reach : hi-i+reach+1]
		sum := 0.0
		for _, w := range parts {
			sum += w
		}
		for k, w := range parts {
			d.mass[lo+k] += float64(c) * w / sum
		}
	}
}

// kernel is what a bin gives to its neighbours, the first of which is reach
// bins below it. It is the same for all bins in the same quarter of an octave.
type kernel [2*12 + 1]float64

func (k *kernel) set(quarter, reach int, sigma float64) {
	i := quarter + 4*(reach/4+1) // any such bin that has reach bins below it
	u, _ := octave(i)
	for j := i - reach; j <= i+reach; j++ {
		v, w := octave(j)
		if j != i {
			w *= math.Exp(-(u - v) * (u - v) / (2 * sigma * sigma))
		}
		k[j-i+reach] = w
	}
}

// tangents sets the slopes of f by which a piecewise cubic through it stays
// monotone: the harmonic mean of the two neighbouring secants (Fritsch and
// Butland, SIAM J. Sci. Stat. Comput. 5 (1984)).
func (d *Density) tangents(f *share) {
	secant := func(i int) float64 { return (f.below[i+1] - f.below[i]) / (d.edge[i+1] - d.edge[i]) }
	for i := 1; i < edges-1; i++ {
		a, b := secant(i-1), secant(i)
		f.slope[i] = 0
		if a > 0 && b > 0 {
			f.slope[i] = 2 * a * b / (a + b)
		}
	}
}

// Below returns the share of entries below x, as counted.
func (d *Density) Below(x float64) float64 { return d.at(&d.plain, x) }

// at returns f at x.
func (d *Density) at(f *share, x float64) float64 {
	if d.Total == 0 || x <= d.edge[0] {
		return 0
	}
	if x >= d.edge[edges-1] {
		return 1
	}
	i := d.bin(x)
	w := d.edge[i+1] - d.edge[i]
	t := (x - d.edge[i]) / w
	u := 1 - t
	return f.below[i]*(1+2*t)*u*u + f.below[i+1]*(3-2*t)*t*t +
		w*t*u*(f.slope[i]*u-f.slope[i+1]*t)
}

// bin returns i with edge[i] <= x < edge[i+1].
func (d *Density) bin(x float64) int {
	lo, hi := 0, edges-1
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; d.edge[mid] <= x {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// Columns sets dst to the mean density over each of len(dst) equal columns of
// the axis s, per unit of s where that is Linear and per decade where it is
// SymLog. The sum of dst times the column's width is the share of entries
// from s.Lo to s.Hi, but for what smoothing moves across those ends.
func (d *Density) Columns(dst []float64, s Scale) {
	if d.Total == 0 {
		clear(dst)
		return
	}
	if s.Kind == Linear {
		d.linear(dst, s)
		return
	}
	d.differences(dst, &d.bent, s, 0)
}

// differences sets dst to the mean densities under f of columns of s, of which
// the first lies before s.Lo by the given number of columns, and the last as
// far behind s.Hi.
func (d *Density) differences(dst []float64, f *share, s Scale, before int) {
	n := float64(len(dst) - 2*before)
	width := (s.bend(s.Hi) - s.bend(s.Lo)) / n
	last := d.at(f, s.Value(float64(-before)/n))
	for i := range dst {
		next := d.at(f, s.Value(float64(i+1-before)/n))
		dst[i] = max(next-last, 0) / width
		last = next
	}
}

// linear smooths along a linear axis. The kernel's width is 0.9 A n^(-1/5),
// where A is the standard deviation of a normal law with the same median |g|.
func (d *Density) linear(dst []float64, s Scale) {
	const normalMedian = 0.6745 // of |g| in standard deviations
	width := (s.Hi - s.Lo) / float64(len(dst))
	sigma := 0.9 * d.Within(0.5) / normalMedian * math.Pow(d.Total, -0.2) / width // in columns
	reach := int(min(math.Ceil(3*sigma), float64(len(dst))))
	d.wide = resize(d.wide, len(dst)+2*reach)
	d.differences(d.wide, &d.plain, s, reach)
	if sigma < 0.2 { // narrower than a column
		copy(dst, d.wide[reach:])
		return
	}
	sum := 1.0
	for k := 1; k <= reach; k++ {
		sum += 2 * math.Exp(-float64(k*k)/(2*sigma*sigma))
	}
	for i := range dst {
		dst[i] = d.wide[i+reach] / sum
	}
	for k := 1; k <= reach; k++ {
		w := math.Exp(-float64(k*k)/(2*sigma*sigma)) / sum
		for i := range dst {
			dst[i] += w * (d.wide[i+reach-k] + d.wide[i+reach+k])
		}
	}
}

// Within returns the smallest bin edge r for which at least the share q of the
// entries has |g| <= r.
func (d *Density) Within(q float64) float64 {
	if d.Total == 0 {
		return 0
	}
	for i := edges / 2; i < edges; i++ {
		if d.plain.below[i]-d.plain.below[edges-1-i] >= q*(1-1e-12) {
			return d.edge[i]
		}
	}
	return d.edge[edges-1]
}
