//go:build !js

package web

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// slow makes the checking of settings take a while, as on a busy machine: what
// a person does meanwhile must not be lost.
const slow = `(() => {
	const check = lab.check.bind(lab);
	lab.check = async (...all) => { await new Promise((r) => setTimeout(r, 400)); return check(...all); };
})()`

// No click, key or typed letter is undone by an earlier change that comes into
// force after it.
func TestNothingIsLost(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick+"&models=M1,M2,M3,M4&paused=1")
	b.until("ready", `pinnlab.state().then(s => s.models.every(m => m.status === "ready"))`)
	eval[any](b, slow)
	for _, m := range []string{"M1", "M2", "M3", "M4"} {
		b.click("model-" + m)
	}
	b.until("the last model stays", `document.getElementById("message").textContent.includes("at least one")`)
	if s := b.state(); !slices.Equal(s.Config.Models, []string{"M4"}) {
		t.Errorf("left are %v", s.Config.Models)
	}
	b.until("it is shown", `["M1", "M2", "M3", "M4"].every(m => document.getElementById("model-" + m).checked === (m === "M4"))`)

	// Keys on a slider count from where it is, not from where it was.
	eval[any](b, `document.getElementById("alpha").focus()`)
	for range 5 {
		b.do(chromedp.KeyEvent(arrowRight))
	}
	b.until("five steps of alpha", `pinnlab.config().then(c => Math.abs(c.alpha - 0.15) < 1e-9)`)

	// Two parameters, one right after the other, and letters that are still
	// being typed when both have come into force.
	b.write("param-k-value", "2")
	b.write("param-a1-value", "3")
	b.click("width")
	eval[any](b, `document.getElementById("width").select()`)
	b.do(chromedp.KeyEvent("2"))
	b.until("both parameters", `pinnlab.config().then(c => c.params.k === 2 && c.params.a1 === 3)`)
	b.do(chromedp.KeyEvent("4\t"))
	b.until("the width as typed", `pinnlab.config().then(c => c.width === 24)`)
}

// What cannot be is refused by name, in the message and beside the entry, which
// keeps it until Escape, or a right value, which takes the message away too.
func TestBadInput(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick+"&models=M1,M2&paused=1")
	b.until("ready", `pinnlab.state().then(s => s.models.every(m => m.status === "ready"))`)
	before := b.state().Config
	for _, bad := range []struct{ id, text, named string }{
		{"lr-value", "fast", "Learning rate"}, {"lr-value", "", "Learning rate"}, {"lr-value", "-1", "Learning rate"}, {"lr-value", "0,001", "0.001"},
		{"alpha-value", "x", "Annealing α"}, {"alpha-value", "2", "Annealing α"},
		{"width", "0", "Width"}, {"width", "1e9", "Width"}, {"width", "", "Width"}, {"width", "2.5", "Width"},
		{"depth", "-3", "Depth"}, {"batch", "0", "Batch"}, {"seed", "-1", "from 0 on"}, {"seed", "1.5", "Seed"}, {"seed", "9007199254740993", "below 2^53"},
		{"param-k-value", "k", "k"}, {"param-a1-value", "", "a1"}, {"param-a2-value", "1e300", "a2"},
	} {
		eval[any](b, `say("")`)
		was := eval[string](b, `document.getElementById("`+bad.id+`").value`)
		if bad.text == "" {
			b.click(bad.id)
			eval[any](b, `document.getElementById("`+bad.id+`").select()`)
			b.do(chromedp.KeyEvent("\b\t"))
		} else {
			b.write(bad.id, bad.text)
		}
		b.until(bad.id+" refuses "+bad.text, `document.getElementById("message").textContent !== ""`)
		if m := b.message(); !strings.Contains(m, bad.named) {
			t.Errorf("%q in %s is met by %q", bad.text, bad.id, m)
		}
		b.until(bad.id+" says so", `document.activeElement !== null && byID("`+bad.id+`").ariaInvalid === "true"
			&& byID("`+bad.id+`").getAttribute("aria-describedby").includes("`+bad.id+`-fault") && byID("`+bad.id+`-fault").textContent.includes("It stays")`)
		eval[any](b, `byID("`+bad.id+`").focus()`)
		b.do(chromedp.KeyEvent("\u001b"))
		b.until(bad.id+" shows what is", `byID("`+bad.id+`").value === "`+was+`" && byID("`+bad.id+`").ariaInvalid === null && !byID("`+bad.id+`-fault")`)
	}
	if now := b.state().Config; show(now) != show(before) {
		t.Errorf("bad input changed\n%s to\n%s", show(before), show(now))
	}
	b.write("width", "999")
	b.until("a wrong width", `byID("width").ariaInvalid === "true" && byID("message").textContent.startsWith("Width: 999 must be")`)
	b.write("width", "17")
	b.until("a right one", `byID("width").ariaInvalid === null && !byID("width-fault") && !byID("message").textContent.includes("999")`)
	eval[any](b, `pinnlab.set({ width: `+strconv.Itoa(before.Width)+` })`)
	b.click("experiments-M2")
	b.until("the panel", `document.getElementById("experiments-M2").ariaExpanded === "true"`)
	b.write("lambda-M2-bcs", "heavy\n")
	b.until("a weight that is none", `document.getElementById("message").textContent.includes("lambda")`)
}

