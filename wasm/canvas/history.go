package main

import (
	"math"

	"pinnlab/core/record"
)

// history reads a Snapshot's series by meaning rather than by column. The last
// row is the present, which the series may not have reached.
type history struct{ s *record.Snapshot }

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
	return cell(&h.s.Losses, i, j)
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
	return cell(&h.s.Losses, i, len(h.s.Terms)+g-1)
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

// rows returns the number of rows of a series.
func rows(t *record.Series) int {
	if t.Cols == 0 {
		return 0
	}
	return len(t.Rows) / int(t.Cols)
}

// cell returns a column of a series in row i, NaN where there is none.
func cell(t *record.Series, i, column int) float64 {
	if column >= int(t.Cols) {
		return math.NaN()
	}
	return float64(t.Rows[i*int(t.Cols)+column])
}

// norm returns the norm of the gradient of group g in a layer in row i.
func (h history) norm(i, layer, g int) float64 {
	return cell(&h.s.Norms, i, layer*len(h.s.Groups)+g)
}

// cosine returns the cosine between the gradients of group g > 0 and of the
// residual in row i.
func (h history) cosine(i, g int) float64 {
	return cell(&h.s.Norms, i, len(h.s.Layers)*len(h.s.Groups)+g-1)
}

// at returns the iteration of row i of a series.
func at(t *record.Series, i int) float64 { return float64(i) * float64(t.Stride) }

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
