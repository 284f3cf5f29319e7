package diag

import (
	"fmt"
	"math"
	"slices"

	"pinnlab/core/kern"
	"pinnlab/core/train"
)

// A Verdict says in plain words how a run goes, and which numbers say so.
type Verdict struct {
	Kind    string `json:"kind"` // see Judge
	Words   string `json:"words"`
	Numbers string `json:"numbers"`
}

// The thresholds of Judge.
const (
	// Before this many steps nothing can be said: Adam's moments and the weights
	// are still settling.
	startingSteps = 300
	// A spread of the prediction below this share of the solution's is no
	// solution, even a bad one.
	flatShare = 0.1
	// A relative error above this is worth a diagnosis; below it, what the
	// gradients look like does no harm.
	wrongError = 0.05
	// Conditions whose weighted gradient is this much shorter than the residual's
	// have next to no say in the step. Annealed ones were seen between 0.1 and 1,
	// those of the failing plain networks between 0.01 and 0.03.
	starvedRatio = 0.05
	// Gradients at more than 120 degrees undo half of each other.
	conflictCosine = -0.5
	// An error that has come down by less than this share over the last third of
	// the run is not coming down.
	stalledGain = 0.03
	// A loss that has risen above its best by this factor, for a whole window,
	// is on its way up.
	divergingRise = 30
	// The standard deviation of the logarithm of the loss, in decades, of a
	// training that jumps about.
	unsteadyDecades = 0.25
	// How many eigenvalues in a row must lie above the bound, one may by chance.
	unstablePeaks = 3
	// Judgements rest on the last fifth of the history, and on no fewer rows than
	// these, so that one step does not change them.
	windowShare = 5
	windowRows  = 12
)

// Judge says how a run goes. The first kind that applies is the verdict, those
// that explain before those that only describe:
//
//	undefined  a formula has no value at a point
//	diverging  a loss or gradient is not finite, or the loss rises for good
//	starting   too early to tell
//	trivial    the prediction is nearly constant, the solution is not
//	unstable   the largest eigenvalue stays above 2/η and the loss jumps about
//	starved    a group of conditions has next to no say in the step
//	conflict   the conditions' gradient points against the residual's
//	stalled    the error has stopped falling, and is large
//	healthy    none of these
func Judge(s *train.Snapshot) Verdict {
	for _, rule := range []func(*train.Snapshot) (Verdict, bool){
		undefined, diverging, starting, trivial, unstable, starved, conflict, stalled,
	} {
		if v, ok := rule(s); ok {
			return v
		}
	}
	return healthy(s)
}

func undefined(s *train.Snapshot) (Verdict, bool) {
	if s.Undefined == "" {
		return Verdict{}, false
	}
	return Verdict{"undefined", "Undefined: " + s.Undefined + ".",
		"no learning rate helps: write the formula so that it has a value wherever the network may go"}, true
}

func diverging(s *train.Snapshot) (Verdict, bool) {
	if s.Status == train.Failed {
		return Verdict{"diverging", "The training has diverged: a smaller learning rate may help.", s.Reason}, true
	}
	loss := weightless(s)
	n := window(len(loss))
	if n == 0 || s.Step < startingSteps {
		return Verdict{}, false
	}
	now, best := median(loss[len(loss)-n:]), math.Inf(1)
	for lo := 0; lo+n <= len(loss); lo += max(1, n/2) {
		best = min(best, median(loss[lo:lo+n]))
	}
	if !(now > divergingRise*best) {
		return Verdict{}, false
	}
	return Verdict{"diverging", "The loss is rising: the steps are too large for this landscape.",
		fmt.Sprintf("loss %.2g, at its best %.2g", now, best)}, true
}

func starting(s *train.Snapshot) (Verdict, bool) {
	if s.Step >= startingSteps {
		return Verdict{}, false
	}
	return Verdict{"starting", "Too early to tell.", fmt.Sprintf("%d of the first %d iterations", s.Step, startingSteps)}, true
}

func trivial(s *train.Snapshot) (Verdict, bool) {
	if len(s.Fields) == 0 || !(s.RelL2 > 0.5) {
		return Verdict{}, false
	}
	f := &s.Fields[0]
	got, want := spread(f.Pred), spread(f.Exact)
	if len(f.Exact) == 0 || !(got < flatShare*want) {
		return Verdict{}, false
	}
	return Verdict{"trivial", "Stuck at a trivial solution: the prediction is nearly constant, the solution is not.",
		fmt.Sprintf("spread of %s %.2g, of the solution %.2g; relative L² %.2g", f.Name, got, want, s.RelL2)}, true
}

func unstable(s *train.Snapshot) (Verdict, bool) {
	p := s.Stiffness.Peaks
	if len(p) < unstablePeaks {
		return Verdict{}, false
	}
	for _, q := range p[len(p)-unstablePeaks:] {
		if !(q.Total > q.Bound) {
			return Verdict{}, false
		}
	}
	loss := weightless(s)
	u := unsteadiness(loss[len(loss)-window(len(loss)):])
	if !(u > unsteadyDecades) {
		return Verdict{}, false
	}
	q := p[len(p)-1]
	return Verdict{"unstable", "The loss jumps about and the step is above gradient descent’s stability bound: try a smaller learning rate.",
		fmt.Sprintf("largest eigenvalue %.2g, bound 2/η %.2g; the loss varies by a factor of %.2g", q.Total, q.Bound, kern.Pow(10, u))}, true
}

