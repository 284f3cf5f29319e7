package opt

import (
	"math"

	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/wire"
)

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "soap", Short: "SOAP", Title: "SOAP: Adam in Shampoo’s eigenbasis",
			Formula: `<mi>W</mi><mo>←</mo><mi>W</mi><mo>−</mo><mi>η</mi><msub><mi>Q</mi><mi>L</mi></msub><mfrac><mrow><msubsup><mi>Q</mi><mi>L</mi><mi>T</mi></msubsup><mover><mi>M</mi><mo>^</mo></mover><msub><mi>Q</mi><mi>R</mi></msub></mrow><mrow><msqrt><mover><mi>V</mi><mo>^</mo></mover></msqrt><mo>+</mo><mi>ε</mi></mrow></mfrac><msubsup><mi>Q</mi><mi>R</mi><mi>T</mi></msubsup>`,
			Words: "Adam, in other coordinates for each matrix of weights: the eigenvectors Q of the running means of G Gᵀ and Gᵀ G, G being its gradient, in which the entries of G are less correlated. " +
				"Biases, and the weights of a lone coordinate, move by Adam. The first step only finds the coordinates. Its source has a learning rate η of 3e-3, and a weight decay, which is left out here.",
			Source: "N. Vyas, D. Morwani, R. Zhao, M. Kwun, I. Shapira, D. Brandfonbrener, L. Janson, S. Kakade, SOAP, arXiv 2409.11321, 2024, algorithm 3, and its code; ε = 1e-8.",
			Settings: []method.Setting{
				{Name: "rotate", Title: "Eigenvectors every", Kind: method.Whole, Lo: 1, Hi: 1e9, Log: true, Usual: 10.0,
					Words: "Steps from one improvement of the eigenvectors, by a step of power iteration, to the next."},
				{Name: "beta1", Title: "β₁", Kind: method.Number, Lo: 0, Hi: 0.9999, Usual: 0.95, Words: "Of the running mean of the gradient."},
				{Name: "beta2", Title: "β₂", Kind: method.Number, Lo: 0, Hi: 0.9999, Usual: 0.95, Words: "Of those of its square, of G Gᵀ and of Gᵀ G."},
			},
		},
		Needs:  Needs{Gradient: true},
		Make32: func(l ad.Layout, v method.Values) Optimiser[float32] { return newSoap[float32](l, v) },
		Make64: func(l ad.Layout, v method.Values) Optimiser[float64] { return newSoap[float64](l, v) },
	})
}

const soapEps = 1e-8

// soap keeps all it carries in float64.
type soap[T kern.Float] struct {
	beta1, beta2   float64
	every          uint64
	taken          uint64
	power1, power2 float64 // β1ᵗ and β2ᵗ after t steps of Adam, the first not counted
	rate           float64
	m, v           []float64 // moments in the layout of θ; v of matrices in their eigenbases
	g, move        []float64
	blocks         []block
}

// A block is a parameter of the layout: a matrix with its two bases, or a row,
// which has none.
type block struct {
	lo, hi      int
	left, right *basis // of G Gᵀ and Gᵀ G
	a, b        []float64
}

func newSoap[T kern.Float](l ad.Layout, v method.Values) *soap[T] {
	n := l.Size()
	s := &soap[T]{beta1: v.Number("beta1"), beta2: v.Number("beta2"), every: uint64(v.Number("rotate")), power1: 1, power2: 1}
	s.m, s.v, s.g, s.move = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for _, p := range l {
		b := block{lo: p.Offset, hi: p.Offset + p.Size()}
		if p.Rows > 1 && p.Cols > 0 {
			b.left, b.right = newBasis(p.Rows), newBasis(p.Cols)
			b.a, b.b = make([]float64, p.Size()), make([]float64, p.Size())
		}
		s.blocks = append(s.blocks, b)
	}
	return s
}

// Step implements [Optimiser].
func (s *soap[T]) Step(theta []T, at *Point[T]) error {
	for i, g := range at.Gradient {
		s.g[i] = float64(g)
	}
	s.rate = at.Rate
	s.taken++
	if s.taken == 1 {
		for i := range s.blocks {
			if b := &s.blocks[i]; b.left != nil {
				b.average(s.g[b.lo:b.hi], s.beta2)
				b.left.start()
				b.right.start()
			}
		}
		return nil
	}
	s.power1 *= s.beta1
	s.power2 *= s.beta2
	blend(s.m, s.beta1, s.g)
	copy(s.move, s.m)
	for i := range s.blocks {
		s.moveBlock(&s.blocks[i])
	}
	for i, v := range s.move {
		theta[i] -= T(s.rate * v)
	}
	return nil
}

// moveBlock makes its part of the move of the moments and the gradient, then
// lets the bases follow.
func (s *soap[T]) moveBlock(b *block) {
	g, v, move := s.g[b.lo:b.hi], s.v[b.lo:b.hi], s.move[b.lo:b.hi]
	if b.left == nil {
		s.adam(move, v, g)
		return
	}
	b.rotate(b.a, g, false)
	b.rotate(move, move, false)
	s.adam(move, v, b.a)
	b.rotate(move, move, true)
	b.average(g, s.beta2)
	if (s.taken-1)%s.every == 0 {
		b.left.improve()
		b.right.improve()
		b.permute(v)
	}
}

// adam turns the running mean of gradients in move into Adam's direction.
func (s *soap[T]) adam(move, v, g []float64) {
	c1, c2 := 1/(1-s.power1), 1/(1-s.power2)
	for i, x := range g {
		v[i] = float64(s.beta2*v[i]) + float64((1-s.beta2)*float64(x*x))
		move[i] = float64(c1*move[i]) / (math.Sqrt(c2*v[i]) + soapEps)
	}
}

// blend sets m = β m + (1-β) g.
func blend(m []float64, beta float64, g []float64) {
	for i, v := range g {
		m[i] = float64(beta*m[i]) + float64((1-beta)*v)
	}
}

// average adds G to the running means of G Gᵀ and Gᵀ G.
func (b *block) average(g []float64, beta float64) {
	m, n := b.left.n, b.right.n
	multiply(b.left.mean, m, m, n, g, false, g, true, 1-beta, beta)
	multiply(b.right.mean, n, n, m, g, true, g, false, 1-beta, beta)
}

// rotate sets y to X in the eigenbases, Qₗᵀ X Qᵣ, or back to what it is outside,
// Qₗ X Qᵣᵀ. y may be x, and is not b.b.
func (b *block) rotate(y, x []float64, back bool) {
	m, n := b.left.n, b.right.n
	multiply(b.b, m, n, m, b.left.q, back, x, false, 1, 0)
	multiply(y, m, n, n, b.b, false, b.right.q, !back, 1, 0)
}

// permute puts v in the new order of the eigenvectors.
func (b *block) permute(v []float64) {
	n := b.right.n
	for i, row := range b.left.order {
		for j, column := range b.right.order {
			b.a[i*n+j] = v[row*n+column]
		}
	}
	copy(v, b.a)
}

// Rate implements [Optimiser].
func (s *soap[T]) Rate() float64 { return s.rate }

// Code implements [method.Keeper].
func (s *soap[T]) Code(c *wire.Coder) {
	c.U64(&s.taken)
	c.F64(&s.power1, &s.power2, &s.rate)
	wire.Exactly(c, s.m)
	wire.Exactly(c, s.v)
	for _, b := range s.blocks {
		if b.left != nil {
			b.left.Code(c)
			b.right.Code(c)
		}
	}
}
