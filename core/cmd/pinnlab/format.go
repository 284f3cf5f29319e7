package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// short writes a number as 3.30e-3, with so many digits after the point.
func short(v float64, digits int) string {
	mantissa, exponent, ok := strings.Cut(strconv.FormatFloat(v, 'e', digits, 64), "e")
	if !ok {
		return mantissa // NaN or an infinity
	}
	n, _ := strconv.Atoi(exponent)
	return fmt.Sprintf("%se%d", mantissa, n)
}

// spread writes a mean and, unless it is not known, a standard deviation as
// 3.30e-3 ± 4.3e-4.
func spread(mean, std float64) string {
	if !(std > 0) {
		return short(mean, 2)
	}
	return short(mean, 2) + " ± " + short(std, 1)
}

// ratio writes a ratio to about three digits.
func ratio(v float64) string {
	switch {
	case v >= 0.01 && v < 0.1:
		return strconv.FormatFloat(v, 'f', 4, 64)
	case v >= 0.1 && v < 10:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case v >= 10 && v < 1000:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return short(v, 2)
}

// thousands writes a whole number as 40,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// valuesOf writes parameters as a1=1, a2=4.
func valuesOf(params map[string]float64) string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(params)) {
		words = append(words, fmt.Sprintf("%s=%v", name, params[name]))
	}
	return strings.Join(words, ", ")
}
