// Package ad differentiates programs on jet-valued matrices in reverse mode.
//
// A program is recorded once on a [Tape] and then replayed on new points and
// parameters: Forward recomputes every value, Backward every adjoint and the
// gradient with respect to the parameters. Replaying allocates nothing.
//
// All matrices of a tape carry the same channels for the same points, stored
// channel by channel, one point per row, so that a linear layer is one matrix
// product over all channels.
package ad

import (
	"slices"
	"time"

	"pinnlab/core/jet"
	"pinnlab/core/kern"
)

// A Var is a jet-valued matrix on a tape: for each channel of the tape's set,
// Block rows of Cols numbers.
type Var[T kern.Float] struct {
	Cols      int
	Val, Grad []T // Grad is nil where no adjoint is needed: inputs

	rows int // channels × points
}

// A Tape is a recorded program.
type Tape[T kern.Float] struct {
	Set   *jet.Set
	Block int
	Clock *time.Duration // where not nil, the time that matrix products take is added to it

	params *Params[T]
	grads  [][]T // of the parameters, padded like them
	ops    []op[T]
	uses   []use[T]
	taken  []*Var[T] // by Difference
	ready  bool      // the order of adjoints is known

	rowsOnly bool // Backward leaves the parameters' gradient alone; see Rows
}

// An op computes out from its args. Its reverse rule adds to the adjoint of
// args[i], or sets it where first[i]: the op is the first in the reverse pass
// to reach that argument.
type op[T kern.Float] struct {
	forward  func()
	backward func(first []bool)
	args     []*Var[T]
	first    []bool

	flop float64 // operations of the matrix products among both
}

// NewTape returns an empty tape for jets of the given channels at n points.
func NewTape[T kern.Float](params *Params[T], set *jet.Set, n int) *Tape[T] {
	t := &Tape[T]{Set: set, Block: n, params: params}
	for _, p := range params.Layout {
		t.grads = append(t.grads, make([]T, p.Rows*kern.Stride[T](p.Cols)))
	}
	return t
}

// Size returns the length of the flat vector of parameters.
func (t *Tape[T]) Size() int { return t.params.Layout.Size() }

// Input adds a matrix that the caller fills; see [Tape.Row].
func (t *Tape[T]) Input(cols int) *Var[T] {
	rows := t.Set.Len() * t.Block
	return &Var[T]{Cols: cols, rows: rows, Val: make([]T, rows*kern.Stride[T](cols))}
}

func (t *Tape[T]) result(cols int) *Var[T] {
	v := t.Input(cols)
	v.Grad = make([]T, len(v.Val))
	return v
}

// Row returns the cols numbers of one point in one channel of x, the Val or the
// Grad of a Var, to read or to fill.
func (t *Tape[T]) Row(x []T, cols, channel, point int) []T {
	s := kern.Stride[T](cols)
	at := (channel*t.Block + point) * s
	return x[at : at+cols]
}

func (t *Tape[T]) record(o op[T]) {
	for _, x := range t.taken {
		if slices.Contains(o.args, x) {
			panic("ad: an op reads what Difference has taken over")
		}
	}
	o.first = make([]bool, len(o.args))
	t.ops = append(t.ops, o)
	t.ready = false
}

// Linear records y = x W + b, with the bias in the value channel only.
func (t *Tape[T]) Linear(x *Var[T], w, b Param) *Var[T] {
	y := t.Product(x, w)
	add, sum := t.bias(y, b)
	o := &t.ops[len(t.ops)-1]
	product, adjoint := o.forward, o.backward
	o.forward = func() { product(); add() }
	o.backward = func(first []bool) { sum(); adjoint(first) }
	return y
}

// Product records y = x W: one matrix product over all channels. Along a
// parameter direction V it is y' = x' W + x V.
//
//	x̄ += ȳ Wᵀ    W̄ += xᵀ ȳ
func (t *Tape[T]) Product(x *Var[T], w Param) *Var[T] {
	if w.Rows != x.Cols {
		panic("ad: Product: shape mismatch")
	}
	y := t.result(w.Cols)
	n, k := w.Cols, w.Rows
	sn, sk := kern.Stride[T](n), kern.Stride[T](k)
	plain := t.Set.Plain * t.Block // rows before the direction's
	along := x.rows > plain
	theta, dir, grad := t.params.theta, t.params.dir, t.grads[w.index]
	o := op[T]{args: []*Var[T]{x}}
	o.forward = func() {
		since := t.start()
		kern.MatMul(y.Val, x.Val, theta.val[w.index], x.rows, k, n, false)
		if along {
			kern.MatMul(y.Val[plain*sn:], x.Val, dir.val[w.index], plain, k, n, true)
		}
		t.stop(since)
	}
	o.backward = func(first []bool) {
		since := t.start()
		if x.Grad != nil {
			kern.MatMul(x.Grad, y.Grad, theta.transpose[w.index], x.rows, n, k, !first[0])
			if along {
				kern.MatMul(x.Grad[:plain*sk], y.Grad[plain*sn:], dir.transpose[w.index], plain, n, k, true)
			}
		}
		if !t.rowsOnly {
			kern.AddMatMulT(grad, x.Val, y.Grad, x.rows, k, n)
		}
		t.stop(since)
	}
	rows := x.rows // of the products with W or its transpose
	if along {
		rows += plain
	}
	o.flop = float64(2 * k * n * (rows + x.rows))
	if x.Grad != nil {
		o.flop += float64(2 * k * n * rows)
	}
	t.uses = append(t.uses, use[T]{w, x, y})
	t.record(o)
	return y
}

