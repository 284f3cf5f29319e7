package main

import (
	"testing"

	"pinnlab/wasm/plot"
	"pinnlab/wasm/port"
)

func TestHandle(t *testing.T) {
	tests := []struct {
		name  string
		head  string
		body  []byte
		fails bool
		check func(b *Board, dpr float64) bool
	}{
		{"show", `{"do":"show","slot":"M2"}`, demo("M2", 100), false,
			func(b *Board, _ float64) bool { return len(b.Slots) == 2 }},
		{"show anew", `{"do":"show","slot":"M1"}`, demo("M1", 200), false,
			func(b *Board, _ float64) bool { return b.Slots[0].Snap.Step == 200 }},
		{"another run", `{"do":"view","lineup":{"problem":"demo","runs":{"M1":2}}}`, nil, false,
			func(b *Board, _ float64) bool { return len(b.Slots) == 0 }},
		{"one contestant fewer", `{"do":"view","lineup":{"problem":"demo","runs":{"M1":1}}}`, nil, false,
			func(b *Board, _ float64) bool { return len(b.Slots) == 1 }},
		{"another problem", `{"do":"view","lineup":{"problem":"else","runs":{"M1":1}}}`, nil, false,
			func(b *Board, _ float64) bool { return len(b.Slots) == 0 }},
		{"a contestant that there is not", `{"do":"view","lineup":{"problem":"demo","runs":{"M7":1}}}`, nil, true,
			func(b *Board, _ float64) bool { return len(b.Slots) == 1 }},
		{"half a Snapshot", `{"do":"show","slot":"M1"}`, demo("M1", 100)[:999], true,
			func(b *Board, _ float64) bool { return len(b.Slots) == 0 }},
		{"no Snapshot", `{"do":"show","slot":"M4"}`, nil, true,
			func(b *Board, _ float64) bool { return len(b.Slots) == 1 }},
		{"no such slot", `{"do":"show","slot":"M5"}`, demo("M1", 100), true,
			func(b *Board, _ float64) bool { return len(b.Slots) == 1 }},
		{"theme", `{"do":"view","theme":"dark"}`, nil, false,
			func(b *Board, _ float64) bool { return b.View.Dark && b.View.Field == "u" }},
		{"background", `{"do":"view","background":"#102030"}`, nil, false,
			func(b *Board, _ float64) bool { return b.Theme().Page == plot.Hex(0x102030) }},
		{"axes", `{"do":"view","gradAxis":"log","errorAxis":"linear"}`, nil, false,
			func(b *Board, _ float64) bool { return b.View.LogGrad && b.View.LinearErr }},
		{"no such axis", `{"do":"view","gradAxis":"cubic"}`, nil, true,
			func(b *Board, _ float64) bool { return !b.View.LogGrad }},
		{"words", `{"do":"view","title":"T","titles":{"M1":"one"},"dpr":2}`, nil, false,
			func(b *Board, dpr float64) bool {
				return b.View.Title == "T" && b.View.Names["M1"] == "one" && dpr == 2
			}},
		{"unknown", `{"do":"dance"}`, nil, true, func(*Board, float64) bool { return true }},
		{"no JSON", `do`, nil, true, func(*Board, float64) bool { return true }},
	}
	for _, c := range tests {
		b := board(t, "M1")
		b.View.Field = "u"
		dpr, err := b.Handle(port.Message{Head: []byte(c.head), Body: c.body})
		if b.Waiting() {
			err = b.Next()
		}
		if (err != nil) != c.fails {
			t.Errorf("%s: error %v", c.name, err)
		}
		if !c.check(b, dpr) {
			t.Errorf("%s: the board is not as it should be: %+v", c.name, b.View)
		}
	}
}

// Of the Snapshots that come faster than they can be drawn the newest is drawn,
// and each model has its turn.
func TestArrivals(t *testing.T) {
	b := board(t, "M1", "M2")
	for _, step := range []uint64{100, 200, 300} {
		for _, key := range []string{"M2", "M1"} {
			if err := b.Arrive(key, demo(key, step)); err != nil {
				t.Fatal(err)
			}
		}
	}
	b.Next()
	if first, second := b.Slots[0].Snap.Step, b.Slots[1].Snap.Step; first == 300 || second != 300 {
		t.Errorf("after one turn M1 is at %d and M2 at %d", first, second)
	}
	b.drop("M2")
	b.Next()
	if b.Waiting() || b.Slots[0].Snap.Step != 300 {
		t.Errorf("after two turns M1 is at %d, waiting %v", b.Slots[0].Snap.Step, b.Waiting())
	}
	b.Arrive("M1", demo("M1", 400))
	b.drop("M1")
	if b.Waiting() {
		t.Error("a Snapshot of a model that is gone waits")
	}
}
