package diag

import (
	"fmt"
	"math"
	"slices"

	"pinnlab/core/kern"
	"pinnlab/core/record"
)

// Judgements rest on the last fifth of the history, and on no fewer rows than
// these, so that one step does not change them.
const (
	windowShare = 5
	windowRows  = 12
)

// known reports whether there is an error against an exact solution.
func known(s *record.Snapshot) bool { return s.RelL2 == s.RelL2 }

// misfit returns by how much of the size of its parts a term is not satisfied on
// the points held out: 0.1 is a tenth of it. NaN where that is not known.
func misfit(t *record.TermState) float64 {
	if math.IsInf(t.Held.Scale, 0) {
		return math.NaN()
	}
	return math.Sqrt(t.Held.Loss / t.Held.Scale)
}

// worst returns the term with the largest misfit and that; an unknown one counts
// as the largest.
func worst(s *record.Snapshot) (term int, m float64) {
	for i := range s.Terms {
		if v := misfit(&s.Terms[i]); i == 0 || v > m || v != v {
			term, m = i, v
		}
		if m != m {
			break
		}
	}
	return term, m
}

func worstName(s *record.Snapshot) string {
	term, _ := worst(s)
	return s.Terms[term].Name
}

// groupMisfit returns the largest misfit of a group's terms, NaN if one is not
// known.
func groupMisfit(s *record.Snapshot, group int) float64 {
	m := 0.0
	for i := range s.Terms {
		if int(s.Terms[i].Group) == group {
			m = max(m, misfit(&s.Terms[i]))
		}
	}
	return m
}

// distance is how far a run is from its end: its error or, where no solution is
// known, its largest misfit.
func distance(s *record.Snapshot) float64 {
	if known(s) || len(s.Terms) == 0 {
		return s.RelL2
	}
	_, m := worst(s)
	return m
}

func distanceWords(s *record.Snapshot) string {
	switch m := distance(s); {
	case known(s) && s.Omitted > 0:
		return fmt.Sprintf("relative L² %.2g, without the nodes at %s, where the exact solution is not finite", m, s.OmittedAt)
	case known(s):
		return fmt.Sprintf("relative L² %.2g", m)
	case m == m:
		return fmt.Sprintf("%s is off by %s of its size", worstName(s), percent(m))
	}
	return ""
}

