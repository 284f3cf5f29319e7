package diag

import (
	"cmp"
	"fmt"
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/record"
)

// A Verdict says in plain words how a run goes, and which numbers say so.
type Verdict struct {
	Kind    string `json:"kind"` // see Judge
	Words   string `json:"words"`
	Numbers string `json:"numbers"`
}

// The thresholds of Judge. How far a run is from its end is its relative L2
// error or, where no solution is known, its largest misfit: both are shares, and
// where both are known they were seen to be of the same size.
const (
	// Before this many steps nothing can be said: Adam's moments and the weights
	// are still settling.
	startingSteps = 300
	// A step by least squares does what dozens of Adam's do.
	startingSquares = 15
	// A spread of the prediction below this share of the solution's is no
	// solution, even a bad one.
	flatShare = 0.1
	// Losses within this factor of a constant's are no better.
	flatFactor = 1.4
	// Where zero satisfies every equation, a run whose losses are below this share
	// of a fresh network's has gone there.
	vanished = 1e-3
	// Above the first, a run is far from its end and worth a diagnosis; below it,
	// what the gradients look like does no harm. Below the second it is there; a
	// misfit must be smaller than an error, since nothing else vouches for it.
	far         = 0.1
	foundError  = 0.05
	foundMisfit = 0.03
	// A run that was there stays there until its distance is so many times as large.
	lostAgain = 1.25
	// Conditions whose weighted gradient is this much shorter than the residual's
	// have next to no say in the step. Annealed ones were seen between 0.1 and 1,
	// those of the failing plain networks between 0.01 and 0.03.
	starvedRatio = 0.05
	// Gradients at more than 120 degrees undo half of each other.
	conflictCosine = -0.5
	// What would at its present pace need more than this many times the length of
	// the run to get there is not getting there.
	patience = 5
	// A loss that has risen above its best by this factor, for a whole window,
	// is on its way up.
	divergingRise = 30
	// On the points held out it must have risen too, by this factor: those of the
	// steps are others each time, and a residual that is large at few points jumps.
	heldRise = 10
	// The standard deviation of the logarithm of the loss, in decades, of a
	// training that jumps about.
	unsteadyDecades = 0.25
	// How many eigenvalues in a row must lie above the bound, one may by chance.
	unstablePeaks = 3
	// Terms of a fresh network whose mean squares differ by more than this are too
	// unlike to be trained together; those of the paper's problems differ by 1e5.
	badlyScaled = 1e6
)

// Judge says how a run goes. The first kind that applies is the verdict, those
// that explain before those that only describe:
//
//	undefined      a formula has no value at a point
//	diverging      a loss or gradient is not finite, or the loss rises for good
//	starting       too early to tell
//	trivial        the prediction is nearly constant, the solution is not; or it
//	               has gone to zero, which solves the problem; or no loss is lower
//	               than a constant's
//	overfitted     the loss is far smaller on the points of the steps than elsewhere
//	blocked        no step makes the loss smaller
//	unstable       the largest eigenvalue stays above 2/η and the loss jumps about
//	starved        a group of conditions that is not met has next to no say in the step
//	contradiction  what is not met are conditions that contradict each other in a corner
//	conflict       hardly anything moves: the conditions' gradient points against the residual's
//	stalled        the error or the misfit hardly falls, and is not small
//	learning       neither there nor stuck
//	healthy        the solution is found, or without one, every equation holds on
//	               points that no step has trained on
//
// What pathologies of gradients explain does not hold where steps are by least
// squares.
func Judge(s *record.Snapshot) Verdict {
	for _, rule := range []func(*record.Snapshot) (Verdict, bool){
		undefined, diverging, starting, trivial, vanishing, constant,
		healthy, overfitted, blocked, unstable, starved, contradiction, conflict, stalled,
	} {
		if v, ok := rule(s); ok {
			return v
		}
	}
	return learning(s)
}

func undefined(s *record.Snapshot) (Verdict, bool) {
	return Verdict{"undefined", "Undefined: " + s.Undefined + ".",
		"no learning rate helps: write the formula so that it has a value wherever the network may go"}, s.Undefined != ""
}

