package main

import (
	"math"
	"testing"
	"time"

	"pinnlab/core/record"
)

// TestClock: a row for each step, thinned out as any series; what a run comes with
// is spread evenly over the steps that it comes with.
func TestClock(t *testing.T) {
	var c clock
	c.start(10, 5*time.Second)
	for step := 11; step <= 3000; step++ {
		c.tick(step, 5*time.Second+time.Duration(step-10)*time.Millisecond)
	}
	s := &record.Snapshot{Step: 3000}
	c.fill(s, 8*time.Second)
	times := s.Curves(record.Seconds)
	if len(times) != 1 || times[0].Now != 8 || times[0].Len() < 500 {
		t.Fatalf("%+v", times)
	}
	for i := range times[0].Len() {
		step := float64(times[0].Step(i))
		want := step / 2
		if step > 10 {
			want = 5 + (step-10)/1000
		}
		if got := times[0].Value(i); !(math.Abs(got-want) < 1e-5) {
			t.Fatalf("at step %v it is %v s, want %v", step, got, want)
		}
	}
	c.start(0, 0)
	if c.fill(s, 0); s.Curves(record.Seconds)[1].Len() != 1 {
		t.Errorf("a new run begins with %d rows", s.Curves(record.Seconds)[1].Len())
	}
}
