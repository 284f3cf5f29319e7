package flow

import "pinnlab/core/kern"

// A galerkin is the system of Solve: ψ = S + w with w = Σ a_ij φ_i(x) φ_j(y),
//
//	F_ij = (Δψ, Δφ) + Re (Δψ, ψ_y φ_x - ψ_x φ_y),  φ = φ_i(x) φ_j(y),
//
// integrated by a Gauss rule that is exact for w's part. Grids are q×q with
// one x per row.
type galerkin struct {
	*space
	k       *inverse
	re      float64
	a       matrix    // w's coefficients, m×m
	kept    [2]matrix // the projections of the last two ψ that keep was given, newest first
	keptRe  [2]float64
	corner  [2]fields // of the Stokes and the inertial part of S
	inertia matrix    // the inertial part's projection on the space
	flow    fields    // of ψ, times Re and the weights
	move    fields    // of a direction, or of ψ
	weight  matrix    // of the nodes
	grid    matrix    // integrands, with weights
	mq, qm  matrix
	c       matrix // coefficients, or integrals
}

// fields are what the equations read of a streamfunction: ∂x, ∂y and Δ at the
// nodes.
type fields struct{ x, y, lap matrix }

func newFields(q int) fields { return fields{newMatrix(q, q), newMatrix(q, q), newMatrix(q, q)} }

// newGalerkin discretises by polynomials of degree n, and 3n/2 nodes.
func newGalerkin(n int) *galerkin {
	m, q := n-3, (3*n+1)/2
	g := &galerkin{
		space: newSpace(m, q), a: newMatrix(m, m), kept: [2]matrix{newMatrix(m, m), newMatrix(m, m)},
		corner: [2]fields{newFields(q), newFields(q)}, flow: newFields(q), move: newFields(q),
		weight: newMatrix(q, q), grid: newMatrix(q, q),
		mq: newMatrix(m, q), qm: newMatrix(q, m), c: newMatrix(m, m),
	}
	g.k = g.stokes()
	for i, x := range g.x {
		for j, y := range g.x {
			g.weight.row(i)[j] = float64(g.w[i] * g.w[j])
			stokes, inertia := corners(x, y, 2)
			for k, p := range []cartesian{stokes.psi, inertia.psi} {
				f := g.corner[k]
				f.x.row(i)[j], f.y.row(i)[j], f.lap.row(i)[j] = p[1][0], p[0][1], p[2][0]+p[0][2]
			}
		}
	}
	g.inertia = newMatrix(m, m)
	kern.MulTo(g.grid.a, 1, g.weight.a, g.corner[1].lap.a)
	g.testLaplacian(g.inertia)
	g.k.apply(g.inertia)
	return g
}

func (g *galerkin) size() int { return g.m * g.m }

func (g *galerkin) keep() {
	g.kept[0], g.kept[1] = g.kept[1], g.kept[0]
	g.keptRe = [2]float64{g.re, g.keptRe[0]}
	copy(g.kept[0].a, g.a.a)
	kern.Axpy(g.kept[0].a, g.re, g.inertia.a)
}

func (g *galerkin) predict(re float64) {
	extrapolate(g.a, g.kept, g.keptRe, re)
	kern.Axpy(g.a.a, -re, g.inertia.a)
	g.re = re
}

// adopt takes the state of a smaller space.
func (g *galerkin) adopt(small *galerkin) {
	clear(g.a.a)
	for i := range small.m {
		copy(g.a.row(i), small.a.row(i))
	}
	g.re = small.re
}

func (g *galerkin) subtract(d []float64) {
	g.c.unpack(d)
	kern.Axpy(g.a.a, -1, g.c.a)
}

// spread evaluates the fields of the function with coefficients c.
func (g *galerkin) spread(f fields, c matrix) {
	g.mq.mul(c, g.atT[0], false)
	f.x.mul(g.at[1], g.mq, false)
	f.lap.mul(g.at[2], g.mq, false)
	g.mq.mul(c, g.atT[1], false)
	f.y.mul(g.at[0], g.mq, false)
	g.mq.mul(c, g.atT[2], false)
	f.lap.mul(g.at[0], g.mq, true)
}

// test adds the sums of grid times ∂xⁱ∂yʲ φ over the nodes to r.
func (g *galerkin) test(r matrix, i, j int) {
	g.qm.mul(g.grid, g.at[j], false)
	r.mul(g.atT[i], g.qm, true)
}

func (g *galerkin) testLaplacian(r matrix) {
	g.test(r, 2, 0)
	g.test(r, 0, 2)
}

// streamfunction evaluates the fields of S + w.
func (g *galerkin) streamfunction(f fields) {
	g.spread(f, g.a)
	for p, scale := range [2]float64{1, g.re} {
		kern.Axpy(f.x.a, scale, g.corner[p].x.a)
		kern.Axpy(f.y.a, scale, g.corner[p].y.a)
		kern.Axpy(f.lap.a, scale, g.corner[p].lap.a)
	}
}

// residual also prepares jacobian at the state.
func (g *galerkin) residual(r []float64) {
	f := g.move
	g.streamfunction(f)
	clear(g.c.a)
	kern.MulTo(g.grid.a, 1, g.weight.a, f.lap.a)
	g.testLaplacian(g.c)
	kern.MulTo(g.flow.x.a, g.re, g.weight.a, f.x.a)
	kern.MulTo(g.flow.y.a, g.re, g.weight.a, f.y.a)
	kern.MulTo(g.flow.lap.a, g.re, g.weight.a, f.lap.a)
	kern.MulTo(g.grid.a, 1, f.lap.a, g.flow.y.a)
	g.test(g.c, 1, 0)
	kern.MulTo(g.grid.a, -1, f.lap.a, g.flow.x.a)
	g.test(g.c, 0, 1)
	g.k.apply(g.c)
	g.c.pack(r)
}

func (g *galerkin) jacobian(y, x []float64) {
	f, d := g.flow, g.move
	g.c.unpack(x)
	g.spread(d, g.c)
	clear(g.c.a)
	kern.MulTo(g.grid.a, 1, d.lap.a, f.y.a)
	kern.MulAdd(g.grid.a, 1, f.lap.a, d.y.a)
	g.test(g.c, 1, 0)
	kern.MulTo(g.grid.a, -1, d.lap.a, f.x.a)
	kern.MulAdd(g.grid.a, -1, f.lap.a, d.x.a)
	g.test(g.c, 0, 1)
	g.k.apply(g.c)
	g.c.pack(y)
	kern.Add(y, x) // K⁻¹ of the linear part
}
