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

// Dash appends to dst the curve pts cut into dashes of length on with gaps of
// length off, separated by NaN points. An on of 0 leaves the curve whole.
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
