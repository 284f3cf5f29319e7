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

// wideFields places the solution, then a column for each model: its header,
// its field and the error of it. One model has all three side by side.
func (l *Layout) wideFields(y, w float64, c Contents) float64 {
	h := w * c.Aspect
	fields, bars := fieldColumns(c)
	spare := l.inner() - float64(bars)*barRoom - float64(fields)*(gutter+w)
	pitch := gutter + w + spare/float64(fields)
	if c.Models > 1 && c.Exact && c.Scored && spare > 480 {
		l.Beside = true
		pitch = gutter + w + 24
	}
	x := func(i int) float64 { return l.Unit + gutter + float64(i)*pitch }
	if c.Models == 1 {
		return l.oneModel(y, w, h, pitch, c)
	}
	first := 0
	row := y + headerHigh + strip
	if c.Exact {
		first = 1
		l.text(Problem, -1, Rect{x(0) - gutter, y, gutter + w, headerHigh}, gutter)
		l.add(Exact, -1, Rect{x(0), row, w, h}, gutter, strip, 0, foot)
	}
	below := row + h + foot + strip
	for m := range c.Models {
		at := x(first + m)
		l.text(Header, m, Rect{at - gutter, y, pitch, headerHigh}, gutter)
		l.add(Predicted, m, Rect{at, row, w, h}, gutter, strip, 0, foot)
		if c.Exact {
			l.add(Error, m, Rect{at, below, w, h}, gutter, strip, 0, foot)
		}
	}
	bar := x(first+c.Models-1) + w
	l.bar(ValueBar, bar, row, h)
	if !c.Exact {
		return row + h + foot
	}
	l.bar(ErrorBar, bar, below, h)
	l.text(Scores, -1, Rect{x(0) - gutter, below - strip, w + gutter, h + strip}, gutter)
	if l.Beside {
		l.beside(bar+barRoom, row, h, RelL2, -1)
		l.beside(bar+barRoom, below, h, Lambdas, -1)
	}
	return below + h + foot
}

// beside places a curve over iterations, h high, from x to the right margin.
func (l *Layout) beside(x, y, h float64, part Part, model int) {
	x += wideGutter
	l.add(part, model, Rect{x, y, l.Unit + l.inner() - gutter - x, h}, wideGutter, strip, gutter, foot)
}

// oneModel places field, solution and error in one row.
func (l *Layout) oneModel(y, w, h, pitch float64, c Contents) float64 {
	const high = 56.0
	l.text(Header, 0, Rect{l.Unit, y, l.inner(), high}, 0)
	row := y + high + strip
	x := l.Unit + gutter
	l.add(Predicted, 0, Rect{x, row, w, h}, gutter, strip, 0, foot)
	if !c.Exact {
		l.bar(ValueBar, x+w, row, h)
		if at := x + w + barRoom; !c.Scored && l.Unit+l.inner()-at > 320 {
			l.Beside = true
			each := (h - strip - foot) / 2
			l.beside(at, row, each, Losses, 0)
			l.beside(at, row+each+strip+foot, each, Lambdas, -1)
		}
		return row + h + foot
	}
	x += pitch
	l.add(Exact, -1, Rect{x, row, w, h}, gutter, strip, 0, foot)
	l.bar(ValueBar, x+w, row, h)
	x += pitch + barRoom
	l.add(Error, 0, Rect{x, row, w, h}, gutter, strip, 0, foot)
	l.bar(ErrorBar, x+w, row, h)
	return row + h + foot
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
