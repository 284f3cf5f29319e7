package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// tiny is a table that takes a moment.
const tiny = "-preset poisson -models M1,M4 -arch 8x2 -seeds 1-2 -iters 30 -batch 8 -params C=2"

// A fuse is a context that ends after it was asked so many times.
type fuse struct {
	context.Context
	left atomic.Int64
}

func (f *fuse) Err() error {
	if f.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func newFuse(n int64) *fuse {
	f := &fuse{Context: context.Background()}
	f.left.Store(n)
	return f
}

// runTable runs a table until the fuse burns out; it returns the exit code.
func runTable(t *testing.T, ctx context.Context, args string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	opts, err := tableFlags(strings.Fields(args), &e)
	if err != nil {
		t.Fatal(err)
	}
	if code, err = opts.run(ctx, &o, &e); err != nil {
		t.Fatal(err)
	}
	return code, o.String(), e.String()
}

// linesOf returns a file's lines in order, without what differs from run to
// run.
func linesOf(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(b)) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		delete(m, "seconds")
		delete(m, "timed")
		again, _ := json.Marshal(m)
		lines = append(lines, string(again))
	}
	slices.Sort(lines)
	return lines
}

// TestTableResumes interrupts a table again and again, within runs and between
// them, and arrives where an uninterrupted one arrives.
func TestTableResumes(t *testing.T) {
	dir := t.TempDir()
	whole, parts := filepath.Join(dir, "whole.jsonl"), filepath.Join(dir, "parts.jsonl")
	code, want, _ := runTable(t, context.Background(), tiny+" -j 2 -out "+whole)
	if code != 0 || len(linesOf(t, whole)) != 4 {
		t.Fatalf("exit code %d, %d lines", code, len(linesOf(t, whole)))
	}
	var got string
	code = interrupted
	rounds, putAway := 0, false
	for ; code == interrupted && rounds < 30; rounds++ {
		code, got, _ = runTable(t, newFuse(2), tiny+" -j 1 -out "+parts)
		names, _ := filepath.Glob(parts + ".*.ckpt")
		putAway = putAway || len(names) == 1
	}
	if code != 0 || rounds < 4 || !putAway {
		t.Errorf("exit code %d after %d rounds, a run put away: %v", code, rounds, putAway)
	}
	if a, b := linesOf(t, parts), linesOf(t, whole); !slices.Equal(a, b) {
		t.Errorf("in parts\n%s\nin one go\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	rows := func(s string) string { return s[:strings.Index(s, "of one core")-20] }
	if rows(got) != rows(want) {
		t.Errorf("in parts\n%s\nin one go\n%s", got, want)
	}
	if names, _ := filepath.Glob(dir + "/*"); len(names) != 2 {
		t.Errorf("left behind: %v", names)
	}
}

// TestTableReuses runs nothing that the file holds, cuts off what a crash left,
// and renders without training.
func TestTableReuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.jsonl")
	runTable(t, context.Background(), tiny+" -models M1 -out "+path)
	before := linesOf(t, path)
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(`{"config":{"ver`)
	f.Close()
	_, _, said := runTable(t, context.Background(), tiny+" -models M1 -seeds 1-3 -out "+path)
	after := linesOf(t, path)
	if len(after) != 3 || !strings.Contains(said, "2 of 3 runs are in") {
		t.Errorf("%d lines, said %q", len(after), said)
	}
	for _, line := range before {
		if !slices.Contains(after, line) {
			t.Errorf("lost %s", line)
		}
	}
	_, out, _ := runTable(t, context.Background(), "-render -out "+path)
	if !strings.Contains(out, "(3)") || !strings.Contains(out, "pinnlab table") {
		t.Errorf("rendered %s", out)
	}
}

// TestTableDamagedCheckpoint starts a run again and says so.
func TestTableDamagedCheckpoint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.jsonl")
	opts, err := tableFlags(strings.Fields(tiny+" -models M1 -seeds 1 -out "+path), &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"."+opts.jobs[0].name()+".ckpt", []byte("dust"), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	if code, err := opts.run(context.Background(), &out, &errOut); code != 0 || err != nil {
		t.Errorf("exit code %d, %v", code, err)
	}
	if !strings.Contains(errOut.String(), "starting again") {
		t.Errorf("said %q", &errOut)
	}
}

// explosive is a problem whose residual overflows.
const explosive = `{"spec": {
	"version": 1, "name": "explosive", "title": "Explosive", "coords": [{"name": "x", "lo": 0, "hi": 1}], "fields": ["u"],
	"residuals": [{"name": "res", "formula": "exp(1e4*(u + 2))"}],
	"conditions": [{"name": "bc", "face": "x=0", "formula": "u"}]
}}`

// TestDivergedIsAResult runs a problem of the user's own that cannot be trained:
// the table says so in words, and a second time trains nothing.
func TestDivergedIsAResult(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "c.json")
	if err := os.WriteFile(config, []byte(explosive), 0o666); err != nil {
		t.Fatal(err)
	}
	args := "-config " + config + " -models M1 -arch 4x1 -seeds 1-2 -iters 5 -out " + filepath.Join(dir, "t.jsonl")
	for _, want := range []string{"diverged at iteration", "2 of 2 runs are in"} {
		code, out, said := runTable(t, context.Background(), args)
		if code != 0 || !strings.Contains(said, want) || !strings.Contains(out, "diverged (all 2)") {
			t.Errorf("exit code %d, said %q, want %q; printed %s", code, said, want, out)
		}
	}
	var out, errOut bytes.Buffer
	if code := figureCommand(strings.Fields("-config "+config+" -width 4 -depth 1 -iters 5 -out "+dir), &out, &errOut); code != 0 {
		t.Errorf("figure: exit code %d, %s", code, &errOut)
	}
	if !strings.Contains(errOut.String(), "not finite") || !strings.Contains(out.String(), "curves.png") {
		t.Errorf("figure said %q, drew %q", &errOut, &out)
	}
}

