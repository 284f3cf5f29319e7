// Package method says what a training method is: four parts, each with a name.
//
//	network     u(x; θ)
//	weighting   how the losses of a problem's groups are weighted
//	optimiser   how θ moves
//	sampler     where the points are
//
// A part is registered by one file of its own package (nn, weigh, opt, sampler),
// with what people are told of it, an [Info], and the settings that it declares.
// What it carries from step to step it writes into a checkpoint itself; see
// [Keeper]. The methods of the papers are rows of a table of their names.
package method
