package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pinnlab/core/record"
	"pinnlab/core/train"
	"pinnlab/wasm/port"
)

// fakeRun counts steps and may fail at one of them.
type fakeRun struct {
	cfg    train.Config
	n      int
	failAt int // 0: never
	step   func()
}

func (r *fakeRun) Config() train.Config { return r.cfg }
func (r *fakeRun) Iteration() int       { return r.n }
func (r *fakeRun) Step() error {
	if r.failAt > 0 && r.n+1 >= r.failAt {
		return &train.Diverged{Iteration: r.n, What: "the loss of res"}
	}
	r.n++
	r.step()
	return nil
}
func (r *fakeRun) SetLearningRate(v float64) error {
	if v > 1 {
		return &train.FieldError{Field: "learningRate", Message: "too large"}
	}
	r.cfg.LearningRate = v
	return nil
}
func (r *fakeRun) SetAlpha(v float64) error { r.cfg.Alpha = v; return nil }
func (r *fakeRun) State() record.State {
	return record.State{Iteration: r.n, LearningRate: record.Number(r.cfg.LearningRate), Status: "paused"}
}
func (r *fakeRun) Snapshot(s *record.Snapshot) { s.Step, s.Status = uint64(r.n), record.Paused }
func (r *fakeRun) Checkpoint() []byte          { return []byte{byte(r.n)} }
func (r *fakeRun) Restore(b []byte) error {
	if len(b) != 1 {
		return errors.New("not a checkpoint")
	}
	r.n = int(b[0])
	return nil
}

func (r *fakeRun) SetLambda(map[string]float64) error { return errors.New("no such group") }
func (r *fakeRun) Freeze(bool)                        {}
func (r *fakeRun) Fork(b []byte) error                { return r.Restore(b) }
func (r *fakeRun) Weights() ([]byte, error)           { return []byte("{}"), nil }

// A desk is a trainer with a clock of its own, and what it sent. Each step
// takes stepTime; each message in script arrives when the clock has reached
// its time, the rest of the time nothing happens.
type desk struct {
	*trainer
	clock    time.Time
	stepTime time.Duration
	showTime time.Duration // that one Send of a state takes
	failAt   int
	in       chan port.Message
	script   []timed
	sent     []port.Message
}

type timed struct {
	after time.Duration
	head  string
}

func newDesk() *desk {
	d := &desk{clock: time.Unix(0, 0), stepTime: time.Millisecond, in: make(chan port.Message, 100)}
	d.trainer = &trainer{
		messages: d.in,
		now:      func() time.Time { return d.clock },
		yield:    d.deliver,
		send: func(head any, body []byte) {
			text, err := json.Marshal(head)
			if err != nil {
				panic(err)
			}
			d.sent = append(d.sent, port.Message{Head: text, Body: slices.Clone(body)})
			if strings.HasPrefix(string(text), `{"is":"state"`) {
				d.clock = d.clock.Add(d.showTime)
			}
		},
		resolve: train.Resolve,
		build: func(c train.Config, _ train.Progress) (trainee, error) {
			return &fakeRun{cfg: c, failAt: d.failAt, step: func() { d.clock = d.clock.Add(d.stepTime) }}, nil
		},
	}
	return d
}

// deliver puts the messages in whose time has come, all of them if the trainer
// has nothing to do, and ends after the last.
func (d *desk) deliver() {
	for len(d.script) > 0 && (!d.busy() || d.clock.Sub(time.Unix(0, 0)) >= d.script[0].after) {
		d.in <- port.Message{Head: []byte(d.script[0].head)}
		d.script = d.script[1:]
	}
	if len(d.script) == 0 && d.in != nil {
		close(d.in)
		d.in = nil
	}
}

// play runs a script: messages at once, then timed ones.
func (d *desk) play(now []string, later ...timed) {
	for _, head := range now {
		d.in <- port.Message{Head: []byte(head)}
	}
	d.script = later
	if len(later) == 0 {
		close(d.in)
		d.in = nil
	}
	d.serve()
}

