package train

import (
	"errors"
	"fmt"
	"strings"

	"pinnlab/core/expr"
	"pinnlab/core/pde"
)

// Diverged says that a run cannot go on.
type Diverged struct {
	Iteration int    // steps taken before
	What      string // what is not finite
	Why       string // the value in a formula that is the first not to be finite; empty if that is the network's
	Undefined bool   // Why has no value there, as opposed to one too large
}

func (d *Diverged) Error() string {
	why := ""
	if d.Why != "" {
		why = ": " + d.Why
	}
	return fmt.Sprintf("step %d: %s is not finite%s, so the step was not taken", d.Iteration+1, d.What, why)
}

// diverge ends the run: the loss of a term, or a gradient that terms contribute
// to, is not finite.
func (e *engine[T]) diverge(what string, slopes bool, terms ...int) error {
	e.diverged = &Diverged{Iteration: e.iteration, What: what}
	for _, term := range terms {
		if f, ok := e.obj.FindFault(term, slopes); ok {
			e.diverged.Why = fmt.Sprintf("%s (in %s, at %s)", faultWords(f.Fault), e.prob.Terms[term].Name, placeOf(f.Point, e.prob.Coords))
			e.diverged.Undefined = f.Undefined
			break
		}
	}
	return e.diverged
}

// Stuck says that a run's optimiser cannot take its step: the parameters, the
// weights and the histories are as before. Another step tries again, which may
// help once something was moved.
type Stuck struct {
	Iteration int // steps taken before
	Err       error
}

func (s *Stuck) Error() string {
	return fmt.Sprintf("step %d: %v, so the step was not taken", s.Iteration+1, s.Err)
}

// Unwrap returns what the optimiser says.
func (s *Stuck) Unwrap() error { return s.Err }

// Over reports whether an error of a step is a run's own end, a *Diverged or a
// *Stuck: a result like any other.
func Over(err error) bool {
	var diverged *Diverged
	var stuck *Stuck
	return errors.As(err, &diverged) || errors.As(err, &stuck)
}

// stick takes back what a step did before its optimiser gave up.
func (e *engine[T]) stick(err error) error {
	e.book.takeBack(e.iteration)
	e.weigh.TakeBack()
	e.stuck = &Stuck{e.iteration, err}
	return e.stuck
}

// termsOf lists the terms of a group.
func (e *engine[T]) termsOf(group int) (terms []int) {
	for i, t := range e.prob.Terms {
		if t.Group == group {
			terms = append(terms, i)
		}
	}
	return terms
}

// placeOf writes a point as x = 0.5, t = 1.
func placeOf[T float32 | float64](point []T, coords []pde.Coord) string {
	words := make([]string, len(coords))
	for j, c := range coords {
		words[j] = fmt.Sprintf("%s = %.4g", c.Name, point[j])
	}
	return strings.Join(words, ", ")
}

// faultWords says what is wrong with a value.
func faultWords(f expr.Fault) string {
	what, how := f.Value, "is too large"
	if f.Slope {
		what = "the derivative of " + what
	}
	if f.Undefined {
		how = "has no value"
	}
	if f.Operand == "" {
		return what + " " + how
	}
	return fmt.Sprintf("%s %s for %s = %.3g", what, how, f.Operand, f.At)
}
