package expr

import "fmt"

// An Error says in plain words what is wrong with a formula, and where.
type Error struct {
	Def string // the definition whose text Col points into; empty: the formula itself
	Col int    // column, in characters from 1
	Msg string
}

func (e *Error) Error() string {
	if e.Def != "" {
		return fmt.Sprintf("in the definition of %s: column %d: %s", e.Def, e.Col, e.Msg)
	}
	return fmt.Sprintf("column %d: %s", e.Col, e.Msg)
}

func errorAt(col int, format string, args ...any) *Error {
	return &Error{Col: col, Msg: fmt.Sprintf(format, args...)}
}

// Closest returns the word of words that text was probably meant to be, or ""
// if none is close: one slip in short words, two in words of five letters or
// more. A slip is a letter wrong, missing, too many or swapped with its
// neighbour. The first of equally close words wins.
func Closest(text string, words []string) string {
	best, least := "", len(text)/5+2
	if len(text) < 3 {
		least = 1 // so short that only another case is a hint
	}
	for _, w := range words {
		if d := slips([]byte(lower(text)), []byte(lower(w))); d < least && w != text {
			best, least = w, d
		}
	}
	return best
}

// slips is the optimal string alignment distance: Levenshtein's, with swaps
// of neighbours.
func slips(a, b []byte) int {
	var before, last, row []int
	for i := range len(a) + 1 {
		row = make([]int, len(b)+1)
		for j := range row {
			switch {
			case i == 0 || j == 0:
				row[j] = i + j
				continue
			case a[i-1] == b[j-1]:
				row[j] = last[j-1]
				continue
			}
			row[j] = 1 + min(last[j-1], last[j], row[j-1])
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], 1+before[j-2])
			}
		}
		before, last = last, row
	}
	return row[len(b)]
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
