//go:build !goexperiment.simd || !wasm

package kern

// Where there are no kernels of full jets, the plans of package jet do as well:
// nothing calls these functions.

// Kernels reports whether the functions on full jets know this kind.
func (f Full) Kernels() bool { return false }

const noFull = "kern: no kernels of full jets"

func TanhFull[T Float](f Full, y, u []T)                                       { panic(noFull) }
func TanhFullBack[T Float](f Full, ubar, ybar, y, u []T)                       { panic(noFull) }
func GateFull[T Float](f Full, h, z, d, v []T)                                 { panic(noFull) }
func GateFullBack[T Float](f Full, zbar, dbar, vbar, hbar, z, d []T, acc bool) { panic(noFull) }
