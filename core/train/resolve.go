package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pinnlab/core/jsonwords"
	"pinnlab/core/method"
	"pinnlab/core/pde"
)

func unless(ok bool, format string, a ...any) string {
	if ok {
		return ""
	}
	return fmt.Sprintf(format, a...)
}

// Resolve reads a Config that may lack fields or hold wrong ones: each field
// that is unknown or wrong is named in the errors, and the problem's default
// stands in for it. The Config it returns is valid, and of the present version.
// A part that is the method's own in any case is left out.
// Whoever gives a weighting, by rule or by its own name, gets the alpha and the
// period that its source recommends, unless they are given too.
func Resolve(raw []byte) (Config, []*FieldError) {
	r := resolver{given: map[string]json.RawMessage{}}
	if err := jsonwords.Unmarshal(raw, &r.given); err != nil {
		r.fail("config", "", "%v", err)
		r.given = map[string]json.RawMessage{}
	}
	r.unwrapped()
	r.problem()
	r.params()
	for _, f := range Fields() {
		if v, ok := r.take(f.Name); ok {
			r.read(&f, v)
		}
	}
	r.fit()
	r.c.Version = ConfigVersion
	r.c.shorten()
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
		r.spec, r.c = spec, defaults(prob, preset, method.Names()[0])
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

// fit puts right what goes together badly.
func (r *resolver) fit() {
	prob, err := r.spec.Problem(r.c.Params)
	if err != nil {
		return // params has said so
	}
	for fault := r.c.fit(prob); fault != nil; fault = r.c.fit(prob) {
		r.errs = append(r.errs, fault)
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
func (r *resolver) read(f *Field, raw json.RawMessage) {
	next := r.c
	p := f.pointer(&next)
	if err := json.Unmarshal(asInteger(raw, p), p); err != nil || string(raw) == "null" {
		fault := misfit(raw, p)
		if isInteger(raw) && outermost(p, raw[0] == '-') {
			fault = short(raw) + " " + f.fault(p)
		}
		r.fail(f.Name, r.present(f), "%s", fault)
		return
	}
	if fault := f.fault(p); fault != "" {
		r.fail(f.Name, r.present(f), "%s %s", short(raw), fault)
		return
	}
	f.store(&next, p)
	if f.brings != nil {
		f.brings(&next, *p.(*string))
	}
	r.c = next
}

func (r *resolver) present(f *Field) string {
	v, _ := json.Marshal(f.pointer(&r.c))
	return string(v)
}
