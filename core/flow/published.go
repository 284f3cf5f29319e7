package flow

import "math"

// A Profile is a published flow on the cavity's centre lines.
type Profile struct {
	Source string
	Re     float64
	U      []Sample // u on x = 1/2, by y
	V      []Sample // v on y = 1/2, by x
}

// A Sample is a value at a place between 0 and 1.
type Sample struct{ At, Value float64 }

// Where the sources print their profiles: nodes of Ghia's grid of 129 lines.
var (
	stationsY = []float64{
		1, 0.9766, 0.9688, 0.9609, 0.9531, 0.8516, 0.7344, 0.6172, 0.5,
		0.4531, 0.2813, 0.1719, 0.1016, 0.0703, 0.0625, 0.0547, 0,
	}
	stationsX = []float64{
		1, 0.9688, 0.9609, 0.9531, 0.9453, 0.9063, 0.8594, 0.8047, 0.5,
		0.2344, 0.2266, 0.1563, 0.0938, 0.0781, 0.0703, 0.0625, 0,
	}
)

const (
	ghiaSource    = "U. Ghia, K. N. Ghia, C. T. Shin, J. Comput. Phys. 48 (1982) 387-411"
	botellaSource = "O. Botella, R. Peyret, Comput. Fluids 27 (1998) 421-433"
)

// Profiles returns the published profiles, by Reynolds number. Those of Ghia,
// Ghia and Shin come from a second-order scheme on 129×129 nodes and are off by
// up to 0.009 at Re = 100: they are for comparison with other people's plots.
// Their v at Re = 400, x = 0.9063 is a misprint (-0.23827, between -0.19254
// and -0.44993) and is left out. Those of Botella and Peyret, whose lid moves
// the other way and who are mirrored here, are good to every digit but the last.
func Profiles() []Profile {
	return []Profile{
		profile(ghiaSource, 100,
			[]float64{
				1, 0.84123, 0.78871, 0.73722, 0.68717, 0.23151, 0.00332, -0.13641, -0.20581,
				-0.21090, -0.15662, -0.10150, -0.06434, -0.04775, -0.04192, -0.03717, 0,
			},
			[]float64{
				0, -0.05906, -0.07391, -0.08864, -0.10313, -0.16914, -0.22445, -0.24533, 0.05454,
				0.17527, 0.17507, 0.16077, 0.12317, 0.10890, 0.10091, 0.09233, 0,
			}),
		profile(ghiaSource, 400,
			[]float64{
				1, 0.75837, 0.68439, 0.61756, 0.55892, 0.29093, 0.16256, 0.02135, -0.11477,
				-0.17119, -0.32726, -0.24299, -0.14612, -0.10338, -0.09266, -0.08186, 0,
			},
			[]float64{
				0, -0.12146, -0.15663, -0.19254, -0.22847, math.NaN(), -0.44993, -0.38598, 0.05186,
				0.30174, 0.30203, 0.28124, 0.22965, 0.20920, 0.19713, 0.18360, 0,
			}),
		profile(ghiaSource, 1000,
			[]float64{
				1, 0.65928, 0.57492, 0.51117, 0.46604, 0.33304, 0.18719, 0.05702, -0.06080,
				-0.10648, -0.27805, -0.38289, -0.29730, -0.22220, -0.20196, -0.18109, 0,
			},
			[]float64{
				0, -0.21388, -0.27669, -0.33714, -0.39188, -0.51550, -0.42665, -0.31966, 0.02526,
				0.32235, 0.33075, 0.37095, 0.32627, 0.30353, 0.29012, 0.27485, 0,
			}),
		profile(botellaSource, 1000,
			[]float64{
				1, 0.6644227, 0.5808359, 0.5169277, 0.4723329, 0.3372212, 0.1886747, 0.0570178, -0.0620561,
				-0.1081999, -0.2803696, -0.3885691, -0.3004561, -0.2228955, -0.2023300, -0.1812881, 0,
			},
			[]float64{
				0, -0.2279225, -0.2936869, -0.3553213, -0.4103754, -0.5264392, -0.4264545, -0.3202137, 0.0257995,
				0.3253592, 0.3339924, 0.3769189, 0.3330442, 0.3099097, 0.2962703, 0.2807056, 0,
			}),
	}
}

// profile pairs values with the stations; NaN stands for one left out.
func profile(source string, re float64, u, v []float64) Profile {
	p := Profile{Source: source, Re: re}
	for i, y := range stationsY {
		p.U = append(p.U, Sample{y, u[i]})
	}
	for i, x := range stationsX {
		if !math.IsNaN(v[i]) {
			p.V = append(p.V, Sample{x, v[i]})
		}
	}
	return p
}

// Extrema are the least u on the centre line x = 1/2 (at y), and the greatest
// and the least v on y = 1/2 (at x).
type Extrema struct {
	Source           string
	Re               float64
	UMin, VMax, VMin Sample
}

// PublishedExtrema returns those of Botella and Peyret, mirrored.
func PublishedExtrema() []Extrema {
	return []Extrema{
		{botellaSource, 100, Sample{0.4581, -0.2140424}, Sample{0.2370, 0.1795728}, Sample{0.8104, -0.2538030}},
		{botellaSource, 1000, Sample{0.1717, -0.3885698}, Sample{0.1578, 0.3769447}, Sample{0.9092, -0.5270771}},
	}
}

// Extrema returns the solution's own.
func (s *Solution) Extrema() Extrema {
	// The lid's u = 1 is no minimum, and no profile has two of equal depth.
	u := func(y float64) float64 { return s.At(0.5, y).U }
	v := func(x float64) float64 { return s.At(x, 0.5).V }
	least := minimum(func(x float64) float64 { return -v(x) })
	return Extrema{
		Source: "this solution", Re: s.Re,
		UMin: minimum(u), VMax: Sample{least.At, -least.Value}, VMin: minimum(v),
	}
}

// minimum finds the least value of f on [0, 1] among those at 100 places, and
// then nearby by golden section. Both ends must be higher.
func minimum(f func(float64) float64) Sample {
	const steps, ratio = 100, 0.6180339887498949
	best := Sample{0, f(0)}
	for i := range steps {
		at := float64(i+1) / steps
		if v := f(at); v < best.Value {
			best = Sample{at, v}
		}
	}
	lo, hi := best.At-1.0/steps, best.At+1.0/steps
	for range 40 { // to the square root of the rounding error, which is all there is
		a, b := hi-float64(ratio*(hi-lo)), lo+float64(ratio*(hi-lo))
		if f(a) < f(b) {
			hi = b
		} else {
			lo = a
		}
	}
	at := (lo + hi) / 2
	return Sample{at, f(at)}
}
