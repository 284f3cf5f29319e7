package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

// TestBench measures one case for a moment and reads what benchstat reads.
func TestBench(t *testing.T) {
	line := regexp.MustCompile(`^BenchmarkStep/preset=helmholtz/model=M1/n=128/w=50\s+\d+\s+\d+ ns/op\s+[\d.]+ steps/s\s+\d+ B/op\s+\d+ allocs/op$`)
	for _, tt := range []struct {
		args string
		want int
	}{
		{"-run model=M1/n=128/w=50 -reps 2 -time 1ms", 1},
		{"-run model=M1/n=128/w=50 -reps 3 -time 1ms -each", 3},
	} {
		var out, errOut bytes.Buffer
		if code := benchCommand(strings.Fields(tt.args), &out, &errOut); code != 0 {
			t.Fatalf("%s: exit code %d: %s", tt.args, code, &errOut)
		}
		n := 0
		for l := range strings.Lines(out.String()) {
			if line.MatchString(strings.TrimSpace(l)) {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s: %d lines for benchstat, want %d:\n%s", tt.args, n, tt.want, &out)
		}
	}
}

func TestMedian(t *testing.T) {
	laps := []lap{{steps: 1, took: 5}, {steps: 2, took: 4}, {steps: 1, took: 9}} // 5, 2 and 9 a step
	if m := median(laps); m.perStep() != 5 {
		t.Errorf("median %v, want 5", m.perStep())
	}
}
