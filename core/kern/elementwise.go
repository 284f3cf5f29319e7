package kern

// Add sets y += x.
func Add[T Float](y, x []T) {
	if len(x) != len(y) {
		panic("kern: Add: length mismatch")
	}
	switch y := any(y).(type) {
	case []float32:
		add32(y, any(x).([]float32))
	case []float64:
		add64(y, any(x).([]float64))
	}
}

func addRef[T Float](y, x []T) {
	for i, v := range x {
		y[i] += v
	}
}

// Axpy sets y += c x.
func Axpy[T Float](y []T, c T, x []T) {
	if len(x) != len(y) {
		panic("kern: Axpy: length mismatch")
	}
	switch y := any(y).(type) {
	case []float32:
		axpy32(y, float32(c), any(x).([]float32))
	case []float64:
		axpy64(y, float64(c), any(x).([]float64))
	}
}

func axpyRef[T Float](y []T, c T, x []T) {
	for i, v := range x {
		y[i] += T(c * v)
	}
}

// MulTo sets z = (c x) ⊙ y.
func MulTo[T Float](z []T, c T, x, y []T) {
	if len(x) != len(z) || len(y) != len(z) {
		panic("kern: MulTo: length mismatch")
	}
	switch z := any(z).(type) {
	case []float32:
		mulTo32(z, float32(c), any(x).([]float32), any(y).([]float32))
	case []float64:
		mulTo64(z, float64(c), any(x).([]float64), any(y).([]float64))
	}
}

func mulToRef[T Float](z []T, c T, x, y []T) {
	for i, v := range x {
		z[i] = T(c*v) * y[i]
	}
}

// MulAdd sets z += (c x) ⊙ y.
func MulAdd[T Float](z []T, c T, x, y []T) {
	if len(x) != len(z) || len(y) != len(z) {
		panic("kern: MulAdd: length mismatch")
	}
	switch z := any(z).(type) {
	case []float32:
		mulAdd32(z, float32(c), any(x).([]float32), any(y).([]float32))
	case []float64:
		mulAdd64(z, float64(c), any(x).([]float64), any(y).([]float64))
	}
}

func mulAddRef[T Float](z []T, c T, x, y []T) {
	for i, v := range x {
		z[i] += T(T(c*v) * y[i])
	}
}

// AdamStep is Algorithm 1 of Kingma and Ba, "Adam: A Method for Stochastic
// Optimization" (2015), for one step on all parameters: m and v are the
// moment estimates, rate is the learning rate over 1 - β1ᵗ, and vhat is
// 1/(1 - β2ᵗ).
//
//	m = β1 m + (1-β1) g    v = β2 v + (1-β2) g²    θ -= rate m / (√(vhat v) + ε)
func AdamStep[T Float](theta, m, v, g []T, rate, vhat, beta1, beta2, eps T) {
	if len(m) != len(theta) || len(v) != len(theta) || len(g) != len(theta) {
		panic("kern: AdamStep: length mismatch")
	}
	switch theta := any(theta).(type) {
	case []float32:
		adam32(theta, any(m).([]float32), any(v).([]float32), any(g).([]float32),
			float32(rate), float32(vhat), float32(beta1), float32(beta2), float32(eps))
	case []float64:
		adam64(theta, any(m).([]float64), any(v).([]float64), any(g).([]float64),
			float64(rate), float64(vhat), float64(beta1), float64(beta2), float64(eps))
	}
}

func adamRef[T Float](theta, m, v, g []T, rate, vhat, beta1, beta2, eps T) {
	c1, c2 := 1-beta1, 1-beta2
	for i, gi := range g {
		mi := T(beta1*m[i]) + T(c1*gi)
		vi := T(beta2*v[i]) + T(T(c2*gi)*gi)
		m[i], v[i] = mi, vi
		theta[i] -= T(rate*mi) / (sqrt(T(vhat*vi)) + eps)
	}
}
