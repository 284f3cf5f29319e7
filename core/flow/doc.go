// Package flow computes the steady lid-driven cavity: the unit square whose lid
// y = 1 slides with u = 1 between walls at rest, for Reynolds numbers up to
// [MaxRe]. It is the reference that networks are measured against.
//
// [Solve] is a Galerkin method for the streamfunction, u = ψ_y and v = -ψ_x,
//
//	(Δψ, Δφ) + Re (Δψ, u φ_x + v φ_y) = 0 for every clamped φ,
//
// so that the flow is free of divergence and every wall condition holds
// exactly. ψ = S + w: w is a tensor product of Legendre polynomials, and S
// carries the two upper corners, where the velocity is discontinuous and
// vorticity and pressure are infinite. Plain polynomials would converge there
// like 1/N and spoil the whole box. S is known: the Stokes flow of a scraped
// corner and its first inertial correction, the two terms that Botella and
// Peyret (Comput. Fluids 27 (1998) 421-433) subtract in velocity and pressure,
// here cut off smoothly so that S alone moves the lid and w obeys homogeneous
// conditions. What remains in w is of order r³ at those corners. Galerkin's
// method sees that twice, in the solution and in its dual, and Gauss points
// crowd into corners: the velocity converges like N⁻⁷ or better (the tests
// measure it), to seven digits with the default at Re = 100 and to five at
// Re = 1000, whose layer under the lid takes N = 96 for seven.
//
// The discrete equations are solved by Newton's method and GMRES, preconditioned
// by the exact inverse of the Stokes operator in O(N³) operations. What is
// left is the identity plus a compact operator, so the number of GMRES steps
// depends on Re (for three digits about 10 at 100, 80 at 1000) but not on N, and
// no matrix of all unknowns is formed: a solve at Re = 100 takes a fraction of
// a second, in a browser too.
//
// [Emulate] solves something else on purpose: the finite difference scheme
// behind the reference of the gradient-pathologies paper, errors included, so
// that errors can be quoted in the authors' measure ([SpectralError]) as well.
//
// The same bits come out on every machine: products are rounded before they
// are added, sums have a fixed order, and the dense linear algebra is ours.
package flow
