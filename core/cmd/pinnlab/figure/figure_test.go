package figure

import (
	"bytes"
	"image/png"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"

	"pinnlab/core/record"
)

func labels(ticks []plot.Tick) string {
	var words []string
	for _, t := range ticks {
		if t.Label != "" {
			words = append(words, t.Label)
		}
	}
	return strings.Join(words, " ")
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{labels(linearTicks(-1, 1, 5)), "−1.0 −0.5 0.0 0.5 1.0"},
		{labels(linearTicks(0, 40000, 4)), "0 10,000 20,000 30,000 40,000"},
		{labels(linearTicks(0, 3e-5, 3)), "0 1·10⁻⁵ 2·10⁻⁵ 3·10⁻⁵"},
		{labels(linearTicks(0, 2.4e7, 3)), "0 1·10⁷ 2·10⁷"},
		{labels(linearTicks(0, 0, 3)), "0"},
		{labels(decadeTicks(-3.2, 1.1, 10)), "10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹"},
		{labels(decadeTicks(-12, 0, 5)), "10⁻¹² 10⁻⁹ 10⁻⁶ 10⁻³ 10⁰"},
		{labels(logTicks(math.Log10(59), math.Log10(210))), "60 80 100 200"},
		{labels(symlog(1).ticks(100, false, 6)), "0 10⁰ 10¹ 10²"},
		{labels(symlog(1e-2).ticks(10, true, 6)), "0 10⁰ −10⁰ 10¹ −10¹"},
		{brief(0.00523), "0.0052"}, {brief(213.4), "210"}, {brief(1.2e-7), "1.2·10⁻⁷"}, {brief(0), "0"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestSymlogInverse(t *testing.T) {
	s := symlog(1e-3)
	for _, v := range []float64{0, 1e-4, -1e-3, 0.02, -7, 300} {
		if got := s.unbend(s.bend(v)); math.Abs(got-v) > 1e-12*math.Abs(v) { // of an exponential and a logarithm
			t.Errorf("unbend(bend(%v)) = %v", v, got)
		}
	}
}

// TestDensity compares a normal law's histogram with its density and its mass.
func TestDensity(t *testing.T) {
	var h record.Histogram
	h.Reset()
	const n, sd = 20000, 0.5
	for i := range n {
		h.Add(sd * math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/n-1))
	}
	l := lawOf(&h)
	if l.total != n {
		t.Fatalf("total %v, want %v", l.total, n)
	}
	if m := l.quantile(0.5); m < 0.3 || m > 0.45 { // 0.337, and the next quarter of an octave
		t.Errorf("median |g| %v", m)
	}
	const columns = 400
	d := l.density(-3, 3, columns, l.bandwidth()/(6.0/columns), func(p float64) float64 { return p })
	mass := 0.0
	for _, v := range d {
		mass += v * 6 / columns
	}
	if math.Abs(mass-1) > 1e-3 {
		t.Errorf("mass %v, want 1", mass)
	}
	if peak := 1 / (sd * math.Sqrt(2*math.Pi)); math.Abs(d[columns/2]/peak-1) > 0.05 { // bins and kernel smooth it
		t.Errorf("density at 0 is %v, want %v", d[columns/2], peak)
	}
}

func TestEmptyHistogram(t *testing.T) {
	var h record.Histogram
	h.Reset()
	l := lawOf(&h)
	for _, v := range l.density(-1, 1, 10, 1, func(p float64) float64 { return p }) {
		if v != 0 {
			t.Errorf("density %v of nothing", v)
		}
	}
}

// TestRaster pins the corners, the way up, and what has no value.
func TestRaster(t *testing.T) {
	c := colouring{palette{0x000000, 0xFFFFFF}, 0, 1}
	img := c.raster([]float64{0, 0, 0, 1, 1, math.NaN()}, 3, 2, 4, 2)
	if below, above := img.RGBAAt(0, 1).R, img.RGBAAt(0, 0).R; below >= above {
		t.Errorf("the second row of nodes is not above: %d, %d", below, above)
	}
	if got := img.RGBAAt(3, 0); got != notFinite {
		t.Errorf("NaN is drawn %v", got)
	}
	if s := colouringOf([]float64{-0.9, 0.2}); s.lo != -s.hi {
		t.Errorf("a signed field from %v to %v, want zero in the middle", s.lo, s.hi)
	}
	if s := colouringOf([]float64{0.1, 0.99}); s.lo != 0 || s.hi != 1 {
		t.Errorf("a magnitude from %v to %v, want 0 to 1", s.lo, s.hi)
	}
}

func TestDrawRefuses(t *testing.T) {
	if _, err := Draw(&Run{Snapshot: &record.Snapshot{Axes: make([]record.Axis, 3)}}); err == nil {
		t.Error("three coordinates were drawn")
	}
}

// TestSweeps: both kinds of picture are drawn, and a place without a rate is a
// gap.
func TestSweeps(t *testing.T) {
	sweep := Sweep{Along: "width", At: []float64{8, 16, 256}, Lines: []SweepLine{
		{"M1", 0, 0, []float64{900, 500, 4}}, {"M3", 1, 1, []float64{500, math.NaN(), 2}},
	}}
	for _, svg := range []bool{true, false} {
		var b bytes.Buffer
		if err := WriteSweeps(&b, svg, "Steps per second", []Sweep{sweep, sweep, sweep}); err != nil {
			t.Fatal(err)
		}
		if svg {
			if !bytes.Contains(b.Bytes(), []byte(">By width<")) {
				t.Error("the SVG has no title of a panel")
			}
			continue
		}
		if img, err := png.Decode(&b); err != nil || img.Bounds().Dx() != SweepWidth {
			t.Errorf("the PNG: %v", err)
		}
	}
}
