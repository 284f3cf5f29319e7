//go:build !js

package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"pinnlab/wasm/port/declare"
)

var update = flag.Bool("update", false, "rewrite ../../web/src/messages-canvas.d.ts")

// TestDeclarationsAreCurrent holds the types that the page's scripts are checked
// with to the messages.
func TestDeclarationsAreCurrent(t *testing.T) {
	const file = "../../web/src/messages-canvas.d.ts"
	want := declare.Types("Written from the messages of wasm/canvas by go test ./wasm/canvas -run Declarations -update; DO NOT EDIT.",
		[]any{request{}})
	if *update {
		if err := os.WriteFile(file, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s differs (%v): go test ./wasm/canvas -run Declarations -update", file, err)
	}
}
