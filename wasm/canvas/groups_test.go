package main

import (
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
	widen := func(t *record.Series, cols int) {
		rows := len(t.Rows) / int(t.Cols)
		t.Cols, t.Rows = uint32(cols), make([]float32, rows*cols)
		for i := range t.Rows {
			t.Rows[i] = 0.5
		}
	}
	widen(&s.Losses, len(s.Terms)+groups-1)
	widen(&s.Norms, len(s.Layers)*groups+groups-1)
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
