package diag

import (
	"math"

	"pinnlab/core/nn"
	"pinnlab/core/train"
)

// MaxDense is the number of parameters up to which all eigenvalues are worth
// waiting for: that many products, and time that grows with its cube.
const MaxDense = 1500

// A Dense is the Hessian of each group, entry by entry.
type Dense struct {
	h      *train.Hessian[float64]
	n      int
	col    int         // columns done
	groups [][]float64 // n×n each, row by row; row i is the product with the i-th unit vector
	unit   []float64
	hv     [][]float64
}

// NewDense returns the groups' Hessians at the parameters and points of h, with
// no column computed.
func NewDense(h *train.Hessian[float64]) *Dense {
	n := h.Net().Layout.Size()
	d := &Dense{h: h, n: n, unit: make([]float64, n)}
	for range h.Problem().Groups {
		d.groups = append(d.groups, make([]float64, n*n))
		d.hv = append(d.hv, nil)
	}
	return d
}

// Step computes one column and reports whether there is more to do.
func (d *Dense) Step() bool {
	if d.col == d.n {
		return false
	}
	for g, m := range d.groups {
		d.hv[g] = m[d.col*d.n : (d.col+1)*d.n]
	}
	d.unit[d.col] = 1
	d.h.Products(d.hv, d.unit)
	d.unit[d.col] = 0
	d.col++
	return d.col < d.n
}

// Asymmetry returns the largest |Hᵢⱼ - Hⱼᵢ| over the largest |Hᵢⱼ| of a group:
// rounding, as both are computed.
func (d *Dense) Asymmetry() float64 {
	worst := 0.0
	for _, m := range d.groups {
		diff, size := 0.0, 0.0
		for i := range d.n {
			for j := range d.n {
				diff = max(diff, math.Abs(m[i*d.n+j]-m[j*d.n+i]))
				size = max(size, math.Abs(m[i*d.n+j]))
			}
		}
		if diff > 0 {
			worst = max(worst, diff/size)
		}
	}
	return worst
}

// Eigen returns the eigenproblem of a weighted sum of the groups' Hessians,
// restricted to a subset of the parameters. All columns must be there. Rows are
// taken as they are, symmetric up to rounding: reading columns beside them would
// take longer than all else of a step, and move the eigenvalues by as little.
func (d *Dense) Eigen(s Subset, weights []float64) *Eigen {
	if d.col < d.n || len(weights) != len(d.groups) {
		panic("diag: Eigen: columns or weights are missing")
	}
	at := s.indices(d.h.Net())
	e := newEigen(len(at))
	for i, r := range at {
		row := e.a[i*len(at) : (i+1)*len(at)]
		for g, m := range d.groups {
			w, from := weights[g], m[r*d.n:(r+1)*d.n]
			for j, c := range at {
				row[j] += float64(w * from[c])
			}
		}
	}
	return e
}

// indices lists where in theta the parameters of s are.
func (s Subset) indices(net *nn.Net) (at []int) {
	for _, p := range s.spans(net) {
		for i := p.lo; i < p.hi; i++ {
			at = append(at, i)
		}
	}
	return at
}
