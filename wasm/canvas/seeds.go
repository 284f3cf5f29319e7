package main

import (
	"fmt"
	"math"

	"pinnlab/wasm/plot"
)

// Contestants that differ in nothing but the seed are drawn as one: pictures are
// of the first, curves of all of them, the mean in a band from the lowest to the
// highest. Means are geometric where all values are positive, as errors are.

// mates lists the slots that differ from s in the seed alone.
func (b *Board) mates(s *Slot) (list []*Slot) {
	for _, o := range b.others {
		if b.cast.Seeds[o.Key] == s.Key {
			list = append(list, o)
		}
	}
	return list
}

// curves returns a slot's curves of a name, with those of its mates.
func (b *Board) curves(s *Slot, name string) []history {
	list := b.histories(&s.Snap, name)
	for _, mate := range b.mates(s) {
		for i, h := range histories(&mate.Snap, name) {
			if i < len(list) && h.Of == list[i].Of {
				list[i].mates = append(list[i].mates, h)
			}
		}
	}
	return list
}

// seeded names a slot at the end of a curve, with how many seeds it is of.
func (b *Board) seeded(s *Slot) string {
	if n := len(b.mates(s)); n > 0 {
		return fmt.Sprintf("%s ×%d", s.Key, n+1)
	}
	return s.Key
}

// at returns the value closest to a step, NaN where the curve has not come to it.
func (h history) at(step float64) float64 {
	if h.Len() == 0 || step > h.now {
		return math.NaN()
	}
	i := 0
	if stride := float64(h.Step(1)); stride > 0 {
		i = min(int(step/stride+0.5), h.count()-1)
	}
	return h.own(i)
}

// spread returns the lowest, the mean and the highest of a curve and its mates at
// value i, as far as they have come.
func (h history) spread(i int) (lo, mean, hi float64) {
	sum, logs, n := 0.0, 0.0, 0.0
	lo, hi = math.Inf(1), math.Inf(-1)
	add := func(v float64) {
		if v != v || math.IsInf(v, 0) {
			return
		}
		n++
		sum += v
		logs += math.Log(v)
		lo, hi = min(lo, v), max(hi, v)
	}
	add(h.own(i))
	for _, m := range h.mates {
		add(m.at(h.step(i)))
	}
	switch {
	case n == 0:
		return math.NaN(), math.NaN(), math.NaN()
	case lo > 0:
		return lo, math.Exp(logs / n), hi
	}
	return lo, sum / n, hi
}

// spreadWords writes the value drawn nearest to x, with its range if it is of
// several seeds.
func (h history) spreadWords(x float64) string {
	i := nearest(h.count(), h.x, x)
	if i < 0 || len(h.mates) == 0 {
		return plot.Number(h.near(x), 3)
	}
	lo, mean, hi := h.spread(i)
	return fmt.Sprintf("%s (%s to %s)", plot.Number(mean, 3), plot.Number(lo, 2), plot.Number(hi, 2))
}

// band draws the range of a curve and its mates.
func (s *Scene) band(p *plot.Panel, h history, c plot.Colour) {
	if len(h.mates) == 0 {
		return
	}
	y := s.scaleOf(p)
	c = c.Fade(0.22)
	var low, high plot.Point
	for i := range h.count() {
		lo, _, hi := h.spread(i)
		x := p.Plot.X + s.ranges.Steps.Unit(h.x(i))*p.Plot.W
		a := plot.Point{X: x, Y: p.Plot.Bottom() - min(max(y.Unit(lo), 0), 1)*p.Plot.H}
		b := plot.Point{X: x, Y: p.Plot.Bottom() - min(max(y.Unit(hi), 0), 1)*p.Plot.H}
		if a.Y != a.Y || b.Y != b.Y {
			low, high = plot.Point{}, plot.Point{}
			continue
		}
		if low != (plot.Point{}) {
			s.pen.Triangle(low, high, a, c)
			s.pen.Triangle(high, b, a, c)
		}
		low, high = a, b
	}
}

// seedsEntry explains bands, if there are any.
func (s *Scene) seedsEntry() []entry {
	if len(s.board.others) == 0 {
		return nil
	}
	return []entry{{name: "several seeds: mean, lowest to highest", colour: s.theme.Muted.Fade(0.4), width: 6}}
}
