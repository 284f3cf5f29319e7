package jsonwords

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// ended is the fault of a text that stops in the middle.
func (s *scanner) ended() {
	if len(s.open) == 0 {
		s.refuse(len(s.text), "the text ends too early")
		return
	}
	at := s.open[len(s.open)-1]
	closing := map[byte]string{'{': "}", '[': "]"}[s.text[at]]
	line, col := s.place(at)
	s.refuse(len(s.text), "the text ends too early: the %s is missing for the %c in line %d, column %d", closing, s.text[at], line, col)
}

// foreign refuses what other formats have and JSON has not, wherever it stands;
// it is false for what it does not know.
func (s *scanner) foreign() bool {
	rest := s.text[s.pos:]
	switch r, _ := utf8.DecodeRune(rest); {
	case bytes.HasPrefix(rest, []byte("//")), bytes.HasPrefix(rest, []byte("/*")), r == '#':
		s.refuse(s.pos, "JSON has no comments: delete it")
	case r == '\'' || r == '`':
		s.refuse(s.pos, "text stands in double quotes, not in %c", r)
	case strings.ContainsRune("“”„‟«»‘’", r):
		s.refuse(s.pos, "a curly quote %c: write the plain \"", r)
	case r == '\u00a0' || r == '\u200b' || r == '\ufeff':
		s.refuse(s.pos, "an invisible character (U+%04X): delete it", r)
	default:
		return false
	}
	return true
}

// refuseValue is the fault of what stands where a value should.
func (s *scanner) refuseValue() {
	c := s.peek()
	if c == 0 && s.pos == len(s.text) {
		s.ended()
		return
	}
	if s.foreign() {
		return
	}
	rest := string(s.text[s.pos:min(len(s.text), s.pos+12)])
	low := strings.ToLower(strings.TrimLeft(rest, "+-"))
	switch {
	case strings.HasPrefix(low, "nan"), strings.HasPrefix(low, "inf"):
		s.refuse(s.pos, "JSON has no NaN and no infinity: write a number")
	case strings.HasPrefix(low, "true"), strings.HasPrefix(low, "false"):
		s.refuse(s.pos, "write true or false in small letters")
	case strings.HasPrefix(low, "none"), strings.HasPrefix(low, "nil"), strings.HasPrefix(low, "undefined"):
		s.refuse(s.pos, "write null")
	case c == '+':
		s.refuse(s.pos, "a number has no + in front: leave it out")
	case c == '.' || strings.HasPrefix(rest, "-."):
		s.refuse(s.pos, "a number begins with a digit: write 0 before the point")
	case c == ',' || c == '}' || c == ']' || c == ':':
		s.refuse(s.pos, "a value is missing before the %c", c)
	default:
		s.refuse(s.pos, "a value is a number, true, false, null, text in double quotes, a list [ ] or an object { }")
	}
}

// refuseKey is the fault of what stands where the name of a field should.
func (s *scanner) refuseKey(c byte, first bool) {
	switch {
	case s.fault != nil:
	case c == 0 && s.pos == len(s.text):
		s.ended()
	case s.foreign():
	case c == ',':
		s.refuse(s.pos, "a comma too many")
	case c == '{' || c == '[':
		s.refuse(s.pos, "the name of a field is missing before the %c", c)
	default:
		s.refuse(s.pos, "the name of a field stands in double quotes")
	}
}

// refuseColon is the fault after the name of a field.
func (s *scanner) refuseColon(c byte) {
	switch {
	case s.fault != nil:
	case c == 0 && s.pos == len(s.text):
		s.ended()
	case s.foreign():
	case c == '=':
		s.refuse(s.pos, "write : between the name of a field and its value, not =")
	default:
		s.refuse(s.pos, "a : is missing between the name of a field and its value")
	}
}

// refuseAfter is the fault after a value in a list or an object.
func (s *scanner) refuseAfter(c, closing byte) {
	last := byte(0)
	if s.pos > 0 {
		last = s.text[s.pos-1]
	}
	switch {
	case c == 0 && s.pos == len(s.text):
		s.ended()
	case s.foreign():
	case c == ']' || c == '}':
		line, col := s.place(s.open[len(s.open)-1])
		s.refuse(s.pos, "a %c where the %c of line %d, column %d should end with %c", c, s.text[s.open[len(s.open)-1]], line, col, closing)
	case c == ';':
		s.refuse(s.pos, "write a comma, not a semicolon")
	case '0' <= last && last <= '9' && (isWord(c) || strings.IndexByte("*/+-^.", c) >= 0):
		s.refuse(s.pos, "a number is written by itself, without formula or unit")
	default:
		s.refuse(s.pos, "a comma is missing before this")
	}
}

func isWord(c byte) bool { return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
