package main

import (
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// A score is a column of the table of errors.
type score struct {
	title string
	of    func(*record.Snapshot) float64
	ours  bool
}

// scores writes the models' errors beside the paper's as a table. Where the
// paper measured in its own way that error has a column too, and the paper's
// where there is room.
func (s *Scene) scores(p *plot.Panel) {
	columns := []score{
		{"now", func(snap *record.Snapshot) float64 { return snap.RelL2 }, true},
		{"paper", func(snap *record.Snapshot) float64 { return snap.Published }, false},
	}
	title := "relative L² error"
	if slices.ContainsFunc(s.board.Slots, func(slot *Slot) bool { return slot.Snap.Authors == slot.Snap.Authors }) {
		title = "errors"
		columns[0].title = "rel. L²"
		columns[1] = score{"authors'", func(snap *record.Snapshot) float64 { return snap.Authors }, true}
		switch {
		case p.Plot.W >= 230:
			title = "errors; the authors' is of the speed"
			columns = append(columns, score{"paper", func(snap *record.Snapshot) float64 { return snap.PublishedAuthors }, false})
		case p.Plot.W < 160:
			columns = columns[:1]
		}
	}
	r := p.Plot
	if r.W < 150 { // into the room of the labels of the pictures' axes
		r.X, r.W = p.Cell.X, p.Plot.Right()-p.Cell.X
	}
	s.scoreTable(r, title, columns)
}

func (s *Scene) scoreTable(r plot.Rect, title string, columns []score) {
	now, then, gap := s.strong(), s.label(), 16.0
	if r.W < 182 {
		now.Size, then.Size, gap = tickSize, tickSize, 8
	}
	width := s.pen.Width("0.00e-0", now) + gap
	first := r.Right() - width*float64(len(columns)-1) // right edge of the first column
	y := r.Y + 13
	s.pen.Text(r.X, y, s.pen.Words(title, s.label(), r.W), s.label(), Start)
	y += 24
	for i, c := range columns {
		s.pen.Text(first+width*float64(i), y, c.title, s.tick(), End)
	}
	long := true // all have room for what they are
	for _, slot := range s.board.Slots {
		long = long && r.X+10+s.pen.Width(slot.Key+" "+s.name(slot.Key), s.body()) < first-width
	}
	for _, slot := range s.board.Slots {
		s.pen.Across(r.X, r.Right(), y+7, s.theme.Grid)
		y += 24
		colour := s.theme.colour(slot.Key)
		s.pen.Box(plot.Rect{X: r.X, Y: y - 10, W: 3, H: 12}, colour)
		name := slot.Key
		if long {
			name += " " + s.name(slot.Key)
		}
		s.pen.Text(r.X+10, y, name, s.body(), Start)
		for i, c := range columns {
			style := then
			if c.ours {
				style = now
			}
			s.pen.Text(first+width*float64(i), y, plot.Number(c.of(&slot.Snap), 3), style, End)
		}
	}
}
