package main

import (
	"math"
	"strings"

	"pinnlab/wasm/plot"
)

// Type sizes and the unit of distance, in CSS pixels.
const (
	tickSize  = 11.0
	textSize  = 12.0
	titleSize = 14.0
	bigSize   = 20.0
	unit      = 8.0
)

// Align says which part of a text its position means.
type Align uint8

const (
	Start Align = iota
	Middle
	End
)

// Pen draws in CSS pixels onto a mesh in device pixels.
type Pen struct {
	Mesh  *plot.Mesh
	Face  *Typeface
	Scale float64 // device pixels per CSS pixel

	written func(text string, where plot.Rect) // told of every text, for tests; nil for nobody

	points, thin, dashed []plot.Point // scratch
}

// snap moves v to the nearest edge between device pixels.
func (p *Pen) snap(v float64) float64 { return math.Round(v * p.Scale) }

// Box fills r, its sides on pixels.
func (p *Pen) Box(r plot.Rect, c plot.Colour) {
	x, y := p.snap(r.X), p.snap(r.Y)
	p.Mesh.Rect(plot.Rect{X: x, Y: y, W: p.snap(r.X+r.W) - x, H: p.snap(r.Y+r.H) - y}, c)
}

// hair is the width of a thin line in device pixels.
func (p *Pen) hair() float64 { return max(1, math.Floor(p.Scale)) }

// Across draws a thin horizontal line.
func (p *Pen) Across(x0, x1, y float64, c plot.Colour) {
	x, h := p.snap(x0), p.hair()
	p.Mesh.Rect(plot.Rect{X: x, Y: p.snap(y) - math.Floor(h/2), W: p.snap(x1) - x, H: h}, c)
}

// Down draws a thin vertical line.
func (p *Pen) Down(x, y0, y1 float64, c plot.Colour) {
	y, w := p.snap(y0), p.hair()
	p.Mesh.Rect(plot.Rect{X: p.snap(x) - math.Floor(w/2), Y: y, W: w, H: p.snap(y1) - y}, c)
}

// Curve strokes points given in CSS pixels, whose x do not decrease unless all
// lie in one column; they are thinned to the device's pixels.
func (p *Pen) Curve(pts []plot.Point, width float64, c plot.Colour, dash [2]float64) {
	p.device(pts)
	p.thin = plot.Decimate(p.thin[:0], p.points)
	p.dashed = plot.Dash(p.dashed[:0], p.thin, dash[0]*p.Scale, dash[1]*p.Scale)
	p.Mesh.Stroke(p.dashed, width*p.Scale, c)
}

// stroke strokes points in any order.
func (p *Pen) stroke(pts []plot.Point, width float64, c plot.Colour) {
	p.device(pts)
	p.Mesh.Stroke(p.points, width*p.Scale, c)
}

// Area fills between points and a base, in CSS pixels.
func (p *Pen) Area(pts []plot.Point, base float64, c plot.Colour) {
	p.device(pts)
	p.Mesh.Fill(p.points, base*p.Scale, c)
}

// device sets p.points to pts in device pixels.
func (p *Pen) device(pts []plot.Point) {
	p.points = p.points[:0]
	for _, q := range pts {
		p.points = append(p.points, plot.Point{X: q.X * p.Scale, Y: q.Y * p.Scale})
	}
}

// Ring strokes a circle.
func (p *Pen) Ring(x, y, r, width float64, c plot.Colour) {
	const n = 24
	p.points = p.points[:0]
	for i := range n + 1 {
		s, k := math.Sincos(2 * math.Pi * float64(i) / n)
		p.points = append(p.points, plot.Point{X: (x + r*k) * p.Scale, Y: (y + r*s) * p.Scale})
	}
	p.Mesh.Stroke(p.points, width*p.Scale, c)
}

// Dot fills a circle.
func (p *Pen) Dot(x, y, r float64, c plot.Colour) { p.Ring(x, y, r/2, r, c) }

// Triangle fills the triangle of three points.
func (p *Pen) Triangle(a, b, c plot.Point, colour plot.Colour) {
	p.device([]plot.Point{a, b, c})
	p.Mesh.Triangle(p.points[0], p.points[1], p.points[2], colour)
}

// Style is how text looks.
type Style struct {
	Size   float64
	Weight Weight
	Colour plot.Colour
}

// Width returns the width of text.
func (p *Pen) Width(text string, s Style) float64 {
	return p.Face.Width(text, s.Size*p.Scale, s.Weight) / p.Scale
}

// Text writes text with its baseline at y and returns where it ends.
func (p *Pen) Text(x, y float64, text string, s Style, a Align) float64 {
	w := p.Width(text, s)
	switch a {
	case Middle:
		x -= w / 2
	case End:
		x -= w
	}
	if p.written != nil {
		p.written(text, plot.Rect{X: x, Y: y - 0.72*s.Size, W: w, H: 0.72 * s.Size})
	}
	p.Face.Draw(p.Mesh, x*p.Scale, y*p.Scale, text, s.Size*p.Scale, s.Weight, s.Colour)
	return x + w
}

// Pick returns the first of the wordings that is no wider than room, or "".
func (p *Pen) Pick(s Style, room float64, wordings ...string) string {
	for _, w := range wordings {
		if w != "" && p.Width(w, s) <= room {
			return w
		}
	}
	return ""
}

// Words returns as many whole words of text as have room, without signs at the
// end that promise more.
func (p *Pen) Words(text string, s Style, room float64) string {
	for p.Width(text, s) > room {
		text = strings.TrimRight(text[:max(strings.LastIndexByte(text, ' '), 0)], " +,:=")
	}
	return text
}
