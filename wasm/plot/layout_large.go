package plot

// Enlarge returns the layout of one panel of l over the whole canvas, below a
// heading and the legend of its section: fields with their colour bar and in
// their shape. Height is what there is, 0 if any will do.
func Enlarge(l Layout, panel int, c Contents) Layout {
	p := l.Panels[panel]
	big := Layout{Width: l.Width, Unit: l.Unit, Wrapped: true}
	y := big.Unit - step
	heading := Problem
	if p.Model >= 0 {
		heading = Header
	}
	big.text(heading, p.Model, Rect{big.Unit, y, big.inner(), compactHigh}, 0)
	y = big.legend(c.section(&p), y+compactHigh, c) + strip
	high := 0.62 * big.Width
	if c.Height > 0 {
		high = c.Height
	}
	r := Rect{big.Unit + wideGutter, y, big.inner() - wideGutter - gutter, max(high-y-foot-big.Unit, 160)}
	right := gutter
	if bar, ok := barOf(p.Part); ok {
		r.X, r.W, right = big.Unit+gutter, big.inner()-gutter-barRoom, 0
		r.W = min(r.W, r.H/c.Aspect)
		r.H = r.W * c.Aspect
		r.X += (big.inner() - gutter - barRoom - r.W) / 2
		big.bar(bar, r.Right(), y, r.H)
	}
	big.add(p.Part, p.Model, r, r.X-big.Unit, strip, right, foot).Index = p.Index
	big.Height = r.Bottom() + foot + big.Unit
	return big
}

// MarkSide is the side of the mark at a panel's corner that enlarges it.
const MarkSide = 24.0

// Mark returns where the mark of a panel is: at the upper right of its plot.
func (p *Panel) Mark() Rect {
	return Rect{p.Plot.Right() - MarkSide, p.Plot.Y, MarkSide, MarkSide}
}

// barOf returns the colour bar that a part goes with.
func barOf(part Part) (bar Part, ok bool) {
	switch part {
	case Exact, Predicted:
		return ValueBar, true
	case Error:
		return ErrorBar, true
	}
	return bar, false
}

// section returns the section whose legend explains a panel.
func (c *Contents) section(p *Panel) int {
	switch p.Part {
	case Iterations:
		for _, o := range c.Over {
			if o.Index == p.Index {
				return o.Section
			}
		}
	case Gradients:
		return SectionGradients
	case Losses, Lambdas, RelL2:
		return SectionHistory
	case Peaks:
		return SectionPeaks
	case Spectrum:
		return SectionSpectra
	case Modes:
		return SectionModes
	case ProfileU, ProfileV:
		return SectionProfiles
	case Curve:
		return SectionOverview
	}
	return Sections
}
