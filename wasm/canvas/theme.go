package main

import "pinnlab/wasm/plot"

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

	Models [4]plot.Colour
	Groups [3]plot.Colour // residual, then the conditions
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
		Models: [4]plot.Colour{plot.Hex(0x6B7280), plot.Hex(0xC98200), plot.Hex(0x008A66), plot.Hex(0xB4568F)},
		Groups: [3]plot.Colour{plot.Hex(0x0072B2), plot.Hex(0xD55E00), plot.Hex(0x2B3038)},
	}
	dark = Theme{
		Page: plot.Hex(0x14171B), Ink: plot.Hex(0xE8EBEF), Muted: plot.Hex(0x9AA4B0),
		Axis: plot.Hex(0x59626D), Grid: plot.Hex(0x272C33), Gap: plot.Hex(0x3D444D),
		Alarm: plot.Hex(0xFF8A57), Signed: plot.BlueRedDark, Magnitude: plot.Cividis, Error: plot.Viridis,
		Models: [4]plot.Colour{plot.Hex(0xA7B0BB), plot.Hex(0xE69F00), plot.Hex(0x1DB48A), plot.Hex(0xDB8DBC)},
		Groups: [3]plot.Colour{plot.Hex(0x3D9EDB), plot.Hex(0xF07C2E), plot.Hex(0xDDE2E8)},
	}
)

// Dashes of the groups' curves in pixels on and off, beside their colours; 0
// is a solid line.
var dashes = [3][2]float64{{0, 0}, {5, 3}, {1.5, 2.5}}

// model returns the colour and the usual description of a slot, M1 to M4.
func (t *Theme) model(slot string) (plot.Colour, string) {
	switch slot {
	case "M2":
		return t.Models[1], "+ annealing"
	case "M3":
		return t.Models[2], "+ gated architecture"
	case "M4":
		return t.Models[3], "both"
	}
	return t.Models[0], "plain"
}

// group returns the colour and dashes of loss group g.
func (t *Theme) group(g int) (plot.Colour, [2]float64) {
	g = min(g, len(t.Groups)-1)
	return t.Groups[g], dashes[g]
}

// colour returns the colour of a slot.
func (t *Theme) colour(slot string) plot.Colour {
	c, _ := t.model(slot)
	return c
}
