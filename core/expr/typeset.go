package expr

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Invisible operators say what stands side by side: times and function of.
const (
	applied  = "<mo>\u2061</mo>"                   // function application
	times    = "<mo>\u2062</mo>"                   // invisible times
	timesGap = "<mo rspace=\"0.17em\">\u2062</mo>" // the same, for factors that would run together
	dot      = `<mo>·</mo>`
)

// node typesets n. Where it is flat, in exponents and inside fractions,
// quotients are written with a slash.
func (t Notation) node(n *node, flat bool) string {
	switch n.kind {
	case nodeNumber:
		if n.name == "" {
			return Number(n.val)
		}
		return number(n.name)
	case nodeName:
		return t.Name(n.name)
	case nodeNeg:
		x := n.args[0]
		return minus + t.bracket(x, flat, x.isSum() || x.leads(flat))
	case nodeCall:
		return t.call(n, "", flat)
	}
	a, b := n.args[0], n.args[1]
	switch n.op {
	case '+':
		return t.node(a, flat) + "<mo>+</mo>" + t.bracket(b, flat, b.leads(flat))
	case '-':
		return t.node(a, flat) + "<mo>−</mo>" + t.bracket(b, flat, b.isSum() || b.leads(flat))
	case '*':
		return t.product(a, b, flat)
	case '/':
		return t.quotient(a, b, flat)
	}
	return t.power(a, b, flat)
}

func (t Notation) product(a, b *node, flat bool) string {
	sign := timesGap
	switch {
	case b.startsWithNumber():
		sign = dot
	case a.kind == nodeNumber && !strings.ContainsAny(a.name, "eE"):
		sign = times
	}
	return t.bracket(a, flat, a.isSum() || flat && a.isQuotient()) + sign + t.bracket(b, flat, b.isSum() || flat && b.isQuotient() || b.leads(flat))
}

func (t Notation) quotient(a, b *node, flat bool) string {
	if !flat {
		return "<mfrac>" + row(t.node(a, true)) + row(t.node(b, true)) + "</mfrac>"
	}
	whole := !b.isSum() && !b.is('*') && !b.isQuotient() && !b.leads(true) && !b.hasExponent()
	return t.bracket(a, true, a.isSum()) + "<mo>/</mo>" + t.bracket(b, true, !whole)
}

// power typesets aᵇ: sin² x for the functions that are written so.
func (t Notation) power(a, b *node, flat bool) string {
	exponent := t.node(b, true)
	switch {
	case a.kind == nodeCall && slices.Contains([]string{"sin", "cos", "tan", "sinh", "cosh", "tanh"}, a.name) &&
		b.kind == nodeNumber && b.val > 1 && b.val == math.Trunc(b.val):
		return t.call(a, exponent, flat)
	case a.kind == nodeName:
		if base, sub, star := t.symbol(a.name); star == "" {
			return scripts(base, sub, exponent)
		}
	}
	whole := a.kind == nodeNumber && !a.hasExponent() || a.kind == nodeCall && (a.name == "abs" || a.name == "sqrt")
	return scripts(row(t.bracket(a, flat, !whole)), "", exponent)
}

// call typesets a function of one argument, with an exponent on its name.
func (t Notation) call(n *node, exponent string, flat bool) string {
	x := t.node(n.args[0], flat)
	switch n.name {
	case "sqrt":
		return "<msqrt>" + row(x) + "</msqrt>"
	case "abs":
		return row(`<mo form="prefix" stretchy="true">|</mo>` + x + `<mo form="postfix" stretchy="true">|</mo>`)
	}
	return scripts("<mi>"+n.name+"</mi>", "", exponent) + applied + brackets(x)
}

func (t Notation) bracket(n *node, flat, needed bool) string {
	if needed {
		return brackets(t.node(n, flat))
	}
	return t.node(n, flat)
}

func brackets(content string) string { return row("<mo>(</mo>" + content + "<mo>)</mo>") }

func (n *node) is(op byte) bool { return n.kind == nodeBinary && n.op == op }
func (n *node) isSum() bool     { return n.is('+') || n.is('-') }

// isQuotient reports whether n is written a/b, perhaps with a sign: as a factor,
// a/b c would read as a/(b c).
func (n *node) isQuotient() bool { return n.is('/') || n.kind == nodeNeg && n.args[0].isQuotient() }

// hasExponent reports whether n is a number that is written with a power of ten.
func (n *node) hasExponent() bool { return n.kind == nodeNumber && strings.ContainsAny(n.name, "eE") }

// leads reports whether n is written with a minus in front, which cannot stand
// behind another operator.
func (n *node) leads(flat bool) bool {
	switch {
	case n.kind == nodeNeg:
		return true
	case n.isSum():
		return n.args[0].leads(flat)
	case n.is('*'), n.is('/') && flat:
		return !n.args[0].isSum() && n.args[0].leads(flat)
	}
	return false
}

// startsWithNumber reports whether digits come first, also in a fraction: next
// to another number they would read as one.
func (n *node) startsWithNumber() bool {
	switch {
	case n.kind == nodeNumber:
		return true
	case n.is('*'), n.is('/'):
		return n.args[0].startsWithNumber()
	case n.is('^'):
		return n.args[0].kind == nodeNumber
	}
	return false
}

// ofPi writes a positive number as a small multiple or part of pi, if it is one.
func ofPi(v float64) (string, bool) {
	const pi = "<mi>π</mi>"
	for k := 1; k <= 12; k++ {
		switch v {
		case float64(k) * math.Pi:
			if k == 1 {
				return pi, true
			}
			return "<mn>" + strconv.Itoa(k) + "</mn>" + times + pi, true
		case math.Pi / float64(k):
			return "<mfrac>" + pi + "<mn>" + strconv.Itoa(k) + "</mn></mfrac>", true
		}
	}
	return "", false
}
