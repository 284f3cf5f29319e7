package figure

import (
	"image"
	"image/color"
	"math"
)

// A palette is a colour map by equidistant colours 0xRRGGBB.
type palette []uint32

var (
	// viridis, by S. van der Walt and N. Smith (2015), at tenths, shows
	// magnitudes.
	viridis = palette{0x440154, 0x482576, 0x414487, 0x35608D, 0x2A788E, 0x21908C,
		0x22A884, 0x43BF71, 0x7AD151, 0xBBDF27, 0xFDE725}
	// blueRed is RdBu of C. Brewer's ColorBrewer, reversed; it shows signed
	// values with zero in the middle.
	blueRed = palette{0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7,
		0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B, 0x67001F}
)

// notFinite is the colour of what has no value.
var notFinite = color.RGBA{0, 0, 0, 0xFF}

// at returns the colour at t in [0, 1]; outside, that of the nearer end.
func (p palette) at(t float64) color.RGBA {
	if t != t {
		return notFinite
	}
	t = min(max(t, 0), 1) * float64(len(p)-1)
	k := min(int(t), len(p)-2)
	t -= float64(k)
	channel := func(shift uint) uint8 {
		a, b := float64(p[k]>>shift&255), float64(p[k+1]>>shift&255)
		return uint8(a + float64(t*(b-a)) + 0.5)
	}
	return color.RGBA{channel(16), channel(8), channel(0), 0xFF}
}

// A colouring maps values from lo to hi to colours.
type colouring struct {
	palette
	lo, hi float64
}

// colouringOf fits the values: about zero where they have both signs.
func colouringOf(values []float64) colouring {
	lo, hi := limits(values)
	if lo < -1e-3*hi && hi > -1e-3*lo {
		top := roundTop(max(hi, -lo))
		return colouring{blueRed, -top, top}
	}
	if lo > 0 && lo < hi/2 {
		lo = 0
	}
	if lo == 0 {
		hi = roundTop(hi)
	}
	return colouring{viridis, lo, hi}
}

// roundTop rounds the end of a colour bar up a little, to where a label can
// stand; what is barely above such a place stays there.
func roundTop(v float64) float64 {
	step, _ := stepFor(0, v, 10)
	return math.Ceil(v/step-0.05) * step
}

// limits returns the least and the largest finite value, and makes an interval
// of a single value.
func limits(values []float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v == v && !math.IsInf(v, 0) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	switch {
	case lo > hi:
		return 0, 1
	case lo == hi:
		return lo, lo + max(math.Abs(lo), 1e-12)
	}
	return lo, hi
}

func (c colouring) of(v float64) color.RGBA { return c.at((v - c.lo) / (c.hi - c.lo)) }

// raster paints values on nx×ny nodes, first index fastest and upwards, as an
// image of w×h pixels whose edges are the outermost nodes.
func (c colouring) raster(values []float64, nx, ny, w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for j := range h {
		y := float64(ny-1) * (1 - (float64(j)+0.5)/float64(h))
		for i := range w {
			x := float64(nx-1) * (float64(i) + 0.5) / float64(w)
			img.SetRGBA(i, j, c.of(bilinear(values, nx, ny, x, y)))
		}
	}
	return img
}

// bilinear interpolates at x, y in units of nodes.
func bilinear(values []float64, nx, ny int, x, y float64) float64 {
	i, j := min(int(x), nx-2), min(int(y), ny-2)
	s, t := x-float64(i), y-float64(j)
	v := values[j*nx+i:]
	below := v[0] + float64(s*(v[1]-v[0]))
	above := v[nx] + float64(s*(v[nx+1]-v[nx]))
	return below + float64(t*(above-below))
}
