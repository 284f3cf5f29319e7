package plot

import (
	"math"
	"testing"
)

func TestNumbers(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	tests := []struct{ got, want string }{
		{Sci(0.00123456, 2), "1.23e-3"},
		{Sci(-123456, 1), "−1.2e5"},
		{Sci(0, 2), "0.00e0"},
		{Sci(9.999e-3, 1), "1.0e-2"},
		{Sci(nan, 2), "–"},
		{Sci(-inf, 2), "−∞"},
		{Fixed(-0.0004, 3), "0.000"},
		{Fixed(-0.12345, 3), "−0.123"},
		{Fixed(inf, 1), "∞"},
		{Short(0.5, 4), "0.5"},
		{Short(-1, 4), "−1"},
		{Short(0, 4), "0"},
		{Short(1234.56, 4), "1235"},
		{Short(54321, 4), "54321"},
		{Short(123456, 4), "1.23e5"},
		{Short(0.000123, 4), "1.23e-4"},
		{Short(0.0162, 2), "0.016"},
		{Short(1.6e-5, 2), "1.6e-5"},
		{Number(2.1749, 3), "2.17"},
		{Number(0.0256, 3), "0.0256"},
		{Number(1.3e-4, 2), "1.3e-4"},
		{Number(-0.5, 3), "−0.500"},
		{Number(0, 3), "0"},
		{Number(1234, 3), "1.23e3"},
		{Number(999.6, 3), "1.00e3"},
		{Number(9.999e-3, 3), "1.00e-2"},
		{Number(9.99e-3, 3), "9.99e-3"},
		{Number(12345, 6), "1.23450e4"},
		{Number(nan, 3), "–"},
		{Pow10(-13), "10⁻¹³"},
		{Pow10(0), "10⁰"},
		{Pow10(42), "10⁴²"},
		{Count(9999), "9999"},
		{Count(12350), "12\u2009350"},
		{Count(1234567), "1\u2009234\u2009567"},
		{Thousands(500), "500"},
		{Thousands(20000), "20k"},
		{Thousands(12500), "12.5k"},
		{Thousands(1.5e6), "1.5M"},
	}
	for _, c := range tests {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
