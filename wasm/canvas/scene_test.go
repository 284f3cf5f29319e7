package main

import (
	"math"
	"strings"
	"testing"

	"pinnlab/core/train"
	"pinnlab/wasm/plot"
)

// board returns a board with the demo's models.
func board(t testing.TB, models ...string) *Board {
	t.Helper()
	b := &Board{}
	for _, m := range models {
		if err := b.Show(m, demo(m, 2000)); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

var face = NewTypeface()

func TestEveryViewDraws(t *testing.T) {
	cases := []struct {
		name   string
		board  *Board
		change func(*View)
	}{
		{"nothing yet", board(t), nil},
		{"one", board(t, "M1"), nil},
		{"four", board(t, "M4", "M2", "M1", "M3"), nil},
		{"dark, decades", board(t, "M1", "M4"), func(v *View) { v.Dark, v.LogGrad, v.LinearErr = true, true, true }},
		{"unknown field", board(t, "M1"), func(v *View) { v.Field = "nonesuch" }},
	}
	for _, c := range cases {
		if c.change != nil {
			c.change(&c.board.View)
		}
		for _, width := range []float64{240, 390, 700, 960, 1280, 1920} {
			s := NewScene(c.board, face)
			s.Build(width, 1)
			if len(s.Mesh.Used()) == 0 {
				t.Errorf("%s at %v: nothing drawn", c.name, width)
			}
			for _, k := range s.Mesh.Used() {
				for _, v := range k.Vertices {
					if !(v.X > -40 && float64(v.X) < width+40 && v.Y > -40 && float64(v.Y) < s.Layout.Height+40) {
						t.Fatalf("%s at %v: vertex at (%v, %v), outside of %v×%v", c.name, width, v.X, v.Y, width, s.Layout.Height)
					}
				}
			}
		}
	}
}

func TestSlotsKeepTheirOrder(t *testing.T) {
	b := board(t, "M4", "M1", "M3")
	b.Drop("M3")
	if err := b.Show("M2", demo("M2", 100)); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, s := range b.Slots {
		keys = append(keys, s.Key)
	}
	if got := strings.Join(keys, " "); got != "M1 M2 M4" {
		t.Errorf("slots are %q, want M1 M2 M4", got)
	}
}

// TestFailedRun draws a Snapshot whose numbers have gone wrong in every way.
func TestFailedRun(t *testing.T) {
	snap := demoSnapshot("M1", 500)
	snap.Status, snap.Reason = train.Failed, "the loss bc1 is not finite"
	snap.RelL2, snap.LInf = math.NaN(), math.NaN()
	snap.Terms[1].Loss = math.Inf(1)
	snap.Groups[1].GradMax, snap.Groups[1].GradMean = math.NaN(), math.Inf(1)
	for i := range snap.Fields[0].Pred[:5000] {
		snap.Fields[0].Pred[i] = float32(math.NaN())
	}
	for i := range snap.Layers {
		snap.Layers[i].Hist[0].Reset()
	}
	data, err := snap.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := board(t, "M4")
	if err := b.Show("M1", data); err != nil {
		t.Fatal(err)
	}
	s := NewScene(b, face)
	s.Build(1280, 1)
	for _, k := range s.Mesh.Used() {
		for _, v := range k.Vertices {
			if v.X != v.X || v.Y != v.Y || math.IsInf(float64(v.X), 0) || math.IsInf(float64(v.Y), 0) {
				t.Fatalf("a vertex is at (%v, %v)", v.X, v.Y)
			}
		}
	}
}

func TestReading(t *testing.T) {
	b := board(t, "M1", "M4")
	s := NewScene(b, face)
	s.Build(1280, 1)
	at := map[plot.Part]plot.Point{}
	for _, p := range s.Layout.Panels {
		// A little to the upper right of the middle, which lies between nodes.
		at[p.Part] = plot.Point{X: p.Plot.X + p.Plot.W*0.503, Y: p.Plot.Y + p.Plot.H*0.497}
	}
	tests := []struct {
		part plot.Part
		want []string
	}{
		{plot.Predicted, []string{"x = 0.010, y = 0.010: exact 4.02e−3; M1 ", "; M4 ", "(error "}},
		{plot.Error, []string{"x = 0.010, y = 0.010: exact 4.02e−3; M1 "}},
		{plot.Exact, []string{"x = 0.010, y = 0.010: exact 4.02e−3; M1 "}},
		{plot.RelL2, []string{"iteration 1006: relative L² error M1 ", ", M4 "}},
		{plot.Losses, []string{"iteration 1006: "}},
		{plot.Gradients, []string{"M4 WV, density at g = 0: res ", ", bcs "}},
		{plot.Header, []string{""}},
	}
	for _, c := range tests {
		text := s.Point(at[c.part], true)
		for _, w := range c.want {
			if !strings.Contains(text, w) || w == "" && text != "" {
				t.Errorf("part %d: reading %q lacks %q", c.part, text, w)
			}
		}
	}
	if text := s.Point(at[plot.Error], false); text != "" || len(s.Over.Used()) != 0 {
		t.Errorf("without a pointer: reading %q, %d chunks over the scene", text, len(s.Over.Used()))
	}
}

// TestPicturesAreKept: what has not changed is not drawn anew.
func TestPicturesAreKept(t *testing.T) {
	b := board(t, "M1", "M4")
	s := NewScene(b, face)
	versions := func() (v [5]int) {
		s.Build(1280, 1)
		for i := range v {
			v[i] = s.Pictures[i].Version
		}
		return v
	}
	first := versions()
	if again := versions(); again != first {
		t.Errorf("versions went from %v to %v with nothing new", first, again)
	}
	if err := b.Show("M4", demo("M4", 2100)); err != nil {
		t.Fatal(err)
	}
	changed := 0
	for i, v := range versions() {
		if v != first[i] {
			changed++
		}
	}
	if changed != 2 {
		t.Errorf("a new Snapshot of one model changed %d pictures, want its field and its error", changed)
	}
}

func BenchmarkBuild(b *testing.B) {
	bd := board(b, "M1", "M2", "M3", "M4")
	s := NewScene(bd, face)
	data := demo("M4", 12000)
	for b.Loop() {
		if err := bd.Show("M4", data); err != nil {
			b.Fatal(err)
		}
		s.Build(1280, 2)
	}
}
