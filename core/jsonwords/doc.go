// Package jsonwords says in plain words what is wrong with a text that should
// be JSON, and where. It accepts what encoding/json accepts, apart from an
// object that gives a field twice, of which one value would be lost in silence.
package jsonwords
