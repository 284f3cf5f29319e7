package train

import (
	"math"
	"slices"

	"pinnlab/core/eval"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/pde"
	"pinnlab/core/sampler"
	"pinnlab/core/weigh"
)

// An engine is a Run in one precision.
type engine[T kern.Float] struct {
	cfg  Config
	key  string // of the problem
	prob *pde.Problem
	net  *nn.Net

	theta  []T
	obj    *Objective[T] // its Losses and Grads are those of the latest step
	points *placer[T]
	moves  opt.Optimiser[T]
	needs  opt.Needs
	slow   bool         // as the optimiser's Kind says
	at     opt.Point[T] // what moves is given; its Gradient is that of the weighted sum
	weigh  *weigh.Weights
	grads  *gradients[T]
	view   *eval.View[T]

	survey    *eval.Survey[T] // nil before it is first wanted
	surveying bool
	held      *eval.Held[T]
	corner    *pde.Corner // where conditions contradict each other, or nil

	script    script // of learning rate, alpha and weights
	iteration int
	diverged  *Diverged
	stuck     *Stuck
	rate      float64 // learning rate of the latest step
	seen      bool    // gradients and points are those of the latest step: a checkpoint has neither
	layers    []nn.Layer
	names     []string // of layers
	book      *logbook
	row       []float64 // scratch, by term
}

func newEngine[T kern.Float](cfg Config, prob *pde.Problem, ref *eval.Reference) *engine[T] {
	e := &engine[T]{cfg: cfg, key: ProblemKey(cfg), prob: prob, obj: newConfigured[T](cfg, prob)}
	e.net = e.obj.Net
	n := e.net.Layout.Size()
	e.theta = make([]T, n)
	e.assemble()
	e.grads = newGradients(e.obj)
	e.view = eval.NewView(prob, e.net, e.obj.Params, ref)
	e.corner = prob.Contradiction()
	e.held = eval.NewHeld(prob, e.net, e.obj.Params, e.holdOut)
	for i, v := range startOf(e.net, cfg.Seed) {
		e.theta[i] = T(v)
	}
	for i := range e.obj.Losses {
		e.obj.Losses[i] = math.NaN()
	}
	e.script = script{rate: cfg.LearningRate, alpha: cfg.Alpha}
	e.play()
	e.script.played = 0
	e.rate = e.learningRate()
	e.layers = e.net.Layers()
	for _, l := range e.layers {
		e.names = append(e.names, l.W.Name)
	}
	e.book, e.row = newLogbook(e), make([]float64, len(prob.Terms))
	return e
}

// startOf returns the parameters that a network starts with.
func startOf(net *nn.Net, seed uint64) []float64 {
	theta := make([]float64, net.Layout.Size())
	net.Init(theta, nn.Sources{
		Trunk:    sampler.NewSource(seed, streamTrunk),
		Encoders: sampler.NewSource(seed, streamEncoders),
		Embedded: sampler.NewSource(seed, streamEmbedded),
	})
	return theta
}

// assemble makes the parts of the run's method. A checked Config has parts that
// exist.
func (e *engine[T]) assemble() {
	parts, v := e.cfg.Parts(), values{&e.cfg}
	weighting, _ := weigh.Kinds.Find(parts.Weighting)
	e.weigh = newWeights(weighting, e.prob, v)
	optimiser, _ := opt.Kinds.Find(parts.Optimiser)
	n := len(e.theta)
	e.moves, e.needs, e.slow = opt.New[T](optimiser, e.net.Layout, v), optimiser.Needs, optimiser.Slow
	e.at = opt.Point[T]{Weights: e.weigh.Lambda}
	if e.needs.Gradient {
		e.at.Gradient = make([]T, n)
	}
	if e.needs.Residuals {
		e.at.System = e.obj.System
	}
	points, _ := sampler.Kinds.Find(parts.Sampler)
	e.points = newPlacer[T](e.prob, points, sampler.Plan{Seed: e.cfg.Seed, Batch: e.cfg.batches(e.prob), Values: v, Size: e.sizes().fill})
}

func newWeights(kind weigh.Kind, prob *pde.Problem, v method.Values) *weigh.Weights {
	return weigh.New(kind, weigh.Subject{Groups: len(prob.Groups), PerLayer: prob.Settings.CodeRule == "per-layer", Values: v})
}

// newConfigured returns the objective of a Config's network and points.
func newConfigured[T kern.Float](cfg Config, prob *pde.Problem) *Objective[T] {
	return NewObjective[T](prob, cfg.network(prob), cfg.batches(prob))
}

