package diag

import "pinnlab/core/record"

// spectra measures the spectrum of every part of a loss at one moment. A step
// is a product or less, but for the first and the last of a part that is
// counted: towards MaxDense parameters those take up to a tenth of a second.
type spectra interface {
	step() bool        // reports whether there is more to do
	progress() float64 // from 0 to 1
	densities() []record.Density
}

// estimated has every part's density by Lanczos' method.
type estimated struct {
	ops   []*Curvature
	now   *Density
	found []record.Density
}

func newEstimated(ops []*Curvature) *estimated {
	e := &estimated{ops: ops}
	e.begin()
	return e
}

func (e *estimated) begin() {
	op := e.ops[len(e.found)]
	e.now = NewDensity(op, densityProbes, min(densityDegree, op.Size()), densitySeed)
}

func (e *estimated) step() bool {
	if e.now.Step() {
		return true
	}
	s := e.now.Spectrum()
	e.found = append(e.found, record.Density{Part: string(Parts()[len(e.found)]), Values: s.Values, Masses: s.Masses})
	if len(e.found) == len(e.ops) {
		return false
	}
	e.begin()
	return true
}

func (e *estimated) progress() float64 {
	return (float64(len(e.found)) + float64(e.now.probe)/densityProbes) / float64(len(e.ops))
}

func (e *estimated) densities() []record.Density { return e.found }

// counted has every eigenvalue of every part, from one dense Hessian.
type counted struct {
	ops    []*Curvature
	subset Subset
	dense  *Dense
	eigen  *Eigen // of the part being reduced; nil between two
	found  []record.Density
}

func (c *counted) step() bool {
	switch {
	case c.dense.Step():
		return true
	case c.eigen == nil:
		c.eigen = c.dense.Eigen(c.subset, c.ops[len(c.found)].weights)
		return true
	case c.eigen.Step():
		return true
	}
	d := record.Density{Part: string(Parts()[len(c.found)]), Values: c.eigen.Values()}
	for range d.Values {
		d.Masses = append(d.Masses, 1/float64(len(d.Values)))
	}
	c.found, c.eigen = append(c.found, d), nil
	return len(c.found) < len(c.ops)
}

func (c *counted) progress() float64 {
	size := c.ops[0].Size()
	done := c.dense.col + len(c.found)*size
	if c.eigen != nil {
		done += c.eigen.col
	}
	return float64(done) / float64(c.dense.n+len(c.ops)*size)
}

func (c *counted) densities() []record.Density { return c.found }
