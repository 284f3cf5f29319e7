package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pinnlab/wasm/port"
)

const benchStep = `{"do":"bench","id":1,"set":"steps","precision":"float32","laps":2,"millis":1,"match":"helmholtz/model=M1/n=128/w=50"}`

// benchedBy returns the reply to a bench among what was sent.
func benchedBy(t *testing.T, d *desk) (b benched) {
	t.Helper()
	for _, m := range d.sent {
		if strings.HasPrefix(string(m.Head), `{"re":1,"results"`) {
			if err := json.Unmarshal(m.Head, &b); err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
	t.Fatalf("sent %q", d.heads())
	return b
}

func TestBench(t *testing.T) {
	d := newDesk()
	d.yield = func() {} // nobody else speaks
	d.handle(port.Message{Head: []byte(benchStep)})
	b := benchedBy(t, d)
	var names []string
	for _, r := range b.Results {
		kind, _, _ := strings.Cut(r.Name, "/")
		names = append(names, kind)
		if len(r.Laps) != 2 || !(r.Flop > 0) {
			t.Errorf("%+v", r)
		}
	}
	if want := []string{"Step", "Products"}; b.Stopped || !slices.Equal(names, want) {
		t.Errorf("results of %v (stopped: %v), want %v", names, b.Stopped, want)
	}
	if !strings.HasPrefix(string(d.sent[0].Head), `{"is":"progress","what":"Step/`) {
		t.Errorf("no progress at first: %q", d.heads())
	}
}

// TestBenchEnds: a pause between two laps ends a bench, which answers with the
// laps it has; what else arrives is refused.
func TestBenchEnds(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after int // interludes
		heads []string
		laps  int // of the first case
		want  []string
	}{
		{"at once", 1, []string{`{"do":"pause","id":2}`}, 0, []string{"re 2", "re 1"}},
		{"after a lap", 4, []string{`{"do":"look","id":3}`, `{"do":"pause"}`}, 1,
			[]string{"re 3 [a bench is on; pause ends it]", "re 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk()
			n := 0
			d.yield = func() {
				if n++; n == tt.after {
					for _, h := range tt.heads {
						d.in <- port.Message{Head: []byte(h)}
					}
					close(d.in)
				}
			}
			d.in <- port.Message{Head: []byte(benchStep)}
			d.serve()
			b := benchedBy(t, d)
			if laps := lapsOf(b); !b.Stopped || len(laps) != tt.laps {
				t.Errorf("%d laps (stopped: %v), want %d", len(laps), b.Stopped, tt.laps)
			}
			heads := slices.DeleteFunc(d.heads(), func(h string) bool { return strings.HasPrefix(h, "progress") })
			if !slices.Equal(heads, tt.want) {
				t.Errorf("sent %q, want %q", heads, tt.want)
			}
		})
	}
}

// lapsOf returns the laps of the first case, if there is one.
func lapsOf(b benched) []float64 {
	if len(b.Results) == 0 {
		return nil
	}
	return b.Results[0].Laps
}

func TestBenchRefuses(t *testing.T) {
	for _, tt := range []struct{ head, want string }{
		{`"set":"dinner","precision":"float32","laps":1,"millis":1`, `there is no set of cases "dinner"`},
		{`"set":"steps","precision":"float16","laps":1,"millis":1`, `precision is float32 or float64, not "float16"`},
		{`"set":"steps","precision":"float32","laps":0,"millis":1`, "laps must be 1 to 1000, not 0"},
		{`"set":"steps","precision":"float32","laps":1,"millis":0`, "a lap takes 1 to 10000 milliseconds, not 0"},
	} {
		d := newDesk()
		d.play([]string{`{"do":"bench","id":1,` + tt.head + `}`})
		if got := d.heads(); !slices.Equal(got, []string{"re 1 [" + tt.want + "]"}) {
			t.Errorf("%s: %q", tt.head, got)
		}
	}
	d := newDesk()
	d.play([]string{start, `{"do":"play"}`}, timed{5 * time.Millisecond, benchStep}, timed{15 * time.Millisecond, `{"do":"pause"}`})
	if got := d.heads(); !slices.Contains(got, "re 1 [pause the run before a bench]") {
		t.Errorf("while playing: %q", got)
	}
}
