package diag

import (
	"fmt"

	"pinnlab/core/record"
)

const (
	// A loss on the points of the steps so many times below that elsewhere, at the
	// end of a stretch with the same points, is learned by heart.
	byHeart = 100
	// So many steps in a row that do not move the parameters are no accident: each
	// has tried a dozen dampings.
	blockedSteps = 3
	// Least squares from a random start first find the way, with hardly any gain,
	// for some dozens of steps.
	plateau = 60
)

// bySquares reports whether the run's steps are by least squares.
func bySquares(s *record.Snapshot) bool { return len(s.Curves(record.Damping)) > 0 }

// firstSteps returns before which step nothing can be said.
func firstSteps(s *record.Snapshot) uint64 {
	if bySquares(s) {
		return startingSquares
	}
	return startingSteps
}

func overfitted(s *record.Snapshot) (Verdict, bool) {
	loss := weightless(s)
	if !bySquares(s) || len(loss) == 0 {
		return Verdict{}, false
	}
	own, elsewhere := median(loss[len(loss)-window(len(loss)):]), heldLoss(s)
	return Verdict{"overfitted", "Learned by heart: the equations hold at the points of the steps and not between them. More points help, or points that stay for fewer steps.",
		fmt.Sprintf("loss at the points %.2g, elsewhere %.2g", own, elsewhere)}, elsewhere > byHeart*own
}

func blocked(s *record.Snapshot) (Verdict, bool) {
	fall := s.Curves(record.Fall)
	rows := rowsOf(fall)
	if rows < blockedSteps {
		return Verdict{}, false
	}
	for i := rows - blockedSteps; i < rows; i++ {
		if fall[len(fall)-1].Value(i) > 0 {
			return Verdict{}, false
		}
	}
	mu := s.Curves(record.Damping)[0].Value(rows - 1)
	return Verdict{"blocked", "Blocked: no step makes the loss smaller, whatever the damping.", fmt.Sprintf("damping μ %.2g", mu)}, true
}
