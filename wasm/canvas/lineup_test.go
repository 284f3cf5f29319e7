package main

import (
	"errors"
	"testing"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// of gives an encoded Snapshot another origin.
func of(t testing.TB, data []byte, o record.Origin) []byte {
	t.Helper()
	var s record.Snapshot
	if err := s.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	s.Origin = o
	b, err := s.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestOtherProblem changes the problem while Snapshots of the one before are
// shown, wait, and arrive: none of them may be drawn beside those of the new.
func TestOtherProblem(t *testing.T) {
	b := &Board{cast: demoCast}
	for _, key := range []string{"M1", "M4"} {
		if err := b.Show(key, demoLine(key, 100)); err != nil {
			t.Fatal(err)
		}
	}
	s := NewScene(b, face)
	s.Build(1280, 1)
	if err := b.Arrive("M4", demoLine("M4", 200)); err != nil {
		t.Fatal(err)
	}
	if err := b.Cast(Lineup{"flow", map[string]uint64{"M1": 2, "M4": 3}}); err != nil {
		t.Fatal(err)
	}
	if len(b.Slots) != 0 || b.Waiting() {
		t.Errorf("%d Snapshots are shown, waiting %v", len(b.Slots), b.Waiting())
	}
	if text := s.Point(plot.Point{X: 300, Y: 200}, true); text != "" {
		t.Errorf("a scene of before is read as %q", text)
	}
	if err := b.Arrive("M1", of(t, demoFlow("M1", 10), record.Origin{Problem: "flow", Contestant: "M1", Run: 2})); err != nil {
		t.Fatal(err)
	}
	for name, late := range map[string][]byte{
		"another problem":    demoLine("M4", 300),
		"another run":        of(t, demoFlow("M4", 10), record.Origin{Problem: "flow", Contestant: "M4", Run: 2}),
		"another contestant": of(t, demoFlow("M4", 10), record.Origin{Problem: "flow", Contestant: "M1", Run: 3}),
	} {
		if err := b.Arrive("M4", late); !errors.Is(err, errStale) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// One that says it is of the flow, but has another shape.
	if err := b.Arrive("M4", of(t, demoLine("M4", 10), record.Origin{Problem: "flow", Contestant: "M4", Run: 3})); !errors.Is(err, errShape) {
		t.Errorf("another shape: %v", err)
	}
	s.Build(1280, 1)
	if len(b.Slots) != 1 || b.Complete() {
		t.Errorf("%d slots, complete %v", len(b.Slots), b.Complete())
	}
}
