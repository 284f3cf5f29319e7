package train

import (
	"encoding/json"
	"math"
)

// A State is the numbers of a run's latest step. As JSON, what is not finite is
// null.
type State struct {
	Model        string            `json:"model"`
	Iteration    int               `json:"iteration"`         // steps taken
	LearningRate Number            `json:"learningRate"`      // of the latest step, after decay
	Losses       map[string]Number `json:"losses"`            // of the latest step by term, unweighted
	Lambdas      map[string]Number `json:"lambdas"`           // by condition group
	LambdaHats   map[string]Number `json:"lambdaHats"`        // the rule's latest estimates, NaN before the first
	Estimates    map[string]Ratio  `json:"estimates"`         // what LambdaHats were made of; NaN likewise, and after a checkpoint
	Frozen       bool              `json:"frozen"`            // the weights stay as they are
	Gradients    map[string]Sizes  `json:"gradients"`         // of the latest step by group, unweighted
	RelL2        Number            `json:"relL2"`             // of the present parameters
	Omitted      int               `json:"omitted,omitempty"` // see Snapshot
	OmittedAt    string            `json:"omittedAt,omitempty"`
	Bands        [3]Number         `json:"errorBands"`             // its parts of low, middle and high frequency
	Authors      *Number           `json:"authorsError,omitempty"` // a cavity's, in the authors' measure; see Snapshot
	Status       string            `json:"status"`                 // see Status
	Message      string            `json:"message,omitempty"`
}

// Sizes are the numbers of one group's gradient that GroupState has.
type Sizes struct {
	Max    Number `json:"max"`
	Mean   Number `json:"mean"`
	Norm   Number `json:"norm"`
	Cosine Number `json:"cosine"`
}

// A Ratio is an estimate of a weight as its rule has it: a size of the residual's
// gradient over one of the conditions', as the rule weights and counts them.
type Ratio struct {
	Top    Number `json:"top"`
	Bottom Number `json:"bottom"`
}

// Number is a float64 whose JSON is null if it is not finite.
type Number float64

