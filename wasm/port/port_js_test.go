package port

import (
	"syscall/js"
	"testing"
)

// event makes what the browser hands to a message handler.
func event(data any) js.Value {
	e := js.Global().Get("Object").New()
	e.Set("data", data)
	e.Set("source", js.Global().Get("parent"))
	return e
}

func object(fields map[string]any) js.Value {
	o := js.Global().Get("Object").New()
	for k, v := range fields {
		o.Set(k, v)
	}
	return o
}

func TestRead(t *testing.T) {
	bytes := js.Global().Get("Uint8Array").New(3)
	js.CopyBytesToJS(bytes, []byte{1, 2, 3})
	tests := []struct {
		name string
		data any
		head string
		body int // length; -1 for nil
		ok   bool
	}{
		{"head only", object(map[string]any{"head": "{}", "body": nil}), "{}", -1, true},
		{"no body", object(map[string]any{"head": "{}"}), "{}", -1, true},
		{"with body", object(map[string]any{"head": "[1]", "body": bytes.Get("buffer")}), "[1]", 3, true},
		{"no head", object(map[string]any{"body": nil}), "", 0, false},
		{"head not a string", object(map[string]any{"head": 1}), "", 0, false},
		{"a string", "hello", "", 0, false},
		{"null", nil, "", 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, ok := read(event(test.data))
			if ok != test.ok {
				t.Fatalf("ok = %v, want %v", ok, test.ok)
			}
			if !ok {
				return
			}
			if string(m.Head) != test.head {
				t.Errorf("head %q, want %q", m.Head, test.head)
			}
			if got := len(m.Body); m.Body == nil != (test.body < 0) || got != max(test.body, 0) {
				t.Errorf("body of %d bytes (nil: %v), want %d", got, m.Body == nil, test.body)
			}
		})
	}
}

// A window gets messages from frames and extensions too.
func TestReadIgnoresStrangers(t *testing.T) {
	e := event(object(map[string]any{"head": "{}"}))
	e.Set("source", "somebody else")
	if _, ok := read(e); ok {
		t.Error("a message of another window was accepted")
	}
}
