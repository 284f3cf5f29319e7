//go:build !js

package web

import (
	"os"
	"testing"
)

// TestSwitchingInEngines changes the preset through every ordered pair, while one, two
// and four models train, with resizes and changes of tab, theme, axes and seed
// in between. Whatever the order, nothing of one problem is shown with another,
// and the pictures live on.
func TestSwitchingInEngines(t *testing.T) {
	script, err := os.ReadFile("testdata/switch.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range engines(t) {
		t.Run(engine, func(t *testing.T) { newTabIn(t, engine).switches(string(script), "20260101") })
	}
}

func (b *tab) switches(script, seed string) {
	b.t.Helper()
	b.open("index.html", "#preset=poisson&width=6&depth=2&batch=8")
	b.until("training", `pinnlab.state().then(s => s.running)`)
	b.until("pictures, or words that there are none", `take.panels.length > 0 ||
		!frame && document.getElementById("pictures").textContent.includes("WebGL2")`)
	eval[any](b, script)
	changes := eval[int](b, `switching.begin(`+seed+`)`)
	if changes != 3*21 { // five presets have 20 ordered pairs
		b.t.Fatalf("%d changes are planned", changes)
	}
	for i := range changes {
		eval[any](b, `switching.step(`+number(i)+`)`)
	}
	end := eval[*struct {
		Colours, Crashes int
		Strangers        []string
	}](b, `switching.end()`)
	if end == nil {
		b.t.Log("there is no WebGL2 here: tried without pictures")
	} else if end.Colours < 50 || end.Crashes > 0 || len(end.Strangers) > 0 {
		b.t.Errorf("at the end: %+v", end)
	}
	for _, words := range eval[[]string](b, `switching.wrong`) {
		b.t.Error(words)
	}
}
