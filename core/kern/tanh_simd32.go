//go:build goexperiment.simd && !wasm

package kern

import "simd"

func tanhTo32(y, x []float32) {
	hi, lo := simd.BroadcastFloat32s(tanhMax32), simd.BroadcastFloat32s(-tanhMax32)
	magic, l2e := simd.BroadcastFloat32s(tanhMagic32), simd.BroadcastFloat32s(log2E)
	l2h, l2l := simd.BroadcastFloat32s(ln2Hi32), simd.BroadcastFloat32s(ln2Lo32)
	one, two := simd.BroadcastFloat32s(1), simd.BroadcastFloat32s(2)
	bias := simd.BroadcastUint32s(bias32)
	w, i := hi.Len(), 0
	for ; i+w <= len(x); i += w {
		v := simd.LoadFloat32s(x[i:])
		v = hi.IfElse(v.Greater(hi), v)
		v = lo.IfElse(v.Less(lo), v)
		v = v.Add(v)
		t := v.Mul(l2e).Add(magic)
		k := t.Sub(magic)
		r := v.Sub(k.Mul(l2h)).Sub(k.Mul(l2l))
		q := simd.BroadcastFloat32s(expPoly32[len(expPoly32)-1])
		for n := len(expPoly32) - 2; n >= 0; n-- {
			q = q.Mul(r).Add(simd.BroadcastFloat32s(expPoly32[n]))
		}
		q = r.Add(r.Mul(r).Mul(q))
		p := t.ToBits().Add(bias).ShiftAllLeft(mantissa32).BitsToFloat32()
		e := p.Mul(q).Add(p.Sub(one))
		e.Div(e.Add(two)).Store(y[i:])
	}
	tanhToRef32(y[i:], x[i:])
}
