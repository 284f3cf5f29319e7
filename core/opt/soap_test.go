package opt

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"pinnlab/core/ad"
)

func randomNumbers(src *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = src.NormFloat64()
	}
	return x
}

// TestBasis: the eigenvectors are gonum's, to their sign, and improving them
// makes of them what power iteration and gonum's QR make.
func TestBasis(t *testing.T) {
	const n = 9
	src := rand.New(rand.NewPCG(3, 4))
	a := mat.NewDense(n, n, randomNumbers(src, n*n))
	var product mat.Dense
	product.Mul(a, a.T())
	b := newBasis(n)
	copy(b.mean, product.RawMatrix().Data)
	b.start()
	var eigen mat.EigenSym
	if !eigen.Factorize(mat.NewSymDense(n, product.RawMatrix().Data), true) {
		t.Fatal("no eigenvectors")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	same := func(what string, row int, want mat.Vector) {
		t.Helper()
		if c := math.Abs(mat.Dot(mat.NewVecDense(n, b.q[row*n:(row+1)*n]), want)); !(math.Abs(c-1) < 1e-12) {
			t.Errorf("%s %d: cosine %v", what, row, c)
		}
	}
	for i := range n {
		same("eigenvector", i, vectors.ColView(n-1-i))
	}

	// Another matrix nearby, in which the order of two has changed.
	for i := range b.mean {
		b.mean[i] *= 1 + 0.1*math.Sin(float64(i%n+i/n))
	}
	copy(b.q[:n], slices.Clone(b.q[n:2*n]))
	copy(b.q[n:2*n], vectors.ColView(n - 1).(*mat.VecDense).RawVector().Data[:0])
	for i := range n {
		b.q[n+i] = vectors.At(i, n-1)
	}
	old := mat.NewDense(n, n, slices.Clone(b.q)).T()
	var image, estimate mat.Dense
	image.Mul(mat.NewDense(n, n, b.mean), old)
	estimate.Mul(old.T(), &image)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if estimate.At(i, i) > estimate.At(j, j) {
			return -1
		}
		return 1
	})
	sorted := mat.NewDense(n, n, nil)
	for i, k := range order {
		sorted.SetCol(i, mat.Col(nil, k, &image))
	}
	var qr mat.QR
	var q mat.Dense
	qr.Factorize(sorted)
	qr.QTo(&q)
	b.improve()
	if !slices.Equal(b.order, order) || slices.IsSorted(order) {
		t.Errorf("order %v, want %v, which is not that of before", b.order, order)
	}
	for i := range n {
		same("improved", i, q.ColView(i))
	}
}

// TestBasisOfLowRank: a matrix of rank 2, and none at all, have orthonormal bases
// that stay so.
func TestBasisOfLowRank(t *testing.T) {
	const n = 6
	src := rand.New(rand.NewPCG(5, 6))
	for _, rank := range []int{0, 2} {
		b := newBasis(n)
		for range rank {
			x := randomNumbers(src, n)
			for i := range b.mean {
				b.mean[i] += x[i/n] * x[i%n]
			}
		}
		b.start()
		for range 3 {
			b.improve()
			q := mat.NewDense(n, n, b.q)
			var gram mat.Dense
			gram.Mul(q, q.T())
			for i := range n {
				gram.Set(i, i, gram.At(i, i)-1)
			}
			if off := mat.Norm(&gram, 2); !(off < 1e-13) {
				t.Errorf("rank %d: off orthonormal by %.1g", rank, off)
			}
		}
	}
}

// vyas is algorithm 3 of Vyas et al. for one matrix, with dense matrices.
type vyas struct {
	w, m, v, left, right, ql, qr mat.Dense
}

const vyasBeta = 0.95

func running(mean *mat.Dense, x mat.Matrix) {
	var part mat.Dense
	part.Scale(1-vyasBeta, x)
	mean.Scale(vyasBeta, mean)
	mean.Add(mean, &part)
}

func product(a ...mat.Matrix) *mat.Dense {
	p := mat.DenseCopyOf(a[0])
	for _, x := range a[1:] {
		next := new(mat.Dense)
		next.Mul(p, x)
		p = next
	}
	return p
}

