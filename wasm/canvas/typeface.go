package main

import (
	"image"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"pinnlab/assets"
	"pinnlab/wasm/plot"
)

// Weight of a face.
type Weight uint8

const (
	Regular Weight = iota
	SemiBold
)

// Typeface draws text as quads of an atlas, into which each glyph is drawn
// once for each size and fraction of a pixel. The atlas also has an opaque
// texel at its origin, for all that is not text.
type Typeface struct {
	Pix   []byte // premultiplied white, atlasSize×atlasSize RGBA
	Fresh bool   // Pix has changed; whoever uploads it resets this
	Full  bool   // a glyph found no room: start again with Clear

	fonts  [2]*sfnt.Font
	buffer sfnt.Buffer
	glyphs map[glyphKey]glyph
	kerns  map[[3]uint16]float64 // of an em
	x, y   int                   // next free place on the shelf
	shelf  int                   // height of the shelf
	ink    vector.Rasterizer
	mask   *image.Alpha
}

const (
	atlasSize = 1024
	thirds    = 3 // places of a glyph between two pixels
)

type glyphKey struct {
	rune  rune
	size  float32
	frac  uint8
	heavy Weight
}

type glyph struct {
	index   sfnt.GlyphIndex
	u, v    int16
	w, h    int16
	dx, dy  int16 // from the pen to the upper left corner
	advance float64
	figure  bool // tabular: not to be kerned
}

// NewTypeface parses the embedded fonts.
func NewTypeface() *Typeface {
	t := &Typeface{Pix: make([]byte, 4*atlasSize*atlasSize), kerns: map[[3]uint16]float64{}}
	for i, data := range [][]byte{assets.Regular, assets.SemiBold} {
		f, err := sfnt.Parse(data)
		if err != nil {
			panic("canvas: NewTypeface: " + err.Error())
		}
		t.fonts[i] = f
	}
	t.Clear()
	return t
}

// Clear empties the atlas.
func (t *Typeface) Clear() {
	clear(t.Pix)
	for _, i := range []int{0, 1, atlasSize, atlasSize + 1} {
		copy(t.Pix[4*i:], []byte{255, 255, 255, 255})
	}
	t.glyphs = map[glyphKey]glyph{}
	t.x, t.y, t.shelf = 4, 0, 4
	t.Fresh, t.Full = true, false
}

// Width returns the width of text, in pixels like size.
func (t *Typeface) Width(text string, size float64, w Weight) float64 {
	x := 0.0
	var last glyph
	for i, r := range text {
		g := t.glyph(glyphKey{r, float32(size), 0, w})
		if i > 0 {
			x += t.kern(last, g, w) * size
		}
		x += g.advance
		last = g
	}
	return x
}

// Draw adds text to m with its pen at x on the baseline y.
func (t *Typeface) Draw(m *plot.Mesh, x, y float64, text string, size float64, w Weight, c plot.Colour) {
	y = math.Round(y)
	var last glyph
	for i, r := range text {
		g := t.glyph(glyphKey{r, float32(size), 0, w})
		if i > 0 {
			x += t.kern(last, g, w) * size
		}
		cell := math.Floor(x*thirds + 0.5)
		whole := math.Floor(cell / thirds)
		if frac := uint8(cell - whole*thirds); frac > 0 {
			g = t.glyph(glyphKey{r, float32(size), frac, w})
		}
		if g.w > 0 {
			m.Glyph(whole+float64(g.dx), y+float64(g.dy), float64(g.w), float64(g.h), float64(g.u), float64(g.v), c)
		}
		x += g.advance
		last = g
	}
}

// kern returns what to add between two glyphs, in ems.
func (t *Typeface) kern(a, b glyph, w Weight) float64 {
	if a.figure || b.figure {
		return 0
	}
	key := [3]uint16{uint16(a.index), uint16(b.index), uint16(w)}
	k, ok := t.kerns[key]
	if !ok {
		const em = 1 << 10
		if v, err := t.fonts[w].Kern(&t.buffer, a.index, b.index, fixed.I(em), font.HintingNone); err == nil {
			k = float64(v) / 64 / em
		}
		t.kerns[key] = k
	}
	return k
}

// glyph returns a glyph of the atlas, drawing it if it is new. A rune that the
// font lacks becomes its box.
func (t *Typeface) glyph(key glyphKey) glyph {
	if g, ok := t.glyphs[key]; ok {
		return g
	}
	f := t.fonts[key.heavy]
	ppem := fixed.Int26_6(float64(key.size)*64 + 0.5)
	index, err := f.GlyphIndex(&t.buffer, key.rune)
	if err != nil {
		index = 0
	}
	g := glyph{index: index, figure: key.rune >= '0' && key.rune <= '9'}
	if a, err := f.GlyphAdvance(&t.buffer, index, ppem, font.HintingNone); err == nil {
		g.advance = float64(a) / 64
	}
	if outline, err := f.LoadGlyph(&t.buffer, index, ppem, nil); err == nil && len(outline) > 0 {
		t.draw(&g, outline, float32(key.frac)/thirds)
	}
	t.glyphs[key] = g
	return g
}

// draw rasterises an outline, moved right by shift, into the atlas.
func (t *Typeface) draw(g *glyph, outline sfnt.Segments, shift float32) {
	b := outline.Bounds()
	x0, y0 := b.Min.X.Floor(), b.Min.Y.Floor()
	w, h := b.Max.X.Ceil()-x0+1, b.Max.Y.Ceil()-y0
	if !t.place(w+1, h+1) { // a clear texel between neighbours
		return
	}
	g.u, g.v, g.w, g.h, g.dx, g.dy = int16(t.x), int16(t.y), int16(w), int16(h), int16(x0), int16(y0)
	t.ink.Reset(w, h)
	at := func(p fixed.Point26_6) (float32, float32) {
		return float32(p.X)/64 - float32(x0) + shift, float32(p.Y)/64 - float32(y0)
	}
	for _, s := range outline {
		x, y := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			t.ink.ClosePath()
			t.ink.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			t.ink.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			u, v := at(s.Args[1])
			t.ink.QuadTo(x, y, u, v)
		}
	}
	t.ink.ClosePath()
	if t.mask == nil || t.mask.Rect.Dx() < w || t.mask.Rect.Dy() < h {
		t.mask = image.NewAlpha(image.Rect(0, 0, max(w, 64), max(h, 64)))
	}
	clear(t.mask.Pix)
	t.ink.Draw(t.mask, image.Rect(0, 0, w, h), image.Opaque, image.Point{})
	for j := range h {
		for i := range w {
			a := t.mask.Pix[j*t.mask.Stride+i]
			copy(t.Pix[4*((t.y+j)*atlasSize+t.x+i):], []byte{a, a, a, a})
		}
	}
	t.x += w + 1
	t.Fresh = true
}

// place finds room for w×h texels at (t.x, t.y), on a new shelf if need be.
func (t *Typeface) place(w, h int) bool {
	if t.x+w > atlasSize {
		t.x, t.y, t.shelf = 0, t.y+t.shelf, 0
	}
	if w > atlasSize || t.y+h > atlasSize {
		t.Full = true
		return false
	}
	t.shelf = max(t.shelf, h)
	return true
}
