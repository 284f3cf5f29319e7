// Package figure draws a run as pictures for a page or a poster: the fields,
// the distributions of the gradients, and the curves of the training. Sizes are
// in pixels, and every picture of a kind has the same size.
package figure

import (
	"fmt"
	"image"

	"pinnlab/core/record"
)

// A Run is what there is to draw.
type Run struct {
	Title    string // of the run, in a line
	Snapshot *record.Snapshot

	// Gradients is a Snapshot whose Layers and Groups are those of a step
	// taken at the parameters of Snapshot; nil if there is none.
	Gradients *record.Snapshot
}

// A Picture is a drawing and the name of its file without an extension.
type Picture struct {
	Name  string
	Image image.Image
}

// Draw returns all pictures of a run: one for each field, two of the gradients,
// one of the curves.
func Draw(r *Run) ([]Picture, error) {
	if n := len(r.Snapshot.Axes); n < 1 || n > 2 {
		return nil, fmt.Errorf("fields over %d coordinates cannot be drawn", n)
	}
	var all []Picture
	for i := range r.Snapshot.Fields {
		f := &r.Snapshot.Fields[i]
		all = append(all, Picture{"field-" + f.Name, r.field(f)})
	}
	if r.Gradients != nil && len(r.Gradients.Layers) > 0 {
		all = append(all, Picture{"gradients", r.gradients(false)}, Picture{"gradients-decades", r.gradients(true)})
	}
	return append(all, Picture{"curves", r.curves()}), nil
}
