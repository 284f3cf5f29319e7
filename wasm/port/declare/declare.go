// Package declare writes the TypeScript declarations of Go structs that travel
// as JSON, so that the page's scripts are held to the messages that there are.
package declare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
)

// A Special is how a type that writes its own JSON is declared: its zero value,
// and the TypeScript.
type Special struct {
	Zero any
	Type string
}

// Types declares the types of values and of all that they hold: an interface a
// struct, in a namespace a package. What JSON may leave out is optional; a slice
// that is nil counts as one, though its JSON is null.
func Types(head string, values []any, special ...Special) []byte {
	d := declarer{packages: map[string]map[string]string{}, special: map[reflect.Type]string{
		reflect.TypeFor[json.RawMessage](): "any",
	}}
	for _, s := range special {
		d.special[reflect.TypeOf(s.Zero)] = s.Type
	}
	for _, v := range values {
		d.name(reflect.TypeOf(v))
	}
	var out bytes.Buffer
	out.WriteString("// " + head + "\n")
	for _, name := range sorted(d.packages) {
		fmt.Fprintf(&out, "\ndeclare namespace %s {\n", name)
		for i, of := range sorted(d.packages[name]) {
			if i > 0 {
				out.WriteString("\n")
			}
			fmt.Fprintf(&out, "  interface %s {\n%s  }\n", of, d.packages[name][of])
		}
		out.WriteString("}\n")
	}
	return out.Bytes()
}

type declarer struct {
	packages map[string]map[string]string // the members of every struct, by package
	special  map[reflect.Type]string
}

// name returns what a type is called in TypeScript.
func (d *declarer) name(t reflect.Type) string {
	if s, ok := d.special[t]; ok {
		return s
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	case reflect.Pointer:
		return d.name(t.Elem()) + " | null"
	case reflect.Slice:
		return list(d.name(t.Elem()))
	case reflect.Array:
		return "[" + strings.Join(slices.Repeat([]string{d.name(t.Elem())}, t.Len()), ", ") + "]"
	case reflect.Map:
		return "{[name: string]: " + d.name(t.Elem()) + "}"
	case reflect.Interface:
		return "any"
	case reflect.Struct:
		return d.declare(t)
	}
	if t.ConvertibleTo(reflect.TypeFor[float64]()) {
		return "number"
	}
	panic("declare: no JSON of " + t.String())
}

// declare notes a struct once and returns its name.
func (d *declarer) declare(t reflect.Type) string {
	space := path.Base(t.PkgPath())
	if d.packages[space] == nil {
		d.packages[space] = map[string]string{}
	}
	if _, known := d.packages[space][t.Name()]; !known {
		d.packages[space][t.Name()] = "" // a struct may hold itself
		d.packages[space][t.Name()] = d.members(t)
	}
	return space + "." + t.Name()
}

func (d *declarer) members(t reflect.Type) string {
	var out strings.Builder
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			out.WriteString(d.members(f.Type))
			continue
		case !f.IsExported() || name == "-":
			continue
		case name == "":
			name = f.Name
		}
		of := f.Type
		if strings.Contains(options, "omit") {
			name += "?"
			if of.Kind() == reflect.Pointer {
				of = of.Elem()
			}
		}
		fmt.Fprintf(&out, "    %s: %s;\n", name, d.name(of))
	}
	return out.String()
}

// list returns the type of lists of a type.
func list(of string) string {
	if strings.Contains(of, " | ") {
		of = "(" + of + ")"
	}
	return of + "[]"
}

func sorted[V any](m map[string]V) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
