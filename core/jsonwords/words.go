package jsonwords

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Unmarshal is json.Unmarshal whose errors are words for people: where a text
// is no JSON, or which field has a value of another kind. It takes a text with
// a byte order mark.
func Unmarshal(text []byte, into any) error {
	text, err := Clean(text)
	if err == nil {
		err = Check(text)
	}
	if err != nil {
		return err
	}
	err = json.Unmarshal(text, into)
	var kind *json.UnmarshalTypeError
	if !errors.As(err, &kind) {
		return err
	}
	field := kind.Field
	if field != "" {
		field += ": "
	}
	found := strings.TrimPrefix(kind.Value, "number ")
	return fmt.Errorf("%smust be %s; found %s", field, Meaning(kind.Type), Kind(found))
}

// Kind says in words what a JSON value is; a number stays as it is.
func Kind(value string) string {
	switch value {
	case "array":
		return "a list [ ]"
	case "object":
		return "an object { }"
	case "string":
		return "text in quotes"
	case "bool":
		return "true or false"
	case "number":
		return "a number"
	}
	return value
}

// Meaning says in words what JSON a type takes.
func Meaning(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return Meaning(t.Elem())
	case reflect.String:
		return "text in quotes"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "a whole number"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "a whole number from 0 on"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list [ ]"
	}
	return "an object { }"
}