func (t *Tape[T]) start() (since time.Time) {
	if t.Clock != nil {
		since = time.Now()
	}
	return since
}

func (t *Tape[T]) stop(since time.Time) {
	if t.Clock != nil {
		*t.Clock += time.Since(since)
	}
}

// AddBias records y = x + b, with the bias in the value channel only.
func (t *Tape[T]) AddBias(x *Var[T], b Param) *Var[T] {
	y := t.result(x.Cols)
	add, sum := t.bias(y, b)
	t.record(op[T]{
		args:    []*Var[T]{x},
		forward: func() { copy(y.Val, x.Val); add() },
		backward: func(first []bool) {
			sum()
			if first[0] {
				copy(x.Grad, y.Grad)
			} else {
				kern.Add(x.Grad, y.Grad)
			}
		},
	})
	return y
}

// Difference records y = u - v and takes u over: no other op may read u, whose
// adjoint is y's and lies in the same memory.
//
//	v̄ -= ȳ
func (t *Tape[T]) Difference(u, v *Var[T]) *Var[T] {
	if u.Cols != v.Cols || u.Grad == nil || v.Grad == nil {
		panic("ad: Difference: shape mismatch")
	}
	for _, o := range t.ops {
		if slices.Contains(o.args, u) {
			panic("ad: Difference: another op reads u")
		}
	}
	y := t.Input(u.Cols)
	y.Grad = u.Grad
	minus := &kern.Sum[T]{Terms: []kern.Term[T]{{C: 1, A: 0}, {C: -1, A: 1}}, Singles: 2}
	slots := [][]T{u.Val, v.Val}
	t.taken = append(t.taken, u)
	t.record(op[T]{
		args:    []*Var[T]{v},
		forward: func() { minus.Add(y.Val, false, slots) },
		backward: func(first []bool) {
			clearFirst([]*Var[T]{v}, first)
			kern.Axpy(v.Grad, -1, y.Grad)
		},
	})
	return y
}

// bias returns what adds the bias, and its direction, to y, and what adds its
// adjoint, b̄ += column sums of ȳ.
func (t *Tape[T]) bias(y *Var[T], b Param) (add, sum func()) {
	if b.Rows != 1 || b.Cols != y.Cols {
		panic("ad: bias: shape mismatch")
	}
	n := y.Cols
	plain := t.Set.Plain * t.Block
	theta, dir, grad := t.params.theta, t.params.dir, t.grads[b.index]
	t.uses = append(t.uses, use[T]{b, nil, y})
	return func() {
			kern.AddToRows(y.Val, theta.val[b.index], t.Block, n)
			if y.rows > plain {
				kern.AddToRows(y.Val[plain*kern.Stride[T](n):], dir.val[b.index], t.Block, n)
			}
		}, func() {
			if !t.rowsOnly {
				kern.AddRowsTo(grad, y.Grad, t.Block, n)
			}
		}
}

// Forward recomputes every value from the inputs and the parameters.
func (t *Tape[T]) Forward() {
	for i := range t.ops {
		t.ops[i].forward()
	}
}

// Backward computes the adjoints, from that of the last result, which the
// caller has filled, and adds the gradient of the parameters to the tape's.
func (t *Tape[T]) Backward() {
	if !t.ready {
		t.order()
	}
	for i := len(t.ops) - 1; i >= 0; i-- {
		t.ops[i].backward(t.ops[i].first)
	}
}

// Flop returns the number of operations of the matrix products of a Forward and
// a Backward.
func (t *Tape[T]) Flop() (sum float64) {
	for i := range t.ops {
		sum += t.ops[i].flop
	}
	return sum
}

// order finds, for each Var, the op that reaches it first in the reverse pass.
func (t *Tape[T]) order() {
	seen := map[*Var[T]]bool{}
	for i := len(t.ops) - 1; i >= 0; i-- {
		for j, x := range t.ops[i].args {
			t.ops[i].first[j] = !seen[x]
			seen[x] = true
		}
	}
	t.ready = true
}

// ZeroGrad forgets the gradient that Backward has added up.
func (t *Tape[T]) ZeroGrad() {
	for _, g := range t.grads {
		clear(g)
	}
}

// AddGrad adds the gradient that Backward has added up to the flat vector g.
func (t *Tape[T]) AddGrad(g []T) {
	for i, p := range t.params.Layout {
		s := kern.Stride[T](p.Cols)
		for r := range p.Rows {
			at := p.Offset + r*p.Cols
			kern.Add(g[at:at+p.Cols], t.grads[i][r*s:r*s+p.Cols])
		}
	}
}
