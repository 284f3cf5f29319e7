package train

import (
	"encoding/json"
	"maps"

	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// ConfigVersion is the version of the Config format that this engine writes.
const ConfigVersion = 1

// A Config is all that determines a run: the same Config gives the same bits
// on every machine. It is JSON in files, in the page's link and on the command
// line; see Resolve.
type Config struct {
	Version int `json:"version"`

	Preset string             `json:"preset"`         // a name of the pde catalogue
	Spec   json.RawMessage    `json:"spec,omitempty"` // the user's own problem, instead of Preset
	Params map[string]float64 `json:"params"`         // the problem's named parameters

	Model     string `json:"model"`     // M1 plain, M2 annealing, M3 modified network, M4 both
	Gated     string `json:"gated"`     // the network of M3 and M4: modified or modified-2020
	Width     int    `json:"width"`     // neurons per hidden layer
	Depth     int    `json:"depth"`     // hidden layers
	Precision string `json:"precision"` // float32 or float64
	Seed      uint64 `json:"seed"`      // of weights and points; below 2^53
	Batch     int    `json:"batch"`     // points per point set and step

	LearningRate float64 `json:"learningRate"` // of Adam, before decay
	Decay        float64 `json:"decay"`        // factor on the learning rate per DecaySteps, continuous
	DecaySteps   float64 `json:"decaySteps"`   // iterations

	Rule   string  `json:"rule"`   // a name of package weigh; M1 and M3 do not use it
	Alpha  float64 `json:"alpha"`  // weight of the new estimate of lambda
	Period int     `json:"period"` // iterations between two updates of lambda

	Moves Moves `json:"moves,omitempty"` // of learning rate, alpha and weights on the way
}

// Models of the paper, plain, with annealing, with the modified network, and
// with both.
var Models = []string{"M1", "M2", "M3", "M4"}

// Precisions of the training.
const (
	Float32 = "float32"
	Float64 = "float64"
)

// MaxBatch is the most points per point set and step.
const MaxBatch = 16384

// A FieldError says what is wrong with one field of a Config.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
	Using   string `json:"using,omitempty"` // what Resolve took instead, if it took something
}

func (e *FieldError) Error() string { return e.Field + ": " + e.Message }

// Default returns the paper's Config for a preset and a model.
func Default(preset, model string) (Config, error) {
	spec, err := pde.Preset(preset)
	if err != nil {
		return Config{}, err
	}
	prob, err := spec.Problem(nil)
	if err != nil {
		return Config{}, err
	}
	return defaults(prob, preset, model), nil
}

func defaults(prob *pde.Problem, preset, model string) Config {
	s := prob.Settings
	return Config{
		Version: ConfigVersion, Preset: preset, Params: maps.Clone(prob.Params),
		Model: model, Gated: string(nn.Modified), Width: s.Width, Depth: s.Depth, Precision: Float32, Seed: 1, Batch: s.Batch,
		LearningRate: s.LearningRate, Decay: s.Decay, DecaySteps: s.DecaySteps,
		Rule: s.Rule, Alpha: s.Alpha, Period: s.Period,
	}
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
	errs := c.checkNumbers()
	if fault := c.moveFault(); fault != "" {
		errs = append(errs, &FieldError{Field: "moves", Message: fault})
	}
	prob, err := spec.Problem(c.Params)
	if err != nil {
		errs = append(errs, &FieldError{Field: "params", Message: err.Error()})
	}
	return prob, errs
}
