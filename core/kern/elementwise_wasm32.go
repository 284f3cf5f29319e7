//go:build goexperiment.simd && wasm

package kern

import (
	"simd/archsimd"
	"unsafe"
)

// On wasm a loop's turn and a bounds check cost as much as a product, so these
// loops walk by address, four vectors a turn. The exported functions have
// checked the lengths; the twins do the tails.

const turn32 = 4 * vec32Len // elements

func add32(y, x []float32) {
	n := len(x) / turn32 * turn32
	p, q := base32(y), base32(x)
	for range n / turn32 {
		y0 := archsimd.LoadFloat32x4Array(at32(p, 0)).Add(archsimd.LoadFloat32x4Array(at32(q, 0)))
		y1 := archsimd.LoadFloat32x4Array(at32(p, 16)).Add(archsimd.LoadFloat32x4Array(at32(q, 16)))
		y2 := archsimd.LoadFloat32x4Array(at32(p, 32)).Add(archsimd.LoadFloat32x4Array(at32(q, 32)))
		y3 := archsimd.LoadFloat32x4Array(at32(p, 48)).Add(archsimd.LoadFloat32x4Array(at32(q, 48)))
		y0.StoreArray(at32(p, 0))
		y1.StoreArray(at32(p, 16))
		y2.StoreArray(at32(p, 32))
		y3.StoreArray(at32(p, 48))
		p, q = unsafe.Add(p, 64), unsafe.Add(q, 64)
	}
	for ; n+vec32Len <= len(x); n += vec32Len { // rows are whole vectors, not whole turns
		archsimd.LoadFloat32x4Array(at32(p, 0)).Add(archsimd.LoadFloat32x4Array(at32(q, 0))).StoreArray(at32(p, 0))
		p, q = unsafe.Add(p, 16), unsafe.Add(q, 16)
	}
	addRef(y[n:], x[n:])
}

func axpy32(y []float32, c float32, x []float32) {
	cc := archsimd.BroadcastFloat32x4(c)
	n := len(x) / turn32 * turn32
	p, q := base32(y), base32(x)
	for range n / turn32 {
		y0 := archsimd.LoadFloat32x4Array(at32(p, 0)).Add(cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 0))))
		y1 := archsimd.LoadFloat32x4Array(at32(p, 16)).Add(cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 16))))
		y2 := archsimd.LoadFloat32x4Array(at32(p, 32)).Add(cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 32))))
		y3 := archsimd.LoadFloat32x4Array(at32(p, 48)).Add(cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 48))))
		y0.StoreArray(at32(p, 0))
		y1.StoreArray(at32(p, 16))
		y2.StoreArray(at32(p, 32))
		y3.StoreArray(at32(p, 48))
		p, q = unsafe.Add(p, 64), unsafe.Add(q, 64)
	}
	axpyRef(y[n:], c, x[n:])
}

func fill32(y []float32, c float32) {
	cc := archsimd.BroadcastFloat32x4(c)
	n := len(y) / turn32 * turn32
	p := base32(y)
	for range n / turn32 {
		cc.StoreArray(at32(p, 0))
		cc.StoreArray(at32(p, 16))
		cc.StoreArray(at32(p, 32))
		cc.StoreArray(at32(p, 48))
		p = unsafe.Add(p, 64)
	}
	fillRef(y[n:], c)
}

func scale32(y []float32, c float32, x []float32) {
	cc := archsimd.BroadcastFloat32x4(c)
	n := len(x) / turn32 * turn32
	p, q := base32(y), base32(x)
	for range n / turn32 {
		y0 := cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 0)))
		y1 := cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 16)))
		y2 := cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 32)))
		y3 := cc.Mul(archsimd.LoadFloat32x4Array(at32(q, 48)))
		y0.StoreArray(at32(p, 0))
		y1.StoreArray(at32(p, 16))
		y2.StoreArray(at32(p, 32))
		y3.StoreArray(at32(p, 48))
		p, q = unsafe.Add(p, 64), unsafe.Add(q, 64)
	}
	scaleRef(y[n:], c, x[n:])
}

