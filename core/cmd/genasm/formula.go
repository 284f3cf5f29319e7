package main

import (
	"fmt"
	"strings"
)

// A formula is an elementwise kernel, said as its twin says it: one statement
// a line, where x[c] is channel c of array x, and other names are local or
// scalars. The functions are pmin, pmax, floor and sqrt, those of WebAssembly;
// power(t, bias), which makes 2ᵏ of a t that holds k in its low bits; odd(t),
// whether k is, for choose(yes, no, odd); and flip(x, t), which is -x where k's
// second bit is set.
type formula struct {
	name     string
	arrays   string // each by a pointer
	scalars  string
	table    bool // a pointer k to vectors of constants, k[0] and up
	jet      int  // the channels of the arrays, if more than one
	vectors  int  // a turn
	together int  // vectors that go through the body statement by statement; 0 for 1
	once     string
	body     string
}

// formulas lists the kernels for one kind of numbers.
func formulas(k kind) []formula {
	list := []formula{
		{name: "tanhTo", arrays: "y x", table: true, vectors: 2, together: 2, once: tanhOnce, body: tanhBody(k)},
		{name: "tanhBack", arrays: "ubar ybar y", vectors: 4, body: `
			v = y[0]
			ubar[0] = (1 - v*v) * ybar[0]`},
		{name: "tanhJet", arrays: "y u", scalars: "d1 d2", jet: 4, vectors: 2, body: `
			v = y[0]; u1 = u[1]; u2 = u[2]
			w = 1 - v*v
			m = -2 * v
			y1 = w * u1; y2 = w * u2
			y[1] = y1; y[2] = y2
			y[3] = w*u[3] + d1*(m*y1)*u1 + d2*(m*y2)*u2`},
		{name: "tanhJetBack", arrays: "ubar ybar y u", scalars: "d1 d2", jet: 4, vectors: 2, body: `
			v = y[0]; s = ybar[3]; u1 = u[1]; u2 = u[2]
			w = 1 - v*v
			m = -2 * v
			w1 = d1 * u1 * s
			w2 = d2 * u2 * s
			g1 = ybar[1] + m*w1
			g2 = ybar[2] + m*w2
			y1 = y[1]; y2 = y[2]
			g = ybar[0] + -2*y2*w2 + -2*y1*w1
			ubar[0] = w * (g + m*(u[3]*s + u2*g2 + u1*g1))
			ubar[1] = d1*(m*y1)*s + w*g1
			ubar[2] = d2*(m*y2)*s + w*g2
			ubar[3] = w * s`},
		{name: "gate", arrays: "h z d v", vectors: 4, body: `
			h[0] = v[0] + z[0]*d[0]`},
		{name: "gateJet", arrays: "h z d v", scalars: "c1 c2", jet: 4, vectors: 2, body: `
			z0 = z[0]; zx = z[1]; zy = z[2]
			d0 = d[0]; dx = d[1]; dy = d[2]
			h[0] = v[0] + z0*d0
			h[1] = v[1] + z0*dx + zx*d0
			h[2] = v[2] + z0*dy + zy*d0
			h[3] = v[3] + z0*d[3] + c1*zx*dx + c2*zy*dy + z[3]*d0`},
		{name: "adam", arrays: "theta m v grad", scalars: "rate vhat b1 b2 c1 c2 eps", vectors: 2, body: `
			gi = grad[0]
			mi = b1*m[0] + c1*gi
			vi = b2*v[0] + c2*gi*gi
			m[0] = mi; v[0] = vi
			theta[0] = theta[0] - rate*mi / (sqrt(vhat*vi) + eps)`},
		{name: "add", arrays: "y x", vectors: 4, body: `y[0] = y[0] + x[0]`},
		{name: "axpy", arrays: "y x", scalars: "c", vectors: 4, body: `y[0] = y[0] + c*x[0]`},
		{name: "mulTo", arrays: "z x y", scalars: "c", vectors: 4, body: `z[0] = c * x[0] * y[0]`},
		{name: "mulAdd", arrays: "z x y", scalars: "c", vectors: 4, body: `z[0] = z[0] + c*x[0]*y[0]`},
	}
	list = append(append(list, adding(gateBack)...), adding(gateJetBack)...)
	if k.bytes == 8 {
		list = append(list, formula{name: "sin", arrays: "y x", scalars: "quarters", table: true, vectors: 2, together: 2, body: sinBody})
	}
	return append(list, fulls()...)
}

