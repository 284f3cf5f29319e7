//go:build goexperiment.simd && wasm

package kern

import (
	"simd/archsimd"
	"unsafe"
)

func gate32(h, z, d, v []float32) {
	n := len(h)
	ph, pz, pd, pv := base32(h), base32(z), base32(d), base32(v)
	for range n / vec32Len {
		archsimd.LoadFloat32x4Array(at32(pv, 0)).Add(archsimd.LoadFloat32x4Array(at32(pz, 0)).Mul(archsimd.LoadFloat32x4Array(at32(pd, 0)))).StoreArray(at32(ph, 0))
		ph, pz, pd, pv = unsafe.Add(ph, 16), unsafe.Add(pz, 16), unsafe.Add(pd, 16), unsafe.Add(pv, 16)
	}
	gateRef(h[n/vec32Len*vec32Len:], z[n/vec32Len*vec32Len:], d[n/vec32Len*vec32Len:], v[n/vec32Len*vec32Len:])
}

func gateBack32(zbar, dbar, vbar, hbar, z, d []float32) {
	n := len(z)
	oz, od, ov, pg, pz, pd := base32(zbar), base32(dbar), base32(vbar), base32(hbar), base32(z), base32(d)
	for range n / vec32Len {
		g := archsimd.LoadFloat32x4Array(at32(pg, 0))
		archsimd.LoadFloat32x4Array(at32(pd, 0)).Mul(g).StoreArray(at32(oz, 0))
		archsimd.LoadFloat32x4Array(at32(od, 0)).Add(archsimd.LoadFloat32x4Array(at32(pz, 0)).Mul(g)).StoreArray(at32(od, 0))
		archsimd.LoadFloat32x4Array(at32(ov, 0)).Add(g).StoreArray(at32(ov, 0))
		oz, od, ov, pg, pz, pd = unsafe.Add(oz, 16), unsafe.Add(od, 16), unsafe.Add(ov, 16), unsafe.Add(pg, 16), unsafe.Add(pz, 16), unsafe.Add(pd, 16)
	}
	gateBackRef(zbar[n/vec32Len*vec32Len:], dbar[n/vec32Len*vec32Len:], vbar[n/vec32Len*vec32Len:], hbar[n/vec32Len*vec32Len:], z[n/vec32Len*vec32Len:], d[n/vec32Len*vec32Len:])
}

func gateJet32(h, z, d, v []float32, d1, d2 float32) {
	c1, c2 := archsimd.BroadcastFloat32x4(2*d1), archsimd.BroadcastFloat32x4(2*d2)
	n := len(h) / 4
	c := uintptr(n) * elem32 // bytes of a channel
	ph, pz, pd, pv := base32(h), base32(z), base32(d), base32(v)
	for range n / vec32Len {
		z0, zx, zy := archsimd.LoadFloat32x4Array(at32(pz, 0)), archsimd.LoadFloat32x4Array(at32(pz, c)), archsimd.LoadFloat32x4Array(at32(pz, 2*c))
		d0, dx, dy := archsimd.LoadFloat32x4Array(at32(pd, 0)), archsimd.LoadFloat32x4Array(at32(pd, c)), archsimd.LoadFloat32x4Array(at32(pd, 2*c))
		archsimd.LoadFloat32x4Array(at32(pv, 0)).Add(z0.Mul(d0)).StoreArray(at32(ph, 0))
		archsimd.LoadFloat32x4Array(at32(pv, c)).Add(z0.Mul(dx)).Add(zx.Mul(d0)).StoreArray(at32(ph, c))
		archsimd.LoadFloat32x4Array(at32(pv, 2*c)).Add(z0.Mul(dy)).Add(zy.Mul(d0)).StoreArray(at32(ph, 2*c))
		s := archsimd.LoadFloat32x4Array(at32(pv, 3*c)).Add(z0.Mul(archsimd.LoadFloat32x4Array(at32(pd, 3*c))))
		s = s.Add(c1.Mul(zx).Mul(dx)).Add(c2.Mul(zy).Mul(dy))
		s.Add(archsimd.LoadFloat32x4Array(at32(pz, 3*c)).Mul(d0)).StoreArray(at32(ph, 3*c))
		ph, pz, pd, pv = unsafe.Add(ph, 16), unsafe.Add(pz, 16), unsafe.Add(pd, 16), unsafe.Add(pv, 16)
	}
	gateJetRef(h, z, d, v, d1, d2, n/vec32Len*vec32Len)
}

