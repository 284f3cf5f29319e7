package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A hostile is one file that somebody could give to -config: a text, bytes in
// hex, or what differs from the first of them, a heat equation.
type hostile struct {
	Name    string    `json:"name"`
	Text    string    `json:"text"`
	Hex     string    `json:"hex"`
	Formula *string   `json:"formula"` // of the residual
	Spec    rawConfig `json:"spec"`    // fields of the spec; null takes one away
	Config  rawConfig `json:"config"`  // fields beside the spec
	Want    string    `json:"want"`    // the message, or its beginning and …; empty if there is nothing wrong
}

// file is what the file holds.
func (h *hostile) file(t *testing.T, base rawConfig) []byte {
	switch {
	case h.Hex != "":
		b, err := hex.DecodeString(h.Hex)
		if err != nil {
			t.Fatal(err)
		}
		return b
	case h.Formula == nil && h.Spec == nil && h.Config == nil:
		return []byte(h.Text)
	}
	spec := maps.Clone(base)
	for name, v := range h.Spec {
		if spec[name] = v; string(v) == "null" {
			delete(spec, name)
		}
	}
	if h.Formula != nil {
		spec["residuals"] = encode(t, []any{map[string]any{"name": "res", "formula": h.Formula}})
	}
	config := rawConfig{"spec": encode(t, spec)}
	maps.Copy(config, h.Config)
	return encode(t, config)
}

func encode(t *testing.T, v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestHostileFiles tries what people really type into a problem: every message
// says what is wrong, where, and what to write instead, and none is the
// decoder's own.
func TestHostileFiles(t *testing.T) {
	text, err := os.ReadFile("testdata/hostile.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var base rawConfig
	n := 0
	path := filepath.Join(t.TempDir(), "hostile.json")
	for line := range bytes.Lines(text) {
		var h hostile
		if err := json.Unmarshal(line, &h); err != nil {
			t.Fatal(err)
		}
		if base == nil {
			base = h.Spec
		}
		n++
		if err := os.WriteFile(path, h.file(t, base), 0o600); err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, err := trainFlags([]string{"-config", path}, new(bytes.Buffer)); err != nil {
			got = strings.TrimPrefix(err.Error(), path+": ")
		}
		if begins, cut := strings.CutSuffix(h.Want, "…"); got != h.Want && !(cut && strings.HasPrefix(got, begins)) {
			t.Errorf("%s: got\n%s\nwant\n%s", h.Name, got, h.Want)
		}
		for _, leak := range []string{"json:", "unmarshal", "Go ", "main.", "invalid character", "parse error", "strconv", "<nil>", "%!"} {
			if strings.Contains(got, leak) {
				t.Errorf("%s: %q leaks in %s", h.Name, leak, got)
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d files", n)
	}
}

// TestFlagWords holds the messages about flags to plain words.
func TestFlagWords(t *testing.T) {
	for args, want := range map[string]string{
		"-iters 1.5":           `iters: "1.5" is not a whole number`,
		"-iter 3":              "there is no flag -iter; did you mean -iters?",
		"-frobnicate":          "there is no flag -frobnicate; -h lists them",
		"-lr 0,001":            `learningRate: "0,001" is not a number: the decimal sign is a point, as in 0.001`,
		"-width 1e2 -depth 99": "depth: 99 must be from 1 to 10",
		"-seed 1.5":            "seed: 1.5 is not a whole number",
		"-params a1":           "params.a1: is empty: give a number",
		"-params b=1":          "params.b: is not a parameter of this problem; there are a1, a2, k",
		"-preset helmholz":     `preset: unknown preset "helmholz"; did you mean "helmholtz"?`,
		"-width 0 -model M5":   "model: \"M5\" must be one of M1, M2, M3, M4, GN\nwidth: 0 must be from 1 to 256",
		"extra":                `unexpected argument "extra"`,
	} {
		_, err := trainFlags(strings.Fields(args), new(bytes.Buffer))
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", args, err, want)
		}
	}
}
