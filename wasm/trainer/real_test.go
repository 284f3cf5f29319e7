package main

import (
	"encoding/json"
	"testing"
	"time"

	"pinnlab/core/train"
	"pinnlab/wasm/port"
)

// The catalogue names each preset's terms and groups as a run does.
func TestCatalogueMatchesRuns(t *testing.T) {
	list, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no presets")
	}
	for _, p := range list {
		t.Run(p.Name, func(t *testing.T) {
			raw, err := json.Marshal(map[string]any{"preset": p.Name, "width": 4, "depth": 1, "batch": 4})
			if err != nil {
				t.Fatal(err)
			}
			cfg, problems := train.Resolve(raw)
			if len(problems) > 0 {
				t.Fatal(problems[0])
			}
			run, err := train.New(cfg)
			if err != nil {
				t.Fatal(err)
			}
			s := run.State()
			for _, term := range p.Terms {
				if _, ok := s.Losses[term]; !ok {
					t.Errorf("no loss %s in %v", term, s.Losses)
				}
			}
			for _, group := range p.Groups[1:] {
				if _, ok := s.Lambdas[group]; !ok {
					t.Errorf("no lambda %s in %v", group, s.Lambdas)
				}
			}
			if p.Title == "" || p.Equation == "" || p.Settings.Width == 0 || len(p.Views) == 0 {
				t.Errorf("incomplete: %+v", p)
			}
			for _, v := range p.Parameters {
				if !(v.Min <= v.Value && v.Value <= v.Max) {
					t.Errorf("parameter %s is %v, outside [%v, %v]", v.Name, v.Value, v.Min, v.Max)
				}
			}
		})
	}
}

// A real run through the trainer sends Snapshots that can be read, also before
// the first step and after the loss is no longer finite.
func TestRealRun(t *testing.T) {
	d := newDesk()
	d.build, d.now = train.New, time.Now
	d.in <- port.Message{Head: []byte(`{"do":"start","id":1,"config":{"preset":"helmholtz","model":"M2","width":8,"depth":2,"batch":8}}`)}
	d.play([]string{`{"do":"step","id":2,"n":20}`}, timed{time.Hour, `{"do":"pause"}`})
	// A slow machine may show states in between.
	got := d.heads()
	n := len(got)
	if n < 5 || got[0] != "at 0" || got[1] != "re 1" || got[n-3] != "at 20" || got[n-2] != "re 2" || got[n-1] != "at 20" {
		t.Fatalf("sent %q", got)
	}
	for i, step := range map[int]uint64{0: 0, n - 1: 20} {
		var s train.Snapshot
		if err := s.UnmarshalBinary(d.sent[i].Body); err != nil {
			t.Fatal(err)
		}
		if s.Step != step || s.Model != "M2" || len(s.Fields) == 0 || len(s.Layers) != 3 {
			t.Errorf("snapshot of step %d: step %d of %s, %d fields, %d layers", step, s.Step, s.Model, len(s.Fields), len(s.Layers))
		}
	}
}
