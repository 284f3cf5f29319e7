package expr

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	// MaxCoords is the most coordinates a Scope can have.
	MaxCoords = 4
	// MaxOrder is the highest total order of a derivative's suffix.
	MaxOrder = 8
)

// A Scope says what the names of formulas mean. Names are letters, digits and
// underscores, beginning with a letter; those of coordinates are one letter.
// No name may be given twice or read as a derivative of another.
type Scope struct {
	Coords []string            // at most MaxCoords
	Fields []string            // what a network computes
	Params map[string]float64  // become numbers when compiling
	Defs   map[string]*Formula // abbreviations; they may use each other, without a circle
}

// A NameError says why a name of a Scope cannot be used.
type NameError struct{ Name, Msg string }

func (e *NameError) Error() string { return fmt.Sprintf("name %q: %s", e.Name, e.Msg) }

// Check returns what is wrong with the names of s, in the order coordinates,
// fields, parameters, definitions.
func (s *Scope) Check() []*NameError {
	var bad []*NameError
	seen := make(map[string]string)
	for _, set := range s.names() {
		for _, name := range set.names {
			msg := nameFault(name)
			base, _, derivative := s.splitDerivative(name)
			switch {
			case msg != "":
			case seen[name] != "":
				msg = "already the name of a " + seen[name]
			case set.kind == "coordinate" && len(name) > 1:
				msg = "must be a single letter to be a coordinate"
			case derivative && (slices.Contains(s.Fields, base) || s.Defs[base] != nil):
				msg = fmt.Sprintf("reads as a derivative of %q", base)
			default:
				seen[name] = set.kind
				continue
			}
			bad = append(bad, &NameError{name, msg})
		}
	}
	if len(s.Coords) > MaxCoords {
		bad = append(bad, &NameError{s.Coords[MaxCoords], fmt.Sprintf("more than %d coordinates", MaxCoords)})
	}
	return bad
}

type namesOfKind struct {
	kind  string
	names []string
}

// names lists all names of s in a fixed order.
func (s *Scope) names() []namesOfKind {
	return []namesOfKind{
		{"coordinate", s.Coords},
		{"field", s.Fields},
		{"parameter", slices.Sorted(maps.Keys(s.Params))},
		{"definition", slices.Sorted(maps.Keys(s.Defs))},
	}
}

// nameFault says why no scope can use name, or "".
func nameFault(name string) string {
	switch {
	case name == "":
		return "is empty"
	case len(name) > 32:
		return "is longer than 32 characters"
	case name == "pi" || functionNamed(name) != nil:
		return "is taken by the language"
	}
	for i := range len(name) {
		if c := name[i]; !isLetter(c) && (i == 0 || !isDigit(c) && c != '_') {
			return "must be letters a-z, digits and _, beginning with a letter" + spelled(name)
		}
	}
	return ""
}

// spelled is a hint at how a Greek letter is written, or "".
func spelled(name string) string {
	for word, letter := range greek {
		if letter == name {
			return "; write " + word
		}
	}
	return ""
}

// splitDerivative splits a name such as u_xxy into the base u and the suffix
// xxy; ok is false if the suffix has a letter that is no coordinate of s.
func (s *Scope) splitDerivative(name string) (base, suffix string, ok bool) {
	cut := strings.LastIndexByte(name, '_')
	if cut < 1 || cut+1 == len(name) {
		return name, "", false
	}
	base, suffix = name[:cut], name[cut+1:]
	for i := range len(suffix) {
		if s.coord(suffix[i:i+1]) < 0 {
			return base, suffix, false
		}
	}
	return base, suffix, true
}

// coord returns the index of the coordinate name, or -1.
func (s *Scope) coord(name string) int { return slices.Index(s.Coords, name) }

// strange returns the letters of suffix that are no coordinates, each once.
func (s *Scope) strange(suffix string) (letters string) {
	for _, r := range suffix {
		if s.coord(string(r)) < 0 && !strings.ContainsRune(letters, r) {
			letters += string(r)
		}
	}
	return letters
}

// unknown is the error for a name that s does not have.
func (s *Scope) unknown(n *node) *Error {
	base, suffix, derivative := s.splitDerivative(n.name)
	_, param := s.Params[base]
	known := slices.Contains(s.Fields, base) || s.Defs[base] != nil
	switch {
	case derivative && param:
		return errorAt(n.col, "unknown name %q: the parameter %q has no derivatives", n.name, base)
	case derivative && s.coord(base) >= 0:
		return errorAt(n.col, "unknown name %q: %q is a coordinate", n.name, base)
	case known && len(s.strange(suffix)) == 1: // else it is no suffix but a word
		return errorAt(n.col, "unknown name %q: %q is not a coordinate (%s)", n.name, s.strange(suffix), strings.Join(s.Coords, ", "))
	}
	return s.notKnown(n)
}
