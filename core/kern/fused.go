package kern

// Whole jets in one pass over memory. A jet here is either a value alone or
// the four channels value, ∂₁, ∂₂ and D = D₁ ∂₁² + D₂ ∂₂², one after the other
// in one slice. Each function does what the multiply-add program of package jet
// does, in its order; results agree but for the sign of a zero.

// TanhBack sets ū = (1 - y²) ȳ, the adjoint of y = tanh u.
func TanhBack[T Float](ubar, ybar, y []T) {
	if len(ybar) != len(ubar) || len(y) != len(ubar) {
		panic("kern: TanhBack: length mismatch")
	}
	switch ubar := any(ubar).(type) {
	case []float32:
		tanhBack32(ubar, f32(ybar), f32(y))
	case []float64:
		tanhBack64(ubar, f64(ybar), f64(y))
	}
}

func tanhBackRef[T Float](ubar, ybar, y []T) {
	for i, v := range y {
		ubar[i] = (1 - T(v*v)) * ybar[i]
	}
}

// TanhJet sets y = tanh u, four channels each.
func TanhJet[T Float](y, u []T, d1, d2 T) {
	n := len(y) / 4
	if len(y) != 4*n || len(u) != 4*n {
		panic("kern: TanhJet: length mismatch")
	}
	TanhTo(y[:n], u[:n])
	switch y := any(y).(type) {
	case []float32:
		tanhJet32(y, f32(u), float32(d1), float32(d2))
	case []float64:
		tanhJet64(y, f64(u), float64(d1), float64(d2))
	}
}

// tanhJetRef fills the derivatives' channels of y from its value's, from
// element lo on.
func tanhJetRef[T Float](y, u []T, d1, d2 T, lo int) {
	n := len(y) / 4
	for i := lo; i < n; i++ {
		v, u1, u2 := y[i], u[n+i], u[2*n+i]
		w := 1 - T(v*v)
		y1, y2 := T(w*u1), T(w*u2)
		s := T(w * u[3*n+i])
		s += T(T(d1*T(T(-2*v)*y1)) * u1)
		s += T(T(d2*T(T(-2*v)*y2)) * u2)
		y[n+i], y[2*n+i], y[3*n+i] = y1, y2, s
	}
}

// TanhJetBack sets ū to the adjoint of [TanhJet].
func TanhJetBack[T Float](ubar, ybar, y, u []T, d1, d2 T) {
	n := len(y) / 4
	if len(y) != 4*n || len(u) != 4*n || len(ybar) != 4*n || len(ubar) != 4*n {
		panic("kern: TanhJetBack: length mismatch")
	}
	switch ubar := any(ubar).(type) {
	case []float32:
		tanhJetBack32(ubar, f32(ybar), f32(y), f32(u), float32(d1), float32(d2))
	case []float64:
		tanhJetBack64(ubar, f64(ybar), f64(y), f64(u), float64(d1), float64(d2))
	}
}

func tanhJetBackRef[T Float](ubar, ybar, y, u []T, d1, d2 T, lo int) {
	n := len(y) / 4
	for i := lo; i < n; i++ {
		v, y1, y2 := y[i], y[n+i], y[2*n+i]
		u1, u2, s := u[n+i], u[2*n+i], ybar[3*n+i]
		w, m := 1-T(v*v), T(-2*v)
		w1, w2 := T(T(d1*u1)*s), T(T(d2*u2)*s) // adjoints of ∂₁w and ∂₂w
		g1, g2 := ybar[n+i]+T(m*w1), ybar[2*n+i]+T(m*w2)
		g := ybar[i] + T(T(-2*y2)*w2)
		g += T(T(-2*y1) * w1)
		wbar := T(u[3*n+i]*s) + T(u2*g2)
		wbar += T(u1 * g1)
		g += T(m * wbar)
		ubar[i] = w * g
		ubar[n+i] = T(T(d1*T(m*y1))*s) + T(w*g1)
		ubar[2*n+i] = T(T(d2*T(m*y2))*s) + T(w*g2)
		ubar[3*n+i] = w * s
	}
}

func f32[T Float](x []T) []float32 { return any(x).([]float32) }
func f64[T Float](x []T) []float64 { return any(x).([]float64) }
