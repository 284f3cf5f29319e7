package main

import (
	"math"

	"pinnlab/core/train"
)

// history reads a Snapshot's series by meaning rather than by column. The last
// row is the present, which the series may not have reached.
type history struct{ s *train.Snapshot }

// len returns the number of rows.
func (h history) len() int {
	n := 1
	if c := int(h.s.Losses.Cols); c > 0 {
		n += len(h.s.Losses.Rows) / c
	}
	return n
}

// step returns the iteration of row i.
func (h history) step(i int) float64 {
	if i == h.len()-1 {
		return float64(h.s.Step)
	}
	return float64(i) * float64(h.s.Losses.Stride)
}

// term returns the loss of term j.
func (h history) term(i, j int) float64 {
	if i == h.len()-1 {
		return h.s.Terms[j].Loss
	}
	return h.at(i, j)
}

// loss returns the sum of the losses of group g.
func (h history) loss(i, g int) float64 {
	sum := 0.0
	for j, t := range h.s.Terms {
		if int(t.Group) == g {
			sum += h.term(i, j)
		}
	}
	return sum
}

// lambda returns the weight of group g > 0.
func (h history) lambda(i, g int) float64 {
	if i == h.len()-1 {
		return h.s.Groups[g].Lambda
	}
	return h.at(i, len(h.s.Terms)+g-1)
}

// at returns a column of Losses.
func (h history) at(i, column int) float64 {
	if column >= int(h.s.Losses.Cols) {
		return math.NaN()
	}
	return float64(h.s.Losses.Rows[i*int(h.s.Losses.Cols)+column])
}

// errors returns the number of rows of the relative L2 error, which has steps
// of its own.
func (h history) errors() int { return len(h.s.Errors.Rows) + 1 }

// errorStep returns the iteration of row i of the error.
func (h history) errorStep(i int) float64 {
	if i == h.errors()-1 {
		return float64(h.s.Step)
	}
	return float64(i) * float64(h.s.Errors.Stride)
}

// relL2 returns row i of the error.
func (h history) relL2(i int) float64 {
	if i == h.errors()-1 {
		return h.s.RelL2
	}
	return float64(h.s.Errors.Rows[i])
}

// nearest returns the row, of n at the given steps, that is closest to x.
func nearest(n int, step func(int) float64, x float64) int {
	best, gap := 0, math.Inf(1)
	for i := range n {
		if d := math.Abs(step(i) - x); d < gap {
			best, gap = i, d
		}
	}
	return best
}
