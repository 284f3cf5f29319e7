package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pinnlab/core/jsonwords"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/weigh"
)

// A field is one plain field of a Config: where it is, and what is wrong with
// its value, if anything.
type field struct {
	name  string
	at    func(*Config) any
	fault func(*Config) string
}

var fields = []field{
	{"version", func(c *Config) any { return &c.Version }, func(c *Config) string {
		return unless(c.Version == ConfigVersion, "cannot be read: this program reads version %d", ConfigVersion)
	}},
	{"model", func(c *Config) any { return &c.Model }, func(c *Config) string { return oneOf(c.Model, Models) }},
	{"gated", func(c *Config) any { return &c.Gated }, func(c *Config) string {
		return oneOf(c.Gated, []string{string(nn.Modified), string(nn.Modified2020)})
	}},
	{"width", func(c *Config) any { return &c.Width }, func(c *Config) string { return within(float64(c.Width), 1, nn.MaxWidth) }},
	{"depth", func(c *Config) any { return &c.Depth }, func(c *Config) string { return within(float64(c.Depth), 1, nn.MaxDepth) }},
	{"precision", func(c *Config) any { return &c.Precision }, func(c *Config) string {
		return oneOf(c.Precision, []string{Float32, Float64})
	}},
	{"seed", func(c *Config) any { return &c.Seed }, func(c *Config) string {
		return unless(c.Seed < 1<<53, "must be a whole number from 0 on, below 2^53")
	}},
	{"batch", func(c *Config) any { return &c.Batch }, func(c *Config) string { return within(float64(c.Batch), 1, MaxBatch) }},
	{"learningRate", func(c *Config) any { return &c.LearningRate }, func(c *Config) string {
		return unless(c.LearningRate >= 0 && c.LearningRate <= 1, "must be from 0 to 1")
	}},
	{"decay", func(c *Config) any { return &c.Decay }, func(c *Config) string {
		return unless(c.Decay > 0 && c.Decay <= 1, "must be above 0 and at most 1")
	}},
	{"decaySteps", func(c *Config) any { return &c.DecaySteps }, func(c *Config) string { return within(c.DecaySteps, 1, 1e9) }},
	{"rule", func(c *Config) any { return &c.Rule }, func(c *Config) string { return oneOf(c.Rule, weigh.Names()) }},
	{"alpha", func(c *Config) any { return &c.Alpha }, func(c *Config) string { return within(c.Alpha, 0, 1) }},
	{"period", func(c *Config) any { return &c.Period }, func(c *Config) string { return within(float64(c.Period), 1, 1e6) }},
}

func unless(ok bool, format string, a ...any) string {
	if ok {
		return ""
	}
	return fmt.Sprintf(format, a...)
}

func within(v, lo, hi float64) string {
	return unless(v >= lo && v <= hi, "must be from %s to %s", plain(lo), plain(hi))
}

func oneOf(v string, words []string) string {
	return unless(slices.Contains(words, v), "must be one of %s", strings.Join(words, ", "))
}

// checkNumbers returns what is wrong with the plain fields.
func (c *Config) checkNumbers() (errs []*FieldError) {
	for _, f := range fields {
		if fault := f.fault(c); fault != "" {
			errs = append(errs, &FieldError{Field: f.name, Message: fault})
		}
	}
	return errs
}

// Resolve reads a Config that may lack fields or hold wrong ones: each field
// that is unknown or wrong is named in the errors, and the problem's default
// stands in for it. The Config it returns is valid.
func Resolve(raw []byte) (Config, []*FieldError) {
	r := resolver{given: map[string]json.RawMessage{}}
	if err := jsonwords.Unmarshal(raw, &r.given); err != nil {
		r.fail("config", "", "%v", err)
		r.given = map[string]json.RawMessage{}
	}
	r.unwrapped()
	r.problem()
	r.params()
	for _, f := range fields {
		if v, ok := r.take(f.name); ok {
			r.read(f, v)
		}
	}
	r.moves()
	for _, name := range slices.Sorted(maps.Keys(r.given)) {
		r.fail(name, "", "is no setting%s", similar(name, settingNames()))
	}
	return r.c, r.errs
}

type resolver struct {
	c     Config
	spec  *pde.Spec
	given map[string]json.RawMessage // what is not yet read
	errs  []*FieldError
}

