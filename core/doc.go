// Package core is the engine's folder; its packages, lowest first:
//
//	wire     values to bytes and back, by one description of their fields
//	record   what is told of a run, as plain data: Snapshot, State, histories
//	method   what a training method is: four parts, their settings, the table of named methods
//	kern     loops over flat slices, SIMD with a plain Go twin each; elementary functions
//	dense    LAPACK's factorisations on the products of kern
//	jet      which derivatives travel together, and how products and activations act on them
//	ad       the tape: jet-valued matrices, forward, reverse
//	nn       the networks on the tape; parameters are one flat vector
//	sampler  the samplers: where the points of a step are
//	weigh    the weightings: how the losses of groups are weighted
//	expr     formulas: parse, differentiate symbolically, evaluate on columns, adjoint
//	pde      a spec, which is data, becomes a Problem: domain, terms, point sets, solution
//	residual points become residuals; J v, Jᵀ w and the rows of the Jacobian J
//	flow     the lid-driven cavity's reference solution
//	eval     how good a network is where no step looks: errors, points held out, residuals on the grid
//	opt      the optimisers: how parameters move; schedules
//	train    the objective and the step: points, terms, weighting; Config, checkpoint
//	diag     why it is hard: curvature and its spectrum, the groups' gradients side by side
//	bench    how fast it is: kernels beside their twins, steps, how their cost grows
//	cmd      the command line
//
// A package imports only packages before it, and nothing of a browser. What
// draws imports record and no package after it.
//
// The way of the data: a preset or a spec becomes a pde.Problem; its points go,
// normalised, as jets through the network (one matrix product per layer over
// all channels); the residual formulas turn the fields' channels into columns;
// one loss per term; one reverse pass per group of terms gives the group's
// gradient, which the weighting, the histograms and the optimiser all use. With a
// direction in parameter space among the channels, the same passes give exact
// Hessian-vector products, which the spectra are made from; the rows of J are what
// least squares step by.
package core
