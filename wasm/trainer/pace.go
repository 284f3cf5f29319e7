package main

import (
	"slices"
	"time"
)

const (
	sliceTime = 10 * time.Millisecond  // of steps between two looks at the messages
	showEvery = 200 * time.Millisecond // at the shortest, while running
	tellEvery = 60 * time.Millisecond  // progress of what keeps a request waiting
	showShare = 20                     // a state may cost one part in so many of the time
)

// A pace decides when the next state is due and measures the steps per second
// between two of them.
type pace struct {
	last  time.Time        // when the last state was sent
	costs [3]time.Duration // of the last states
	steps int              // since the last one
	rate  float64          // steps per second, latest known
}

// due reports whether a running trainer should show a state. The least of the
// last costs counts: one that took long, since its code was new to the browser
// or something else had the processor, must not keep the next one away.
func (p *pace) due(now time.Time) bool {
	return now.Sub(p.last) >= max(showEvery, showShare*slices.Min(p.costs[:]))
}

// shown notes that a state was sent which took from began to now.
func (p *pace) shown(began, now time.Time, running bool) {
	p.costs = [3]time.Duration{now.Sub(began), p.costs[0], p.costs[1]}
	p.last = now
	p.steps = 0
	if !running {
		p.rate = 0
	}
}

// measure returns the steps per second since the last state, at the time of a
// new one; without a step since then, what it was.
func (p *pace) measure(now time.Time) float64 {
	if d := now.Sub(p.last).Seconds(); p.steps > 0 && d > 0 {
		p.rate = float64(p.steps) / d
	}
	return p.rate
}
