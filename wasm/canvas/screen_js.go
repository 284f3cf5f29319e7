package main

import (
	"image/color"

	"github.com/hajimehoshi/ebiten/v2"

	"pinnlab/wasm/plot"
)

// screen keeps on the graphics card what a scene consists of.
type screen struct {
	rebuilt, moved bool // since the last draw

	size     [2]int
	atlas    *ebiten.Image
	images   []texture
	vertices []ebiten.Vertex // scratch
}

// texture is the copy of a Picture.
type texture struct {
	on      *ebiten.Image
	version int
}

// draw shows s on target, which keeps what it had: so nothing is done where
// nothing has changed.
func (c *screen) draw(target *ebiten.Image, s *Scene) {
	size := [2]int{target.Bounds().Dx(), target.Bounds().Dy()}
	if !c.rebuilt && !c.moved && size == c.size {
		return
	}
	c.rebuilt, c.moved, c.size = false, false, size
	c.upload(s)
	p := s.theme.Page
	target.Fill(color.RGBA{p.R, p.G, p.B, 255})
	for i := range s.Pictures[:s.Used] {
		c.picture(target, &s.Pictures[i], c.images[i].on, s.pen.Scale)
	}
	c.triangles(target, &s.Mesh)
	c.triangles(target, &s.Over)
}

// upload sends what is new: glyphs and rasters.
func (c *screen) upload(s *Scene) {
	if c.atlas == nil {
		c.atlas = ebiten.NewImage(atlasSize, atlasSize)
	}
	if face := s.pen.Face; face.Fresh {
		c.atlas.WritePixels(face.Pix)
		face.Fresh = false
	}
	for len(c.images) < len(s.Pictures) {
		c.images = append(c.images, texture{})
	}
	for i := range s.Pictures[:s.Used] {
		p, m := &s.Pictures[i], &c.images[i]
		if m.on != nil && m.on.Bounds().Dx() == p.W && m.on.Bounds().Dy() == p.H {
			if m.version == p.Version {
				continue
			}
		} else {
			if m.on != nil {
				m.on.Deallocate()
			}
			m.on = ebiten.NewImage(p.W, p.H)
		}
		m.on.WritePixels(p.Pix)
		m.version = p.Version
	}
}

// free gives the graphics card's memory back.
func (c *screen) free() {
	if c.atlas != nil {
		c.atlas.Deallocate()
	}
	for _, m := range c.images {
		if m.on != nil {
			m.on.Deallocate()
		}
	}
}

// picture draws a raster into its place, its sides on device pixels.
func (c *screen) picture(target *ebiten.Image, p *Picture, on *ebiten.Image, scale float64) {
	pen := Pen{Scale: scale}
	x, y := pen.snap(p.Place.X), pen.snap(p.Place.Y)
	w, h := pen.snap(p.Place.Right())-x, pen.snap(p.Place.Bottom())-y
	var o ebiten.DrawImageOptions
	o.GeoM.Scale(w/float64(p.W), h/float64(p.H))
	o.GeoM.Translate(x, y)
	o.Filter = ebiten.FilterLinear
	target.DrawImage(on, &o)
}

// triangles draws a mesh with the glyph atlas as its texture.
func (c *screen) triangles(target *ebiten.Image, m *plot.Mesh) {
	o := ebiten.DrawTrianglesOptions{ColorScaleMode: ebiten.ColorScaleModePremultipliedAlpha}
	for _, k := range m.Used() {
		c.vertices = c.vertices[:0]
		for _, v := range k.Vertices {
			c.vertices = append(c.vertices, ebiten.Vertex{DstX: v.X, DstY: v.Y, SrcX: v.U, SrcY: v.V,
				ColorR: v.R, ColorG: v.G, ColorB: v.B, ColorA: v.A})
		}
		target.DrawTriangles(c.vertices, k.Indices, c.atlas, &o)
	}
}
