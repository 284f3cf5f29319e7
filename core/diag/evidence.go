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

// trend compares the last third of the history of distance with the third
// before it, and takes it that every further third gains as much.
func trend(s *record.Snapshot) direction {
	e, goal := distances(s), foundMisfit
	if known(s) {
		goal = foundError
	}
	if third := len(e) / 3; third > 0 {
		before, now := quantile(e[third:2*third], 0.25), quantile(e[2*third:], 0.25)
		left := math.Log(now/goal) / math.Log(before/now) // thirds
		switch {
		case now < before && left <= 3*patience:
			return falling
		case len(e) >= 3*windowRows/2:
			return flat
		}
	}
	return unsure
}

// distances returns the history of distance, as far as it is known. Misfits are
// measured by the present scales.
func distances(s *record.Snapshot) (rows []float64) {
	if known(s) {
		for _, v := range s.Errors.Rows {
			if v == v {
				rows = append(rows, float64(v))
			}
		}
		return rows
	}
	term, m := worst(s)
	if m != m {
		return nil
	}
	c := int(s.Held.Cols)
	for lo := 0; term < c && lo+c <= len(s.Held.Rows); lo += c {
		if v := math.Sqrt(float64(s.Held.Rows[lo+term]) / s.Terms[term].Held.Scale); v == v {
			rows = append(rows, v)
		}
	}
	return rows
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
	var sums []float64
	for lo, c := 0, int(s.Held.Cols); c > 0 && lo+c <= len(s.Held.Rows); lo += c {
		sum := 0.0
		for _, v := range s.Held.Rows[lo : lo+c] {
			sum += float64(v)
		}
		if sum == sum {
			sums = append(sums, sum)
		}
	}
	const lately = 3 // rows
	return len(sums) < lately || median(sums[len(sums)-lately:]) > heldRise*slices.Min(sums)
}

// fresh returns the losses of a fresh network on the points held out, none if
// they are not known.
func fresh(s *record.Snapshot) []float32 {
	if len(s.Terms) == 0 || len(s.Held.Rows) < len(s.Terms) {
		return nil
	}
	return s.Held.Rows[:len(s.Terms)]
}

// freshLoss returns their sum, NaN if they are not known.
func freshLoss(s *record.Snapshot) float64 {
	sum := math.NaN()
	for i, v := range fresh(s) {
		if i == 0 {
			sum = 0
		}
		sum += float64(v)
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
	return s.Terms[max(hi, 0)].Name, s.Terms[max(lo, 0)].Name, float64(f[max(hi, 0)]) / float64(f[max(lo, 0)])
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
	c := int(s.Losses.Cols)
	for lo := 0; c > 0 && lo+c <= len(s.Losses.Rows); lo += c {
		sum := 0.0
		for _, v := range s.Losses.Rows[lo : lo+len(s.Terms)] {
			sum += float64(v)
		}
		loss = append(loss, sum)
	}
	return loss
}

// recent returns the median of f over the recent rows of Norms, NaN if there
// are too few.
func recent(s *record.Snapshot, f func(row []float32) float64) float64 {
	c := int(s.Norms.Cols)
	if c == 0 {
		return math.NaN()
	}
	rows := len(s.Norms.Rows) / c
	var v []float64
	for i := rows - window(rows); i < rows; i++ {
		v = append(v, f(s.Norms.Rows[i*c:(i+1)*c]))
	}
	return median(v)
}

// normOf returns the norm of a group's gradient over all weight matrices.
func normOf(s *record.Snapshot, row []float32, group int) float64 {
	sum := 0.0
	for l := range s.Layers {
		v := float64(row[l*len(s.Groups)+group])
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
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
