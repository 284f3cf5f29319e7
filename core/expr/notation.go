package expr

import (
	"html"
	"slices"
	"strconv"
	"strings"
)

// A Notation typesets formulas in MathML Core. Derivatives become subscripts
// as in the literature, u_xx, and names their symbols: alpha the letter, a1 and
// k_1 the letter with an index. Products are written side by side, quotients as
// fractions, and there is no bracket that is not needed.
type Notation struct {
	Scope *Scope // tells derivatives from other names with an underscore
	Star  string // names that end in it are starred instead: with _exact, u_exact is u*
}

// MathML returns f as the content of a math element, in one mrow.
func (t Notation) MathML(f *Formula) string { return row(t.node(f.root, false)) }

// Name returns the symbol of a name.
func (t Notation) Name(name string) string {
	base, sub, star := t.symbol(name)
	return scripts(base, sub, star)
}

// Number returns a number; multiples and parts of pi are written with it.
func Number(v float64) string {
	sign, size := "", v
	if v < 0 {
		sign, size = minus, -v
	}
	if times, ok := ofPi(size); ok {
		return sign + times
	}
	return sign + number(strconv.FormatFloat(size, 'g', -1, 64))
}

// Math wraps content as a math element with its form in the language, which is
// read where MathML is not.
func Math(content, text string) string {
	return `<math alttext="` + html.EscapeString(text) + `">` + content + `</math>`
}

// Sides writes that f vanishes as an equation: where name is one whole term of
// f, as what name equals, else as the difference that f is, else as f = 0.
func (s *Scope) Sides(f *Formula, name string) (left, right *Formula) {
	if rest := s.Solve(f, name); rest != nil {
		return rest, &Formula{&node{kind: nodeName, name: name}}
	}
	if n := f.root; n.kind == nodeBinary && n.op == '-' {
		return &Formula{n.args[0]}, &Formula{n.args[1]}
	}
	return f, &Formula{&node{kind: nodeNumber, name: "0"}}
}

const minus = `<mo form="prefix">−</mo>`

// greek are the letters that have names.
var greek = func() map[string]string {
	letters := make(map[string]string)
	names := strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho " +
		"_ sigma tau upsilon phi chi psi omega")
	for i, name := range names { // in the order of their code points; _ is the final sigma
		letters[name] = string(rune('α' + i))
	}
	for _, name := range strings.Fields("gamma delta theta lambda xi pi sigma upsilon phi psi omega") {
		i := slices.Index(names, name)
		letters[strings.ToUpper(name[:1])+name[1:]] = string(rune('Α' + i))
	}
	return letters
}()

// symbol returns the letter of a name, its subscript and its star, each empty
// if there is none.
func (t Notation) symbol(name string) (base, sub, star string) {
	var subs []string
	if of, suffix, ok := t.Scope.splitDerivative(name); ok && t.differentiable(of) {
		letters := ""
		for i := range len(suffix) {
			letters += identifier(suffix[i : i+1])
		}
		name, subs = of, []string{letters}
	}
	if t.Star != "" && strings.HasSuffix(name, t.Star) {
		name, star = strings.TrimSuffix(name, t.Star), `<mo>∗</mo>`
	}
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '_' })
	if len(parts) == 0 {
		parts = []string{name}
	}
	if letter := strings.TrimRight(parts[0], "0123456789"); letter != "" && letter != parts[0] {
		parts = slices.Insert(parts, 1, parts[0][len(letter):])
		parts[0] = letter
	}
	var indices []string
	for _, p := range parts[1:] {
		indices = append(indices, identifier(p))
	}
	return identifier(parts[0]), strings.Join(append(indices, subs...), "<mo>,</mo>"), star
}

// differentiable reports whether a suffix of name is a derivative.
func (t Notation) differentiable(name string) bool {
	return slices.Contains(t.Scope.Fields, name) || t.Scope.Defs[name] != nil ||
		t.Star != "" && slices.Contains(t.Scope.Fields, strings.TrimSuffix(name, t.Star))
}

// identifier is a word of a name: a letter, which browsers slant, a word, or an
// index.
func identifier(word string) string {
	if strings.Trim(word, "0123456789") == "" {
		return "<mn>" + word + "</mn>"
	}
	if letter := greek[word]; letter != "" {
		word = letter
	}
	return "<mi>" + word + "</mi>"
}

// scripts puts a subscript and a superscript to base; each may be empty.
func scripts(base, sub, sup string) string {
	switch {
	case sub == "" && sup == "":
		return base
	case sup == "":
		return "<msub>" + base + row(sub) + "</msub>"
	case sub == "":
		return "<msup>" + base + row(sup) + "</msup>"
	}
	return "<msubsup>" + base + row(sub) + row(sup) + "</msubsup>"
}

// row makes one element of several.
func row(content string) string { return "<mrow>" + content + "</mrow>" }

// number writes a number as it was given; an exponent becomes a power of ten.
func number(text string) string {
	if strings.HasPrefix(text, ".") {
		text = "0" + text
	}
	mantissa, exponent, ok := strings.Cut(strings.ToLower(text), "e")
	if !ok {
		return "<mn>" + text + "</mn>"
	}
	exponent = strings.TrimPrefix(exponent, "+")
	sign := ""
	if strings.HasPrefix(exponent, "-") {
		sign, exponent = minus, exponent[1:]
	}
	if exponent = strings.TrimLeft(exponent, "0"); exponent == "" {
		exponent = "0"
	}
	power := scripts("<mn>10</mn>", "", sign+"<mn>"+exponent+"</mn>")
	if mantissa == "1" {
		return power
	}
	return "<mn>" + mantissa + "</mn><mo>×</mo>" + power
}
