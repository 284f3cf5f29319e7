package flow

import "fmt"

// The range of what Solve and Emulate accept.
const (
	MaxRe       = 5000
	MaxEmulated = 2000 // central differences on the authors' grid carry no further
	MinN        = 8
	MaxN        = 160
	DefaultN    = 64 // seven digits at Re = 100, five at 1000
)

// Options say which cavity to solve and how.
type Options struct {
	Re float64 // the Reynolds number, in (0, MaxRe]

	// N is the degree of the polynomials, MinN to MaxN. 0 stands for DefaultN,
	// and for half as much again beyond Re = 1000.
	N int

	Progress Progress
}

// Solve returns the steady flow. It fails on options out of range, with
// ErrStopped, or where Newton's method does not get to Re; too few polynomials
// are not an error but an inaccurate flow. The result depends on Re and N alone.
func Solve(opts Options) (*Solution, error) {
	if err := checkRe(opts.Re, MaxRe); err != nil {
		return nil, err
	}
	n := opts.N
	if n == 0 {
		n = DefaultN
		if opts.Re > 1000 {
			n = 3 * DefaultN / 2
		}
	}
	if n < MinN || n > MaxN {
		return nil, fmt.Errorf("flow: degree %d is outside %d to %d", n, MinN, MaxN)
	}
	g, err := solve(n, opts.Re, opts.Progress)
	if err != nil {
		return nil, err
	}
	return newSolution(g), nil
}

func checkRe(re, most float64) error {
	if !(re > 0 && re <= most) {
		return fmt.Errorf("flow: Reynolds number %g is outside (0, %g]", re, most)
	}
	return nil
}

// fewest is the degree that solve begins with.
const fewest = 32

// solve finds the flow with few polynomials first, where following it up the
// Reynolds numbers costs little, and adds more by half as many at a time.
func solve(n int, re float64, tell Progress) (*galerkin, error) {
	var degrees []int
	for d := fewest; d < n; d += d / 2 {
		degrees = append(degrees, d)
	}
	degrees = append(degrees, n)
	work := func(to int) (sum float64) { // of the degrees before number to
		for i, d := range degrees[:to] {
			share := float64(d * d * d)
			if i == 0 {
				share *= 4 // Reynolds numbers on the way
			}
			sum += share
		}
		return sum
	}
	p := progress{tell: tell}
	var g *galerkin
	for i, d := range degrees {
		p.stage, p.end = fmt.Sprintf("flow, degree %d", d), work(i+1)/work(len(degrees))
		few := g
		g = newGalerkin(d)
		s := newSolver(g, p)
		err := s.refine(few, re, d < n)
		if err != nil {
			return nil, err
		}
		p = s.progress
	}
	return g, nil
}

// refine solves the system at re from the solution few of a smaller space, or
// from rest where there is none or it leads nowhere; roughly, if on the way.
func (s *solver) refine(few *galerkin, re float64, onward bool) error {
	if few == nil {
		return s.follow(re)
	}
	s.sys.(*galerkin).adopt(few)
	tol := roughly
	if onward {
		tol = onTheWay
	}
	s.next(1)
	if err := s.newton(tol); err != errDiverged {
		return err
	}
	return s.follow(re)
}
