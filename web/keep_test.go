//go:build !js

package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pinnlab/core/train"
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
	return eval[[]saved](b, `lab.savepoints.checkpoints().then(all => all.map(r =>
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
	b := newPlainTab(t)
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
		{"a fork", func() {
			eval[any](b, `pinnlab.step(3)`)
			want = b.bits()
			eval[any](b, `(document.getElementById("experiments-M1").click(), document.getElementById("fork-M1").click(), 0)`)
		}},
		{"a link", func() { eval[any](b, `(location.hash = "#preset=poisson&models=M1&width=8&paused=1", 0)`) }},
		{"a lesson", func() {
			b.click("lessons")
			b.click("lesson-run-1")
			b.until("the lesson runs", `pinnlab.state().then(s => s.running && s.models.length === 1 && s.models[0].iteration > 0)`)
			b.click("play")
		}},
		{"a file", func() { b.upload("file", file) }},
		{"a kept point", func() {
			b.click("keep")
			eval[any](b, `pinnlab.step(2)`)
			want = b.bits()
			eval[any](b, `(document.getElementById("kept").click(), document.querySelector("#kept-list .item").click(), 0)`)
		}},
	} {
		was := eval[string](b, `JSON.stringify(lab.cast.begun)`)
		c.do()
		b.until(c.name+" replaced the run", `[...document.querySelectorAll("#actions button")].some(b => b.textContent === "Undo") &&
			(`+was+` !== lab.cast.begun || lab.config.models.length < 3)`)
		b.quiet()
		if reflect.DeepEqual(b.bits(), want) {
			t.Errorf("%s changed nothing", c.name)
		}
		b.action("Undo")
		b.quiet()
		b.until(c.name+" is undone", `document.getElementById("message").textContent.startsWith("Back at iteration")`)
		b.same(c.name, want)
		if s := b.state(); s.Running || !reflect.DeepEqual(s.Config, config) {
			t.Errorf("%s: running %v, settings %+v", c.name, s.Running, s.Config)
		}
	}
	if n := eval[int](b, `lab.savepoints.earlier.length`); n != 8 {
		t.Errorf("%d earlier runs are kept", n)
	}
}

// TestBack goes back with the browser's button, and forward.
func TestBack(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(20)`)
	first := b.bits()
	b.write("width", "9")
	b.until("restarted", `pinnlab.state().then(s => s.config.width === 9 && s.models[3].status === "ready")`)
	eval[any](b, `pinnlab.step(7)`)
	second := b.bits()
	b.click("reset")
	b.until("reset", `pinnlab.state().then(s => s.models[0].iteration === 0)`)
	b.until("the run has an entry of its own", `!trail.fresh && location.hash.includes("width=9")`)
	// The address may fall due at any time, also while a run is brought back.
	eval[any](b, `(setInterval(() => { if (trail.arriving) trail.write(); }, 10), 0)`)
	for _, c := range []struct {
		by   int
		want []saved
	}{{-1, second}, {-1, first}, {1, second}, {-1, first}} {
		eval[any](b, fmt.Sprintf(`(history.go(%d), 0)`, c.by))
		b.until("back", fmt.Sprintf(`lab.trainers.get("M1").latest?.state.iteration === %d && lab.trainers.get("M4").latest?.state.iteration === %[1]d`, c.want[0].Iteration))
		b.until("the page has followed", `trail.arriving === 0`)
		b.same("the browser’s Back", c.want)
	}
	if !strings.Contains(eval[string](b, "location.hash"), "width=12") {
		t.Error("the address is of another run")
	}
}

