package record

import "math"

// Histogram counts gradient entries by sign and size: bin edges divide each
// octave of |g| into four, from 2^HistMin to 2^HistMax. Such bins resolve the
// orders of magnitude by which gradients of different loss terms differ, and a
// density over any other axis follows from them.
type Histogram struct {
	Zero     uint32   // entries with |g| < 2^HistMin
	Neg, Pos []uint32 // HistBins each, smallest |g| first; the last bin has all above
}

const (
	HistMin  = -32
	HistMax  = 24
	HistBins = 4 * (HistMax - HistMin)
)

// HistEdge returns the lower edge of bin i of |g|; HistEdge(i+1) is its upper.
func HistEdge(i int) float64 {
	return math.Ldexp(1+float64(i&3)/4, HistMin+i>>2)
}

// Add counts g. NaN is not counted.
func (h *Histogram) Add(g float64) {
	a := math.Abs(g)
	if !(a >= HistEdge(0)) {
		if a == a {
			h.Zero++
		}
		return
	}
	bits := math.Float64bits(a)
	i := (int(bits>>52)-1023-HistMin)<<2 | int(bits>>50)&3
	i = min(i, HistBins-1)
	if g < 0 {
		h.Neg[i]++
	} else {
		h.Pos[i]++
	}
}

// Reset empties h, allocating its bins the first time.
func (h *Histogram) Reset() {
	if h.Neg == nil {
		h.Neg, h.Pos = make([]uint32, HistBins), make([]uint32, HistBins)
	}
	h.Zero = 0
	clear(h.Neg)
	clear(h.Pos)
}
