package expr

// Coefficients returns, for each output, the constant it multiplies input i by,
// if every output is constants times input i plus what does not depend on it.
// A quantity that is only summed need not be told apart from its siblings.
func (p *Program) Coefficients(i int) (coef []float64, ok bool) {
	slope := make([]float64, len(p.inputs)+len(p.code)) // of each register by input i
	slope[i] = 1
	for k := range p.code {
		in := &p.code[k]
		s, linear := in.coefficient(slope)
		if !linear {
			return nil, false
		}
		slope[len(p.inputs)+k] = s
	}
	for _, o := range p.outputs {
		coef = append(coef, slope[o])
	}
	return coef, true
}

// coefficient returns the slope of an instruction's result, given those of the
// registers, if it is a constant.
func (in *instruction) coefficient(of []float64) (s float64, constant bool) {
	a, b := 0.0, 0.0
	if in.a >= 0 {
		a = of[in.a]
	}
	if in.b >= 0 {
		b = of[in.b]
	}
	switch in.op {
	case add:
		return a + b, true
	case sub:
		return a - b, true
	case addNum:
		return a, true
	case numSub, negate:
		return -a, true
	case mulNum:
		return in.c * a, true
	case divNum:
		return a / in.c, true
	}
	return 0, a == 0 && b == 0
}
