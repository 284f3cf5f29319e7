//go:build !js

// Package web tests the page as a person uses it, in a browser, from a file.
package web

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// quick is a small network on a smooth problem, whose error falls within
// seconds.
const quick = "#preset=helmholtz&p.a2=1&width=16&depth=2&batch=32&lr=0.005"

func TestTrainsByItself(t *testing.T) {
	for _, file := range []string{"index.html", "dist/pinnlab.html"} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b := newTab(t)
			b.open(file, "")
			b.until("M1 and M4 train", `pinnlab.state().then(s => s.running && s.models.length === 2 &&
				s.models.every(m => m.iteration > 0 && m.status === "running"))`)
			if s := b.state(); s.Config.Preset != "helmholtz" || !slices.Equal(s.Config.Models, []string{"M1", "M4"}) {
				t.Errorf("it trains %v of %s", s.Config.Models, s.Config.Preset)
			}
			b.changes(b.drawn())
			b.until("the table has the numbers", `[...document.querySelectorAll("#numbers tbody tr")].every(
				r => r.cells.length === 12 && /\de-?\d|\d\.\d/.test(r.cells[4].textContent))`)
		})
	}
}

// A session as a person would have it, from the choice of a problem on.
func TestDrive(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "")
	b.until("training", `pinnlab.state().then(s => s.running)`)

	b.choose("preset", "Klein")
	b.until("Klein-Gordon trains", `pinnlab.state().then(s => s.config.preset === "klein_gordon" && s.running
		&& s.models.every(m => "ic_ut" in m.losses && "ics" in m.lambdas))`)
	b.until("it is announced", `document.getElementById("message").textContent.includes("Klein-Gordon")`)

	b.write("width", "16")
	b.until("the restart is announced", `document.getElementById("message").textContent === "Restarted: Width is now 16."`)
	b.write("depth", "2")
	b.write("batch", "32")
	b.until("the network is small", `pinnlab.config().then(c => c.width === 16 && c.depth === 2 && c.batch === 32)`)
	b.until("it has steps", `pinnlab.state().then(s => s.models.every(m => m.iteration > 100))`)

	// Both sliders act on the running networks: no restart.
	before := b.state()
	b.drag("lr", 0.5, 0.6)
	b.until("the learning rate has moved", `pinnlab.state().then(s => s.config.learningRate > 2e-3 && s.config.learningRate < 3e-3
		&& s.models.every(m => Math.abs(m.learningRate / (s.config.learningRate * 0.9 ** (m.iteration / 1000)) - 1) < 0.01))`)
	b.drag("alpha", before.Config.Alpha, 0.5)
	b.until("alpha has moved", `pinnlab.config().then(c => Math.abs(c.alpha - 0.5) < 0.03)`)
	for i, m := range b.state().Models {
		if m.Iteration < before.Models[i].Iteration {
			t.Errorf("%s was at %d and is at %d: a slider restarted it", m.Model, before.Models[i].Iteration, m.Iteration)
		}
	}
	b.write("lr-value", "5e-3")
	b.until("the typed learning rate acts", `pinnlab.config().then(c => c.learningRate === 5e-3)`)

	b.click("play")
	b.until("pause", `pinnlab.state().then(s => !s.running && s.models.every(m => m.status === "paused"))`)
	paused := b.state()
	b.click("step")
	b.until("a single step", `pinnlab.state().then(s => s.models[0].iteration === `+
		number(paused.Models[0].Iteration+1)+` && !s.running)`)
	b.choose("step-count", "100")
	b.click("step")
	b.until("a hundred steps", `pinnlab.state().then(s => s.models.every((m, i) => m.iteration === [`+
		number(paused.Models[0].Iteration+101)+`,`+number(paused.Models[1].Iteration+101)+`][i]))`)
	if eval[string](b, `document.getElementById("play").textContent`) != "Play" {
		t.Error("a paused run does not offer Play")
	}

	b.click("reset")
	b.until("iteration 0", `pinnlab.state().then(s => !s.running && s.models.every(m => m.iteration === 0 && m.status === "ready"))`)
	seed := b.state().Config.Seed
	b.click("reseed")
	b.until("another seed", `pinnlab.state().then(s => s.config.seed !== `+number(seed)+` && s.models.every(m => m.relL2 !== null))`)

	start := *b.state().Models[1].RelL2
	b.click("play")
	b.until("the error falls", `pinnlab.state().then(s => s.models[1].relL2 < 0.7 * `+number(start)+`)`)
}

