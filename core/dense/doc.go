// Package dense has gonum's LAPACK run on the engine's own products: it registers
// a BLAS with the same bits on every machine. gonum's own sums in assembly on
// some and lets others fuse products and sums.
//
// What a Cholesky factorisation and its solves reach is here; the rest is
// gonum's. Blocks of the operands are packed for package kern's loops, which pays
// since each number then takes part in many products.
package dense

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
)

func init() { blas64.Use(BLAS{}) }

// BLAS is gonum's with the routines of this package instead of its own.
type BLAS struct{ gonum.Implementation }