func gateJetBack32(zbar, dbar, vbar, hbar, z, d []float32, d1, d2 float32) {
	c1, c2 := archsimd.BroadcastFloat32x4(2*d1), archsimd.BroadcastFloat32x4(2*d2)
	n := len(z) / 4
	c := uintptr(n) * elem32 // bytes of a channel
	oz, od, ov, pg, pz, pd := base32(zbar), base32(dbar), base32(vbar), base32(hbar), base32(z), base32(d)
	for range n / vec32Len {
		g, gx, gy, s := archsimd.LoadFloat32x4Array(at32(pg, 0)), archsimd.LoadFloat32x4Array(at32(pg, c)), archsimd.LoadFloat32x4Array(at32(pg, 2*c)), archsimd.LoadFloat32x4Array(at32(pg, 3*c))
		archsimd.LoadFloat32x4Array(at32(ov, 0)).Add(g).StoreArray(at32(ov, 0))
		archsimd.LoadFloat32x4Array(at32(ov, c)).Add(gx).StoreArray(at32(ov, c))
		archsimd.LoadFloat32x4Array(at32(ov, 2*c)).Add(gy).StoreArray(at32(ov, 2*c))
		archsimd.LoadFloat32x4Array(at32(ov, 3*c)).Add(s).StoreArray(at32(ov, 3*c))
		d0, dx, dy := archsimd.LoadFloat32x4Array(at32(pd, 0)), archsimd.LoadFloat32x4Array(at32(pd, c)), archsimd.LoadFloat32x4Array(at32(pd, 2*c))
		archsimd.LoadFloat32x4Array(at32(pd, 3*c)).Mul(s).Add(dy.Mul(gy)).Add(dx.Mul(gx)).Add(d0.Mul(g)).StoreArray(at32(oz, 0))
		c1.Mul(dx).Mul(s).Add(d0.Mul(gx)).StoreArray(at32(oz, c))
		c2.Mul(dy).Mul(s).Add(d0.Mul(gy)).StoreArray(at32(oz, 2*c))
		d0.Mul(s).StoreArray(at32(oz, 3*c))
		z0, zx, zy := archsimd.LoadFloat32x4Array(at32(pz, 0)), archsimd.LoadFloat32x4Array(at32(pz, c)), archsimd.LoadFloat32x4Array(at32(pz, 2*c))
		archsimd.LoadFloat32x4Array(at32(od, 0)).Add(archsimd.LoadFloat32x4Array(at32(pz, 3*c)).Mul(s)).Add(zy.Mul(gy)).Add(zx.Mul(gx)).Add(z0.Mul(g)).StoreArray(at32(od, 0))
		archsimd.LoadFloat32x4Array(at32(od, c)).Add(c1.Mul(zx).Mul(s)).Add(z0.Mul(gx)).StoreArray(at32(od, c))
		archsimd.LoadFloat32x4Array(at32(od, 2*c)).Add(c2.Mul(zy).Mul(s)).Add(z0.Mul(gy)).StoreArray(at32(od, 2*c))
		archsimd.LoadFloat32x4Array(at32(od, 3*c)).Add(z0.Mul(s)).StoreArray(at32(od, 3*c))
		oz, od, ov, pg, pz, pd = unsafe.Add(oz, 16), unsafe.Add(od, 16), unsafe.Add(ov, 16), unsafe.Add(pg, 16), unsafe.Add(pz, 16), unsafe.Add(pd, 16)
	}
	gateJetBackRef(zbar, dbar, vbar, hbar, z, d, d1, d2, n/vec32Len*vec32Len)
}