// TestArrowKeys: passing through values starts nothing until they are meant.
func TestArrowKeys(t *testing.T) {
	b := newPlainTab(t)
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

// TestBrokenFiles opens what is no run, or is one no more: each time the page
// says so in words for a person, and the run that there is stays, every bit.
func TestBrokenFiles(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", "#preset=helmholtz&models=M1,M2&width=12&depth=2&batch=16&paused=1")
	eval[any](b, `pinnlab.step(12)`)
	want, settings, text := b.bits(), b.state().Config, eval[string](b, `lab.savepoints.export()`)
	eval[any](b, `pinnlab.set({ width: 11 })`)
	eval[any](b, `pinnlab.step(3)`)
	other := eval[string](b, `lab.savepoints.export()`)
	eval[any](b, `pinnlab.undo()`)
	b.same("undo", want)

	var file struct {
		Models []struct{ Checkpoint string }
	}
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		t.Fatal(err)
	}
	weights := file.Models[0].Checkpoint
	bad := map[string]string{
		"empty": "", "words": "hello", "half a JSON": text[:len(text)/2], "null": "null", "a list": "[]", "a number": "17",
		"another program's": `{"config":{"preset":"helmholtz"},"models":[]}`, "no models": `{"pinnlab":1,"config":{},"models":[]}`,
		"a later version":    strings.Replace(text, `"pinnlab": 1`, `"pinnlab": 2`, 1),
		"another width":      strings.Replace(text, `"width": 12`, `"width": 13`, 1),
		"another problem":    strings.Replace(text, `"helmholtz"`, `"poisson"`, 1),
		"another seed":       strings.Replace(text, `"seed": 1`, `"seed": 2`, 1),
		"another precision":  strings.Replace(text, `float32`, `float64`, 1),
		"a wrong setting":    strings.Replace(text, `"depth": 2`, `"depth": -2`, 1),
		"NaN":                strings.Replace(text, `"depth": 2`, `"depth": NaN`, 1),
		"two of a model":     strings.Replace(text, `"model": "M2"`, `"model": "M1"`, 1),
		"models swapped":     strings.NewReplacer(`"model": "M1"`, `"model": "M2"`, `"model": "M2"`, `"model": "M1"`).Replace(text),
		"no weights":         strings.Replace(text, weights, "", 1),
		"no base64":          strings.Replace(text, weights, "%%%"+weights[3:], 1),
		"weights of another": strings.Replace(text, weights, other[strings.Index(other, "UElOTkxBQg"):][:len(weights)], 1),
		"huge":               strings.Replace(text, weights, strings.Repeat("QUJD", 2_000_000), 1),
		"binary":             string([]byte{0, 1, 2, 0xff, 0xfe}),
	}
	for i := range 6 { // a bit anywhere, and an end anywhere
		at := (2*i + 1) * len(weights) / 13
		flipped := "A"
		if weights[at] == 'A' {
			flipped = "B"
		}
		bad[fmt.Sprintf("a bit at %d", at)] = strings.Replace(text, weights, weights[:at]+flipped+weights[at+1:], 1)
		bad[fmt.Sprintf("an end at %d", at)] = strings.Replace(text, weights, weights[:at/4*4], 1)
	}
	if len(bad) < 30 {
		t.Fatalf("%d files only", len(bad))
	}
	folder := t.TempDir()
	for name, text := range bad {
		path := filepath.Join(folder, strings.ReplaceAll(name, " ", "-")+".json")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		eval[any](b, `(say(""), 0)`)
		b.upload("file", path)
		b.until(name+" is refused", `document.getElementById("message").textContent.startsWith("Nothing was loaded, and nothing has changed.")`)
		for _, word := range []string{"PCG", "undefined", "TypeError", "json:", "Go ", "[object"} {
			if m := b.message(); strings.Contains(m, word) {
				t.Errorf("%s: %q", name, m)
			}
		}
		b.same(name, want)
		if c := b.state().Config; !reflect.DeepEqual(c, settings) {
			t.Errorf("%s: settings %+v", name, c)
		}
	}
	eval[any](b, `pinnlab.set({ seed: 5 })`)
	good := filepath.Join(folder, "good.json")
	if err := os.WriteFile(good, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	b.upload("file", good)
	b.until("a good file is loaded", `document.getElementById("message").textContent.startsWith("Loaded good.json")`)
	b.same("a good file", want)
}

// TestMovesReplay moves all that moves, and replays the link in another tab and
// natively: the same bits.
func TestMovesReplay(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", "#preset=klein_gordon&models=M1,M4&width=12&depth=2&batch=16&paused=1&seed=3")
	eval[any](b, `pinnlab.step(10)`)
	eval[any](b, `pinnlab.set({ learningRate: 3e-3 })`)
	eval[any](b, `lab.trainers.get("M4").request({ do: "step", n: 5 })`) // now they stand apart
	eval[any](b, `pinnlab.set({ alpha: 0.4 })`)
	eval[any](b, `pinnlab.freeze("M4")`)
	eval[any](b, `pinnlab.setLambda("M4", { ics: 20 })`)
	eval[any](b, `pinnlab.step(7)`)
	eval[any](b, `pinnlab.set({ learningRate: 5e-4 })`)
	b.click("share")
	b.until("it says what it replays", `document.getElementById("message").textContent.includes("with the 5 changes of settings on the way")`)
	want, hash := b.bits(), eval[string](b, "location.hash")
	for _, word := range []string{"moves.M1=lr@10:0.003,alpha@10:0.4,lr@17:0.0005", "moves.M4=lr@10:0.003,alpha@15:0.4,frozen@15:1,lambda.ics@15:20,lr@22:0.0005", "lr=0.001"} {
		if !strings.Contains(hash, word) {
			t.Errorf("no %s in %s", word, hash)
		}
	}
	other := newPlainTab(t)
	other.open("index.html", hash+"&paused=1")
	eval[any](other, `pinnlab.step(13)`)
	if c := other.state().Config; c.LearningRate != 3e-3 {
		t.Errorf("after 13 steps the page shows the learning rate %v", c.LearningRate)
	}
	eval[any](other, `pinnlab.step(4)`)
	eval[any](other, `lab.trainers.get("M4").request({ do: "step", n: 5 })`)
	other.same("the link", want)
	for i, model := range []string{"M1", "M4"} {
		moves := hash[strings.Index(hash, "moves."+model+"=")+len("moves.M1="):]
		moves, _, _ = strings.Cut(moves, "&")
		raw := fmt.Sprintf(`{"preset":"klein_gordon","model":%q,"width":12,"depth":2,"batch":16,"seed":3,"moves":%q}`, model, moves)
		cfg, problems := train.Resolve([]byte(raw))
		if len(problems) > 0 {
			t.Fatal(problems[0])
		}
		run, err := train.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		for range want[i].Iteration {
			if err := run.Step(); err != nil {
				t.Fatal(err)
			}
		}
		if got := base64.StdEncoding.EncodeToString(run.Checkpoint()); got != want[i].Checkpoint {
			t.Errorf("%s: natively the moves give another run", model)
		}
	}
	eval[any](b, `pinnlab.fork("M4", "M3").then(() => pinnlab.step(1))`)
	b.click("share")
	b.until("a fork is no replay", `document.getElementById("message").textContent.includes("It does not replay M3: it goes on from M4 at iteration 22.")`)
}

// TestDragReplays drags a slider for a while: it makes a few moves a second, the
// last value among them, and the link replays them all.
func TestDragReplays(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", "#preset=helmholtz&models=M1,M2&width=8&depth=2&batch=8&seed=2")
	b.until("it trains", `pinnlab.state().then(s => s.models.every(m => m.iteration > 5))`)
	rate := eval[float64](b, `(async () => {
		const lr = byID("lr"), began = performance.now();
		for (let i = 0; i < 120; i++) {
			lr.value = -4 + i / 100;
			lr.dispatchEvent(new Event("input"));
			await new Promise((r) => setTimeout(r, 16));
		}
		const passed = performance.now() - began;
		await pinnlab.pause();
		const moves = Math.max(...[...lab.trainers.values()].map((t) => t.latest.replay.moves.split(",").length));
		return moves / (1 + passed / 300);
	})()`)
	if rate > 1.5 {
		t.Errorf("%v moves each 300 ms", rate)
	}
	if s := b.state(); s.Config.LearningRate != 0.00155 {
		t.Errorf("the slider was left at 10^-2.81 and the learning rate is %v", s.Config.LearningRate)
	}
	b.click("share")
	b.until("it is copied", `document.getElementById("message").textContent.includes("It replays this run")`)
	want, hash := b.bits(), eval[string](b, "location.hash")
	other := newPlainTab(t)
	other.open("index.html", hash+"&paused=1")
	other.state() // it has started
	for _, run := range want {
		eval[any](other, fmt.Sprintf(`lab.inTurn(() => lab.trainers.get(%q).request({ do: "step", n: %d }))`, run.Model, run.Iteration))
	}
	other.same("the link of a drag", want)
}

// TestLinkNames names what a link has twice, or wrong, and takes its views.
func TestLinkNames(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small+"&width=9&moves=lr@3&field=v&errorAxis=linear&points=on&tab=gradients&budget=0.1&gradAxis=huge&scrub=x")
	b.until("it is said", `document.getElementById("message").textContent !== ""`)
	for _, word := range []string{"is given twice", "lr@3", "v is not one of", "huge", "x is no iteration"} {
		if m := b.message(); !strings.Contains(m, word) {
			t.Errorf("no %q in %q", word, m)
		}
	}
	b.until("views are taken, and written", `views.read().points === "on" && views.read().errorAxis === "linear" && views.tab === "gradients"
		&& lab.stiffness.budget === 0.1 && ["tab=gradients", "points=on", "errorAxis=linear", "budget=0.1"].every(w => location.hash.includes(w))
		&& !location.hash.includes("gradAxis")`)
	eval[any](b, `(location.hash = "#preset=helmholtz&models=M1&width=8&batch=8&depth=1&scrub=40", 0)`)
	b.until("the iteration of the link is shown", `scrubber.at === 40 && views.tab === "overview" && location.hash.includes("scrub=40")`)
}