// heads returns what was sent, in short: the iteration of states, and replies.
func (d *desk) heads() []string {
	var list []string
	for _, m := range d.sent {
		var h struct {
			Is, Error, Field, Message, Halt string
			Re                              *int
			Running                         bool
			State                           struct{ Iteration int }
		}
		if err := json.Unmarshal(m.Head, &h); err != nil {
			panic(err)
		}
		switch {
		case h.Re != nil && h.Error != "":
			list = append(list, fmt.Sprintf("re %d %s[%s]", *h.Re, h.Field, h.Error))
		case h.Re != nil:
			list = append(list, fmt.Sprintf("re %d", *h.Re))
		case h.Is == "state":
			words := fmt.Sprintf("at %d", h.State.Iteration)
			if h.Running {
				words += " running"
			}
			if h.Halt != "" {
				words += " halted"
			}
			list = append(list, words)
		default:
			list = append(list, h.Is+" "+h.Message)
		}
	}
	return list
}

const start = `{"do":"start","id":1,"config":{"preset":"helmholtz"}}`

func TestConversations(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name   string
		failAt int
		now    []string
		later  []timed
		want   []string
	}{
		{"start shows step 0, paused", 0, []string{start}, nil, []string{"at 0", "re 1"}},
		{"without an id no answer", 0, []string{`{"do":"start","config":{}}`}, nil, []string{"at 0"}},
		{"step", 0, []string{start, `{"do":"step","id":2,"n":7}`},
			[]timed{{8 * ms, `{"do":"look","id":3}`}},
			[]string{"at 0", "re 1", "at 7", "re 2", "at 7", "re 3"}},
		{"two step requests follow each other", 0,
			[]string{start, `{"do":"step","id":2,"n":30}`, `{"do":"step","id":3,"n":2}`},
			[]timed{{40 * ms, `{"do":"look"}`}},
			[]string{"at 0", "re 1", "at 30 running", "re 2", "at 32", "re 3", "at 32"}},
		{"play shows five times a second", 0, []string{start, `{"do":"play","id":2}`},
			[]timed{{500 * ms, `{"do":"pause","id":3}`}},
			[]string{"at 0", "re 1", "at 0 running", "re 2", "at 200 running", "at 400 running", "at 500", "re 3"}},
		{"pause within one slice", 0, []string{start, `{"do":"play"}`},
			[]timed{{11 * ms, `{"do":"pause"}`}}, []string{"at 0", "re 1", "at 0 running", "at 20"}},
		{"pause breaks off a step request", 0, []string{start, `{"do":"step","id":2,"n":1000}`},
			[]timed{{25 * ms, `{"do":"pause","id":3}`}},
			[]string{"at 0", "re 1", "at 30", "re 2 [paused (30 of 1000 steps done)]", "re 3"}},
		{"step ends play", 0, []string{start, `{"do":"play"}`},
			[]timed{{15 * ms, `{"do":"step","id":2,"n":2}`}, {30 * ms, `{"do":"look"}`}},
			[]string{"at 0", "re 1", "at 0 running", "at 22", "re 2", "at 22"}},
		{"set acts while playing", 0, []string{start, `{"do":"play"}`},
			[]timed{{5 * ms, `{"do":"set","id":2,"learningRate":0.5,"alpha":0.25}`}, {15 * ms, `{"do":"pause"}`}},
			[]string{"at 0", "re 1", "at 0 running", "at 10 running", "re 2", "at 20"}},
		{"set refuses", 0, []string{start, `{"do":"set","id":2,"learningRate":2}`}, nil,
			[]string{"at 0", "re 1", "re 2 learningRate[learningRate: too large]"}},
		{"divergence while playing", 5, []string{start, `{"do":"play","id":2}`},
			[]timed{{0, `{"do":"play","id":3}`}},
			[]string{"at 0", "re 1", "at 0 running", "re 2", "at 4 halted",
				"re 3 [step 5: the loss of res is not finite, so the step was not taken]"}},
		{"divergence while stepping", 3, []string{start, `{"do":"step","id":2,"n":9}`}, nil,
			[]string{"at 0", "re 1", "at 2 halted",
				"re 2 [step 3: the loss of res is not finite, so the step was not taken (2 of 9 steps done)]"}},
		{"reset after divergence", 3, []string{start, `{"do":"step","n":9}`},
			[]timed{{0, start}},
			[]string{"at 0", "re 1", "at 2 halted",
				"fault step 3: the loss of res is not finite, so the step was not taken (2 of 9 steps done)",
				"at 0", "re 1"}},
		{"a new run replaces a step request", 0, []string{start, `{"do":"step","id":2,"n":1000}`},
			[]timed{{10 * ms, start}},
			[]string{"at 0", "re 1", "at 0", "re 2 [replaced by a new run (10 of 1000 steps done)]", "re 1"}},
		{"a bad config keeps the run", 0,
			[]string{start, `{"do":"start","id":2,"config":{"width":0}}`, `{"do":"look"}`}, nil,
			[]string{"at 0", "re 1", "re 2 width[width: 0 must be from 1 to 256]", "at 0"}},
		{"nothing to play", 0, []string{`{"do":"play","id":2}`, `{"do":"step","id":3,"n":1}`,
			`{"do":"set","id":4}`, `{"do":"checkpoint","id":5}`, `{"do":"pause","id":6}`}, nil,
			[]string{"re 2 [there is no run yet]", "re 3 [there is no run yet]",
				"re 4 [there is no run yet]", "re 5 [there is no run yet]", "re 6"}},
		{"steps out of range", 0, []string{start, `{"do":"step","id":2,"n":0}`, `{"do":"step","id":3,"n":1000001}`}, nil,
			[]string{"at 0", "re 1", "re 2 [steps must be 1 to 1000000, not 0]",
				"re 3 [steps must be 1 to 1000000, not 1000001]"}},
		{"what a run refuses", 0, []string{start, `{"do":"lambda","id":2,"values":{"x":1}}`, `{"do":"density","id":3}`,
			`{"do":"stiffness","id":4,"budget":2,"subset":"all"}`, `{"do":"stiffness","id":5,"budget":0.1,"subset":"some"}`,
			`{"do":"save","id":6,"what":"dinner"}`}, nil,
			[]string{"at 0", "re 1", "re 2 [no such group]", "re 3 [there is no run yet]",
				"re 4 [the budget is a share of the time, from 0 to 0.5]", "re 5 [the parameters are all, weights or trunk]",
				`re 6 [there is no file "dinner"]`}},
		{"unknown requests", 0, []string{`{"do":"dance","id":2}`, `{"do":"dance"}`}, nil,
			[]string{`re 2 [nothing is known of "dance"]`, `fault nothing is known of "dance"`}},
		{"a field of the wrong kind", 0, []string{`{"do":"lambda","values":"much","id":7}`}, nil,
			[]string{"re 7 [message not understood: values: must be an object { }; found text in quotes]"}},
		{"not JSON", 0, []string{`hello`}, nil,
			[]string{"fault message not understood: line 1, column 1: a value is a number, true, false, null, text in double quotes, a list [ ] or an object { }"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk()
			d.failAt = test.failAt
			d.play(test.now, test.later...)
			if got := d.heads(); !slices.Equal(got, test.want) {
				t.Errorf("sent\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
			}
		})
	}
}

