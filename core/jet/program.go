package jet

import "pinnlab/core/kern"

// A Program maps jets to a jet, element by element, by instructions on slots.
// The slots are the channels of input 0, of input 1, ..., of the output, and
// then Aux channels that the program keeps for its adjoint.
type Program struct {
	Set     *Set
	In, Aux int
	Code    []Instr

	fused fused
}

// Instr is one instruction on slots.
type Instr struct {
	Op        Op
	Dst, A, B int
	Coef      float64
}

// Op is what an instruction does.
type Op uint8

const (
	Const  Op = iota // dst = coef
	Scale            // dst = coef a
	Axpy             // dst += coef a
	Mul              // dst = coef a b
	MulAdd           // dst += coef a b
	Tanh             // dst = tanh a; its derivative is coef b
	Sin              // dst = sin a; likewise
	Cos              // dst = cos a; likewise
)

// Adjoint calls add with the terms of the instruction's reverse rule: to the
// adjoint of slot to it adds coef times the value of slot val, times the adjoint
// of Dst; val is negative where there is no such factor.
func (in Instr) Adjoint(add func(to int, coef float64, val int)) {
	switch {
	case in.Op == Const:
	case in.Op == Scale || in.Op == Axpy:
		add(in.A, in.Coef, -1)
	case in.Op != Mul && in.Op != MulAdd:
		add(in.A, in.Coef, in.B)
	case in.A == in.B: // both factors at once
		add(in.A, 2*in.Coef, in.A)
	default:
		add(in.A, in.Coef, in.B)
		add(in.B, in.Coef, in.A)
	}
}

// Slots returns the number of slots.
func (p *Program) Slots() int { return (p.In+1)*p.Set.Len() + p.Aux }

// out returns the slot of the output's channel i.
func (p *Program) out(i int) int { return p.In*p.Set.Len() + i }

func (p *Program) emit(op Op, dst int, coef float64, a, b int) {
	p.Code = append(p.Code, Instr{op, dst, a, b, coef})
}

var elementary = map[Op]func(float64) float64{Sin: kern.Sin, Cos: kern.Cos}
