package pde

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"pinnlab/core/expr"
	"pinnlab/core/jsonwords"
)

// maxSpec bounds the text of a Spec, in bytes.
const maxSpec = 1 << 16

// decode reads a Spec from JSON, strictly: an unknown field and a value of the
// wrong kind are errors, which are all reported.
func decode(text []byte) (*Spec, error) {
	if len(text) > maxSpec {
		return nil, Errors{{"", fmt.Sprintf("the text is longer than %d bytes", maxSpec)}}
	}
	text, err := jsonwords.Clean(text)
	if err == nil {
		err = jsonwords.Check(text)
	}
	if err != nil {
		return nil, Errors{{"", err.Error()}}
	}
	d := strict{Decoder: json.NewDecoder(bytes.NewReader(text))}
	d.UseNumber()
	spec := new(Spec)
	err = d.value(reflect.TypeOf(*spec), "")
	if err == nil && len(d.errs) == 0 {
		err = json.Unmarshal(text, spec)
	}
	if err != nil {
		d.errs.add("", "%v", err)
	}
	return spec, d.errs.orNil()
}

// strict walks JSON beside the type it is meant for.
type strict struct {
	*json.Decoder
	errs Errors
}

// value reads a value meant for type t; a nil t skips it. The error is of the
// JSON itself; what t does not allow goes to d.errs.
func (d *strict) value(t reflect.Type, path string) error {
	tok, err := d.Token()
	if err != nil {
		return err
	}
	formulas := t == reflect.TypeFor[Formulas]()
	if delim, ok := tok.(json.Delim); ok {
		switch kind := kindOf(t); {
		case delim == '{' && (kind == reflect.Struct || kind == reflect.Map):
			return d.object(t, path)
		case delim == '[' && kind == reflect.Slice:
			return d.array(t.Elem(), path)
		case kind != reflect.Invalid:
			d.errs.add(path, "must be %s; found %s", meaning(t), map[json.Delim]string{'{': "an object { }", '[': "a list [ ]"}[delim])
		}
		return d.skip()
	}
	if t != nil && !(formulas && isString(tok)) && !fits(tok, t.Kind()) {
		d.errs.add(path, "must be %s; %s", meaning(t), unfit(tok, t))
	}
	return nil
}

// object reads the rest of an object for a struct or a map with string keys.
func (d *strict) object(t reflect.Type, path string) error {
	for d.More() {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		key := tok.(string) // or Token would have failed
		at := strings.TrimPrefix(path+"."+key, ".")
		var elem reflect.Type
		switch {
		case t.Kind() == reflect.Map:
			elem = t.Elem()
		default:
			if elem = field(t, key); elem == nil {
				d.errs.add(path, "unknown field %q; %s", key, knownField(key, fields(t)))
			}
		}
		if err := d.value(elem, at); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (d *strict) array(elem reflect.Type, path string) error {
	for i := 0; d.More(); i++ {
		if err := d.value(elem, fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// skip reads to the end of the object or array that has just begun.
func (d *strict) skip() error {
	for depth := 1; depth > 0; {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

func kindOf(t reflect.Type) reflect.Kind {
	if t == nil {
		return reflect.Invalid
	}
	return t.Kind()
}

func isString(tok json.Token) bool { _, ok := tok.(string); return ok }

// fits reports whether tok can be a value of kind.
func fits(tok json.Token, kind reflect.Kind) bool {
	switch tok := tok.(type) {
	case string:
		return kind == reflect.String
	case bool:
		return kind == reflect.Bool
	case json.Number:
		if kind == reflect.Int {
			_, err := strconv.ParseInt(string(tok), 10, 32)
			return err == nil
		}
		_, err := strconv.ParseFloat(string(tok), 64)
		return kind == reflect.Float64 && err == nil
	}
	return false
}

// unfit says of a token that does not fit t what was found, and what to write.
func unfit(tok json.Token, t reflect.Type) string {
	text, quoted := tok.(string)
	number := t.Kind() == reflect.Int || t.Kind() == reflect.Float64
	switch v := tok.(type) {
	case nil:
		return "found null"
	case bool:
		return fmt.Sprintf("found %v", v)
	case json.Number:
		if _, err := strconv.ParseFloat(string(v), 64); err != nil {
			return fmt.Sprintf("%s is too large", v)
		}
		return fmt.Sprintf("found %s", v)
	}
	if v, ok := evaluate(text); ok && quoted && number && (t.Kind() == reflect.Float64 || v == math.Trunc(v)) {
		return fmt.Sprintf("write %s instead of %q", strconv.FormatFloat(v, 'g', -1, 64), text)
	}
	if r := []rune(text); len(r) > 40 {
		text = string(r[:40]) + "…"
	}
	return fmt.Sprintf("found %q", text)
}

// evaluate returns the number that a formula without names is, such as 2*pi.
func evaluate(text string) (v float64, ok bool) {
	f, err := expr.Parse(text)
	if err != nil {
		return 0, false
	}
	p, err := new(expr.Scope).Compile(f)
	if err != nil {
		return 0, false
	}
	m := p.Machine(1)
	m.Forward(1)
	return m.Out(0)[0], true
}

// otherFields are what other programs call the fields of a Spec.
var otherFields = map[string]string{
	"boundary": "conditions", "boundaries": "conditions", "bcs": "conditions", "bc": "conditions", "ics": "conditions", "ic": "conditions",
	"boundary_conditions": "conditions", "initial": "conditions", "initial_conditions": "conditions",
	"equations": "residuals", "pde": "residuals", "pdes": "residuals", "residual": "residuals",
	"domain": "coords", "variables": "coords", "coordinates": "coords", "inputs": "coords",
	"outputs": "fields", "unknowns": "fields", "parameters": "params", "constants": "params", "exact": "solution",
	"epochs": "iterations", "steps": "iterations", "lr": "learningRate", "learning_rate": "learningRate", "batchSize": "batch", "batch_size": "batch",
	"neurons": "width", "layers": "depth", "min": "lo", "max": "hi", "expression": "formula", "forcing": "f",
}

// knownField says which field was meant, or which there are.
func knownField(key string, known []string) string {
	like := otherFields[key]
	if !slices.Contains(known, like) {
		like = expr.Closest(key, known)
	}
	if like != "" {
		return fmt.Sprintf("did you mean %q?", like)
	}
	return "there are " + list(known)
}

// meaning says in words what JSON a type takes.
func meaning(t reflect.Type) string {
	if t == reflect.TypeFor[Formulas]() {
		return "a formula in quotes or a list of them"
	}
	if t == reflect.TypeFor[Solution]() {
		return `an object { } with a formula for each field, such as {"u": "sin(x)"}`
	}
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
		return "a list [ ] of objects { }"
	}
	return jsonwords.Meaning(t)
}

// fields are the names of a struct's fields in JSON.
func fields(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// field returns the type of the field of t that JSON calls name, or nil.
func field(t reflect.Type, name string) reflect.Type {
	if i := slices.Index(fields(t), name); i >= 0 {
		return t.Field(i).Type
	}
	return nil
}

// suggest returns a hint at the word that was probably meant, or "".
func suggest(word string, words []string) string {
	if like := expr.Closest(word, words); like != "" {
		return fmt.Sprintf("; did you mean %q?", like)
	}
	return ""
}

// list joins words as in a sentence.
func list(words []string) string { return strings.Join(words, ", ") }
