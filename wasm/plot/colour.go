package plot

// Colour is an sRGB colour with straight alpha.
type Colour struct{ R, G, B, A uint8 }

// Hex returns the opaque colour 0xRRGGBB.
func Hex(rgb uint32) Colour {
	return Colour{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 255}
}

// Fade returns c with its alpha multiplied by a, which lies in [0, 1].
func (c Colour) Fade(a float64) Colour {
	c.A = uint8(float64(c.A)*a + 0.5)
	return c
}

// Map is a colour map of 256 entries, from the low to the high end.
type Map [256]Colour

// The maps. Viridis and Cividis show magnitudes; the two diverging maps show
// signed fields, with zero as bright as a light page or as dark as a dark one,
// so that what differs from zero stands out on either.
var (
	// Viridis, by S. van der Walt and N. Smith (2015), at tenths.
	Viridis = newMap(0x440154, 0x482576, 0x414487, 0x35608D, 0x2A788E, 0x21908C,
		0x22A884, 0x43BF71, 0x7AD151, 0xBBDF27, 0xFDE725)
	// Cividis, by Nuñez, Anderton and Renslow, PLoS ONE 13 (2018), at ninths:
	// it looks the same with and without red-green deficiency.
	Cividis = newMap(0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678,
		0xA59C74, 0xC3B369, 0xE1CC55, 0xFEE838)
	// BlueRed is RdBu of C. Brewer's ColorBrewer, reversed: red and blue are
	// safe for all common colour deficiencies.
	BlueRed = newMap(0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7,
		0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B, 0x67001F)
	// BlueRedDark has the same hues with a dark middle, for dark pages, in the
	// manner of F. Crameri's berlin, Nature Communications 11 (2020).
	BlueRedDark = newMap(0xB5DBFA, 0x79B6E8, 0x3F8AC6, 0x275E8C, 0x1B3850, 0x17191D,
		0x46231F, 0x83382D, 0xC4573F, 0xEF8E6F, 0xFDCBB5)
)

// newMap interpolates between equidistant colours 0xRRGGBB with a cubic whose
// slopes are central differences (Catmull-Rom), so that no band shows at a knot.
func newMap(knots ...uint32) *Map {
	var m Map
	for i := range m {
		t := float64(i) / 255 * float64(len(knots)-1)
		k := min(int(t), len(knots)-2)
		t -= float64(k)
		at := func(j int, shift uint) float64 {
			return float64(knots[min(max(j, 0), len(knots)-1)] >> shift & 255)
		}
		channel := func(shift uint) uint8 {
			a, b, c, d := at(k-1, shift), at(k, shift), at(k+1, shift), at(k+2, shift)
			v := b + t*(c-a+t*(2*a-5*b+4*c-d+t*(3*(b-c)+d-a)))/2
			return uint8(min(max(v, 0), 255) + 0.5)
		}
		m[i] = Colour{channel(16), channel(8), channel(0), 255}
	}
	return &m
}

// At returns the colour at t in [0, 1]; outside, that of the nearer end.
func (m *Map) At(t float64) Colour {
	return m[int(min(max(t, 0), 1)*255+0.5)]
}
