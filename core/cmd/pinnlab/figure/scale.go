package figure

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"

	"pinnlab/core/kern"
)

func log10(v float64) float64 { return kern.Log(v) / math.Ln10 }

func pow10(n int) float64 { v, _ := strconv.ParseFloat("1e"+strconv.Itoa(n), 64); return v }

// superscript writes 10 to the power n.
func superscript(n int) string {
	digits := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	return "10" + digits.Replace(strconv.Itoa(n))
}

// stepFor returns 1, 2 or 5 times a power of ten, by which the interval has at
// most n steps, and the exponent of that power.
func stepFor(lo, hi float64, n int) (step float64, exponent int) {
	least := (hi - lo) / float64(n)
	if !(least > 0) {
		return 1, 0
	}
	exponent = int(math.Floor(log10(least)))
	for {
		for _, m := range []float64{1, 2, 5} {
			if step = m * pow10(exponent); step >= least*(1-1e-9) {
				return step, exponent
			}
		}
		exponent++
	}
}

// linearTicks marks lo to hi in at most n steps. Very small or large numbers
// are written with a power of ten.
func linearTicks(lo, hi float64, n int) (ticks []plot.Tick) {
	step, exponent := stepFor(lo, hi, n)
	top := max(math.Abs(lo), math.Abs(hi))
	shift := 0
	if top < 2e-3 || top >= 1e6 {
		shift = int(math.Floor(log10(max(top, 1e-300))))
	}
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+1e-9*step; k++ {
		v := k * step
		label := number(v/pow10(shift), max(shift-exponent, 0))
		if shift != 0 && k != 0 {
			label += "·" + superscript(shift)
		}
		ticks = append(ticks, plot.Tick{Value: v, Label: label})
	}
	return ticks
}

// number writes v with so many digits after the point, commas between
// thousands, and a proper minus.
func number(v float64, digits int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', digits, 64)
	whole, fraction, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if v < 0 && strings.ContainsAny(s, "123456789") {
		return "−" + whole
	}
	return whole
}

// decadeTicks marks an axis of base-ten logarithms, with labels at most n.
func decadeTicks(lo, hi float64, n int) (ticks []plot.Tick) {
	first, last := int(math.Ceil(lo-1e-9)), int(math.Floor(hi+1e-9))
	every := max(1, (last-first+n)/n)
	if first > last || last == first {
		return within(lo, hi)
	}
	for k := first - 1; k <= last; k++ {
		if v := float64(k); k >= first {
			t := plot.Tick{Value: v}
			if k%every == 0 {
				t.Label = superscript(k)
			}
			ticks = append(ticks, t)
		}
		for m := 2; m < 10 && every == 1; m++ {
			if v := float64(k) + log10(float64(m)); v >= lo && v <= hi {
				ticks = append(ticks, plot.Tick{Value: v})
			}
		}
	}
	return ticks
}

// within marks an axis of logarithms that spans less than two decades: at all
// digits times powers of ten where it is one at most, else at 1, 2 and 5.
func within(lo, hi float64) (ticks []plot.Tick) {
	labelled := []int{1, 2, 5}
	if hi-lo < 1 {
		labelled = []int{1, 2, 3, 4, 5, 6, 8}
	}
	for k := int(math.Floor(lo)); k <= int(math.Ceil(hi)); k++ {
		for m := 1; m < 10; m++ {
			t := plot.Tick{Value: float64(k) + log10(float64(m))}
			if t.Value < lo || t.Value > hi {
				continue
			}
			if slices.Contains(labelled, m) {
				t.Label = brief(float64(m) * pow10(k))
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// brief writes a number with two digits at most, with a power of ten where it
// is very small or large.
func brief(v float64) string {
	if !(v > 0) || math.IsInf(v, 0) {
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
	k := int(math.Floor(log10(v) + 1e-9))
	if k < -3 || k > 4 {
		return strconv.FormatFloat(v/pow10(k), 'g', 2, 64) + "·" + superscript(k)
	}
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'e', 1, 64), 64)
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// A symlog axis is linear up to its threshold and has a decade for each decade
// beyond.
type symlog float64

// bend returns where v lies on the axis: in decades, the linear part being one.
func (t symlog) bend(v float64) float64 {
	if a := math.Abs(v) / float64(t); a > 1 {
		return math.Copysign(1+log10(a), v)
	}
	return v / float64(t)
}

// ticks marks the axis from -hi or 0 to hi, with labels at most n on a side.
func (t symlog) ticks(hi float64, signed bool, n int) (ticks []plot.Tick) {
	ticks = append(ticks, plot.Tick{Value: 0, Label: "0"})
	first, last := int(math.Round(log10(float64(t)))), int(math.Floor(log10(hi)+1e-9))
	every := max(1, (last-first+n)/n)
	for k := first; k <= last; k++ {
		label := ""
		if (last-k)%every == 0 && (!signed || k > first+1) { // those beside the zero would touch it
			label = superscript(k)
		}
		at := t.bend(pow10(k))
		ticks = append(ticks, plot.Tick{Value: at, Label: label})
		if !signed {
			continue
		}
		if label != "" {
			label = "−" + label
		}
		ticks = append(ticks, plot.Tick{Value: -at, Label: label})
	}
	return ticks
}
