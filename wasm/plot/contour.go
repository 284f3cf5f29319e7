package plot

import "math"

// Contour appends to dst the lines where z equals level: pieces of two points
// in [0,1]², each after a break. z has nx×ny nodes, the first coordinate
// fastest. Squares with a corner that is not finite have no line.
func Contour(dst []Point, z []float32, nx, ny int, level float64) []Point {
	for j := range ny - 1 {
		for i := range nx - 1 {
			k := j*nx + i
			s := square{float64(z[k]) - level, float64(z[k+1]) - level, float64(z[k+nx+1]) - level, float64(z[k+nx]) - level}
			if low := s.below(); low == 0 || low == 4 {
				continue
			}
			x, y := float64(i), float64(j)
			for _, e := range s.edges() {
				if e[0] < 0 {
					break
				}
				dst = append(dst, Point{math.NaN(), math.NaN()})
				for _, side := range e {
					p := s.crossing(side)
					dst = append(dst, Point{(x + p.X) / float64(nx-1), (y + p.Y) / float64(ny-1)})
				}
			}
		}
	}
	return dst
}

// A square holds the heights above the level of four corners, against the
// clock from (0,0). Side i goes from corner i to corner i+1.
type square [4]float64

// below counts the corners below the level, none if a corner is not finite.
func (s square) below() (n int) {
	for _, v := range s {
		if math.IsNaN(v - v) {
			return 0
		}
		if v < 0 {
			n++
		}
	}
	return n
}

// edges pairs the sides that the line crosses; unused pairs are -1. Where it
// crosses all four, the mean of the corners decides which lie together.
func (s square) edges() (e [2][2]int) {
	e[1] = [2]int{-1, -1}
	var sides []int
	for i, v := range s {
		if (v < 0) != (s[(i+1)%4] < 0) {
			sides = append(sides, i)
		}
	}
	e[0] = [2]int{sides[0], sides[1]}
	if len(sides) == 4 {
		middle := s[0]+s[1]+s[2]+s[3] < 0
		if middle == (s[0] < 0) { // corners 0 and 2 lie together
			return [2][2]int{{0, 1}, {2, 3}}
		}
		return [2][2]int{{3, 0}, {1, 2}}
	}
	return e
}

// crossing returns where the line crosses a side, by linear interpolation.
func (s square) crossing(side int) Point {
	corners := [4]Point{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
	a, b := corners[side], corners[(side+1)%4]
	t := s[side] / (s[side] - s[(side+1)%4])
	return Point{a.X + t*(b.X-a.X), a.Y + t*(b.Y-a.Y)}
}
