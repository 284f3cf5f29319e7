package bench

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

// A Case is something to measure.
type Case struct {
	Name string                  // as benchstat reads it, without Benchmark
	Open func() (Subject, error) // builds what is measured, when its turn comes
}

// A Subject is a case at work.
type Subject struct {
	Do   func() error // once
	Flop float64      // of one Do; 0 if nobody counts them
	Move float64      // bytes that one Do reads and writes; likewise

	// Counts, where not nil, is the clock of the part of Do that is measured: Do
	// adds to it.
	Counts *time.Duration
}

// A Result is what was measured of a case. Times are per Do.
type Result struct {
	Name   string    `json:"name"`
	Laps   []float64 `json:"laps"` // nanoseconds, in the order they were taken
	Count  []int     `json:"count"`
	Flop   float64   `json:"flop,omitempty"`
	Move   float64   `json:"move,omitempty"`
	Bytes  float64   `json:"bytes"`  // allocated
	Allocs float64   `json:"allocs"` // allocations
}

// Options say how to measure.
type Options struct {
	Laps   int           // of each case, at least 1
	Length time.Duration // of a lap
	Group  int           // cases at work at the same time, whose laps are taken in turn; all if 0

	// Tell is called before every lap with the case and the share that is done. An
	// error of it ends the measuring.
	Tell func(name string, done float64) error
}

// warmUp is how long the lap that does not count takes where the others are
// shorter: browsers compile what runs often once more, in the background.
const warmUp = 300 * time.Millisecond

// Measure takes the laps of the cases in turn, so that what else the machine
// does falls on all alike. A first lap of each only warms up: a browser compiles
// what runs often once more, and a run's first step measures the error. An error
// ends the measuring; the results then hold the laps that were taken before.
func Measure(cases []Case, o Options) (results []Result, err error) {
	group := o.Group
	if group == 0 {
		group = max(1, len(cases))
	}
	for first := 0; first < len(cases); first += group {
		part := cases[first:min(first+group, len(cases))]
		done := func(share float64) float64 {
			return (float64(first) + share*float64(len(part))) / float64(len(cases))
		}
		r, err := measureTogether(part, o, done)
		results = append(results, r...)
		if err != nil {
			return results, err
		}
	}
	return results, nil
}

func measureTogether(cases []Case, o Options, done func(share float64) float64) ([]Result, error) {
	subjects := make([]Subject, len(cases))
	results := make([]Result, len(cases))
	for i, c := range cases {
		s, err := c.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		subjects[i], results[i] = s, Result{Name: c.Name, Flop: s.Flop, Move: s.Move}
	}
	rounds := o.Laps + 1
	measured := func() []Result {
		return slices.DeleteFunc(results, func(r Result) bool { return len(r.Laps) == 0 })
	}
	for round := range rounds {
		for i, c := range cases {
			if o.Tell != nil {
				share := float64(round*len(cases)+i) / float64(rounds*len(cases))
				if err := o.Tell(c.Name, done(share)); err != nil {
					return measured(), err
				}
			}
			length := o.Length
			if round == 0 {
				length = max(length, min(10*length, warmUp))
			}
			if err := results[i].lap(&subjects[i], length, round > 0); err != nil {
				return measured(), fmt.Errorf("%s: %w", c.Name, err)
			}
		}
	}
	return results, nil
}

// lap does a subject for about a length of time, once at least, and keeps the
// time if the lap counts.
func (r *Result) lap(s *Subject, length time.Duration, counts bool) error {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if s.Counts != nil {
		*s.Counts = 0
	}
	n, batch := 0, 1
	begin := time.Now()
	var took time.Duration
	for n == 0 || took < length {
		for range batch {
			if err := s.Do(); err != nil {
				return err
			}
		}
		n += batch
		// The clock of a browser is coarse and dear: look at it seldom.
		if took = time.Since(begin); took < length/16 {
			batch *= 2
		}
	}
	runtime.ReadMemStats(&after)
	if !counts {
		return nil
	}
	if s.Counts != nil {
		took = *s.Counts
	}
	r.Laps = append(r.Laps, float64(took.Nanoseconds())/float64(n))
	r.Count = append(r.Count, n)
	r.Bytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(n)
	r.Allocs = float64(after.Mallocs-before.Mallocs) / float64(n)
	return nil
}

// Median returns the median time of a Do in nanoseconds, the slower of two.
func (r *Result) Median() float64 {
	laps := slices.Sorted(slices.Values(r.Laps))
	return laps[len(laps)/2]
}
