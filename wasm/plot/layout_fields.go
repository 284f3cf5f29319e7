package plot

// second reports whether the models' fields have a companion: the error, the
// residual, or the residual along the sides.
func (c *Contents) second() bool { return c.Exact || c.Residual || c.Sides }

// solutions returns how many columns the solution takes.
func (c *Contents) solutions() int {
	if c.Exact {
		return 1
	}
	return 0
}

// fieldColumns returns how many fields stand side by side in the wide
// arrangement, and how many colour bars.
func fieldColumns(c Contents) (fields, bars int) {
	if c.Models > 1 {
		return c.Models + c.solutions(), 1
	}
	if c.second() {
		return 2 + c.solutions(), 2
	}
	return 1, 1
}

// wideColumns returns the width of a field where all models stand side by
// side, or 0 if they may not.
func (l *Layout) wideColumns(c Contents) float64 {
	fields, bars := fieldColumns(c)
	w := (l.inner() - float64(bars)*barRoom - float64(fields)*gutter) / float64(fields)
	most := min(max(shareMany*l.Width, 240), largestMany)
	if c.Models == 1 {
		most = largestOne
	}
	return min(w, most, most/c.Aspect)
}

// leastField returns the narrowest field worth showing side by side: of more
// models than four smaller ones will do, since what there is to see is that they
// differ.
func (c *Contents) leastField() float64 {
	if c.Models > 4 {
		return max(leastOfMany, leastHighMany/c.Aspect)
	}
	return leastField
}

// Heights in the overview.
const (
	compactHigh = 52.0  // header where height is scarce
	densityHigh = 88.0  // gradient densities, at the least
	densityPart = 0.24  // of the height is theirs, ...
	densityMost = 0.42  // ... or as much where the fields leave it
	leastHigh   = 108.0 // a field: what is smaller scrolls
	fieldFoot   = 22.0  // below a field
)

// overview places what is to be seen at a glance: fields, errors, and under
// them each model's gradients. It keeps within c.Height as long as the fields
// stay large enough.
func (l *Layout) overview(y float64, c Contents) float64 {
	w := l.wideColumns(c)
	switch {
	case c.Line:
		y = l.lines(y, c)
	case w < c.leastField():
		y = l.densities(l.pairs(y, c), l.density(c), c)
	case c.Models == 1:
		y = l.oneModel(y, w, c)
	default:
		y = l.wideFields(y, w, c)
	}
	if c.Profiles {
		y = l.title(SectionProfiles, y, c)
		y = l.grid(y, 2, l.columns(2, 300), 220, func(i int) (Part, int) { return []Part{ProfileU, ProfileV}[i], -1 })
	}
	return y
}

// densities places the pooled gradients of each model and all models' errors in
// rows of their own, the legend above.
func (l *Layout) densities(y, high float64, c Contents) float64 {
	n := c.Models
	if c.Scored {
		n++
	}
	y = l.legend(SectionOverview, y, c)
	from := len(l.Panels)
	y = l.grid(y, n, l.columns(n, 230), high, func(i int) (Part, int) {
		if i == c.Models {
			return RelL2, -1
		}
		return Gradients, i
	})
	l.pool(from)
	return y
}

// density returns the height that gradients' densities should have.
func (l *Layout) density(c Contents) float64 {
	if c.Height == 0 {
		return 160
	}
	return min(max(densityPart*c.Height, densityHigh), 240)
}

// legendHigh returns the height of the overview's legend.
func (l *Layout) legendHigh(c Contents) float64 {
	return legendHigh(len(Flow(c.Legend[SectionOverview], l.inner())))
}

// pool makes the Gradients among the panels after from those of all layers.
func (l *Layout) pool(from int) {
	for i := range l.Panels[from:] {
		if p := &l.Panels[from+i]; p.Part == Gradients {
			p.Index = Pooled
		}
	}
}

// bounded returns the side of a field of which rows stand above each other,
// with the given height for everything else.
func bounded(w float64, rows int, other float64, c Contents) float64 {
	if c.Height == 0 {
		return w
	}
	return min(w, max((c.Height-other)/float64(rows), leastHigh)/c.Aspect)
}

