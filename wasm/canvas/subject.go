package main

import "pinnlab/wasm/plot"

// A Subject is a panel that can be a picture of its own.
type Subject struct {
	ID    string `json:"id"`    // such as M4-error
	Title string `json:"title"` // such as M4 absolute error
}

// subjectNames are those of the parts that make a picture; of curves over the
// iterations see panels.
var subjectNames = map[plot.Part]Subject{
	plot.Exact: {"exact", "exact solution"}, plot.Predicted: {"prediction", "prediction"}, plot.Error: {"error", "absolute error"},
	plot.Curve: {"prediction", "prediction"}, plot.ErrorCurve: {"error", "absolute error"},
	plot.Spectrum: {"spectrum", "spectral density"}, plot.Modes: {"modes", "residuals by mode of the tangent kernel"},
	plot.ProfileU: {"profile-u", "u on the centre line"}, plot.ProfileV: {"profile-v", "v on the centre line"},
	plot.Sides:     {"sides", "conditions along the sides"},
	plot.Gradients: {"gradients", "gradients"},
}

// subject names a panel; ok is false for what makes no picture of its own.
func (s *Scene) subject(p *plot.Panel) (sub Subject, ok bool) {
	if len(s.board.Slots) == 0 {
		return sub, false
	}
	if row := rowOf(p); row >= 0 {
		sub, ok = Subject{panels[row].id, panels[row].title}, true
	} else {
		sub, ok = subjectNames[p.Part]
	}
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

// Subjects lists what can be a picture of its own, in the order of the layout:
// of all of it, also while one of them is enlarged.
func (s *Scene) Subjects() (list []Subject) {
	for i := range s.whole.Panels {
		if sub, ok := s.subject(&s.whole.Panels[i]); ok {
			list = append(list, sub)
		}
	}
	return list
}

// find returns the index of the panel with the ID of a subject, -1 for none.
func (s *Scene) find(id string) int {
	for i := range s.whole.Panels {
		if sub, ok := s.subject(&s.whole.Panels[i]); ok && sub.ID == id {
			return i
		}
	}
	return -1
}

// Enlarged reports whether one panel has the whole canvas.
func (s *Scene) Enlarged() bool { return s.large }

// Toggle says what is to be enlarged after a click at p: the ID of a subject, or
// "" for all. A click means the mark of a panel, a double one all of it.
func (s *Scene) Toggle(at plot.Point, double bool) (id string, ok bool) {
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		sub, known := s.subject(p)
		if !known || !(p.Mark().Has(at) || double && p.Cell.Has(at)) {
			continue
		}
		if s.large {
			return "", true
		}
		return sub.ID, true
	}
	return "", false
}

// corner draws the mark of a panel: two arrows that point out, or in.
func (s *Scene) corner(p *plot.Panel) {
	r := p.Mark()
	s.pen.Box(r, s.theme.Page.Fade(0.85))
	x, y := r.X+r.W/2, r.Y+r.H/2
	for _, side := range []float64{-1, 1} {
		near, far := 2.0, 6.5
		tip, back := far, far-5
		if s.large {
			tip, back = near, near+5
		}
		at := func(u, v float64) plot.Point { return plot.Point{X: x + side*u, Y: y - side*v} }
		for _, arm := range [][]plot.Point{{at(near, near), at(far, far)}, {at(back, tip), at(tip, tip)}, {at(tip, tip), at(tip, back)}} {
			s.pen.stroke(arm, 1.5, s.theme.Ink)
		}
	}
}
