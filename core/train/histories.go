package train

import (
	"math"

	"pinnlab/core/opt"
	"pinnlab/core/pde"
	"pinnlab/core/record"
	"pinnlab/core/wire"
)

// A History is curves that get a row together. What draws them asks for them by
// name, so that one more is one more [AddHistory] and a panel of the canvas.
type History struct {
	Name   string                        // in Snapshots and checkpoints
	Every  int                           // steps from row to row, at first
	Curves func(Recorded) []record.Curve // without any, a run does not have it
	// Row fills the values of a step, from before its parameters move.
	Row func(r Recorded, row []float64)
	// Present says that Row is good for the present of a run between steps too.
	Present bool
}

// A Recorded run is what histories are made of. Every run of [New] is.
type Recorded interface {
	Problem() *pde.Problem
	LayerNames() []string
	LearningRate() float64 // of the latest step
	Losses() []float64     // by term, unweighted
	Lambdas() []float64    // by group
	HeldLosses(row []float64)
	RelL2() float64
	ErrorBands() [3]float64
	// GradientNorm is of the unweighted gradient of a group in a layer, and
	// GradientCosine of the angle between a group's and the residual's.
	GradientNorm(layer, group int) float64
	GradientCosine(group int) float64
	// Optimiser tells of the optimiser's latest step; nil if it has nothing to tell.
	Optimiser() opt.Reporter
	// Slow says that a step is worth hundreds of others.
	Slow() bool
}

// A cadence is how often, in steps, a row is recorded at first: of what a step
// has at hand, and of what takes an evaluation elsewhere.
const (
	stepCadence  = 5
	errorCadence = 100
)

// Where a checkpoint has the rows of the histories that it began with.
const (
	lossHistory  = "losses" // and the condition groups' weights
	normHistory  = "gradients"
	errorHistory = "error"
	bandHistory  = "error bands"
	heldHistory  = "held losses"
	stepHistory  = "optimiser"
)

var histories = []History{
	{Name: lossHistory, Every: stepCadence, Present: true,
		Curves: func(r Recorded) []record.Curve {
			return append(ofTerms(r, record.Loss), ofConditions(r, record.Lambda)...)
		},
		Row: func(r Recorded, row []float64) {
			n := copy(row, r.Losses())
			copy(row[n:], r.Lambdas()[1:])
		}},
	{Name: normHistory, Every: stepCadence, Curves: gradientCurves, Row: gradientRow},
	{Name: errorHistory, Every: errorCadence, Present: true,
		Curves: func(Recorded) []record.Curve { return []record.Curve{{Name: record.RelL2, Group: record.NoGroup}} },
		Row:    func(r Recorded, row []float64) { row[0] = r.RelL2() }},
	{Name: bandHistory, Every: errorCadence,
		Curves: func(Recorded) (list []record.Curve) {
			for _, band := range []string{"low", "middle", "high"} {
				list = append(list, record.Curve{Name: record.ErrorBand, Of: band, Group: record.NoGroup})
			}
			return list
		},
		Row: func(r Recorded, row []float64) {
			bands := r.ErrorBands()
			copy(row, bands[:])
		}},
	{Name: heldHistory, Every: errorCadence,
		Curves: func(r Recorded) []record.Curve { return ofTerms(r, record.HeldLoss) },
		Row:    func(r Recorded, row []float64) { r.HeldLosses(row) }},
	{Name: stepHistory, Every: stepCadence,
		Curves: func(r Recorded) []record.Curve {
			if r.Optimiser() == nil {
				return nil
			}
			return r.Optimiser().Curves()
		},
		Row: func(r Recorded, row []float64) { r.Optimiser().Report(row) }},
}

// AddHistory has all runs that are built from then on record one more, until it
// is removed.
func AddHistory(h History) (remove func()) {
	was := histories
	histories = append(was[:len(was):len(was)], h)
	return func() { histories = was }
}

// ofTerms returns a curve for each loss term.
func ofTerms(r Recorded, name string) (list []record.Curve) {
	for _, t := range r.Problem().Terms {
		list = append(list, record.Curve{Name: name, Of: t.Name, Group: uint8(t.Group)})
	}
	return list
}

// ofConditions returns a curve for each group of conditions.
func ofConditions(r Recorded, name string) (list []record.Curve) {
	for g, group := range r.Problem().Groups[1:] {
		list = append(list, record.Curve{Name: name, Of: group, Group: uint8(g + 1)})
	}
	return list
}

// gradientCurves are the norm of every group's gradient in every weight matrix,
// then the cosines.
func gradientCurves(r Recorded) (list []record.Curve) {
	for _, layer := range r.LayerNames() {
		for g, group := range r.Problem().Groups {
			list = append(list, record.Curve{Name: record.GradientNorm, Of: layer + " " + group, Group: uint8(g)})
		}
	}
	return append(list, ofConditions(r, record.GradientCosine)...)
}

func gradientRow(r Recorded, row []float64) {
	i, groups := 0, len(r.Problem().Groups)
	for l := range r.LayerNames() {
		for g := range groups {
			row[i] = r.GradientNorm(l, g)
			i++
		}
	}
	for g := 1; g < groups; g++ {
		row[i] = r.GradientCosine(g)
		i++
	}
}

// A logbook is a run's histories with their rows.
type logbook struct {
	kinds  []History
	series []record.Series
	row    []float64 // scratch
}

func newLogbook(r Recorded) *logbook {
	l := &logbook{}
	for _, h := range histories {
		curves := h.Curves(r)
		if len(curves) == 0 {
			continue
		}
		if r.Slow() {
			h.Every = 1
		}
		l.kinds = append(l.kinds, h)
		for i := range curves {
			curves[i].Now = math.NaN()
		}
		l.series = append(l.series, record.NewSeries(h.Name, h.Every, curves))
		l.row = append(l.row, make([]float64, max(0, len(curves)-len(l.row)))...)
	}
	return l
}

// record adds the rows that are due at a step.
func (l *logbook) record(r Recorded, step int) {
	for i := range l.series {
		if s := &l.series[i]; s.Due(step) {
			row := l.row[:len(s.Curves)]
			l.kinds[i].Row(r, row)
			s.Add(row)
		}
	}
}

// takeBack removes the rows of the step that was recorded last.
func (l *logbook) takeBack(step int) {
	for i := range l.series {
		if s := &l.series[i]; s.Due(step) {
			s.TakeBack()
		}
	}
}

// copyTo copies the histories into a Snapshot's memory, with the present.
func (l *logbook) copyTo(s *record.Snapshot, r Recorded) {
	s.Histories = wire.Resize(s.Histories, len(l.series))
	for i := range l.series {
		d := &s.Histories[i]
		l.series[i].CopyTo(d)
		if !l.kinds[i].Present {
			continue
		}
		row := l.row[:len(d.Curves)]
		l.kinds[i].Row(r, row)
		for k := range d.Curves {
			d.Curves[k].Now = row[k]
		}
	}
}

// named returns the history of a name.
func (l *logbook) named(name string) *record.Series {
	for i := range l.series {
		if l.series[i].Name == name {
			return &l.series[i]
		}
	}
	panic("train: no history " + name)
}
