package main

import (
	"strings"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// name returns what a model is, in the page's words or the usual ones.
func (s *Scene) name(slot string) string {
	if n, ok := s.board.View.Names[slot]; ok {
		return n
	}
	return words[slot]
}

// header writes a model's name, its error and how far it has come.
func (s *Scene) header(p *plot.Panel) {
	slot := s.slot(p)
	snap := &slot.Snap
	colour := s.theme.colour(slot.Key)
	left := p.Plot.X
	room := p.Plot.Right() - left - unit
	y := p.Plot.Y + 18
	s.pen.Box(plot.Rect{X: left, Y: y - 11, W: 3, H: 13}, colour)
	bold := Style{titleSize, SemiBold, s.theme.Ink}
	x := s.pen.Text(left+10, y, slot.Key, bold, Start)
	plain := Style{titleSize, Regular, s.theme.Ink}
	x = s.pen.Text(x+6, y, s.pen.Words(s.name(slot.Key), plain, room-(x+6-left)), plain, Start)
	if p.Plot.H <= 60 {
		if t := s.board.View.Title; t != "" && len(s.board.Slots) == 1 {
			x += 16
			s.pen.Text(x, y, s.pen.Words(t, Style{titleSize, Regular, s.theme.Muted}, p.Plot.Right()-x), Style{titleSize, Regular, s.theme.Muted}, Start)
		}
		y -= 2
	}
	y += 26
	if p.Plot.H <= 60 {
		s.figures(left, y, left+room, snap, true)
		return
	}
	s.figures(left, y, left+room, snap, false)
	s.progress(left, y+18, left+room, snap)
}

// figures writes a model's error beside the paper's, and in the same line, if
// brief, how far it has come. The iteration is written in any case: words give
// way to it.
func (s *Scene) figures(x, y, right float64, snap *record.Snapshot, brief bool) {
	least := 0.0 // for the iteration
	if brief {
		least = s.pen.Width("it. "+plot.Count(snap.Step), s.label()) + 12
	}
	if snap.RelL2 == snap.RelL2 {
		x = s.pen.Text(x, y, plot.Number(snap.RelL2, 3), Style{bigSize, SemiBold, s.theme.Ink}, Start) + unit
		x = s.words(x, y, right-least, s.label(), "relative L² error", "rel. L²") + 12
	}
	if !s.hasScores() {
		for _, text := range s.published(snap) {
			x = s.words(x, y, right-least, s.label(), text[0], text[1]) + 16
		}
	}
	if brief {
		s.progress(x, y, right, snap)
	}
}

// published lists what others reached, and the error in their measure, each at
// length and in short.
func (s *Scene) published(snap *record.Snapshot) (list [][2]string) {
	if snap.Published == snap.Published {
		list = append(list, [2]string{"paper " + plot.Number(snap.Published, 3)})
	}
	if snap.Authors == snap.Authors {
		text := "authors’ measure " + plot.Number(snap.Authors, 3)
		if paper := snap.PublishedAuthors; paper == paper {
			text += ", paper " + plot.Number(paper, 3)
		}
		list = append(list, [2]string{text, "authors’ " + plot.Number(snap.Authors, 3)})
	}
	return list
}

// problem writes the problem's title, over two lines if need be.
func (s *Scene) problem(p *plot.Panel) {
	style := Style{titleSize, SemiBold, s.theme.Ink}
	left, room := p.Plot.X, p.Plot.W
	line, y := "", p.Plot.Y+18
	depth := 0
	words := strings.FieldsFunc(s.board.View.Title, func(r rune) bool {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		return r == ' ' && depth <= 0 // (1, 4) stays whole
	})
	for _, word := range words {
		if next := strings.TrimSpace(line + " " + word); line == "" || s.pen.Width(next, style) <= room {
			line = next
			continue
		}
		s.pen.Text(left, y, line, style, Start)
		line, y = word, y+20
		if y > p.Plot.Bottom()-8 {
			return
		}
	}
	s.pen.Text(left, y, s.pen.Words(line, style, room), style, Start)
}

// hasScores reports whether the layout has a table of errors.
func (s *Scene) hasScores() bool {
	for i := range s.Layout.Panels {
		if s.Layout.Panels[i].Part == plot.Scores {
			return true
		}
	}
	return false
}

// words writes the first of two wordings that fits up to the right edge, and
// returns where it ends.
func (s *Scene) words(x, y, right float64, style Style, long, short string) float64 {
	if w := s.pen.Pick(style, right-x, long, short); w != "" {
		return s.pen.Text(x, y, w, style, Start)
	}
	return x
}

// progress writes iteration, speed and status between x and right.
func (s *Scene) progress(x, y, right float64, snap *record.Snapshot) {
	style := s.label()
	if snap.Status == record.Failed {
		style.Colour = s.theme.Alarm
		reason := snap.Reason
		if reason == "" {
			reason = "a loss is not finite"
		}
		at := "diverged at " + plot.Count(snap.Step)
		s.pen.Text(x, y, s.pen.Pick(style, right-x, at+": "+reason, at, "diverged"), style, Start)
		return
	}
	if snap.Status == record.Ready || snap.Step == 0 {
		s.words(x, y, right, style, "waiting for the first step", "waiting")
		return
	}
	count := plot.Count(snap.Step)
	if s.board.View.Past {
		s.tag(x, y, right, "past: iteration "+count, "past: "+count)
		return
	}
	long, short := "iteration "+count, "it. "+count
	pace := ""
	if snap.Status == record.Paused {
		pace = " · paused"
	} else if snap.Rate > 0 {
		pace = " · " + rate(snap.Rate) + " steps/s"
	}
	s.pen.Text(x, y, s.pen.Pick(style, right-x, long+pace, short+pace, long, short), style, Start)
}

// tag writes the first of two wordings that fits in reverse, to be noticed, and
// returns where it ends.
func (s *Scene) tag(x, y, right float64, long, short string) float64 {
	const pad = 5.0
	style := Style{textSize, SemiBold, s.theme.Page}
	text := s.pen.Pick(style, right-x-2*pad, long, short)
	if text == "" {
		return x
	}
	w := s.pen.Width(text, style) + 2*pad
	s.pen.Box(plot.Rect{X: x, Y: y - 12, W: w, H: 16}, s.theme.Ink)
	s.pen.Text(x+pad, y, text, style, Start)
	return x + w
}

// rate writes steps per second with no more digits than it is good for.
func rate(v float64) string {
	if v < 10 {
		return plot.Fixed(v, 1)
	}
	return plot.Fixed(v, 0)
}
