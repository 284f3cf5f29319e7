package eval

import (
	"fmt"
	"strings"

	"pinnlab/core/kern"
)

// omission is the nodes of the plot grid that errors leave out, because the
// exact solution is not finite there.
type omission struct {
	count int
	where string // the box that holds them, such as x = 0, t from 0 to 1
}

// omit finds the nodes where a view that counts has no finite exact value, and
// reports whether any other node is left.
func (v *View[T]) omit() (o omission, some bool) {
	d := len(v.prob.Coords)
	lo, hi := make([]float64, d), make([]float64, d)
	known := 0
	for i := range v.nodes {
		if v.countsAt(i) {
			known++
			continue
		}
		for j := range d {
			x := float64(v.points[i*d+j])
			if o.count == 0 {
				lo[j], hi[j] = x, x
			}
			lo[j], hi[j] = min(lo[j], x), max(hi[j], x)
		}
		o.count++
	}
	if o.count > 0 {
		var words []string
		for j, c := range v.prob.Coords {
			if lo[j] == hi[j] {
				words = append(words, fmt.Sprintf("%s = %.4g", c.Name, lo[j]))
			} else {
				words = append(words, fmt.Sprintf("%s from %.4g to %.4g", c.Name, lo[j], hi[j]))
			}
		}
		o.where = strings.Join(words, ", ")
	}
	return o, known > 0
}

// countsAt reports whether all views that count have finite exact values at a
// node, if they have any.
func (v *View[T]) countsAt(node int) bool {
	for _, w := range v.shown {
		if w.counts && w.exact != nil && !kern.IsFinite(w.exact[node]) {
			return false
		}
	}
	return true
}