// Where showing takes long it becomes rarer, so that it stays a twentieth.
func TestShowingCostsATwentieth(t *testing.T) {
	d := newDesk()
	d.showTime = 50 * time.Millisecond
	d.play([]string{start, `{"do":"play"}`}, timed{20 * time.Second, `{"do":"pause"}`})
	shown := time.Duration(len(d.sent)) * d.showTime
	if total := d.clock.Sub(time.Unix(0, 0)); shown > total/15 {
		t.Errorf("%v of %v went into showing", shown, total)
	}
}

// Rate is what a person sees happen; spent leaves out all but steps.
func TestRateAndSeconds(t *testing.T) {
	d := newDesk()
	d.stepTime = 2 * time.Millisecond
	d.play([]string{start, `{"do":"play"}`}, timed{time.Second, `{"do":"pause"}`})
	var last state
	if err := json.Unmarshal(d.sent[len(d.sent)-2].Head, &last); err != nil {
		t.Fatal(err)
	}
	if last.Rate != 500 {
		t.Errorf("rate %v steps per second, want 500", last.Rate)
	}
	if want := float64(last.State.Iteration) * 0.002; last.Seconds != want {
		t.Errorf("%v seconds of steps, want %v", last.Seconds, want)
	}
}

func TestCheckIsLenient(t *testing.T) {
	d := newDesk()
	d.play([]string{
		`{"do":"check","id":4,"config":{"preset":"klein_gordon","width":"wide","depth":4,"colour":1}}`,
		`{"do":"check","id":5,"config":{}}`,
	})
	var got checked
	if err := json.Unmarshal(d.sent[0].Head, &got); err != nil {
		t.Fatal(err)
	}
	if got.Re != 4 || got.Config.Preset != "klein_gordon" || got.Config.Depth != 4 || got.Config.Width != 50 {
		t.Errorf("checked %+v", got)
	}
	var fields []string
	for _, p := range got.Problems {
		fields = append(fields, p.Field)
	}
	if want := []string{"width", "colour"}; !slices.Equal(fields, want) {
		t.Errorf("problems with %v, want %v", fields, want)
	}
	if !strings.Contains(string(d.sent[1].Head), `"problems":[]`) {
		t.Errorf("no problems must be an empty list: %s", d.sent[1].Head)
	}
}

