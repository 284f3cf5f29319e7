package main

import (
	"math"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// streamlineCount is how many streamlines cross the range of a
// streamfunction.
const streamlineCount = 9

// streamColour shows on both ends of the maps for magnitudes.
var streamColour = plot.Colour{R: 255, G: 255, B: 255, A: 255}.Fade(0.6)

// streamlines are the lines of a flow in [0,1]², for one version of a Snapshot.
type streamlines struct {
	version int
	pts     []plot.Point
}

// flowKey tells the flows of a board apart.
type flowKey struct {
	slot  string
	exact bool
}

// streamlines draws the lines of a flow over the picture of its speed. The
// levels are those of the exact flow, so that the same line is the same flux in
// every picture.
func (s *Scene) streamlines(p *plot.Panel, slot *Slot) {
	exact := p.Part == plot.Exact
	key := flowKey{slot.Key, exact}
	if exact {
		key.slot = ""
	}
	l := s.flows[key]
	if l == nil {
		if s.flows == nil {
			s.flows = map[flowKey]*streamlines{}
		}
		l = &streamlines{version: -1}
		s.flows[key] = l
	}
	if l.version != slot.Version {
		l.trace(&slot.Snap, exact)
		l.version = slot.Version
	}
	r := p.Plot
	s.curve = s.curve[:0]
	for _, q := range l.pts {
		s.curve = append(s.curve, plot.Point{X: r.X + q.X*r.W, Y: r.Bottom() - q.Y*r.H})
	}
	s.pen.Curve(s.curve, 1, streamColour, [2]float64{})
}

// trace finds the lines of a Snapshot's flow, none where it has no
// streamfunction with exact values.
func (l *streamlines) trace(snap *record.Snapshot, exact bool) {
	l.pts = l.pts[:0]
	i := fieldNamed(snap, "psi")
	if i < 0 || len(snap.Axes) != 2 || len(snap.Fields[i].Exact) == 0 {
		return
	}
	psi := snap.Fields[i].Pred
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range snap.Fields[i].Exact {
		lo, hi = min(lo, float64(v)), max(hi, float64(v))
	}
	if exact {
		psi = snap.Fields[i].Exact
	}
	for k := range streamlineCount {
		level := lo + (hi-lo)*(float64(k)+0.5)/streamlineCount
		if !math.IsNaN(level) {
			l.pts = plot.Contour(l.pts, psi, int(snap.Axes[0].N), int(snap.Axes[1].N), level)
		}
	}
}

func fieldNamed(snap *record.Snapshot, name string) int {
	for i := range snap.Fields {
		if snap.Fields[i].Name == name {
			return i
		}
	}
	return -1
}
