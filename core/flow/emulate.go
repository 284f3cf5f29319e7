package flow

import "math"

// authorsN is the number of squares a side of the authors' grid.
const authorsN = 99

// Nodal is a flow on (N+1)×(N+1) equidistant nodes, walls included, the first
// coordinate fastest.
type Nodal struct {
	N         int
	U, V, Psi []float64
}

// Emulate computes the reference that the authors of the gradient-pathologies
// paper measured their cavity against, at any Re up to MaxEmulated. It is not a good
// solution: a streamfunction of h/2 on the lid lets u fall to zero over one
// square of each side wall, a flow through the upper corners that makes the
// scheme of first order, and at Re = 100 its speed is 3 % off. Their file is
// this scheme on 99 squares a side (the paper says 128), stopped where an
// iteration changed it by less than 1e-4; ours is solved to the end.
func Emulate(re float64, tell Progress) (*Nodal, error) {
	return differences(re, authorsN, 0.5, tell)
}

// differences solves the scheme on n squares a side with ψ = lid·h on the lid.
func differences(re float64, n int, lid float64, tell Progress) (*Nodal, error) {
	if err := checkRe(re, MaxEmulated); err != nil {
		return nil, err
	}
	d := newDifference(n, lid/float64(n))
	s := newSolver(d, progress{tell: tell, stage: "the authors' reference", end: 1})
	if err := s.follow(re); err != nil {
		return nil, err
	}
	return d.nodal(), nil
}

// nodal returns the state with the velocities of central differences, which on
// the walls are those of the walls.
func (d *difference) nodal() *Nodal {
	n := d.n
	size := (n + 1) * (n + 1)
	out := &Nodal{N: n, U: make([]float64, size), V: make([]float64, size), Psi: make([]float64, size)}
	d.psi.pack(out.Psi)
	w, half := n+1, float64(n)/2
	for j := 1; j < n; j++ {
		for i := 1; i < n; i++ {
			k := j*w + i
			out.U[k] = float64(half * (out.Psi[k+w] - out.Psi[k-w]))
			out.V[k] = -float64(half * (out.Psi[k+1] - out.Psi[k-1]))
		}
	}
	for i := range w {
		out.U[n*w+i] = 1
	}
	return out
}

// Speed returns |u| at the nodes.
func (f *Nodal) Speed() []float64 {
	speed := make([]float64, len(f.U))
	for i, u := range f.U {
		speed[i] = math.Sqrt(float64(u*u) + float64(f.V[i]*f.V[i]))
	}
	return speed
}
