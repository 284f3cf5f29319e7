package pde

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"pinnlab/core/expr"
)

// maxSpec bounds the text of a Spec, in bytes.
const maxSpec = 1 << 16

// decode reads a Spec from JSON, strictly: an unknown or repeated field and a
// value of the wrong kind are errors, which are all reported.
func decode(text []byte) (*Spec, error) {
	if len(text) > maxSpec {
		return nil, Errors{{"", fmt.Sprintf("the text is longer than %d bytes", maxSpec)}}
	}
	d := strict{Decoder: json.NewDecoder(bytes.NewReader(text))}
	d.UseNumber()
	spec := new(Spec)
	err := d.value(reflect.TypeOf(*spec), "")
	if err == nil {
		if _, err = d.Token(); err == io.EOF {
			err = nil
		} else if err == nil {
			err = errors.New("text after the end")
		}
	}
	if err == nil && len(d.errs) == 0 {
		err = json.Unmarshal(text, spec)
	}
	if err != nil {
		line, col := position(text, err, d.InputOffset())
		d.errs.add("", "line %d, column %d: %s", line, col, inWords(err))
	}
	return spec, d.errs.orNil()
}

// position returns the line and column, from 1, of err in text.
func position(text []byte, err error, offset int64) (line, col int) {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(syntax.Offset-1, 0)
	}
	before := text[:min(offset, int64(len(text)))]
	return bytes.Count(before, []byte("\n")) + 1, len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
}

func inWords(err error) string {
	if err == io.EOF || err == io.ErrUnexpectedEOF || strings.Contains(err.Error(), "unexpected end") {
		return "the text ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
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
			d.errs.add(path, "must be %s", meaning(t))
		}
		return d.skip()
	}
	if t != nil && !(formulas && isString(tok)) && !fits(tok, t.Kind()) {
		d.errs.add(path, "must be %s", meaning(t))
	}
	return nil
}

// object reads the rest of an object for a struct or a map with string keys.
func (d *strict) object(t reflect.Type, path string) error {
	var seen []string
	for d.More() {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		key := tok.(string) // or Token would have failed
		at := strings.TrimPrefix(path+"."+key, ".")
		var elem reflect.Type
		switch {
		case slices.Contains(seen, key):
			d.errs.add(at, "is given twice")
		case t.Kind() == reflect.Map:
			elem = t.Elem()
		default:
			if elem = field(t, key); elem == nil {
				d.errs.add(path, "unknown field %q%s", key, suggest(key, fields(t)))
			}
		}
		seen = append(seen, key)
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

// meaning says in words what JSON a type takes.
func meaning(t reflect.Type) string {
	if t == reflect.TypeFor[Formulas]() {
		return "a formula in quotes or a list of them"
	}
	switch t.Kind() {
	case reflect.String:
		return "text in quotes"
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list [ ]"
	}
	return "an object { }"
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
