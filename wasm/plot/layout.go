package plot

import "math"

// Part says what a panel shows.
type Part uint8

const (
	Header      Part = iota // name and numbers of a model
	Problem                 // title of the problem
	Exact                   // the solution, one for all models
	Predicted               // a model's field
	Error                   // its distance from the solution
	ValueBar                // colour bar of Exact and Predicted
	ErrorBar                // colour bar of Error
	Scores                  // table of the models' errors
	Curve                   // a field over one coordinate, with the solution
	ErrorCurve              // its distance from the solution
	Title                   // heading of a section; Index is a Section
	Gradients               // densities of one layer, Index, of one model
	GradientRow             // label of a model's row of Gradients
	Losses                  // a model's losses over iterations
	Lambdas                 // all models' weights over iterations
	RelL2                   // all models' errors over iterations
	Iterations              // other curves over iterations; Index is that of an Over
	Peaks                   // a model's largest Hessian eigenvalues over iterations
	Spectrum                // a model's spectral densities
	Modes                   // a model's residuals by mode of the tangent kernel
	ProfileU                // u on the vertical centre line, of all models
	ProfileV                // v on the horizontal one
	Words                   // a sentence
	Legend                  // what colours and dashes mean; Index is a Section
	Sides                   // a model's residual along the domain's sides
)

// Pooled is the Index of Gradients of all layers together.
const Pooled = -1

// Section numbers the headings.
const (
	SectionGradients = iota
	SectionHistory
	SectionNorms
	SectionPeaks
	SectionSpectra
	SectionModes
	SectionProfiles
	SectionOverview // has no heading
	Sections
)

// Tab says which of the arrangements is shown.
type Tab uint8

const (
	OverviewTab Tab = iota
	GradientsTab
	StiffnessTab
	CurvesTab
)

// Panel is a place for one Part. Cell is all of its room, labels included;
// Plot is where data goes.
type Panel struct {
	Part  Part
	Model int // which model, -1 for all
	Index int
	Cell  Rect
	Plot  Rect

	// Left and Bottom tell whether the panel carries the labels of its axes,
	// or shares them with a neighbour.
	Left, Bottom bool
}

// MostModels is how many models are laid out side by side.
const MostModels = 6

// Over says where curves over the iterations go.
type Over struct {
	Index   int     // the Panel's
	Tab     Tab     // GradientsTab or CurvesTab: below what else is there
	Shared  bool    // one panel of all models, not one of each
	High    float64 // of the plot
	Section int     // whose legend explains it, or Sections
}

// Contents is what there is to lay out.
type Contents struct {
	Tab    Tab
	Height float64 // that the overview should fit into, 0 if any will do
	Models int     // 1 to MostModels
	Line   bool    // one coordinate, not two
	Aspect float64 // height by width of the domain
	Exact  bool    // a solution is known of the field shown

	Residual bool // the residual is shown in the error's place, ...
	Sides    bool // ... or the residual along the domain's sides

	Scored bool  // the models have a relative L2 error
	Title  bool  // the problem has one
	Layers []int // weight matrices with gradients to show, by model

	Pooled   bool // the gradients of all layers as one
	Spectra  bool // spectral densities are known
	Profiles bool // the centre lines of a flow

	Over []Over // curves over iterations beyond those that have a Part of their own

	Legend [Sections][]float64 // widths of the entries that explain a section
}

// Layout is an arrangement of panels on a canvas, in CSS pixels.
type Layout struct {
	Width, Height float64
	Unit          float64 // margin
	Wrapped       bool    // a model's Gradients take several rows
	Beside        bool    // curves of all models stand beside the fields
	Panels        []Panel
}

// Distances, in multiples of 8.
const (
	WordsLine     = 16.0   // from line to line of Words
	wordsWide     = 1040.0 // the longest of Words in one line
	step          = 8.0
	gutter        = 32.0 // for the labels of a vertical axis with few digits
	wideGutter    = 48.0 // for 10⁻³
	strip         = 20.0 // above a plot, for its title
	foot          = 32.0 // below a plot, for labels and name of its axis
	shortFoot     = 20.0 // the same without a name
	barRoom       = 64.0 // colour bar with its labels, and the gap before it
	headerHigh    = 80.0
	titleHigh     = 40.0
	gapRows       = 16.0
	leastField    = 128.0 // the narrowest field worth showing
	leastOfMany   = 88.0  // the same of five models and more, ...
	leastHighMany = 40.0  // ... and the lowest
	leastLayer    = 92.0
	rowLabel      = 152.0
	largestOne    = 460.0 // field of a single model
	largestMany   = 360.0 // field of several, and its share of the width
	shareMany     = 0.23
)

// Arrange lays out c on a canvas of the given width. Fields keep the domain's
// aspect as far as it lies between 0.4 and 1.6.
func Arrange(width float64, c Contents) Layout {
	c.Models = min(max(c.Models, 1), MostModels)
	c.Aspect = min(max(c.Aspect, 0.4), 1.6)
	if c.Aspect != c.Aspect {
		c.Aspect = 1
	}
	l := &Layout{Width: max(width, 240), Unit: 24}
	if l.Width < 600 {
		l.Unit = 16
	}
	y := l.Unit - step
	switch c.Tab {
	case GradientsTab:
		y = l.norms(l.gradients(y, c), c)
	case StiffnessTab:
		y = l.stiffness(y, c)
	case CurvesTab:
		y = l.history(y, c)
	default:
		y = l.overview(y, c)
	}
	l.Height = math.Ceil(y + l.Unit)
	return *l
}

// inner returns the width between the margins.
func (l *Layout) inner() float64 { return l.Width - 2*l.Unit }

