//go:build !js

package web

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pinnlab/core/method"
	"pinnlab/core/train"
)

// small is a quick run of all four models that waits to be stepped.
const small = "#preset=helmholtz&models=M1,M2,M3,M4&width=12&depth=2&batch=16&paused=1"

// TestRaceEqualsNative compares every number of the page with those of the same
// runs outside the browser, bit for bit.
func TestRaceEqualsNative(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", strings.Replace(small, "M4", "M4,GN", 1)+"&GN=width:8,depth:2,batch:60,perSide:10&pace=step&rule=siam&seed=5")
	eval[any](b, `pinnlab.step(50)`)
	got := eval[struct{ Models []map[string]any }](b, "pinnlab.state()")
	if len(got.Models) != len(method.Names()) {
		t.Fatalf("%d models", len(got.Models))
	}
	for i, model := range method.Names() {
		own := `"width":12,"depth":2,"batch":16`
		if model == "GN" {
			own = `"width":8,"depth":2,"batch":60,"perSide":10`
		}
		raw := `{"preset":"helmholtz","model":"` + model + `",` + own + `,"seed":5,"rule":"siam"}`
		cfg, problems := train.Resolve([]byte(raw))
		if len(problems) > 0 {
			t.Fatal(problems[0])
		}
		run, err := train.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			if err := run.Step(); err != nil {
				t.Fatal(err)
			}
		}
		text, err := json.Marshal(run.State())
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]any
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"iteration", "learningRate", "losses", "lambdas", "lambdaHats", "estimates", "gradients", "relL2", "errorBands"} {
			if !reflect.DeepEqual(got.Models[i][name], want[name]) {
				t.Errorf("%s: %s is %s, natively %s", model, name, show(got.Models[i][name]), show(want[name]))
			}
		}
	}
}

// In step, all models stand at the same iteration whenever they pause, also
// when some were behind.
func TestInStep(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small+"&models=M1,M3&pace=free")
	eval[any](b, `pinnlab.step(20)`)
	eval[any](b, `lab.trainers.get("M1").request({ do: "step", n: 30 })`)
	b.click("pace")
	b.until("the link says so", `location.hash.includes("pace=step")`)
	b.click("play")
	b.until("both run", `pinnlab.state().then(s => s.running && s.pace === "step" && s.models.every(m => m.iteration > 100))`)
	for range 3 {
		eval[any](b, `pinnlab.pause()`)
		s := b.state()
		if s.Running || s.Models[0].Iteration != s.Models[1].Iteration {
			t.Errorf("paused at %d and %d, running %v", s.Models[0].Iteration, s.Models[1].Iteration, s.Running)
		}
		at := number(s.Models[0].Iteration)
		eval[any](b, `pinnlab.play()`)
		b.until("it goes on", `pinnlab.state().then(s => s.running && s.models.every(m => m.iteration > `+at+`))`)
	}
	eval[any](b, `pinnlab.pace("free")`)
	at := number(b.state().Models[0].Iteration)
	b.until("they run freely", `pinnlab.state().then(s => s.running && s.pace === "free" && s.models.every(m => m.iteration > `+at+` + 20))`)
	// A table to take along.
	eval[any](b, `(navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }, 0)`)
	b.click("copy")
	b.until("the table is copied", `!!window.copied`)
	rows := strings.Split(strings.TrimSpace(eval[string](b, `window.copied`)), "\n")
	if len(rows) != 3 || !strings.HasPrefix(rows[0], "model\titeration\t") || len(strings.Split(rows[2], "\t")) != 12 {
		t.Errorf("copied %q", rows)
	}
}

// What a person does to running models shows in their numbers, and can be undone.
func TestExperiments(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(40)`)
	first := b.state()
	b.click("keep")
	b.until("the point is kept", `document.getElementById("message").textContent.includes("Kept iteration 40")`)

	eval[any](b, `pinnlab.freeze("M2", true)`)
	eval[any](b, `pinnlab.step(20)`)
	s := b.state()
	if !reflect.DeepEqual(s.Models[1].Lambdas, first.Models[1].Lambdas) || !s.Models[1].Frozen {
		t.Errorf("frozen, λ went from %v to %v", show(first.Models[1].Lambdas), show(s.Models[1].Lambdas))
	}
	if reflect.DeepEqual(s.Models[3].Lambdas, first.Models[3].Lambdas) {
		t.Error("freezing M2 froze M4")
	}

	// By hand, through the panel.
	b.click("experiments-M4")
	b.until("the panel is open", `document.getElementById("experiments-M4").ariaExpanded === "true"`)
	b.write("lambda-M4-bcs", "12.5\n")
	b.until("λ is set", `pinnlab.state().then(s => s.models[3].lambdas.bcs === 12.5 && s.models[3].frozen)`)
	b.do(chromedp.KeyEvent("\x1b"))
	words := eval[string](b, `pinnlab.setLambda("M2", { bcs: -1 }).then(() => "", (e) => e.message)`)
	if !strings.Contains(words, "lambda.bcs") {
		t.Errorf("a negative weight is met by %q", words)
	}

	// M1 starts from M2, weights and all; with its own rule it leaves λ alone.
	eval[any](b, `pinnlab.fork("M2", "M1")`)
	s = b.state()
	if s.Models[0].Iteration != 60 || *s.Models[0].RelL2 != *s.Models[1].RelL2 {
		t.Errorf("the fork is %s of %s", show(s.Models[0]), show(s.Models[1]))
	}
	if words := eval[string](b, `pinnlab.fork("M1", "M3").then(() => "", (e) => e.message)`); !strings.Contains(words, "networks differ") {
		t.Errorf("an impossible fork is met by %q", words)
	}

	b.click("kept")
	b.until("the list is open", `document.getElementById("kept").ariaExpanded === "true"`)
	eval[any](b, `(document.querySelector("#kept-list .item").id = "first-kept", 0)`)
	b.click("first-kept")
	b.until("back", `document.getElementById("message").textContent.startsWith("Back at iteration 40")`)
	if s := b.state(); !reflect.DeepEqual(s.Models, first.Models) {
		t.Errorf("kept was\n%s\nback is\n%s", show(first.Models), show(s.Models))
	}
	for range 7 {
		eval[any](b, `pinnlab.keep()`)
	}
	if n := eval[int](b, `lab.savepoints.kept.length`); n != 6 {
		t.Errorf("%d points are kept", n)
	}
}
