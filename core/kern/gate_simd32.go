//go:build goexperiment.simd && !wasm

package kern

import "simd"

func gate32(h, z, d, v []float32) {
	n, l, i := len(h), simd.Float32s{}.Len(), 0
	for ; i+l <= n; i += l {
		simd.LoadFloat32s(v[i:]).Add(simd.LoadFloat32s(z[i:]).Mul(simd.LoadFloat32s(d[i:]))).Store(h[i:])
	}
	gateRef(h[i:], z[i:], d[i:], v[i:])
}

func gateBack32(zbar, dbar, vbar, hbar, z, d []float32, acc bool) {
	clearUnless(acc, dbar, vbar)
	n, l, i := len(z), simd.Float32s{}.Len(), 0
	for ; i+l <= n; i += l {
		g := simd.LoadFloat32s(hbar[i:])
		simd.LoadFloat32s(d[i:]).Mul(g).Store(zbar[i:])
		simd.LoadFloat32s(dbar[i:]).Add(simd.LoadFloat32s(z[i:]).Mul(g)).Store(dbar[i:])
		simd.LoadFloat32s(vbar[i:]).Add(g).Store(vbar[i:])
	}
	gateBackRef(zbar[i:], dbar[i:], vbar[i:], hbar[i:], z[i:], d[i:], true)
}

func gateJet32(h, z, d, v []float32, d1, d2 float32) {
	c1, c2 := simd.BroadcastFloat32s(2*d1), simd.BroadcastFloat32s(2*d2)
	n, l, i := len(h)/4, simd.Float32s{}.Len(), 0
	for ; i+l <= n; i += l {
		z0, zx, zy := simd.LoadFloat32s(z[i:]), simd.LoadFloat32s(z[n+i:]), simd.LoadFloat32s(z[2*n+i:])
		d0, dx, dy := simd.LoadFloat32s(d[i:]), simd.LoadFloat32s(d[n+i:]), simd.LoadFloat32s(d[2*n+i:])
		simd.LoadFloat32s(v[i:]).Add(z0.Mul(d0)).Store(h[i:])
		simd.LoadFloat32s(v[n+i:]).Add(z0.Mul(dx)).Add(zx.Mul(d0)).Store(h[n+i:])
		simd.LoadFloat32s(v[2*n+i:]).Add(z0.Mul(dy)).Add(zy.Mul(d0)).Store(h[2*n+i:])
		s := simd.LoadFloat32s(v[3*n+i:]).Add(z0.Mul(simd.LoadFloat32s(d[3*n+i:])))
		s = s.Add(c1.Mul(zx).Mul(dx)).Add(c2.Mul(zy).Mul(dy))
		s.Add(simd.LoadFloat32s(z[3*n+i:]).Mul(d0)).Store(h[3*n+i:])
	}
	gateJetRef(h, z, d, v, d1, d2, i)
}

func gateJetBack32(zbar, dbar, vbar, hbar, z, d []float32, d1, d2 float32, acc bool) {
	clearUnless(acc, dbar, vbar)
	c1, c2 := simd.BroadcastFloat32s(2*d1), simd.BroadcastFloat32s(2*d2)
	n, l, i := len(z)/4, simd.Float32s{}.Len(), 0
	for ; i+l <= n; i += l {
		g, gx, gy, s := simd.LoadFloat32s(hbar[i:]), simd.LoadFloat32s(hbar[n+i:]), simd.LoadFloat32s(hbar[2*n+i:]), simd.LoadFloat32s(hbar[3*n+i:])
		simd.LoadFloat32s(vbar[i:]).Add(g).Store(vbar[i:])
		simd.LoadFloat32s(vbar[n+i:]).Add(gx).Store(vbar[n+i:])
		simd.LoadFloat32s(vbar[2*n+i:]).Add(gy).Store(vbar[2*n+i:])
		simd.LoadFloat32s(vbar[3*n+i:]).Add(s).Store(vbar[3*n+i:])
		d0, dx, dy := simd.LoadFloat32s(d[i:]), simd.LoadFloat32s(d[n+i:]), simd.LoadFloat32s(d[2*n+i:])
		simd.LoadFloat32s(d[3*n+i:]).Mul(s).Add(dy.Mul(gy)).Add(dx.Mul(gx)).Add(d0.Mul(g)).Store(zbar[i:])
		c1.Mul(dx).Mul(s).Add(d0.Mul(gx)).Store(zbar[n+i:])
		c2.Mul(dy).Mul(s).Add(d0.Mul(gy)).Store(zbar[2*n+i:])
		d0.Mul(s).Store(zbar[3*n+i:])
		z0, zx, zy := simd.LoadFloat32s(z[i:]), simd.LoadFloat32s(z[n+i:]), simd.LoadFloat32s(z[2*n+i:])
		simd.LoadFloat32s(dbar[i:]).Add(simd.LoadFloat32s(z[3*n+i:]).Mul(s)).Add(zy.Mul(gy)).Add(zx.Mul(gx)).Add(z0.Mul(g)).Store(dbar[i:])
		simd.LoadFloat32s(dbar[n+i:]).Add(c1.Mul(zx).Mul(s)).Add(z0.Mul(gx)).Store(dbar[n+i:])
		simd.LoadFloat32s(dbar[2*n+i:]).Add(c2.Mul(zy).Mul(s)).Add(z0.Mul(gy)).Store(dbar[2*n+i:])
		simd.LoadFloat32s(dbar[3*n+i:]).Add(z0.Mul(s)).Store(dbar[3*n+i:])
	}
	gateJetBackRef(zbar, dbar, vbar, hbar, z, d, d1, d2, true, i)
}
