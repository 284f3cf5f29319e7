package main

import (
	"slices"
	"testing"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// TestManyGroups draws a problem with more groups of conditions than there are
// colours and dashes, on every tab.
func TestManyGroups(t *testing.T) {
	const groups = 7
	s := demoSnapshot("M2", 400)
	for i := len(s.Groups); i < groups; i++ {
		s.Groups = append(s.Groups, record.GroupState{Name: "bc" + string(rune('0'+i)), Lambda: 1})
	}
	for i := range s.Layers {
		l := &s.Layers[i]
		for len(l.Hist) < groups {
			l.Hist, l.Size = append(l.Hist, l.Hist[1]), append(l.Size, l.Size[1])
		}
	}
	for i := range s.Histories {
		h := &s.Histories[i]
		rows, last := h.Len(), h.Curves[len(h.Curves)-1]
		for g := uint8(2); g < groups; g++ {
			last.Group = g
			h.Curves = append(h.Curves, last)
		}
		h.Rows = slices.Repeat([]float32{0.5}, rows*len(h.Curves))
	}
	data, err := s.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &Board{cast: demoCast}
	if err := b.Show("M2", data); err != nil {
		t.Fatal(err)
	}
	for tab := range tabs {
		b.View.Tab = plot.Tab(tab)
		NewScene(b, face).Build(1280, 1)
	}
}
