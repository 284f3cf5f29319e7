package train

import (
	"maps"
	"strings"

	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/sampler"
	"pinnlab/core/weigh"
)

// A Field is one plain setting of a Config: problem, parameters and moves are
// not plain. The table of Fields makes what Resolve refuses, the command line's
// flags and their help, and the page's controls, info texts and link.
type Field struct {
	method.Setting
	Part string   `json:"part"`         // network, weighting, optimiser, sampler or run
	Of   []string `json:"of,omitempty"` // the only parts that use it, by name; none: all
	Was  bool     `json:"-"`            // it is version 1's name of the field before

	optional bool                  // an empty word stands for the method's own part
	at       func(*Config) any     // a pointer; nil for what stands in Config.Own
	brings   func(*Config, string) // what else a value brings along; nil for nothing
}

// Fields lists the plain settings, in the order in which they are read: a
// weighting brings its alpha and period, which may be given all the same.
func Fields() []Field {
	list := []Field{
		{Setting: method.Setting{Name: "version", Title: "Version", Words: "Of the format of the settings.", Kind: method.Whole, Lo: 1, Hi: ConfigVersion, Link: "v",
			Range: "cannot be read: this program reads versions 1 and 2"},
			Part: "run", at: func(c *Config) any { return &c.Version }},
		{Setting: method.Setting{Name: "method", Title: "Method", Words: "A named method: " + methodsInWords() + ".", Kind: method.Word, Choices: method.Names(), Usual: method.Names()[0]},
			Part: "method", at: func(c *Config) any { return &c.Method }, brings: bringsMethod},
		{Setting: method.Setting{Name: "model", Title: "Model", Words: "The same as method.", Kind: method.Word, Choices: method.Names()},
			Part: "method", at: func(c *Config) any { return &c.Method }, Was: true, brings: bringsMethod},
		{Setting: method.Setting{Name: "gated", Title: "Gate of M3 and M4", Kind: method.Word, Choices: gatedNames(), Usual: nn.Modified,
			Words: "The network of the methods that have a modified one. As published: Z ⊙ U + (1 − Z) ⊙ V. The authors’ code had another gate until July 2021, and most likely the published M4 was computed with it."},
			Part: "network", at: func(c *Config) any { return &c.Gated }},
		{Setting: method.Setting{Name: "width", Title: "Width", Kind: method.Whole, Lo: 1, Hi: nn.MaxWidth, Log: true,
			Words: "Neurons in each hidden layer; the paper’s tables have 30, 50 and 100. Wider networks learn better and step slower."},
			Part: "network", at: func(c *Config) any { return &c.Width }},
		{Setting: method.Setting{Name: "depth", Title: "Depth", Kind: method.Whole, Lo: 1, Hi: nn.MaxDepth,
			Words: "Hidden layers; the paper’s tables have 3, 5 and 7."},
			Part: "network", at: func(c *Config) any { return &c.Depth }},
		{Setting: method.Setting{Name: "precision", Title: "Precision", Kind: method.Word, Choices: []string{Float32, Float64}, Usual: Float32,
			Words: "The numbers of the training. float32 is the paper’s and faster; float64 tells rounding from everything else."},
			Part: "run", at: func(c *Config) any { return &c.Precision }},
		{Setting: method.Setting{Name: "seed", Title: "Seed", Kind: method.Whole, Hi: 1<<53 - 1, Usual: 1.0, Range: "must be a whole number from 0 on, below 2^53",
			Words: "Where the random numbers of weights and points begin. The same seed and settings give the same numbers, bit for bit, on every machine."},
			Part: "run", at: func(c *Config) any { return &c.Seed }},
		{Setting: method.Setting{Name: "batch", Title: "Batch", Kind: method.Whole, Lo: 1, Hi: sampler.MaxBatch, Log: true,
			Words: "Points of each iteration for the residual and for each side of the boundary; 128 in the paper. More points make gradients less noisy and steps slower."},
			Part: "sampler", at: func(c *Config) any { return &c.Batch }},
		{Setting: method.Setting{Name: "learningRate", Title: "Learning rate", Kind: method.Number, Hi: 1, Log: true, Flag: "lr", Link: "lr", Live: true,
			Words: "The step size η before its decay; the paper takes 1e-3. It acts at once."},
			Part: "optimiser", at: func(c *Config) any { return &c.LearningRate }},
		{Setting: method.Setting{Name: "decay", Title: "Decay of the learning rate", Kind: method.Number, Hi: 1, Above: true,
			Words: "The factor on the learning rate for each stretch of iterations, continuously; the paper takes 0.9."},
			Part: "optimiser", at: func(c *Config) any { return &c.Decay }},
		{Setting: method.Setting{Name: "decaySteps", Title: "Iterations per decay", Kind: method.Number, Lo: 1, Hi: 1e9, Log: true,
			Words: "The stretch of iterations that the decay is the factor for; the paper takes 1000."},
			Part: "optimiser", at: func(c *Config) any { return &c.DecaySteps }},
	}
	list = append(list, partFields()...)
	list = append(list,
		Field{Setting: method.Setting{Name: "rule", Title: "Rule for λ", Kind: method.Word, Choices: weigh.Kinds.Names(),
			Words: "The weighting of the methods that have one: how λ̂ is found from the gradients."},
			Part: "weighting", at: func(c *Config) any { return &c.Rule }, brings: bringsOwn},
		Field{Setting: method.Setting{Name: "alpha", Title: "Annealing α", Kind: method.Number, Hi: 1, Live: true,
			Words: "How much a new estimate λ̂ counts: λ ← (1 − α) λ + α λ̂. Each weighting has its own. Too small and λ comes too late; too large and λ follows the noise of single batches."},
			Part: "weighting", at: func(c *Config) any { return &c.Alpha }},
		Field{Setting: method.Setting{Name: "period", Title: "Iterations between updates of λ", Kind: method.Whole, Lo: 1, Hi: 1e6, Log: true,
			Words: "How often λ̂ is estimated. Each weighting has its own."},
			Part: "weighting", at: func(c *Config) any { return &c.Period }})
	return append(list, ownFields()...)
}

