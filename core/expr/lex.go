package expr

import (
	"strconv"
	"strings"
)

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokName
	tokOp // one of + - * / ^ ( )
)

// A token is one word of a formula; col is its first column, from 1.
type token struct {
	kind tokenKind
	col  int
	text string
	val  float64
}

// String is the token as messages name it.
func (t token) String() string {
	if t.kind == tokEnd {
		return "the end"
	}
	return strconv.Quote(t.text)
}

// lexer cuts text into tokens. Formulas are ASCII, so that columns are bytes
// up to the first character that is refused.
type lexer struct {
	text string
	pos  int
}

// next returns the next token, or what is wrong with the text there.
func (l *lexer) next() (token, error) {
	for l.pos < len(l.text) && isSpace(l.text[l.pos]) {
		l.pos++
	}
	start, col := l.pos, l.pos+1
	if start == len(l.text) {
		return token{kind: tokEnd, col: col}, nil
	}
	switch c := l.text[start]; {
	case isDigit(c) || c == '.':
		return l.number()
	case isLetter(c):
		for l.pos < len(l.text) && (isLetter(l.text[l.pos]) || isDigit(l.text[l.pos]) || l.text[l.pos] == '_') {
			l.pos++
		}
		if err := l.refuseAfterName(start); err != nil {
			return token{}, err
		}
		return token{kind: tokName, col: col, text: l.text[start:l.pos]}, nil
	case strings.IndexByte("+-*/^()", c) >= 0:
		l.pos++
		return token{kind: tokOp, col: col, text: l.text[start:l.pos]}, nil
	}
	return token{}, l.refuse()
}

// number reads digits, a point and an exponent: 12, 0.5, .5, 1e-3.
func (l *lexer) number() (token, error) {
	start := l.pos
	digits := l.digits()
	if l.pos < len(l.text) && l.text[l.pos] == '.' {
		l.pos++
		digits += l.digits()
	}
	if digits == 0 {
		return token{}, errorAt(start+1, "a point without digits")
	}
	if rest := l.text[l.pos:]; rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		sign := 0
		if len(rest) > 1 && (rest[1] == '+' || rest[1] == '-') {
			sign = 1
		}
		if len(rest) > 1+sign && isDigit(rest[1+sign]) { // else it begins a name
			l.pos += 1 + sign
			l.digits()
		}
	}
	text := l.text[start:l.pos]
	val, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return token{}, errorAt(start+1, "the number %s is too large", text)
	}
	return token{kind: tokNumber, col: start + 1, text: text, val: val}, nil
}

func (l *lexer) digits() int {
	start := l.pos
	for l.pos < len(l.text) && isDigit(l.text[l.pos]) {
		l.pos++
	}
	return l.pos - start
}

func isSpace(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