// add appends a panel whose plot is r with the given room on its sides.
func (l *Layout) add(part Part, model int, plot Rect, left, top, right, bottom float64) *Panel {
	cell := Rect{plot.X - left, plot.Y - top, plot.W + left + right, plot.H + top + bottom}
	l.Panels = append(l.Panels, Panel{Part: part, Model: model, Cell: cell, Plot: plot,
		Left: left > 0, Bottom: bottom > 0})
	return &l.Panels[len(l.Panels)-1]
}

// columns returns how many of n panels stand side by side, each at least wide.
func (l *Layout) columns(n int, wide float64) int {
	return min(n, max(1, int((l.inner()+gapRows)/(wide+gapRows))))
}

// history places the curves over iterations: all models' errors and weights,
// then each model's losses, then what else there is.
func (l *Layout) history(y float64, c Contents) float64 {
	y = l.title(SectionHistory, y, c)
	shared := []Part{RelL2, Lambdas}
	if !c.Scored {
		shared = shared[1:]
	}
	k := c.taller(744)
	y = l.grid(y, len(shared), l.columns(len(shared), 300), 190*k, func(i int) (Part, int) { return shared[i], -1 })
	y = l.grid(y, c.Models, l.columns(c.Models, 200), 150*k, func(i int) (Part, int) { return Losses, i })
	return l.over(y, k, c)
}

// over places the panels of Contents.Over, so many times as high as they ask for.
func (l *Layout) over(y, taller float64, c Contents) float64 {
	for _, o := range c.Over {
		if o.Tab != c.Tab {
			continue
		}
		from, n, cols, first := len(l.Panels), c.Models, l.columns(c.Models, 200), 0
		if o.Shared {
			n, cols, first = 1, 1, -1
		}
		y = l.grid(y, n, cols, o.High*taller, func(i int) (Part, int) { return Iterations, first + i })
		for i := range l.Panels[from:] {
			l.Panels[from+i].Index = o.Index
		}
	}
	return y
}

// taller returns by how much plots may be higher where there is more height
// than they need at the least.
func (c *Contents) taller(least float64) float64 {
	return min(max(c.Height/least, 1), 1.6)
}

// norms places the size of the gradients over iterations, and their angles.
func (l *Layout) norms(y float64, c Contents) float64 {
	return l.over(l.title(SectionNorms, y, c), 1, c)
}

// stiffness places the largest eigenvalues over iterations, and the spectra.
func (l *Layout) stiffness(y float64, c Contents) float64 {
	y = l.title(SectionPeaks, y, c)
	words := WordsLine*math.Ceil(wordsWide/l.inner()) + step
	l.text(Words, -1, Rect{l.Unit, y, l.inner(), words}, 0)
	high := max(210, min(0.4*c.Height, 380))
	y = l.grid(y+words, c.Models, l.columns(c.Models, 200), high, func(i int) (Part, int) { return Peaks, i })
	if !c.Spectra {
		return y
	}
	y = l.title(SectionSpectra, y, c)
	y = l.grid(y, c.Models, l.columns(c.Models, 200), 170, func(i int) (Part, int) { return Spectrum, i })
	y = l.title(SectionModes, y, c)
	return l.grid(y, c.Models, l.columns(c.Models, 200), 210, func(i int) (Part, int) { return Modes, i })
}

// grid places n panels of the given plot height in rows of cols.
func (l *Layout) grid(y float64, n, cols int, high float64, part func(int) (Part, int)) float64 {
	pitch := (l.inner() + gapRows) / float64(cols)
	for i := range n {
		x := l.Unit + float64(i%cols)*pitch
		if i%cols == 0 && i > 0 {
			y += strip + high + foot + gapRows
		}
		p, model := part(i)
		right := step
		if model < 0 {
			right = gutter // for names at the ends of the curves
		}
		plot := Rect{x + wideGutter, y + strip, pitch - gapRows - wideGutter - right, high}
		l.add(p, model, plot, wideGutter, strip, right, foot)
	}
	return y + strip + high + foot + gapRows
}

// gradients places a row of small multiples for each model, a column for each
// layer. Where a row does not fit it wraps, with its label above.
func (l *Layout) gradients(y float64, c Contents) float64 {
	y = l.title(SectionGradients, y, c)
	n := 1
	for _, k := range c.Layers {
		if !c.Pooled {
			n = max(n, k)
		}
	}
	const gap = 12.0
	label, high := rowLabel, 120*c.taller(700)
	if c.Models == 1 {
		high = 160 * c.taller(700)
	}
	cols := n
	w := (l.inner()-label-gutter+gap)/float64(n) - gap
	wrapped := w < leastLayer
	l.Wrapped = wrapped
	if wrapped {
		label = 0
		cols = min(n, max(1, int((l.inner()-gutter+gap)/(leastLayer+48+gap))))
		w = (l.inner()-gutter+gap)/float64(cols) - gap
	}
	for model := range c.Models {
		row := Rect{l.Unit, y, l.inner(), 24}
		if !wrapped {
			row = Rect{l.Unit, y, label, high + strip}
		}
		l.text(GradientRow, model, row, 0)
		if wrapped {
			y += row.H
		}
		own := n
		if model < len(c.Layers) && !c.Pooled {
			own = c.Layers[model]
		}
		for i := range max(own, 1) {
			col := i % cols
			if col == 0 && i > 0 {
				y += strip + high + shortFoot
			}
			plot := Rect{l.Unit + label + gutter + float64(col)*(w+gap), y + strip, w, high}
			left := 0.0
			if col == 0 {
				left = gutter
			}
			index := i
			if c.Pooled {
				index = Pooled
			}
			l.add(Gradients, model, plot, left, strip, 0, shortFoot).Index = index
		}
		y += strip + high + shortFoot
	}
	return y
}
