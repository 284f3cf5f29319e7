package main

import (
	"math"
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// A history is one curve of a Snapshot. Its last value is the present, if the
// rows have not reached it.
type history struct {
	record.Trace
	now   float64   // the step of the present
	mates []history // the same curve on other seeds
}

// histories returns a Snapshot's curves of a name.
func histories(s *record.Snapshot, name string) (list []history) {
	for _, t := range s.Curves(name) {
		list = append(list, history{Trace: t, now: float64(s.Step)})
	}
	return list
}

// ofGroup returns those of a group.
func ofGroup(list []history, g int) []history {
	return slices.DeleteFunc(slices.Clone(list), func(h history) bool { return int(h.Group) != g })
}

// count returns the number of values.
func (h history) count() int {
	if h.Now != h.Now {
		return h.Len()
	}
	return h.Len() + 1
}

// step returns the iteration of value i.
func (h history) step(i int) float64 {
	if i == h.Len() {
		return h.now
	}
	return float64(h.Step(i))
}

// value returns value i: where there are mates, the mean.
func (h history) value(i int) float64 {
	if len(h.mates) == 0 {
		return h.own(i)
	}
	_, mean, _ := h.spread(i)
	return mean
}

// own returns value i of the curve itself.
func (h history) own(i int) float64 {
	if i == h.Len() {
		return h.Now
	}
	return h.Value(i)
}

// last returns the right end of the curve, if it has any.
func (h history) last() (step, value float64) {
	n := h.count()
	if n == 0 {
		return math.NaN(), math.NaN()
	}
	return h.step(n - 1), h.value(n - 1)
}

// near returns the value that is closest to iteration x, NaN without any.
func (h history) near(x float64) float64 {
	i := nearest(h.count(), h.step, x)
	if i < 0 {
		return math.NaN()
	}
	return h.value(i)
}

// nearest returns which of n steps is closest to x, -1 for none.
func nearest(n int, step func(int) float64, x float64) int {
	best, gap := -1, math.Inf(1)
	for i := range n {
		if d := math.Abs(step(i) - x); d < gap {
			best, gap = i, d
		}
	}
	return best
}

// sumOf returns the sum of curves that are recorded together, as one.
func sumOf(list []history) (n int, step, value func(int) float64) {
	if len(list) == 0 {
		return 0, nil, nil
	}
	return list[0].count(), list[0].step, func(i int) float64 {
		sum := 0.0
		for _, h := range list {
			sum += h.value(i)
		}
		return sum
	}
}

// decadesOf returns the scale of all curves of a name: in decades, down to a
// part of the largest value at the most.
func decadesOf(name string, depth float64) func(*Board) plot.Scale {
	return func(b *Board) plot.Scale {
		var all span
		for _, s := range b.snaps() {
			for _, h := range histories(s, name) {
				for i := range h.count() {
					all.add(h.value(i))
				}
			}
		}
		all.lo = max(all.lo, all.hi*depth)
		return all.decades()
	}
}

// lossScale is that of the losses by group, and by term.
func lossScale(b *Board) plot.Scale {
	var all span
	for _, s := range b.snaps() {
		terms := histories(s, record.Loss)
		for _, h := range terms {
			for i := range h.count() {
				all.add(h.value(i))
			}
		}
		for g := range s.Groups {
			n, _, value := sumOf(ofGroup(terms, g))
			for i := range n {
				all.add(value(i))
			}
		}
	}
	all.lo = max(all.lo, all.hi*lossDepth)
	return all.decades()
}

// errorScale is that of the relative errors, the published ones included.
func errorScale(b *Board) plot.Scale {
	var all span
	for _, s := range b.snaps() {
		for _, h := range histories(s, record.RelL2) {
			for i := range h.count() {
				all.add(h.value(i))
			}
		}
		all.add(s.Published)
	}
	return all.decades()
}

// normScale is that of the gradients' norms, as they are shown.
func normScale(b *Board) plot.Scale {
	var all span
	for _, s := range b.Slots {
		for _, h := range histories(&s.Snap, record.GradientNorm) {
			for i := range h.count() {
				all.add(h.value(i) * factorOf(b, s, int(h.Group)))
			}
		}
	}
	all.lo = max(all.lo, all.hi*1e-9)
	return all.decades()
}
