//go:build goexperiment.simd && !wasm

package kern

import "simd"

func tanhBack32(ubar, ybar, y []float32) {
	one := simd.BroadcastFloat32s(1)
	n, l, i := len(y), simd.Float32s{}.Len(), 0
	for ; i+l <= n; i += l {
		v := simd.LoadFloat32s(y[i:])
		one.Sub(v.Mul(v)).Mul(simd.LoadFloat32s(ybar[i:])).Store(ubar[i:])
	}
	tanhBackRef(ubar[i:], ybar[i:], y[i:])
}

func tanhJet32(y, u []float32, d1, d2 float32) {
	one, minus2, c1, c2 := simd.BroadcastFloat32s(1), simd.BroadcastFloat32s(-2), simd.BroadcastFloat32s(d1), simd.BroadcastFloat32s(d2)
	n, l, i := len(y)/4, simd.Float32s{}.Len(), 0
	for ; i+l <= n; i += l {
		v, u1, u2 := simd.LoadFloat32s(y[i:]), simd.LoadFloat32s(u[n+i:]), simd.LoadFloat32s(u[2*n+i:])
		w, m := one.Sub(v.Mul(v)), minus2.Mul(v)
		y1, y2 := w.Mul(u1), w.Mul(u2)
		s := w.Mul(simd.LoadFloat32s(u[3*n+i:]))
		s = s.Add(c1.Mul(m.Mul(y1)).Mul(u1))
		s = s.Add(c2.Mul(m.Mul(y2)).Mul(u2))
		y1.Store(y[n+i:])
		y2.Store(y[2*n+i:])
		s.Store(y[3*n+i:])
	}
	tanhJetRef(y, u, d1, d2, i)
}

func tanhJetBack32(ubar, ybar, y, u []float32, d1, d2 float32) {
	one, minus2, c1, c2 := simd.BroadcastFloat32s(1), simd.BroadcastFloat32s(-2), simd.BroadcastFloat32s(d1), simd.BroadcastFloat32s(d2)
	n, l, i := len(y)/4, simd.Float32s{}.Len(), 0
	for ; i+l <= n; i += l {
		v, y1, y2 := simd.LoadFloat32s(y[i:]), simd.LoadFloat32s(y[n+i:]), simd.LoadFloat32s(y[2*n+i:])
		u1, u2, s := simd.LoadFloat32s(u[n+i:]), simd.LoadFloat32s(u[2*n+i:]), simd.LoadFloat32s(ybar[3*n+i:])
		w, m := one.Sub(v.Mul(v)), minus2.Mul(v)
		w1, w2 := c1.Mul(u1).Mul(s), c2.Mul(u2).Mul(s)
		g1, g2 := simd.LoadFloat32s(ybar[n+i:]).Add(m.Mul(w1)), simd.LoadFloat32s(ybar[2*n+i:]).Add(m.Mul(w2))
		g := simd.LoadFloat32s(ybar[i:]).Add(minus2.Mul(y2).Mul(w2)).Add(minus2.Mul(y1).Mul(w1))
		wbar := simd.LoadFloat32s(u[3*n+i:]).Mul(s).Add(u2.Mul(g2)).Add(u1.Mul(g1))
		w.Mul(g.Add(m.Mul(wbar))).Store(ubar[i:])
		c1.Mul(m.Mul(y1)).Mul(s).Add(w.Mul(g1)).Store(ubar[n+i:])
		c2.Mul(m.Mul(y2)).Mul(s).Add(w.Mul(g2)).Store(ubar[2*n+i:])
		w.Mul(s).Store(ubar[3*n+i:])
	}
	tanhJetBackRef(ubar, ybar, y, u, d1, d2, i)
}
