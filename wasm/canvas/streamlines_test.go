package main

import (
	"math"
	"testing"

	"pinnlab/core/record"
)

// TestStreamlines traces a shear flow u = 2y, ψ = y²: its lines are level, at
// heights where y² has the levels of the exact flow.
func TestStreamlines(t *testing.T) {
	const n = 21
	psi := make([]float32, n*n)
	for k := range psi {
		y := float32(k/n) / (n - 1)
		psi[k] = y * y
	}
	axis := record.Axis{Hi: 1, N: n}
	snap := &record.Snapshot{Axes: []record.Axis{axis, axis}, Fields: []record.Field{
		{Name: "psi", Pred: psi, Exact: psi}}}
	for _, exact := range []bool{true, false} {
		var l streamlines
		l.trace(snap, exact)
		found := map[int]bool{}
		for _, p := range l.pts {
			if p.X != p.X {
				continue
			}
			level := p.Y*p.Y*streamlineCount - 0.5
			k := math.Round(level)
			if !(math.Abs(level-k) < 0.05) {
				t.Fatalf("exact %v: a line at height %v is on no level", exact, p.Y)
			}
			found[int(k)] = true
		}
		if len(found) != streamlineCount {
			t.Errorf("exact %v: %d lines, want %d", exact, len(found), streamlineCount)
		}
	}
	snap.Fields[0].Name = "u"
	var l streamlines
	if l.trace(snap, true); len(l.pts) != 0 {
		t.Error("a field that is no streamfunction has streamlines")
	}
}
