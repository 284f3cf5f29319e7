package plot

import "testing"

func TestMapsPassTheirKnots(t *testing.T) {
	tests := []struct {
		name string
		m    *Map
		at   int
		want uint32
	}{
		{"viridis low", Viridis, 0, 0x440154},
		{"viridis middle", Viridis, 51 * 2, 0x2A788E}, // two fifths
		{"viridis high", Viridis, 255, 0xFDE725},
		{"cividis low", Cividis, 0, 0x00224E},
		{"cividis third", Cividis, 85, 0x575D6D},
		{"cividis high", Cividis, 255, 0xFEE838},
		{"blue end", BlueRed, 0, 0x053061},
		{"red end", BlueRed, 255, 0x67001F},
		{"dark blue end", BlueRedDark, 0, 0xB5DBFA},
	}
	for _, c := range tests {
		if got, want := c.m[c.at], Hex(c.want); got != want {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
	}
}

// luminance is the relative luminance of sRGB, linearised by its square.
func luminance(c Colour) float64 {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	return 0.2126*r*r + 0.7152*g*g + 0.0722*b*b
}

// TestMapsAreOrdered: on a map of magnitudes more is brighter; on a diverging
// one brightness falls, or rises, from the middle to both ends.
func TestMapsAreOrdered(t *testing.T) {
	tests := []struct {
		name     string
		m        *Map
		from, to int
	}{
		{"viridis", Viridis, 0, 255},
		{"cividis", Cividis, 0, 255},
		{"blue half", BlueRed, 0, 127},
		{"red half", BlueRed, 255, 128},
		{"dark blue half", BlueRedDark, 127, 0},
		{"dark red half", BlueRedDark, 128, 255},
	}
	for _, c := range tests {
		step := 1
		if c.to < c.from {
			step = -1
		}
		high := luminance(c.m[c.from])
		for i := c.from; i != c.to; i += step {
			// 8-bit rounding makes steps of up to 0.4 % of one channel.
			if l := luminance(c.m[i+step]); l < high-0.006 {
				t.Errorf("%s: entry %d has luminance %.4f, after %.4f", c.name, i+step, l, high)
			} else {
				high = max(high, l)
			}
		}
	}
}

func TestAt(t *testing.T) {
	for _, c := range []struct {
		t    float64
		want int
	}{{-1, 0}, {0, 0}, {0.5, 128}, {1, 255}, {7, 255}} {
		if got := Viridis.At(c.t); got != Viridis[c.want] {
			t.Errorf("At(%v) = %v, want entry %d, %v", c.t, got, c.want, Viridis[c.want])
		}
	}
}