func percent(share float64) string {
	if share < 0.1 {
		return fmt.Sprintf("%.2g %%", 100*share)
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

// What a trend can be.
type direction int

const (
	unsure direction = iota // too few rows
	falling
	flat // or rising, or falling too slowly
)

// goal returns the distance at which a run is there.
func goal(s *record.Snapshot) float64 {
	if known(s) {
		return foundError
	}
	return foundMisfit
}

// found reports whether a run is there. Once it is, it must go some way back to
// be so no more: what varies from step to step would else change the words.
func found(s *record.Snapshot) (there bool) {
	for _, d := range append(distances(s), distance(s)) {
		switch {
		case d < goal(s):
			there = true
		case !(d < lostAgain*goal(s)):
			there = false
		}
	}
	return there
}

// trend compares the last third of the history of distance with the third
// before it, and takes it that every further third gains as much.
func trend(s *record.Snapshot) direction {
	e := distances(s)
	if third := len(e) / 3; third > 0 {
		before, now := quantile(e[third:2*third], 0.25), quantile(e[2*third:], 0.25)
		left := math.Log(now/goal(s)) / math.Log(before/now) // thirds
		switch {
		case now < before && left <= 3*patience:
			return falling
		case len(e) >= 3*windowRows/2 && !(bySquares(s) && len(e) < plateau):
			return flat
		}
	}
	return unsure
}

// distances returns the history of distance, as far as it is known. Misfits are
// measured by the present scales.
func distances(s *record.Snapshot) (rows []float64) {
	if known(s) {
		return finiteOf(s.Curves(record.RelL2), func(v float64) float64 { return v })
	}
	term, m := worst(s)
	if m != m {
		return nil
	}
	held := s.Curves(record.HeldLoss)
	if term >= len(held) {
		return nil
	}
	return finiteOf(held[term:term+1], func(v float64) float64 { return math.Sqrt(v / s.Terms[term].Held.Scale) })
}

// finiteOf returns f of the sums of curves, without those that are not known.
func finiteOf(curves []record.Trace, f func(float64) float64) (rows []float64) {
	for i := range rowsOf(curves) {
		if v := f(record.Sum(curves, i)); v == v {
			rows = append(rows, v)
		}
	}
	return rows
}

// rowsOf returns the number of rows of curves that are recorded together.
func rowsOf(curves []record.Trace) int {
	if len(curves) == 0 {
		return 0
	}
	return curves[0].Len()
}

// zeroSolves reports whether fields that are zero satisfy every equation.
func zeroSolves(s *record.Snapshot) bool {
	for i := range s.Terms {
		if s.Terms[i].Held.Zero != 0 {
			return false
		}
	}
	return len(s.Terms) > 0
}

// heldLoss returns the sum of the losses on the points held out.
func heldLoss(s *record.Snapshot) (sum float64) {
	for i := range s.Terms {
		sum += s.Terms[i].Held.Loss
	}
	return sum
}

// heldRises reports whether the loss on the points held out has risen above its
// best, or is not known.
func heldRises(s *record.Snapshot) bool {
	sums := finiteOf(s.Curves(record.HeldLoss), func(v float64) float64 { return v })
	const lately = 3 // rows
	return len(sums) < lately || median(sums[len(sums)-lately:]) > heldRise*slices.Min(sums)
}

// fresh returns the losses of a fresh network on the points held out, none if
// they are not known.
func fresh(s *record.Snapshot) (losses []float64) {
	if held := s.Curves(record.HeldLoss); len(held) == len(s.Terms) && rowsOf(held) > 0 {
		for _, t := range held {
			losses = append(losses, t.Value(0))
		}
	}
	return losses
}

// freshLoss returns their sum, NaN if they are not known.
func freshLoss(s *record.Snapshot) float64 {
	sum := math.NaN()
	for i, v := range fresh(s) {
		if i == 0 {
			sum = 0
		}
		sum += v
	}
	return sum
}

// scales returns the terms whose losses are largest and smallest for a fresh
// network, and the ratio of these, NaN if it is not known.
func scales(s *record.Snapshot) (large, small string, ratio float64) {
	f := fresh(s)
	if f == nil {
		return "", "", math.NaN()
	}
	lo, hi := slices.Index(f, slices.Min(f)), slices.Index(f, slices.Max(f))
	return s.Terms[max(hi, 0)].Name, s.Terms[max(lo, 0)].Name, f[max(hi, 0)] / f[max(lo, 0)]
}

// window returns how many of n rows are the recent ones, 0 if there are too few.
func window(n int) int {
	if n < windowRows {
		return 0
	}
	return max(windowRows, n/windowShare)
}

// weightless returns the history of the sum of all terms, each unweighted.
func weightless(s *record.Snapshot) (loss []float64) {
	terms := s.Curves(record.Loss)
	for i := range rowsOf(terms) {
		loss = append(loss, record.Sum(terms, i))
	}
	return loss
}

// recentRatio returns the median, over the recent rows, of the norm of a group's
// gradient over that of the residual's; NaN if there are too few.
func recentRatio(s *record.Snapshot, group int) float64 {
	own, residual := ofGroup(s, record.GradientNorm, group), ofGroup(s, record.GradientNorm, 0)
	return recent(rowsOf(own), func(i int) float64 { return length(own, i) / length(residual, i) })
}

// length returns the Euclidean norm of the values i of curves.
func length(curves []record.Trace, i int) float64 {
	sum := 0.0
	for _, t := range curves {
		v := t.Value(i)
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}

// recentCosine returns the median of the cosine between a group's gradient and
// the residual's, likewise.
func recentCosine(s *record.Snapshot, group int) float64 {
	c := ofGroup(s, record.GradientCosine, group)
	return recent(rowsOf(c), func(i int) float64 { return record.Sum(c, i) })
}

// ofGroup returns the curves of a name that belong to a group.
func ofGroup(s *record.Snapshot, name string, group int) []record.Trace {
	return slices.DeleteFunc(s.Curves(name), func(t record.Trace) bool { return int(t.Group) != group })
}

// recent returns the median of f over the recent ones of some rows, NaN if there
// are too few.
func recent(rows int, f func(row int) float64) float64 {
	var v []float64
	for i := rows - window(rows); i < rows; i++ {
		v = append(v, f(i))
	}
	return median(v)
}

// median returns the middle of v, NaN for none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	return quantile(v, 0.5)
}

// quantile returns the value below which the given share of v lies.
func quantile(v []float64, share float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return sorted[int(share*float64(len(sorted)))]
}

// unsteadiness returns the standard deviation of the loss from its trend, in
// decades: of the steps from row to row, which a steady fall keeps small.
func unsteadiness(loss []float64) float64 {
	sum, n := 0.0, 0
	for i := 1; i < len(loss); i++ {
		d := kern.Log(loss[i]/loss[i-1]) / math.Ln10
		if d-d == 0 {
			sum += float64(d * d)
			n++
		}
	}
	return math.Sqrt(sum / float64(2*max(n, 1)))
}

// spread returns the standard deviation of a field, leaving out what is not
// finite.
func spread(f []float32) float64 {
	sum, squares, n := 0.0, 0.0, 0
	for _, v := range f {
		if x := float64(v); x-x == 0 {
			sum += x
			squares += float64(x * x)
			n++
		}
	}
	mean := sum / float64(n)
	return math.Sqrt(max(0, squares/float64(n)-float64(mean*mean)))
}
