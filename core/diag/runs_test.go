package diag

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/record"
	"pinnlab/core/train"
)

// The runs that Judge is tested on are stored, so that a test takes no training:
//
//	go test -run TestStoredRuns/NAME -update ./core/diag
//
// trains those whose NAME matches anew.
var update = flag.Bool("update", false, "train the runs of testdata/runs anew")

// A subject is a run of a preset or of a problem in testdata/cases, with its
// settings, at the iterations where it is stored.
type subject struct {
	problem, model string
	at             []int
	want           string // the kinds of its verdicts, judged by hand from trueError
}

func (s subject) String() string { return s.problem + " " + s.model }

// config returns the subject's Config.
func (s subject) config(t *testing.T) train.Config {
	t.Helper()
	spec, err := os.ReadFile(filepath.Join("testdata/cases", s.problem+".json"))
	if err != nil {
		cfg, err := train.Default(s.problem, s.model)
		if err != nil {
			t.Fatal(err)
		}
		return cfg
	}
	raw, err := json.Marshal(map[string]any{"spec": json.RawMessage(spec), "model": s.model})
	if err != nil {
		t.Fatal(err)
	}
	cfg, faults := train.Resolve(raw)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	return cfg
}

// A shot is a Snapshot without its methods, for gob.
type shot record.Snapshot

// train returns the subject's run at its iterations, or where it failed.
func (s subject) train(t *testing.T) (shots []shot) {
	t.Helper()
	run, err := train.New(s.config(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range s.at {
		for run.Iteration() < at && run.Step() == nil {
		}
		var snap record.Snapshot
		run.Snapshot(&snap)
		thin(&snap)
		shots = append(shots, shot(snap))
	}
	return shots
}

// thin leaves what Judge reads, in fewer rows and nodes.
func thin(s *record.Snapshot) {
	const rows = 64
	s.Histories = slices.DeleteFunc(s.Histories, func(h record.Series) bool { return h.Curves[0].Name == record.ErrorBand })
	for i := range s.Histories {
		h := &s.Histories[i]
		for c := len(h.Curves); len(h.Rows) > rows*c; h.Stride *= 2 {
			for r := 0; 2*r*c < len(h.Rows); r++ {
				copy(h.Rows[r*c:(r+1)*c], h.Rows[2*r*c:(2*r+1)*c])
			}
			h.Rows = h.Rows[:(len(h.Rows)/c+1)/2*c]
		}
	}
	for i := range s.Fields {
		f := &s.Fields[i]
		f.Pred, f.Exact = everyFew(f.Pred), everyFew(f.Exact)
	}
	for i := range s.Layers {
		s.Layers[i] = record.LayerGradients{Name: s.Layers[i].Name}
	}
	s.Clouds = nil
}

// everyFew keeps some of a field's nodes.
func everyFew(v []float32) (kept []float32) {
	for i := 0; i < len(v); i += few(len(v)) {
		kept = append(kept, v[i])
	}
	return kept
}

// few is how far apart those of n nodes are that thin keeps.
func few(n int) int { return n/250 + 1 }

func (s subject) file() string { return filepath.Join("testdata/runs", s.String()+".gob.gz") }

// store writes the shots of a subject.
func (s subject) store(t *testing.T, shots []shot) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := gob.NewEncoder(z).Encode(shots); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.file(), b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// stored reads them.
func (s subject) stored(t *testing.T) (shots []shot) {
	t.Helper()
	b, err := os.ReadFile(s.file())
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := gob.NewDecoder(z).Decode(&shots); err != nil {
		t.Fatal(err)
	}
	return shots
}

// trueError returns the relative L2 error of a stored Snapshot, against the exact
// solution or else by truths; NaN where neither is known.
func (s subject) trueError(snap *record.Snapshot) float64 {
	solve, ok := truths[s.problem]
	if !ok || known(snap) {
		return snap.RelL2
	}
	nodes := 1
	for _, a := range snap.Axes {
		nodes *= int(a.N)
	}
	solution := solve()
	num, den := 0.0, 0.0
	for k, f := range snap.Fields {
		for i, v := range f.Pred {
			var x [2]float64
			node := i * few(nodes)
			for j, a := range snap.Axes {
				n := int(a.N)
				x[j] = a.Lo + (a.Hi-a.Lo)*float64(node%n)/float64(n-1)
				node /= n
			}
			want := solution(x[0], x[1])[k]
			num, den = num+math.Pow(float64(v)-want, 2), den+want*want
		}
	}
	return math.Sqrt(num / den)
}

// TestStoredRuns holds every verdict to the kind judged by hand, and to what it
// must not be: healthy far from the truth, or anything worse than learning close
// to it.
func TestStoredRuns(t *testing.T) {
	for _, s := range subjects {
		t.Run(s.String(), func(t *testing.T) {
			if *update {
				s.store(t, s.train(t))
			}
			want := strings.Fields(s.want)
			for i, stored := range s.stored(t) {
				snap := record.Snapshot(stored)
				v, e := Judge(&snap), s.trueError(&snap)
				t.Logf("%5d: error %.3g, %s: %s %s", s.at[i], e, v.Kind, v.Words, v.Numbers)
				if i >= len(want) || v.Kind != want[i] {
					t.Errorf("at %d: %s, want %s", s.at[i], v.Kind, s.want)
				}
				if v.Kind == "healthy" && e > far {
					t.Errorf("at %d: healthy with an error of %.3g", s.at[i], e)
				}
				if known(&snap) && e < foundError && v.Kind != "healthy" {
					t.Errorf("at %d: %s with an error of %.3g", s.at[i], v.Kind, e)
				}
			}
		})
	}
}
