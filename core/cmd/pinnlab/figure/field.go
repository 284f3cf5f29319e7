package figure

import (
	"image"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"pinnlab/core/record"
)

// Size of a picture of a field.
const (
	FieldWidth  = 2400
	FieldHeight = 1000
)

// field draws the prediction, the exact field and the pointwise error of one
// view, or the prediction alone where nothing exact is known.
func (r *Run) field(f *record.Field) image.Image {
	s := newSheet(FieldWidth, FieldHeight, r.Title, "")
	pred, exact, errors := valuesOf(f)
	axes := r.Snapshot.Axes
	if len(axes) == 1 {
		drawLine(s, f.Name, axes[0], pred, exact, errors)
		return s.image()
	}
	if exact == nil {
		drawMap(s.room, f.Name+", predicted", axes, pred, colouringOf(pred))
		return s.image()
	}
	shared := colouringOf(exact)
	drawMap(s.cell(0, 3, 1), f.Name+", predicted", axes, pred, shared)
	drawMap(s.cell(1, 3, 1), f.Name+", exact", axes, exact, shared)
	_, worst := limits(errors)
	drawMap(s.cell(2, 3, 1), "|predicted − exact|", axes, errors, colouring{viridis, 0, roundTop(worst)})
	return s.image()
}

// valuesOf returns a field, the exact one, and the size of their difference;
// the latter are nil where nothing exact is known.
func valuesOf(f *record.Field) (pred, exact, errors []float64) {
	for _, v := range f.Pred {
		pred = append(pred, float64(v))
	}
	for i, v := range f.Exact {
		exact = append(exact, float64(v))
		errors = append(errors, math.Abs(pred[i]-float64(v)))
	}
	return pred, exact, errors
}

const (
	barHeight = 34 // of a colour bar
	barRoom   = 110
	maxAspect = 3 // a longer domain is not drawn to scale
)

// drawMap draws a field with its colour bar below.
func drawMap(c draw.Canvas, title string, axes []record.Axis, values []float64, colours colouring) {
	x, y := axes[0], axes[1]
	p := newPanel(title, x.Name, y.Name)
	axis(&p.X, x.Lo, x.Hi, linearTicks(x.Lo, x.Hi, 5))
	axis(&p.Y, y.Lo, y.Hi, linearTicks(y.Lo, y.Hi, 5))
	aspect := min(max((x.Hi-x.Lo)/(y.Hi-y.Lo), 1.0/maxAspect), maxAspect)
	box := fit(p, draw.Crop(frame(p, c), 0, 0, barRoom, 0), aspect)
	data := bare(p, box)
	size := data.Size()
	img := colours.raster(values, int(x.N), int(y.N), int(math.Ceil(float64(size.X))), int(math.Ceil(float64(size.Y))))
	p.Add(plotter.NewImage(img, x.Lo, y.Lo, x.Hi, y.Hi))
	drawPanel(p, box)
	data.Max.Y = box.Min.Y - 20
	data.Min.Y = data.Max.Y - barRoom
	drawBar(data, colours)
}

// bare returns the canvas of a plot's data where its title is drawn elsewhere.
func bare(p *plot.Plot, c draw.Canvas) draw.Canvas {
	q := *p
	q.Title.Text = ""
	return q.DataCanvas(c)
}

// fit makes a plot's canvas smaller so that its data have the aspect, width over
// height, and stay in the middle of the top.
func fit(p *plot.Plot, c draw.Canvas, aspect float64) draw.Canvas {
	size := bare(p, c).Size()
	if want := vg.Length(aspect) * size.Y; want < size.X {
		return draw.Crop(c, (size.X-want)/2, -(size.X-want)/2, 0, 0)
	}
	return draw.Crop(c, 0, 0, size.Y-size.X/vg.Length(aspect), 0)
}

// drawBar draws a colour bar at the top of c, with its ticks below.
func drawBar(c draw.Canvas, colours colouring) {
	room := c
	p := newPanel("", "", "")
	p.HideY()
	axis(&p.X, colours.lo, colours.hi, linearTicks(colours.lo, colours.hi, 5))
	p.Y.Min, p.Y.Max = 0, 1
	ramp := image.NewRGBA(image.Rect(0, 0, int(c.Size().X), 1))
	for i := range ramp.Rect.Dx() {
		ramp.SetRGBA(i, 0, colours.at((float64(i)+0.5)/float64(ramp.Rect.Dx())))
	}
	p.Add(plotter.NewImage(ramp, colours.lo, 0, colours.hi, 1))
	for range 2 { // labels at the ends reach out: the bar is as wide as the map nevertheless
		data := p.DataCanvas(c)
		c = draw.Crop(c, room.Min.X-data.Min.X, room.Max.X-data.Max.X, 0, 0)
	}
	extra := p.DataCanvas(c).Size().Y - barHeight
	p.Draw(draw.Crop(c, 0, 0, extra, 0))
}

// drawLine draws a field over one coordinate, and its error.
func drawLine(s *sheet, name string, x record.Axis, pred, exact, errors []float64) {
	xs := make([]float64, x.N)
	for i := range xs {
		xs[i] = x.Lo + float64((x.Hi-x.Lo)*float64(i))/float64(x.N-1)
	}
	panel := func(c draw.Canvas, title string, lines ...curve) {
		p := newPanel(title, x.Name, "")
		axis(&p.X, x.Lo, x.Hi, linearTicks(x.Lo, x.Hi, 5))
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, l := range lines {
			a, b := limits(l.y)
			lo, hi = min(lo, a), max(hi, b)
		}
		margin := (hi - lo) / 20
		axis(&p.Y, lo-margin, hi+margin, linearTicks(lo-margin, hi+margin, 6))
		addGrid(p)
		addCurves(p, xs, lines, len(lines) > 1)
		drawPanel(p, frame(p, c))
	}
	predicted := curve{name: "predicted", y: pred, dash: 1, colour: 1}
	if exact == nil {
		panel(s.room, name+", predicted", predicted)
		return
	}
	panel(s.cell(0, 2, 1), name, curve{name: "exact", y: exact}, predicted)
	panel(s.cell(1, 2, 1), "|predicted − exact|", curve{name: "error", y: errors})
}
