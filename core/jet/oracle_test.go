package jet

import "pinnlab/core/kern"

// forward runs a program as it is written, the definition of its plan: one
// instruction at a time on the slots' values.
func forward[T kern.Float](p *Program, val [][]T) {
	for _, in := range p.Code {
		dst, a, b, c := val[in.Dst], val[in.A], val[in.B], T(in.Coef)
		for i := range dst {
			switch in.Op {
			case Const:
				dst[i] = c
			case Scale:
				dst[i] = c * a[i]
			case Axpy:
				dst[i] += T(c * a[i])
			case Mul:
				dst[i] = T(c*a[i]) * b[i]
			case MulAdd:
				dst[i] += T(T(c*a[i]) * b[i])
			case Tanh:
				kern.TanhTo(dst[i:i+1], a[i:i+1])
			default:
				dst[i] = T(elementary[in.Op](float64(a[i])))
			}
		}
	}
}

// reverse adds to the adjoints of the inputs, the instructions backwards, what
// the adjoint of the output gives for the values that forward left. The adjoints
// of the output and of the auxiliary slots are used up.
func reverse[T kern.Float](p *Program, val, adj [][]T) {
	for k := len(p.Code) - 1; k >= 0; k-- {
		in := p.Code[k]
		d, c, a, b := adj[in.Dst], T(in.Coef), val[in.A], val[in.B]
		for i := range d {
			switch in.Op {
			case Const:
			case Scale, Axpy:
				adj[in.A][i] += T(c * d[i])
			case Mul, MulAdd:
				if in.A == in.B { // both factors at once
					adj[in.A][i] += T(T(2*c*a[i]) * d[i])
					break
				}
				adj[in.A][i] += T(T(c*b[i]) * d[i])
				adj[in.B][i] += T(T(c*a[i]) * d[i])
			default:
				adj[in.A][i] += T(T(c*b[i]) * d[i])
			}
		}
	}
}
