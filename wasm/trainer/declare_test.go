//go:build !js

package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"pinnlab/core/pde"
	"pinnlab/core/record"
	"pinnlab/core/train"
	"pinnlab/wasm/port/declare"
)

var update = flag.Bool("update", false, "rewrite ../../web/src/messages-trainer.d.ts")

// TestDeclarationsAreCurrent holds the types that the page's scripts are checked
// with to the messages.
func TestDeclarationsAreCurrent(t *testing.T) {
	const file = "../../web/src/messages-trainer.d.ts"
	want := declare.Types("Written from the messages of wasm/trainer by go test ./wasm/trainer -run Declarations -update; DO NOT EDIT.",
		[]any{request{}, reply{}, checked{}, described{}, verified{}, kept{}, state{}, progress{}, saved{}, fault{}, crash{}, ready{}, offered{}},
		declare.Special{Zero: record.Number(0), Type: "number | null"},
		declare.Special{Zero: train.Moves{}, Type: "string"},
		declare.Special{Zero: pde.Formulas{}, Type: "string | string[]"})
	if *update {
		if err := os.WriteFile(file, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s differs (%v): go test ./wasm/trainer -run Declarations -update", file, err)
	}
}
