package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pinnlab/core/record"
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

// TestLimits: what the page allows is what the engine takes, to the last number.
func TestLimits(t *testing.T) {
	r, err := offer()
	if err != nil {
		t.Fatal(err)
	}
	limits := r.Limits
	for _, name := range []string{"width", "depth", "batch"} {
		for value, ok := range map[float64]bool{
			limits[name][0]: true, limits[name][1]: true, limits[name][0] - 1: false, limits[name][1] + 1: false,
		} {
			raw := fmt.Sprintf(`{%q: %v}`, name, value)
			if _, problems := train.Resolve([]byte(raw)); (len(problems) == 0) != ok {
				t.Errorf("%s: %v", raw, problems)
			}
		}
	}
}

// A real run through the trainer sends Snapshots that can be read, also before
// the first step and after the loss is no longer finite.
func TestRealRun(t *testing.T) {
	d := newDesk()
	d.build, d.now = build, time.Now
	d.in <- port.Message{Head: []byte(`{"do":"start","id":1,"config":{"preset":"helmholtz","model":"M2","width":8,"depth":2,"batch":8}}`)}
	d.play([]string{`{"do":"step","id":2,"n":20}`}, timed{time.Hour, `{"do":"pause"}`})
	// A slow machine may show states in between.
	got := d.heads()
	n := len(got)
	if n < 5 || got[0] != "at 0" || got[1] != "re 1" || got[n-3] != "at 20" || got[n-2] != "re 2" || got[n-1] != "at 20" {
		t.Fatalf("sent %q", got)
	}
	for i, step := range map[int]uint64{0: 0, n - 1: 20} {
		var s record.Snapshot
		if err := s.UnmarshalBinary(d.sent[i].Body); err != nil {
			t.Fatal(err)
		}
		if s.Step != step || s.Model != "M2" || len(s.Fields) == 0 || len(s.Layers) != 3 {
			t.Errorf("snapshot of step %d: step %d of %s, %d fields, %d layers", step, s.Step, s.Model, len(s.Fields), len(s.Layers))
		}
	}
}

// A real run has files to take away, and its weights can be set and frozen.
func TestExperiments(t *testing.T) {
	d := newDesk()
	d.build = build
	d.play([]string{
		`{"do":"start","id":1,"config":{"preset":"helmholtz","model":"M2","width":8,"depth":2,"batch":8}}`,
		`{"do":"lambda","id":2,"values":{"bcs":40}}`, `{"do":"freeze","id":3,"on":true}`, `{"do":"step","id":4,"n":25}`,
	}, timed{time.Hour, `{"do":"save","id":5,"what":"curves.csv"}`}, timed{time.Hour, `{"do":"save","id":6,"what":"field.npy","field":"u"}`},
		timed{time.Hour, `{"do":"save","id":7,"what":"field.npy","field":"w"}`}, timed{time.Hour, `{"do":"look"}`})
	names := map[int64]string{}
	var last state
	for _, m := range d.sent {
		var r saved
		if json.Unmarshal(m.Head, &r) == nil && r.Name != "" {
			names[r.Re] = r.Name
			if len(m.Body) == 0 {
				t.Errorf("%s is empty", r.Name)
			}
		}
		json.Unmarshal(m.Head, &last)
	}
	if names[5] != "pinnlab-helmholtz-M2-it25-curves.csv" || names[6] != "pinnlab-helmholtz-M2-it25-u.npy" || len(names) != 2 {
		t.Errorf("files %v", names)
	}
	if last.State.Lambdas["bcs"] != 40 || !last.State.Frozen || last.Verdict.Kind != "starting" {
		t.Errorf("at the end %+v, %+v", last.State, last.Verdict)
	}
}