// fail notes what is wrong with a field, and what is used instead.
func (r *resolver) fail(field, using, format string, a ...any) {
	r.errs = append(r.errs, &FieldError{field, fmt.Sprintf(format, a...), using})
}

func (r *resolver) take(name string) (json.RawMessage, bool) {
	v, ok := r.given[name]
	delete(r.given, name)
	return v, ok
}

// problem finds the spec and sets the Config to its defaults.
func (r *resolver) problem() {
	usual := pde.Names()[0]
	name := usual
	if v, ok := r.take("preset"); ok {
		if json.Unmarshal(v, &name) != nil {
			r.fail("preset", usual, "%s is not a name in quotes", short(v))
			name = usual
		}
	}
	if raw, ok := r.take("spec"); ok && string(raw) != "null" {
		spec, err := pde.Parse(raw)
		if err == nil {
			err = r.adopt(spec, "")
		}
		if err == nil {
			r.c.Spec = raw
			return
		}
		r.fail("spec", "the preset "+name, "%v", err)
	}
	spec, err := pde.Preset(name)
	if err != nil {
		r.fail("preset", usual, "%s", inWords(err))
		name = usual
		spec, err = pde.Preset(usual)
	}
	if err == nil {
		err = r.adopt(spec, name)
	}
	if err != nil {
		panic("train: Resolve: " + err.Error()) // presets are tested
	}
}

// adopt takes a problem with its defaults.
func (r *resolver) adopt(spec *pde.Spec, preset string) error {
	prob, err := spec.Problem(nil)
	if err == nil {
		r.spec, r.c = spec, defaults(prob, preset, Models[0])
	}
	return err
}

// params reads the problem's parameters, one at a time.
func (r *resolver) params() {
	raw, ok := r.take("params")
	if !ok || string(raw) == "null" {
		return
	}
	var given map[string]json.RawMessage
	if err := json.Unmarshal(raw, &given); err != nil {
		r.fail("params", "the defaults", "%s is not an object { } of numbers, such as {%q: 1}", short(raw), "k")
		return
	}
	known := slices.Sorted(maps.Keys(r.c.Params))
	for _, name := range slices.Sorted(maps.Keys(given)) {
		was, found := r.c.Params[name]
		if !found {
			r.fail("params."+name, "", "is not a parameter of this problem%s", similar(name, known))
			continue
		}
		var v float64
		if err := json.Unmarshal(given[name], &v); err != nil || string(given[name]) == "null" {
			r.fail("params."+name, fmt.Sprint(was), "%s", misfit(given[name], &v))
			continue
		}
		r.c.Params[name] = v
		if _, err := r.spec.Problem(r.c.Params); err != nil {
			r.c.Params[name] = was
			r.fail("params."+name, fmt.Sprint(was), "%s", inWords(err))
		}
	}
}

// inWords returns what is wrong without where, which the caller says.
func inWords(err error) string {
	var faults pde.Errors
	if !errors.As(err, &faults) {
		return err.Error()
	}
	var words []string
	for _, f := range faults {
		words = append(words, f.Msg)
	}
	return strings.Join(words, "; ")
}

// read reads one plain field, or leaves it as it is.
func (r *resolver) read(f field, raw json.RawMessage) {
	next := r.c
	if err := json.Unmarshal(whole(raw, f.at(&next)), f.at(&next)); err != nil || string(raw) == "null" {
		fault := misfit(raw, f.at(&next))
		if isInteger(raw) && outermost(f.at(&next), raw[0] == '-') {
			fault = short(raw) + " " + f.fault(&next)
		}
		r.fail(f.name, r.present(f), "%s", fault)
		return
	}
	if fault := f.fault(&next); fault != "" {
		r.fail(f.name, r.present(f), "%s %s", short(raw), fault)
		return
	}
	r.c = next
	if f.name == "rule" { // alpha and period are read after it and override what its source recommends
		kind, _ := weigh.Find(r.c.Rule)
		r.c.Alpha = kind.Alpha
		if kind.Period > 0 {
			r.c.Period = kind.Period
		}
	}
}

func (r *resolver) present(f field) string {
	v, _ := json.Marshal(f.at(&r.c))
	return string(v)
}
