package kern

// The float64 kernels are the float32 kernels with the types exchanged; a test
// holds them to that.
//
//go:generate go run ./gen64
//go:generate go run ../cmd/genasm
