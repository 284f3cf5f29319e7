package figure

import (
	"image"
	"image/color"
	"sync"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"pinnlab/assets"
)

// At 72 dots per inch a point of the drawing is a pixel.
const dpi = 72

// Sizes of type, lines and gaps.
const (
	headingSize = 46
	titleSize   = 38
	labelSize   = 34
	tickSize    = 30

	gap        = 36
	curveWidth = 4
	axisWidth  = 2
)

var (
	ink   = color.RGBA{0x1A, 0x1C, 0x20, 0xFF}
	faint = color.RGBA{0xE4, 0xE7, 0xEB, 0xFF}
)

// lineColours are those of Okabe and Ito, How to make figures and presentations
// that are friendly to colourblind people (2008), without the yellow.
var lineColours = []color.Color{
	color.RGBA{0x00, 0x72, 0xB2, 0xFF}, color.RGBA{0xD5, 0x5E, 0x00, 0xFF}, color.RGBA{0x00, 0x9E, 0x73, 0xFF},
	color.RGBA{0xCC, 0x79, 0xA7, 0xFF}, color.RGBA{0xE6, 0x9F, 0x00, 0xFF}, color.RGBA{0x56, 0xB4, 0xE9, 0xFF}, ink,
}

// dashes tell lines apart that share a colour, or in print without any.
var dashes = [][]vg.Length{nil, {22, 8}, {6, 6}, {22, 6, 6, 6}}

const typeface = "Pinn Sans"

// types is the text handler with the fonts of the page.
var types = sync.OnceValue(func() text.Handler {
	cache := font.NewCache(nil)
	for _, f := range []struct {
		weight xfont.Weight
		data   []byte
	}{{xfont.WeightNormal, assets.Regular}, {xfont.WeightSemiBold, assets.SemiBold}} {
		face, err := opentype.Parse(f.data)
		if err != nil {
			panic("figure: types: " + err.Error()) // the fonts are embedded
		}
		cache.Add(font.Collection{{Font: font.Font{Typeface: typeface, Weight: f.weight}, Face: face}})
	}
	return text.Plain{Fonts: cache}
})

// style returns text of a size and weight, centred at its top.
func style(size vg.Length, weight xfont.Weight) text.Style {
	return text.Style{
		Color: ink, Font: font.Font{Typeface: typeface, Weight: weight, Size: size},
		XAlign: text.XCenter, YAlign: text.YTop, Handler: types(),
	}
}

// A sheet is a picture in the making: a heading and room below it.
type sheet struct {
	img  *vgimg.Canvas
	room draw.Canvas
}

// newSheet returns a white sheet with a heading of one line, or of two where
// there is a second.
func newSheet(width, height int, heading, second string) *sheet {
	img := vgimg.NewWith(vgimg.UseWH(vg.Length(width), vg.Length(height)), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(color.White))
	return &sheet{img, roomBelow(draw.New(img), heading, second)}
}

// roomBelow writes the heading at the top of c and returns the room under it.
func roomBelow(c draw.Canvas, heading, second string) draw.Canvas {
	top := headline(c, c.Max.Y-28, heading, style(headingSize, xfont.WeightSemiBold))
	if second != "" {
		top = headline(c, top, second, style(labelSize, xfont.WeightNormal))
	}
	c.Max.Y = top
	return draw.Crop(c, gap, -gap, gap/2, -gap*2/3)
}

// headline writes a line across the sheet, smaller if it must, and returns
// where the next one may begin.
func headline(c draw.Canvas, y vg.Length, line string, s text.Style) vg.Length {
	for s.Width(line) > c.Size().X-2*gap {
		s.Font.Size *= 0.95
	}
	c.FillText(s, vg.Point{X: c.Center().X, Y: y}, line)
	return y - s.Font.Size*1.3
}

