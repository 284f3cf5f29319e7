package kern

// Gate sets h = v + z d.
func Gate[T Float](h, z, d, v []T) {
	if len(z) != len(h) || len(d) != len(h) || len(v) != len(h) {
		panic("kern: Gate: length mismatch")
	}
	switch h := any(h).(type) {
	case []float32:
		gate32(h, f32(z), f32(d), f32(v))
	case []float64:
		gate64(h, f64(z), f64(d), f64(v))
	}
}

func gateRef[T Float](h, z, d, v []T) {
	for i, x := range z {
		h[i] = v[i] + T(x*d[i])
	}
}

// GateBack sets z̄ = d h̄, and d̄ = z h̄ and v̄ = h̄, or adds these two if acc is
// set: the adjoint of [Gate].
func GateBack[T Float](zbar, dbar, vbar, hbar, z, d []T, acc bool) {
	n := len(hbar)
	if len(zbar) != n || len(dbar) != n || len(vbar) != n || len(z) != n || len(d) != n {
		panic("kern: GateBack: length mismatch")
	}
	switch zbar := any(zbar).(type) {
	case []float32:
		gateBack32(zbar, f32(dbar), f32(vbar), f32(hbar), f32(z), f32(d), acc)
	case []float64:
		gateBack64(zbar, f64(dbar), f64(vbar), f64(hbar), f64(z), f64(d), acc)
	}
}

func gateBackRef[T Float](zbar, dbar, vbar, hbar, z, d []T, acc bool) {
	clearUnless(acc, dbar, vbar)
	for i, g := range hbar {
		zbar[i] = d[i] * g
		dbar[i] += T(z[i] * g)
		vbar[i] += g
	}
}

// GateJet is [Gate] on jets of four channels.
func GateJet[T Float](h, z, d, v []T, d1, d2 T) {
	n := len(h)
	if n%4 != 0 || len(z) != n || len(d) != n || len(v) != n {
		panic("kern: GateJet: length mismatch")
	}
	switch h := any(h).(type) {
	case []float32:
		gateJet32(h, f32(z), f32(d), f32(v), float32(d1), float32(d2))
	case []float64:
		gateJet64(h, f64(z), f64(d), f64(v), float64(d1), float64(d2))
	}
}

func gateJetRef[T Float](h, z, d, v []T, d1, d2 T, lo int) {
	n := len(h) / 4
	for i := lo; i < n; i++ {
		z0, zx, zy := z[i], z[n+i], z[2*n+i]
		d0, dx, dy := d[i], d[n+i], d[2*n+i]
		h[i] = v[i] + T(z0*d0)
		h[n+i] = v[n+i] + T(z0*dx) + T(zx*d0)
		h[2*n+i] = v[2*n+i] + T(z0*dy) + T(zy*d0)
		s := v[3*n+i] + T(z0*d[3*n+i])
		s += T(T(T(2*d1)*zx) * dx)
		s += T(T(T(2*d2)*zy) * dy)
		h[3*n+i] = s + T(z[3*n+i]*d0)
	}
}

// GateJetBack is [GateBack] on jets of four channels.
func GateJetBack[T Float](zbar, dbar, vbar, hbar, z, d []T, d1, d2 T, acc bool) {
	n := len(hbar)
	if n%4 != 0 || len(zbar) != n || len(dbar) != n || len(vbar) != n || len(z) != n || len(d) != n {
		panic("kern: GateJetBack: length mismatch")
	}
	switch zbar := any(zbar).(type) {
	case []float32:
		gateJetBack32(zbar, f32(dbar), f32(vbar), f32(hbar), f32(z), f32(d), float32(d1), float32(d2), acc)
	case []float64:
		gateJetBack64(zbar, f64(dbar), f64(vbar), f64(hbar), f64(z), f64(d), float64(d1), float64(d2), acc)
	}
}

func gateJetBackRef[T Float](zbar, dbar, vbar, hbar, z, d []T, d1, d2 T, acc bool, lo int) {
	n := len(hbar) / 4
	for c := range 4 {
		clearUnless(acc, dbar[c*n+lo:c*n+n], vbar[c*n+lo:c*n+n])
	}
	c1, c2 := 2*d1, 2*d2
	for i := lo; i < n; i++ {
		z0, zx, zy := z[i], z[n+i], z[2*n+i]
		d0, dx, dy := d[i], d[n+i], d[2*n+i]
		g, gx, gy, s := hbar[i], hbar[n+i], hbar[2*n+i], hbar[3*n+i]
		zbar[i] = T(d[3*n+i]*s) + T(dy*gy) + T(dx*gx) + T(d0*g)
		zbar[n+i] = T(T(c1*dx)*s) + T(d0*gx)
		zbar[2*n+i] = T(T(c2*dy)*s) + T(d0*gy)
		zbar[3*n+i] = d0 * s
		dbar[i] = dbar[i] + T(z[3*n+i]*s) + T(zy*gy) + T(zx*gx) + T(z0*g)
		dbar[n+i] = dbar[n+i] + T(T(c1*zx)*s) + T(z0*gx)
		dbar[2*n+i] = dbar[2*n+i] + T(T(c2*zy)*s) + T(z0*gy)
		dbar[3*n+i] += T(z0 * s)
		vbar[i] += g
		vbar[n+i] += gx
		vbar[2*n+i] += gy
		vbar[3*n+i] += s
	}
}

// clearUnless clears the slices that are not to be added to.
func clearUnless[T Float](acc bool, x, y []T) {
	if !acc {
		clear(x)
		clear(y)
	}
}