// TestScriptsAreRefusedInWords gives the page's functions what they cannot take.
func TestScriptsAreRefusedInWords(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick+"&models=M1&paused=1&width=20&width=12")
	b.until("the link's words", `byID("message").textContent.includes("width") || byID("message").textContent.includes("Width")`)
	if m := b.message(); !strings.Contains(m, "Width: is given twice") {
		t.Errorf("a setting given twice is met by %q", m)
	}
	for call, want := range map[string]string{
		`set(null)`: "set takes an object of settings", `set(3)`: "set takes an object", `set({params: 5})`: "an object of numbers",
		`set({models: "M1"})`: "at least one of M1 to M4", `set({width: NaN})`: `"NaN" is not a whole number`, `set({width: "1e2"})`: "in quotes: write 1e2",
		`set({learningRate: "0,001"})`: "Learning rate", `set({params: {a1: Infinity}})`: `"Infinity" is not a number`, `set({colour: 1})`: "is no setting",
		`set({params: {b: 1}})`: "there are a1, a2, k", `set({preset: "helmholz"})`: `did you mean "helmholtz"`,
		`step(1.5)`: "1.5 is not a whole number from 1 to", `step(0)`: "0 is not a whole number", `step("many")`: "many is not", `step(null)`: "null is not",
		`view(null)`: "view takes an object", `view({tab: "x"})`: "there is no x", `scrub("x")`: "x is not an iteration",
		`setLambda("M1", null)`: "an object of weights", `setLambda("M1", {bcs: NaN})`: `"NaN" is not a number`, `freeze("M9")`: "M9 does not train", `back("x")`: "no longer kept",
		`pace("fast")`: "step or free",
	} {
		got := eval[string](b, `pinnlab.`+call+`.then(() => "taken", (error) => error.message)`)
		for _, leak := range []string{"TypeError", "undefined", "json", "Cannot ", "Go "} {
			if strings.Contains(got, leak) {
				t.Errorf("%s: %q leaks in %s", call, leak, got)
			}
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", call, got, want)
		}
	}
}

// Every problem trains from a file, and the number that turns it hard can be
// changed.
func TestPresets(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "#preset=poisson&models=M2&width=8&depth=2&batch=8")
	b.until("it is there", `pinnlab.state().then(s => s.models.length === 1)`)
	for preset, change := range map[string]string{
		"poisson": `{ C: 8 }`, "helmholtz": `{ a2: 2 }`, "klein_gordon": `{ gamma: 2 }`,
		"cavity_streamfunction": `{ Re: 400 }`, "cavity_velocity": `{ Re: 400 }`,
	} {
		eval[any](b, `pinnlab.set({ preset: "`+preset+`", width: 8, depth: 2, batch: 8 })`)
		trains := `pinnlab.state().then(s => s.config.preset === "` + preset + `" && s.running && s.models.every(m =>
			m.iteration > 20 && m.relL2 > 0 && Object.values(m.losses).every(Number.isFinite)))`
		b.until(preset+" trains", trains)
		eval[any](b, `pinnlab.set({ params: `+change+` })`)
		b.until(preset+" trains with another parameter", trains)
		if m := eval[string](b, `document.getElementById("notice").className`); m == "error" {
			t.Errorf("%s: %s", preset, b.message())
		}
	}
	b.drawn()
}
