//go:build !js

package web

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pinnlab/core/train"
	"pinnlab/web/drive"
)

// inEngines runs a test in each engine that is there. The test is named
// so that engines can be tested side by side: see build.sh.
func inEngines(t *testing.T, test func(b *tab, downloads string)) {
	for _, engine := range engines(t) {
		t.Run(engine, func(t *testing.T) {
			b := newTabIn(t, engine)
			test(b, browsers[engine].Downloads())
		})
	}
}

// Both forms of the page start, train and draw.
func TestStartsInEngines(t *testing.T) {
	inEngines(t, func(b *tab, _ string) {
		for _, file := range []string{"index.html", "dist/pinnlab.html"} {
			b.open(file, "")
			b.until(file+": first steps", `pinnlab.state().then(s => s.running && s.models.length === 2 &&
				s.models.every(m => m.iteration > 0 && m.status === "running"))`)
			b.changes(b.drawn())
		}
	})
}

// What a hand does acts: sliders, chips, keys, and the buttons that copy.
func TestActsInEngines(t *testing.T) {
	inEngines(t, func(b *tab, _ string) {
		b.open("index.html", quick)
		b.until("training", `pinnlab.state().then(s => s.models.every(m => m.iteration > 20))`)
		was := b.state().Models[0].Iteration
		b.drag("lr", 0.67, 0.5)
		b.until("the slider acts", `pinnlab.state().then(s => s.config.learningRate < 1.2e-3 && s.config.learningRate > 8e-4 &&
			s.models.every(m => Math.abs(m.learningRate / (s.config.learningRate * 0.9 ** (m.iteration / 1000)) - 1) < 0.01))`)
		if now := b.state().Models[0].Iteration; now < was {
			b.t.Errorf("the slider restarted M1: it was at %d and is at %d", was, now)
		}
		b.click("model-M2")
		b.click("model-M3")
		b.until("all four train", `pinnlab.state().then(s => s.models.length === 4 && s.models.every(m => m.iteration > 20))`)
		b.changes(b.drawn())

		eval[any](b, `document.activeElement.blur()`)
		b.must(b.Type(" "))
		b.until("space pauses", `pinnlab.state().then(s => !s.running)`)
		for id, words := range map[string]string{"share": "link", "copy": "table"} {
			b.click(id)
			b.until(id+" says what it did", `document.getElementById("message").textContent.toLowerCase().includes("`+words+`")`)
		}
		// Where a browser forbids it, the message says what to do.
		eval[any](b, `Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }) && null`)
		for id, words := range map[string]string{"share": "address bar", "copy": "by hand"} {
			b.click(id)
			b.until(id+" says what to do", `document.getElementById("message").textContent.includes("`+words+`")`)
		}
	})
}

// A link replays, and a file goes on with, what the engine computes natively,
// to the last bit of every parameter and of all else that a run is.
func TestSameBitsInEngines(t *testing.T) {
	cfg, err := train.Default("helmholtz", "M4")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Seed = 7
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	advance := func(n int) []byte {
		for range n {
			if err := run.Step(); err != nil {
				t.Fatal(err)
			}
		}
		return run.Checkpoint()
	}
	at200, at220 := advance(200), advance(20)
	squares := trained(t, `{"preset":"helmholtz","method":"GN","seed":7,"width":12,"depth":2,"batch":200}`, 20)
	inEngines(t, func(b *tab, downloads string) {
		b.open("index.html", "#preset=helmholtz&models=M4&seed=7&paused=1")
		eval[any](b, `pinnlab.step(200)`)
		file := filepath.Join(downloads, "pinnlab-helmholtz-M4-it200-run.json")
		b.click("export")
		if !bytes.Equal(b.checkpoint(file), at200) {
			b.t.Error("200 steps of a link give other bits than natively")
		}

		eval[any](b, `pinnlab.set({ preset: "poisson", models: ["M1"] })`)
		b.must(b.Upload("file", file))
		b.until("the file is loaded", `document.getElementById("message").textContent.startsWith("Loaded")`)
		eval[any](b, `pinnlab.step(20)`)
		b.click("export")
		if !bytes.Equal(b.checkpoint(filepath.Join(downloads, "pinnlab-helmholtz-M4-it220-run.json")), at220) {
			b.t.Error("20 steps on from a file give other bits than natively")
		}

		b.open("index.html", "#preset=helmholtz&models=GN&seed=7&paused=1&GN=width:12,depth:2,batch:200")
		eval[any](b, `pinnlab.step(20)`)
		if b.bits()[0].Checkpoint != squares {
			b.t.Error("20 steps of Gauss-Newton give other bits than natively")
		}
	})
}

// The page that measures does so, the start of the page in a frame included.
func TestBenchInEngines(t *testing.T) {
	inEngines(t, func(b *tab, _ string) {
		b.open("bench.html", "#sets=steps,start&laps=1&millis=5&match=M1")
		b.measure()
		for _, want := range []string{"| Helmholtz M1, 128 points, width 50 | ", "| first picture | "} {
			if text := eval[string](b, "bench.markdown()"); !strings.Contains(text, want) {
				b.t.Errorf("no %q in\n%s", want, text)
			}
		}
	})
}

// checkpoint waits for a saved run of one model and returns all that it is.
func (b *tab) checkpoint(file string) []byte {
	b.t.Helper()
	var saved struct {
		Models []struct{ Checkpoint []byte }
	}
	b.poll(filepath.Base(file), func() bool {
		text, err := os.ReadFile(file)
		return err == nil && json.Unmarshal(text, &saved) == nil
	})
	if len(saved.Models) != 1 {
		b.t.Fatalf("%d models are saved", len(saved.Models))
	}
	return saved.Models[0].Checkpoint
}

// Without WebGL the page says, where the pictures would be, that there are none,
// and goes on saying it, while all else works.
func TestNoPicturesInEngines(t *testing.T) {
	for _, engine := range engines(t) {
		t.Run(engine, func(t *testing.T) {
			own := &shared{}
			t.Cleanup(own.close)
			b := own.tab(t, engine, drive.Options{Folder: ".", NoWebGL: true})
			b.open("index.html", quick)
			b.until("it trains", `pinnlab.state().then(s => s.models.every(m => m.iteration > 50))`)
			b.until("it says so in the stage", `document.getElementById("stage").innerText.includes("lacks WebGL2")`)
			b.until("it trains on", `pinnlab.state().then(s => s.models.every(m => m.iteration > 200))`)
			if words := eval[string](b, `document.getElementById("stage").innerText`); !strings.Contains(words, "lacks WebGL2") {
				b.t.Errorf("200 iterations on the stage says %q", words)
			}
			b.until("the table has the numbers", `[...document.querySelectorAll("#numbers tbody tr")].every(
				r => /\de-?\d|\d\.\d/.test(r.cells[4].textContent))`)
			if !eval[bool](b, `document.getElementById("stage").getBoundingClientRect().bottom <=
				document.getElementById("numbers").getBoundingClientRect().top`) {
				b.t.Error("the numbers are not below")
			}
			b.click("take")
			b.click("take-png")
			b.until("the export says so", `document.getElementById("message").textContent.includes("WebGL2")`)
		})
	}
}
