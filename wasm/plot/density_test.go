package plot

import (
	"math"
	"math/rand/v2"
	"testing"

	"pinnlab/core/record"
)

// sample returns the histogram of n draws.
func sample(n int, draw func() float64) *record.Histogram {
	var h record.Histogram
	h.Reset()
	for range n {
		h.Add(draw())
	}
	return &h
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}

func TestDensityIntegratesToOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	tests := []struct {
		name string
		h    *record.Histogram
	}{
		{"normal", sample(2500, rng.NormFloat64)},
		{"small", sample(2500, func() float64 { return 1e-4 * rng.NormFloat64() })},
		{"few", sample(7, rng.NormFloat64)},
		{"one", sample(1, func() float64 { return -0.3 })},
		{"zeros", sample(50, func() float64 { return 0 })},
		{"zeros and ones", sample(50, func() float64 { return float64(rng.IntN(2)) })},
	}
	for _, c := range tests {
		var d Density
		d.Load(c.h, 1)
		for _, s := range []Scale{
			{Lo: -8, Hi: 8},
			{Kind: SymLog, Lo: -8, Hi: 8, Threshold: 1e-3},
		} {
			column := make([]float64, 121)
			d.Columns(column, s)
			width := (s.bend(s.Hi) - s.bend(s.Lo)) / 121
			if got := sum(column) * width; math.Abs(got-1) > 1e-9 {
				t.Errorf("%s, axis %d: integral %v, want 1", c.name, s.Kind, got)
			}
			for i, v := range column {
				if !(v >= 0) {
					t.Errorf("%s, axis %d: density %v in column %d", c.name, s.Kind, v, i)
				}
			}
		}
	}
}

// TestDensityOfNormal compares with the law that was drawn from. The tolerance
// is five standard deviations of a column's count, and 3 % for the smoothing.
func TestDensityOfNormal(t *testing.T) {
	const n, sigma = 200000, 0.4
	rng := rand.New(rand.NewPCG(5, 6))
	var d Density
	d.Load(sample(n, func() float64 { return sigma * rng.NormFloat64() }), 1)
	column := make([]float64, 61)
	d.Columns(column, Scale{Lo: -1.5, Hi: 1.5})
	const width = 3.0 / 61
	for i, got := range column {
		x := -1.5 + (float64(i)+0.5)*width
		want := math.Exp(-x*x/(2*sigma*sigma)) / (sigma * math.Sqrt(2*math.Pi))
		noise := 5 * math.Sqrt(want/(n*width))
		if math.Abs(got-want) > noise+0.03*want+1e-4 {
			t.Errorf("density at %.3f is %.4f, want %.4f ± %.4f", x, got, want, noise+0.03*want)
		}
	}
}

// TestSmoothingKeepsSides: no mass crosses zero, and zero's own stays.
func TestSmoothingKeepsSides(t *testing.T) {
	var h record.Histogram
	h.Reset()
	for range 30 {
		h.Add(-1e-3)
	}
	for range 60 {
		h.Add(0.5)
	}
	for range 10 {
		h.Add(0)
	}
	var d Density
	d.Load(&h, 1)
	tiny := record.HistEdge(0)
	for _, c := range []struct{ x, want float64 }{{-tiny, 0.3}, {tiny, 0.4}, {1e9, 1}, {-1e9, 0}} {
		if got := d.Below(c.x); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("share below %v is %v, want %v", c.x, got, c.want)
		}
	}
}

func TestWithin(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var d Density
	d.Load(sample(100000, rng.NormFloat64), 1)
	// 90 % of a normal law lies within 1.64; the bin around it ends at 1.75.
	if got := d.Within(0.9); got != 1.75 {
		t.Errorf("Within(0.9) = %v, want 1.75", got)
	}
	if got := d.Within(1); got < 3.5 || got > 8 {
		t.Errorf("Within(1) = %v, want about 4.5", got)
	}
}

func TestEmptyDensity(t *testing.T) {
	var h record.Histogram
	var d Density
	for _, name := range []string{"never filled", "empty"} {
		d.Load(&h, 1)
		column := make([]float64, 9)
		d.Columns(column, Scale{Lo: -1, Hi: 1})
		if d.Total != 0 || sum(column) != 0 {
			t.Errorf("%s: total %v, density %v", name, d.Total, column)
		}
		h.Reset()
	}
}

// TestFactor: entries times a factor have the density of the scaled axis.
func TestFactor(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	h := sample(3000, rng.NormFloat64)
	var one, ten Density
	one.Load(h, 1)
	ten.Load(h, 10)
	for _, x := range []float64{-20, -3, -0.1, 0, 0.5, 8, 25} {
		if a, b := one.Below(x/10), ten.Below(x); math.Abs(a-b) > 1e-12 {
			t.Errorf("below %v: %v, and %v of entries ten times as large", x, a, b)
		}
	}
	ten.Load(h, 1)
	if a, b := one.Below(0.3), ten.Below(0.3); a != b {
		t.Errorf("loaded again without the factor: %v, want %v", b, a)
	}
}
