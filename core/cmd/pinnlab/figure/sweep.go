package figure

import (
	"fmt"
	"image/color"
	"io"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Size of the picture of the sweeps.
const (
	SweepWidth  = 2400
	SweepHeight = 1800
)

// A Sweep is how many steps a second are taken as one thing changes.
type Sweep struct {
	Along string // what changes
	At    []float64
	Lines []SweepLine // the same of every Sweep, in the same order
}

// A SweepLine is one model on one platform.
type SweepLine struct {
	Name         string
	Colour, Dash int
	Rate         []float64 // at the places of the Sweep; NaN where there is none
}

// WriteSweeps draws sweeps beside each other, two in a row, as an SVG or else
// as a PNG.
func WriteSweeps(w io.Writer, svg bool, title string, sweeps []Sweep) error {
	var canvas interface {
		vg.CanvasSizer
		io.WriterTo
	}
	if svg {
		canvas = vgsvg.NewWith(vgsvg.UseWH(SweepWidth, SweepHeight), vgsvg.EmbedFonts(true))
	} else {
		img := vgimg.NewWith(vgimg.UseWH(SweepWidth, SweepHeight), vgimg.UseDPI(dpi))
		canvas = vgimg.PngCanvas{Canvas: img}
	}
	c := draw.New(canvas)
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	s := &sheet{room: roomBelow(c, title, "")}
	s.legend(sweeps[0].curves())
	rows := (len(sweeps) + 1) / 2
	for i := range sweeps {
		sweeps[i].draw(s.cell(i, 2, rows))
	}
	_, err := canvas.WriteTo(w)
	return err
}

func (s *Sweep) curves() (all []curve) {
	for _, l := range s.Lines {
		all = append(all, curve{l.Name, logs(l.Rate, len(l.Rate)), l.Colour, l.Dash})
	}
	return all
}

// draw draws a sweep, logarithms over logarithms.
func (s *Sweep) draw(c draw.Canvas) {
	p := newPanel("By "+s.Along, s.Along, "steps/s")
	curves, x := s.curves(), logs(s.At, len(s.At))
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, l := range curves {
		a, b := finiteRange(l.y)
		lo, hi = min(lo, a), max(hi, b)
	}
	lo, hi = lo-0.06, hi+0.06
	left, right := slices.Min(x), slices.Max(x)
	if left == right {
		left, right = left-0.1, right+0.1
	}
	axis(&p.X, left, right, s.places(x, (right-left)/14))
	axis(&p.Y, lo, hi, logTicks(lo, hi))
	addGrid(p)
	addCurves(p, x, curves, false)
	drawPanel(p, frame(p, c))
}

// places marks where was measured, with labels that keep a distance.
func (s *Sweep) places(x []float64, distance float64) (ticks []plot.Tick) {
	last := math.Inf(-1)
	for i, v := range x {
		t := plot.Tick{Value: v}
		if v-last >= distance {
			t.Label, last = fmt.Sprint(s.At[i]), v
		}
		ticks = append(ticks, t)
	}
	return ticks
}
