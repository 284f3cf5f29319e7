package expr

// Rename returns f with every name that to lists replaced, its derivatives
// too: with to["u"] = "w", u_xx becomes w_xx. Columns of errors still point
// into the text of f.
func (s *Scope) Rename(f *Formula, to map[string]string) *Formula {
	return &Formula{f.root.edit(func(name string) string {
		if t, ok := to[name]; ok {
			return t
		}
		if base, suffix, ok := s.splitDerivative(name); ok {
			if t, ok := to[base]; ok {
				return t + "_" + suffix
			}
		}
		return name
	})}
}

// Reads reports whether f itself, not a definition it uses, reads name or a
// derivative of it.
func (s *Scope) Reads(f *Formula, name string) bool { return s.reads(f.root, name) }

func (s *Scope) reads(n *node, name string) bool {
	return n.any(func(t string) bool {
		base, _, ok := s.splitDerivative(t)
		return t == name || ok && base == name
	})
}

// Solve returns the formula for name that makes f vanish, provided that f is
// a sum in which name is one whole term and is read nowhere else: for f =
// u_xx - name it returns u_xx. Otherwise it returns nil.
func (s *Scope) Solve(f *Formula, name string) *Formula {
	rest, sign := takeTerm(f.root, name, 1)
	switch {
	case sign == 0 || s.reads(rest, name):
		return nil
	case rest == nil:
		rest = &node{kind: nodeNumber, col: f.root.col}
	case sign > 0:
		rest = negated(rest, f.root.col)
	}
	return &Formula{rest}
}

// takeTerm removes the first term name from the sum n, which counts with
// sign, and returns the rest (nil if nothing is left) and the sign the term
// had, 0 if there is none.
func takeTerm(n *node, name string, sign int) (rest *node, found int) {
	switch {
	case n.kind == nodeName && n.name == name:
		return nil, sign
	case n.kind == nodeNeg:
		if rest, found = takeTerm(n.args[0], name, -sign); found != 0 {
			return negated(rest, n.col), found
		}
	case n.kind == nodeBinary && (n.op == '+' || n.op == '-'):
		if rest, found = takeTerm(n.args[0], name, sign); found != 0 {
			if rest == nil && n.op == '-' {
				return negated(n.args[1], n.col), found
			}
			return joined(n, rest, n.args[1]), found
		}
		if n.op == '-' {
			sign = -sign
		}
		if rest, found = takeTerm(n.args[1], name, sign); found != 0 {
			return joined(n, n.args[0], rest), found
		}
	}
	return n, 0
}

// negated is -n; n may be nil.
func negated(n *node, col int) *node {
	switch {
	case n == nil:
		return nil
	case n.kind == nodeNeg:
		return n.args[0]
	}
	return &node{kind: nodeNeg, col: col, args: [2]*node{n}}
}

// joined is the sum n with other terms, of which one may be missing; a
// missing first term is of a + only.
func joined(n, left, right *node) *node {
	switch {
	case left == nil:
		return right
	case right == nil:
		return left
	}
	m := *n
	m.args = [2]*node{left, right}
	return &m
}
