package plot

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
		high := headerHigh + strip + h + fieldFoot + step
		model := i
		if c.Exact && c.Models > 1 {
			model-- // the solution first: its colour bars are everybody's
		}
		switch row := y + headerHigh + strip; {
		case model >= 0 && model < c.Models:
			l.text(Header, model, at, gutter)
			l.add(Predicted, model, Rect{at.X + gutter, row, w, h}, gutter, strip, 0, fieldFoot)
			if c.second() {
				l.second(c, model, Rect{at.X + wide/2 + gutter, row, w, h})
			} else if i == 0 {
				l.bar(ValueBar, at.X+gutter+w, row, h)
			}
		default:
			if cols == 1 { // no header beside it to line up with
				row -= headerHigh
				high -= headerHigh
			}
			l.add(Exact, -1, Rect{at.X + gutter, row, w, h}, gutter, strip, 0, fieldFoot)
			l.bar(ValueBar, at.X+gutter+w, row, h)
			l.bar(ErrorBar, at.X+gutter+w+barRoom+step, row, h)
		}
		if i%cols == cols-1 || i == blocks-1 {
			y += high
		}
	}
	return y
}

// lines places, for each model, the field over its one coordinate and the error
// beside it where there is room, else below; then the gradients.
func (l *Layout) lines(y float64, c Contents) float64 {
	y = l.problem(y, c)
	cols := l.columns(c.Models, 200)
	pitch := (l.inner() + gapRows) / float64(cols)
	head, across := headerHigh, pitch >= 440
	if c.Height > 0 && c.Height < 760 || pitch >= 600 {
		head = compactHigh
	}
	top, low := 176.0, 112.0
	high := l.density(c)
	if across {
		low = 0
		if rest := c.Height - y - head - 2*(strip+foot) - l.legendHigh(c) - l.Unit; c.Height > 0 && cols == c.Models {
			high = min(max(0.45*rest, 110), 260)
			top = min(max(rest-high, 150), 400)
		}
	}
	const margins = wideGutter + step
	for i := range c.Models {
		x := l.Unit + float64(i%cols)*pitch
		if i%cols == 0 && i > 0 {
			y += head + strip + top + foot
			if !across {
				y += strip + low + foot
			}
		}
		l.text(Header, i, Rect{x, y, pitch - gapRows, head}, wideGutter)
		r := Rect{x + wideGutter, y + head + strip, pitch - gapRows - margins, top}
		if across {
			r.W = (pitch-gapRows)/2 - margins
		}
		l.add(Curve, i, r, wideGutter, strip, step, foot)
		if across {
			r.X += (pitch - gapRows) / 2
		} else {
			r.Y, r.H = r.Y+top+foot+strip, low
		}
		part := ErrorCurve
		if c.Sides {
			part = Sides
		}
		l.add(part, i, r, wideGutter, strip, step, foot)
	}
	y += head + strip + top + foot
	if !across {
		y += strip + low + foot
	}
	return l.densities(y, high, c)
}
