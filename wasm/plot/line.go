package plot

import "math"

// Decimate appends to dst the points of a curve, in pixels with x that do not
// decrease, thinned to at most four for each column of pixels: the first, the
// lowest, the highest and the last. So a spike of a single point stays. A NaN
// point is kept as a gap.
func Decimate(dst, pts []Point) []Point {
	for len(pts) > 0 {
		if broken(pts[0]) {
			dst = append(dst, Point{math.NaN(), math.NaN()})
			pts = pts[1:]
			continue
		}
		n, lo, hi := column(pts)
		a, b := min(lo, hi), max(lo, hi)
		dst = append(dst, pts[0])
		if a > 0 {
			dst = append(dst, pts[a])
		}
		if b > a {
			dst = append(dst, pts[b])
		}
		if n-1 > b {
			dst = append(dst, pts[n-1])
		}
		pts = pts[n:]
	}
	return dst
}

// column returns how many points share the first one's column of pixels, and
// which of them are lowest and highest.
func column(pts []Point) (n, lo, hi int) {
	x := math.Floor(pts[0].X)
	for n < len(pts) && !broken(pts[n]) && math.Floor(pts[n].X) == x {
		if pts[n].Y < pts[lo].Y {
			lo = n
		}
		if pts[n].Y > pts[hi].Y {
			hi = n
		}
		n++
	}
	return n, lo, hi
}

// Clip appends to dst the parts of the curve pts whose y lie between top and
// bottom, cut where they cross these, separated by NaN points.
func Clip(dst, pts []Point, top, bottom float64) []Point {
	gap := Point{math.NaN(), math.NaN()}
	for i, q := range pts {
		inside := q.Y >= top && q.Y <= bottom
		if i == 0 || broken(q) || broken(pts[i-1]) {
			if !inside {
				q = gap
			}
			dst = append(dst, q)
			continue
		}
		p := pts[i-1]
		was := p.Y >= top && p.Y <= bottom
		enter, leave := crossings(p, q, top, bottom)
		if !was && enter <= leave {
			dst = append(dst, between(p, q, enter))
		}
		switch {
		case inside:
			dst = append(dst, q)
		case enter <= leave:
			dst = append(dst, between(p, q, leave), gap)
		default:
			dst = append(dst, gap)
		}
	}
	return dst
}

// crossings returns where on the way from p to q, from 0 to 1, the strip from
// top to bottom is entered and left; enter is greater where it is missed.
func crossings(p, q Point, top, bottom float64) (enter, leave float64) {
	d := q.Y - p.Y
	if d == 0 {
		if p.Y < top || p.Y > bottom {
			return 1, 0
		}
		return 0, 1
	}
	a, b := (top-p.Y)/d, (bottom-p.Y)/d
	return max(min(a, b), 0), min(max(a, b), 1)
}

// between returns the point at t of the way from p to q.
func between(p, q Point, t float64) Point {
	return Point{p.X + t*(q.X-p.X), p.Y + t*(q.Y-p.Y)}
}

// longest is how long a stretch of a dashed curve may be, in pixels.
const longest = 1e5

// Dash appends to dst the curve pts cut into dashes of length on with gaps of
// length off, separated by NaN points. An on of 0 leaves the curve whole. So does
// a stretch that no screen holds: its dashes would fill the memory.
func Dash(dst, pts []Point, on, off float64) []Point {
	if on <= 0 || off <= 0 {
		return append(dst, pts...)
	}
	gap := Point{math.NaN(), math.NaN()}
	left, drawing := on, true
	for i, p := range pts {
		if broken(p) || i == 0 || broken(pts[i-1]) {
			left, drawing = on, true
			dst = append(dst, p)
			continue
		}
		a, l := pts[i-1], math.Hypot(p.X-pts[i-1].X, p.Y-pts[i-1].Y)
		if !(l < longest) {
			dst, left, drawing = append(dst, p), on, true
			continue
		}
		done := 0.0
		for ; l-done > left; drawing = !drawing {
			done += left
			dst = append(dst, Point{a.X + (p.X-a.X)*done/l, a.Y + (p.Y-a.Y)*done/l})
			left = on
			if drawing {
				dst = append(dst, gap)
				left = off
			}
		}
		left -= l - done
		if drawing {
			dst = append(dst, p)
		}
	}
	return dst
}
