package main

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// surveyedBoard returns a board of real runs of a preset, with residuals.
func surveyedBoard(t *testing.T, preset string, models ...string) *Board {
	t.Helper()
	b := &Board{cast: demoCast}
	shots := trained(t, preset, 40, models...)
	for _, m := range models {
		if err := b.Show(m, shots[m]); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// TestShown: in the error's place stands what is chosen, with its own scale, and
// the pointer reads it.
func TestShown(t *testing.T) {
	for preset, residual := range map[string]string{"helmholtz": "res", "poisson": "res", "cavity_streamfunction": "res_v"} {
		b := surveyedBoard(t, preset, "M1", "M4")
		s := NewScene(b, face)
		b.View.Shown = residual
		for _, linear := range []bool{false, true} {
			b.View.LinearErr = linear
			s.Build(1280, 1)
			c := s.companion(b.Slots[0])
			if c.name[0] != "residual "+residual || c.size == linear || !(c.scale.Hi >= c.worst) {
				t.Errorf("%s: companion %q on %+v, greatest %v", preset, c.name, c.scale, c.worst)
			}
		}
		if text := s.probe(0.5, 0.5); !strings.Contains(text, "(residual "+residual+" ") {
			t.Errorf("%s: reading %q", preset, text)
		}
		b.View.Shown = sidesShown
		s.Build(1280, 1)
		panels := 0
		for i := range s.Layout.Panels {
			if p := &s.Layout.Panels[i]; p.Part == plot.Sides {
				panels++
				if text := s.sideAt(p, 0.1); !strings.Contains(text, "condition "+b.Slots[0].Snap.Sides[0].Name+" at ") {
					t.Errorf("%s: reading %q", preset, text)
				}
			}
		}
		if panels != 2 {
			t.Errorf("%s: %d panels of sides, want 2", preset, panels)
		}
	}
}

// TestCallouts: they speak only where what they say is so.
func TestCallouts(t *testing.T) {
	words := func(b *Board) string {
		var all []string
		s := NewScene(b, face)
		s.pen.written = func(text string, _ plot.Rect) { all = append(all, text) }
		s.Build(1280, 1)
		return strings.Join(all, "|")
	}
	off := func(value float32) *Board { // M1 is off by value on the side x = -1, M4 nowhere
		right := demoSnapshot("M4", 2000)
		copy(right.Fields[0].Pred, right.Fields[0].Exact)
		best, err := right.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		snap := demoSnapshot("M1", 2000)
		snap.Clouds = []record.Cloud{{Name: "bc4", Group: 1, At: []float32{-1, 0.5, -1, 0.2}}}
		f := &snap.Fields[0]
		copy(f.Pred, f.Exact)
		f.Pred[50*100] += value
		f.Pred[50*100+99] += 3 // on a side without a condition
		snap.Groups[1].GradMean = float64(value)
		snap.Groups[0].GradMax = 10
		data, err := snap.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		b := board(t)
		b.View.Callouts = true
		if err := errors.Join(b.Show("M1", data), b.Show("M4", best)); err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := off(0.2) // and 10 / 0.2 is a ratio to speak of
	if text := words(b); !strings.Contains(text, "that M1 misses") || !strings.Contains(text, "that say why") {
		t.Errorf("a boundary missed: %q", text)
	}
	b.View.Callouts = false
	if text := words(b); strings.Contains(text, "misses") || strings.Contains(text, "why") {
		t.Error("call-outs that nobody wants")
	}
	for _, small := range []float32{0.05, float32(math.NaN())} {
		if text := words(off(small)); strings.Contains(text, "misses") {
			t.Errorf("an error of %v on the boundary: %q", small, text)
		}
	}
	if text := words(off(2)); strings.Contains(text, "that say why") { // 10 / 2
		t.Error("gradients of about one size say why")
	}
}
