//go:build goexperiment.simd && wasm

package kern

import (
	"simd/archsimd"
	"unsafe"
)

func tanhBack32(ubar, ybar, y []float32) {
	one := archsimd.BroadcastFloat32x4(1)
	n := len(y)
	po, pg, py := base32(ubar), base32(ybar), base32(y)
	for range n / vec32Len {
		v := archsimd.LoadFloat32x4Array(at32(py, 0))
		one.Sub(v.Mul(v)).Mul(archsimd.LoadFloat32x4Array(at32(pg, 0))).StoreArray(at32(po, 0))
		po, pg, py = unsafe.Add(po, 16), unsafe.Add(pg, 16), unsafe.Add(py, 16)
	}
	tanhBackRef(ubar[n/vec32Len*vec32Len:], ybar[n/vec32Len*vec32Len:], y[n/vec32Len*vec32Len:])
}

func tanhJet32(y, u []float32, d1, d2 float32) {
	one, minus2, c1, c2 := archsimd.BroadcastFloat32x4(1), archsimd.BroadcastFloat32x4(-2), archsimd.BroadcastFloat32x4(d1), archsimd.BroadcastFloat32x4(d2)
	n := len(y) / 4
	c := uintptr(n) * elem32 // bytes of a channel
	py, pu := base32(y), base32(u)
	for range n / vec32Len {
		v, u1, u2 := archsimd.LoadFloat32x4Array(at32(py, 0)), archsimd.LoadFloat32x4Array(at32(pu, c)), archsimd.LoadFloat32x4Array(at32(pu, 2*c))
		w, m := one.Sub(v.Mul(v)), minus2.Mul(v)
		y1, y2 := w.Mul(u1), w.Mul(u2)
		s := w.Mul(archsimd.LoadFloat32x4Array(at32(pu, 3*c)))
		s = s.Add(c1.Mul(m.Mul(y1)).Mul(u1))
		s = s.Add(c2.Mul(m.Mul(y2)).Mul(u2))
		y1.StoreArray(at32(py, c))
		y2.StoreArray(at32(py, 2*c))
		s.StoreArray(at32(py, 3*c))
		py, pu = unsafe.Add(py, 16), unsafe.Add(pu, 16)
	}
	tanhJetRef(y, u, d1, d2, n/vec32Len*vec32Len)
}

func tanhJetBack32(ubar, ybar, y, u []float32, d1, d2 float32) {
	one, minus2, c1, c2 := archsimd.BroadcastFloat32x4(1), archsimd.BroadcastFloat32x4(-2), archsimd.BroadcastFloat32x4(d1), archsimd.BroadcastFloat32x4(d2)
	n := len(y) / 4
	c := uintptr(n) * elem32 // bytes of a channel
	po, pg, py, pu := base32(ubar), base32(ybar), base32(y), base32(u)
	for range n / vec32Len {
		v, y1, y2 := archsimd.LoadFloat32x4Array(at32(py, 0)), archsimd.LoadFloat32x4Array(at32(py, c)), archsimd.LoadFloat32x4Array(at32(py, 2*c))
		u1, u2, s := archsimd.LoadFloat32x4Array(at32(pu, c)), archsimd.LoadFloat32x4Array(at32(pu, 2*c)), archsimd.LoadFloat32x4Array(at32(pg, 3*c))
		w, m := one.Sub(v.Mul(v)), minus2.Mul(v)
		w1, w2 := c1.Mul(u1).Mul(s), c2.Mul(u2).Mul(s)
		g1, g2 := archsimd.LoadFloat32x4Array(at32(pg, c)).Add(m.Mul(w1)), archsimd.LoadFloat32x4Array(at32(pg, 2*c)).Add(m.Mul(w2))
		g := archsimd.LoadFloat32x4Array(at32(pg, 0)).Add(minus2.Mul(y2).Mul(w2)).Add(minus2.Mul(y1).Mul(w1))
		wbar := archsimd.LoadFloat32x4Array(at32(pu, 3*c)).Mul(s).Add(u2.Mul(g2)).Add(u1.Mul(g1))
		w.Mul(g.Add(m.Mul(wbar))).StoreArray(at32(po, 0))
		c1.Mul(m.Mul(y1)).Mul(s).Add(w.Mul(g1)).StoreArray(at32(po, c))
		c2.Mul(m.Mul(y2)).Mul(s).Add(w.Mul(g2)).StoreArray(at32(po, 2*c))
		w.Mul(s).StoreArray(at32(po, 3*c))
		po, pg, py, pu = unsafe.Add(po, 16), unsafe.Add(pg, 16), unsafe.Add(py, 16), unsafe.Add(pu, 16)
	}
	tanhJetBackRef(ubar, ybar, y, u, d1, d2, n/vec32Len*vec32Len)
}
