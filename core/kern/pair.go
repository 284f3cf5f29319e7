package kern

import "fmt"

// A Pair is a kernel and its twin on data of a training step's size, for
// benchmarks. A copy through memory stands among them, without a twin.
type Pair struct {
	Name      string  // as benchstat reads it
	Flop      float64 // operations of one call, as the twin writes them
	Bytes     float64 // that one call reads and writes
	Fast, Ref func()
}

// Operations per element of the twins.
const (
	flopTanh32, flopTanh64 = 26, 38
	flopTanhJet            = 14 // beside tanh, as the next
	flopTanhJetBack        = 36
	flopGateJet            = 20
	flopGateJetBack        = 40
	flopAdam               = 13
)

// Pairs lists the kernels that a training step spends its time in.
func Pairs[T Float]() (list []Pair) {
	for _, size := range [][3]int{{640, 50, 50}, {640, 100, 100}, {640, 2, 50}, {640, 50, 1}} {
		list = append(list, productPairs[T](size[0], size[1], size[2])...)
	}
	list = append(list, jetPairs[T]()...)
	return append(list, flatPairs[T]()...)
}

// bytesOf returns the size of so many numbers.
func bytesOf[T Float](numbers int) float64 {
	var x T
	if _, ok := any(x).(float32); ok {
		return float64(4 * numbers)
	}
	return float64(8 * numbers)
}

// ramp returns n numbers between -1 and 1.
func ramp[T Float](n int) []T {
	x := make([]T, n)
	for i := range x {
		x[i] = T(2*i-n) / T(n)
	}
	return x
}

func productPairs[T Float](m, k, n int) []Pair {
	sk, sn := Stride[T](k), Stride[T](n)
	a, b, c, d := ramp[T](m*sk), ramp[T](k*sn), make([]T, m*sn), make([]T, k*sn)
	flop, bytes := float64(2*m*k*n), bytesOf[T](m*k+k*n+m*n)
	shape := fmt.Sprintf("/m=%d/k=%d/n=%d", m, k, n)
	return []Pair{
		{"MatMul" + shape, flop, bytes,
			func() { MatMul(c, a, b, m, k, n, false) },
			func() { matMulRef(c, a, b, m, k, sk, sn, false) }},
		{"AddMatMulT" + shape, flop, bytes + bytesOf[T](k*n),
			func() { AddMatMulT(d, a, c, m, k, n) },
			func() { addMatMulTRef(d, a, c, m, k, sk, sn) }},
	}
}

// jetPairs are the activations and gates of 128 points and 50 neurons.
func jetPairs[T Float]() []Pair {
	n := 128 * Stride[T](50)
	u, v, w, x, y, z := ramp[T](4*n), ramp[T](4*n), ramp[T](4*n), make([]T, 4*n), make([]T, 4*n), make([]T, 4*n)
	tanh := flopTanh64
	if bytesOf[T](1) == 4 {
		tanh = flopTanh32
	}
	tanhRef := func(y, x []T) {
		switch y := any(y).(type) {
		case []float32:
			tanhToRef32(y, f32(x))
		case []float64:
			tanhToRef64(y, f64(x))
		}
	}
	sum := &Sum[T]{Terms: []Term[T]{{2, 0, 1}, {-1, 1, 2}, {3, 2, 0}, {1, 0, 2}}}
	slots := [][]T{u[:n], v[:n], w[:n]}
	pair := func(name string, flop, columns int, fast, ref func()) Pair {
		return Pair{name, float64(flop * n), bytesOf[T](columns * n), fast, ref}
	}
	return []Pair{
		pair("TanhTo", tanh, 2,
			func() { TanhTo(x[:n], u[:n]) },
			func() { tanhRef(x[:n], u[:n]) }),
		pair("TanhBack", 3, 3,
			func() { TanhBack(x[:n], u[:n], v[:n]) },
			func() { tanhBackRef(x[:n], u[:n], v[:n]) }),
		pair("TanhJet", tanh+flopTanhJet, 8,
			func() { TanhJet(x, u, 1, 1) },
			func() { tanhRef(x[:n], u[:n]); tanhJetRef(x, u, 1, 1, 0) }),
		pair("TanhJetBack", flopTanhJetBack, 16,
			func() { TanhJetBack(x, u, v, w, 1, 1) },
			func() { tanhJetBackRef(x, u, v, w, 1, 1, 0) }),
		pair("GateJet", flopGateJet, 16,
			func() { GateJet(x, u, v, w, 1, 1) },
			func() { gateJetRef(x, u, v, w, 1, 1, 0) }),
		pair("GateJetBack", flopGateJetBack, 32,
			func() { GateJetBack(x, y, z, u, v, w, 1, 1, true) },
			func() { gateJetBackRef(x, y, z, u, v, w, 1, 1, true, 0) }),
		pair("Sum", 3*len(sum.Terms), 2*len(sum.Terms)+1,
			func() { sum.Add(x[:n], false, slots) },
			func() { sumRef(sum, x[:n], false, slots, 0) }),
	}
}

// flatPairs work on vectors as long as the parameters of a network, and on
// memory beyond any cache.
func flatPairs[T Float]() []Pair {
	const n, long, rows = 5301, 1 << 21, 128
	s := Stride[T](50)
	theta, m, v, g := make([]T, n), make([]T, n), make([]T, n), ramp[T](n)
	c, b := ramp[T](rows*s), ramp[T](s)
	from, to := make([]T, long), make([]T, long)
	return []Pair{
		{"AdamStep", flopAdam * n, bytesOf[T](7 * n),
			func() { AdamStep(theta, m, v, g, 1e-3, 1, 0.9, 0.999, 1e-8) },
			func() { adamRef(theta, m, v, g, 1e-3, 1, 0.9, 0.999, 1e-8) }},
		{"Axpy", 2 * n, bytesOf[T](3 * n),
			func() { Axpy(m, 1e-9, g) },
			func() { axpyRef(m, 1e-9, g) }},
		{"MulAdd", 3 * n, bytesOf[T](4 * n),
			func() { MulAdd(m, 1e-9, g, theta) },
			func() { mulAddRef(m, 1e-9, g, theta) }},
		{"AddRowsTo", float64(rows * s), bytesOf[T](rows*s + 2*s),
			func() { AddRowsTo(b, c, rows, 50) },
			func() { addRowsToRef(b, c, rows, s) }},
		{"AddToRows", float64(rows * s), bytesOf[T](2*rows*s + s),
			func() { AddToRows(c, b, rows, 50) },
			func() { addToRowsRef(c, b, rows, s) }},
		{Name: "Copy", Bytes: bytesOf[T](2 * long), Fast: func() { copy(to, from) }},
	}
}
