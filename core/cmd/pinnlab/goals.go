package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"pinnlab/core/record"
	"pinnlab/core/train"
)

// goals are the relative errors that a table says the time to: the third is that
// of the best model of Wang, Teng and Perdikaris, SIAM Table 3.
var goals = []float64{1e-1, 1e-2, 3.3e-3, 1e-4, 1e-6}

// A passage is where the error of a run came down to a goal first: among the
// iterations at which it was recorded, a thousand at the most.
type passage struct {
	Error     float64 `json:"error"`
	Iteration int     `json:"iteration"`
}

// passages lists those of a run.
func passages(s *record.Snapshot) []passage {
	list := []passage{} // not nil, which is not to know
	for _, curve := range s.Curves(record.RelL2) {
		for _, goal := range goals {
			if i := below(curve, goal); i >= 0 {
				list = append(list, passage{goal, i})
			}
		}
	}
	return list
}

// below returns the first iteration at which a curve is at most v; -1 for none.
func below(curve record.Trace, v float64) int {
	for i := range curve.Len() {
		if curve.Value(i) <= v {
			return int(curve.Step(i))
		}
	}
	return -1
}

// secondsTo returns the seconds that a run took to a goal: its share of the
// iterations in the time of all. It is infinite where the run did not come to it.
func (r *entry) secondsTo(goal float64) float64 {
	for _, p := range r.Reached {
		if p.Error == goal {
			return r.Seconds * float64(p.Iteration) / float64(r.Timed)
		}
	}
	return math.Inf(1)
}

// times prints how long each kind of run took to each goal that one came to: the
// median over seeds, and the slowest.
func (t *table) times(w io.Writer) {
	var kinds []string
	runs := map[string][]*entry{}
	come := 0 // how many of the goals a run came to
	for _, r := range t.records {
		if r.Reached != nil && r.Timed > 0 {
			k := kindOf(r.Config)
			kinds = addNew(kinds, k)
			runs[k] = append(runs[k], r)
			come = max(come, len(r.Reached))
		}
	}
	if come == 0 {
		return
	}
	slices.Sort(kinds)
	fmt.Fprint(w, "\nSeconds of one core to a relative error: the median over seeds and, in brackets, the slowest; ∞ where a run did not come to it.\n\n")
	head := []string{"runs"}
	goals := goals[:come]
	for _, goal := range goals {
		head = append(head, strings.Replace(short(goal, 1), ".0", "", 1))
	}
	line(w, head)
	line(w, append([]string{"---"}, slices.Repeat([]string{"---:"}, len(goals))...))
	for _, k := range kinds {
		cells := []string{k}
		for _, goal := range goals {
			cells = append(cells, median(runs[k], goal))
		}
		line(w, cells)
	}
}

// kindOf names a run but for its seed.
func kindOf(c train.Config) string {
	kind := describe(c)
	before, after, _ := strings.Cut(kind, fmt.Sprintf(", seed %d", c.Seed))
	return before + after + ", " + valuesOf(c.Params)
}

// median says how long runs took to a goal.
func median(runs []*entry, goal float64) string {
	var seconds []float64
	for _, r := range runs {
		seconds = append(seconds, r.secondsTo(goal))
	}
	slices.Sort(seconds)
	n := len(seconds)
	middle := (seconds[(n-1)/2] + seconds[n/2]) / 2
	words := strings.ReplaceAll(fmt.Sprintf("%.3g (%.3g)", middle, seconds[n-1]), "+Inf", "∞")
	if n == 1 || math.IsInf(middle, 0) {
		words, _, _ = strings.Cut(words, " ")
	}
	return words
}