func TestCheckpointAndRestore(t *testing.T) {
	d := newDesk()
	d.in <- port.Message{Head: []byte(start)}
	d.in <- port.Message{Head: []byte(`{"do":"restore","id":2,"config":{}}`), Body: []byte{42}}
	d.in <- port.Message{Head: []byte(`{"do":"checkpoint","id":3}`)}
	d.in <- port.Message{Head: []byte(`{"do":"restore","id":4,"config":{}}`), Body: []byte{1, 2}}
	d.in <- port.Message{Head: []byte(`{"do":"restore","id":5,"config":{}}`)}
	d.play([]string{`{"do":"look"}`})
	want := []string{"at 0", "re 1", "at 42", "re 2", "re 3",
		"re 4 [not a checkpoint]", "re 5 [not a checkpoint]", "at 42"}
	if got := d.heads(); !slices.Equal(got, want) {
		t.Errorf("sent %q, want %q", got, want)
	}
	if b := d.sent[4].Body; !slices.Equal(b, []byte{42}) {
		t.Errorf("checkpoint %v, want [42]", b)
	}
}

// TestSheetIsOfTheConfig asks for the typeset problem with other parameters.
func TestSheetIsOfTheConfig(t *testing.T) {
	d := newDesk()
	d.play([]string{
		`{"do":"sheet","id":1,"config":{"preset":"poisson","params":{"C":7.5},"batch":64}}`,
		`{"do":"sheet","id":2,"config":{"preset":"poisson","params":{"C":"wide"}}}`,
	})
	var got described
	if err := json.Unmarshal(d.sent[0].Head, &got); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(got.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"C = 7.5", "64 random points", "<mn>7.5</mn>"} {
		if !strings.Contains(string(text), strings.ReplaceAll(strings.ReplaceAll(want, "<", `\u003c`), ">", `\u003e`)) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	var refused reply
	if err := json.Unmarshal(d.sent[1].Head, &refused); err != nil || refused.Field != "params.C" {
		t.Errorf("refused %+v (%v), want an error about params.C", refused, err)
	}
}
