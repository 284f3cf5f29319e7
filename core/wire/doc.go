// Package wire turns values into bytes and back. A type says once, as a method
// with a [Coder], which fields it has and in which order; the coder writes them
// or reads them, so that the two cannot differ and a field is one line.
//
// The bytes are little-endian. Strings and lists are preceded by their length as
// a uint32, which a reader compares with what is left before it allocates.
package wire
