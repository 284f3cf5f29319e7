package kern

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// guarded returns a slice of n normal numbers that lies between NaNs, and the
// check that the NaNs are still there.
func guarded[T Float](rng *rand.Rand, n int) ([]T, func() bool) {
	const guard = 16
	all := make([]T, n+2*guard)
	for i := range all {
		all[i] = T(math.NaN())
	}
	s := all[guard : guard+n : guard+n]
	for i := range s {
		s[i] = T(rng.NormFloat64())
	}
	return s, func() bool {
		return !slices.ContainsFunc(all[:guard], func(v T) bool { return v == v }) &&
			!slices.ContainsFunc(all[guard+n:], func(v T) bool { return v == v })
	}
}

func TestMatMulMatchesRef(t *testing.T) {
	t.Run("float32", testMatMul[float32])
	t.Run("float64", testMatMul[float64])
}

func testMatMul[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, m := range []int{0, 1, 2, 3, 4, 5, 7, 8, 63, 64, 65, 129} {
		for _, k := range []int{1, 2, 3, 4, 5, 6, 20, 33} {
			for _, n := range []int{1, 3, 4, 5, 8, 9, 17, 20, 33, 50, 64} {
				for _, acc := range []bool{false, true} {
					checkMatMul[T](t, rng, m, k, n, acc)
				}
			}
		}
	}
}

func checkMatMul[T Float](t *testing.T, rng *rand.Rand, m, k, n int, acc bool) {
	t.Helper()
	sk, sn := Stride[T](k), Stride[T](n)
	a, okA := guarded[T](rng, m*sk)
	b, okB := guarded[T](rng, k*sn)
	c, okC := guarded[T](rng, m*sn)
	want := slices.Clone(c)
	a0, b0 := slices.Clone(a), slices.Clone(b)
	matMulRef(want, a, b, m, k, sk, sn, acc)
	MatMul(c, a, b, m, k, n, acc)
	if !slices.Equal(c, want) {
		t.Fatalf("m=%d k=%d n=%d acc=%v: MatMul differs from its twin", m, k, n, acc)
	}
	d, okD := guarded[T](rng, k*sn)
	want = slices.Clone(d)
	addMatMulTRef(want, a, c, m, k, sk, sn)
	AddMatMulT(d, a, c, m, k, n)
	if !slices.Equal(d, want) {
		t.Fatalf("m=%d k=%d n=%d: AddMatMulT differs from its twin", m, k, n)
	}
	if !okA() || !okB() || !okC() || !okD() || !slices.Equal(a, a0) || !slices.Equal(b, b0) {
		t.Fatalf("m=%d k=%d n=%d: a kernel wrote outside its result", m, k, n)
	}
}

// TestMatMulByHand ties the twins themselves to a product done by hand.
func TestMatMulByHand(t *testing.T) {
	s := Stride[float64](2)
	m := func(v ...float64) []float64 {
		out := make([]float64, len(v)/2*s)
		for i, x := range v {
			out[i/2*s+i%2] = x
		}
		return out
	}
	a, b := m(1, 2, 3, 4), m(5, 6, 7, 8)
	c := make([]float64, 2*s)
	if MatMul(c, a, b, 2, 2, 2, false); !slices.Equal(c, m(19, 22, 43, 50)) {
		t.Errorf("a·b = %v", c)
	}
	if MatMul(c, a, b, 2, 2, 2, true); !slices.Equal(c, m(38, 44, 86, 100)) {
		t.Errorf("c + a·b = %v", c)
	}
	clear(c)
	if AddMatMulT(c, a, b, 2, 2, 2); !slices.Equal(c, m(26, 30, 38, 44)) {
		t.Errorf("aᵀ·b = %v", c)
	}
	if Transpose(c, a, 2, 2); !slices.Equal(c, m(1, 3, 2, 4)) {
		t.Errorf("aᵀ = %v", c)
	}
}

