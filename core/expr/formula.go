package expr

import (
	"strconv"
	"strings"
)

// A Formula is parsed text. It is immutable.
type Formula struct{ root *node }

type nodeKind uint8

const (
	nodeNumber nodeKind = iota
	nodeName
	nodeNeg
	nodeBinary
	nodeCall
)

// node is one value of a formula as it was written; col is where its number,
// name, sign or operator stands.
type node struct {
	kind nodeKind
	op   byte // of nodeBinary: + - * / ^
	col  int
	val  float64
	name string // of nodeName and nodeCall; of nodeNumber, how it was written
	args [2]*node
}

// String writes f so that parsing it again gives the same formula, with no
// bracket that is not needed.
func (f *Formula) String() string {
	var b strings.Builder
	f.root.write(&b)
	return b.String()
}

// power is how tightly n holds together when written.
func (n *node) power() int {
	switch n.kind {
	case nodeNeg:
		return bindSign
	case nodeBinary:
		return binding[string(n.op)]
	}
	return bindPower + 1
}

func (n *node) write(b *strings.Builder) {
	switch n.kind {
	case nodeNumber:
		b.WriteString(strconv.FormatFloat(n.val, 'g', -1, 64))
	case nodeName:
		b.WriteString(n.name)
	case nodeCall:
		b.WriteString(n.name)
		n.args[0].bracket(b, true)
	case nodeNeg:
		b.WriteByte('-')
		n.args[0].bracket(b, n.args[0].power() < bindSign)
	case nodeBinary:
		left, right, own := n.args[0].power(), n.args[1].power(), n.power()
		switch n.op {
		case '^': // its exponent may be a sign or a power as it stands
			n.args[0].bracket(b, left <= own)
			b.WriteByte(n.op)
			n.args[1].bracket(b, right < bindSign)
		case '+', '-':
			n.args[0].bracket(b, false)
			b.WriteString(" " + string(n.op) + " ")
			n.args[1].bracket(b, right <= own)
		default:
			n.args[0].bracket(b, left < own)
			b.WriteByte(n.op)
			n.args[1].bracket(b, right <= own)
		}
	}
}

func (n *node) bracket(b *strings.Builder, brackets bool) {
	if brackets {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	n.write(b)
}

// edit returns a copy of n with every name replaced by what to returns for it.
func (n *node) edit(to func(name string) string) *node {
	if n == nil {
		return nil
	}
	m := *n
	if n.kind == nodeName {
		m.name = to(n.name)
		return &m
	}
	m.args = [2]*node{n.args[0].edit(to), n.args[1].edit(to)}
	return &m
}

// any reports whether a name of n satisfies is.
func (n *node) any(is func(name string) bool) bool {
	if n == nil {
		return false
	}
	return n.kind == nodeName && is(n.name) || n.args[0].any(is) || n.args[1].any(is)
}
