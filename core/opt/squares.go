package opt

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/residual"
)

// Squares is the weighted loss Σ λᵢ Lᵢ as a sum of squares: each residual times
// √(λ/n), n being how many its term has. They are numbered term by term, in a
// term formula by formula, point by point.
type Squares struct {
	System *residual.System[float64]
	N      int // residuals

	columns residual.Columns // scratch
	start   []int            // of each term
	scale   []float64        // by term
	rows    []float64        // scratch of a block of rows
	put     residual.RowVisitor[float64]
	to      []float64 // where rows go
}

// NewSquares returns the residuals of a system.
func NewSquares(s *residual.System[float64]) *Squares {
	q := &Squares{System: s, columns: s.NewColumns(), scale: make([]float64, len(s.Prob.Terms))}
	for _, c := range q.columns {
		q.start = append(q.start, q.N)
		q.N += len(c)
	}
	q.put = q.putRows
	return q
}

// Weigh sets the weights, by group, of all that follows.
func (q *Squares) Weigh(weights []float64) {
	for i, t := range q.System.Prob.Terms {
		q.WeighTerm(i, weights[t.Group])
	}
}

// WeighTerm sets the weight of one term.
func (q *Squares) WeighTerm(term int, weight float64) {
	q.scale[term] = math.Sqrt(weight / float64(len(q.columns[term])))
}

// Scaled fills r with columns of numbers, each scaled as its residual is.
func (q *Squares) Scaled(r []float64, columns residual.Columns) {
	for i, c := range columns {
		s, own := q.scale[i], r[q.start[i]:]
		for k, v := range c {
			own[k] = s * v
		}
	}
}

// At fills r with the residuals at theta and returns r·r, the loss.
func (q *Squares) At(theta, r []float64) (loss float64) {
	q.System.Params.Load(theta)
	q.System.Residuals(q.columns)
	q.Scaled(r, q.columns)
	return kern.Dot(r, r)
}

// Jacobian fills j with the residuals' gradients at the parameters as At loaded
// them, N rows of as many numbers as there are parameters.
func (q *Squares) Jacobian(j []float64) {
	q.to = j
	q.rows = q.System.Rows(q.rows, q.put)
}

func (q *Squares) putRows(t *residual.Term, j, lo, n int, rows []float64) {
	p := len(rows) / n
	s := q.scale[t.Index]
	to := q.to[(q.start[t.Index]+j*(t.Hi-t.Lo)+lo)*p:][:n*p]
	for i, v := range rows {
		to[i] = s * v
	}
}
