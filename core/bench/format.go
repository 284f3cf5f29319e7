package bench

import (
	"fmt"
	"io"
	"strings"
)

// steps reports whether the result is of training steps.
func (r *Result) steps() bool {
	return strings.HasPrefix(r.Name, "Step/") || strings.HasPrefix(r.Name, "Sweep/")
}

// Rate returns what a case does, in its unit: steps per second of a step, GB/s
// of what only moves memory, GFLOP/s of the rest.
func (r *Result) Rate() (rate float64, unit string) {
	switch {
	case r.steps():
		return 1e9 / r.Median(), "steps/s"
	case r.Flop == 0:
		return r.Move / r.Median(), "GB/s"
	}
	return r.Flop / r.Median(), "GFLOP/s"
}

// WriteGo writes a result as go test does, for benchstat: every lap, or one
// line for the median.
func (r *Result) WriteGo(w io.Writer, each bool) error {
	write := func(count int, lap float64) error {
		one := Result{Name: r.Name, Laps: []float64{lap}, Flop: r.Flop, Move: r.Move}
		rate, unit := one.Rate()
		_, err := fmt.Fprintf(w, "Benchmark%s\t%8d\t%10.0f ns/op\t%9.4g %s\t%.0f B/op\t%.0f allocs/op\n",
			r.Name, count, lap, rate, unit, r.Bytes, r.Allocs)
		return err
	}
	if !each {
		total := 0
		for _, n := range r.Count {
			total += n
		}
		return write(total, r.Median())
	}
	for i, lap := range r.Laps {
		if err := write(r.Count[i], lap); err != nil {
			return err
		}
	}
	return nil
}