func TestElementwiseMatchesRef(t *testing.T) {
	t.Run("float32", testElementwise[float32])
	t.Run("float64", testElementwise[float64])
}

func testElementwise[T Float](t *testing.T) {
	kernels := []struct {
		name      string
		fast, ref func(z, x, y []T)
	}{
		{"Add", func(z, x, _ []T) { Add(z, x) }, func(z, x, _ []T) { addRef(z, x) }},
		{"Axpy", func(z, x, _ []T) { Axpy(z, 1.7, x) }, func(z, x, _ []T) { axpyRef(z, 1.7, x) }},
		{"MulTo", func(z, x, y []T) { MulTo(z, -3, x, y) }, func(z, x, y []T) { mulToRef(z, -3, x, y) }},
		{"MulAdd", func(z, x, y []T) { MulAdd(z, 0.3, x, y) }, func(z, x, y []T) { mulAddRef(z, 0.3, x, y) }},
		{"MulAdd aliased", func(z, x, _ []T) { MulAdd(z, 2, x, x) }, func(z, x, _ []T) { mulAddRef(z, 2, x, x) }},
		{"TanhTo", func(z, x, _ []T) { TanhTo(z, x) }, func(z, x, _ []T) { tanhToRef(z, x) }},
		{"TanhTo in place", func(z, _, _ []T) { TanhTo(z, z) }, func(z, _, _ []T) { tanhToRef(z, z) }},
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for _, k := range kernels {
		for n := range 70 { // past two 512-bit vectors, every tail length
			x, okX := guarded[T](rng, n)
			y, okY := guarded[T](rng, n)
			z, okZ := guarded[T](rng, n)
			want := slices.Clone(z)
			k.ref(want, x, y)
			k.fast(z, x, y)
			if !slices.Equal(z, want) {
				t.Fatalf("%s n=%d: %v, want %v", k.name, n, z, want)
			}
			if !okX() || !okY() || !okZ() {
				t.Errorf("%s n=%d: wrote outside its result", k.name, n)
			}
		}
	}
}

func tanhToRef[T Float](y, x []T) {
	switch y := any(y).(type) {
	case []float32:
		tanhToRef32(y, any(x).([]float32))
	case []float64:
		tanhToRef64(y, any(x).([]float64))
	}
}

func TestAdamMatchesRef(t *testing.T) {
	t.Run("float32", testAdam[float32])
	t.Run("float64", testAdam[float64])
}

func testAdam[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 70 {
		g, _ := guarded[T](rng, n)
		var got, want [3][]T
		for i := range got {
			got[i], _ = guarded[T](rng, n)
			for j := range got[i] {
				got[i][j] = T(math.Abs(float64(got[i][j]))) // the second moment is not negative
			}
			want[i] = slices.Clone(got[i])
		}
		adamRef(want[0], want[1], want[2], g, 1e-3, 2.5, 0.9, 0.999, 1e-8)
		AdamStep(got[0], got[1], got[2], g, 1e-3, 2.5, 0.9, 0.999, 1e-8)
		for i := range got {
			if !slices.Equal(got[i], want[i]) {
				t.Errorf("n=%d: AdamStep differs from its twin", n)
			}
		}
	}
}

// BenchmarkPairs runs every kernel beside its twin.
func BenchmarkPairs(b *testing.B) {
	b.Run("type=float32", benchPairs[float32])
	b.Run("type=float64", benchPairs[float64])
}

func benchPairs[T Float](b *testing.B) {
	for _, p := range Pairs[T]() {
		for _, impl := range []struct {
			name string
			do   func()
		}{{"fast", p.Fast}, {"ref", p.Ref}} {
			if impl.do == nil {
				continue
			}
			b.Run(p.Name+"/impl="+impl.name, func(b *testing.B) {
				for b.Loop() {
					impl.do()
				}
				b.ReportMetric(p.Flop*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
