//go:build !js

package web

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A saved is what a model is, to the last bit.
type saved struct {
	Model      string
	Iteration  int
	Checkpoint string
}

// bits returns all that the models are.
func (b *tab) bits() []saved {
	b.t.Helper()
	return eval[[]saved](b, `lab.points.checkpoints().then(all => all.map(r =>
		({ Model: r.model, Iteration: r.iteration, Checkpoint: toBase64(r.checkpoint) })))`)
}

// same fails the test unless the models are what they were.
func (b *tab) same(what string, want []saved) {
	b.t.Helper()
	got := b.bits()
	if reflect.DeepEqual(got, want) {
		return
	}
	at := func(all []saved) (words []string) {
		for _, s := range all {
			words = append(words, fmt.Sprintf("%s at %d (%d characters)", s.Model, s.Iteration, len(s.Checkpoint)))
		}
		return words
	}
	b.t.Errorf("%s: the run is %v, was %v; message %q", what, at(got), at(want), b.message())
}

// action clicks a button of the message.
func (b *tab) action(words string) {
	b.t.Helper()
	b.until("the message offers "+words, fmt.Sprintf(`[...document.querySelectorAll("#actions button")].some(b => b.textContent === %q)`, words))
	eval[any](b, fmt.Sprintf(`([...document.querySelectorAll("#actions button")].find(b => b.textContent === %q).click(), 0)`, words))
}

// quiet waits until all that was asked is done.
func (b *tab) quiet() {
	b.t.Helper()
	eval[any](b, `lab.inTurn(async () => 0)`)
}

// TestUndo replaces a run in every way there is and brings it back each time,
// every bit of it, paused as it was.
func TestUndo(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "#preset=helmholtz&models=M1,M2,M4&width=12&depth=2&batch=16&paused=1")
	eval[any](b, `pinnlab.step(30)`)
	eval[any](b, `pinnlab.set({ learningRate: 2e-3, alpha: 0.3 })`)
	eval[any](b, `pinnlab.step(10)`)
	want, config := b.bits(), b.state().Config
	file, err := filepath.Abs("testdata/run-1.json")
	if err != nil {
		t.Fatal(err)
	}
	set := func(partial string) func() {
		return func() { eval[any](b, `pinnlab.set(`+partial+`)`) }
	}
	for _, c := range []struct {
		name string
		do   func()
	}{
		{"preset", func() { b.choose("preset", "Klein") }},
		{"width", func() { b.write("width", "13") }},
		{"depth", func() { b.write("depth", "1") }},
		{"batch", func() { b.write("batch", "8") }},
		{"seed", func() { b.write("seed", "9") }},
		{"precision", func() { b.choose("precision", "float64") }},
		{"gate", set(`{ gated: "modified-2020" }`)},
		{"rule", func() { b.choose("rule", "rel") }},
		{"a parameter", func() { b.write("param-k-value", "2") }},
		{"all at once", set(`{ preset: "poisson", models: ["M3"], width: 9, params: { C: 3 } }`)},
		{"a new seed", func() { b.click("reseed") }},
		{"Reset", func() { b.click("reset") }},
		{"the key r", func() { eval[any](b, `(document.getElementById("play").focus(), 0)`); b.key("r") }},
		{"a model less", func() { b.click("model-M2") }},
		{"a fork", func() { eval[any](b, `pinnlab.step(3)`); want = b.bits(); eval[any](b, `(document.getElementById("experiments-M1").click(), document.getElementById("fork-M1").click(), 0)`) }},
		{"a link", func() { eval[any](b, `(location.hash = "#preset=poisson&models=M1&width=8&paused=1", 0)`) }},
		{"a lesson", func() { b.click("lessons"); b.click("lesson-run-1"); b.click("play") }},
		{"a file", func() { b.upload("file", file) }},
		{"a kept point", func() { b.click("keep"); eval[any](b, `pinnlab.step(2)`); want = b.bits(); eval[any](b, `(document.getElementById("kept").click(), document.querySelector("#kept-list .item").click(), 0)`) }},
	} {
		was := eval[string](b, `JSON.stringify(lab.runs)`)
		c.do()
		b.until(c.name+" replaced the run", `[...document.querySelectorAll("#actions button")].some(b => b.textContent === "Undo") &&
			(`+was+` !== lab.runs || lab.config.models.length < 3)`)
		b.quiet()
		if reflect.DeepEqual(b.bits(), want) {
			t.Errorf("%s changed nothing", c.name)
		}
		b.action("Undo")
		b.until(c.name+" is undone", `document.getElementById("message").textContent.startsWith("Back at iteration")`)
		b.same(c.name, want)
		if s := b.state(); s.Running || !reflect.DeepEqual(s.Config, config) {
			t.Errorf("%s: running %v, settings %+v", c.name, s.Running, s.Config)
		}
	}
	if n := eval[int](b, `lab.points.earlier.length`); n != 8 {
		t.Errorf("%d earlier runs are kept", n)
	}
}

// TestBack goes back with the browser's button, and forward.
func TestBack(t *testing.T) {
	b := newTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(20)`)
	first := b.bits()
	b.write("width", "9")
	b.until("restarted", `pinnlab.state().then(s => s.config.width === 9 && s.models[3].status === "ready")`)
	eval[any](b, `pinnlab.step(7)`)
	second := b.bits()
	b.click("reset")
	b.until("reset", `pinnlab.state().then(s => s.models[0].iteration === 0)`)
	b.until("the address says so", `location.hash.includes("width=9")`)
	for _, c := range []struct {
		by   int
		want []saved
	}{{-1, second}, {-1, first}, {1, second}, {-1, first}} {
		eval[any](b, fmt.Sprintf(`(history.go(%d), 0)`, c.by))
		b.until("back", fmt.Sprintf(`lab.trainers.get("M1").latest?.state.iteration === %d && lab.trainers.get("M4").latest?.state.iteration === %[1]d`, c.want[0].Iteration))
		b.same("the browser’s Back", c.want)
	}
	if !strings.Contains(eval[string](b, "location.hash"), "width=12") {
		t.Error("the address is of another run")
	}
}

// TestArrowKeys: passing through values starts nothing until they are meant.
func TestArrowKeys(t *testing.T) {
	b := newTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(5)`)
	want := b.bits()
	for _, id := range []string{"width", "param-k"} {
		eval[any](b, fmt.Sprintf(`(document.getElementById(%q).focus(), 0)`, id))
		b.do(chromedp.KeyEvent("\u0304"), chromedp.KeyEvent("\u0304")) // arrow up
		b.until("it says what the field waits for", `document.getElementById("message").textContent.startsWith("Press Enter")`)
		b.quiet()
		b.same("arrow keys on "+id, want)
		b.do(chromedp.KeyEvent("\r"))
		b.until("Enter takes the value", `pinnlab.state().then(s => s.models[0].iteration === 0)`)
		b.action("Undo")
		b.until("undone", `document.getElementById("message").textContent.startsWith("Back")`)
		b.same("Undo of "+id, want)
	}
}

var _ = os.Getenv
