package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"pinnlab/core/bench"
)

// TestBench measures one case for a moment and reads what benchstat reads.
func TestBench(t *testing.T) {
	line := regexp.MustCompile(`^BenchmarkStep/preset=helmholtz/model=M1/n=128/w=50\s+\d+\s+\d+ ns/op\s+[\d.e+]+ steps/s\s+\d+ B/op\s+\d+ allocs/op$`)
	for _, tt := range []struct {
		args string
		want int
	}{
		{"-run ^Step.*model=M1/n=128/w=50 -reps 2 -time 1ms", 1},
		{"-run ^Step.*model=M1/n=128/w=50 -reps 3 -time 1ms -each", 3},
	} {
		n := 0
		for l := range strings.Lines(benchOutput(t, tt.args)) {
			if line.MatchString(strings.TrimSpace(l)) {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s: %d lines for benchstat, want %d", tt.args, n, tt.want)
		}
	}
}

func benchOutput(t *testing.T, args string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := benchCommand(strings.Fields(args), &out, &errOut); code != 0 {
		t.Fatalf("%s: exit code %d: %s", args, code, &errOut)
	}
	return out.String()
}

func TestBenchFormats(t *testing.T) {
	const args = "-run AdamStep -reps 1 -time 1us -format "
	if table := benchOutput(t, args+"table"); !strings.Contains(table, "| float32 AdamStep |") {
		t.Errorf("the table is %s", table)
	}
	var results []bench.Result
	if err := json.Unmarshal([]byte(benchOutput(t, args+"json")), &results); err != nil || len(results) != 2 || len(results[0].Laps) != 1 {
		t.Errorf("%v: %+v", err, results)
	}
}

func TestBenchRefuses(t *testing.T) {
	for args, word := range map[string]string{
		"-run (":              "run",
		"-run nothing":        "nothing",
		"-reps 0":             "reps",
		"-precision float16":  "float16",
		"-format xml":         "xml",
		"-sweep -run ^Kernel": "^Kernel",
	} {
		var out, errOut bytes.Buffer
		if code := benchCommand(strings.Fields(args), &out, &errOut); code == 0 || !strings.Contains(errOut.String(), word) {
			t.Errorf("%s: exit code %d: %s", args, code, &errOut)
		}
	}
}
