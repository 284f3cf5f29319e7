package eval

import "pinnlab/core/pde"

// integrate replaces a view's values on the plot grid by their integrals along
// a coordinate from its lower end.
func integrate(values []float64, prob *pde.Problem, along int) {
	n, stride := prob.Grid[along], 1
	for _, m := range prob.Grid[:along] {
		stride *= m
	}
	c := prob.Coords[along]
	h := (c.Hi - c.Lo) / float64(n-1)
	for i := range values {
		if i/stride%n == 0 {
			cumulate(values[i:], n, stride, h)
		}
	}
}

// cumulate replaces n ≥ 4 values, stride apart in memory and h apart in space,
// by their integrals from the first. Over each interval it integrates the cubic
// through the four nearest values,
//
//	h/24 (-f₀ + 13 f₁ + 13 f₂ - f₃)
//
// inside, and h/24 (9 f₀ + 19 f₁ - 5 f₂ + f₃) at the ends: order 4 at every
// node, where Simpson's rule has every other one only.
func cumulate(values []float64, n, stride int, h float64) {
	f := [4]float64{values[0], values[stride], values[2*stride], values[3*stride]}
	sum := 0.0
	values[0] = 0
	for i := 1; i < n; i++ { // the interval that ends at node i
		if 3 <= i && i < n-1 {
			f = [4]float64{f[1], f[2], f[3], values[(i+1)*stride]}
		}
		var part float64
		switch i {
		case 1:
			part = float64(9*f[0]) + float64(19*f[1]) - float64(5*f[2]) + f[3]
		case n - 1:
			part = f[0] - float64(5*f[1]) + float64(19*f[2]) + float64(9*f[3])
		default:
			part = float64(13*(f[1]+f[2])) - (f[0] + f[3])
		}
		sum += float64(h / 24 * part)
		values[i*stride] = sum
	}
}
