package main

import (
	"strings"

	"pinnlab/wasm/plot"
)

// A Subject is a panel that can be a picture of its own.
type Subject struct {
	ID    string `json:"id"`    // such as M4-error
	Title string `json:"title"` // such as M4 absolute error
}

// subjectNames are those of the parts that make a picture.
var subjectNames = map[plot.Part]Subject{
	plot.Exact: {"exact", "exact solution"}, plot.Predicted: {"prediction", "prediction"}, plot.Error: {"error", "absolute error"},
	plot.Curve: {"prediction", "prediction"}, plot.ErrorCurve: {"error", "absolute error"}, plot.Scores: {"scores", "table of errors"},
	plot.Losses: {"loss", "losses"}, plot.Lambdas: {"lambda", "weights λ"}, plot.RelL2: {"relative-l2", "relative L² error"},
	plot.Bands: {"bands", "error by frequency"}, plot.Norms: {"norms", "gradient norms"}, plot.Cosines: {"cosines", "cosines of the gradients"},
	plot.Peaks: {"eigenvalue", "largest eigenvalue"}, plot.Spectrum: {"spectrum", "spectral density"},
	plot.ProfileU: {"profile-u", "u on the centre line"}, plot.ProfileV: {"profile-v", "v on the centre line"},
	plot.Gradients: {"gradients", "gradients"},
}

// subject names a panel; ok is false for what makes no picture of its own.
func (s *Scene) subject(p *plot.Panel) (sub Subject, ok bool) {
	if len(s.board.Slots) == 0 {
		return sub, false
	}
	sub, ok = subjectNames[p.Part]
	if !ok {
		return sub, false
	}
	if p.Part == plot.Gradients && p.Index != plot.Pooled {
		_, layer := s.distributionsOf(p)
		if layer == "" {
			return sub, false
		}
		sub.ID, sub.Title = sub.ID+"-"+layer, sub.Title+" of "+layer
	}
	if slot := s.slot(p); slot != nil {
		sub.ID, sub.Title = slot.Key+"-"+sub.ID, slot.Key+" "+sub.Title
	}
	return sub, true
}

// Subjects lists what can be a picture of its own, in the order of the layout.
func (s *Scene) Subjects() (list []Subject) {
	for i := range s.Layout.Panels {
		if sub, ok := s.subject(&s.Layout.Panels[i]); ok {
			list = append(list, sub)
		}
	}
	return list
}

// Subject returns where on the scene the subject of an ID is, labels included,
// and a name for its file; all is the whole scene of the given width.
func (s *Scene) Subject(id string, width float64) (at plot.Rect, name string, ok bool) {
	whole := plot.Rect{W: width, H: s.Layout.Height}
	if id == "all" {
		return whole, tabs[s.board.View.Tab], true
	}
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		sub, known := s.subject(p)
		if !known || sub.ID != id {
			continue
		}
		r := p.Cell
		r = plot.Rect{X: max(r.X-unit, 0), Y: max(r.Y-unit, 0), W: r.W + 2*unit, H: r.H + 2*unit}
		if p.Part == plot.Predicted || p.Part == plot.Exact || p.Part == plot.Error { // with its colour bar
			if bar := s.barOf(p); bar != nil && bar.Cell.Right() > r.Right() && bar.Cell.X < r.Right()+2*unit {
				r.W = bar.Cell.Right() + unit - r.X
			}
		}
		r.W, r.H = min(r.W, whole.W-r.X), min(r.H, whole.H-r.Y)
		return r, strings.ToLower(sub.ID), true
	}
	return at, "", false
}

// barOf returns the colour bar of a field.
func (s *Scene) barOf(p *plot.Panel) *plot.Panel {
	want := plot.ValueBar
	if p.Part == plot.Error {
		want = plot.ErrorBar
	}
	for i := range s.Layout.Panels {
		if s.Layout.Panels[i].Part == want {
			return &s.Layout.Panels[i]
		}
	}
	return nil
}
