package figure

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/record"
)

// A law is the distribution of gradient entries that a histogram counted,
// spread evenly within its bins.
type law struct {
	total float64
	edge  []float64 // of the bins, negative to positive
	below []float64 // entries below each edge
}

func lawOf(h *record.Histogram) *law {
	l := &law{}
	n := record.HistBins
	add := func(edge, count float64) {
		l.edge, l.below = append(l.edge, edge), append(l.below, l.total)
		l.total += count
	}
	for i := n; i > 0; i-- {
		add(-record.HistEdge(i), float64(h.Neg[i-1]))
	}
	add(-record.HistEdge(0), float64(h.Zero))
	for i := range n {
		add(record.HistEdge(i), float64(h.Pos[i]))
	}
	add(record.HistEdge(n), 0)
	return l
}

// at returns how many entries lie below x.
func (l *law) at(x float64) float64 {
	last := len(l.edge) - 1
	if x <= l.edge[0] {
		return 0
	}
	if x >= l.edge[last] {
		return l.total
	}
	lo, hi := 0, last
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; l.edge[mid] <= x {
			lo = mid
		} else {
			hi = mid
		}
	}
	share := (x - l.edge[lo]) / (l.edge[hi] - l.edge[lo])
	return l.below[lo] + float64(share*(l.below[hi]-l.below[lo]))
}

// quantile returns the smallest bin edge that is not below |g| for the share q
// of the entries, and 0 if there are none.
func (l *law) quantile(q float64) float64 {
	n := len(l.edge)
	for i := n / 2; i < n && l.total > 0; i++ {
		if l.below[i]-l.below[n-1-i] >= float64(q*l.total) {
			return l.edge[i]
		}
	}
	return 0
}

// density returns the share of entries per unit of an axis, in equal columns
// between two places on it; value takes a place to the gradient there. The
// result is smoothed by a normal kernel of so many columns.
func (l *law) density(lo, hi float64, columns int, sigma float64, value func(float64) float64) []float64 {
	width := (hi - lo) / float64(columns)
	reach := int(math.Ceil(3 * sigma))
	raw := make([]float64, columns+2*reach)
	last := 0.0
	for i := -1; i < len(raw); i++ {
		next := l.at(value(lo + float64(float64(i+1-reach)*width)))
		if i >= 0 {
			raw[i] = (next - last) / max(l.total, 1) / width
		}
		last = next
	}
	kernel := make([]float64, reach+1)
	sum := 0.0
	for k := range kernel {
		kernel[k] = 1
		if k > 0 {
			kernel[k] = kern.Exp(-float64(k*k) / (2 * sigma * sigma))
			sum += kernel[k]
		}
		sum += kernel[k]
	}
	smooth := make([]float64, columns)
	for i := range smooth {
		for k := -reach; k <= reach; k++ {
			smooth[i] += float64(kernel[max(k, -k)]*raw[i+reach+k]) / sum
		}
	}
	return smooth
}

// bandwidth returns the width of the kernel for a density over g: 0.9 A n^(-1/5)
// of B. Silverman, Density Estimation (1986), section 3.4, with A the standard
// deviation of a normal law of the same median |g|.
func (l *law) bandwidth() float64 {
	const medianOfNormal = 0.6745 // of |g| in standard deviations
	if l.total == 0 {
		return 0
	}
	return 0.9 * l.quantile(0.5) / medianOfNormal * kern.Pow(l.total, -0.2)
}
