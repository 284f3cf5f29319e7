package main

import (
	"slices"
	"strings"

	"pinnlab/core/train"
	"pinnlab/wasm/plot"
)

// name returns what a model is, in the page's words or the usual ones.
func (s *Scene) name(slot string) string {
	if n, ok := s.board.View.Names[slot]; ok {
		return n
	}
	_, n := s.theme.model(slot)
	return n
}

// header writes a model's name, its error and how far it has come.
func (s *Scene) header(p *plot.Panel) {
	slot := s.slot(p)
	snap := &slot.Snap
	colour, _ := s.theme.model(slot.Key)
	left := p.Plot.X
	room := p.Plot.Right() - left - unit
	y := p.Plot.Y + 18
	s.pen.Box(plot.Rect{X: left, Y: y - 11, W: 3, H: 13}, colour)
	bold := Style{titleSize, SemiBold, s.theme.Ink}
	x := s.pen.Text(left+10, y, slot.Key, bold, Start)
	plain := Style{titleSize, Regular, s.theme.Ink}
	x = s.pen.Text(x+6, y, s.pen.Fit(s.name(slot.Key), plain, room-(x+6-left)), plain, Start)
	if p.Plot.H <= 60 {
		if t := s.board.View.Title; t != "" && len(s.board.Slots) == 1 {
			x += 16
			s.pen.Text(x, y, s.pen.Fit(t, Style{titleSize, Regular, s.theme.Muted}, p.Plot.Right()-x), Style{titleSize, Regular, s.theme.Muted}, Start)
		}
		y -= 2
	}
	y += 26
	x = left
	if snap.RelL2 == snap.RelL2 {
		x = s.pen.Text(x, y, plot.Sci(snap.RelL2, 2), Style{bigSize, SemiBold, s.theme.Ink}, Start) + 8
		x = s.words(x, y, left+room, s.label(), "relative L² error", "rel. L²") + 12
	}
	if snap.Published == snap.Published && !s.hasScores() {
		x = s.words(x, y, left+room, s.label(), "paper "+plot.Sci(snap.Published, 2), "") + 16
	}
	if snap.Authors == snap.Authors && !s.hasScores() {
		text := "authors’ measure " + plot.Sci(snap.Authors, 2)
		if paper := snap.PublishedAuthors; paper == paper {
			text += ", paper " + plot.Sci(paper, 2)
		}
		x = s.words(x, y, left+room, s.label(), text, "authors’ "+plot.Sci(snap.Authors, 2)) + 16
	}
	if p.Plot.H <= 60 {
		s.progress(x, y, left+room, snap)
		return
	}
	s.progress(left, y+18, left+room, snap)
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
	s.pen.Text(left, y, s.pen.Fit(line, style, room), style, Start)
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
	for _, w := range []string{long, short} {
		if w != "" && x+s.pen.Width(w, style) <= right {
			return s.pen.Text(x, y, w, style, Start)
		}
	}
	return x
}

// progress writes iteration, speed and status between x and right.
func (s *Scene) progress(x, y, right float64, snap *train.Snapshot) {
	style := s.label()
	if snap.Status == train.Failed {
		style.Colour = s.theme.Alarm
		reason := snap.Reason
		if reason == "" {
			reason = "a loss is not finite"
		}
		text := "diverged at " + plot.Count(snap.Step) + ": " + reason
		s.pen.Text(x, y, s.pen.Fit(text, style, right-x), style, Start)
		return
	}
	var parts []string
	switch {
	case snap.Status == train.Ready || snap.Step == 0:
		parts = append(parts, "waiting for the first step")
	default:
		parts = append(parts, "iteration "+plot.Count(snap.Step))
		if s.board.View.Past {
			parts = append(parts, "kept")
		} else if snap.Status == train.Paused {
			parts = append(parts, "paused")
		} else if snap.Rate > 0 {
			parts = append(parts, rate(snap.Rate)+" steps/s")
		}
	}
	text := strings.Join(parts, " · ")
	if x+s.pen.Width(text, style) > right {
		text = strings.TrimPrefix(text, "iteration ")
	}
	if x+s.pen.Width(text, style) > right {
		text = strings.TrimPrefix(parts[0], "iteration ")
	}
	s.pen.Text(x, y, s.pen.Fit(text, style, right-x), style, Start)
}

// rate writes steps per second with no more digits than it is good for.
func rate(v float64) string {
	if v < 10 {
		return plot.Fixed(v, 1)
	}
	return plot.Fixed(v, 0)
}

// A score is a column of the table of errors.
type score struct {
	title string
	of    func(*train.Snapshot) float64
	ours  bool
}

// scores writes the models' errors beside the paper's as a table. Where the
// paper measured in its own way that error has a column too, and the paper's
// where there is room.
func (s *Scene) scores(p *plot.Panel) {
	columns := []score{
		{"now", func(snap *train.Snapshot) float64 { return snap.RelL2 }, true},
		{"paper", func(snap *train.Snapshot) float64 { return snap.Published }, false},
	}
	title := "relative L² error"
	if slices.ContainsFunc(s.board.Slots, func(slot *Slot) bool { return slot.Snap.Authors == slot.Snap.Authors }) {
		title = "errors"
		columns[0].title = "rel. L²"
		columns[1] = score{"authors'", func(snap *train.Snapshot) float64 { return snap.Authors }, true}
		switch {
		case p.Plot.W >= 230:
			title = "errors; the authors' is of the speed"
			columns = append(columns, score{"paper", func(snap *train.Snapshot) float64 { return snap.PublishedAuthors }, false})
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
	width := s.pen.Width("0.00e−0", now) + gap
	first := r.Right() - width*float64(len(columns)-1) // right edge of the first column
	y := r.Y + 13
	s.pen.Text(r.X, y, s.pen.Fit(title, s.label(), r.W), s.label(), Start)
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
		colour, _ := s.theme.model(slot.Key)
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
			s.pen.Text(first+width*float64(i), y, plot.Sci(c.of(&slot.Snap), 2), style, End)
		}
	}
}

