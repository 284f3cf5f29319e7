package flow

// cartesian holds derivatives in two coordinates up to order three: entry
// [i][j] is ∂ⁱ⁺ʲ/∂xⁱ∂yʲ, for i+j ≤ 3.
type cartesian [4][4]float64

var binomial = [4][4]float64{{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}}

// power returns the derivatives up to the given order, at most three, in X and
// Y of rⁿ f(θ) for n ≥ 1, where f holds f and its first three derivatives at θ. Each derivative is again of the form
// rⁿ⁻¹ F(θ):
//
//	∂/∂X: F = n f cos θ - Df sin θ        ∂/∂Y: F = n f sin θ + Df cos θ
func power(n int, f [4]float64, r, s, c float64, order int) (out cartesian) {
	var angle [4][4][4]float64 // by i, j and order in θ
	angle[0][0] = f
	for i := range order + 1 {
		for j := range order + 1 - i {
			if e := float64(n - i - j + 1); i > 0 {
				angle[i][j] = slope(e, angle[i-1][j], order-i-j, c, -s)
			} else if j > 0 {
				angle[i][j] = slope(e, angle[i][j-1], order-i-j, s, c)
			}
			v := angle[i][j][0]
			for range n - i - j {
				v = float64(v * r)
			}
			for range i + j - n {
				v /= r
			}
			out[i][j] = v
		}
	}
	return out
}

// slope returns e f a + Df Da and its derivatives up to the given order, where
// a is cos θ or sin θ and da its derivative.
func slope(e float64, f [4]float64, order int, a, da float64) (out [4]float64) {
	trig := [5]float64{a, da, -a, -da, a}
	for k := range order + 1 {
		for i := range k + 1 {
			term := float64(float64(e*f[k-i])*trig[i]) + float64(f[k-i+1]*trig[i+1])
			out[k] += float64(binomial[k][i] * term)
		}
	}
	return out
}

// cutoff returns χ(t) = 1 - 35t⁴ + 84t⁵ - 70t⁶ + 20t⁷ and three derivatives. It
// falls from 1 to 0 on [0, 1], flat to third order at both ends, and
// χ(t) + χ(1-t) = 1.
func cutoff(t float64) [4]float64 {
	u := 1 - t
	tu := float64(t * u)
	value := rise(u) // accurate where it is small
	if t < u {
		value = 1 - rise(t)
	}
	return [4]float64{
		value,
		-float64(140 * float64(float64(tu*tu)*tu)),
		-float64(420 * float64(float64(tu*tu)*(u-t))),
		-float64(840 * float64(tu*(float64(u*u)-float64(3*tu)+float64(t*t)))),
	}
}

// rise returns 35t⁴ - 84t⁵ + 70t⁶ - 20t⁷.
func rise(t float64) float64 {
	square := float64(t * t)
	return float64(float64(square*square) * (35 - float64(t*(84-float64(t*(70-float64(20*t)))))))
}

// A part is one order of the corners' flow at a point: its streamfunction, and
// its Bernoulli head with the gradient of that.
type part struct {
	psi                cartesian
	head, headX, headY float64
}

// corners returns, with derivatives up to the given order (three for the head's
// gradient), the flow S that carries the singular corners at the point
// (x, y) of the cavity: stokes + Re·inertia for the streamfunction, stokes/Re +
// inertia for the head. Each corner's part is cut off by χ(X) χ(Y) in its own
// coordinates, so that S satisfies every condition on the walls: on the lid the
// two corners' cut-offs sum to one.
func corners(x, y float64, order int) (stokes, inertia part) {
	stokes, inertia = corner(x, 1-y, order)
	s, i := corner(1-x, 1-y, order)
	for a := range order + 1 {
		for b := range order + 1 - a {
			if a%2 == 1 {
				s.psi[a][b] = -s.psi[a][b]
			} else {
				i.psi[a][b] = -i.psi[a][b]
			}
			stokes.psi[a][b] += s.psi[a][b]
			inertia.psi[a][b] += i.psi[a][b]
			if b%2 == 1 { // Y runs down
				stokes.psi[a][b] = -stokes.psi[a][b]
				inertia.psi[a][b] = -inertia.psi[a][b]
			}
		}
	}
	stokes.head -= s.head
	stokes.headX += s.headX
	stokes.headY = -(stokes.headY - s.headY)
	inertia.head += i.head
	inertia.headX -= i.headX
	inertia.headY = -(inertia.headY + i.headY)
	return stokes, inertia
}

// corner returns the left corner's part at (X, Y), in those coordinates.
func corner(x, y float64, order int) (stokes, inertia part) {
	r, th, s, c := polar(x, y)
	f1, f2 := angular(th, s, c)
	p0, p1 := power(1, f1, r, s, c, order), power(2, f2, r, s, c, order)
	stokes.head, inertia.head = head(r, th, s, c)
	stokes.headX, stokes.headY = -(p0[2][1] + p0[0][3]), p0[3][0]+p0[1][2]
	omega := p0[2][0] + p0[0][2]
	inertia.headX = float64(omega*p0[1][0]) - (p1[2][1] + p1[0][3])
	inertia.headY = float64(omega*p0[0][1]) + (p1[3][0] + p1[1][2])

	cx, cy := cutoff(x), cutoff(y)
	stokes.psi, inertia.psi = times(p0, cx, cy, order), times(p1, cx, cy, order)
	for _, p := range []*part{&stokes, &inertia} {
		p.headX = float64(float64(p.headX*cx[0])*cy[0]) + float64(float64(p.head*cx[1])*cy[0])
		p.headY = float64(float64(p.headY*cx[0])*cy[0]) + float64(float64(p.head*cx[0])*cy[1])
		p.head = float64(float64(p.head*cx[0]) * cy[0])
	}
	return stokes, inertia
}

// times returns the derivatives up to the given order of f(X, Y) a(X) b(Y).
func times(f cartesian, a, b [4]float64, order int) (out cartesian) {
	for i := range order + 1 {
		for j := range order + 1 - i {
			for k := range i + 1 {
				for l := range j + 1 {
					c := float64(binomial[i][k] * binomial[j][l])
					out[i][j] += float64(float64(c*f[k][l]) * float64(a[i-k]*b[j-l]))
				}
			}
		}
	}
	return out
}
