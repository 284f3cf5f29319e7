package main

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// reading is what is said at the end of the panel of relative errors.
func reading(t *testing.T, s *Scene) string {
	t.Helper()
	at := s.find("relative-l2")
	if at < 0 {
		t.Fatalf("no panel of errors among %v", s.Subjects())
	}
	return strings.Join(s.relL2At(&s.Layout.Panels[at], 2000), "; ")
}

// TestGhosts: a run that was replaced stays as curves beside those of its
// problem, is gone with another problem and there again with its own.
func TestGhosts(t *testing.T) {
	b := board(t, "M1")
	if err := b.Haunt("a", "M4", "#1", demo("M4", 4000)); err != nil {
		t.Fatal(err)
	}
	s := NewScene(b, face)
	s.Build(1280, 1)
	if s.ranges.Steps.Hi != 4000 {
		t.Errorf("the axis ends at %v, the ghost at 4000", s.ranges.Steps.Hi)
	}
	if got := reading(t, s); !strings.Contains(got, "M1 ") || !strings.Contains(got, "#1 ") {
		t.Errorf("it reads %q", got)
	}
	if !slices.ContainsFunc(s.entries(plot.SectionHistory), func(e entry) bool { return strings.HasPrefix(e.name, "earlier runs") }) {
		t.Error("the legend does not say what the dotted curve is")
	}
	other := Lineup{Problem: "flow", Runs: map[string]uint64{"M1": 1}}
	if err := b.Cast(other); err != nil || len(b.hauntedBy(nil)) != 0 {
		t.Errorf("%v; %d ghosts of another problem", err, len(b.hauntedBy(nil)))
	}
	if err := b.Cast(demoCast); err != nil || len(b.hauntedBy(nil)) != 1 {
		t.Errorf("%v; %d ghosts of this one", err, len(b.hauntedBy(nil)))
	}
	b.Lay(nil)
	if len(b.ghosts) != 0 {
		t.Error("it is still there")
	}
	for i := range mostGhosts + 3 {
		if err := b.Haunt(string(rune('a'+i)), "M4", "#1", demo("M4", 10)); err != nil {
			t.Fatal(err)
		}
	}
	if len(b.ghosts) != mostGhosts || b.ghosts[0].ID != "d" {
		t.Errorf("%d ghosts, the oldest %s", len(b.ghosts), b.ghosts[0].ID)
	}
	if b.Haunt("x", "Z", "", demo("M4", 10)) == nil || b.Haunt("x", "M1", "", demo("M4", 10)[:40]) == nil {
		t.Error("what is no slot or no Snapshot is taken")
	}
}

// TestSeeds: slots that differ in the seed are drawn as one, by their geometric
// mean and their range, as far as each has come.
func TestSeeds(t *testing.T) {
	b := &Board{cast: demoCast}
	b.cast.Seeds = map[string]string{"M2": "M1", "M3": "M1"}
	steps := map[string]uint64{"M1": 2000, "M2": 2000, "M3": 1000, "M4": 2000}
	for key, n := range steps {
		if err := b.Show(key, demo(key, n)); err != nil {
			t.Fatal(err)
		}
	}
	if len(b.Slots) != 2 || len(b.mates(b.Slots[0])) != 2 || !b.Complete() || b.seeded(b.Slots[0]) != "M1 ×3" {
		t.Fatalf("%d slots, %d mates, %s", len(b.Slots), len(b.mates(b.Slots[0])), b.seeded(b.Slots[0]))
	}
	h := b.curves(b.Slots[0], record.RelL2)[0]
	alone := map[string]history{}
	for key := range steps {
		alone[key] = histories(&b.slot(key).Snap, record.RelL2)[0]
	}
	for i := range h.count() {
		x := h.step(i)
		values := []float64{alone["M1"].value(i)}
		for _, key := range []string{"M2", "M3"} {
			if x <= float64(steps[key]) {
				values = append(values, alone[key].near(x))
			}
		}
		product := 1.0
		for _, v := range values {
			product *= v
		}
		want := math.Pow(product, 1/float64(len(values)))
		lo, mean, hi := h.spread(i)
		if !(math.Abs(mean/want-1) < 1e-12) || lo != slices.Min(values) || hi != slices.Max(values) || h.value(i) != mean {
			t.Fatalf("step %v: %v in %v to %v, want %v of %v", x, mean, lo, hi, want, values)
		}
	}
	s := NewScene(b, face)
	s.Build(1280, 1)
	if got := reading(t, s); !strings.Contains(got, " to ") {
		t.Errorf("it reads %q", got)
	}
	// A setting of one has changed: each is by itself again.
	apart := demoCast
	if err := b.Cast(apart); err != nil || len(b.Slots) != 4 {
		t.Errorf("%v; %d slots", err, len(b.Slots))
	}
}

// TestOverTime: curves end where the seconds of their runs do; beside others, runs
// of least squares are drawn so by themselves.
func TestOverTime(t *testing.T) {
	b := board(t, "M1", "M4")
	for _, s := range b.Slots {
		seconds := record.Curve{Name: record.Seconds, Group: record.NoGroup, Now: 25}
		s.Snap.Histories = append(s.Snap.Histories, record.Series{Name: "clock", Stride: 1000, Curves: []record.Curve{seconds}, Rows: []float32{0, 20}})
	}
	s := NewScene(b, face)
	ends := func() float64 {
		s.Build(1280, 1)
		return s.ranges.Steps.Hi
	}
	if got := ends(); got != 2000 {
		t.Errorf("the axis ends at %v, the runs at iteration 2000", got)
	}
	b.View.Over = "time"
	if got := ends(); got != 25 {
		t.Errorf("the axis ends at %v, the runs at 25 s", got)
	}
	for _, tab := range []plot.Tab{plot.OverviewTab, plot.GradientsTab, plot.StiffnessTab, plot.CurvesTab} {
		b.View.Tab = tab
		s.Build(1280, 1)
		for _, k := range s.Mesh.Used() {
			for _, v := range k.Vertices {
				if !(v.X <= 1280) {
					t.Fatalf("tab %d: something is drawn at x = %v", tab, v.X)
				}
			}
		}
	}
	b.View.Tab = plot.OverviewTab
	h := b.histories(&b.Slots[0].Snap, record.RelL2)[0]
	for step, want := range map[float64]float64{0: 0, 500: 10, 1000: 20, 1500: 22.5, 2000: 25} {
		if got := h.clock.between(step); !(math.Abs(got-want) < 1e-6) {
			t.Errorf("iteration %v is at %v s, want %v", step, got, want)
		}
	}
	b.View.Over = ""
	damping := record.Series{Name: "optimiser", Stride: 1, Curves: []record.Curve{{Name: record.Damping}}, Rows: []float32{1}}
	b.Slots[0].Snap.Histories = append(b.Slots[0].Snap.Histories, damping)
	if got := ends(); got != 25 {
		t.Errorf("beside a run of least squares the axis ends at %v", got)
	}
	b.View.Over = "iterations"
	if got := ends(); got != 2000 {
		t.Errorf("over iterations the axis ends at %v", got)
	}
}

// TestGhostOfAnEarlierProgram: a run that was kept before the format changed is no
// fault; there is nothing to draw of it.
func TestGhostOfAnEarlierProgram(t *testing.T) {
	b := board(t, "M1")
	data, err := b.Slots[0].Snap.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	data[0]--
	if err := b.Haunt("1", "M1", "#1", data); err != nil || len(b.ghosts) != 0 {
		t.Errorf("%v; %d ghosts", err, len(b.ghosts))
	}
}
