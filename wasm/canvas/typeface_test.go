package main

import (
	"math"
	"testing"

	"golang.org/x/image/font/sfnt"

	"pinnlab/assets"
	"pinnlab/wasm/plot"
)

// needed are the characters beyond ASCII that panels, problems and messages
// use.
const needed = "∇λθ∂²⁻⁰¹³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉α∞×·−|→σηψ‖–…’ \u2009βγδεκμνξπρτφωΔΩ±≤≥≈√é"

func TestFontHasEveryGlyph(t *testing.T) {
	for i, data := range [][]byte{assets.Regular, assets.SemiBold} {
		f, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		var buffer sfnt.Buffer
		text := needed
		for r := rune(' '); r < 0x7f; r++ {
			text += string(r)
		}
		for _, r := range text {
			if g, err := f.GlyphIndex(&buffer, r); err != nil || g == 0 {
				t.Errorf("weight %d lacks %q: glyph %d, error %v", i, r, g, err)
			}
		}
	}
}

func TestFiguresAreTabular(t *testing.T) {
	for _, w := range []Weight{Regular, SemiBold} {
		want := face.Width("0000", 12, w)
		for _, text := range []string{"1111", "2345", "6789"} {
			if got := face.Width(text, 12, w); math.Abs(got-want) > 1e-9 {
				t.Errorf("weight %d: %s is %v wide, 0000 is %v", w, text, got, want)
			}
		}
	}
}

// TestGlyphsDoNotTouch: the texels around each glyph are clear, so that no
// neighbour shows at its sides.
func TestGlyphsDoNotTouch(t *testing.T) {
	f := NewTypeface()
	var m plot.Mesh
	f.Draw(&m, 0.4, 20, needed, 13, Regular, plot.Hex(0))
	at := func(x, y int) byte { return f.Pix[4*(y*atlasSize+x)] }
	for key, g := range f.glyphs {
		ink := 0
		for y := int(g.v); y < int(g.v+g.h); y++ {
			for x := int(g.u); x < int(g.u+g.w); x++ {
				ink += int(at(x, y))
			}
			if at(int(g.u+g.w), y) != 0 {
				t.Errorf("%q runs into its right neighbour", key.rune)
			}
		}
		if g.w > 0 && ink == 0 {
			t.Errorf("%q has no ink", key.rune)
		}
	}
	if at(0, 0) != 255 {
		t.Error("the solid texel is not solid")
	}
}

// TestAtlasRunsOver: text too large for the atlas is dropped and reported, and
// Clear makes room again.
func TestAtlasRunsOver(t *testing.T) {
	f := NewTypeface()
	for size := 100.0; !f.Full && size < 400; size += 10 {
		f.Width("WMQ@%&", size, Regular)
	}
	if !f.Full {
		t.Fatal("the atlas never ran over")
	}
	f.Clear()
	if f.Width("M", 12, Regular); f.Full || len(f.glyphs) != 1 {
		t.Errorf("after Clear: full %v, %d glyphs", f.Full, len(f.glyphs))
	}
}
