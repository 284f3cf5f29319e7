// Package diag measures why a network is hard to train: the curvature of each
// part of the loss, and how the gradients of the parts compare.
//
// Curvature is the Hessian H of a weighted sum of the groups' losses, as an
// [Operator] on all parameters or on some of them; every product H v is exact.
// [Lanczos] finds the ends of its spectrum, [Density] its shape, [Dense] all of
// it for a small network. Each is stepped, a product at a time, so that whoever
// waits can do something else in between; a [Tracker] does so beside a run.
// Gradient descent with a learning rate above 2/λmax grows along the sharpest
// direction, see [Extremes.Rate].
//
// All is float64. Products and start vectors are the same bits everywhere; the
// small eigenproblems are gonum's, the same up to rounding.
package diag
