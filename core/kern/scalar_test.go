package kern

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The oracle is package math, which is good to an ulp or two; the bounds leave
// room for its own error.
func TestScalarFunctions(t *testing.T) {
	tests := []struct {
		name      string
		f, oracle func(float64) float64
		lo, hi    float64
		tol       float64 // relative to max(|f|, scale)
		scale     float64
	}{
		{"Exp", Exp, math.Exp, -700, 700, 4e-16, 0},
		{"Exp small", Exp, math.Exp, -1, 1, 4e-16, 0},
		{"Expm1", Expm1, math.Expm1, -30, 30, 6e-16, 0},
		{"Expm1 small", Expm1, math.Expm1, -1e-3, 1e-3, 4e-16, 0},
		{"Log", Log, math.Log, 1e-300, 1e300, 4e-16, 0},
		{"Log near one", Log, math.Log, 0.5, 2, 5e-16, 0},
		{"Sin", Sin, math.Sin, -7, 7, 3e-16, 0.1},
		{"Sin far", Sin, math.Sin, -1e5, 1e5, 6e-16, 0.1},
		{"Cos", Cos, math.Cos, -7, 7, 3e-16, 0.1},
		{"Cos far", Cos, math.Cos, -1e5, 1e5, 6e-16, 0.1},
		{"Tan", Tan, math.Tan, -1.5, 1.5, 1e-15, 0.1},
		{"Tanh", Tanh, math.Tanh, -25, 25, 6e-16, 0},
		{"Tanh small", Tanh, math.Tanh, -1e-3, 1e-3, 6e-16, 0},
		{"Sinh", Sinh, math.Sinh, -50, 50, 8e-15, 0},
		{"Cosh", Cosh, math.Cosh, -50, 50, 8e-15, 0},
		{"Pow 2.5", func(x float64) float64 { return Pow(x, 2.5) }, func(x float64) float64 { return math.Pow(x, 2.5) }, 0, 100, 5e-15, 0},
		{"Pow 7", func(x float64) float64 { return Pow(x, 7) }, func(x float64) float64 { return math.Pow(x, 7) }, -9, 9, 2e-15, 0},
		{"Pow -3", func(x float64) float64 { return Pow(x, -3) }, func(x float64) float64 { return math.Pow(x, -3) }, 0.1, 9, 2e-15, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 1))
			worst, at := 0.0, 0.0
			for range 20000 {
				x := tt.lo + (tt.hi-tt.lo)*rng.Float64()
				want := tt.oracle(x)
				if e := math.Abs(tt.f(x)-want) / max(math.Abs(want), tt.scale); !(e <= worst) {
					worst, at = e, x
				}
			}
			if !(worst <= tt.tol) {
				t.Errorf("relative error %.2g at x=%v, want <= %.2g", worst, at, tt.tol)
			}
		})
	}
}

func TestScalarEdges(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	tests := []struct {
		name      string
		got, want float64
	}{
		{"Exp(0)", Exp(0), 1},
		{"Exp(inf)", Exp(inf), inf},
		{"Exp(-inf)", Exp(-inf), 0},
		{"Exp(nan)", Exp(nan), nan},
		{"Expm1(-inf)", Expm1(-inf), -1},
		{"Log(1)", Log(1), 0},
		{"Log(0)", Log(0), -inf},
		{"Log(-1)", Log(-1), nan},
		{"Log(inf)", Log(inf), inf},
		{"Sin(0)", Sin(0), 0},
		{"Sin(inf)", Sin(inf), nan},
		{"Cos(0)", Cos(0), 1},
		{"Cos(nan)", Cos(nan), nan},
		{"Tanh(0)", Tanh(0), 0},
		{"Tanh(inf)", Tanh(inf), 1},
		{"Tanh(-inf)", Tanh(-inf), -1},
		{"Tanh(nan)", Tanh(nan), nan},
		{"Pow(0,0)", Pow(0, 0), 1},
		{"Pow(2,-1)", Pow(2, -1), 0.5},
		{"Pow(-2,0.5)", Pow(-2, 0.5), nan},
		{"Pow(-1,65)", Pow(-1, 65), -1},
	}
	for _, tt := range tests {
		if tt.got != tt.want && !(tt.got != tt.got && tt.want != tt.want) {
			t.Errorf("%s = %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

// TestTanhTo32 bounds the float32 tanh in ulps of its result; zeros, infinities
// and NaN go through as they should.
func TestTanhTo32(t *testing.T) {
	var x, y [4096]float32
	worst := 0.0
	for b := 0; b < 64; b++ {
		for i := range x {
			x[i] = float32(math.Ldexp(float64(i-2048)/2048, b%9-4)) // ±2^-4 to ±2^4
		}
		TanhTo(y[:], x[:])
		for i, v := range x {
			want := math.Tanh(float64(v))
			ulp := float64(math.Nextafter32(float32(math.Abs(want)), 2)) - math.Abs(float64(float32(want)))
			worst = max(worst, math.Abs(float64(y[i])-want)/math.Abs(ulp))
		}
	}
	if !(worst <= 2.5) {
		t.Errorf("error %.2f ulp, want <= 2.5", worst)
	}
	inf := float32(math.Inf(1))
	in := []float32{0, inf, -inf, float32(math.NaN())}
	out := make([]float32, 4)
	TanhTo(out, in)
	if out[0] != 0 || out[1] != 1 || out[2] != -1 || out[3] == out[3] {
		t.Errorf("TanhTo(%v) = %v", in, out)
	}
}

// TestColumnsMatchScalars: sine and cosine of many numbers are those of each, bit
// for bit, in every quadrant, with every tail, and where reduction is another.
func TestColumnsMatchScalars(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	odd := []float64{0, math.Copysign(0, -1), 1e6, -1e6, 1e6 + 1, 1e300, math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, math.Pi / 2, -math.Pi}
	for n := range 200 {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64() * math.Pow(10, float64(rng.IntN(8)-2))
			if n > 100 && rng.IntN(40) == 0 {
				x[i] = odd[rng.IntN(len(odd))]
			}
		}
		y := make([]float64, n)
		for name, f := range map[string]struct {
			column func(y, x []float64)
			value  func(float64) float64
		}{"sin": {SinTo, Sin}, "cos": {CosTo, Cos}} {
			f.column(y, x)
			for i, v := range x {
				if want := f.value(v); math.Float64bits(y[i]) != math.Float64bits(want) {
					t.Fatalf("%s %v = %v, want %v", name, v, y[i], want)
				}
			}
		}
	}
}
