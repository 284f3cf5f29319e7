// Package residual is how points become residuals: they go as jets through a
// network, and a problem's formulas make columns of the fields' channels. It
// knows nothing of losses, weights and optimisers.
//
// A [System] is all residuals of a problem as functions r(θ) of a network's
// parameters, on given points: by term, formula and point. It gives
//
//	r(θ)    their values
//	J v     their derivative along a direction, with a dual pass
//	Jᵀ w    one reverse pass with w as the adjoint: the gradient of a loss
//	        (1/n) Σ r² is that of w = (2/n) r
//	J       rows, one for each residual: outer products of the layers' inputs
//	        and adjoints, summed over channels
//
// A [Field] is the lowest part of it: a network on a block of points.
package residual
