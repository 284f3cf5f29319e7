// Package pde turns the description of a problem, a [Spec], into what a
// trainer needs, a [Problem].
//
// A Spec is JSON. It names the coordinates and their box, parameters, the
// fields that a network computes, and states as formulas of package expr
// what must vanish: residuals inside the box, conditions on its faces.
// Beyond the names it gives, its formulas can read
//
//	u_exact, u_exact_t  the exact solution of the field (or derived field) u and its
//	                    derivatives, where the Spec has a solution
//	f                   in a residual: its forcing
//
// The forcing of a residual is its formula "f" if it has one. Otherwise it is
// derived from the solution, so that the residual of the solution vanishes:
// f must be one whole term of the residual, and is what the other terms give
// when every field u is replaced by u_exact. From u_xx + u_yy + k^2*u - f
// follows f = u_exact_xx + u_exact_yy + k^2*u_exact, differentiated
// symbolically.
//
// Each residual is one loss term, and so is each condition: the mean of the
// squares of its values over its points and formulas. All residuals share the
// point set "res" and the group "res"; a condition has the point set of its
// name unless it says otherwise, and the group "bcs".
//
// Specs come from anyone, so every mistake is an [Error] in plain words with
// the path of the field, and [Parse] reports as many as it can tell apart.
package pde