func TestFourModels(t *testing.T) {
	b := newTab(t)
	b.open("index.html", quick)
	b.until("training", `pinnlab.state().then(s => s.running)`)
	b.click("model-M2")
	b.click("model-M3")
	b.until("all four train", `pinnlab.state().then(s => s.models.length === 4 && s.models.every(m => m.iteration > 200))`)
	b.until("all errors fall", `pinnlab.state().then(s => s.models.every(m => m.relL2 < 0.9))`)
	b.drawn()
	// None can be left out to the last.
	for _, m := range []string{"M1", "M2", "M3", "M4"} {
		b.click("model-" + m)
	}
	b.until("the last model stays", `document.getElementById("message").textContent.includes("at least one")`)
	if s := b.state(); len(s.Models) != 1 || s.Models[0].Model != "M4" || !eval[bool](b, `document.getElementById("model-M4").checked`) {
		t.Errorf("left are %v", s.Config.Models)
	}
}

func TestBadLink(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", "#v=1&preset=helmholtz&models=M2,M9&width=abc&depth=99&batch=8&colour=red&p.k=2&p.z=1&seed=-3&paused=1")
	b.until("loaded", `document.getElementById("message").textContent !== ""`)
	message := b.message()
	for _, name := range []string{"Width", "Depth", "colour", "M9", "z", "Seed"} {
		if !strings.Contains(message, name) {
			t.Errorf("%s is not named in %q", name, message)
		}
	}
	c := b.state().Config
	if !slices.Equal(c.Models, []string{"M2"}) || c.Params["k"] != 2 || c.Batch != 8 || c.Width != 50 || c.Depth != 3 {
		t.Errorf("loaded %+v", c)
	}
	// A link changed by hand acts at once.
	eval[any](b, `location.hash = "#preset=klein_gordon&models=M3&width=12&paused=1"`)
	b.until("the other link", `pinnlab.state().then(s => s.config.preset === "klein_gordon" && s.config.width === 12
		&& s.models[0].model === "M3" && s.models[0].status === "ready")`)
	if m := b.message(); m != "" {
		t.Errorf("a good link is met by %q", m)
	}
}

func TestLinkReplays(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick+"&models=M1,M2,M3,M4&rule=arxiv&seed=7&paused=1")
	eval[any](b, `pinnlab.set({ width: 13, alpha: 0.5, params: { k: 3 } })`)
	eval[any](b, `pinnlab.step(60)`)
	first := b.state()
	if first.Models[3].Iteration != 60 || first.Models[3].Losses["res"] == nil {
		t.Fatalf("after 60 steps: %+v", first.Models[3])
	}
	b.until("the link has the settings", `location.hash.includes("width=13") && location.hash.includes("p.k=3")`)
	hash := eval[string](b, "location.hash")

	other := newPlainTab(t)
	other.open("index.html", hash+"&paused=1")
	eval[any](other, `pinnlab.step(25)`)
	eval[any](other, `pinnlab.step(35)`)
	if second := other.state(); !reflect.DeepEqual(first, second) {
		t.Errorf("the run was\n%+v\nits link gives\n%+v", show(first), show(second))
	}
}

