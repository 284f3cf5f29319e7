// Package expr is the language of the formulas that state a problem: it
// parses them, differentiates them symbolically and evaluates them, with
// their adjoint, on columns of points.
//
// A formula is built from
//
//	numbers          2, 0.5, 1e-3, pi
//	names            coordinates, parameters, fields, definitions
//	derivatives      u_xxy: a field or definition, then letters of coordinates in any order
//	a + b, a - b     from the left
//	a * b, a / b     from the left, binding tighter
//	-a               binding tighter still: -a*b is (-a)*b
//	a ^ b            from the right, binding tightest: -x^2 is -(x^2), 2^3^2 is 2^9
//	f(a)             sin cos tan tanh sinh cosh exp log sqrt abs
//
// [Parse] reads text into a [Formula]. A [Scope] says what its names mean and
// compiles formulas into a [Program]; definitions are substituted, and their
// derivatives formed symbolically, so a program reads nothing but coordinates
// and derivatives of fields. A [Machine] runs a program on up to n points:
// one column of n numbers per quantity.
//
// A [Notation] typesets formulas in MathML. Errors carry a column and say how
// to write what other languages and papers write in another way.
//
// Everything is float64, built from + - * / and package kern, so the same
// inputs give the same bits on every machine. A power with a whole exponent
// is repeated multiplication; the derivative of abs is the sign, 0 at 0.
package expr
