package main

import (
	"slices"
	"strings"
	"testing"

	"pinnlab/core/record"
)

// TestMissing: a model is called out that misses the boundary far beyond another,
// and none where all do alike, well or badly.
func TestMissing(t *testing.T) {
	as := func(key, model string, step uint64) []byte {
		return of(t, demo(model, step), record.Origin{Problem: "demo", Contestant: key, Run: 1})
	}
	for _, c := range []struct {
		name, m1 string // like which M1 is
		step     uint64
		keys     []string
		want     string
	}{
		{"M1 misses it", "M1", 30000, []string{"M1", "M4"}, "M1"},
		{"nobody to compare with", "M1", 30000, []string{"M1"}, "M1"},
		{"M1 is healthy", "M4", 30000, []string{"M1", "M4"}, ""},
		{"all are early", "M1", 300, []string{"M1", "M4"}, ""},
		{"no step yet", "M1", 0, []string{"M1"}, ""},
		{"one coordinate", "", 30000, []string{"M1", "M4"}, ""},
	} {
		b := &Board{cast: demoCast}
		for _, key := range c.keys {
			model := key
			if key == "M1" {
				model = c.m1
			}
			data := demoLine(key, c.step)
			if model != "" && c.m1 != "" {
				data = as(key, model, c.step)
			}
			if err := b.Show(key, data); err != nil {
				t.Fatal(err)
			}
		}
		b.View.Callouts = true
		s := NewScene(b, face)
		s.Build(1280, 1)
		got := ""
		if slot := s.missing(); slot != nil {
			got = slot.Key
		}
		if got != c.want {
			t.Errorf("%s: %q is called out, want %q", c.name, got, c.want)
		}
	}
}

// TestMoments: a picture tells of what it shows, not of what has come since.
func TestMoments(t *testing.T) {
	b := board(t, "M1", "M4")
	s := NewScene(b, face)
	s.Build(1280, 1)
	if err := b.Arrive("M1", demo("M1", 3000)); err != nil {
		t.Fatal(err)
	}
	all := s.Moments()
	if len(all) != 2 || !strings.HasPrefix(all[0], "M1: iteration 2000, learning rate 1.00e-3, relative L² error 0.") {
		t.Errorf("%q", all)
	}
	b.View.Enlarge = "M4-error"
	s.Build(1280, 1)
	if one := s.Moments(); !slices.Equal(one, all[1:]) {
		t.Errorf("of M4 alone: %q", one)
	}
	b.View.Enlarge = "relative-l2"
	s.Build(1280, 1)
	if !slices.Equal(s.Moments(), all) {
		t.Errorf("of all models' errors: %q", s.Moments())
	}
}
