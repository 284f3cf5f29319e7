package plot

import (
	"math"
	"strconv"
	"strings"
)

// Minus is the sign that is as wide as the plus.
const Minus = "−"

// Number writes v to so many significant digits as the page's table does: 2.17,
// 0.0256, 1.30e-4. Zeros at the end are kept, so that its width changes little
// while v does.
func Number(v float64, digits int) string {
	if s, ok := special(v); ok {
		return s
	}
	if v == 0 {
		return "0"
	}
	s := Sci(v, digits-1)
	_, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	if a := math.Abs(v); a < 1e-2 || a >= 1e4 || e >= digits {
		return s
	}
	return Fixed(v, digits-1-e)
}

// Sci writes v as 1.23e-3, with so many digits after the point.
func Sci(v float64, digits int) string {
	if s, ok := special(v); ok {
		return s
	}
	s := strconv.FormatFloat(v, 'e', digits, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	return signed(mantissa) + "e" + strconv.Itoa(e)
}

// Fixed writes v with so many digits after the point.
func Fixed(v float64, digits int) string {
	if s, ok := special(v); ok {
		return s
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-") // no −0
	}
	return signed(s)
}

// Short writes v to so many significant digits at most: plainly where that is
// readable, as Sci where not.
func Short(v float64, digits int) string {
	if s, ok := special(v); ok {
		return s
	}
	a := math.Abs(v)
	if a != 0 && (a < 1e-3 || a >= 1e5) {
		return Sci(v, min(digits-1, 2))
	}
	s := strconv.FormatFloat(v, 'g', digits, 64)
	if strings.ContainsRune(s, 'e') {
		s = strconv.FormatFloat(v, 'f', 0, 64)
	}
	return signed(s)
}

// Pow10 writes 10 to the power e with raised figures.
func Pow10(e int) string {
	var b strings.Builder
	b.WriteString("10")
	for _, c := range strconv.Itoa(e) {
		if c == '-' {
			b.WriteRune('⁻')
		} else {
			b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0'])
		}
	}
	return b.String()
}

// Count writes n in groups of three from 10 000 on, with thin spaces.
func Count(n uint64) string {
	s := strconv.FormatUint(n, 10)
	if len(s) < 5 {
		return s
	}
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteRune('\u2009')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Thousands writes a number of iterations for an axis: 500, 20k, 1.5M.
func Thousands(v float64) string {
	switch a := math.Abs(v); {
	case a >= 1e6:
		return signed(strconv.FormatFloat(v/1e6, 'g', 4, 64)) + "M"
	case a >= 1e4:
		return signed(strconv.FormatFloat(v/1e3, 'g', 4, 64)) + "k"
	}
	return Short(v, 4)
}

// special writes what has no digits.
func special(v float64) (string, bool) {
	switch {
	case math.IsNaN(v):
		return "–", true
	case math.IsInf(v, 1):
		return "∞", true
	case math.IsInf(v, -1):
		return Minus + "∞", true
	}
	return "", false
}

// signed puts a Minus where s has a hyphen in front.
func signed(s string) string {
	if strings.HasPrefix(s, "-") {
		return Minus + s[1:]
	}
	return s
}
