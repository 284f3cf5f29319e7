package eval

import (
	"math"

	"pinnlab/core/kern"
)

// The relative L2 error is split by frequency: into the half waves per side of
// the domain, along the axis where there are more, that its cosine transform
// consists of. Helmholtz's solution with a2 = 4 has eight.
const (
	lowBelow    = 4  // half waves: the low band has fewer, the middle one no fewer
	middleBelow = 16 // half waves: the high band has no fewer
)

// bands computes the parts of an error. Only the coefficients below the high
// band are needed: the transform is orthonormal, so the rest is what is missing
// from the sum of squares.
type bands struct {
	rows [2][][]float64 // by axis, cosines at its nodes by half waves
	half []float64      // one axis transformed
}

// newBands takes the plot grid, first axis fastest.
func newBands(grid []int) *bands {
	b := &bands{}
	for axis := range 2 {
		n := 1
		if axis < len(grid) {
			n = grid[axis]
		}
		for k := range min(n, middleBelow) {
			b.rows[axis] = append(b.rows[axis], cosines(n, k))
		}
	}
	n := 1
	if len(grid) > 1 {
		n = grid[1]
	}
	b.half = make([]float64, n)
	return b
}

// cosines is row k of the orthonormal discrete cosine transform DCT-II.
func cosines(n, k int) []float64 {
	size := math.Sqrt(2 / float64(n))
	if k == 0 {
		size = math.Sqrt(1 / float64(n))
	}
	row := make([]float64, n)
	for i := range row {
		row[i] = size * kern.Cos(math.Pi*float64(k)*(float64(i)+0.5)/float64(n))
	}
	return row
}

// add adds the squares of the low and the middle part of err to sum.
func (b *bands) add(sum *[2]float64, err []float64) {
	nx := len(b.rows[0][0])
	for kx, cx := range b.rows[0] {
		for y := range b.half {
			b.half[y] = kern.Dot(cx, err[y*nx:(y+1)*nx])
		}
		for ky, cy := range b.rows[1] {
			c := kern.Dot(cy, b.half)
			band := 0
			if max(kx, ky) >= lowBelow {
				band = 1
			}
			sum[band] += float64(c * c)
		}
	}
}

// Bands returns the parts of the relative L2 error of low, middle and high
// frequency, whose squares add up to its square; NaN without a solution.
func (v *View[T]) Bands(iteration int) (parts [3]float64) {
	v.evaluate(iteration)
	var sum [2]float64
	num, den := 0.0, 0.0
	for _, w := range v.shown {
		if !w.counts || w.exact == nil {
			continue
		}
		for i, u := range w.exact {
			v.diff[i] = 0
			if !kern.IsFinite(u) {
				continue // see omit
			}
			d := w.pred[i] - u
			v.diff[i] = d
			num += float64(d * d)
			den += float64(u * u)
		}
		v.bands.add(&sum, v.diff)
	}
	if den == 0 {
		nan := math.NaN()
		return [3]float64{nan, nan, nan}
	}
	rest := max(0, num-sum[0]-sum[1]) // rounding may leave less than nothing
	return [3]float64{math.Sqrt(sum[0] / den), math.Sqrt(sum[1] / den), math.Sqrt(rest / den)}
}