// wideFields places the solution, then for each model its header, its field,
// the error of it and its gradients: below each other, or field and error side
// by side where that makes them larger.
func (l *Layout) wideFields(y, w float64, c Contents) float64 {
	head := headerHigh
	if c.Height > 0 && c.Height < 760 {
		head = compactHigh
	}
	below := l.legendHigh(c) + strip + l.density(c) + shortFoot + l.Unit
	rows := 1
	if c.second() {
		rows = 2
	}
	w = bounded(w, rows, y+head+float64(rows)*(strip+fieldFoot)+below, c)
	pair := 0.0
	if c.second() && c.Height > 0 {
		n := float64(2*c.Models + c.solutions())
		pair = (l.inner() - 2*barRoom - n*gutter) / n
		pair = bounded(min(pair, largestMany), 1, y+head+strip+fieldFoot+below, c)
	}
	if pair > 1.05*w && pair >= leastField {
		return l.paired(y, pair, head, c)
	}
	return l.stacked(y, w, head, rows, c)
}

// lowest returns the height of the densities whose strip begins at y: all that
// is left, within reason.
func (l *Layout) lowest(y float64, c Contents) float64 {
	if c.Height == 0 {
		return l.density(c)
	}
	return min(max(c.Height-y-strip-shortFoot-l.Unit, densityHigh), densityMost*c.Height)
}

// stacked places a column for each model.
func (l *Layout) stacked(y, w, head float64, rows int, c Contents) float64 {
	h := w * c.Aspect
	fields, bars := fieldColumns(c)
	spare := l.inner() - float64(bars)*barRoom - float64(fields)*(gutter+w)
	pitch := gutter + w + spare/float64(fields)
	if c.Exact && c.Scored && spare > 480 {
		l.Beside = true
		pitch = gutter + w + 24
	}
	x := func(i int) float64 { return l.Unit + gutter + float64(i)*pitch }
	row := y + head + strip
	second := row + h + fieldFoot + strip
	under := row + float64(rows)*(h+fieldFoot+strip) - strip
	first := c.solutions()
	if c.Exact {
		l.text(Problem, -1, Rect{x(0) - gutter, y, gutter + w, head}, gutter)
		l.add(Exact, -1, Rect{x(0), row, w, h}, gutter, strip, 0, fieldFoot)
		l.text(Scores, -1, Rect{x(0) - gutter, second - strip, w + gutter, h + strip}, gutter)
	}
	for m := range c.Models {
		at := x(first + m)
		l.text(Header, m, Rect{at - gutter, y, pitch, head}, gutter)
		l.add(Predicted, m, Rect{at, row, w, h}, gutter, strip, 0, fieldFoot)
		if c.second() {
			l.second(c, m, Rect{at, second, w, h})
		}
	}
	bar := x(first+c.Models-1) + w
	l.bar(ValueBar, bar, row, h)
	if c.second() {
		l.bar(ErrorBar, bar, second, h)
	}
	if l.Beside {
		l.beside(bar+barRoom, row, h, RelL2, -1)
		l.beside(bar+barRoom, second, h, Lambdas, -1)
		return l.foot(under, l.inner(), l.Unit, false, c)
	}
	return l.foot(under, float64(fields)*pitch, l.Unit, c.Exact, c)
}

// foot places, below y, the legend and a row of all models' errors, if there is
// a column for them, and of each model's gradients, over the given width from
// x on.
func (l *Layout) foot(y, wide, x float64, errors bool, c Contents) float64 {
	y = l.legend(SectionOverview, y, c)
	high := l.lowest(y, c)
	columns := c.Models
	if errors {
		columns++
	}
	pitch := wide / float64(columns)
	for i := range columns {
		r := Rect{x + float64(i)*pitch + gutter, y + strip, pitch - gutter - step, high}
		switch {
		case !errors:
			l.add(Gradients, i, r, gutter, strip, 0, shortFoot).Index = Pooled
		case i > 0:
			l.add(Gradients, i-1, r, gutter, strip, 0, shortFoot).Index = Pooled
		case c.Scored: // with room for the names at the curves' ends
			r.W += step - gutter
			l.add(RelL2, -1, r, gutter, strip, gutter, shortFoot)
		}
	}
	return y + strip + high + shortFoot
}

// second places what is shown beside or below a model's field.
func (l *Layout) second(c Contents, model int, r Rect) {
	part := Error
	if c.Sides {
		part = Sides
	}
	l.add(part, model, r, gutter, strip, 0, fieldFoot)
}