// product32 returns (c x) ⊙ y for the vectors at p and q.
func product32(c archsimd.Float32x4, p, q unsafe.Pointer, bytes uintptr) archsimd.Float32x4 {
	return c.Mul(archsimd.LoadFloat32x4Array(at32(p, bytes))).Mul(archsimd.LoadFloat32x4Array(at32(q, bytes)))
}

func mulTo32(z []float32, c float32, x, y []float32) {
	cc := archsimd.BroadcastFloat32x4(c)
	n := len(x) / turn32 * turn32
	r, p, q := base32(z), base32(x), base32(y)
	for range n / turn32 {
		z0, z1 := product32(cc, p, q, 0), product32(cc, p, q, 16)
		z2, z3 := product32(cc, p, q, 32), product32(cc, p, q, 48)
		z0.StoreArray(at32(r, 0))
		z1.StoreArray(at32(r, 16))
		z2.StoreArray(at32(r, 32))
		z3.StoreArray(at32(r, 48))
		r, p, q = unsafe.Add(r, 64), unsafe.Add(p, 64), unsafe.Add(q, 64)
	}
	mulToRef(z[n:], c, x[n:], y[n:])
}

func mulAdd32(z []float32, c float32, x, y []float32) {
	cc := archsimd.BroadcastFloat32x4(c)
	n := len(x) / turn32 * turn32
	r, p, q := base32(z), base32(x), base32(y)
	for range n / turn32 {
		z0 := archsimd.LoadFloat32x4Array(at32(r, 0)).Add(product32(cc, p, q, 0))
		z1 := archsimd.LoadFloat32x4Array(at32(r, 16)).Add(product32(cc, p, q, 16))
		z2 := archsimd.LoadFloat32x4Array(at32(r, 32)).Add(product32(cc, p, q, 32))
		z3 := archsimd.LoadFloat32x4Array(at32(r, 48)).Add(product32(cc, p, q, 48))
		z0.StoreArray(at32(r, 0))
		z1.StoreArray(at32(r, 16))
		z2.StoreArray(at32(r, 32))
		z3.StoreArray(at32(r, 48))
		r, p, q = unsafe.Add(r, 64), unsafe.Add(p, 64), unsafe.Add(q, 64)
	}
	mulAddRef(z[n:], c, x[n:], y[n:])
}

func adam32(theta, m, v, g []float32, rate, vhat, beta1, beta2, eps float32) {
	r, h, e := archsimd.BroadcastFloat32x4(rate), archsimd.BroadcastFloat32x4(vhat), archsimd.BroadcastFloat32x4(eps)
	b1, b2 := archsimd.BroadcastFloat32x4(beta1), archsimd.BroadcastFloat32x4(beta2)
	c1, c2 := archsimd.BroadcastFloat32x4(1-beta1), archsimd.BroadcastFloat32x4(1-beta2)
	n := len(g) / vec32Len * vec32Len
	pt, pm, pv, pg := base32(theta), base32(m), base32(v), base32(g)
	for range n / vec32Len {
		gi := archsimd.LoadFloat32x4Array(at32(pg, 0))
		mi := b1.Mul(archsimd.LoadFloat32x4Array(at32(pm, 0))).Add(c1.Mul(gi))
		vi := b2.Mul(archsimd.LoadFloat32x4Array(at32(pv, 0))).Add(c2.Mul(gi).Mul(gi))
		mi.StoreArray(at32(pm, 0))
		vi.StoreArray(at32(pv, 0))
		step := r.Mul(mi).Div(h.Mul(vi).Sqrt().Add(e))
		archsimd.LoadFloat32x4Array(at32(pt, 0)).Sub(step).StoreArray(at32(pt, 0))
		pt, pm, pv, pg = unsafe.Add(pt, 16), unsafe.Add(pm, 16), unsafe.Add(pv, 16), unsafe.Add(pg, 16)
	}
	adamRef(theta[n:], m[n:], v[n:], g[n:], rate, vhat, beta1, beta2, eps)
}
