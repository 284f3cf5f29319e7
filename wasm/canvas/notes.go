package main

import (
	"strings"

	"pinnlab/wasm/plot"
)

// Moments says how far each model is that the scene shows.
func (s *Scene) Moments() (paragraphs []string) {
	for _, slot := range s.board.Slots {
		if !s.shows(slot) {
			continue
		}
		snap := &slot.Snap
		name := slot.Key
		if _, usual := words[name]; !usual { // a letter says nothing by itself
			name += ", " + s.name(name)
		}
		text := name + ": iteration " + plot.Count(snap.Step)
		if snap.LearningRate == snap.LearningRate {
			text += ", learning rate " + plot.Number(snap.LearningRate, 3)
		}
		if snap.RelL2 == snap.RelL2 {
			text += ", relative L² error " + plot.Number(snap.RelL2, 3)
		}
		paragraphs = append(paragraphs, text)
	}
	return paragraphs
}

// shows reports whether a slot is to be seen: all are, unless a panel of one is
// enlarged.
func (s *Scene) shows(slot *Slot) bool {
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		if _, ok := s.subject(p); ok && s.large && s.slot(p) != nil {
			return s.slot(p) == slot
		}
	}
	return true
}

// Annotate writes paragraphs below the scene, such as the settings of a picture
// to keep, and returns its height with them.
func (s *Scene) Annotate(paragraphs []string) float64 {
	if len(paragraphs) == 0 {
		return s.Layout.Height
	}
	s.pen.Mesh = &s.Mesh
	l := &s.Layout
	s.pen.Across(l.Unit, l.Width-l.Unit, l.Height, s.theme.Axis)
	y := l.Height + plot.WordsLine + 2
	for _, text := range paragraphs {
		y = s.wrap(text, l.Unit, y, l.Width-2*l.Unit) + plot.WordsLine
	}
	l.Height = y
	return y
}

// wrap writes text over as many lines as it needs, the first at y, and returns
// the y of the last.
func (s *Scene) wrap(text string, x, y, room float64) float64 {
	line := ""
	for _, word := range strings.Fields(text) {
		next := strings.TrimSpace(line + " " + word)
		if line != "" && s.pen.Width(next, s.label()) > room {
			s.pen.Text(x, y, line, s.label(), Start)
			line, y = word, y+plot.WordsLine
			continue
		}
		line = next
	}
	s.pen.Text(x, y, line, s.label(), Start)
	return y
}
