package plot

import (
	"math"
	"testing"
)

func TestUnit(t *testing.T) {
	linear := Scale{Lo: -1, Hi: 3}
	decades := Scale{Kind: Log, Lo: 1e-3, Hi: 10}
	sym := Scale{Kind: SymLog, Lo: -100, Hi: 100, Threshold: 1} // three steps each side
	density := Scale{Kind: SymLog, Hi: 100, Threshold: 1}
	tests := []struct {
		name string
		s    Scale
		v    float64
		want float64
	}{
		{"linear low", linear, -1, 0},
		{"linear", linear, 0, 0.25},
		{"linear beyond", linear, 7, 2},
		{"log", decades, 0.1, 0.5},
		{"log high", decades, 10, 1},
		{"log of zero", decades, 0, math.Inf(-1)},
		{"log of a negative", decades, -1, math.Inf(-1)},
		{"symlog zero", sym, 0, 0.5},
		{"symlog in the linear zone", sym, 0.5, 0.5 + 0.5/6},
		{"symlog at the threshold", sym, -1, 0.5 - 1.0/6},
		{"symlog decade", sym, 10, 0.5 + 2.0/6},
		{"symlog high", sym, 100, 1},
		{"density", density, 10, 2.0 / 3},
		{"not a number", linear, math.NaN(), math.NaN()},
		{"no extent", Scale{Lo: 2, Hi: 2}, 2, 0},
	}
	for _, c := range tests {
		got := c.s.Unit(c.v)
		if !(math.Abs(got-c.want) < 1e-12 || got == c.want || got != got && c.want != c.want) {
			t.Errorf("%s: Unit(%v) = %v, want %v", c.name, c.v, got, c.want)
		}
	}
}

func TestValueInvertsUnit(t *testing.T) {
	for _, s := range []Scale{
		{Lo: -1, Hi: 3}, {Kind: Log, Lo: 1e-3, Hi: 10},
		{Kind: SymLog, Lo: -100, Hi: 100, Threshold: 0.01}, {Kind: SymLog, Hi: 50, Threshold: 1},
	} {
		for i := range 101 {
			u := float64(i) / 100
			if got := s.Unit(s.Value(u)); math.Abs(got-u) > 1e-12 {
				t.Errorf("%+v: Unit(Value(%v)) = %v", s, u, got)
			}
		}
	}
}

func TestRoundNumbers(t *testing.T) {
	tests := []struct{ v, up, decadeUp, decadeDown float64 }{
		{1, 1, 1, 1}, {1.01, 2, 10, 1}, {2, 2, 10, 1}, {3, 5, 10, 1}, {7, 10, 10, 1},
		{0.03, 0.05, 0.1, 0.01}, {1e-5, 1e-5, 1e-5, 1e-5}, {420, 500, 1000, 100},
		{0, 1, 1, 1}, {-4, 1, 1, 1}, {math.NaN(), 1, 1, 1}, {math.Inf(1), 1, 1, 1},
	}
	for _, c := range tests {
		for _, r := range []struct {
			name      string
			got, want float64
		}{{"Up", Up(c.v), c.up}, {"DecadeUp", DecadeUp(c.v), c.decadeUp}, {"DecadeDown", DecadeDown(c.v), c.decadeDown}} {
			if math.Abs(r.got-r.want) > 1e-12*r.want {
				t.Errorf("%s(%v) = %v, want %v", r.name, c.v, r.got, r.want)
			}
		}
	}
	if got := Up(2.5, 1, 3, 7); got != 3 {
		t.Errorf("Up(2.5, 1, 3, 7) = %v, want 3", got)
	}
}

func labels(ticks []Tick) string {
	s := ""
	for i, t := range ticks {
		if i > 0 {
			s += " "
		}
		if t.Label == "" {
			s += "'"
		}
		s += t.Label
	}
	return s
}

func TestTicks(t *testing.T) {
	tests := []struct {
		name string
		s    Scale
		n    int
		want string
	}{
		{"unit", Scale{Hi: 1}, 5, "0 0.2 0.4 0.6 0.8 1.0"},
		{"signed", Scale{Lo: -1, Hi: 1}, 4, "−1.0 −0.5 0 0.5 1.0"},
		{"odd ends", Scale{Lo: -0.3, Hi: 1.2}, 4, "0 0.5 1.0"},
		{"iterations", Scale{Hi: 40000}, 4, "0 10000 20000 30000 40000"},
		{"tiny", Scale{Hi: 4e-7}, 4, "0 1e-7 2e-7 3e-7 4e-7"},
		{"large", Scale{Hi: 250000}, 5, "0 50000 1.0e5 1.5e5 2.0e5 2.5e5"},
		{"empty", Scale{Lo: 1, Hi: 1}, 4, ""},
		{"NaN", Scale{Lo: math.NaN(), Hi: 1}, 4, ""},
		{"decades", Scale{Kind: Log, Lo: 1e-4, Hi: 1}, 9, "10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰"},
		{"every other", Scale{Kind: Log, Lo: 1e-4, Hi: 1}, 3, "10⁻⁴ ' 10⁻² ' 10⁰"},
		{"within a decade", Scale{Kind: Log, Lo: 0.2, Hi: 4}, 9, "0.2 0.5 1 2"},
		{"not above zero", Scale{Kind: Log, Lo: 0, Hi: 1}, 9, ""},
		{"density", Scale{Kind: SymLog, Hi: 100, Threshold: 1}, 9, "0 1 10 10²"},
		{"density, few", Scale{Kind: SymLog, Hi: 100, Threshold: 1}, 3, "0 1 ' 10²"},
		{"both signs", Scale{Kind: SymLog, Lo: -10, Hi: 10, Threshold: 0.1}, 9,
			"−10 −1 −10⁻¹ 0 10⁻¹ 1 10"},
	}
	for _, c := range tests {
		got := labels(c.s.Ticks(c.n))
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		for _, k := range c.s.Ticks(c.n) {
			if u := c.s.Unit(k.Value); u < -1e-9 || u > 1+1e-9 {
				t.Errorf("%s: tick %v lies outside, at %v", c.name, k.Value, u)
			}
		}
	}
}