func TestScripts(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick+"&paused=1")
	b.until("ready", `pinnlab.state().then(s => s.models.every(m => m.status === "ready"))`)
	for script, want := range map[string]string{
		`pinnlab.set({ width: 0 })`:                  "Width",
		`pinnlab.set({ learningRate: "fast" })`:      "Learning rate",
		`pinnlab.set({ preset: "heat" })`:            "preset",
		`pinnlab.set({ params: { q: 1 } })`:          "q",
		`pinnlab.set({ models: [] })`:                "Models",
		`pinnlab.set({ hidden: 1 })`:                 "hidden",
		`pinnlab.step(0)`:                            "Steps",
		`pinnlab.set({ spec: { title: "my own" } })`: "spec",
	} {
		words := eval[string](b, script+`.then(() => "accepted", (error) => error.message)`)
		if !strings.Contains(words, want) || words != b.message() {
			t.Errorf("%s: rejected with %q, the page says %q; want %s named", script, words, b.message(), want)
		}
	}
	before := b.state().Config
	eval[any](b, `pinnlab.set({ alpha: 0.25, models: ["M2"] })`)
	eval[any](b, `pinnlab.play()`)
	b.until("it plays", `pinnlab.state().then(s => s.running && s.models[0].iteration > 0)`)
	eval[any](b, `pinnlab.pause()`)
	eval[any](b, `pinnlab.reset()`)
	s := b.state()
	if s.Running || s.Models[0].Iteration != 0 || s.Config.Alpha != 0.25 || s.Config.Width != before.Width {
		t.Errorf("after set, play, pause and reset: %+v", s)
	}
}

// What a file holds goes on bit for bit.
func TestFileRoundTrip(t *testing.T) {
	b := newPlainTab(t)
	folder := t.TempDir()
	b.downloadTo(folder)
	b.open("index.html", quick+"&models=M1,M4&paused=1")
	eval[any](b, `pinnlab.step(30)`)
	b.click("export")
	var file string
	for end := time.Now().Add(patience); file == ""; time.Sleep(50 * time.Millisecond) {
		if found, _ := filepath.Glob(filepath.Join(folder, "*.json")); len(found) > 0 {
			file = found[0]
		} else if time.Now().After(end) {
			t.Fatalf("no file; the page says %q", b.message())
		}
	}
	eval[any](b, `pinnlab.step(20)`)
	want := b.state()

	eval[any](b, `pinnlab.set({ preset: "klein_gordon", models: ["M3"] })`)
	b.upload("file", file)
	b.until("the file is loaded", `document.getElementById("message").textContent.startsWith("Loaded")`)
	if s := b.state(); s.Models[0].Iteration != 30 || s.Running {
		t.Errorf("loaded at %d", s.Models[0].Iteration)
	}
	eval[any](b, `pinnlab.step(20)`)
	if got := b.state(); !reflect.DeepEqual(got, want) {
		t.Errorf("the run was\n%s\nits file gives\n%s", show(want), show(got))
	}

	wrong := filepath.Join(folder, "wrong.txt")
	if err := os.WriteFile(wrong, []byte("not a run"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.upload("file", wrong)
	b.until("a wrong file is refused", `document.getElementById("message").textContent.includes("not a run")`)
	if got := b.state(); got.Models[0].Iteration != 50 {
		t.Error("a wrong file changed the run")
	}
}

func TestKeyboard(t *testing.T) {
	b := newTab(t)
	b.open("index.html", quick)
	b.until("training", `pinnlab.state().then(s => s.running)`)
	b.drawn()
	for _, place := range []string{"the page", "the pictures"} {
		if place == "the pictures" {
			eval[any](b, "scrollTo(0, 0)")
			b.do(chromedp.MouseClickXY(800, 500))
			b.until("the pictures have the keyboard", `document.activeElement.id === "canvas"`)
		}
		b.key(" ")
		b.until("space pauses in "+place, `pinnlab.state().then(s => !s.running)`)
		n := b.state().Models[0].Iteration
		b.key("s")
		b.until("s steps in "+place, `pinnlab.state().then(s => s.models[0].iteration === `+number(n+1)+`)`)
		b.key("r")
		b.until("r resets in "+place, `pinnlab.state().then(s => s.models[0].iteration === 0)`)
		b.key(" ")
		b.until("space plays in "+place, `pinnlab.state().then(s => s.running)`)
	}
	for range 60 { // Tab leaves the pictures: sooner or later a control has the keyboard
		b.key("\t")
		if eval[bool](b, `document.activeElement.id === "play"`) {
			b.key("?")
			b.until("the help opens", `document.getElementById("help-text").open`)
			b.key("\x1b")
			b.until("and closes", `!document.getElementById("help-text").open`)
			return
		}
	}
	t.Error("Tab never comes to Play")
}

func number(v any) string { return strings.TrimSpace(show(v)) }