// paired places field and error of each model side by side.
func (l *Layout) paired(y, w, head float64, c Contents) float64 {
	h := w * c.Aspect
	first := c.solutions()
	pitch := (l.inner() - 2*barRoom) / float64(2*c.Models+first)
	x := func(i int) float64 { return l.Unit + gutter + float64(i)*pitch }
	row := y + head + strip
	if c.Exact {
		l.text(Problem, -1, Rect{x(0) - gutter, y, gutter + w, head}, gutter)
		l.add(Exact, -1, Rect{x(0), row, w, h}, gutter, strip, 0, fieldFoot)
	}
	for m := range c.Models {
		at := x(first + 2*m)
		l.text(Header, m, Rect{at - gutter, y, 2 * pitch, head}, gutter)
		l.add(Predicted, m, Rect{at, row, w, h}, gutter, strip, 0, fieldFoot)
		l.second(c, m, Rect{at + pitch, row, w, h})
	}
	bar := x(first+2*c.Models-1) + w
	l.bar(ValueBar, bar, row, h)
	l.bar(ErrorBar, bar+barRoom, row, h)
	return l.foot(row+h+fieldFoot, l.inner(), l.Unit, c.Scored, c)
}

// beside places a curve over iterations beside fields h high, from x to the
// right margin.
func (l *Layout) beside(x, y, h float64, part Part, model int) {
	x += wideGutter
	h -= foot - fieldFoot
	l.add(part, model, Rect{x, y, l.Unit + l.inner() - gutter - x, h}, wideGutter, strip, gutter, foot)
}

// oneModel places field, solution and error in one row, and below it the
// gradients and the curves.
func (l *Layout) oneModel(y, w float64, c Contents) float64 {
	const head = 56.0
	rest := strip + fieldFoot + l.legendHigh(c) + strip + foot + gapRows + l.Unit
	w = bounded(w, 1, y+head+rest+l.density(c), c)
	h := w * c.Aspect
	fields, bars := fieldColumns(c)
	pitch := (l.inner() - float64(bars)*barRoom) / float64(fields)
	l.text(Header, 0, Rect{l.Unit, y, l.inner(), head}, 0)
	row := y + head + strip
	x := l.Unit + gutter
	l.add(Predicted, 0, Rect{x, row, w, h}, gutter, strip, 0, fieldFoot)
	if c.Exact {
		x += pitch
		l.add(Exact, -1, Rect{x, row, w, h}, gutter, strip, 0, fieldFoot)
	}
	l.bar(ValueBar, x+w, row, h)
	if c.second() {
		x += pitch + barRoom
		l.second(c, 0, Rect{x, row, w, h})
		l.bar(ErrorBar, x+w, row, h)
	}
	parts := []Part{Gradients, RelL2, Losses}
	if !c.Scored {
		parts = []Part{Gradients, Losses}
	}
	y = l.legend(SectionOverview, row+h+fieldFoot, c)
	from := len(l.Panels)
	high := l.density(c)
	if c.Height > 0 {
		high = min(max(c.Height-(y+strip+foot+gapRows+l.Unit), high), densityMost*c.Height)
	}
	y = l.grid(y, len(parts), l.columns(len(parts), 230), high, func(i int) (Part, int) {
		if parts[i] == RelL2 {
			return RelL2, -1
		}
		return parts[i], 0
	})
	l.pool(from)
	return y
}

// text places a panel of words in cell, the given indent from its left.
func (l *Layout) text(part Part, model int, cell Rect, indent float64) {
	plot := Rect{cell.X + indent, cell.Y, cell.W - indent, cell.H}
	l.Panels = append(l.Panels, Panel{Part: part, Model: model, Cell: cell, Plot: plot})
}

// problem places the problem's title in a line of its own, if it has one.
func (l *Layout) problem(y float64, c Contents) float64 {
	const high = 32.0
	if !c.Title {
		return y
	}
	l.text(Problem, -1, Rect{l.Unit, y, l.inner(), high}, 0)
	return y + high
}

// bar places a colour bar to the right of a field that ends at x.
func (l *Layout) bar(part Part, x, y, h float64) {
	const before, wide = 12.0, 10.0
	l.add(part, -1, Rect{x + before, y, wide, h}, before, strip, barRoom-before-wide, 8)
}