// TestForkByMessage goes on from a plain run's checkpoint with annealing, and
// keeps the run that there is where the networks differ.
func TestForkByMessage(t *testing.T) {
	d := newDesk()
	d.build = build
	ask := func(head string, body []byte) (answer reply, last port.Message) {
		d.handle(port.Message{Head: []byte(head), Body: body})
		for d.busy() {
			d.slice()
		}
		last = d.sent[len(d.sent)-1]
		if err := json.Unmarshal(last.Head, &answer); err != nil {
			t.Fatal(err)
		}
		return answer, last
	}
	const config = `"config":{"preset":"helmholtz","model":"%s","width":6,"depth":1,"batch":4}}`
	ask(fmt.Sprintf(`{"do":"start","id":1,`+config, "M1"), nil)
	ask(`{"do":"step","id":2,"n":12}`, nil)
	_, saved := ask(`{"do":"checkpoint","id":3}`, nil)
	if r, _ := ask(fmt.Sprintf(`{"do":"fork","id":4,`+config, "M4"), saved.Body); !strings.Contains(r.Error, "network") || d.run.Config().Method != "M1" {
		t.Errorf("M4 from M1: error %q, the run is %s", r.Error, d.run.Config().Method)
	}
	if r, _ := ask(fmt.Sprintf(`{"do":"fork","id":5,`+config, "M2"), saved.Body); r.Error != "" {
		t.Fatal(r.Error)
	}
	if c := d.run.Config(); c.Method != "M2" || d.run.Iteration() != 12 {
		t.Errorf("%s at iteration %d", c.Method, d.run.Iteration())
	}
}

// TestVerify judges a checkpoint and leaves the run that there is alone.
func TestVerify(t *testing.T) {
	d := newDesk()
	d.build = build
	ask := func(head string, body []byte) (answer verified, words string) {
		d.handle(port.Message{Head: []byte(head), Body: body})
		for d.busy() {
			d.slice()
		}
		last := d.sent[len(d.sent)-1].Head
		var r reply
		if err := errors.Join(json.Unmarshal(last, &answer), json.Unmarshal(last, &r)); err != nil {
			t.Fatal(err)
		}
		return answer, r.Error
	}
	const config = `"config":{"preset":"helmholtz","model":"M2","width":%d,"depth":1,"batch":4}}`
	ask(fmt.Sprintf(`{"do":"start","id":1,`+config, 6), nil)
	ask(`{"do":"step","id":2,"n":7}`, nil)
	ask(`{"do":"set","id":3,"learningRate":0.5}`, nil)
	if k, _ := ask(`{"do":"checkpoint","id":4}`, nil); k.Iteration != 7 || k.Replay.Moves.String() != "lr@7:0.5" {
		t.Errorf("the checkpoint is of %+v", k)
	}
	saved := d.sent[len(d.sent)-1].Body
	other := newDesk()
	other.build = build
	d = other
	if v, words := ask(fmt.Sprintf(`{"do":"verify","id":5,`+config, 6), saved); words != "" || v.Iteration != 7 || v.Replay.Now.LearningRate != 0.5 || d.run != nil {
		t.Errorf("%+v, %q", v, words)
	}
	for head, body := range map[string][]byte{
		fmt.Sprintf(config, 7):  saved,
		fmt.Sprintf(config, 6):  saved[:len(saved)-1],
		fmt.Sprintf(config, -1): saved,
	} {
		if v, words := ask(`{"do":"verify","id":6,`+head, body); words == "" || v.Iteration != 0 {
			t.Errorf("%s: %+v", head, v)
		}
	}
}

// TestReferenceTells builds a cavity, whose reference takes time.
func TestReferenceTells(t *testing.T) {
	d := newDesk()
	d.build, d.now = build, time.Now
	d.play([]string{`{"do":"start","id":1,"config":{"preset":"cavity_velocity","model":"M1","params":{"Re":300},"width":4,"depth":1,"batch":4}}`})
	told := 0
	for i, m := range d.sent {
		var p progress
		if json.Unmarshal(m.Head, &p) != nil || p.Is != "progress" {
			continue
		}
		if told++; !strings.Contains(p.What, "Re = 300") || !(p.Share >= 0 && p.Share <= 1) || i != told-1 {
			t.Errorf("message %d: %s", i, m.Head)
		}
	}
	if told == 0 {
		t.Error("the page is told nothing")
	}
}

