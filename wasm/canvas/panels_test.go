package main

import (
	"slices"
	"strings"
	"testing"

	"pinnlab/core/record"
	"pinnlab/core/train"
	"pinnlab/wasm/plot"
)

// TestAddCurve adds a curve to the engine and a panel to the canvas, which is all
// that a curve takes, and finds it drawn, read and enlarged.
func TestAddCurve(t *testing.T) {
	defer train.AddHistory(train.History{Name: "rates", Every: 2, Present: true,
		Curves: func(train.Recorded) []record.Curve {
			return []record.Curve{{Name: "learning rate", Group: record.NoGroup}}
		},
		Row: func(r train.Recorded, row []float64) { row[0] = r.LearningRate() }})()
	was := slices.Clone(panels)
	defer func() { panels = was }()
	for _, shared := range []bool{true, false} {
		panels = slices.Clone(was)
		addPanel(curvePanel{curves: "learning rate", part: plot.Iterations, id: "rate", title: "learning rate",
			over: plot.Over{Tab: plot.CurvesTab, Shared: shared, High: 110, Section: plot.Sections}})
		b := &Board{cast: Lineup{Problem: "p", Runs: map[string]uint64{"M1": 1, "M2": 1}}}
		b.View.Tab = plot.CurvesTab
		show := func(steps int) {
			for key := range b.cast.Runs {
				if err := b.Show(key, briefly(t, key, steps)); err != nil {
					t.Fatal(err)
				}
			}
		}
		show(7)
		s := NewScene(b, face)
		s.Build(1280, 1)
		id := "M1-rate"
		if shared {
			id = "rate"
		}
		at := s.find(id)
		if at < 0 {
			t.Fatalf("no panel %s among %v", id, s.Subjects())
		}
		p := &s.Layout.Panels[at]
		values := panels[len(panels)-1].probe(s, p, 1e9)
		if want := "1.00e-3"; !strings.HasSuffix(values[0], want) {
			t.Errorf("it reads %q, want %s", values, want)
		}
		if k := s.scaleOf(p); !(k.Lo < 1e-3 && 1e-3 < k.Hi) {
			t.Errorf("its scale is %+v", k)
		}
		red, inside := float32(s.theme.colour("M1").R)/255, 0 // vertices of M1's curve
		for _, chunk := range s.Mesh.Used() {
			for _, v := range chunk.Vertices {
				if v.R == red && v.U == 0.5 && p.Plot.Has(plot.Point{X: float64(v.X), Y: float64(v.Y)}) {
					inside++
				}
			}
		}
		b.View.Enlarge = id
		s.Build(1280, 1)
		if !s.Enlarged() || inside == 0 {
			t.Errorf("enlarged %v, %d vertices in the panel", s.Enlarged(), inside)
		}
	}
}

// briefly returns the Snapshot of a small run.
func briefly(t *testing.T, model string, steps int) []byte {
	t.Helper()
	cfg, err := train.Default("poisson", model)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Width, cfg.Depth, cfg.Batch = 5, 2, 8
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for range steps {
		if err := run.Step(); err != nil {
			t.Fatal(err)
		}
	}
	var s record.Snapshot
	run.Snapshot(&s)
	s.Origin = record.Origin{Problem: "p", Contestant: model, Run: 1}
	data, err := s.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
