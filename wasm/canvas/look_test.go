package main

import (
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pinnlab/wasm/plot"
)

// paint draws a scene in software: rasters by nearest pixel, triangles by
// barycentric coordinates at pixel centres. It is what the graphics card does,
// slowly.
func paint(s *Scene, width, height, scale float64) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, int(width*scale), int(height*scale)))
	for i := range img.Pix {
		img.Pix[i] = []uint8{s.theme.Page.R, s.theme.Page.G, s.theme.Page.B, 255}[i%4]
	}
	for _, p := range s.Pictures[:s.Used] {
		x0, y0, x1, y1 := math.Round(p.Place.X*scale), math.Round(p.Place.Y*scale), math.Round(p.Place.Right()*scale), math.Round(p.Place.Bottom()*scale)
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				k := 4 * (int((y-y0)/(y1-y0)*float64(p.H))*p.W + int((x-x0)/(x1-x0)*float64(p.W)))
				img.SetRGBA(int(x), int(y), color.RGBA{p.Pix[k], p.Pix[k+1], p.Pix[k+2], 255})
			}
		}
	}
	for _, m := range []*plot.Mesh{&s.Mesh, &s.Over} {
		for _, c := range m.Used() {
			for i := 0; i < len(c.Indices); i += 3 {
				triangle(img, s.pen.Face, c.Vertices[c.Indices[i]], c.Vertices[c.Indices[i+1]], c.Vertices[c.Indices[i+2]])
			}
		}
	}
	return img
}

func triangle(img *image.RGBA, face *Typeface, a, b, c plot.Vertex) {
	area := (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X)
	if area == 0 {
		return
	}
	x0, x1 := int(min(a.X, b.X, c.X)), int(max(a.X, b.X, c.X))
	y0, y1 := int(min(a.Y, b.Y, c.Y)), int(max(a.Y, b.Y, c.Y))
	for y := max(y0, 0); y <= y1 && y < img.Rect.Dy(); y++ {
		for x := max(x0, 0); x <= x1 && x < img.Rect.Dx(); x++ {
			px, py := float32(x)+0.5, float32(y)+0.5
			u := ((b.X-px)*(c.Y-py) - (b.Y-py)*(c.X-px)) / area
			v := ((c.X-px)*(a.Y-py) - (c.Y-py)*(a.X-px)) / area
			w := 1 - u - v
			// The left and upper sides belong to a triangle, the others not.
			if u < 0 || v < 0 || w < 0 || edge(u, b, c, area) || edge(v, c, a, area) || edge(w, a, b, area) {
				continue
			}
			tu, tv := int(u*a.U+v*b.U+w*c.U), int(u*a.V+v*b.V+w*c.V)
			t := float32(face.Pix[4*(tv*atlasSize+tu)]) / 255
			alpha := (u*a.A + v*b.A + w*c.A) * t
			p := img.Pix[img.PixOffset(x, y):]
			for k, s := range [3]float32{u*a.R + v*b.R + w*c.R, u*a.G + v*b.G + w*c.G, u*a.B + v*b.B + w*c.B} {
				p[k] = uint8(min(float32(p[k])*(1-alpha)+s*t*255+0.5, 255))
			}
		}
	}
}

// edge reports whether a point on the side from p to q belongs to a neighbour.
func edge(weight float32, p, q plot.Vertex, area float32) bool {
	if weight != 0 {
		return false
	}
	dx, dy := q.X-p.X, q.Y-p.Y
	if area < 0 {
		dx, dy = -dx, -dy
	}
	return !(dy < 0 || dy == 0 && dx > 0)
}

