package diag

import (
	"math"

	"pinnlab/core/kern"
)

// A Spectrum is an estimate of a spectral density: point masses that sum to 1.
type Spectrum struct {
	Values, Masses []float64
}

// At returns the density at x, each mass spread to a normal law of standard
// deviation width.
func (s Spectrum) At(x, width float64) (sum float64) {
	for i, v := range s.Values {
		z := (x - v) / width
		sum += float64(s.Masses[i] * kern.Exp(-0.5*float64(z*z)))
	}
	return sum / (width * math.Sqrt(2*math.Pi))
}

// Below returns the share of eigenvalues below x.
func (s Spectrum) Below(x float64) (sum float64) {
	for i, v := range s.Values {
		if v < x {
			sum += s.Masses[i]
		}
	}
	return sum
}

// A Density estimates a spectral density by stochastic Lanczos quadrature: for
// a random vector of ±1, the Ritz values with the squares of the first entries
// of T's eigenvectors are the nodes and weights of a Gauss rule for the
// density that the vector sees, whose mean over vectors is the density (Ubaru,
// Chen and Saad, SIAM J. Matrix Anal. Appl. 38 (2017)).
type Density struct {
	op             Operator
	probes, degree int
	seed           uint64
	run            krylov
	probe          int
	start          []float64
	sum            Spectrum // over the probes so far
}

// NewDensity returns a Density from the given number of random vectors, with
// degree products each.
func NewDensity(op Operator, probes, degree int, seed uint64) *Density {
	if probes < 1 || degree < 1 || op.Size() == 0 {
		panic("diag: NewDensity: nothing to do")
	}
	d := &Density{op: op, probes: probes, degree: degree, seed: seed, start: make([]float64, op.Size())}
	d.begin()
	return d
}

func (d *Density) begin() {
	signs(d.start, d.seed, uint64(d.probe))
	d.run.start(d.op, d.start, d.degree)
}

// Step takes one product and reports whether there is more to do. It stops
// early, with a mass at NaN, if the product is not finite.
func (d *Density) Step() bool {
	if d.probe == d.probes {
		return false
	}
	d.run.step()
	if !d.run.finite() {
		d.sum = Spectrum{[]float64{math.NaN()}, []float64{1}}
		d.probe = d.probes
		return false
	}
	if !d.run.full(d.degree) {
		return true
	}
	d.run.ritz()
	for i, v := range d.run.values[:d.run.k] {
		tau := d.run.vectors[i] // its first entry
		d.sum.Values, d.sum.Masses = append(d.sum.Values, v), append(d.sum.Masses, float64(tau*tau))
	}
	if d.probe++; d.probe == d.probes {
		return false
	}
	d.begin()
	return true
}

// Spectrum returns the estimate from the vectors that are finished, empty
// before the first is.
func (d *Density) Spectrum() Spectrum {
	s := Spectrum{Values: append([]float64(nil), d.sum.Values...)}
	total := 0.0
	for _, m := range d.sum.Masses {
		total += m
	}
	for _, m := range d.sum.Masses {
		s.Masses = append(s.Masses, m/total)
	}
	return s
}
