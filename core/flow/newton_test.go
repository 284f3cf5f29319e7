package flow

import (
	"math"
	"strings"
	"testing"
)

// An arc is a system of one unknown, arctan(x - root) = 0 with root = 1 +
// Re/50, from which Newton's method runs away when it starts 1.4 or more off.
// There is no value beyond the Re called end.
type arc struct {
	x, re, end float64
	kept       [2]matrix
	keptRe     [2]float64
	tried      []float64 // every Re asked for
}

func newArc(end float64) *arc {
	return &arc{end: end, kept: [2]matrix{newMatrix(1, 1), newMatrix(1, 1)}}
}

func (a *arc) size() int { return 1 }

func (a *arc) offset() float64 { return a.x - 1 - a.re/50 }

func (a *arc) residual(r []float64) {
	r[0] = math.Atan(a.offset())
	if a.re > a.end {
		r[0] = math.NaN()
	}
}

func (a *arc) jacobian(y, x []float64) { y[0] = x[0] / (1 + a.offset()*a.offset()) }

func (a *arc) subtract(d []float64) { a.x -= d[0] }

func (a *arc) keep() {
	a.kept[0], a.kept[1] = a.kept[1], a.kept[0]
	a.kept[0].a[0] = a.x
	a.keptRe = [2]float64{a.re, a.keptRe[0]}
}

func (a *arc) predict(re float64) {
	to := newMatrix(1, 1)
	extrapolate(to, a.kept, a.keptRe, re)
	a.x, a.re = to.a[0], re
	a.tried = append(a.tried, re)
}

// TestFollow reaches a solution that is out of reach from rest, by steps that
// it must first shorten.
func TestFollow(t *testing.T) {
	a := newArc(math.Inf(1))
	if err := newSolver(a, progress{}).follow(1000); err != nil {
		t.Fatal(err)
	}
	if !near(a.x, 21, 1e-8) {
		t.Errorf("x = %.12g, want 21", a.x)
	}
	shortened := false
	for i := 1; i < len(a.tried); i++ {
		shortened = shortened || a.tried[i] < a.tried[i-1]
	}
	if !shortened {
		t.Errorf("steps %v were never shortened", a.tried)
	}
}

func TestFollowGivesUp(t *testing.T) {
	err := newSolver(newArc(300), progress{}).follow(1000)
	if err == nil || !strings.Contains(err.Error(), "beyond Re = 2") && !strings.Contains(err.Error(), "beyond Re = 3") {
		t.Errorf("error %v, want one that says how far it came", err)
	}
}

// TestExtrapolate checks that states linear in log Re are continued exactly.
func TestExtrapolate(t *testing.T) {
	one := func(v float64) matrix {
		m := newMatrix(1, 1)
		m.a[0] = v
		return m
	}
	for _, test := range []struct {
		at       [2]float64
		re, want float64
	}{
		{[2]float64{200, 100}, 400, 4},
		{[2]float64{200, 100}, 200, 3},
		{[2]float64{200, 0}, 400, 3},
		{[2]float64{0, 0}, 100, 3},
	} {
		to := newMatrix(1, 1)
		extrapolate(to, [2]matrix{one(3), one(2)}, test.at, test.re)
		if !near(to.a[0], test.want, 1e-14) {
			t.Errorf("kept at %v, at %g: %g, want %g", test.at, test.re, to.a[0], test.want)
		}
	}
}
