package bench

import (
	"slices"
	"strings"
)

// A Set is cases that belong together.
type Set struct {
	Name  string
	Cases func(precision string) []Case
	Group int // as Options have it
}

// Sets lists the sets in the order in which they are shown.
var Sets = []Set{
	{"steps", Steps, 0},
	{"kernels", Kernels, 0},
	{"sweep", Sweeps, 2}, // the largest need much memory
}

// FindSet returns the set of a name.
func FindSet(name string) (s Set, ok bool) {
	i := slices.IndexFunc(Sets, func(s Set) bool { return s.Name == name })
	if i < 0 {
		return s, false
	}
	return Sets[i], true
}

// Matching returns the cases whose names contain part, all if it is empty.
func (s Set) Matching(precision, part string) []Case {
	return slices.DeleteFunc(s.Cases(precision), func(c Case) bool { return !strings.Contains(c.Name, part) })
}