// TestLook writes pictures into the folder that PINNLAB_LOOK names, for eyes.
func TestLook(t *testing.T) {
	dir := os.Getenv("PINNLAB_LOOK")
	if dir == "" {
		t.Skip("PINNLAB_LOOK is not set")
	}
	face := NewTypeface()
	cases := []struct {
		name   string
		width  float64
		scale  float64
		models []string
		line   bool
		change func(*Board)
		point  plot.Point
	}{
		{"four-1280", 1280, 1, []string{"M1", "M2", "M3", "M4"}, false, nil, plot.Point{}},
		{"one-1280", 1280, 1, []string{"M1"}, false, nil, plot.Point{}},
		{"four-1920-dark", 1920, 1, []string{"M1", "M2", "M3", "M4"}, false, func(b *Board) { b.View.Dark = true }, plot.Point{}},
		{"two-1920", 1920, 1, []string{"M1", "M4"}, false, func(b *Board) { b.View.LogGrad = true }, plot.Point{}},
		{"four-390", 390, 2, []string{"M1", "M2", "M3", "M4"}, false, nil, plot.Point{}},
		{"one-390-dark", 390, 2, []string{"M4"}, false, func(b *Board) { b.View.Dark = true }, plot.Point{}},
		{"four-960", 960, 1, []string{"M1", "M2", "M3", "M4"}, false, nil, plot.Point{X: 500, Y: 250}},
		{"line-1280", 1280, 1, []string{"M1", "M4"}, true, nil, plot.Point{}},
		{"one-1920", 1920, 1, []string{"M4"}, false, func(b *Board) { b.View.LogGrad = true; b.View.LinearErr = true }, plot.Point{}},
		{"line-one", 1280, 1, []string{"M1"}, true, func(b *Board) { b.View.Dark = true }, plot.Point{X: 300, Y: 200}},
		{"empty-1280", 1280, 1, nil, false, nil, plot.Point{}},
		{"fit-four-980", 980, 1, []string{"M1", "M2", "M3", "M4"}, false, func(b *Board) { b.View.Height = 560 }, plot.Point{}},
		{"fit-two-980", 980, 1, []string{"M1", "M4"}, false, func(b *Board) { b.View.Height, b.View.Points = 560, true }, plot.Point{}},
		{"fit-one-980", 980, 1, []string{"M4"}, false, func(b *Board) { b.View.Height, b.View.LogGrad = 560, true }, plot.Point{}},
		{"gradients-two", 980, 1, []string{"M1", "M4"}, false, func(b *Board) { b.View.Tab = plot.GradientsTab }, plot.Point{}},
		{"gradients-after", 980, 1, []string{"M1", "M4"}, false, func(b *Board) { b.View.Tab, b.View.Weighted, b.View.LogGrad = plot.GradientsTab, true, true }, plot.Point{}},
		{"gradients-pooled", 1280, 1, []string{"M1", "M2", "M4"}, false, func(b *Board) { b.View.Tab, b.View.Pooled, b.View.Dark = plot.GradientsTab, true, true }, plot.Point{}},
		{"stiffness", 980, 1, []string{"M1", "M3"}, false, func(b *Board) { b.View.Tab = plot.StiffnessTab }, plot.Point{}},
		{"curves", 980, 1, []string{"M1", "M2", "M3", "M4"}, false, func(b *Board) { b.View.Tab = plot.CurvesTab }, plot.Point{}},
	}
	for _, c := range cases {
		b := &Board{cast: demoCast}
		if c.change != nil {
			c.change(b)
		}
		b.View.Title = "Helmholtz, a = (1, 4)"
		for _, m := range c.models {
			data := demo(m, 12350)
			if c.line {
				data = demoLine(m, 12350)
			}
			if err := b.Show(m, data); err != nil {
				t.Fatal(err)
			}
		}
		s := NewScene(b, face)
		s.Build(c.width, c.scale)
		s.Point(c.point, c.point.X > 0)
		vertices := 0
		for _, k := range s.Mesh.Used() {
			vertices += len(k.Vertices)
		}
		t.Log(c.name, "height", s.Layout.Height, "vertices", strconv.Itoa(vertices))
		f, err := os.Create(filepath.Join(dir, c.name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, paint(s, c.width, s.Layout.Height, c.scale)); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}
