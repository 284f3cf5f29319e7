package kern

// The float64 kernels are the float32 kernels with other names; tests hold what
// is generated to its sources.
//
//go:generate go run ./gen64
//go:generate go run ../cmd/genasm
