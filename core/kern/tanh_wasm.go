//go:build goexperiment.simd

package kern

import (
	"simd/archsimd"
	"unsafe"
)

// tanhRef32 and tanhRef64 on vectors, the polynomials written out: a call or a
// loop per vector would cost more than the arithmetic.

func tanhTo32(y, x []float32) {
	n := len(x) / vec32Len
	p, q := base32(y), base32(x)
	top, bottom := archsimd.BroadcastFloat32x4(tanhMax32), archsimd.BroadcastFloat32x4(-tanhMax32)
	magic, l2e := archsimd.BroadcastFloat32x4(tanhMagic32), archsimd.BroadcastFloat32x4(log2E)
	hi, lo := archsimd.BroadcastFloat32x4(ln2Hi32), archsimd.BroadcastFloat32x4(ln2Lo32)
	one := archsimd.BroadcastFloat32x4(1)
	for range n {
		v := archsimd.LoadFloat32x4Array(at32(q, 0))
		v = top.IfElse(v.Greater(top), v)
		v = bottom.IfElse(v.Less(bottom), v)
		v = v.Add(v)
		t := v.Mul(l2e).Add(magic)
		k := t.Sub(magic)
		r := v.Sub(k.Mul(hi)).Sub(k.Mul(lo))
		s := archsimd.BroadcastFloat32x4(expC5)
		s = s.Mul(r).Add(archsimd.BroadcastFloat32x4(expC4))
		s = s.Mul(r).Add(archsimd.BroadcastFloat32x4(expC3))
		s = s.Mul(r).Add(archsimd.BroadcastFloat32x4(expC2))
		s = s.Mul(r).Add(archsimd.BroadcastFloat32x4(expC1))
		s = s.Mul(r).Add(archsimd.BroadcastFloat32x4(expC0))
		s = r.Add(r.Mul(r).Mul(s))
		b := t.ToBits().Add(archsimd.BroadcastUint32x4(127)).ShiftAllLeft(23).BitsToFloat32()
		e := b.Mul(s).Add(b.Sub(one))
		e.Div(e.Add(one.Add(one))).StoreArray(at32(p, 0))
		p, q = unsafe.Add(p, 16), unsafe.Add(q, 16)
	}
	tanhToRef32(y[n*vec32Len:], x[n*vec32Len:])
}

func tanhTo64(y, x []float64) {
	n := len(x) / vec64Len
	p, q := base64(y), base64(x)
	top, bottom := archsimd.BroadcastFloat64x2(tanhMax64), archsimd.BroadcastFloat64x2(-tanhMax64)
	magic, l2e := archsimd.BroadcastFloat64x2(tanhMagic64), archsimd.BroadcastFloat64x2(log2E)
	hi, lo := archsimd.BroadcastFloat64x2(ln2Hi), archsimd.BroadcastFloat64x2(ln2Lo)
	one := archsimd.BroadcastFloat64x2(1)
	for range n {
		v := archsimd.LoadFloat64x2Array(at64(q, 0))
		v = top.IfElse(v.Greater(top), v)
		v = bottom.IfElse(v.Less(bottom), v)
		v = v.Add(v)
		t := v.Mul(l2e).Add(magic)
		k := t.Sub(magic)
		r := v.Sub(k.Mul(hi)).Sub(k.Mul(lo))
		s := archsimd.BroadcastFloat64x2(expC11)
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC10))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC9))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC8))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC7))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC6))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC5))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC4))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC3))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC2))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC1))
		s = s.Mul(r).Add(archsimd.BroadcastFloat64x2(expC0))
		s = r.Add(r.Mul(r).Mul(s))
		b := t.ToBits().Add(archsimd.BroadcastUint64x2(1023)).ShiftAllLeft(52).BitsToFloat64()
		e := b.Mul(s).Add(b.Sub(one))
		e.Div(e.Add(one.Add(one))).StoreArray(at64(p, 0))
		p, q = unsafe.Add(p, 16), unsafe.Add(q, 16)
	}
	tanhToRef64(y[n*vec64Len:], x[n*vec64Len:])
}
