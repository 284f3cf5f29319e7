package main

import (
	"slices"

	"pinnlab/wasm/plot"
)

// Theme is the set of colours of the page's light or dark dress.
type Theme struct {
	Page  plot.Colour // behind everything
	Ink   plot.Colour // titles and numbers
	Muted plot.Colour // labels
	Axis  plot.Colour // ends of a plot
	Grid  plot.Colour // inside of a plot
	Gap   plot.Colour // stripes where a field is not a number
	Alarm plot.Colour // a run that diverged

	Signed, Magnitude, Error *plot.Map

	Models [plot.MostModels]plot.Colour
	Groups [3]plot.Colour // residual, then the conditions

	places map[string]int // of slots in Models, where not the usual
}

// The curves' colours are those of Okabe and Ito, "Color Universal Design"
// (2008), shared out so that no model has a loss term's colour: all of them
// are distinct under every common colour deficiency. On white, orange, green
// and purple are darkened to stay legible as thin lines.
var (
	light = Theme{
		Page: plot.Hex(0xFFFFFF), Ink: plot.Hex(0x1B1F24), Muted: plot.Hex(0x5B6470),
		Axis: plot.Hex(0xA9B1BB), Grid: plot.Hex(0xE8EBEF), Gap: plot.Hex(0xDDE1E6),
		Alarm: plot.Hex(0xB8400A), Signed: plot.BlueRed, Magnitude: plot.Cividis, Error: plot.Viridis,
		Models: [plot.MostModels]plot.Colour{plot.Hex(0x6B7280), plot.Hex(0xC98200), plot.Hex(0x008A66), plot.Hex(0xB4568F), plot.Hex(0x2E8FCB), plot.Hex(0x7B4A1E)},
		Groups: [3]plot.Colour{plot.Hex(0x0072B2), plot.Hex(0xD55E00), plot.Hex(0x2B3038)},
	}
	dark = Theme{
		Page: plot.Hex(0x14171B), Ink: plot.Hex(0xE8EBEF), Muted: plot.Hex(0x9AA4B0),
		Axis: plot.Hex(0x59626D), Grid: plot.Hex(0x272C33), Gap: plot.Hex(0x3D444D),
		Alarm: plot.Hex(0xFF8A57), Signed: plot.BlueRedDark, Magnitude: plot.Cividis, Error: plot.Viridis,
		Models: [plot.MostModels]plot.Colour{plot.Hex(0xA7B0BB), plot.Hex(0xE69F00), plot.Hex(0x1DB48A), plot.Hex(0xDB8DBC), plot.Hex(0x7CCBF6), plot.Hex(0xC79A6B)},
		Groups: [3]plot.Colour{plot.Hex(0x3D9EDB), plot.Hex(0xF07C2E), plot.Hex(0xDDE2E8)},
	}
)

// Dashes of the groups' curves in pixels on and off, beside their colours; 0
// is a solid line.
var dashes = [3][2]float64{{0, 0}, {5, 3}, {1.5, 2.5}}

// words are the usual descriptions of slots.
var words = map[string]string{"M1": "plain", "M2": "+ annealing", "M3": "+ gated architecture", "M4": "both", "GN": "Gauss-Newton"}

// colour returns the colour of a slot: M1 to M4 and GN have their own, others what the
// line-up says.
func (t *Theme) colour(slot string) plot.Colour {
	place, ok := t.places[slot]
	if !ok {
		place = slices.Index(slotKeys[:], slot)
	}
	if place < 0 || place >= len(t.Models) {
		place = 0
	}
	return t.Models[place]
}

// group returns the colour and dashes of loss group g.
func (t *Theme) group(g int) (plot.Colour, [2]float64) {
	g = min(g, len(t.Groups)-1)
	return t.Groups[g], dashes[g]
}
