// Package kern holds the loops over flat slices that the engine spends its
// time in, and the elementary functions it computes with.
//
// Every fast loop has a plain Go twin (suffix Ref) that defines it: the same
// operations in the same order, so that both give the same bits. The loops over
// full jets are written from the programs of package jet, which define them. The
// rules that make this true on every machine:
//
//   - vectors run across independent results, never along a sum;
//   - every product is rounded before it is added (no fused multiply-add);
//   - every sum has a fixed order;
//   - tanh, exp, log, sin and cos are built from + - * / alone.
//
// Matrices are row-major with a row stride of [Stride] elements, a whole
// number of vectors; the elements beyond the last column are padding, which
// kernels compute like any other and which stays zero where inputs are zero.
package kern

// Float is the engine's number: float32 for training, float64 for checks.
type Float interface{ float32 | float64 }