func (s *vyas) step(g *mat.Dense, t, every int, rate float64) {
	turned := product(s.ql.T(), g, &s.qr)
	running(&s.m, g)
	turned.MulElem(turned, turned)
	running(&s.v, turned)
	move := product(s.ql.T(), &s.m, &s.qr)
	correct := 1 - math.Pow(vyasBeta, float64(t))
	move.Apply(func(i, j int, x float64) float64 {
		return x / correct / (math.Sqrt(s.v.At(i, j)/correct) + 1e-8)
	}, move)
	move = product(&s.ql, move, s.qr.T())
	move.Scale(rate, move)
	s.w.Sub(&s.w, move)
	running(&s.left, product(g, g.T()))
	running(&s.right, product(g.T(), g))
	if t%every == 0 {
		rows, columns := renew(&s.ql, &s.left), renew(&s.qr, &s.right)
		was := mat.DenseCopyOf(&s.v)
		s.v.Apply(func(i, j int, _ float64) float64 { return was.At(rows[i], columns[j]) }, &s.v)
	}
}

// renew is one step of power iteration and a QR, the largest first.
func renew(q, mean *mat.Dense) (order []int) {
	n, _ := q.Dims()
	image := product(mean, q)
	estimate := product(q.T(), image)
	for i := range n {
		order = append(order, i)
	}
	slices.SortFunc(order, func(i, j int) int {
		if estimate.At(i, i) > estimate.At(j, j) {
			return -1
		}
		return 1
	})
	sorted := mat.NewDense(n, n, nil)
	for i, k := range order {
		sorted.SetCol(i, mat.Col(nil, k, image))
	}
	var qr mat.QR
	qr.Factorize(sorted)
	q.Reset()
	qr.QTo(q)
	return order
}

// TestSoapAgainstAlgorithm compares matrices of any shape, and a bias with Adam
// of the same β, over steps with several changes of the bases. Both begin with
// one basis: that of a matrix of low rank is not the only one.
func TestSoapAgainstAlgorithm(t *testing.T) {
	const every, rate = 3, 0.01
	src := rand.New(rand.NewPCG(7, 8))
	for _, shape := range [][2]int{{4, 4}, {3, 5}, {5, 2}, {4, 1}} {
		rows, columns := shape[0], shape[1]
		var l ad.Layout
		l.Add("W", rows, columns)
		l.Add("b", 1, columns)
		n := rows * columns
		s := newSoap[float64](l, set{"beta1": vyasBeta, "beta2": vyasBeta, "rotate": every})
		adam := NewAdam[float64](columns)
		adam.Beta1, adam.Beta2 = vyasBeta, vyasBeta
		theta := randomNumbers(src, l.Size())
		bias := slices.Clone(theta[n:])
		ref := &vyas{w: *mat.NewDense(rows, columns, slices.Clone(theta[:n])), m: *mat.NewDense(rows, columns, nil), v: *mat.NewDense(rows, columns, nil)}
		mix := mat.NewDense(rows, rows, randomNumbers(src, rows*rows))
		for k := range 20 {
			g := randomNumbers(src, l.Size())
			mixed := product(mix, mat.NewDense(rows, columns, g[:n])) // so that its entries are correlated
			copy(g, mixed.RawMatrix().Data)
			was := slices.Clone(theta)
			if err := s.Step(theta, &Point[float64]{Rate: rate, Gradient: g}); err != nil {
				t.Fatal(err)
			}
			if k == 0 {
				if !slices.Equal(theta, was) {
					t.Error("the first step moves")
				}
				b := s.blocks[0]
				ref.ql = *mat.DenseCopyOf(mat.NewDense(rows, rows, b.left.q).T())
				ref.qr = *mat.DenseCopyOf(mat.NewDense(columns, columns, b.right.q).T())
				ref.left.Scale(1-vyasBeta, product(mixed, mixed.T()))
				ref.right.Scale(1-vyasBeta, product(mixed.T(), mixed))
				continue
			}
			ref.step(mixed, k, every, rate)
			step := &Point[float64]{Rate: rate, Gradient: g[n:]}
			if err := adam.Step(bias, step); err != nil {
				t.Fatal(err)
			}
			// The gradients' null space, if there is one, is known to rounding.
			if gap := distance(theta[:n], ref.w.RawMatrix().Data); !(gap < 1e-9) {
				t.Fatalf("%v: the matrix is off by %.1g after step %d", shape, gap, k)
			}
			if gap := distance(theta[n:], bias); !(gap < 1e-12) {
				t.Fatalf("%v: the bias is off by %.1g after step %d", shape, gap, k)
			}
		}
	}
}
