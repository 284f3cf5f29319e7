package plot

// fieldColumns returns how many fields stand side by side in the wide
// arrangement, and how many colour bars.
func fieldColumns(c Contents) (fields, bars int) {
	switch {
	case c.Models == 1 && c.Exact:
		return 3, 2
	case c.Exact:
		return c.Models + 1, 1
	}
	return c.Models, 1
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

// Heights in the overview.
const (
	compactHigh = 52.0  // header where height is scarce
	densityHigh = 88.0  // gradient densities, at the least
	densityMost = 150.0 // the same where there is height to spare
	leastHigh   = 108.0 // a field: what is smaller scrolls
)

// overview places what is to be seen at a glance: fields, errors, and under
// them each model's gradients. It keeps within c.Height as long as the fields
// stay large enough.
func (l *Layout) overview(y float64, c Contents) float64 {
	w := l.wideColumns(c)
	switch {
	case c.Line:
		y = l.densities(l.lines(y, c), c)
	case w < leastField:
		y = l.densities(l.pairs(y, c), c)
	case c.Models == 1:
		y = l.oneModel(y, w, c)
	default:
		y = l.wideFields(y, w, c)
	}
	if c.Profiles {
		y = l.title(SectionProfiles, y)
		y = l.grid(y, 2, l.columns(2, 300), 220, func(i int) (Part, int) { return []Part{ProfileU, ProfileV}[i], -1 })
	}
	return y
}

// densities places the pooled gradients of each model and all models' errors in
// rows of their own.
func (l *Layout) densities(y float64, c Contents) float64 {
	n := c.Models
	if c.Scored {
		n++
	}
	from := len(l.Panels)
	y = l.grid(y, n, l.columns(n, 230), 130, func(i int) (Part, int) {
		if i == c.Models {
			return RelL2, -1
		}
		return Gradients, i
	})
	l.pool(from)
	return y
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
	below := strip + densityHigh + shortFoot + l.Unit
	rows := 1
	if c.Exact {
		rows = 2
	}
	w = bounded(w, rows, y+head+float64(rows)*(strip+foot)+below, c)
	pair := 0.0
	if c.Exact && c.Height > 0 {
		n := float64(2*c.Models + 1)
		pair = (l.inner() - 2*barRoom - n*gutter) / n
		pair = bounded(min(pair, largestMany), 1, y+head+strip+foot+below, c)
	}
	if pair > 1.05*w && pair >= leastField {
		return l.paired(y, pair, head, c)
	}
	return l.stacked(y, w, head, rows, c)
}

// lowest returns the height of the densities that begin at y.
func (l *Layout) lowest(y float64, c Contents) float64 {
	if c.Height == 0 {
		return densityMost
	}
	return min(max(c.Height-y-strip-shortFoot-l.Unit, densityHigh), densityMost)
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
	second := row + h + foot + strip
	third := row + float64(rows)*(h+foot+strip)
	high := l.lowest(third-strip, c)
	first := 0
	if c.Exact {
		first = 1
		l.text(Problem, -1, Rect{x(0) - gutter, y, gutter + w, head}, gutter)
		l.add(Exact, -1, Rect{x(0), row, w, h}, gutter, strip, 0, foot)
		l.text(Scores, -1, Rect{x(0) - gutter, second - strip, w + gutter, h + strip}, gutter)
		if c.Scored && !l.Beside {
			right := min(gutter, pitch-gutter-w) // for the names at the curves' ends
			l.add(RelL2, -1, Rect{x(0), third, w - gutter + right, high}, gutter, strip, gutter-right, shortFoot)
		}
	}
	for m := range c.Models {
		at := x(first + m)
		l.text(Header, m, Rect{at - gutter, y, pitch, head}, gutter)
		l.add(Predicted, m, Rect{at, row, w, h}, gutter, strip, 0, foot)
		if c.Exact {
			l.add(Error, m, Rect{at, second, w, h}, gutter, strip, 0, foot)
		}
		l.add(Gradients, m, Rect{at, third, max(w, min(leastLayer, pitch-gutter)), high}, gutter, strip, 0, shortFoot).Index = Pooled
	}
	bar := x(first+c.Models-1) + w
	l.bar(ValueBar, bar, row, h)
	if c.Exact {
		l.bar(ErrorBar, bar, second, h)
	}
	if l.Beside {
		l.beside(bar+barRoom, row, h, RelL2, -1)
		l.beside(bar+barRoom, second, h, Lambdas, -1)
	}
	return third + high + shortFoot
}

// paired places field and error of each model side by side.
func (l *Layout) paired(y, w, head float64, c Contents) float64 {
	h := w * c.Aspect
	n := float64(2*c.Models + 1)
	pitch := (l.inner() - 2*barRoom) / n
	x := func(i int) float64 { return l.Unit + gutter + float64(i)*pitch }
	row := y + head + strip
	below := row + h + foot + strip
	high := l.lowest(below-strip, c)
	l.text(Problem, -1, Rect{x(0) - gutter, y, gutter + w, head}, gutter)
	l.add(Exact, -1, Rect{x(0), row, w, h}, gutter, strip, 0, foot)
	if c.Scored {
		l.add(RelL2, -1, Rect{x(0), below, w - gutter, high}, gutter, strip, gutter, shortFoot)
	}
	for m := range c.Models {
		at, beside := x(1+2*m), x(2+2*m)
		l.text(Header, m, Rect{at - gutter, y, 2 * pitch, head}, gutter)
		l.add(Predicted, m, Rect{at, row, w, h}, gutter, strip, 0, foot)
		l.add(Error, m, Rect{beside, row, w, h}, gutter, strip, 0, foot)
		l.add(Gradients, m, Rect{at, below, beside + w - at, high}, gutter, strip, 0, shortFoot).Index = Pooled
	}
	bar := x(2*c.Models) + w
	l.bar(ValueBar, bar, row, h)
	l.bar(ErrorBar, bar+barRoom, row, h)
	return below + high + shortFoot
}

// beside places a curve over iterations, h high, from x to the right margin.
func (l *Layout) beside(x, y, h float64, part Part, model int) {
	x += wideGutter
	l.add(part, model, Rect{x, y, l.Unit + l.inner() - gutter - x, h}, wideGutter, strip, gutter, foot)
}

// oneModel places field, solution and error in one row, and below it the
// gradients and the curves.
func (l *Layout) oneModel(y, w float64, c Contents) float64 {
	const head, least = 56.0, 110.0
	w = bounded(w, 1, y+head+strip+foot+strip+least+foot+gapRows+l.Unit, c)
	h := w * c.Aspect
	fields, bars := fieldColumns(c)
	pitch := (l.inner() - float64(bars)*barRoom) / float64(fields)
	l.text(Header, 0, Rect{l.Unit, y, l.inner(), head}, 0)
	row := y + head + strip
	x := l.Unit + gutter
	l.add(Predicted, 0, Rect{x, row, w, h}, gutter, strip, 0, foot)
	if c.Exact {
		x += pitch
		l.add(Exact, -1, Rect{x, row, w, h}, gutter, strip, 0, foot)
		l.bar(ValueBar, x+w, row, h)
		x += pitch + barRoom
		l.add(Error, 0, Rect{x, row, w, h}, gutter, strip, 0, foot)
		l.bar(ErrorBar, x+w, row, h)
	} else {
		l.bar(ValueBar, x+w, row, h)
	}
	parts := []Part{Gradients, RelL2, Losses}
	if !c.Scored {
		parts = []Part{Gradients, Losses}
	}
	from := len(l.Panels)
	high := least
	if c.Height > 0 {
		high = min(max(c.Height-(row+h+foot+strip+foot+gapRows+l.Unit), least), 190)
	}
	y = l.grid(row+h+foot, len(parts), l.columns(len(parts), 230), high, func(i int) (Part, int) {
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

// pairs places a block for each model, its field beside the error of it, and
// one for the solution with the colour bars. It is for narrow canvases.
func (l *Layout) pairs(y float64, c Contents) float64 {
	y = l.problem(y, c)
	blocks := c.Models
	if c.Exact {
		blocks++
	}
	cols := min(blocks, max(1, int((l.inner()+l.Unit)/360)))
	wide := (l.inner()+l.Unit)/float64(cols) - l.Unit
	w := wide/2 - gutter
	h := w * c.Aspect
	for i := range blocks {
		at := Rect{l.Unit + float64(i%cols)*(wide+l.Unit), y, wide, headerHigh}
		high := headerHigh + strip + h + foot + step
		model := i
		if c.Exact && c.Models > 1 {
			model-- // the solution first: its colour bars are everybody's
		}
		switch row := y + headerHigh + strip; {
		case model >= 0 && model < c.Models:
			l.text(Header, model, at, gutter)
			l.add(Predicted, model, Rect{at.X + gutter, row, w, h}, gutter, strip, 0, foot)
			if c.Exact {
				l.add(Error, model, Rect{at.X + wide/2 + gutter, row, w, h}, gutter, strip, 0, foot)
			} else if i == 0 {
				l.bar(ValueBar, at.X+gutter+w, row, h)
			}
		default:
			if cols == 1 { // no header beside it to line up with
				row -= headerHigh
				high -= headerHigh
			}
			l.add(Exact, -1, Rect{at.X + gutter, row, w, h}, gutter, strip, 0, foot)
			l.bar(ValueBar, at.X+gutter+w, row, h)
			l.bar(ErrorBar, at.X+gutter+w+barRoom+step, row, h)
		}
		if i%cols == cols-1 || i == blocks-1 {
			y += high
		}
	}
	return y
}

// lines places, for each model, the field over its one coordinate and the
// error below it, or beside it where there is one model and room.
func (l *Layout) lines(y float64, c Contents) float64 {
	if c.Models == 1 && l.inner() >= 720 {
		const high = 56.0
		l.text(Header, 0, Rect{l.Unit, y, l.inner(), high}, 0)
		l.grid(y+high, 2, 2, 280, func(i int) (Part, int) { return []Part{Curve, ErrorCurve}[i], 0 })
		return y + high + strip + 280 + foot
	}
	y = l.problem(y, c)
	cols := min(c.Models, max(1, int((l.inner()+gapRows)/(200+gapRows))))
	pitch := (l.inner() + gapRows) / float64(cols)
	const top, low = 176.0, 112.0
	for i := range c.Models {
		x := l.Unit + float64(i%cols)*pitch
		if i%cols == 0 && i > 0 {
			y += headerHigh + 2*strip + top + low + 2*foot
		}
		w := pitch - gapRows - wideGutter - step
		l.text(Header, i, Rect{x, y, pitch - gapRows, headerHigh}, wideGutter)
		row := y + headerHigh + strip
		l.add(Curve, i, Rect{x + wideGutter, row, w, top}, wideGutter, strip, step, foot)
		row += top + foot + strip
		l.add(ErrorCurve, i, Rect{x + wideGutter, row, w, low}, wideGutter, strip, step, foot)
	}
	return y + headerHigh + 2*strip + top + low + 2*foot
}
