package main

import (
	"math"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// distribution is a density and its columns on the axis that it was last drawn
// on.
type distribution struct {
	plot.Density
	axis   plot.Scale
	column [densityColumns]float64
}

// on returns the columns of d on an axis.
func (d *distribution) on(axis plot.Scale) []float64 {
	if d.axis != axis {
		d.axis = axis
		d.Columns(d.column[:], axis)
	}
	return d.column[:]
}

// densities returns the gradient distributions of s, by layer and group, and in
// the last row those of all layers together, weighted or not. Unless layered,
// only the last row is to be used.
func (s *Slot) densities(weighted, layered bool) [][]distribution {
	if s.densest == s.Version && s.after == weighted && (s.layered || !layered) {
		return s.curves
	}
	s.densest, s.after, s.layered = s.Version, weighted, layered
	layers, groups := len(s.Snap.Layers), len(s.Snap.Groups)
	for len(s.curves) <= layers {
		s.curves = append(s.curves, nil)
	}
	s.curves = s.curves[:layers+1]
	for i := range s.curves {
		for len(s.curves[i]) < groups {
			s.curves[i] = append(s.curves[i], distribution{})
		}
		s.curves[i] = s.curves[i][:groups]
	}
	for g := range groups {
		factor := 1.0
		if weight := s.Snap.Groups[g].Lambda; weighted && weight > 0 && !math.IsInf(weight, 0) {
			factor = weight
		}
		s.pool.Reset()
		for i := range s.Snap.Layers {
			h := &s.Snap.Layers[i].Hist[g]
			if layered {
				s.curves[i][g].load(h, factor)
			}
			addTo(&s.pool, h)
		}
		s.curves[layers][g].load(&s.pool, factor)
	}
	return s.curves
}

func (d *distribution) load(h *record.Histogram, factor float64) {
	d.Load(h, factor)
	d.axis = plot.Scale{}
}

func addTo(sum, h *record.Histogram) {
	sum.Zero += h.Zero
	for i := range h.Neg {
		sum.Neg[i] += h.Neg[i]
		sum.Pos[i] += h.Pos[i]
	}
}

// shown returns the distributions that the gradients' panels show.
func (b *Board) shown(s *Slot) [][]distribution {
	d := s.densities(b.weighted(), !b.pooled())
	if b.pooled() {
		return d[len(d)-1:]
	}
	return d[:len(d)-1]
}
