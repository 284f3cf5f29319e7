// Package plot turns fields, curves and histograms into pixels, triangles and
// words. It is pure: it knows no browser and no graphics library, and its tests
// compare bytes and numbers.
//
// Lengths are in one unit throughout a call, pixels of the target unless said
// otherwise; the vertical axis of the screen points down, that of a field up.
package plot

// Point is a position.
type Point struct{ X, Y float64 }

// Rect is a rectangle with its upper left corner at (X, Y).
type Rect struct{ X, Y, W, H float64 }

// Right returns the x of the right side.
func (r Rect) Right() float64 { return r.X + r.W }

// Bottom returns the y of the lower side.
func (r Rect) Bottom() float64 { return r.Y + r.H }

// Has reports whether p lies in r, its left and upper sides included.
func (r Rect) Has(p Point) bool {
	return p.X >= r.X && p.X < r.X+r.W && p.Y >= r.Y && p.Y < r.Y+r.H
}

// Inset returns r less d on each side.
func (r Rect) Inset(d float64) Rect { return Rect{r.X + d, r.Y + d, r.W - 2*d, r.H - 2*d} }
