package pde

import (
	"fmt"
	"strings"
)

// An Error says what is wrong with one field of a Spec or with one parameter.
type Error struct {
	Path string // such as conditions[2].formula; empty for the Spec as a whole
	Msg  string
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.Msg
	}
	return e.Path + ": " + e.Msg
}

// Errors are all that was found; it is never empty as an error.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

func (e *Errors) add(path, format string, args ...any) {
	*e = append(*e, &Error{path, fmt.Sprintf(format, args...)})
}

// orNil returns e as an error: nil if it is empty.
func (e Errors) orNil() error {
	if len(e) == 0 {
		return nil
	}
	return e
}
