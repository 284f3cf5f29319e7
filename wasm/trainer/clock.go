package main

import (
	"time"

	"pinnlab/core/record"
	"pinnlab/core/wire"
)

// A clock records how long the steps of a run took: row i is the time before step
// i times the stride.
type clock struct {
	series record.Series
	next   int // the step of the next row to be thought of
}

// start begins at a step to which so much time has led, evenly as far as is known.
func (c *clock) start(step int, spent time.Duration) {
	if c.series.Curves == nil {
		c.series = record.NewSeries("clock", 1, []record.Curve{{Name: record.Seconds, Group: record.NoGroup, Unit: "s"}})
	}
	c.series.Stride, c.series.Rows, c.next = 1, c.series.Rows[:0], 0
	for i := range step {
		c.tick(i, spent*time.Duration(i)/time.Duration(step))
	}
	c.tick(step, spent)
}

// tick records the time spent at a step.
func (c *clock) tick(step int, spent time.Duration) {
	for ; c.next <= step; c.next++ {
		if c.series.Due(c.next) {
			c.series.Add([]float64{spent.Seconds()})
		}
	}
}

// fill adds the clock to a Snapshot, with the present.
func (c *clock) fill(s *record.Snapshot, spent time.Duration) {
	n := len(s.Histories)
	s.Histories = wire.Resize(s.Histories, n+1)
	own := &s.Histories[n]
	c.series.CopyTo(own)
	own.Curves[0].Now = spent.Seconds()
}