// legend names curves in a row at the top of the room.
func (s *sheet) legend(curves []curve) {
	const sample, space = 90, 16 // lengths of a line, and before its name
	words := style(tickSize, xfont.WeightNormal)
	words.XAlign, words.YAlign = text.XLeft, text.YCenter
	width := vg.Length(len(curves)-1) * gap
	for _, c := range curves {
		width += sample + space + words.Width(c.name)
	}
	x, y := s.room.Center().X-width/2, s.room.Max.Y
	for _, c := range curves {
		s.room.StrokeLine2(c.line(), x, y, x+sample, y)
		x += sample + space
		s.room.FillText(words, vg.Point{X: x, Y: y}, c.name)
		x += words.Width(c.name) + gap
	}
	s.room.Max.Y -= tickSize * 1.2
}

func (s *sheet) image() image.Image { return s.img.Image() }

// cell returns the room of one panel of cols×rows, counted from the top left.
func (s *sheet) cell(i, cols, rows int) draw.Canvas {
	size := s.room.Size()
	w, h := (size.X+gap)/vg.Length(cols), (size.Y+gap)/vg.Length(rows)
	c := s.room
	c.Min.X += vg.Length(i%cols) * w
	c.Max.X = c.Min.X + w - gap
	c.Max.Y -= vg.Length(i/cols) * h
	c.Min.Y = c.Max.Y - h + gap
	return c
}

// newPanel returns an empty plot in the house's style.
func newPanel(title, x, y string) *plot.Plot {
	p := plot.New()
	p.TextHandler = types()
	p.Title.Text, p.Title.TextStyle, p.Title.Padding = title, style(titleSize, xfont.WeightSemiBold), 24
	for _, a := range []struct {
		axis  *plot.Axis
		label string
	}{{&p.X, x}, {&p.Y, y}} {
		align := a.axis.Tick.Label
		a.axis.Label.Text, a.axis.Label.Padding = a.label, 6
		a.axis.Label.TextStyle = style(labelSize, xfont.WeightNormal)
		a.axis.Label.TextStyle.YAlign = text.YBottom
		a.axis.Tick.Label = style(tickSize, xfont.WeightNormal)
		a.axis.Tick.Label.XAlign, a.axis.Tick.Label.YAlign = align.XAlign, align.YAlign
		a.axis.Tick.Length = 10
		a.axis.Tick.LineStyle.Width, a.axis.LineStyle.Width = axisWidth, axisWidth
		a.axis.Tick.LineStyle.Color, a.axis.LineStyle.Color = ink, ink
		a.axis.Padding = 0
	}
	p.Legend.TextStyle = style(tickSize, xfont.WeightNormal)
	p.Legend.TextStyle.XAlign, p.Legend.TextStyle.YAlign = text.XLeft, text.YBottom
	p.Legend.ThumbnailWidth, p.Legend.Padding = 60, 4
	p.Legend.Top = true
	return p
}

// rightMargin is room for the last label of an axis.
const rightMargin = 30

// frame returns the room of a panel less that of its title, and of the last
// label.
func frame(p *plot.Plot, c draw.Canvas) draw.Canvas {
	title := vg.Length(0)
	if p.Title.Text != "" {
		title = titleSize + p.Title.Padding
	}
	return draw.Crop(c, 0, -rightMargin, 0, -title)
}

// drawPanel draws a panel into what frame left, and its title above the middle
// of the data rather than of the whole.
func drawPanel(p *plot.Plot, c draw.Canvas) {
	title := p.Title.Text
	p.Title.Text = ""
	p.Draw(c)
	data := p.DataCanvas(c)
	c.FillText(p.Title.TextStyle, vg.Point{X: data.Center().X, Y: c.Max.Y + titleSize + p.Title.Padding}, title)
	p.Title.Text = title
}

// axis sets an axis to a scale.
func axis(a *plot.Axis, lo, hi float64, ticks []plot.Tick) {
	a.Min, a.Max = lo, hi
	a.Tick.Marker = plot.ConstantTicks(ticks)
}

// addGrid draws light lines at the labelled ticks, below what is added later.
func addGrid(p *plot.Plot) {
	g := plotter.NewGrid()
	g.Vertical.Color, g.Horizontal.Color = faint, faint
	g.Vertical.Width, g.Horizontal.Width = axisWidth, axisWidth
	p.Add(g)
}
