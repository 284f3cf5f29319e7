package flow

import (
	"math"
	"slices"

	"pinnlab/core/kern"
)

// A Flow is the flow at one point.
type Flow struct {
	U, V  float64 // velocity
	Psi   float64 // streamfunction: U = ∂Psi/∂y, V = -∂Psi/∂x, zero on the walls
	P     float64 // pressure, zero at the centre of the cavity
	Omega float64 // vorticity ∂V/∂x - ∂U/∂y
}

// A Solution is a steady flow, defined in the whole closed cavity. Methods of
// one Solution must not run at the same time.
//
// At the two upper corners velocity is the lid's, the vorticity is -Inf, and the
// pressure -Inf on the left and +Inf on the right.
type Solution struct {
	Re float64
	N  int // degree

	space  *space
	a, aT  matrix // coefficients of w on the space, x by rows; and y by rows
	h, hT  matrix // of the head on the P_i
	gauge  float64
	bx, by *basis
}

func newSolution(g *galerkin) *Solution {
	s := &Solution{
		Re: g.re, N: g.m + 3, space: g.space, a: g.a, aT: g.a.transposed(), h: g.head(),
		bx: g.basis(), by: g.basis(),
	}
	s.hT = s.h.transposed()
	s.gauge = s.At(0.5, 0.5).P
	return s
}

// At returns the flow at the point (x, y) of the cavity, without allocating. It
// panics outside the cavity.
func (s *Solution) At(x, y float64) Flow {
	if outside(x) || outside(y) {
		panic("flow: At: point outside the cavity")
	}
	s.bx.at(x)
	s.by.at(y)
	var w cartesian
	for i := range s.space.m {
		row := s.a.row(i)
		for j := range 3 {
			sum := kern.LongDot(row, s.by.phi[j])
			for d := range 3 - j {
				w[d][j] += float64(s.bx.phi[d][i] * sum)
			}
		}
	}
	var head float64
	for i, v := range s.bx.p[0] {
		head += float64(v * kern.LongDot(s.h.row(i), s.by.p[0]))
	}
	return s.assemble(x, y, w, head)
}

// assemble adds the corners' part to the derivatives of w and to the head.
func (s *Solution) assemble(x, y float64, w cartesian, head float64) Flow {
	stokes, inertia := corners(x, y, 2)
	psi := func(i, j int) float64 { return w[i][j] + stokes.psi[i][j] + float64(s.Re*inertia.psi[i][j]) }
	f := Flow{U: psi(0, 1), V: -psi(1, 0), Psi: psi(0, 0), Omega: -(psi(2, 0) + psi(0, 2))}
	if y == 1 && (x == 0 || x == 1) {
		f.Omega = math.Inf(-1)
	}
	head += stokes.head/s.Re + inertia.head - s.gauge
	f.P = head - (float64(f.U*f.U)+float64(f.V*f.V))/2
	return f
}

func outside(t float64) bool { return !(t >= 0 && t <= 1) }

// Fields are the components of a Flow at many points.
type Fields struct{ U, V, Psi, P, Omega []float64 }

// Grid evaluates the flow at every (x, y) of xs and ys, the first coordinate
// fastest, into slices of dst that it makes anew where they are too short. It
// panics where a point is outside the cavity. The values are those of At but
// for rounding, at a tenth of the cost.
func (s *Solution) Grid(dst *Fields, xs, ys []float64) {
	nx, ny := len(xs), len(ys)
	for _, f := range []*[]float64{&dst.U, &dst.V, &dst.Psi, &dst.P, &dst.Omega} {
		*f = slices.Grow((*f)[:0], nx*ny)[:nx*ny]
	}
	if slices.ContainsFunc(xs, outside) || slices.ContainsFunc(ys, outside) {
		panic("flow: Grid: point outside the cavity")
	}
	ax, ay := s.space.tabulate(xs), s.space.tabulate(ys)
	var w [3][3]matrix
	t := newMatrix(ny, s.space.m)
	for j := range 3 {
		t.mul(ay[j], s.aT, false)
		for i := range 3 - j {
			w[i][j] = newMatrix(ny, nx)
			w[i][j].mul(t, ax[i].transposed(), false)
		}
	}
	head := newMatrix(ny, nx)
	t = newMatrix(ny, s.h.rows)
	t.mul(s.polynomials(ys), s.hT, false)
	head.mul(t, s.polynomials(xs).transposed(), false)
	for row, y := range ys {
		for col, x := range xs {
			var d cartesian
			for i := range 3 {
				for j := range 3 - i {
					d[i][j] = w[i][j].row(row)[col]
				}
			}
			f, k := s.assemble(x, y, d, head.row(row)[col]), row*nx+col
			dst.U[k], dst.V[k], dst.Psi[k], dst.P[k], dst.Omega[k] = f.U, f.V, f.Psi, f.P, f.Omega
		}
	}
}

// polynomials returns the P_i of the head at the given points, one per row.
func (s *Solution) polynomials(x []float64) matrix {
	p := newMatrix(len(x), s.h.rows)
	for i, x := range x {
		orthonormal([][]float64{p.row(i)}, x)
	}
	return p
}
