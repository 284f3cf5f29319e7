//go:build goexperiment.simd && wasm

package kern

import (
	"slices"
	"unsafe"
)

// The kernels of full jets are written from the programs of package jet, which
// are their twins too; see genasm. A channel is a whole number of vectors.

// Kernels reports whether the functions on full jets know this kind.
func (f Full) Kernels() bool { return slices.Contains(Fulls, f) }

// Loops by kind, in the order of Fulls.
type (
	twoArrays  = [5]func(y, u unsafe.Pointer, turns int, channel uintptr)
	fourArrays = [5]func(h, z, d, v unsafe.Pointer, turns int, channel uintptr)
	sixArrays  = [5]func(zbar, dbar, vbar, hbar, z, d unsafe.Pointer, turns int, channel uintptr)
)

// TanhFull sets y = tanh u.
func TanhFull[T Float](f Full, y, u []T) {
	n := channel[T](f, len(y), len(u))
	TanhTo(y[:n], u[:n])
	switch y := any(y).(type) {
	case []float32:
		tanhFull32(f, y, f32(u), n)
	case []float64:
		tanhFull64(f, y, f64(u), n)
	}
}

// TanhFullBack sets ū to the adjoint of [TanhFull]; ȳ is used up.
func TanhFullBack[T Float](f Full, ubar, ybar, y, u []T) {
	n := channel[T](f, len(ubar), len(ybar), len(y), len(u))
	switch ubar := any(ubar).(type) {
	case []float32:
		tanhFullBack32(f, ubar, f32(ybar), f32(y), f32(u), n)
	case []float64:
		tanhFullBack64(f, ubar, f64(ybar), f64(y), f64(u), n)
	}
}

// GateFull sets h = v + z d.
func GateFull[T Float](f Full, h, z, d, v []T) {
	n := channel[T](f, len(h), len(z), len(d), len(v))
	switch h := any(h).(type) {
	case []float32:
		gateFull32(f, h, f32(z), f32(d), f32(v), n)
	case []float64:
		gateFull64(f, h, f64(z), f64(d), f64(v), n)
	}
}

// GateFullBack is to [GateFull] what [GateBack] is to [Gate].
func GateFullBack[T Float](f Full, zbar, dbar, vbar, hbar, z, d []T, acc bool) {
	n := channel[T](f, len(zbar), len(dbar), len(vbar), len(hbar), len(z), len(d))
	switch zbar := any(zbar).(type) {
	case []float32:
		gateFullBack32(f, zbar, f32(dbar), f32(vbar), f32(hbar), f32(z), f32(d), n, acc)
	case []float64:
		gateFullBack64(f, zbar, f64(dbar), f64(vbar), f64(hbar), f64(z), f64(d), n, acc)
	}
}

// channel returns the length of a channel of jets of the given lengths.
func channel[T Float](f Full, jets ...int) int {
	n := jets[0] / f.Channels()
	for _, size := range jets {
		if size != n*f.Channels() || n%lanes[T]() != 0 {
			panic("kern: full jets: length mismatch")
		}
	}
	return n
}
