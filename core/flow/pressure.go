package flow

// head returns the coefficients of the Bernoulli head H = p + |u|²/2 less the
// corners' part, on P_i(x) P_j(y) up to the degree of w and up to a constant.
// The momentum equation gives its gradient,
//
//	H_x = ψ_x Δψ + Δψ_y/Re,  H_y = ψ_y Δψ - Δψ_x/Re,
//
// and H is the polynomial whose gradient is nearest to that in L².
func (g *galerkin) head() matrix {
	n := g.m + 4
	gx, gy := g.headGradient()
	p, dp := newMatrix(g.q, n), newMatrix(g.q, n)
	for i, x := range g.x {
		orthonormal([][]float64{p.row(i), dp.row(i)}, x)
	}
	pT, dpT := p.transposed(), dp.transposed()
	wdp := newMatrix(g.q, n)
	for i, w := range g.w {
		for j, v := range dp.row(i) {
			wdp.row(i)[j] = float64(w * v)
		}
	}
	stiff, t, c := newMatrix(n, n), newMatrix(g.q, n), newMatrix(n, n)
	stiff.mul(dpT, wdp, false)
	t.mul(gx, p, false)
	c.mul(dpT, t, false)
	t.mul(gy, dp, false)
	c.mul(pT, t, true)

	lambda, q := symmetricEigen(stiff)
	inv := newMatrix(n, n)
	for i := range n {
		for j := range n {
			if sum := lambda[i] + lambda[j]; sum > 1 { // all but the constant: π² or more
				inv.row(i)[j] = 1 / sum
			}
		}
	}
	newInverse(q, inv, inv, nil).apply(c)
	return c
}

// headGradient returns the gradient of the head less the corners' part, times
// the weights, at the nodes.
func (g *galerkin) headGradient() (gx, gy matrix) {
	f := g.move
	g.streamfunction(f)
	lx, ly := g.laplacianGradient()
	gx, gy = newMatrix(g.q, g.q), newMatrix(g.q, g.q)
	for i, x := range g.x {
		for j, y := range g.x {
			stokes, inertia := corners(x, y, 3)
			third := func(a, b int) float64 {
				return stokes.psi[a][b] + float64(g.re*inertia.psi[a][b])
			}
			lap, w := f.lap.row(i)[j], g.weight.row(i)[j]
			lapX := lx.row(i)[j] + third(3, 0) + third(1, 2)
			lapY := ly.row(i)[j] + third(2, 1) + third(0, 3)
			gx.row(i)[j] = float64(w * (float64(lap*f.x.row(i)[j]) - inertia.headX + (lapY-stokes.headX)/g.re))
			gy.row(i)[j] = float64(w * (float64(lap*f.y.row(i)[j]) - inertia.headY - (lapX+stokes.headY)/g.re))
		}
	}
	return gx, gy
}

// laplacianGradient returns Δw_x and Δw_y at the nodes.
func (g *galerkin) laplacianGradient() (x, y matrix) {
	x, y = newMatrix(g.q, g.q), newMatrix(g.q, g.q)
	for _, d := range []struct {
		to   matrix
		i, j int
	}{{x, 3, 0}, {x, 1, 2}, {y, 2, 1}, {y, 0, 3}} {
		g.mq.mul(g.a, g.atT[d.j], false)
		d.to.mul(g.at[d.i], g.mq, true)
	}
	return x, y
}
