package plot

import "math"

// Raster draws a field on a grid into pixels.
type Raster struct {
	Map   *Map
	Scale Scale  // takes a value to [0, 1] along Map
	Gap   Colour // stripes over what is not a number
	Blur  bool   // interpolate between nodes rather than draw each as a block
	Size  bool   // show |v|: signed values are interpolated, so that zeros are sharp

	node, row []float32 // what is interpolated; one line between two rows of nodes

	units  []float32 // of sizes in decades, by their leading bits ...
	first  uint32    // ... less these
	of     Scale     // for which they are
	lo, hi float64   // ends of the scale, bent
}

// fine is how many trailing bits of a float32 are too little to be seen: a
// size is known to a part in 256, and on four decades a colour is one in 27.
const fine = 23 - 8

// Draw fills dst, 4·w·h bytes of RGBA from the top row down, with the nx×ny
// field v, row-major from its lowest row up. The image's sides are the grid's
// outer nodes where Blur is set, and half a step outside them where not.
// Values beyond the scale take its end colours; values that are not finite
// numbers are striped.
func (r *Raster) Draw(dst []byte, w, h int, v []float32, nx, ny int) {
	if len(dst) != 4*w*h || len(v) != nx*ny || nx < 1 || ny < 1 {
		panic("plot: Raster.Draw: shape mismatch")
	}
	r.node = resize(r.node, len(v))
	for i, x := range v {
		switch {
		case math.IsInf(float64(x), 0):
			r.node[i] = float32(math.NaN())
		case r.Size:
			r.node[i] = x
		default:
			r.node[i] = float32(r.Scale.Unit(float64(x)))
		}
		if !r.Size { // NaN stays
			r.node[i] = min(max(r.node[i], 0), 1)
		}
	}
	r.row = resize(r.row, nx)
	if r.Size {
		r.measure()
	}
	for j := range h {
		r.line(h-1-j, h, nx, ny)
		for i := range w {
			t := r.across(i, w, nx)
			if r.Size {
				t = r.unit(t)
			}
			c := r.colour(t, i, j)
			p := dst[4*(j*w+i):][:4]
			p[0], p[1], p[2], p[3] = c.R, c.G, c.B, 255
		}
	}
}

// measure prepares unit for r.Scale.
func (r *Raster) measure() {
	r.lo, r.hi = r.Scale.bend(r.Scale.Lo), r.Scale.bend(r.Scale.Hi)
	if r.Scale.Kind != Log || r.of == r.Scale {
		return
	}
	r.of = r.Scale
	r.first = math.Float32bits(float32(r.Scale.Lo)) >> fine
	n := int(math.Float32bits(float32(r.Scale.Hi))>>fine-r.first) + 1
	r.units = resize(r.units, n)
	for i := range r.units {
		middle := math.Float32frombits((r.first+uint32(i))<<fine + 1<<(fine-1))
		r.units[i] = r.exactly(float64(middle))
	}
}

// unit returns where the size of v lies on the scale, cut off at its ends. In
// decades it looks it up: a logarithm for each pixel would be felt.
func (r *Raster) unit(v float32) float32 {
	if r.Scale.Kind != Log || v != v {
		return r.exactly(math.Abs(float64(v)))
	}
	i := int(math.Float32bits(v)&^(1<<31)>>fine) - int(r.first)
	return r.units[min(max(i, 0), len(r.units)-1)]
}

func (r *Raster) exactly(size float64) float32 {
	return min(max(float32((r.Scale.bend(size)-r.lo)/(r.hi-r.lo)), 0), 1)
}

// line fills r.row with the nodes at height j of h, counted from below.
func (r *Raster) line(j, h, nx, ny int) {
	lo, t := r.locate(j, h, ny)
	a, b := r.node[lo*nx:][:nx], r.node[min(lo+1, ny-1)*nx:][:nx]
	for i := range r.row {
		r.row[i] = a[i] + t*(b[i]-a[i])
		if t == 0 {
			r.row[i] = a[i]
		}
	}
}

// across returns the value at column i of w of r.row.
func (r *Raster) across(i, w, nx int) float32 {
	lo, t := r.locate(i, w, nx)
	if t == 0 {
		return r.row[lo]
	}
	return r.row[lo] + t*(r.row[lo+1]-r.row[lo])
}

// locate returns the node at or below pixel i of w on an axis of n nodes, and
// how far from it to the next the pixel lies, in [0, 1).
func (r *Raster) locate(i, w, n int) (int, float32) {
	if !r.Blur {
		return i * n / w, 0
	}
	x := (float64(i) + 0.5) / float64(w) * float64(n-1)
	lo := min(int(x), max(n-2, 0))
	return lo, float32(x - float64(lo))
}

// colour returns the colour of t, or a stripe of the pattern at pixel (i, j).
func (r *Raster) colour(t float32, i, j int) Colour {
	if t == t {
		return r.Map[int(t*255+0.5)]
	}
	c := r.Gap
	if (i+j)&4 != 0 { // diagonal, four pixels wide
		c.R, c.G, c.B = c.R-c.R/4, c.G-c.G/4, c.B-c.B/4
	}
	return c
}

// resize returns s with length n, reusing its memory if it can.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
