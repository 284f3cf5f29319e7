package train

import (
	"bytes"
	"strings"
	"testing"

	"pinnlab/core/record"
)

// TestAddHistory adds a curve and finds it in the Snapshot, the table of curves
// and the checkpoint; a checkpoint without it is read, with values unknown.
func TestAddHistory(t *testing.T) {
	before := newRun(t, "helmholtz", "M1", small)
	steps(t, before, 12)
	remove := AddHistory(History{Name: "rate", Every: 4, Present: true,
		Curves: func(Recorded) []record.Curve {
			return []record.Curve{{Name: "learning rate", Group: record.NoGroup, Unit: "1"}}
		},
		Row: func(r Recorded, row []float64) { row[0] = r.LearningRate() }})
	defer remove()

	run := newRun(t, "helmholtz", "M1", small)
	steps(t, run, 12)
	curve := func(r *Run) record.Trace {
		var s record.Snapshot
		r.Snapshot(&s)
		list := s.Curves("learning rate")
		if len(list) != 1 {
			t.Fatalf("%d curves", len(list))
		}
		return list[0]
	}
	early := newRun(t, "helmholtz", "M1", small)
	steps(t, early, 8)
	rate := float64(float32(curve(early).Now))
	if c := curve(run); c.Len() != 3 || c.Step(2) != 8 || c.Value(2) != rate || !(c.Now > 0 && c.Now < rate) {
		t.Errorf("recorded %+v, want %v at step 8", c, rate)
	}
	var s record.Snapshot
	run.Snapshot(&s)
	var table bytes.Buffer
	if s.WriteCurves(&table); !strings.Contains(table.String(), ",learning rate (1)\n") {
		t.Error("the table has no such column")
	}
	again := newRun(t, "helmholtz", "M1", small)
	if err := again.Restore(run.Checkpoint()); err != nil || curve(again).Value(2) != rate {
		t.Errorf("restored %+v, %v", curve(again), err)
	}
	if err := again.Restore(before.Checkpoint()); err != nil || curve(again).Len() != 3 || curve(again).Value(2) == rate {
		t.Errorf("from a checkpoint without: %+v, %v", curve(again), err)
	}
	if err := before.Restore(run.Checkpoint()); err != nil { // it has one too many
		t.Error(err)
	}
}
