//go:build goexperiment.simd && !wasm

package kern

import "simd"

func add32(y, x []float32) {
	w, i := simd.Float32s{}.Len(), 0
	for ; i+w <= len(x); i += w {
		yi := y[i : i+w]
		simd.LoadFloat32s(yi).Add(simd.LoadFloat32s(x[i:])).Store(yi)
	}
	addRef(y[i:], x[i:])
}

func axpy32(y []float32, c float32, x []float32) {
	cc := simd.BroadcastFloat32s(c)
	w, i := cc.Len(), 0
	for ; i+w <= len(x); i += w {
		yi := y[i : i+w]
		simd.LoadFloat32s(yi).Add(cc.Mul(simd.LoadFloat32s(x[i:]))).Store(yi)
	}
	axpyRef(y[i:], c, x[i:])
}

func mulTo32(z []float32, c float32, x, y []float32) {
	cc := simd.BroadcastFloat32s(c)
	w, i := cc.Len(), 0
	for ; i+w <= len(x); i += w {
		cc.Mul(simd.LoadFloat32s(x[i:])).Mul(simd.LoadFloat32s(y[i:])).Store(z[i:])
	}
	mulToRef(z[i:], c, x[i:], y[i:])
}

func mulAdd32(z []float32, c float32, x, y []float32) {
	cc := simd.BroadcastFloat32s(c)
	w, i := cc.Len(), 0
	for ; i+w <= len(x); i += w {
		zi := z[i : i+w]
		p := cc.Mul(simd.LoadFloat32s(x[i:])).Mul(simd.LoadFloat32s(y[i:]))
		simd.LoadFloat32s(zi).Add(p).Store(zi)
	}
	mulAddRef(z[i:], c, x[i:], y[i:])
}

func adam32(theta, m, v, g []float32, rate, vhat, beta1, beta2, eps float32) {
	r, h, e := simd.BroadcastFloat32s(rate), simd.BroadcastFloat32s(vhat), simd.BroadcastFloat32s(eps)
	b1, b2 := simd.BroadcastFloat32s(beta1), simd.BroadcastFloat32s(beta2)
	c1, c2 := simd.BroadcastFloat32s(1-beta1), simd.BroadcastFloat32s(1-beta2)
	w, i := r.Len(), 0
	for ; i+w <= len(g); i += w {
		gi := simd.LoadFloat32s(g[i:])
		mi := b1.Mul(simd.LoadFloat32s(m[i:])).Add(c1.Mul(gi))
		vi := b2.Mul(simd.LoadFloat32s(v[i:])).Add(c2.Mul(gi).Mul(gi))
		mi.Store(m[i:])
		vi.Store(v[i:])
		step := r.Mul(mi).Div(h.Mul(vi).Sqrt().Add(e))
		ti := theta[i : i+w]
		simd.LoadFloat32s(ti).Sub(step).Store(ti)
	}
	adamRef(theta[i:], m[i:], v[i:], g[i:], rate, vhat, beta1, beta2, eps)
}
