package train

import (
	"cmp"
	"encoding/json"
	"maps"

	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/pde"
	"pinnlab/core/sampler"
	"pinnlab/core/weigh"
)

// ConfigVersion is the version of the Config format that this engine writes; it
// reads version 1 too, where Method was called model and nothing else was to
// choose.
const ConfigVersion = 2

// A Config is all that determines a run: the same Config gives the same bits
// on every machine. It is JSON in files, in the page's link and on the command
// line; see Resolve.
//
// A Config says its method in the way that people compare methods. Method is a
// row of the table of named methods. A row leaves open what its paper varies:
// the network of the modified ones is what Gated names, the weighting of the
// annealing ones what Rule names, so that one Config's settings serve all rows.
// Network, Weighting, Optimiser and Sampler replace a part of the row, whatever
// it is; they are empty where the row's own is used. So a line-up is a list of
// methods, settings that all of them share, and for each the few that are its
// own. Parts returns what it comes to.
type Config struct {
	Version int `json:"version"`

	Preset string             `json:"preset"`         // a name of the pde catalogue
	Spec   json.RawMessage    `json:"spec,omitempty"` // the user's own problem, instead of Preset
	Params map[string]float64 `json:"params"`         // the problem's named parameters

	Method    string `json:"method"`
	Network   string `json:"network,omitempty"`
	Weighting string `json:"weighting,omitempty"`
	Optimiser string `json:"optimiser,omitempty"`
	Sampler   string `json:"sampler,omitempty"`

	Gated     string `json:"gated"`     // the network of methods that leave it open
	Width     int    `json:"width"`     // neurons per hidden layer
	Depth     int    `json:"depth"`     // hidden layers
	Precision string `json:"precision"` // float32 or float64
	Seed      uint64 `json:"seed"`      // of weights and points; below 2^53
	Batch     int    `json:"batch"`     // points per point set and step

	LearningRate float64 `json:"learningRate"` // before decay
	Decay        float64 `json:"decay"`        // factor on the learning rate per DecaySteps, continuous
	DecaySteps   float64 `json:"decaySteps"`   // iterations

	Rule   string  `json:"rule"`   // the weighting of methods that leave it open
	Alpha  float64 `json:"alpha"`  // weight of the new estimate of lambda
	Period int     `json:"period"` // iterations between two updates of lambda

	Moves Moves `json:"moves,omitempty"` // of learning rate, alpha and weights on the way

	// Own has the settings that single parts declare, by name, float64 or
	// string; one that has its default is left out. In JSON they stand beside
	// the others.
	Own map[string]any `json:"-"`
}

// Precisions of the training.
const (
	Float32 = "float32"
	Float64 = "float64"
)

// A FieldError says what is wrong with one field of a Config.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
	Using   string `json:"using,omitempty"` // what Resolve took instead, if it took something
}

func (e *FieldError) Error() string { return e.Field + ": " + e.Message }

// Default returns the paper's Config for a preset and a method.
func Default(preset, method string) (Config, error) {
	spec, err := pde.Preset(preset)
	if err != nil {
		return Config{}, err
	}
	prob, err := spec.Problem(nil)
	if err != nil {
		return Config{}, err
	}
	return defaults(prob, preset, method), nil
}

func defaults(prob *pde.Problem, preset, method string) Config {
	s := prob.Settings
	c := Config{
		Version: ConfigVersion, Preset: preset, Params: maps.Clone(prob.Params),
		Method: method, Gated: nn.Modified, Width: s.Width, Depth: s.Depth, Precision: Float32, Seed: 1, Batch: s.Batch,
		LearningRate: s.LearningRate, Decay: s.Decay, DecaySteps: s.DecaySteps,
		Rule: s.Rule, Alpha: s.Alpha, Period: s.Period,
	}
	bringsMethod(&c, method)
	return c
}

// Parts returns the names of the four parts.
func (c *Config) Parts() method.Parts {
	row, _ := method.Find(c.Method)
	return method.Parts{
		Network:   cmp.Or(c.Network, row.Network, c.Gated),
		Weighting: cmp.Or(c.Weighting, row.Weighting, c.Rule),
		Optimiser: cmp.Or(c.Optimiser, row.Optimiser),
		Sampler:   cmp.Or(c.Sampler, row.Sampler),
	}
}

