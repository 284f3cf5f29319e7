package flow

import (
	"errors"

	"pinnlab/core/kern"
)

// ErrStopped is the error of work that its Progress function ended.
var ErrStopped = errors.New("flow: stopped")

// A Progress function is told what is being done and the fraction of the work
// that is behind, which never falls, many times a second. It ends the work by
// returning false. A nil Progress is not told.
type Progress func(stage string, fraction float64) bool

// A progress tells a Progress how far an iteration is whose residuals fall by
// powers of ten. Its stretch of the fraction, up to end, is cut into parts.
type progress struct {
	tell      Progress
	stage     string
	done, end float64
	from, to  float64 // the part at hand
	first     float64 // the logarithm of its first residual
}

// next begins a part that takes an equal share of what is left with the
// remaining parts after it.
func (p *progress) next(parts float64) {
	p.from = p.done
	p.to = p.from + (p.end-p.from)/parts
	p.first = 0
}

// report tells of a residual on the way to the last one, and returns false if
// the work is to end.
func (p *progress) report(residual, last float64) bool {
	if p.tell == nil {
		return true
	}
	log := kern.Log(max(residual, last))
	if p.first == 0 {
		p.first = log
	}
	if span := p.first - kern.Log(last); span > 0 {
		p.done = max(p.done, p.from+float64((p.to-p.from)*(p.first-log))/span)
	}
	return p.tell(p.stage, p.done)
}