// MarshalJSON writes null for what is not finite.
func (n Number) MarshalJSON() ([]byte, error) {
	if !finite(float64(n)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// UnmarshalJSON reads null as NaN.
func (n *Number) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(b, (*float64)(n))
}

// String returns the status in a word.
func (s Status) String() string {
	return [...]string{"ready", "running", "paused", "diverged"}[min(s, Failed)]
}

// State returns the numbers of the latest step. Its status is never Running:
// only the caller knows.
func (e *engine[T]) State() State {
	s := State{
		Model: e.cfg.Model, Iteration: e.iteration, LearningRate: Number(e.rate),
		Losses: map[string]Number{}, Lambdas: map[string]Number{}, LambdaHats: map[string]Number{}, Estimates: map[string]Ratio{},
		Gradients: map[string]Sizes{}, Frozen: e.weigh.Frozen,
	}
	for i, t := range e.prob.Terms {
		s.Losses[t.Name] = Number(e.obj.Losses[i])
	}
	for i, g := range e.prob.Groups[1:] {
		s.Lambdas[g], s.LambdaHats[g] = Number(e.weigh.Lambda[i+1]), Number(e.weigh.Hat[i+1])
		s.Estimates[g] = Ratio{Number(e.weigh.From[i+1].Top), Number(e.weigh.From[i+1].Bottom)}
	}
	for i, name := range e.prob.Groups {
		g := e.group(i)
		s.Gradients[name] = Sizes{Number(g.GradMax), Number(g.GradMean), Number(g.GradNorm), Number(g.Cosine)}
	}
	e.obj.Params.Load(e.theta)
	l2, _ := e.view.errors(e.iteration)
	s.RelL2 = Number(l2)
	s.Omitted, s.OmittedAt = e.view.omitted.count, e.view.omitted.where
	for i, v := range e.view.errorBands(e.iteration) {
		s.Bands[i] = Number(v)
	}
	if a := Number(e.view.authorsError(e.iteration)); a == a {
		s.Authors = &a
	}
	status, reason := e.status()
	s.Status, s.Message = status.String(), reason
	return s
}

func (e *engine[T]) status() (Status, string) {
	switch {
	case e.diverged != nil:
		return Failed, e.diverged.Error()
	case e.iteration == 0:
		return Ready, ""
	}
	return Paused, ""
}

// Snapshot fills s with all there is to see. Like State, it never says Running.
func (e *engine[T]) Snapshot(s *Snapshot) {
	s.Origin = Origin{Problem: e.key}
	s.Model, s.Step, s.Rate, s.LearningRate = e.cfg.Model, uint64(e.iteration), 0, e.rate
	s.Status, s.Reason = e.status()
	s.Undefined = ""
	if e.diverged != nil && e.diverged.Undefined {
		s.Undefined = e.diverged.Why
	}
	e.obj.Params.Load(e.theta)
	s.RelL2, s.LInf = e.view.errors(e.iteration)
	s.Omitted, s.OmittedAt = uint32(e.view.omitted.count), e.view.omitted.where
	s.Authors = e.view.authorsError(e.iteration)
	s.Published, s.PublishedAuthors = math.NaN(), math.NaN()
	if p, ok := e.prob.PublishedFor(e.cfg.Model, e.cfg.Width, e.cfg.Depth); ok && p.Measure == "" {
		s.Published = p.RelL2
	} else if ok {
		s.PublishedAuthors = p.RelL2
	}
	held := e.held.evaluate(e.iteration)
	s.Corner, s.CornerTerms = "", [2]uint8{}
	if c := e.corner; c != nil {
		s.Corner, s.CornerTerms = c.String(e.prob), [2]uint8{uint8(c.Terms[0]), uint8(c.Terms[1])}
	}
	s.Terms = grow(s.Terms, len(e.prob.Terms))
	for i, t := range e.prob.Terms {
		s.Terms[i] = TermState{t.Name, uint8(t.Group), e.obj.Losses[i], held[i]}
	}
	s.Groups = grow(s.Groups, len(e.prob.Groups))
	for i := range e.prob.Groups {
		s.Groups[i] = e.group(i)
	}
	e.view.snapshot(s)
	e.histograms(s)
	e.clouds(s)
	s.Frozen = e.weigh.Frozen
	e.history.copyTo(&s.Losses)
	e.errors.copyTo(&s.Errors)
	e.bands.copyTo(&s.Bands)
	e.heldLoss.copyTo(&s.Held)
	e.norms.copyTo(&s.Norms)
	s.Residuals, s.Sides = s.Residuals[:0], s.Sides[:0]
	if e.surveying {
		e.survey.fill(s)
	}
	s.Stiffness = Stiffness{Peaks: s.Stiffness.Peaks[:0], Densities: s.Stiffness.Densities[:0]}
}

// group returns the state of group i.
func (e *engine[T]) group(i int) GroupState {
	size := e.weigh.Counted(i, e.grads)
	g := GroupState{e.prob.Groups[i], e.weigh.Lambda[i], e.weigh.Hat[i], size.Max, size.Mean, math.NaN(), math.NaN()}
	if e.seen {
		g.GradNorm, g.Cosine = norm(e.obj.Grads[i]), cosine(e.obj.Grads[i], e.obj.Grads[0])
	}
	return g
}

func (v *viewer[T]) snapshot(s *Snapshot) {
	s.Axes = grow(s.Axes, len(v.prob.Coords))
	for i, c := range v.prob.Coords {
		s.Axes[i] = Axis{c.Name, c.Lo, c.Hi, uint32(v.prob.Grid[i])}
	}
	s.Fields = grow(s.Fields, len(v.views))
	for i, w := range v.views {
		f := &s.Fields[i]
		f.Name = v.prob.Views[i].Name
		f.Pred, f.Exact = narrow(f.Pred, w.pred), narrow(f.Exact, w.exact)
	}
}

func narrow(dst []float32, src []float64) []float32 {
	dst = grow(dst, len(src))
	for i, v := range src {
		dst[i] = float32(v)
	}
	return dst
}