// title draws the heading of a section with its legend.
func (s *Scene) title(p *plot.Panel) {
	x := s.heading(p) + 24
	y := p.Plot.Y + 26
	groups := s.board.Slots[0].Snap.Groups
	if p.Index == plot.SectionGradients {
		text := "density of the entries of ∂L/∂W for each loss term, unweighted"
		if s.board.weighted() {
			text = "density of the entries of λ ∂L/∂W for each loss term"
		}
		if w := s.pen.Width(text, s.label()); x+w < p.Plot.Right()-float64(len(groups))*150 {
			x = s.pen.Text(x, y, text, s.label(), Start) + 24
		}
	}
	switch p.Index {
	case plot.SectionProfiles:
	case plot.SectionPeaks, plot.SectionSpectra:
		s.partsLegend(p, p.Plot.Right()-x)
	default:
		s.legend(p, groups, p.Plot.Right()-x)
	}
}

// legend names the groups' lines at the right of a heading: with the numbers
// that decide the weights, in words, or in short, as the room allows.
func (s *Scene) legend(p *plot.Panel, groups []train.GroupState, room float64) {
	const line, gap = 20.0, 20.0
	y := p.Plot.Y + 26
	wordings := []func(g int) string{
		func(g int) string { return groupName(groups[g].Name) + deciding(groups, g) },
		func(g int) string { return groupName(groups[g].Name) },
		func(g int) string { return groups[g].Name },
	}
	if p.Index != plot.SectionGradients || len(s.board.Slots) > 1 {
		wordings = wordings[1:]
	}
	for _, name := range wordings {
		width := -gap
		for g := range groups {
			width += s.pen.Width(name(g), s.label()) + line + 6 + gap
		}
		if width > room {
			continue
		}
		x := p.Plot.Right() - width
		for g := range groups {
			colour, dash := s.theme.group(g)
			if p.Index != plot.SectionGradients {
				dash = dashes[0]
			}
			s.pen.Curve([]plot.Point{{X: x, Y: y - 4}, {X: x + line, Y: y - 4}}, 2, colour, dash)
			x = s.pen.Text(x+line+6, y, name(g), s.label(), Start) + gap
		}
		return
	}
}

// partsLegend names the parts of the loss whose curvature is measured, and the
// bound, at the right of a heading.
func (s *Scene) partsLegend(p *plot.Panel, room float64) {
	const line, gap = 20.0, 20.0
	entries := []struct {
		name, part string
		bound      bool
	}{{"total", "total", false}, {"residual", "res", false}, {"conditions", "bcs", false}, {"bound 2/η", "", true}}
	if p.Index == plot.SectionSpectra {
		entries = entries[:3]
	}
	measure := func() float64 {
		width := -gap
		for _, e := range entries {
			width += s.pen.Width(e.name, s.label()) + line + 6 + gap
		}
		return width
	}
	if measure() > room { // what is drawn thick or dashed goes without saying
		entries = entries[1:3]
	}
	width, y := measure(), p.Plot.Y+26
	if width > room {
		return
	}
	x := p.Plot.Right() - width
	for _, e := range entries {
		colour, thick := s.partColour(e.part)
		dash := dashes[0]
		if e.bound {
			colour, thick, dash = s.theme.Muted, 1.25, dashes[1]
		}
		s.pen.Curve([]plot.Point{{X: x, Y: y - 4}, {X: x + line, Y: y - 4}}, thick, colour, dash)
		x = s.pen.Text(x+line+6, y, e.name, s.label(), Start) + gap
	}
}

// deciding writes what of group g's gradient decides the weights: the largest
// entry of the residual's, the mean one of a condition's.
func deciding(groups []train.GroupState, g int) string {
	if g == 0 {
		return ", max " + plot.Short(groups[g].GradMax, 2)
	}
	return ", mean " + plot.Short(groups[g].GradMean, 2)
}

// heading writes the title of a section and returns where it ends.
func (s *Scene) heading(p *plot.Panel) float64 {
	text := [...]string{
		plot.SectionGradients: "Gradients by layer", plot.SectionHistory: "Training history",
		plot.SectionNorms: "Gradients over the iterations", plot.SectionPeaks: "Largest eigenvalue of the loss’s Hessian",
		plot.SectionSpectra: "Spectral density of the Hessian", plot.SectionProfiles: "Velocity on the centre lines",
	}[p.Index]
	if p.Index == plot.SectionGradients && s.board.pooled() {
		text = "Gradients of all layers"
	}
	style := Style{titleSize, SemiBold, s.theme.Ink}
	return s.pen.Text(p.Plot.X, p.Plot.Y+26, s.pen.Fit(text, style, p.Plot.W), style, Start)
}

// groupName writes the usual short names out.
func groupName(name string) string {
	switch name {
	case "res":
		return "residual"
	case "bcs":
		return "boundary"
	case "ics":
		return "initial"
	}
	return name
}
