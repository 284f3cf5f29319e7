package figure

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// Size of the picture of the stiffness.
const (
	StiffnessWidth  = 2400
	StiffnessHeight = 1000
)

// A Stiffness is the largest Hessian eigenvalue of a run's losses over its
// iterations.
type Stiffness struct {
	Name                        string // of the run, for the legend
	Steps                       []float64
	Total, Residual, Conditions []float64 // the total is weighted, as it is trained
	Bound                       []float64 // 2/η, beyond which gradient descent is unstable
}

// DrawStiffness draws runs beside each other: the total loss with the bound of
// the longest run, the residual, and the conditions. All runs have the same steps
// as far as they go.
func DrawStiffness(title string, runs []Stiffness) image.Image {
	s := newSheet(StiffnessWidth, StiffnessHeight, title, "")
	longest := slices.MaxFunc(runs, func(a, b Stiffness) int { return cmp.Compare(len(a.Steps), len(b.Steps)) })
	steps := longest.Steps
	last := max(1, steps[len(steps)-1])
	parts := []struct {
		title string
		of    func(*Stiffness) []float64
	}{
		{"Total loss, weighted", func(r *Stiffness) []float64 { return r.Total }},
		{"Residual", func(r *Stiffness) []float64 { return r.Residual }},
		{"Conditions", func(r *Stiffness) []float64 { return r.Conditions }},
	}
	for i, part := range parts {
		var curves []curve
		for k := range runs {
			curves = append(curves, curve{runs[k].Name, logs(part.of(&runs[k]), len(steps)), k % len(lineColours), k / len(lineColours)})
		}
		if i == 0 {
			curves = append(curves, curve{"2/η", logs(longest.Bound, len(steps)), len(runs) % len(lineColours), 1})
			s.legend(curves)
		}
		history(s.cell(i, len(parts), 1), part.title, last, steps, curves, false)
	}
	return s.image()
}

// logs returns n logarithms, NaN where there is none.
func logs(v []float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	for i, x := range v {
		if x > 0 && !math.IsInf(x, 0) {
			out[i] = log10(x)
		}
	}
	return out
}
