package train

import (
	"math"

	"pinnlab/core/eval"
	"pinnlab/core/record"
	"pinnlab/core/wire"
)

// State returns the numbers of the latest step. Its status is never Running:
// only the caller knows.
func (e *engine[T]) State() record.State {
	s := record.State{
		Model: e.cfg.Short(), Iteration: e.iteration, LearningRate: record.Number(e.rate),
		Losses: map[string]record.Number{}, Lambdas: map[string]record.Number{}, LambdaHats: map[string]record.Number{}, Estimates: map[string]record.Ratio{},
		Gradients: map[string]record.Sizes{}, Frozen: e.weigh.Frozen,
	}
	for i, t := range e.prob.Terms {
		s.Losses[t.Name] = record.Number(e.obj.Losses[i])
	}
	for i, g := range e.prob.Groups[1:] {
		s.Lambdas[g], s.LambdaHats[g] = record.Number(e.weigh.Lambda[i+1]), record.Number(e.weigh.Hat[i+1])
		s.Estimates[g] = record.Ratio{Top: record.Number(e.weigh.From[i+1].Top), Bottom: record.Number(e.weigh.From[i+1].Bottom)}
	}
	for i, name := range e.prob.Groups {
		g := e.group(i)
		s.Gradients[name] = record.Sizes{Max: record.Number(g.GradMax), Mean: record.Number(g.GradMean), Norm: record.Number(g.GradNorm), Cosine: record.Number(g.Cosine)}
	}
	e.obj.Params.Load(e.theta)
	l2, _ := e.view.Errors(e.iteration)
	s.RelL2 = record.Number(l2)
	s.Omitted, s.OmittedAt = e.view.Omitted()
	for i, v := range e.view.Bands(e.iteration) {
		s.Bands[i] = record.Number(v)
	}
	if a := record.Number(e.view.Authors(e.iteration)); a == a {
		s.Authors = &a
	}
	status, reason := e.status()
	s.Status, s.Message = status.String(), reason
	return s
}

func (e *engine[T]) status() (record.Status, string) {
	switch {
	case e.diverged != nil:
		return record.Failed, e.diverged.Error()
	case e.stuck != nil:
		return record.Paused, e.stuck.Error()
	case e.iteration == 0:
		return record.Ready, ""
	}
	return record.Paused, ""
}

// Snapshot fills s with all there is to see. Like State, it never says Running.
func (e *engine[T]) Snapshot(s *record.Snapshot) {
	s.Origin = record.Origin{Problem: e.key}
	s.Model, s.Step, s.Rate, s.LearningRate = e.cfg.Short(), uint64(e.iteration), 0, e.rate
	s.Status, s.Reason = e.status()
	s.Undefined = ""
	if e.diverged != nil && e.diverged.Undefined {
		s.Undefined = e.diverged.Why
	}
	e.obj.Params.Load(e.theta)
	e.view.Fill(s, e.iteration)
	s.Published, s.PublishedAuthors = math.NaN(), math.NaN()
	if p, ok := e.prob.PublishedFor(e.cfg.Short(), e.cfg.Width, e.cfg.Depth); ok && p.Measure == "" {
		s.Published = p.RelL2
	} else if ok {
		s.PublishedAuthors = p.RelL2
	}
	held := e.held.Stats(e.iteration)
	s.Corner, s.CornerTerms = "", [2]uint8{}
	if c := e.corner; c != nil {
		s.Corner, s.CornerTerms = c.String(e.prob), [2]uint8{uint8(c.Terms[0]), uint8(c.Terms[1])}
	}
	s.Terms = wire.Resize(s.Terms, len(e.prob.Terms))
	for i, t := range e.prob.Terms {
		s.Terms[i] = record.TermState{Name: t.Name, Group: uint8(t.Group), Loss: e.obj.Losses[i], Held: held[i]}
	}
	s.Groups = wire.Resize(s.Groups, len(e.prob.Groups))
	for i := range e.prob.Groups {
		s.Groups[i] = e.group(i)
	}
	e.histograms(s)
	e.clouds(s)
	s.Frozen = e.weigh.Frozen
	e.book.copyTo(s, e)
	s.Residuals, s.Sides = s.Residuals[:0], s.Sides[:0]
	if e.surveying {
		e.survey.Fill(s)
	}
	s.Stiffness = record.Stiffness{Peaks: s.Stiffness.Peaks[:0], Densities: s.Stiffness.Densities[:0]}
}

// group returns the state of group i.
func (e *engine[T]) group(i int) record.GroupState {
	size := e.weigh.Counted(i, e.grads)
	g := record.GroupState{
		Name: e.prob.Groups[i], Lambda: e.weigh.Lambda[i], LambdaHat: e.weigh.Hat[i],
		GradMax: size.Max, GradMean: size.Mean, GradNorm: math.NaN(), Cosine: math.NaN(),
	}
	if e.seen {
		g.GradNorm, g.Cosine = norm(e.obj.Grads[i]), cosine(e.obj.Grads[i], e.obj.Grads[0])
	}
	return g
}

func (e *engine[T]) Survey(on bool) {
	e.surveying = on
	if on && e.survey == nil {
		e.survey = eval.NewSurvey(e.prob, e.net, e.obj.Params, e.view.Grid())
	}
}