func starved(s *train.Snapshot) (Verdict, bool) {
	if s.RelL2 < wrongError {
		return Verdict{}, false
	}
	for g := 1; g < len(s.Groups); g++ {
		r := s.Groups[g].Lambda * recent(s, func(row []float32) float64 { return normOf(s, row, g) / normOf(s, row, 0) })
		if r < starvedRatio {
			return Verdict{"starved", fmt.Sprintf("The conditions are starved: the gradient of %s hardly counts beside the residual’s.", s.Groups[g].Name),
				fmt.Sprintf("λ|∇%s| / |∇res| = %.2g with λ = %.3g", s.Groups[g].Name, r, s.Groups[g].Lambda)}, true
		}
	}
	return Verdict{}, false
}

func conflict(s *train.Snapshot) (Verdict, bool) {
	if s.RelL2 < wrongError {
		return Verdict{}, false
	}
	groups := len(s.Groups)
	for g := 1; g < groups; g++ {
		c := recent(s, func(row []float32) float64 { return float64(row[len(row)-groups+g]) })
		if c < conflictCosine {
			return Verdict{"conflict", fmt.Sprintf("Conflicting gradients: %s pulls against the residual.", s.Groups[g].Name),
				fmt.Sprintf("cosine of the angle between them %.2f", c)}, true
		}
	}
	return Verdict{}, false
}

func stalled(s *train.Snapshot) (Verdict, bool) {
	e := s.Errors.Rows
	if len(e) < 3*windowRows/2 || !(s.RelL2 > wrongError) {
		return Verdict{}, false
	}
	third := len(e) / 3
	before, now := quantile(e[third:2*third], 0.25), quantile(e[2*third:], 0.25)
	if !(now > (1-stalledGain)*before) {
		return Verdict{}, false
	}
	return Verdict{"stalled", "Stalled: the error has stopped falling and is large.",
		fmt.Sprintf("relative L² %.2g, over the third of the run before %.2g", now, before)}, true
}

func healthy(s *train.Snapshot) Verdict {
	words, numbers := "No pathology seen: every loss has its say.", ""
	if s.RelL2 < wrongError {
		words = "Healthy: the solution is found and is being refined."
	} else if s.RelL2 == s.RelL2 {
		words = "No pathology seen: every loss has its say, though the error is still large."
	}
	if s.RelL2 == s.RelL2 {
		numbers = fmt.Sprintf("relative L² %.2g", s.RelL2)
	}
	return Verdict{"healthy", words, numbers}
}

// window returns how many of n rows are the recent ones, 0 if there are too few.
func window(n int) int {
	if n < windowRows {
		return 0
	}
	return max(windowRows, n/windowShare)
}

// weightless returns the history of the sum of all terms, each unweighted.
func weightless(s *train.Snapshot) (loss []float64) {
	c := int(s.Losses.Cols)
	for lo := 0; c > 0 && lo+c <= len(s.Losses.Rows); lo += c {
		sum := 0.0
		for _, v := range s.Losses.Rows[lo : lo+len(s.Terms)] {
			sum += float64(v)
		}
		loss = append(loss, sum)
	}
	return loss
}

// recent returns the median of f over the recent rows of Norms, NaN if there
// are too few.
func recent(s *train.Snapshot, f func(row []float32) float64) float64 {
	c := int(s.Norms.Cols)
	if c == 0 {
		return math.NaN()
	}
	rows := len(s.Norms.Rows) / c
	var v []float64
	for i := rows - window(rows); i < rows; i++ {
		v = append(v, f(s.Norms.Rows[i*c:(i+1)*c]))
	}
	return median(v)
}

// normOf returns the norm of a group's gradient over all weight matrices.
func normOf(s *train.Snapshot, row []float32, group int) float64 {
	sum := 0.0
	for l := range s.Layers {
		v := float64(row[l*len(s.Groups)+group])
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}

// median returns the middle of v, NaN for none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(v))
	return sorted[len(sorted)/2]
}

// quantile returns the value below which the given share of v lies.
func quantile(v []float32, share float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return float64(sorted[int(share*float64(len(sorted)-1))])
}

// unsteadiness returns the standard deviation of the loss from its trend, in
// decades: of the steps from row to row, which a steady fall keeps small.
func unsteadiness(loss []float64) float64 {
	sum, n := 0.0, 0
	for i := 1; i < len(loss); i++ {
		d := kern.Log(loss[i]/loss[i-1]) / math.Ln10
		if d-d == 0 {
			sum += float64(d * d)
			n++
		}
	}
	return math.Sqrt(sum / float64(2*max(n, 1)))
}

// spread returns the standard deviation of a field, leaving out what is not a
// number.
func spread(f []float32) float64 {
	sum, squares, n := 0.0, 0.0, 0
	for _, v := range f {
		if x := float64(v); x-x == 0 {
			sum += x
			squares += float64(x * x)
			n++
		}
	}
	mean := sum / float64(n)
	return math.Sqrt(max(0, squares/float64(n)-float64(mean*mean)))
}
