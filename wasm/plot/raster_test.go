package plot

import (
	"bytes"
	"math"
	"testing"
)

// grey is a map whose entry i is the grey i.
func grey() *Map {
	var m Map
	for i := range m {
		m[i] = Colour{uint8(i), uint8(i), uint8(i), 255}
	}
	return &m
}

func TestRaster(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	unit := Scale{Hi: 1}
	const gap, dim = 200, 150 // the stripes
	tests := []struct {
		name   string
		scale  Scale
		blur   bool
		size   bool
		nx, ny int
		v      []float32
		w, h   int
		want   []byte // grey levels, top row first
	}{
		{"upside up", unit, false, false, 2, 2, []float32{0, 1, 0.2, 0.4}, 2, 2, []byte{51, 102, 0, 255}},
		{"clamped", unit, false, false, 4, 1, []float32{-3, 0, 1, 9}, 4, 1, []byte{0, 0, 255, 255}},
		{"signed", Scale{Lo: -2, Hi: 2}, false, false, 3, 1, []float32{-2, 0, 2}, 3, 1, []byte{0, 128, 255}},
		{"decades", Scale{Kind: Log, Lo: 1e-4, Hi: 1}, false, false, 4, 1, []float32{0, 1e-4, 1e-2, 1}, 4, 1, []byte{0, 0, 128, 255}},
		{"blocks", unit, false, false, 2, 1, []float32{0, 1}, 4, 1, []byte{0, 0, 255, 255}},
		// Pixel centres lie at 1/8, 3/8, 5/8, 7/8 of the way between the nodes.
		{"between nodes", unit, true, false, 2, 1, []float32{0, 1}, 4, 1, []byte{32, 96, 159, 223}},
		{"between four", unit, true, false, 2, 2, []float32{0, 0, 1, 1}, 1, 2, []byte{191, 64}},
		{"not finite", unit, false, false, 3, 1, []float32{nan, inf, 1}, 3, 1, []byte{gap, gap, 255}},
		{"beside NaN", unit, true, false, 3, 1, []float32{0, 1, nan}, 4, 1, []byte{64, 191, gap, gap}},
		{"stripes", unit, false, false, 1, 1, []float32{nan}, 8, 1, []byte{gap, gap, gap, gap, dim, dim, dim, dim}},
		{"sizes cross zero", unit, true, true, 2, 1, []float32{-1, 1}, 4, 1, []byte{191, 64, 64, 191}},
		{"sizes in decades", Scale{Kind: Log, Lo: 1e-4, Hi: 1}, false, true, 3, 1, []float32{-1.02e-2, 0, nan}, 3, 1, []byte{128, 0, gap}},
		{"one node", unit, true, false, 1, 1, []float32{1}, 2, 2, []byte{255, 255, 255, 255}},
	}
	for _, c := range tests {
		r := Raster{Map: grey(), Scale: c.scale, Gap: Colour{gap, gap, gap, 255}, Blur: c.blur, Size: c.size}
		got := make([]byte, 4*c.w*c.h)
		r.Draw(got, c.w, c.h, c.v, c.nx, c.ny)
		var want []byte
		for _, g := range c.want {
			want = append(want, g, g, g, 255)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
	}
}

func TestRasterAllocatesOnce(t *testing.T) {
	r := Raster{Map: Viridis, Scale: Scale{Hi: 1}, Blur: true}
	dst, v := make([]byte, 4*50*50), make([]float32, 100*100)
	if n := testing.AllocsPerRun(5, func() { r.Draw(dst, 50, 50, v, 100, 100) }); n != 0 {
		t.Errorf("drawing again allocates %v times, want 0", n)
	}
}
