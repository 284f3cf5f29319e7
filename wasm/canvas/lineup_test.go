package main

import (
	"errors"
	"strings"
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
	if err := b.Cast(Lineup{"flow", map[string]uint64{"M1": 2, "M4": 3}, nil, nil}); err != nil {
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

// A line-up may have contestants of one's own: they stand behind the paper's
// methods, six in all, in the colours that the line-up gives them.
func TestContestants(t *testing.T) {
	b := &Board{}
	runs := map[string]uint64{"A": 3, "B": 4, "M4": 2, "M1": 1}
	if err := b.Cast(Lineup{"demo", runs, map[string]int{"A": 4, "B": 1}, nil}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"B", "M4", "A", "M1"} {
		if err := b.Show(key, of(t, demoLine("M1", 10), record.Origin{Problem: "demo", Contestant: key, Run: runs[key]})); err != nil {
			t.Fatal(err)
		}
	}
	var keys []string
	seen := map[plot.Colour]string{}
	theme := b.Theme()
	for _, s := range b.Slots {
		keys = append(keys, s.Key)
		if other := seen[theme.colour(s.Key)]; other != "" {
			t.Errorf("%s and %s have one colour", other, s.Key)
		}
		seen[theme.colour(s.Key)] = s.Key
	}
	if got := strings.Join(keys, " "); got != "M1 M4 A B" {
		t.Errorf("they stand as %s", got)
	}
	for _, c := range []string{"G", ""} {
		if err := b.Cast(Lineup{"demo", map[string]uint64{c: 1}, nil, nil}); err == nil {
			t.Errorf("a contestant %q is taken", c)
		}
	}
	most := map[string]uint64{}
	for _, key := range slotKeys[:plot.MostModels+1] {
		most[key] = 1
	}
	if err := b.Cast(Lineup{"demo", most, nil, nil}); err == nil {
		t.Error("seven contestants are taken")
	}
}
