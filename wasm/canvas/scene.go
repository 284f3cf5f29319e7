package main

import (
	"pinnlab/wasm/plot"
)

// Scene is the picture of a Board: rasters, triangles above them, and above
// those what follows the pointer.
type Scene struct {
	Layout   plot.Layout
	Mesh     plot.Mesh
	Over     plot.Mesh
	Pictures []Picture // those in use come first
	Used     int

	whole plot.Layout // of all panels; Layout's, unless one is enlarged
	large bool        // one is

	board   *Board
	built   int // Board.changes that the scene shows
	cast    int // Board.Casting of the ranges
	theme   Theme
	ranges  Ranges
	pen     Pen
	layers  []string
	notes   map[*plot.Panel]float64 // widths of what stands at the right above panels
	curve   []plot.Point            // scratch, as the two below
	clipped []plot.Point
	flows   map[flowKey]*streamlines
	sizes   []float32
}

// NewScene returns the scene of b, written in face.
func NewScene(b *Board, face *Typeface) *Scene {
	s := &Scene{board: b, notes: map[*plot.Panel]float64{}}
	s.pen.Face, s.pen.Scale = face, 1
	return s
}

// Arrange lays the board out on a canvas of the given width in CSS pixels and
// returns the height that it asks for.
func (s *Scene) Arrange(width float64) float64 {
	c := s.board.contents()
	c.Legend = s.legendWidths()
	s.whole = plot.Arrange(width, c)
	s.Layout, s.large = s.whole, false
	if i := s.find(s.board.View.Enlarge); i >= 0 {
		s.Layout, s.large = plot.Enlarge(s.whole, i, c), true
	}
	return s.Layout.Height
}

// Build draws the board, scale device pixels to a CSS pixel.
func (s *Scene) Build(width, scale float64) {
	s.pen.Scale = scale
	s.theme = s.board.Theme()
	s.layers = s.board.layers()
	if s.cast != s.board.Casting { // axes keep still, but not from one run to the next
		s.cast, s.ranges = s.board.Casting, Ranges{}
	}
	s.built = s.board.changes
	s.Arrange(width)
	s.ranges.update(s.board, &s.theme, &s.Layout)
	for range 2 {
		s.draw()
		if !s.pen.Face.Full {
			return
		}
		// The atlas ran over, with sizes no longer in use: once more, afresh.
		s.pen.Face.Clear()
	}
}

func (s *Scene) draw() {
	s.Mesh.Reset()
	s.Over.Reset()
	s.pen.Mesh = &s.Mesh
	s.Used = 0
	clear(s.notes)
	for i := range s.Layout.Panels {
		p := &s.Layout.Panels[i]
		if len(s.board.Slots) == 0 {
			s.skeleton(p)
			continue
		}
		s.panel(p)
		if _, ok := s.subject(p); ok && s.large {
			s.corner(p)
		}
	}
	if s.board.View.Callouts && s.board.View.Tab == plot.OverviewTab {
		s.callouts()
	}
}

// panel draws one panel.
func (s *Scene) panel(p *plot.Panel) {
	if row := rowOf(p); row >= 0 {
		s.overIterations(p, &panels[row])
		return
	}
	switch p.Part {
	case plot.Header:
		s.header(p)
	case plot.Problem:
		s.problem(p)
	case plot.Exact, plot.Predicted, plot.Error:
		s.field(p)
	case plot.ValueBar:
		s.bar(p, s.ranges.Value, s.ranges.ValueMap)
	case plot.ErrorBar:
		if c := s.companion(s.board.Slots[0]); !s.board.contents().Sides {
			s.bar(p, c.scale, c.colours)
		}
	case plot.Scores:
		s.scores(p)
	case plot.Curve, plot.ErrorCurve:
		s.lineField(p)
	case plot.Sides:
		s.sides(p)
	case plot.Title:
		s.title(p)
	case plot.Gradients:
		s.gradients(p)
	case plot.GradientRow:
		s.gradientRow(p)
	case plot.Spectrum:
		s.spectrum(p)
	case plot.Modes:
		s.modes(p)
	case plot.ProfileU, plot.ProfileV:
		s.centreLine(p)
	case plot.Words:
		s.measuring(p)
	case plot.Legend:
		s.legend(p)
	}
}

// slot returns the slot that p shows; nil for a panel of all.
func (s *Scene) slot(p *plot.Panel) *Slot {
	if p.Model < 0 || p.Model >= len(s.board.Slots) {
		return nil
	}
	return s.board.Slots[p.Model]
}

// The type styles.
func (s *Scene) tick() Style   { return Style{tickSize, Regular, s.theme.Muted} }
func (s *Scene) label() Style  { return Style{textSize, Regular, s.theme.Muted} }
func (s *Scene) body() Style   { return Style{textSize, Regular, s.theme.Ink} }
func (s *Scene) strong() Style { return Style{textSize, SemiBold, s.theme.Ink} }

// skeleton draws a panel before there is anything to show: where things will
// be, and one quiet sentence.
func (s *Scene) skeleton(p *plot.Panel) {
	switch p.Part {
	case plot.Header:
		title := s.board.View.Title
		if title == "" {
			title = "No model yet"
		}
		at := p.Plot.Y + 18
		s.pen.Text(p.Plot.X, at, title, Style{titleSize, SemiBold, s.theme.Ink}, Start)
		s.pen.Text(p.Plot.X, at+20, "waiting for the first step", s.label(), Start)
	case plot.Title:
		s.heading(p)
	case plot.Problem, plot.Scores, plot.GradientRow, plot.Words, plot.Legend:
	case plot.ValueBar, plot.ErrorBar:
		s.pen.Box(p.Plot, s.theme.Grid)
	default:
		s.pen.Box(p.Plot, s.theme.Grid.Fade(0.5))
		s.caption(p, wordings{s.partName(p)})
	}
}

// partName says in the strip above a panel what it shows.
func (s *Scene) partName(p *plot.Panel) string {
	if row := rowOf(p); row >= 0 {
		return panels[row].caption
	}
	switch p.Part {
	case plot.Exact:
		return "exact solution"
	case plot.Predicted:
		return "prediction"
	case plot.Error, plot.ErrorCurve:
		return "absolute error"
	case plot.Curve:
		return "prediction and exact"
	case plot.Spectrum:
		return "spectral density"
	case plot.Modes:
		return "loss by mode"
	case plot.Gradients:
		return "gradients"
	}
	return ""
}

// caption writes the strip above a panel: what it shows on the left, a number
// on the right, each in the longest of its wordings for which there is room. The
// number comes first; what is shown gives way to it altogether where its last
// wording is empty.
func (s *Scene) caption(p *plot.Panel, left wordings, right ...string) {
	y, room := p.Plot.Y-7, p.Plot.W
	for _, r := range append(right, "") {
		note := 0.0
		if r != "" {
			note = s.pen.Width(r, s.tick()) + unit
		}
		l := s.pen.Pick(s.label(), room-note, left...)
		if l == "" && r != "" && (left[len(left)-1] != "" || note-unit > room) {
			continue
		}
		s.pen.Text(p.Plot.X, y, l, s.label(), Start)
		if r != "" {
			s.notes[p] = note - unit
			s.pen.Text(p.Plot.Right(), y, r, s.tick(), End)
		}
		return
	}
}

// wordings say the same, the longest first.
type wordings []string
