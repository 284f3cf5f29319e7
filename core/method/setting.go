package method

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Kind is what values a setting has.
type Kind string

const (
	Number Kind = "number"
	Whole  Kind = "whole" // a number without a fraction
	Word   Kind = "word"  // one of Choices
)

// A Setting is a number or a word that decides something about a run. What is
// said here is all that is said of it anywhere: it makes validation, flags, the
// page's controls and their info texts, and the link.
type Setting struct {
	Name    string   `json:"name"`            // its key in a Config
	Title   string   `json:"title"`           // beside its control
	Words   string   `json:"words"`           // what it is
	Kind    Kind     `json:"kind"`            //
	Lo      float64  `json:"lo"`              // the least number
	Hi      float64  `json:"hi"`              // the largest
	Above   bool     `json:"above,omitempty"` // Lo itself is too little
	Log     bool     `json:"log,omitempty"`   // a slider is best logarithmic
	Choices []string `json:"choices,omitempty"`
	Usual   any      `json:"usual,omitempty"` // its default, a float64 or a string; nil where the problem has it
	Flag    string   `json:"flag,omitempty"`  // on the command line, where not Name
	Link    string   `json:"link,omitempty"`  // in the page's link, where not Name
	Live    bool     `json:"live,omitempty"`  // acts on running models

	Range string `json:"-"` // what is said of a number out of range, where Fault should not make it up
}

// Fault says what is wrong with a value, a float64 or a string, if anything is.
func (s *Setting) Fault(v any) string {
	if s.Kind == Word {
		if slices.Contains(s.Choices, v.(string)) {
			return ""
		}
		return "must be one of " + strings.Join(s.Choices, ", ")
	}
	x := v.(float64)
	switch {
	case x >= s.Lo && x <= s.Hi && !(s.Above && x == s.Lo) && !(s.Kind == Whole && x != math.Trunc(x)):
		return ""
	case s.Range != "":
		return s.Range
	}
	return "must be " + s.Bounds()
}

// Bounds says which numbers a setting takes.
func (s *Setting) Bounds() string {
	if s.Above {
		return fmt.Sprintf("above %s and at most %s", bound(s.Lo), bound(s.Hi))
	}
	return fmt.Sprintf("from %s to %s", bound(s.Lo), bound(s.Hi))
}

// bound writes a bound as people do: 1000000, 1e9.
func bound(v float64) string {
	if math.Abs(v) < 1e8 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), "e+0", "e", 1)
}

// Values are the values of the settings that parts declare.
type Values interface {
	Number(name string) float64
	Word(name string) string
}

// Usual are the defaults of settings.
type Usual []Setting

// Number implements [Values].
func (u Usual) Number(name string) float64 { return u.of(name).(float64) }

// Word implements [Values].
func (u Usual) Word(name string) string { return u.of(name).(string) }

func (u Usual) of(name string) any {
	for i := range u {
		if u[i].Name == name {
			return u[i].Usual
		}
	}
	panic("method: no setting " + name)
}
