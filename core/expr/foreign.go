package expr

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inOtherWords says how to write what people paste from papers.
var inOtherWords = func() map[rune]string {
	const (
		laplacian  = "write u_xx + u_yy for the Laplacian, u_x for a derivative"
		noChoice   = "formulas hold no conditions; a smooth step from 0 to 1 is (1 + tanh(50*(x - 0.5)))/2"
		derivative = "write u_x for a derivative"
	)
	words := map[rune]string{
		'√': "write sqrt( )", '|': "write abs( )", '½': "write 1/2", '¼': "write 1/4", '¾': "write 3/4", 'ℯ': "write exp( )",
		'[': "write (", ']': "write )", '{': "write (", '}': "write )", '⟨': "write (", '⟩': "write )",
		'∂': derivative, '′': derivative, '\'': derivative, '’': derivative, '˙': derivative, '̇': derivative,
		'∇': laplacian, 'Δ': laplacian, '∆': laplacian, '∫': "formulas hold no integrals", '∞': "a formula holds finite numbers",
		'%': "write 0.01* for per cent; there is no remainder", ';': "one formula at a time: leave it out",
		':': "write / to divide", '!': "write the product", '"': "leave it out", '$': "leave it out", '#': "leave it out", '@': "write *",
		'_': "a name begins with a letter", '&': noChoice, '?': noChoice,
	}
	for _, same := range []struct{ runes, text string }{
		{"·×∗⋅•", "*"}, {"÷∕⁄", "/"}, {"−–—‐", "-"}, {"＋", "+"},
	} {
		for _, r := range same.runes {
			words[r] = "write " + same.text
		}
	}
	for _, r := range "<>≤≥≠" {
		words[r] = noChoice
	}
	for name, letter := range greek {
		r, _ := utf8.DecodeRuneInString(letter)
		if words[r] == "" {
			words[r] = "write " + name
		}
	}
	words['π'] = "write pi"
	words['ϵ'], words['ϕ'], words['ϑ'], words['µ'] = "write epsilon", "write phi", "write theta", "write mu"
	for i, r := range []rune("⁰¹²³⁴⁵⁶⁷⁸⁹") {
		words[r] = fmt.Sprintf("write ^%d", i)
	}
	words['⁻'], words['ⁿ'], words['ᵏ'], words['ᵃ'] = "write ^(-1)", "write ^n", "write ^k", "write ^a"
	for i, r := range []rune("₀₁₂₃₄₅₆₇₈₉") {
		words[r] = fmt.Sprintf("write %d, as in a%d", i, i)
	}
	words['ₓ'], words['ₜ'] = "write _x, as in u_x", "write _t, as in u_t"
	return words
}()

// refuse is the error for a character that no formula has.
func (l *lexer) refuse() error {
	before := strings.TrimRight(l.text[:l.pos], " \t\n\r")
	r, _ := utf8.DecodeRuneInString(l.text[l.pos:])
	switch {
	case r == utf8.RuneError:
		return errorAt(l.pos+1, "unreadable text: the formula is not UTF-8")
	case r == '=':
		return l.refuseEquals()
	case r == '\\':
		return l.refuseTeX()
	case r == '_' && strings.HasSuffix(before, ")"):
		return errorAt(l.pos+1, "a bracket has no derivative: %s", longDerivative)
	case r == ',' && l.pos > 0 && isDigit(l.text[l.pos-1]) && l.pos+1 < len(l.text) && isDigit(l.text[l.pos+1]):
		return errorAt(l.pos+1, "unexpected \",\" (write . for the decimal point)")
	case r == ',':
		return errorAt(l.pos+1, "unexpected \",\" (functions here take one argument)")
	case inOtherWords[r] != "":
		return errorAt(l.pos+1, "unexpected %q (%s)", string(r), inOtherWords[r])
	case unicode.IsSpace(r):
		return errorAt(l.pos+1, "a space that is no plain one (U+%04X): write an ordinary space", r)
	case !unicode.IsGraphic(r):
		return errorAt(l.pos+1, "an invisible character (U+%04X): delete it", r)
	}
	return errorAt(l.pos+1, "unexpected %q", string(r))
}