// network returns the Config's.
func (c *Config) network(prob *pde.Problem) *nn.Net {
	return nn.New(nn.Arch{
		Kind: c.Parts().Network, In: len(prob.Coords), Out: len(prob.Outputs),
		Hidden: slices.Repeat([]int{c.Width}, c.Depth), Activation: jet.TanhOf, Values: values{c},
	})
}

func (e *engine[T]) learningRate() float64 {
	return e.script.rate * opt.Decay{Rate: e.cfg.Decay, Steps: e.cfg.DecaySteps}.At(e.iteration)
}

func (e *engine[T]) Config() Config { return e.cfg }
func (e *engine[T]) Iteration() int { return e.iteration }

func (e *engine[T]) Step() error {
	if e.diverged != nil {
		return e.diverged
	}
	e.points.step = e.iteration
	e.obj.EachSet(e.points.draw)
	e.obj.Eval(e.theta)
	for i, l := range e.obj.Losses {
		if !kern.IsFinite(l) {
			return e.diverge("the loss of "+e.prob.Terms[i].Name, false, i)
		}
	}
	e.grads.renew()
	e.weigh.Mark()
	update := e.weigh.Moves() && e.iteration%e.cfg.Period == 0
	for i, g := range e.obj.Grads {
		if !kern.Finite(g) {
			return e.diverge("the gradient of "+e.prob.Groups[i], true, e.termsOf(i)...)
		}
	}
	if update && !e.weigh.Kind.After {
		e.weigh.Update(e.script.alpha, e.grads)
	}
	e.book.record(e, e.iteration) // before theta moves
	e.sum()
	e.at.Rate = e.learningRate()
	if err := e.moves.Step(e.theta, &e.at); err != nil {
		return e.stick(err)
	}
	e.stuck = nil
	e.rate = e.moves.Rate()
	if update && e.weigh.Kind.After {
		e.annealAfter()
	}
	e.iteration++
	e.seen = true
	e.play()
	return nil
}

// annealAfter updates the weights as the released code does: from the gradients
// at the parameters just stepped to, on the same points. Losses stay those of
// the step.
func (e *engine[T]) annealAfter() {
	n := copy(e.row, e.obj.Losses)
	e.obj.Eval(e.theta)
	copy(e.obj.Losses, e.row[:n])
	e.grads.renew()
	e.weigh.Update(e.script.alpha, e.grads)
}

// sum sets the point's loss and gradient to the weighted ones, if they are needed.
func (e *engine[T]) sum() {
	if !e.needs.Gradient {
		return
	}
	total, lambda := e.at.Gradient, e.weigh.Lambda
	e.at.Loss = 0
	for i, l := range e.obj.Losses {
		e.at.Loss += float64(lambda[e.prob.Terms[i].Group] * l)
	}
	if copy(total, e.obj.Grads[0]); lambda[0] != 1 {
		clear(total)
		kern.Axpy(total, T(lambda[0]), e.obj.Grads[0])
	}
	for i, g := range e.obj.Grads[1:] {
		kern.Axpy(total, T(lambda[i+1]), g)
	}
}

func (e *engine[T]) SetLearningRate(lr float64) error {
	return e.set(Move{Set: moveRate, Value: lr}, "learningRate", lr == e.script.rate)
}

func (e *engine[T]) SetAlpha(alpha float64) error {
	return e.set(Move{Set: moveAlpha, Value: alpha}, "alpha", alpha == e.script.alpha)
}

// set makes a move of a field of the Config, if it is good and changes anything.
func (e *engine[T]) set(m Move, field string, same bool) error {
	if fault := m.fault(&e.cfg, nil); fault != "" {
		return &FieldError{Field: field, Message: fault}
	}
	if !same {
		e.move(m.Set, m.Value)
	}
	return nil
}

// maxLambda bounds a weight set by hand.
const maxLambda = 1e12

const notAGroup = "is no group of conditions of this problem"

// lambdaFault returns what is wrong with a weight, or nothing.
func lambdaFault(v float64) string {
	return unless(v > 0 && v <= maxLambda, "must be above 0 and at most 1e12")
}

func (e *engine[T]) SetLambda(values map[string]float64) error {
	groups := e.prob.Groups[1:]
	for name, v := range values {
		fault := lambdaFault(v)
		if !slices.Contains(groups, name) {
			fault = notAGroup
		}
		if fault != "" {
			return &FieldError{Field: moveLambda + name, Message: fault}
		}
	}
	for i, name := range groups {
		if v, ok := values[name]; ok && v != e.weigh.Lambda[i+1] {
			e.move(moveLambda+name, v)
		}
	}
	return nil
}

func (e *engine[T]) Freeze(on bool) {
	if on == e.weigh.Frozen {
		return
	}
	value := 0.0
	if on {
		value = 1
	}
	e.move(moveFrozen, value)
}
