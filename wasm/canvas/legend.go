package main

import (
	"slices"
	"strings"

	"pinnlab/wasm/plot"
)

// An entry of a legend is a sample of how something is drawn, and its name.
type entry struct {
	name   string
	sample sample
	colour plot.Colour
	width  float64    // of a line
	dash   [2]float64 // of a line
}

// sample says what is drawn before the name of an entry.
type sample uint8

const (
	line sample = iota
	tickMark
	ring
	dot
)

const (
	sampleWide = 20.0 // a sample
	sampleGap  = 6.0  // between it and the name
)

// entries lists what is to be explained of a section.
func (s *Scene) entries(section int) []entry {
	switch section {
	case plot.SectionOverview:
		list := append(s.groupEntries(true), s.decidingEntry())
		if s.board.contents().Line {
			list = append(list, entry{name: "exact solution", colour: s.theme.Ink, width: 1.25, dash: dashes[1]})
		}
		return slices.Concat(list, s.paperEntry(), s.ghostEntry(), s.seedsEntry())
	case plot.SectionGradients:
		return append(s.groupEntries(true), s.decidingEntry())
	case plot.SectionNorms:
		return append(s.groupEntries(true), entry{name: "first layer faint, last strong", colour: s.theme.Muted.Fade(0.35), width: 1.25})
	case plot.SectionHistory:
		return slices.Concat(s.groupEntries(false), s.weightEntry(), s.paperEntry(), s.ghostEntry(), s.seedsEntry())
	case plot.SectionPeaks:
		return append(s.partEntries(), entry{name: "bound 2/η", colour: s.theme.Muted, width: 1.25, dash: dashes[1]})
	case plot.SectionSpectra:
		return s.partEntries()
	case plot.SectionModes:
		return s.modeEntries()
	case plot.SectionProfiles:
		return s.sourceEntries()
	}
	return nil
}

// groupEntries names the groups of loss terms, dashed as the densities are.
func (s *Scene) groupEntries(dashed bool) (list []entry) {
	for g, group := range s.board.Slots[0].Snap.Groups {
		colour, dash := s.theme.group(g)
		if !dashed {
			dash = dashes[0]
		}
		list = append(list, entry{name: groupName(group.Name), colour: colour, width: 2, dash: dash})
	}
	return list
}

// decidingEntry says what the marks on the gradients' axes are.
func (s *Scene) decidingEntry() entry {
	return entry{name: "max and mean that λ balances", sample: tickMark, colour: s.theme.Muted}
}

// paperEntry explains the published errors, if there are any.
func (s *Scene) paperEntry() []entry {
	known := func(slot *Slot) bool { return slot.Snap.Published == slot.Snap.Published }
	if !slices.ContainsFunc(s.board.Slots, known) {
		return nil
	}
	return []entry{{name: "the paper’s result", colour: s.theme.Muted, width: 1.25, dash: dashes[1]}}
}

// weightEntry explains the dashes of a second weight of several models.
func (s *Scene) weightEntry() []entry {
	groups := s.board.Slots[0].Snap.Groups
	if len(s.board.Slots) == 1 || len(groups) < 3 {
		return nil
	}
	return []entry{{name: "λ of " + groupName(groups[2].Name), colour: s.theme.Muted, width: 1.75, dash: dashes[1]}}
}

// partEntries names the parts of the loss whose curvature is measured.
func (s *Scene) partEntries() (list []entry) {
	for _, part := range [][2]string{{"total", "total"}, {"residual", "res"}, {"conditions", "bcs"}} {
		colour, width := s.partColour(part[1])
		list = append(list, entry{name: part[0], colour: colour, width: width})
	}
	return list
}

// sourceEntries says what the grey line and the circles on the centre lines are.
func (s *Scene) sourceEntries() []entry {
	list := []entry{{name: "converged solution", colour: s.theme.Ink.Fade(0.25), width: 3}}
	for _, m := range s.board.View.Marks {
		author, rest, several := strings.Cut(m.Source, ",")
		if several {
			author += " et al."
		}
		if i := strings.LastIndex(rest, "("); i >= 0 && len(rest) >= i+6 {
			author += " " + rest[i:i+6]
		}
		list = append(list, entry{name: author, sample: ring, colour: s.theme.Ink})
	}
	return list
}

// legendWidths measures the entries of all sections for the layout.
func (s *Scene) legendWidths() (widths [plot.Sections][]float64) {
	if len(s.board.Slots) == 0 {
		return widths
	}
	for section := range widths {
		for _, e := range s.entries(section) {
			widths[section] = append(widths[section], sampleWide+sampleGap+s.pen.Width(e.name, s.label()))
		}
	}
	return widths
}

// legend draws the entries of a section, over as many lines as they need.
func (s *Scene) legend(p *plot.Panel) {
	entries := s.entries(p.Index)
	starts := plot.Flow(s.legendWidths()[p.Index], p.Plot.W+0.5)
	y := p.Plot.Y + 17
	for i, from := range starts {
		to := len(entries)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		x := p.Plot.X
		for _, e := range entries[from:to] {
			s.sample(e, x, y-4)
			x = s.pen.Text(x+sampleWide+sampleGap, y, e.name, s.label(), Start) + plot.LegendGap
		}
		y += plot.LegendLine
	}
}

// sample draws how an entry looks, about the height y.
func (s *Scene) sample(e entry, x, y float64) {
	switch e.sample {
	case tickMark:
		s.pen.Box(plot.Rect{X: x + sampleWide - 3, Y: y - 5, W: 2, H: 10}, e.colour)
	case ring:
		s.pen.Ring(x+sampleWide/2, y, 2.5, 1, e.colour)
	case dot:
		s.pen.Dot(x+sampleWide/2, y, 2.5, e.colour)
	default:
		s.pen.Curve([]plot.Point{{X: x, Y: y}, {X: x + sampleWide, Y: y}}, e.width, e.colour, e.dash)
	}
}

// title draws the heading of a section and, where there is room, what it is
// about.
func (s *Scene) title(p *plot.Panel) {
	x := s.heading(p) + 16
	y := p.Plot.Y + 26
	if s.board.View.Past {
		x = s.tag(x, y, p.Plot.Right(), "past: iteration "+plot.Count(s.board.Slots[0].Snap.Step), "past") + 16
	}
	if p.Index == plot.SectionGradients {
		text := "entries of ∂L/∂W for each loss term, unweighted"
		if s.board.weighted() {
			text = "entries of λ ∂L/∂W for each loss term"
		}
		s.pen.Text(x, y, s.pen.Pick(s.label(), p.Plot.Right()-x, "density of the "+text, text), s.label(), Start)
	}
}

// heading writes the title of a section and returns where it ends.
func (s *Scene) heading(p *plot.Panel) float64 {
	text := [...]string{
		plot.SectionGradients: "Gradients by layer", plot.SectionHistory: "Training history",
		plot.SectionNorms: "Gradients over the iterations", plot.SectionPeaks: "Largest eigenvalue of the loss’s Hessian",
		plot.SectionSpectra: "Spectral density of the Hessian",
		plot.SectionModes:   "Loss by mode of the tangent kernel", plot.SectionProfiles: "Velocity on the centre lines",
	}[p.Index]
	if p.Index == plot.SectionGradients && s.board.pooled() {
		text = "Gradients of all layers"
	}
	style := Style{titleSize, SemiBold, s.theme.Ink}
	return s.pen.Text(p.Plot.X, p.Plot.Y+26, s.pen.Words(text, style, p.Plot.W), style, Start)
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
