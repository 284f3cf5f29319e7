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
	clock *history  // if it is drawn over the time: the time by step
}

// histories returns a Snapshot's curves of a name.
func histories(s *record.Snapshot, name string) (list []history) {
	for _, t := range s.Curves(name) {
		list = append(list, history{Trace: t, now: float64(s.Step)})
	}
	return list
}

// histories returns a Snapshot's curves of a name, over what the view says.
func (b *Board) histories(s *record.Snapshot, name string) []history {
	list := histories(s, name)
	if b.timed() {
		clock := histories(s, record.Seconds)[0]
		for i := range list {
			list[i].clock = &clock
		}
	}
	return list
}

// timed reports whether curves are drawn over the time, which all that are shown
// must know.
func (b *Board) timed() bool {
	wanted := b.View.Over == "time" || b.View.Over != "iterations" && b.uneven()
	return wanted && b.View.Tab != plot.StiffnessTab &&
		!slices.ContainsFunc(b.snaps(), func(s *record.Snapshot) bool { return len(s.Curves(record.Seconds)) == 0 })
}

// uneven reports whether some step by least squares and some do not: iterations
// say nothing then.
func (b *Board) uneven() bool {
	squares := 0
	for _, s := range b.Slots {
		if len(s.Snap.Curves(record.Damping)) > 0 {
			squares++
		}
	}
	return squares > 0 && squares < len(b.Slots)
}

// end returns where a Snapshot's curves end: its iteration or its time.
func (b *Board) end(s *record.Snapshot) float64 {
	if b.timed() {
		return histories(s, record.Seconds)[0].Now
	}
	return float64(s.Step)
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

// x returns where value i is drawn: its iteration or its time.
func (h history) x(i int) float64 {
	if h.clock == nil {
		return h.step(i)
	}
	return h.clock.between(h.step(i))
}

// between returns the value at a step, in a straight line between those known.
func (h history) between(step float64) float64 {
	stride := float64(h.Step(1))
	n := h.Len()
	switch i := int(step / stride); {
	case n == 0:
		return h.Now
	case i < n-1:
		a, b := h.Value(i), h.Value(i+1)
		return a + (b-a)*(step/stride-float64(i))
	case h.now > float64(n-1)*stride:
		a, at := h.Value(n-1), float64(n-1)*stride
		return a + (h.Now-a)*min(1, (step-at)/(h.now-at))
	}
	return h.Value(n - 1)
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
	return h.x(n - 1), h.value(n - 1)
}

// near returns the value that is drawn closest to x, NaN without any.
func (h history) near(x float64) float64 {
	i := nearest(h.count(), h.x, x)
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
	return list[0].count(), list[0].x, func(i int) float64 {
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