// Open reports whether the network is the one that Gated names, and the
// weighting the one that Rule names.
func (c *Config) Open() (network, weighting bool) {
	row, ok := method.Find(c.Method)
	return ok && c.Network == "" && row.Network == "", ok && c.Weighting == "" && row.Weighting == ""
}

// Short names the Config's method: the row's name and what is used instead of
// its parts, such as M1 · NTK.
func (c *Config) Short() string {
	name := c.Method
	add := func(part string, infos []method.Info) {
		for _, i := range infos {
			if i.Name == part {
				name += " · " + i.Short
			}
		}
	}
	for _, r := range registries {
		add(*r.at(c), r.infos())
	}
	return name
}

// A registry is one of the four kinds of parts: where a Config has it, and what
// there is to choose from.
type registry struct {
	name, title, words string
	at                 func(*Config) *string
	of                 func(method.Parts) string
	infos              func() []method.Info
}

var registries = []registry{
	{"network", "Network", "The network, instead of the method’s.", func(c *Config) *string { return &c.Network },
		func(p method.Parts) string { return p.Network }, nn.Kinds.Infos},
	{"weighting", "Weighting", "How the losses are weighted, instead of the method’s way.", func(c *Config) *string { return &c.Weighting },
		func(p method.Parts) string { return p.Weighting }, weigh.Kinds.Infos},
	{"optimiser", "Optimiser", "How the parameters move, instead of the method’s way.", func(c *Config) *string { return &c.Optimiser },
		func(p method.Parts) string { return p.Optimiser }, opt.Kinds.Infos},
	{"sampler", "Points", "Where the points of a step are, instead of the method’s way.", func(c *Config) *string { return &c.Sampler },
		func(p method.Parts) string { return p.Sampler }, sampler.Kinds.Infos},
}

// shorten drops parts that are the method's own in any case.
func (c *Config) shorten() {
	for _, r := range registries {
		part := *r.at(c)
		if *r.at(c) = ""; r.of(c.Parts()) != part {
			*r.at(c) = part
		}
	}
}

// batches returns how many points a step has of each set. Where the sampler has a
// number of its own for sides, a side that is a single point has it once.
func (c *Config) batches(prob *pde.Problem) []int {
	side := c.side()
	n := make([]int, len(prob.Sets))
	for i, set := range prob.Sets {
		switch free := freeOf(set); {
		case side == 0 || free == len(set.Lo):
			n[i] = c.Batch
		case free == 0:
			n[i] = 1
		default:
			n[i] = side
		}
	}
	return n
}

// side returns the sampler's number of points of a side, 0 for the batch.
func (c *Config) side() int {
	kind, _ := sampler.Kinds.Find(c.Parts().Sampler)
	for _, s := range kind.Settings {
		if s.Name == sampler.Side.Name {
			return int(values{c}.Number(s.Name))
		}
	}
	return 0
}

// spec returns the problem's description.
func (c *Config) spec() (*pde.Spec, error) {
	if len(c.Spec) > 0 {
		return pde.Parse(c.Spec)
	}
	return pde.Preset(c.Preset)
}

// Sheet typesets the Config's problem.
func (c *Config) Sheet() (*pde.Sheet, error) {
	spec, err := c.spec()
	if err != nil {
		return nil, err
	}
	return spec.Sheet(c.Params, c.Batch)
}

// check returns the Config's problem, or all that is wrong.
func (c *Config) check() (*pde.Problem, []*FieldError) {
	spec, err := c.spec()
	if err != nil {
		return nil, []*FieldError{{Field: "preset", Message: err.Error()}}
	}
	errs := c.checkFields()
	if fault := c.moveFault(); fault != "" {
		errs = append(errs, &FieldError{Field: "moves", Message: fault})
	}
	prob, err := spec.Problem(c.Params)
	if err != nil {
		errs = append(errs, &FieldError{Field: "params", Message: err.Error()})
	}
	if len(errs) == 0 {
		with := *c
		if fault := with.fit(prob); fault != nil {
			errs = append(errs, fault)
		}
	}
	return prob, errs
}