// refuseEquals says how an equation is written.
func (l *lexer) refuseEquals() error {
	const rule = "a formula says what must vanish"
	left := strings.TrimSpace(l.text[:l.pos])
	right := strings.TrimSpace(strings.TrimLeft(l.text[l.pos:], "="))
	switch {
	case left == "" || right == "" || strings.ContainsAny(right, "=<>") || len(l.text) > 80:
		return errorAt(l.pos+1, "unexpected \"=\" (%s: bring everything to one side)", rule)
	case strings.Trim(right, "0.") == "":
		return errorAt(l.pos+1, "unexpected \"=\" (%s: write %s)", rule, left)
	case strings.ContainsAny(right, "+-"):
		right = "(" + right + ")"
	}
	return errorAt(l.pos+1, "unexpected \"=\" (%s: write %s - %s)", rule, left, right)
}

// refuseTeX says how a command of TeX is written.
func (l *lexer) refuseTeX() error {
	rest := l.text[l.pos+1:]
	end := strings.IndexFunc(rest, func(r rune) bool { return r >= utf8.RuneSelf || !isLetter(byte(r)) })
	if end < 0 {
		end = len(rest)
	}
	command, say := rest[:end], ""
	switch {
	case strings.HasSuffix(command, "frac"):
		say = "write (a)/(b)"
	case command == "partial" || command == "dot" || command == "ddot":
		say = "write u_x for a derivative"
	case command == "nabla" || command == "Delta":
		say = "write u_xx + u_yy for the Laplacian"
	case command == "cdot" || command == "times":
		say = "write *"
	case command == "left" || command == "right":
		say = "leave it out"
	case command == "ln":
		say = "write log( )"
	case greek[command] != "" || functionNamed(command) != nil:
		say = "write " + command
	default:
		return errorAt(l.pos+1, "unexpected \"\\\\%s\": TeX is not read here", command)
	}
	return errorAt(l.pos+1, "unexpected \"\\\\%s\" (%s)", command, say)
}

// refuseAfterName says how to write what other languages put at a name that ends
// at l.pos: np.sin, u_{xx}, u”. It returns nil if nothing of that kind follows.
func (l *lexer) refuseAfterName(start int) error {
	name, rest := l.text[start:l.pos], l.text[l.pos:]
	switch {
	case len(rest) > 1 && rest[0] == '.' && isLetter(rest[1]):
		end := l.pos
		for end < len(l.text) && (l.text[end] == '.' || l.text[end] == '_' || isLetter(l.text[end]) || isDigit(l.text[end])) {
			end++
		}
		whole := l.text[start:end]
		word := whole[strings.LastIndexByte(whole, '.')+1:]
		switch advice := noFunction[lower(word)]; {
		case functionNamed(word) != nil || word == "pi":
			return errorAt(start+1, "write %s instead of %s", word, whole)
		case advice != "":
			return errorAt(start+1, "%s is not in this language; %s", whole, advice)
		}
		return errorAt(start+1, "%s: a name has no point in it", whole)
	case strings.HasSuffix(name, "_") && strings.HasPrefix(rest, "{"):
		inner, _, closed := strings.Cut(rest[1:], "}")
		if inner = strings.ReplaceAll(inner, " ", ""); closed && nameFault("u"+inner) == "" {
			return errorAt(l.pos+1, "write %s%s instead of %s{%s}", name, inner, name, inner)
		}
	case strings.HasPrefix(rest, "'"):
		primes := rest[:len(rest)-len(strings.TrimLeft(rest, "'"))]
		return errorAt(l.pos+1, "a derivative is written with the letters of its coordinates, as in %s_%s, not %s%s",
			name, strings.Repeat("x", len(primes)), name, primes)
	}
	return nil
}
