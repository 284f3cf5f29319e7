package flow

import (
	"math"

	"pinnlab/core/kern"
)

// A difference is the system of Emulate: second-order central differences for
//
//	u ω_x + v ω_y = Δω/Re,  ω = -Δψ,  u = ψ_y,  v = -ψ_x
//
// on n×n squares of side h, with ψ = lid at the lid's inner nodes and zero on
// the other walls, and the wall vorticity of L. C. Woods (Aeronaut. Quart. 5
// (1954) 176-184): where 1 is the neighbour of the wall's node in the flow,
//
//	ω = -3 (ψ₁ - ψ)/h² - ω₁/2 - 3/h  (the last at the lid alone).
//
// Grids are of (n+1)×(n+1) nodes, one y per row; the unknown is ψ at the inner
// nodes.
type difference struct {
	n      int
	lid    float64
	re     float64
	k      *inverse
	psi    matrix
	omega  matrix
	dpsi   matrix // a direction, and its vorticity
	domega matrix
	inner  matrix // (n-1)×(n-1)
	kept   [2]matrix
	keptRe [2]float64
}

func newDifference(n int, lid float64) *difference {
	d := &difference{
		n: n, lid: lid, inner: newMatrix(n-1, n-1),
		kept: [2]matrix{newMatrix(n+1, n+1), newMatrix(n+1, n+1)},
	}
	for _, m := range []*matrix{&d.psi, &d.omega, &d.dpsi, &d.domega} {
		*m = newMatrix(n+1, n+1)
	}
	for i := 1; i < n; i++ {
		d.kept[0].row(n)[i] = lid
	}
	d.k = d.stokes()
	return d
}

// stokes returns the inverse of the scheme's Δ². With P the five-point
// Laplacian of a ψ that vanishes on the walls and R its restriction to the
// nodes next to a wall, the wall vorticity adds to P²ψ
//
//	Σ_walls Rᵀ R (3/h⁴ - P/(2h²)) ψ,
//
// and the sine transform diagonalises P.
func (d *difference) stokes() *inverse {
	m, n := d.n-1, float64(d.n)
	q, inv, w := newMatrix(m, m), newMatrix(m, m), newMatrix(m, m)
	sine := func(k int) float64 { return kern.Sin(math.Pi * float64(k) / float64(2*d.n)) }
	lambda := make([]float64, m)
	for a := range m {
		s := float64(2 * n * sine(a+1))
		lambda[a] = -float64(s * s)
		for b := range m {
			// Reduced to the first turn, which is 4n halves of π/n.
			q.row(a)[b] = float64(math.Sqrt(2/n) * sine(2*(a+1)*(b+1)%(4*d.n)))
		}
	}
	h2 := float64(n * n) // 1/h²
	for a := range m {
		for b := range m {
			p := lambda[a] + lambda[b]
			inv.row(a)[b] = 1 / float64(p*p)
			w.row(a)[b] = float64(h2*(float64(3*h2)-p/2)) / float64(p*p)
		}
	}
	return newInverse(q, inv, w, [][]float64{q.row(0), q.row(m - 1)})
}

func (d *difference) size() int { return (d.n - 1) * (d.n - 1) }

func (d *difference) keep() {
	d.kept[0], d.kept[1] = d.kept[1], d.kept[0]
	copy(d.kept[0].a, d.psi.a)
	d.keptRe = [2]float64{d.re, d.keptRe[0]}
}

func (d *difference) predict(re float64) {
	extrapolate(d.psi, d.kept, d.keptRe, re)
	d.re = re
}

func (d *difference) subtract(x []float64) {
	d.inner.unpack(x)
	for j := range d.n - 1 {
		psi := d.psi.row(j + 1)[1:]
		for i, v := range d.inner.row(j) {
			psi[i] -= v
		}
	}
}

// vorticity sets omega from psi, where the lid moves at the given speed.
func (d *difference) vorticity(omega, psi matrix, speed float64) {
	n, h2 := d.n, float64(d.n*d.n)
	for j := 1; j < n; j++ {
		row, down, up, out := psi.row(j), psi.row(j-1), psi.row(j+1), omega.row(j)
		for i := 1; i < n; i++ {
			out[i] = float64(h2 * (float64(4*row[i]) - ((row[i-1] + row[i+1]) + (down[i] + up[i]))))
		}
	}
	woods := func(psi, psi1, omega1 float64) float64 {
		return -float64(3*h2*(psi1-psi)) - omega1/2
	}
	for i := 1; i < n; i++ {
		omega.row(0)[i] = woods(psi.row(0)[i], psi.row(1)[i], omega.row(1)[i])
		omega.row(n)[i] = woods(psi.row(n)[i], psi.row(n - 1)[i], omega.row(n - 1)[i]) - float64(3*float64(n)*speed)
		omega.row(i)[0] = woods(psi.row(i)[0], psi.row(i)[1], omega.row(i)[1])
		omega.row(i)[n] = woods(psi.row(i)[n], psi.row(i)[n-1], omega.row(i)[n-1])
	}
}

func (d *difference) residual(r []float64) {
	d.vorticity(d.omega, d.psi, 1)
	clear(d.inner.a)
	d.diffuse(d.omega)
	d.convect(d.psi, d.omega)
	d.k.apply(d.inner)
	d.inner.pack(r)
}

func (d *difference) jacobian(y, x []float64) {
	d.inner.unpack(x)
	for j := range d.n - 1 {
		copy(d.dpsi.row(j + 1)[1:d.n], d.inner.row(j))
	}
	d.vorticity(d.domega, d.dpsi, 0)
	clear(d.inner.a)
	d.convect(d.dpsi, d.omega)
	d.convect(d.psi, d.domega)
	d.k.apply(d.inner)
	d.inner.pack(y)
	kern.Add(y, x) // K⁻¹ of the linear part
}

// diffuse adds -Δω to d.inner.
func (d *difference) diffuse(omega matrix) {
	h2 := float64(d.n * d.n)
	for j := range d.n - 1 {
		down, row, up, out := omega.row(j), omega.row(j+1), omega.row(j+2), d.inner.row(j)
		for i := range out {
			out[i] += float64(h2 * (float64(4*row[i+1]) - ((row[i] + row[i+2]) + (down[i+1] + up[i+1]))))
		}
	}
}

// convect adds Re (ψ_y ω_x - ψ_x ω_y) to d.inner.
func (d *difference) convect(psi, omega matrix) {
	c := float64(d.re * float64(d.n*d.n) / 4)
	for j := range d.n - 1 {
		down, row, up, out := omega.row(j), omega.row(j+1), omega.row(j+2), d.inner.row(j)
		pdown, prow, pup := psi.row(j), psi.row(j+1), psi.row(j+2)
		for i := range out {
			out[i] += float64(c * (float64((pup[i+1]-pdown[i+1])*(row[i+2]-row[i])) -
				float64((prow[i+2]-prow[i])*(up[i+1]-down[i+1]))))
		}
	}
}
