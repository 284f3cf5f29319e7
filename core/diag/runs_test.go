package diag

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pinnlab/core/train"
)

// The runs that Judge is tested on are stored, so that a test takes no training:
//
//	go test -run TestStoredRuns/NAME -update ./core/diag
//
// trains those whose NAME matches anew.
var update = flag.Bool("update", false, "train the runs of testdata/runs anew")

// A shot is a Snapshot without its methods, for gob.
type shot train.Snapshot

// A subject is a run that is stored at some iterations.
type subject struct {
	name  string
	model string
	at    []int
	edit  func(*train.Config)
}

// config is the subject's: of the preset or the problem in testdata/cases that
// it is named after, up to a blank.
func (s subject) config(t *testing.T) train.Config {
	t.Helper()
	name, _, _ := bytes.Cut([]byte(s.name), []byte(" "))
	cfg, err := train.Default(string(name), s.model)
	if spec, missing := os.ReadFile(filepath.Join("testdata/cases", string(name)+".json")); missing == nil {
		raw, _ := json.Marshal(map[string]any{"spec": json.RawMessage(spec), "model": s.model})
		var faults []*train.FieldError
		if cfg, faults = train.Resolve(raw); len(faults) > 0 {
			t.Fatal(faults[0])
		}
	} else if err != nil {
		t.Fatal(err)
	}
	if s.edit != nil {
		s.edit(&cfg)
	}
	return cfg
}

// train returns the subject's run at its iterations.
func (s subject) train(t *testing.T) (shots []shot) {
	t.Helper()
	run, err := train.New(s.config(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range s.at {
		for run.Iteration() < at && run.Step() == nil {
		}
		var snap train.Snapshot
		run.Snapshot(&snap)
		want := Judge(&snap)
		thin(&snap)
		if got := Judge(&snap); got.Kind != want.Kind {
			t.Errorf("%s at %d is %s, thinned %s", s.name, at, want.Kind, got.Kind)
		}
		shots = append(shots, shot(snap))
	}
	return shots
}

// thin leaves what Judge reads, in fewer rows and nodes.
func thin(s *train.Snapshot) {
	const rows, nodes = 160, 250
	for _, h := range []*train.Series{&s.Losses, &s.Errors, &s.Norms, &s.Held} {
		for c := int(h.Cols); len(h.Rows) > rows*c; h.Stride *= 2 {
			for r := 0; 2*r*c < len(h.Rows); r++ {
				copy(h.Rows[r*c:(r+1)*c], h.Rows[2*r*c:(2*r+1)*c])
			}
			h.Rows = h.Rows[:(len(h.Rows)/c+1)/2*c]
		}
	}
	every := func(v []float32) (kept []float32) {
		for i := 0; i < len(v); i += len(v)/nodes + 1 {
			kept = append(kept, v[i])
		}
		return kept
	}
	for i := range s.Fields {
		s.Fields[i].Pred, s.Fields[i].Exact = every(s.Fields[i].Pred), every(s.Fields[i].Exact)
	}
	for i := range s.Layers {
		s.Layers[i] = train.LayerGradients{Name: s.Layers[i].Name}
	}
	s.Points, s.Bands = nil, train.Series{}
}

func (s subject) file() string {
	return filepath.Join("testdata/runs", s.name+" "+s.model+".gob.gz")
}

// store writes the snapshots of a subject.
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
	return slices.Clip(shots)
}

var subjects = func() (all []subject) {
	for _, p := range []struct{ name, models string }{
		{"helmholtz", "M1 M2 M3 M4"}, {"klein_gordon", "M1 M2 M3 M4"}, {"poisson", "M1 M2 M3 M4"},
	} {
		for _, m := range []string{"M1", "M2", "M3", "M4"} {
			all = append(all, subject{name: p.name, model: m, at: []int{100, 400, 700, 1500, 3000}})
		}
	}
	files, _ := filepath.Glob("testdata/cases/*.json")
	for _, f := range files {
		n := filepath.Base(f)
		all = append(all, subject{name: n[:len(n)-5], model: "M1", at: []int{100, 400, 700, 1500, 3000}})
	}
	return all
}()

func TestStoredRuns(t *testing.T) {
	for _, s := range subjects {
		t.Run(s.name+" "+s.model, func(t *testing.T) {
			if *update {
				s.store(t, s.train(t))
			}
			for i, stored := range s.stored(t) {
				snap := train.Snapshot(stored)
				v := Judge(&snap)
				t.Logf("%-30s %5d %8.3g %-10s %s | %s", s.name+" "+s.model, s.at[i], snap.RelL2, v.Kind, v.Words, v.Numbers)
			}
		})
	}
}
