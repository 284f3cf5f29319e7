package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pinnlab/core/record"
	"pinnlab/core/train"
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

// trained returns Snapshots of real runs of a preset, after some steps, that
// belong to demoCast.
func trained(t testing.TB, preset string, steps int, models ...string) map[string][]byte {
	t.Helper()
	shots := map[string][]byte{}
	for _, model := range models {
		cfg, err := train.Default(preset, model)
		if err != nil {
			t.Fatal(err)
		}
		run, err := train.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		for range steps {
			if err := run.Step(); err != nil {
				t.Fatal(err)
			}
		}
		run.Survey(true)
		var s record.Snapshot
		run.Snapshot(&s)
		s.Status, s.Rate = record.Running, 412
		s.Origin = record.Origin{Problem: demoCast.Problem, Contestant: model, Run: 1}
		data, err := s.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		shots[model] = data
	}
	return shots
}

// TestLook writes pictures of real runs into the folder that PINNLAB_LOOK
// names, for eyes: each preset at the sizes that the page gives the canvas at
// 1280×720, 1920×1080 and 390×844, light and dark, every tab.
func TestLook(t *testing.T) {
	dir := os.Getenv("PINNLAB_LOOK")
	if dir == "" {
		t.Skip("PINNLAB_LOOK is not set")
	}
	sizes := [][3]float64{{980, 560, 1}, {1620, 860, 1}, {390, 700, 2}}
	for _, preset := range []string{"helmholtz", "klein_gordon", "poisson", "cavity_streamfunction"} {
		shots := trained(t, preset, 400, slotKeys[:4]...)
		for _, models := range []string{"M1", "M1 M4", "M1 M2 M3 M4"} {
			b := &Board{cast: demoCast, View: View{Title: preset}}
			for _, m := range strings.Fields(models) {
				if err := b.Show(m, shots[m]); err != nil {
					t.Fatal(err)
				}
			}
			s := NewScene(b, NewTypeface())
			for i, size := range sizes {
				for tab := plot.OverviewTab; tab <= plot.CurvesTab; tab++ {
					b.View.Tab, b.View.Height, b.View.Dark = tab, size[1], (int(tab)+i)%2 == 1
					s.Build(size[0], size[2])
					save(t, s, size[0], size[2], filepath.Join(dir, fmt.Sprintf("%s-%d-%s-%.0f.png", preset, len(b.Slots), tabs[tab], size[0])))
				}
			}
		}
	}
}

func save(t *testing.T, s *Scene, width, scale float64, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, paint(s, width, s.Layout.Height, scale)); err != nil {
		t.Fatal(err)
	}
}
