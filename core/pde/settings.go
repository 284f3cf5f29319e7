package pde

import (
	"cmp"
	"slices"

	"pinnlab/core/nn"
	"pinnlab/core/sampler"
	"pinnlab/core/weigh"
)

// Settings of the training. Those that are 0 or empty get their default.
type Settings struct {
	Width        int     `json:"width,omitempty"`        // neurons per hidden layer; default 50
	Depth        int     `json:"depth,omitempty"`        // hidden layers; default 3
	Batch        int     `json:"batch,omitempty"`        // points per point set and step; default 128
	Iterations   int     `json:"iterations,omitempty"`   // default 40000
	LearningRate float64 `json:"learningRate,omitempty"` // of Adam, at first; default 1e-3
	Decay        float64 `json:"decay,omitempty"`        // of the learning rate per DecaySteps; default 0.9
	DecaySteps   float64 `json:"decaySteps,omitempty"`   // default 1000
	Rule         string  `json:"rule,omitempty"`         // a name of package weigh; default siam
	Alpha        float64 `json:"alpha,omitempty"`        // weight of a new estimate of λ; default 0.1
	Period       int     `json:"period,omitempty"`       // iterations between updates of λ; default the rule's, or 10

	// CodeRule is how the authors' script for the problem aggregates
	// gradients under rule "code": global (default), the largest entry of
	// all layers over the mean of the layers' means, or per-layer, the
	// largest of the layers' ratios.
	CodeRule string `json:"codeRule,omitempty"`
}

var codeRules = []string{"global", "per-layer"}

// withDefaults returns s with its defaults, and adds what is out of range.
func (s Settings) withDefaults(errs *Errors) Settings {
	whole := func(name string, v *int, usual, most int) {
		if *v == 0 {
			*v = usual
		}
		if *v < 1 || *v > most {
			errs.add("settings."+name, "must be a whole number from 1 to %d; found %d", most, *v)
		}
	}
	number := func(name string, v *float64, usual, most float64) {
		if *v == 0 {
			*v = usual
		}
		if !(*v > 0 && *v <= most) {
			errs.add("settings."+name, "must be above 0 and at most %g; found %g", most, *v)
		}
	}
	word := func(name string, v *string, words []string, usual string) {
		if *v == "" {
			*v = usual
		}
		checkWord(errs, "settings."+name, *v, words)
	}
	whole("width", &s.Width, 50, nn.MaxWidth)
	whole("depth", &s.Depth, 3, nn.MaxDepth)
	whole("batch", &s.Batch, 128, sampler.MaxBatch)
	whole("iterations", &s.Iterations, 40000, 1e8)
	number("learningRate", &s.LearningRate, 1e-3, 1)
	number("decay", &s.Decay, 0.9, 1)
	number("decaySteps", &s.DecaySteps, 1000, 1e9)
	word("rule", &s.Rule, weigh.Kinds.Names(), weigh.Default)
	number("alpha", &s.Alpha, 0.1, 1)
	kind, _ := weigh.Kinds.Find(s.Rule)
	whole("period", &s.Period, cmp.Or(kind.Period, 10), 1e6)
	word("codeRule", &s.CodeRule, codeRules, "global")
	return s
}

// checkWord adds an error unless word is one of words.
func checkWord(errs *Errors, path, word string, words []string) {
	if !slices.Contains(words, word) {
		errs.add(path, "must be one of %s; found %q", list(words), word)
	}
}
