//go:build goexperiment.simd && amd64

package kern

// wide is whether vectors are of 64 bytes here.
var wide = lanes32() == wide32Len
