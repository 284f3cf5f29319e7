package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"maps"
	"strconv"
	"strings"
)

// A loop writes a function that runs a formula over its arrays, some vectors a
// turn, for whole turns only.
//
// In registers: the pointers from 0 on, then the turns left, then the bytes of
// one channel, of two and so on; vectors hold scalars and literals, then what is
// computed.
type loop struct {
	kind
	formula
	out      *bytes.Buffer
	pointers []string
	vector   map[string]int // the register of a name
	of       string         // ends the names of one vector's values
}

func (l *loop) op(format string, a ...any) { fmt.Fprintf(l.out, "\t"+format+"\n", a...) }

func (l *loop) title() string { return l.formula.name + "Turns" + l.kind.name }

func (l *loop) signature() string {
	s := l.title() + "(" + strings.Join(l.pointers, ", ") + " unsafe.Pointer, turns int"
	if l.jet > 1 {
		s += ", channel uintptr"
	}
	if l.scalars != "" {
		s += ", " + strings.Join(strings.Fields(l.scalars), ", ") + " float" + l.kind.name
	}
	return s + ")"
}

// constant declares how many elements a turn has.
func (l *loop) constant() string {
	return fmt.Sprintf("const %sTurn%s = %d\n\n", l.formula.name, l.kind.name, l.vectors*16/l.bytes)
}

func newLoop(k kind, f formula, out *bytes.Buffer) *loop {
	l := &loop{kind: k, formula: f, out: out, pointers: strings.Fields(f.arrays), vector: map[string]int{}}
	if f.table {
		l.pointers = append(l.pointers, "k")
	}
	return l
}

func (l *loop) left() int         { return len(l.pointers) }
func (l *loop) channel(c int) int { return len(l.pointers) + c }

func (l *loop) function() {
	scalars, words := strings.Fields(l.scalars), len(l.pointers)+1
	if l.jet > 1 {
		words++
	}
	fmt.Fprintf(l.out, "\n// func %s\nTEXT ·%s(SB), NOSPLIT, $0-%d\n", l.signature(), l.title(), 8*words+l.bytes*len(scalars))
	for i, p := range l.pointers {
		l.op("I64Load %s+%d(FP)", p, 8*i)
		l.op("Set R%d", i)
	}
	l.op("I64Load turns+%d(FP)", 8*l.left())
	l.op("Set R%d", l.left())
	if l.jet > 1 {
		l.channels()
	}
	for i, s := range scalars {
		l.op("%sLoad %s+%d(FP)", l.scalar, s, 8*words+l.bytes*i)
		l.op("%sSplat", l.kind.vector)
		l.assign(s)
	}
	for _, s := range parse(l.once) {
		l.statement(s, 0, func() {})
	}
	l.literals()
	l.op("Get R%d", l.left())
	l.op("I64Const $1")
	l.op("I64GeS")
	l.op("If")
	l.op("Loop")
	l.turn()
	l.op("End")
	l.op("RET")
}

// channels sets the distances of the channels from the first.
func (l *loop) channels() {
	l.op("I64Load channel+%d(FP)", 8*l.channel(1))
	l.op("Set R%d", l.channel(1))
	for c := 2; c < l.jet; c++ {
		l.op("Get R%d", l.channel(1))
		l.op("Get R%d", l.channel(c-1))
		l.op("I64Add")
		l.op("Set R%d", l.channel(c))
	}
}

// turn writes one turn and its end.
func (l *loop) turn() {
	kept := len(l.vector)
	for v := 0; v < l.vectors; v += max(1, l.together) {
		l.statements(l.body, v, max(1, l.together))
		if len(l.vector) != kept {
			log.Fatalf("%s: a name is not used", l.title())
		}
	}
	for i := range strings.Fields(l.arrays) {
		l.op("Get R%d", i)
		l.op("I64Const $%d", 16*l.vectors)
		l.op("I64Add")
		l.op("Set R%d", i)
	}
	l.op("Get R%d", l.left())
	l.op("I64Const $1")
	l.op("I64Sub")
	l.op("Tee R%d", l.left())
	l.op("I64Const $0")
	l.op("I64GtS")
	l.op("BrIf $0")
	l.op("End")
}

// parse returns the statements of a text.
func parse(text string) []ast.Stmt {
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc f() {\n"+text+"\n}", 0)
	if err != nil {
		log.Fatal(err)
	}
	return f.Decls[0].(*ast.FuncDecl).Body.List
}

// literals keeps the numbers that the body names in registers.
func (l *loop) literals() {
	for _, s := range parse(l.body) {
		ast.Inspect(s.(*ast.AssignStmt).Rhs[0], func(n ast.Node) bool {
			if _, ok := n.(*ast.IndexExpr); ok {
				return false
			}
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			text, ok := number(e)
			if _, kept := l.vector[text]; ok && !kept {
				l.op("%sConst $%s.0", l.scalar, text)
				l.op("%sSplat", l.kind.vector)
				l.assign(text)
			}
			return !ok
		})
	}
}

// number returns the text of a literal.
func number(e ast.Expr) (string, bool) {
	sign := ""
	if u, ok := e.(*ast.UnaryExpr); ok {
		sign, e = "-", u.X
	}
	b, ok := e.(*ast.BasicLit)
	if !ok {
		return "", false
	}
	return sign + b.Value, true
}

