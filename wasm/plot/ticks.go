package plot

import "math"

// Tick is a mark on an axis. A minor tick has no label.
type Tick struct {
	Value float64
	Label string
}

// Ticks returns the marks of s, from Lo to Hi, with about n labels at most.
func (s Scale) Ticks(n int) []Tick {
	switch s.Kind {
	case Log:
		return logTicks(s.Lo, s.Hi, n)
	case SymLog:
		return s.symLogTicks(n)
	}
	return linearTicks(s.Lo, s.Hi, n)
}

// linearTicks marks multiples of 1, 2 or 5 times a power of ten.
func linearTicks(lo, hi float64, n int) []Tick {
	if !(hi > lo) || n < 1 || math.IsInf(hi-lo, 0) {
		return nil
	}
	step := Up((hi - lo) / float64(n))
	var out []Tick
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+1e-9*step; k++ {
		v := k * step
		if k == 0 {
			v = 0 // not −0
		}
		out = append(out, Tick{v, onStep(v, step)})
	}
	return out
}

// onStep writes a multiple of step with the digits that step needs.
func onStep(v, step float64) string {
	if v == 0 {
		return "0"
	}
	if a := math.Abs(v); a >= 1e5 || step < 1e-4 {
		e := math.Floor(math.Log10(math.Abs(v)) + 1e-9)
		digits := max(0, int(e-math.Floor(math.Log10(step)+1e-9)))
		return Sci(v, digits)
	}
	return Fixed(v, max(0, -int(math.Floor(math.Log10(step)+1e-9))))
}

// logTicks marks whole decades, every second, third and so on where they are
// too many. Where they are fewer than two, it marks 1, 2 and 5 of each.
func logTicks(lo, hi float64, n int) []Tick {
	if !(lo > 0) || !(hi > lo) || math.IsInf(hi, 0) || n < 1 {
		return nil
	}
	a, b := math.Ceil(math.Log10(lo)-1e-9), math.Floor(math.Log10(hi)+1e-9)
	if b-a < 1 {
		return fineLogTicks(lo, hi)
	}
	stride := math.Max(1, math.Ceil((b-a+1)/float64(n)))
	var out []Tick
	for e := a; e <= b; e++ {
		t := Tick{Value: math.Pow(10, e)}
		if math.Mod(e-a, stride) == 0 {
			t.Label = Pow10(int(e))
		}
		out = append(out, t)
	}
	return out
}

// fineLogTicks marks 1, 2 and 5 times powers of ten between lo and hi.
func fineLogTicks(lo, hi float64) []Tick {
	var out []Tick
	for p := DecadeDown(lo); p <= hi; p *= 10 {
		for _, m := range []float64{1, 2, 5} {
			if v := m * p; v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
				out = append(out, Tick{v, Short(v, 4)})
			}
		}
	}
	return out
}

// symLogTicks marks 0 and the decades from the threshold out on each side.
func (s Scale) symLogTicks(n int) []Tick {
	if !(s.Threshold > 0) || !(s.Hi > s.Lo) || n < 1 {
		return nil
	}
	var out []Tick
	top := math.Max(math.Abs(s.Lo), math.Abs(s.Hi))
	count := math.Floor(math.Log10(top/s.Threshold)+1e-9) + 1
	sides := 1.0
	if s.Lo < 0 && s.Hi > 0 {
		sides = 2
	}
	stride := math.Max(1, math.Ceil(count*sides/math.Max(1, float64(n-1))))
	for k := -count; k <= count; k++ {
		v := math.Copysign(s.Threshold*math.Pow(10, math.Abs(k)-1), k)
		if k == 0 {
			v = 0
		}
		if v < s.Lo || v > s.Hi*(1+1e-9) {
			continue
		}
		t := Tick{Value: v}
		// Counted from the outer ends, so that the extent is always labelled.
		if k == 0 || math.Mod(count-math.Abs(k), stride) == 0 {
			t.Label = signedDecade(v)
		}
		out = append(out, t)
	}
	return out
}

// signedDecade labels 0 and plus or minus a power of ten.
func signedDecade(v float64) string {
	if v == 0 {
		return "0"
	}
	e := int(math.Round(math.Log10(math.Abs(v))))
	label := Pow10(e)
	if e == 0 || e == 1 {
		label = Fixed(math.Abs(v), 0)
	}
	if v < 0 {
		return Minus + label
	}
	return label
}