// bringsMethod takes over the settings that a method is meant with.
func bringsMethod(c *Config, name string) {
	row, _ := method.Find(name)
	if len(row.Settings) == 0 {
		return
	}
	for _, f := range Fields() {
		if v, ok := row.Settings[f.Name]; ok {
			p := f.pointer(c)
			setPlain(p, v)
			f.store(c, p)
		}
	}
}

// partFields are the four parts that may stand instead of the method's.
func partFields() (list []Field) {
	for _, r := range registries {
		f := Field{Setting: method.Setting{Name: r.name, Title: r.title, Words: r.words, Kind: method.Word}, Part: r.name, optional: true}
		for _, i := range r.infos() {
			f.Choices = append(f.Choices, i.Name)
		}
		f.at = func(c *Config) any { return r.at(c) }
		switch r.name {
		case "weighting":
			f.brings = bringsOwn
		case "optimiser":
			f.brings = bringsPrecision
		}
		list = append(list, f)
	}
	return list
}

// ownFields are the settings that single parts declare; those that share one
// declare it alike.
func ownFields() (list []Field) {
	at := map[string]int{}
	for _, r := range registries {
		for _, i := range r.infos() {
			for _, s := range i.Settings {
				if k, known := at[s.Name]; known {
					list[k].Of = append(list[k].Of, i.Name)
					continue
				}
				at[s.Name] = len(list)
				list = append(list, Field{Setting: s, Part: r.name, Of: []string{i.Name}})
			}
		}
	}
	return list
}

// bringsOwn takes over what the source of a weighting recommends.
func bringsOwn(c *Config, name string) {
	kind, ok := weigh.Kinds.Find(name)
	if !ok {
		return // the method's own
	}
	c.Alpha = kind.Alpha
	if kind.Period > 0 {
		c.Period = kind.Period
	}
}

// bringsPrecision takes over the precision of an optimiser that has but one.
func bringsPrecision(c *Config, name string) {
	if kind, ok := opt.Kinds.Find(name); ok && kind.Float64 {
		c.Precision = Float64
	}
}

func methodsInWords() string {
	var words []string
	for _, m := range method.Table() {
		words = append(words, m.Name+" "+m.Words)
	}
	return strings.Join(words, ", ")
}

// gatedNames are the networks that a method with a modified one may have.
func gatedNames() (names []string) {
	for _, k := range nn.Kinds.All() {
		if k.Gated {
			names = append(names, k.Name)
		}
	}
	return names
}

// pointer returns a pointer to the field's value in c: to a copy, where it
// stands in Own.
func (f *Field) pointer(c *Config) any {
	if f.at != nil {
		return f.at(c)
	}
	v, given := c.Own[f.Name]
	if !given {
		v = f.Usual
	}
	if f.Kind == method.Word {
		word := v.(string)
		return &word
	}
	number := v.(float64)
	if f.Kind == method.Whole {
		whole := int(number)
		return &whole
	}
	return &number
}

// store puts what p points to, as pointer returned it, into c.
func (f *Field) store(c *Config, p any) {
	if f.at != nil {
		return // it is there
	}
	v := plainValue(p)
	if v == f.Usual {
		v = nil
	}
	c.setOwn(f.Name, v)
}

// setOwn sets a setting that a part declares; nil stands for its default.
func (c *Config) setOwn(name string, v any) {
	own := maps.Clone(c.Own)
	if own == nil {
		own = map[string]any{}
	}
	if own[name] = v; v == nil {
		delete(own, name)
	}
	if c.Own = own; len(own) == 0 {
		c.Own = nil
	}
}

// plainValue returns what p points to, as a float64 or a string.
func plainValue(p any) any {
	switch p := p.(type) {
	case *string:
		return *p
	case *int:
		return float64(*p)
	case *uint64:
		return float64(*p)
	}
	return *p.(*float64)
}

// setPlain has p, as pointer returned it, point to a float64 or a string.
func setPlain(p, v any) {
	switch p := p.(type) {
	case *string:
		*p = v.(string)
	case *int:
		*p = int(v.(float64))
	case *uint64:
		*p = uint64(v.(float64))
	case *float64:
		*p = v.(float64)
	}
}

// fault says what is wrong with the field's value, or nothing.
func (f *Field) fault(p any) string {
	v := plainValue(p)
	if f.optional && v == "" {
		return ""
	}
	return f.Setting.Fault(v)
}

// checkFields returns what is wrong with the plain fields.
func (c *Config) checkFields() (errs []*FieldError) {
	for _, f := range Fields() {
		if fault := f.fault(f.pointer(c)); fault != "" {
			errs = append(errs, &FieldError{Field: f.Name, Message: fault})
		}
	}
	return errs
}

// values are the settings that parts declare.
type values struct{ c *Config }

func (v values) of(name string) any {
	if value, given := v.c.Own[name]; given {
		return value
	}
	for _, f := range ownFields() {
		if f.Name == name {
			return f.Usual
		}
	}
	panic("train: no setting " + name)
}

// Number implements [method.Values].
func (v values) Number(name string) float64 { return v.of(name).(float64) }

// Word implements [method.Values].
func (v values) Word(name string) string { return v.of(name).(string) }
