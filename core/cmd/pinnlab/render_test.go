package main

import (
	"bytes"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/record"
)

// made returns an entry of a run that was never made.
func made(t *testing.T, iterations int, relL2 float64, edit map[string]string) entry {
	t.Helper()
	cfg, err := rawConfig{}.with(edit).resolve()
	if err != nil {
		t.Fatal(err)
	}
	state := record.State{Model: cfg.Method, Iteration: iterations, RelL2: record.Number(relL2), Status: "paused"}
	return entry{result{cfg, state, 0, 90}, 40000, iterations, "go1.27", "plan9", "mips", "pinnlab table -seeds 1-3", nil}
}

// TestRender compares the Markdown of all kinds of cells with testdata/table.md:
// several seeds, one, none, some diverged, all diverged, no published value, two
// rules and gates, and a second problem.
func TestRender(t *testing.T) {
	run := func(model, seed, rule, gate string, l2 float64) entry {
		e := map[string]string{"model": model, "seed": seed, "rule": rule}
		if gate != "" {
			e["gated"] = gate
		}
		return made(t, 40000, l2, e)
	}
	failed := made(t, 12345, 0.9, map[string]string{"model": "M2", "seed": "3"})
	records := []entry{
		run("M1", "1", "siam", "", 0.171), run("M1", "2", "siam", "", 0.212), run("M1", "3", "siam", "", 0.195),
		run("M2", "1", "siam", "", 0.0131), run("M2", "2", "siam", "", 0.0152), failed,
		made(t, 777, 0.9, map[string]string{"model": "M2", "seed": "1", "rule": "arxiv"}),
		run("M3", "1", "siam", "", 0.0205), run("M3", "1", "siam", "modified-2020", 0.0312),
		run("M4", "1", "siam", "", 0.0031), run("M4", "2", "siam", "", 0.0036),
		run("M4", "1", "siam", "modified-2020", 0.0066), run("M4", "1", "arxiv", "", 0.0021),
		made(t, 40000, 0.013, map[string]string{"model": "M1", "width": "40"}),
		made(t, 40000, 1.4e-4, map[string]string{"preset": "poisson", "model": "M1"}),
		made(t, 40000, math.NaN(), map[string]string{"preset": "cavity_streamfunction", "model": "M1"}),
	}
	var b bytes.Buffer
	if err := render(&b, records, "runs.jsonl"); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/table.md"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
}

func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{spread(3.3e-3, 4.29e-4), "3.30e-3 ± 4.3e-4"},
		{spread(1.784, math.NaN()), "1.78e0"},
		{short(9.996e-4, 2), "1.00e-3"},
		{short(math.NaN(), 2), "NaN"},
		{ratio(0.9731), "0.97"},
		{ratio(58.8), "59"},
		{ratio(0.0123), "0.0123"},
		{ratio(4321), "4.32e3"},
		{thousands(40000), "40,000"},
		{thousands(999), "999"},
		{thousands(1234567), "1,234,567"},
		{quote("a1=1,a2=4"), "a1=1,a2=4"},
		{quote("it's"), `'it'\''s'`},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestStoreRefuses(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"{]", "line 1"},
		{`{"config":{"preset":"atlantis"}}`, "atlantis"},
	} {
		path := t.TempDir() + "/s.jsonl"
		if err := os.WriteFile(path, []byte(tt.line+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := openStore(path); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.line, err, tt.want)
		}
	}
}

// TestTimes renders the time to goals: what each of several seeds took, some of
// which did not come so far.
func TestTimes(t *testing.T) {
	run := func(model, seed string, reached ...passage) entry {
		r := made(t, 40000, 1e-3, map[string]string{"model": model, "seed": seed})
		r.Reached = append([]passage{}, reached...)
		return r
	}
	records := []entry{
		run("M4", "1", passage{0.1, 400}, passage{0.01, 8000}), run("M4", "2", passage{0.1, 800}, passage{0.01, 4000}), run("M4", "3", passage{0.1, 1200}),
		run("M1", "1", passage{0.1, 4000}), run("M1", "2"),
	}
	var b bytes.Buffer
	if err := render(&b, records, "runs.jsonl"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| runs | 1e-1 | 1e-2 |\n",
		"| M1, 50×3, a1=1, a2=4, k=1 | ∞ | ∞ |\n",
		"| M4, 50×3, rule siam, a1=1, a2=4, k=1 | 1.8 (2.7) | 18 (∞) |\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, &b)
		}
	}
}

// TestPassages: the first row of the error that is small enough counts, whatever
// comes later.
func TestPassages(t *testing.T) {
	s := record.Snapshot{Histories: []record.Series{record.NewSeries("error", 100, []record.Curve{{Name: record.RelL2, Group: record.NoGroup}})}}
	for _, v := range []float64{1, math.NaN(), 0.1, 0.2, 4e-3, 5e-2, 1e-5} {
		s.Histories[0].Add([]float64{v})
	}
	want := []passage{{1e-1, 400}, {1e-2, 400}, {3.3e-3, 600}, {1e-4, 600}}
	if got := passages(&s); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