// statements writes a text for n vectors, from vector first on: each statement
// for all of them before the next, since none of these waits for another. A
// name's register is free after the last statement that reads it.
func (l *loop) statements(text string, first, n int) {
	list := parse(text)
	kept := maps.Clone(l.vector)
	for i, s := range list {
		for v := range n {
			l.of = fmt.Sprint("·", v)
			l.statement(s, 16*(first+v), func() {
				for name := range l.vector {
					local, ok := strings.CutSuffix(name, l.of)
					if _, is := kept[name]; ok && !is && !reads(list[i+1:], local) {
						delete(l.vector, name)
					}
				}
			})
		}
	}
	l.of = ""
}

// statement writes a statement for the vectors at an offset in bytes; computed
// is called between the value and what is done with it.
func (l *loop) statement(s ast.Stmt, offset int, computed func()) {
	a := s.(*ast.AssignStmt)
	to, isArray := a.Lhs[0].(*ast.IndexExpr)
	if isArray {
		l.address(to)
	}
	l.value(a.Rhs[0], offset)
	computed()
	if isArray {
		l.op("%s", store(l.offset(to, offset)))
	} else {
		l.assign(a.Lhs[0].(*ast.Ident).Name + l.of)
	}
}

// reads reports whether a statement of the list reads a name.
func reads(list []ast.Stmt, name string) (found bool) {
	for _, s := range list {
		ast.Inspect(s.(*ast.AssignStmt).Rhs[0], func(n ast.Node) bool {
			if x, ok := n.(*ast.IndexExpr); ok {
				n = x.Index
			}
			id, ok := n.(*ast.Ident)
			found = found || ok && id.Name == name
			return true
		})
	}
	return found
}

// assign sets the register of a name, the first free one if it has none.
func (l *loop) assign(name string) {
	r, ok := l.vector[name]
	if !ok {
		taken := map[int]bool{}
		for _, v := range l.vector {
			taken[v] = true
		}
		for taken[r] {
			r++
		}
		if r > 15 {
			log.Fatalf("%s: no vector register for %s", l.title(), name)
		}
		l.vector[name] = r
	}
	l.op("Set V%d", r)
}

func index(x *ast.IndexExpr) (array string, i int) {
	i, err := strconv.Atoi(x.Index.(*ast.BasicLit).Value)
	if err != nil {
		log.Fatal(err)
	}
	return x.X.(*ast.Ident).Name, i
}

// address puts the address of x[c] there, but for the offset.
func (l *loop) address(x *ast.IndexExpr) {
	array, c := index(x)
	for i, p := range l.pointers {
		if p == array {
			l.op("Get R%d", i)
			l.op("I32WrapI64")
		}
	}
	if c > 0 && l.jet > 1 {
		l.op("Get R%d", l.channel(c))
		l.op("I32WrapI64")
		l.op("I32Add")
	}
}

func (l *loop) offset(x *ast.IndexExpr, offset int) int {
	if array, i := index(x); l.table && array == "k" {
		return 16 * i
	}
	return offset
}

var operators = map[token.Token]string{token.ADD: "Add", token.SUB: "Sub", token.MUL: "Mul", token.QUO: "Div"}

// value puts the value of an expression there.
func (l *loop) value(e ast.Expr, offset int) {
	if text, ok := number(e); ok {
		l.op("Get V%d", l.vector[text])
		return
	}
	switch e := e.(type) {
	case *ast.Ident:
		r, ok := l.vector[e.Name+l.of]
		if !ok {
			r, ok = l.vector[e.Name]
		}
		if !ok {
			log.Fatalf("%s: %s has no value", l.title(), e.Name)
		}
		l.op("Get V%d", r)
	case *ast.IndexExpr:
		l.address(e)
		l.op("V128Load $%d", l.offset(e, offset))
	case *ast.ParenExpr:
		l.value(e.X, offset)
	case *ast.BinaryExpr:
		l.value(e.X, offset)
		l.value(e.Y, offset)
		l.op("%s%s", l.kind.vector, operators[e.Op])
	case *ast.CallExpr:
		for _, a := range e.Args {
			l.value(a, offset)
		}
		l.call(e.Fun.(*ast.Ident).Name)
	default:
		log.Fatalf("%s: no expression like %T", l.title(), e)
	}
}

// call applies a function to the values there.
func (l *loop) call(name string) {
	switch name {
	case "pmin", "pmax", "sqrt", "floor":
		l.op("%s%s", l.kind.vector, strings.ToUpper(name[:1])+name[1:])
	case "power":
		l.op("%sAdd", strings.Replace(l.kind.vector, "F", "I", 1))
		l.shift("Shl", map[int]int{4: 23, 8: 52}[l.bytes]) // the fraction's bits
	case "odd":
		l.shift("Shl", 8*l.bytes-1)
		l.shift("ShrS", 8*l.bytes-1)
	case "choose":
		l.op("V128Bitselect")
	case "flip":
		l.shift("ShrU", 1)
		l.shift("Shl", 8*l.bytes-1)
		l.op("V128Xor")
	default:
		log.Fatalf("%s: no function %s", l.title(), name)
	}
}

// shift shifts the lanes there, as integers.
func (l *loop) shift(how string, bits int) {
	l.op("I32Const $%d", bits)
	l.op("%s%s", strings.Replace(l.kind.vector, "F", "I", 1), how)
}