func diverging(s *record.Snapshot) (Verdict, bool) {
	if s.Status == record.Failed {
		return Verdict{"diverging", "The training has diverged: " + cmp.Or(scaleWords(s), "a smaller learning rate may help."), s.Reason}, true
	}
	loss := weightless(s)
	n := window(len(loss))
	if n == 0 || s.Step < firstSteps(s) {
		return Verdict{}, false
	}
	now, best := median(loss[len(loss)-n:]), math.Inf(1)
	for lo := 0; lo+n <= len(loss); lo += max(1, n/2) {
		best = min(best, median(loss[lo:lo+n]))
	}
	return Verdict{"diverging", "The loss is rising: " + cmp.Or(scaleWords(s), "the steps are too large for this landscape."),
		fmt.Sprintf("loss %.2g, at its best %.2g", now, best)}, now > divergingRise*best && heldRises(s)
}

func starting(s *record.Snapshot) (Verdict, bool) {
	return Verdict{"starting", "Too early to tell.", fmt.Sprintf("%d of the first %d iterations", s.Step, firstSteps(s))}, s.Step < firstSteps(s)
}

func trivial(s *record.Snapshot) (Verdict, bool) {
	if len(s.Fields) == 0 || !(s.RelL2 > 0.5) {
		return Verdict{}, false
	}
	f := &s.Fields[0]
	got, want := spread(f.Pred), spread(f.Exact)
	return Verdict{"trivial", "Stuck at a trivial solution: the prediction is nearly constant, the solution is not.",
		fmt.Sprintf("spread of %s %.2g, of the solution %.2g; relative L² %.2g", f.Name, got, want, s.RelL2)}, len(f.Exact) > 0 && got < flatShare*want
}

func vanishing(s *record.Snapshot) (Verdict, bool) {
	if known(s) || !zeroSolves(s) {
		return Verdict{}, false
	}
	now, fresh := heldLoss(s), freshLoss(s)
	return Verdict{"trivial", "Gone to a trivial solution: zero satisfies every equation of this problem, and nothing asks for more.",
		fmt.Sprintf("loss %.2g, of a fresh network %.2g", now, fresh)}, now < vanished*fresh
}

func constant(s *record.Snapshot) (Verdict, bool) {
	if known(s) {
		return Verdict{}, false
	}
	words := ""
	for i := range s.Terms {
		h := &s.Terms[i].Held
		switch {
		case !(h.Flat > far*far*h.Scale): // a constant satisfies it
		case h.Loss > flatFactor*h.Flat || h.Flat > flatFactor*h.Loss:
			return Verdict{}, false
		default:
			words = fmt.Sprintf("loss of %s %.2g, of a constant %.2g", s.Terms[i].Name, h.Loss, h.Flat)
		}
	}
	return Verdict{"trivial", "A trivial solution so far: no equation that a constant fails is met any better.", words}, words != ""
}

func healthy(s *record.Snapshot) (Verdict, bool) {
	if known(s) {
		return Verdict{"healthy", "Healthy: the solution is found and is being refined.", distanceWords(s)}, found(s)
	}
	return Verdict{"healthy", "Every equation holds, on points not trained on. There is no exact solution to compare with.", distanceWords(s)}, found(s)
}

func unstable(s *record.Snapshot) (Verdict, bool) {
	p := s.Stiffness.Peaks
	if len(p) < unstablePeaks || bySquares(s) {
		return Verdict{}, false
	}
	for _, q := range p[len(p)-unstablePeaks:] {
		if !(q.Total > q.Bound) {
			return Verdict{}, false
		}
	}
	loss := weightless(s)
	u := unsteadiness(loss[len(loss)-window(len(loss)):])
	q := p[len(p)-1]
	return Verdict{"unstable", "The loss jumps about and the step is above gradient descent’s stability bound: try a smaller learning rate.",
		fmt.Sprintf("largest eigenvalue %.2g, bound 2/η %.2g; the loss varies by a factor of %.2g", q.Total, q.Bound, kern.Pow(10, u))}, u > unsteadyDecades
}