// TestWatch lets a clock run that products move too: what they take must stay
// within the budget, and steps must never wait for more than one slice of them.
func TestWatch(t *testing.T) {
	cfg, err := train.Default("helmholtz", "M1")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Width, cfg.Depth, cfg.Batch = 6, 1, 4
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Step(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		budget  float64
		product time.Duration
	}{{0.1, time.Millisecond}, {0.1, 200 * time.Millisecond}, {0.25, 20 * time.Millisecond}} {
		var clock time.Time
		after := true // a product looks at the clock before and after
		now := func() time.Time {
			if after = !after; after {
				clock = clock.Add(c.product)
			}
			return clock
		}
		w := watch{budget: c.budget}
		w.follow(run)
		const slices, each = 4000, 10 * time.Millisecond
		longest, all := time.Duration(0), time.Duration(0)
		for range slices {
			began := clock
			w.spend(each, now)
			longest, all = max(longest, clock.Sub(began)), all+clock.Sub(began)
		}
		share := all.Seconds() / (all + slices*each).Seconds()
		if share < 0.8*c.budget || share > 1.1*c.budget {
			t.Errorf("products of %v: %.3f of the time, the budget is %v", c.product, share, c.budget)
		}
		if most := mostCredit + 2*c.product; longest > most {
			t.Errorf("products of %v: %v between two slices of steps", c.product, longest)
		}
		var s record.Stiffness
		w.fill(&s)
		if len(s.Peaks) == 0 || s.Budget != c.budget || s.Subset != "trunk" {
			t.Errorf("found %+v", s)
		}
	}
}

// TestDensityAtRest asks a paused run.
func TestDensityAtRest(t *testing.T) {
	d := newDesk()
	d.build, d.now = build, time.Now
	for _, head := range []string{
		`{"do":"start","config":{"preset":"poisson","model":"M1","width":6,"depth":1,"batch":8}}`,
		`{"do":"density","id":2}`, `{"do":"step","n":3}`,
	} {
		d.handle(port.Message{Head: []byte(head)})
	}
	d.slice()
	d.handle(port.Message{Head: []byte(`{"do":"density","id":3}`)})
	for d.watch.waiting() {
		d.watch.step(d.now)
		d.showWatched()
	}
	var s record.Snapshot
	if err := s.UnmarshalBinary(d.sent[len(d.sent)-1].Body); err != nil {
		t.Fatal(err)
	}
	if len(s.Stiffness.Densities) != 3 || s.Stiffness.DensityAt != 3 || s.Stiffness.Pending != 0 {
		t.Errorf("%d densities at %d, %v of the next; sent %q", len(s.Stiffness.Densities), s.Stiffness.DensityAt, s.Stiffness.Pending, d.heads())
	}
	if m := s.Stiffness.Modes; m.At != 3 || len(m.Kappa) != 128+2*24 || !(m.Kappa[0] > 0) {
		t.Errorf("%d modes at %d", len(m.Kappa), m.At)
	}
}

// TestSpentGoesOn: a run that goes on from a checkpoint has the time that led to it,
// as its curve over the time has.
func TestSpentGoesOn(t *testing.T) {
	d := newDesk()
	d.build = build
	const config = `"config":{"preset":"poisson","model":"M1","width":6,"depth":1,"batch":8}`
	for _, head := range []string{`{"do":"start",` + config + `}`, `{"do":"step","n":4}`} {
		d.handle(port.Message{Head: []byte(head)})
	}
	d.slice()
	kept := d.run.Checkpoint()
	d.handle(port.Message{Head: []byte(`{"do":"restore","spent":60,` + config + `}`), Body: kept})
	d.handle(port.Message{Head: []byte(`{"do":"step","n":2}`)})
	d.slice()
	var s record.Snapshot
	if err := s.UnmarshalBinary(d.sent[len(d.sent)-1].Body); err != nil {
		t.Fatal(err)
	}
	c := s.Curves(record.Seconds)
	if s.Step != 6 || len(c) != 1 || c[0].Len() != 7 || c[0].Value(0) != 0 || c[0].Value(2) != 30 || c[0].Value(4) != 60 || !(c[0].Now >= 60) {
		t.Errorf("at step %d the curves of the time are %+v", s.Step, c)
	}
}