// TestPlan counts runs: what a model does not use makes no further one.
func TestPlan(t *testing.T) {
	for _, tt := range []struct {
		args string
		want int
	}{
		{"", 4},
		{"-seeds 1-3,7", 16},
		{"-arch 50x3,100×5 -models M1", 2},
		{"-rules siam,arxiv,code", 8},            // M1, M3 once; M2, M4 three times
		{"-gates modified,modified-2020", 6},     // M1, M2 once; M3, M4 twice
		{"-models M4,M4 -seeds 1,1-2", 2},        // named twice
		{"-models M1 -alpha 0.5 -rules code", 1}, // M1 has no weights
		{"-params C=1 -params C=2 -preset poisson", 8},
	} {
		o, err := tableFlags(strings.Fields(tt.args), &bytes.Buffer{})
		if err != nil {
			t.Errorf("%s: %v", tt.args, err)
			continue
		}
		if len(o.jobs) != tt.want {
			t.Errorf("%s: %d jobs, want %d", tt.args, len(o.jobs), tt.want)
		}
		for _, j := range o.jobs {
			if j.iterations != 40000 || j.config.Method == "M1" && j.config.Alpha != 0.1 {
				t.Errorf("%s: %d iterations, alpha %v", tt.args, j.iterations, j.config.Alpha)
			}
		}
	}
}

func TestCommandLinesRefused(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"table -models M5", "method"},
		{"table -arch 50", "50x3"},
		{"table -arch 50xdeep", "depth"},
		{"table -seeds 3-1", "seeds"},
		{"table -seeds 1-100000", "too many"},
		{"table -rules newton", "rule"},
		{"table -gates open", "gated"},
		{"table -params a9=1", "params.a9"},
		{"table -iters -1", "iters"},
		{"table -j 0", "j:"},
		{"table -preset atlantis", "atlantis"},
		{"table -render -out missing.jsonl", "missing.jsonl"},
		{"table -nonsense", "nonsense"},
		{"bench -reps 0", "reps"},
		{"bench -run (", "run"},
		{"bench -run nothing", "no case"},
		{"bench -time soon", "time"},
		{"bench -precision float16 -run w=100", "precision"},
		{"bench extra", "extra"},
		{"figure -checkpoint missing.ckpt", "missing.ckpt"},
		{"figure -checkpoint a.ckpt -model M1", "settings"},
		{"figure -width 0", "width"},
		{"figure extra", "extra"},
	} {
		words := strings.Fields(tt.args)
		var out, errOut bytes.Buffer
		code := commands[words[0]](words[1:], &out, &errOut)
		said := errOut.String()
		if code == 0 || !strings.Contains(said, tt.want) || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: exit code %d, said %q, want a line with %q", tt.args, code, said, tt.want)
		}
	}
}