func starved(s *record.Snapshot) (Verdict, bool) {
	if distance(s) < far || bySquares(s) {
		return Verdict{}, false
	}
	for g := 1; g < len(s.Groups); g++ {
		r := s.Groups[g].Lambda * recentRatio(s, g)
		if r < starvedRatio && !(groupMisfit(s, g) < far) {
			return Verdict{"starved", withScale(s, fmt.Sprintf("The conditions are starved: the gradient of %s hardly counts beside the residual’s.", s.Groups[g].Name)),
				fmt.Sprintf("λ|∇%s| / |∇res| = %.2g with λ = %.3g", s.Groups[g].Name, r, s.Groups[g].Lambda)}, true
		}
	}
	return Verdict{}, false
}

func contradiction(s *record.Snapshot) (Verdict, bool) {
	if s.Corner == "" || known(s) {
		return Verdict{}, false
	}
	term, _ := worst(s)
	return Verdict{"contradiction", "Conditions contradict each other, so their losses cannot vanish: " + s.Corner + ".", distanceWords(s)},
		term == int(s.CornerTerms[0]) || term == int(s.CornerTerms[1])
}

func conflict(s *record.Snapshot) (Verdict, bool) {
	if distance(s) < far || trend(s) != flat || bySquares(s) {
		return Verdict{}, false
	}
	for g := 1; g < len(s.Groups); g++ {
		c := recentCosine(s, g)
		if c < conflictCosine {
			return Verdict{"conflict", fmt.Sprintf("Conflicting gradients: %s pulls against the residual, and hardly anything gets better.", s.Groups[g].Name),
				fmt.Sprintf("cosine of the angle between them %.2f; %s", c, distanceWords(s))}, true
		}
	}
	return Verdict{}, false
}

func stalled(s *record.Snapshot) (Verdict, bool) {
	words := "Stalled: the error is large and hardly falls."
	switch {
	case !known(s) && distance(s) < far:
		words = fmt.Sprintf("Stalled: %s holds roughly and hardly gets better.", worstName(s))
	case !known(s):
		words = fmt.Sprintf("Stalled: %s is not satisfied and hardly gets better.", worstName(s))
	case s.RelL2 < far:
		words = "Stalled: the error is small but hardly falls."
	case s.RelL2 > 1:
		words = "Stalled: the error hardly falls; predicting zero would be better."
	}
	return Verdict{"stalled", withScale(s, words), distanceWords(s)}, trend(s) == flat
}

func learning(s *record.Snapshot) Verdict {
	falling := trend(s) == falling
	var words string
	switch {
	case !known(s) && distance(s) < far:
		words = "Learning: every equation holds roughly, not yet closely."
	case !known(s) && falling:
		words = fmt.Sprintf("Learning: %s is not satisfied yet, but getting better.", worstName(s))
	case !known(s):
		words = fmt.Sprintf("Not there yet: %s is not satisfied.", worstName(s))
	case s.RelL2 < far:
		words = "Nearly there: the error is small."
	case s.RelL2 > 1:
		words = "Not there yet: predicting zero would still be better."
	case falling:
		words = "Learning: the error is large but falling."
	default:
		words = "Not there yet: the error is large."
	}
	return Verdict{"learning", withScale(s, words), distanceWords(s)}
}

// withScale adds to the words on a run that is far from its end what scaleWords
// says.
func withScale(s *record.Snapshot, words string) string {
	if more := scaleWords(s); more != "" && distance(s) > far {
		return words + " The reason may be the scale: " + more
	}
	return words
}

// scaleWords says that a run cannot but fail because its terms are in units too
// different; nothing where they are not.
func scaleWords(s *record.Snapshot) string {
	large, small, ratio := scales(s)
	if !(ratio > badlyScaled) {
		return ""
	}
	return fmt.Sprintf("%s began %.0e times as large as %s; scale the problem so that all terms are of order 1.", large, ratio, small)
}
