package plot

import "math"

// Kind says how a Scale runs.
type Kind uint8

const (
	Linear Kind = iota
	Log         // decades; only values above 0
	SymLog      // linear within ±Threshold, decades beyond, as the paper's figures have it
)

// Scale takes values from Lo to Hi to the unit interval.
type Scale struct {
	Kind      Kind
	Lo, Hi    float64
	Threshold float64 // of SymLog: |v| up to it runs linearly and takes one decade's room
}

// Unit returns where v lies: 0 at Lo, 1 at Hi, NaN for NaN. On a Log scale
// what is not above 0 lies at -Inf.
func (s Scale) Unit(v float64) float64 {
	lo, hi := s.bend(s.Lo), s.bend(s.Hi)
	if hi == lo {
		return (s.bend(v) - lo) // a scale without extent: 0 at Lo
	}
	return (s.bend(v) - lo) / (hi - lo)
}

// Value returns the value at t, the inverse of Unit.
func (s Scale) Value(t float64) float64 {
	lo, hi := s.bend(s.Lo), s.bend(s.Hi)
	x := lo + t*(hi-lo)
	switch s.Kind {
	case Log:
		return math.Pow(10, x)
	case SymLog:
		if math.Abs(x) > 1 {
			return math.Copysign(s.Threshold*math.Pow(10, math.Abs(x)-1), x)
		}
		return x * s.Threshold
	}
	return x
}

// bend returns v on the axis where the scale is linear.
func (s Scale) bend(v float64) float64 {
	switch s.Kind {
	case Log:
		if v <= 0 {
			return math.Inf(-1)
		}
		return math.Log10(v)
	case SymLog:
		if a := math.Abs(v); a > s.Threshold {
			return math.Copysign(1+math.Log10(a/s.Threshold), v)
		}
		return v / s.Threshold
	}
	return v
}

// Up returns the smallest of the given multiples of a power of ten, which run
// from 1 up to below 10, that is not below v; without any, of 1, 2 and 5. It
// returns 1 where v is not a positive number.
func Up(v float64, multiples ...float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 1
	}
	if len(multiples) == 0 {
		multiples = []float64{1, 2, 5}
	}
	p := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range multiples {
		if v <= m*p*(1+1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// DecadeUp returns the smallest power of ten not below v, and 1 where v is not
// a positive number.
func DecadeUp(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 1
	}
	return math.Pow(10, math.Ceil(math.Log10(v)-1e-9))
}

// DecadeDown returns the largest power of ten not above v, and 1 where v is
// not a positive number.
func DecadeDown(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 1
	}
	return math.Pow(10, math.Floor(math.Log10(v)+1e-9))
}