var gateBack = formula{name: "gateBack", arrays: "zbar dbar vbar hbar z d", vectors: 2, body: `
	g = hbar[0]
	zbar[0] = d[0] * g
	dbar[0] = dbar[0] + z[0]*g
	vbar[0] = vbar[0] + g`}

var gateJetBack = formula{name: "gateJetBack", arrays: "zbar dbar vbar hbar z d", scalars: "c1 c2", jet: 4, vectors: 2, body: `
	g = hbar[0]; gx = hbar[1]; gy = hbar[2]; s = hbar[3]
	vbar[0] = vbar[0] + g
	vbar[1] = vbar[1] + gx
	vbar[2] = vbar[2] + gy
	vbar[3] = vbar[3] + s
	d0 = d[0]; dx = d[1]; dy = d[2]
	zbar[0] = d[3]*s + dy*gy + dx*gx + d0*g
	zbar[1] = c1*dx*s + d0*gx
	zbar[2] = c2*dy*s + d0*gy
	zbar[3] = d0 * s
	z0 = z[0]; zx = z[1]; zy = z[2]
	dbar[0] = dbar[0] + z[3]*s + zy*gy + zx*gx + z0*g
	dbar[1] = dbar[1] + c1*zx*s + z0*gx
	dbar[2] = dbar[2] + c2*zy*s + z0*gy
	dbar[3] = dbar[3] + z0*s`}

// adding returns a formula that adds to d̄ and v̄, and the one that sets them.
func adding(f formula) []formula {
	set := f
	set.name += "Set"
	for c := range max(1, f.jet) {
		for _, x := range []string{"dbar", "vbar"} {
			set.body = strings.ReplaceAll(set.body, fmt.Sprintf("= %s[%d] + ", x, c), "= ")
		}
	}
	return []formula{f, set}
}

// The constants of tanh's polynomial, and the bias of exponents, stay in
// memory: registers are left for eight.
const (
	tanhOnce = `
		top = k[0]; bottom = k[1]
		log2e = k[2]; magic = k[3]
		hi = k[4]; lo = k[5]`
	tanhBias = 6
	tanhPoly = 7
)

func tanhBody(k kind) string {
	degree := map[int]int{4: 5, 8: 11}[k.bytes]
	q := fmt.Sprintf("k[%d]", tanhPoly+degree)
	for i := degree - 1; i >= 0; i-- {
		q = fmt.Sprintf("(%s*r + k[%d])", q, tanhPoly+i)
	}
	return fmt.Sprintf(`
		v = pmax(pmin(x[0], top), bottom)
		v = v + v
		t = v*log2e + magic
		n = t - magic
		r = v - n*hi - n*lo
		q = r + r*r*%s
		p = power(t, k[%d])
		e = p*q + (p - 1)
		y[0] = e / (e + 2)`, q, tanhBias)
}

// sinBody is sin(x + quarters π/2). The order of the table is that of sinTable:
// 2/π, 1/2, π/2 in three parts, what rounds to an integer, 1, and the
// polynomials, highest power first.
const sinBody = `
	n = floor(x[0]*k[0] + k[1])
	r = x[0] - n*k[2] - n*k[3] - n*k[4]
	n = n + quarters + k[5]
	t = r * r
	p = t*k[7] + k[8]
	q = t*k[15] + k[16]
	p = t*p + k[9]
	q = t*q + k[17]
	p = t*p + k[10]
	q = t*q + k[18]
	p = t*p + k[11]
	q = t*q + k[19]
	p = t*p + k[12]
	q = t*q + k[20]
	p = t*p + k[13]
	q = t*q + k[21]
	p = t*p + k[14]
	q = t*q + k[22]
	p = r + r*t*p
	q = k[6] - k[1]*t + t*t*q
	y[0] = flip(choose(q, p, odd(n)), n)`
