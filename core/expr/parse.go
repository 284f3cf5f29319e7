package expr

const (
	maxText  = 4096 // bytes of one formula
	maxDepth = 64   // of brackets, signs and powers inside each other
)

// Parse reads one formula. It knows the grammar and the functions but not the
// names; those are looked up when a [Scope] compiles the formula. The error
// is an *[Error].
func Parse(text string) (*Formula, error) {
	if len(text) > maxText {
		return nil, errorAt(maxText+1, "the formula is longer than %d characters", maxText)
	}
	p := parser{lex: lexer{text: text}}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.tok.kind == tokEnd {
		return nil, errorAt(p.tok.col, "the formula is empty")
	}
	root, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokEnd {
		return nil, p.afterValue()
	}
	return &Formula{root: root}, nil
}

// parser is Pratt's operator precedence parser: every operator has a binding
// power, and an expression runs on while its operators bind tightly enough.
type parser struct {
	lex   lexer
	tok   token // the next token
	last  token // the one before
	depth int
}

const (
	bindSum = 1 + iota
	bindProduct
	bindSign
	bindPower
)

// binding is the power of the operators between two values.
var binding = map[string]int{"+": bindSum, "-": bindSum, "*": bindProduct, "/": bindProduct, "^": bindPower}

func (p *parser) advance() (err error) {
	p.last = p.tok
	p.tok, err = p.lex.next()
	return err
}

// expression reads a value and all operators that bind tighter than power.
func (p *parser) expression(power int) (*node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, errorAt(p.tok.col, "nested deeper than %d levels", maxDepth)
	}
	defer func() { p.depth-- }()
	left, err := p.value()
	if err != nil {
		return nil, err
	}
	for p.tok.kind == tokOp && binding[p.tok.text] > power {
		op := p.tok
		if err := p.advance(); err != nil {
			return nil, err
		}
		inner := binding[op.text]
		if op.text == "^" {
			inner-- // from the right
		}
		right, err := p.expression(inner)
		if err != nil {
			return nil, err
		}
		left = &node{kind: nodeBinary, col: op.col, op: op.text[0], args: [2]*node{left, right}}
	}
	return left, nil
}

// value reads a number, a name, a call, a bracket or a sign with its value.
func (p *parser) value() (*node, error) {
	t := p.tok
	if t.kind == tokEnd || t.kind == tokOp && t.text != "(" && t.text != "-" {
		return nil, p.noValue()
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	switch {
	case t.kind == tokNumber:
		return &node{kind: nodeNumber, col: t.col, val: t.val, name: t.text}, nil
	case t.kind == tokName:
		return p.name(t)
	case t.text == "(":
		return p.closing(t)
	}
	x, err := p.expression(bindSign)
	if err != nil {
		return nil, err
	}
	return &node{kind: nodeNeg, col: t.col, args: [2]*node{x}}, nil
}

// name reads what follows the name t: nothing, or the argument of a function.
func (p *parser) name(t token) (*node, error) {
	open := p.tok
	called := open.text == "("
	f := functionNamed(t.text)
	switch {
	case !called && f != nil:
		return nil, p.withoutArgument(t)
	case !called:
		return &node{kind: nodeName, col: t.col, name: t.text}, nil
	case f == nil:
		return nil, p.notFunction(t, open)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	x, err := p.closing(open)
	if err != nil {
		return nil, err
	}
	return &node{kind: nodeCall, col: t.col, name: t.text, args: [2]*node{x}}, nil
}

// closing reads an expression and the bracket that closes open.
func (p *parser) closing(open token) (*node, error) {
	x, err := p.expression(0)
	switch {
	case err != nil:
		return nil, err
	case p.tok.kind == tokEnd:
		return nil, errorAt(p.tok.col, "missing ) for the ( in column %d", open.col)
	case p.tok.text != ")":
		return nil, p.afterValue()
	}
	return x, p.advance()
}

// noValue is the error for a token where a value should begin.
func (p *parser) noValue() error {
	switch t := p.tok; {
	case t.text == "*" && p.last.text == "*":
		return errorAt(t.col, "unexpected \"*\"; a power is written ^")
	case t.text == "/" && p.last.text == "/":
		return errorAt(t.col, "unexpected \"/\"; a quotient is written with one /")
	case t.text == "+":
		return errorAt(t.col, "a value cannot begin with \"+\"; leave it out")
	default:
		return errorAt(t.col, "expected a number, a name or (, found %s", t)
	}
}

// afterValue is the error for a token that cannot follow a value.
func (p *parser) afterValue() error {
	if p.tok.text == ")" {
		return errorAt(p.tok.col, "unexpected ), nothing to close")
	}
	return errorAt(p.tok.col, "missing operator before %s; to multiply, write *", p.tok)
}
