package jsonwords

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// An Error is the first fault of a text.
type Error struct {
	Line, Col int // from 1, in characters
	Msg       string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.Msg) }

// maxDepth of lists and objects in each other, as in encoding/json.
const maxDepth = 10000

// Check returns the first fault of text, an *Error, or nil.
func Check(text []byte) error {
	s := scanner{text: text}
	if s.document(); s.fault != nil {
		return s.fault
	}
	return nil
}

// Clean returns a file's text without the mark that some editors put in front.
// A text in UTF-16 is an error.
func Clean(text []byte) ([]byte, error) {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(text, []byte(mark)) {
			return nil, &Error{1, 1, "the text is UTF-16; save the file as UTF-8"}
		}
	}
	if len(text) > 1 && (text[0] == 0 || text[1] == 0) {
		return nil, &Error{1, 1, "the text is UTF-16; save the file as UTF-8"}
	}
	return bytes.TrimPrefix(text, []byte("\ufeff")), nil
}

// scanner reads JSON by recursive descent. After the first fault it stands at
// the end of the text.
type scanner struct {
	text  []byte
	pos   int
	open  []int // where the lists and objects being read begin
	fault *Error
}

// refuse notes the fault at an offset, unless there is one already.
func (s *scanner) refuse(at int, format string, args ...any) {
	if s.fault == nil {
		line, col := s.place(at)
		s.fault = &Error{line, col, fmt.Sprintf(format, args...)}
	}
	s.pos = len(s.text)
}

// place returns the line and column of an offset, from 1.
func (s *scanner) place(at int) (line, col int) {
	before := s.text[:at]
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// peek skips space and returns the next byte, or 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.pos]) >= 0 {
		s.pos++
	}
	if s.pos == len(s.text) {
		return 0
	}
	return s.text[s.pos]
}

func (s *scanner) document() {
	if s.peek() == 0 && s.pos == len(s.text) {
		s.refuse(0, "the text is empty")
		return
	}
	s.value()
	if s.peek(); s.pos < len(s.text) && s.fault == nil {
		s.refuse(s.pos, "there is more text after the end of the first value")
	}
}

func (s *scanner) value() {
	if len(s.open) > maxDepth {
		s.refuse(s.pos, "nested deeper than %d levels", maxDepth)
		return
	}
	switch c := s.peek(); {
	case c == '{':
		s.object()
	case c == '[':
		s.list()
	case c == '"':
		s.quoted()
	case c == '-' || '0' <= c && c <= '9':
		s.number()
	default:
		s.word()
	}
}

// word reads true, false or null.
func (s *scanner) word() {
	for _, w := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(s.text[s.pos:], []byte(w)) {
			s.pos += len(w)
			return
		}
	}
	s.refuseValue()
}

func (s *scanner) object() {
	start := s.pos
	s.open = append(s.open, start)
	s.pos++
	seen := map[string]bool{}
	for first := true; ; first = false {
		c := s.peek()
		if c == '}' && first {
			break
		}
		if c != '"' {
			s.refuseKey(c, first)
			return
		}
		at := s.pos
		s.quoted()
		if key := string(s.text[at:s.pos]); seen[key] && s.fault == nil {
			s.refuse(at, "%s is given twice", key)
		} else {
			seen[key] = true
		}
		if c := s.peek(); c != ':' {
			s.refuseColon(c)
			return
		}
		s.pos++
		s.value()
		if !s.another('}') {
			break
		}
	}
	s.close()
}

func (s *scanner) list() {
	s.open = append(s.open, s.pos)
	s.pos++
	if s.peek() != ']' {
		for s.value(); s.another(']'); s.value() {
		}
	}
	s.close()
}

// another reads a comma that another element follows; at the closing bracket
// it is false.
func (s *scanner) another(closing byte) bool {
	c := s.peek()
	if s.fault != nil || c == closing {
		return false
	}
	if c != ',' {
		s.refuseAfter(c, closing)
		return false
	}
	comma := s.pos
	s.pos++
	if s.peek() == closing {
		s.refuse(comma, "a comma too many: nothing follows it before the %c", closing)
		return false
	}
	return true
}

// close leaves the innermost list or object.
func (s *scanner) close() {
	s.open = s.open[:len(s.open)-1]
	if s.fault == nil {
		s.pos++
	}
}

// quoted reads text in quotes.
func (s *scanner) quoted() {
	start := s.pos
	for s.pos++; s.pos < len(s.text); s.pos++ {
		switch c := s.text[s.pos]; {
		case c == '"':
			s.pos++
			return
		case c == '\n':
			s.refuse(start, "the quote that begins here does not end on its line; a line break is written \\n")
		case c < ' ':
			s.refuse(s.pos, "a control character in quotes; a tab is written \\t")
		case c == '\\':
			s.escape()
		}
	}
	s.refuse(start, "the quote that begins here does not end")
}

func (s *scanner) escape() {
	at := s.pos
	s.pos++
	switch rest := s.text[min(s.pos, len(s.text)):]; {
	case len(rest) == 0:
	case rest[0] == 'u':
		if len(rest) < 5 || bytes.ContainsFunc(rest[1:5], func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }) {
			s.refuse(at, "\\u needs four hexadecimal digits")
			return
		}
		s.pos += 4
	case strings.IndexByte(`"\/bfnrt`, rest[0]) < 0:
		s.refuse(at, "a backslash by itself; it is written \\\\")
	}
}

func (s *scanner) number() {
	start := s.pos
	digits := func() bool {
		from := s.pos
		for s.pos < len(s.text) && '0' <= s.text[s.pos] && s.text[s.pos] <= '9' {
			s.pos++
		}
		return s.pos > from
	}
	at := func(set string) bool { return s.pos < len(s.text) && strings.IndexByte(set, s.text[s.pos]) >= 0 }
	if at("-") {
		s.pos++
	}
	whole := s.pos
	if !digits() {
		s.pos = start
		s.refuseValue()
		return
	}
	if s.text[whole] == '0' && s.pos-whole > 1 {
		s.refuse(start, "a number does not begin with a 0 before other digits")
		return
	}
	if at(".") {
		s.pos++
		if !digits() {
			s.refuse(start, "a digit is missing after the decimal point")
			return
		}
	}
	if at("eE") {
		s.pos++
		if at("+-") {
			s.pos++
		}
		if !digits() {
			s.refuse(start, "the exponent of the number has no digits")
		}
	}
}
