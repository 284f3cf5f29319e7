//go:build goexperiment.simd && wasm

package jet

// fullKernels says whether full jets have kernels in this build.
const fullKernels = true
