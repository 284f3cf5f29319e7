//go:build !js

package web

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// diverging is a run whose gradient is soon too large for a float32: ten
// layers, each multiplied by another, and steps of size 1.
const diverging = "#preset=helmholtz&models=M3&gated=modified-2020&width=24&depth=10&batch=1&decay=1&lr=1"

func TestDivergence(t *testing.T) {
	b := newTab(t)
	b.open("index.html", diverging)
	b.until("divergence is reported", `pinnlab.state().then(s => s.models[0].status === "diverged" && !s.running)`)
	m := b.message()
	for _, word := range []string{"M3", "diverged", "step ", "not finite"} {
		if !strings.Contains(m, word) {
			t.Errorf("the message has no %q: %q", word, m)
		}
	}
	b.drawn() // the last good picture
	if words := eval[string](b, `pinnlab.play().then(() => "", (e) => e.message)`); !strings.Contains(words, "Reset") {
		t.Errorf("playing on gives %q", words)
	}
	at := b.state().Models[0].Iteration

	// Reset does the same again; the other way on is a smaller learning rate.
	eval[any](b, `document.querySelectorAll("#actions button")[0].id = "again"`)
	b.click("again")
	eval[any](b, `pinnlab.play()`)
	b.until("divergence is reported again", `pinnlab.state().then(s => s.models[0].status === "diverged")`)
	if again := b.state().Models[0].Iteration; again != at {
		t.Errorf("it diverged after %d steps, and again after %d", at, again)
	}
	eval[any](b, `document.querySelectorAll("#actions button")[1].id = "smaller"`)
	b.click("smaller")
	b.until("a smaller learning rate", `pinnlab.config().then(c => c.learningRate === 0.1)`)
	b.until("iteration 0", `pinnlab.state().then(s => s.models[0].status === "ready" || s.models[0].status === "running")`)
	if m := b.message(); m != "Reset to iteration 0." {
		t.Errorf("after the reset the page says %q", m)
	}
	b.until("it can go on", `pinnlab.step(1).then(() => true)`)
}

func TestDeadWorker(t *testing.T) {
	kills := map[string]string{
		"gone without a word": `lab.trainers.get("M4").worker.terminate()`,
		"an error":            `lab.trainers.get("M4").worker.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }))`,
	}
	for name, kill := range kills {
		t.Run(name, func(t *testing.T) {
			b := newPlainTab(t)
			b.open("index.html", quick)
			b.until("training", `pinnlab.state().then(s => s.models.every(m => m.iteration > 0))`)
			eval[any](b, kill)
			at := b.state().Models[0].Iteration
			again := func(died string) {
				b.until(died+" is told, and M4 goes on", `document.getElementById("message").textContent.startsWith("M4 stopped (")
					&& document.getElementById("message").textContent.includes("goes on from iteration")`)
				b.until("M4 trains again", `pinnlab.state().then(s => s.models[1].status === "running" && s.models[1].iteration > 0)`)
				eval[any](b, `say("")`)
			}
			for n := range 3 { // by itself
				if n > 0 {
					eval[any](b, kill)
				}
				again("death " + number(n+1))
			}
			eval[any](b, kill)
			b.until("no more", `document.getElementById("message").textContent.startsWith("M4 stopped again: ")`)
			b.until("M1 trains on", `pinnlab.state().then(s => s.models[0].status === "running" && s.models[1].status === "stopped")`)
			eval[any](b, `document.querySelector("#actions button").id = "revive"`)
			b.click("revive")
			b.until("M4 trains when it is asked for", `pinnlab.state().then(s => s.models[1].status === "running" && s.models[1].iteration > 0)`)
			if s := b.state(); s.Models[0].Iteration < at {
				t.Error("the restart of M4 restarted M1")
			}
		})
	}
}

// A Go program that ends by itself says why.
func TestProgramFailure(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick)
	b.until("training", `pinnlab.state().then(s => s.running)`)
	eval[any](b, `lab.trainers.get("M1").receive({ failed: "panic: train: a mistake" })`)
	b.until("the reason is shown", `document.getElementById("message").textContent.includes("panic: train: a mistake")`)
	b.until("reset revives it", `pinnlab.reset().then(() => pinnlab.state()).then(s => s.models[0].status !== "stopped")`)
}

// A lost WebGL context loads the canvas again, and nothing else.
func TestLostContext(t *testing.T) {
	b := newTab(t)
	b.tolerate = "CONTEXT_LOST"
	b.open("index.html", quick)
	b.until("training", `pinnlab.state().then(s => s.running)`)
	b.drawn()
	at := b.state().Models[0].Iteration
	eval[any](b, `(() => {
		const frame = document.getElementById("canvas");
		frame.contentWindow.before = true;
		frame.contentDocument.querySelector("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext();
	})()`)
	b.until("the canvas is new", `document.getElementById("canvas").contentWindow.before !== true
		&& !!document.getElementById("canvas").contentDocument.querySelector("canvas")`)
	b.drawn()
	if s := b.state(); s.Models[0].Iteration < at || !s.Running {
		t.Errorf("the run was at %d and is at %d", at, s.Models[0].Iteration)
	}
}

// What the browser lacks is named, and what can work without it works.
func TestMissingFeatures(t *testing.T) {
	tests := []struct{ name, script, element, want string }{
		{"SIMD", `WebAssembly.validate = () => false`, "message", "WebAssembly SIMD"},
		{"DecompressionStream", `delete window.DecompressionStream`, "message", "DecompressionStream"},
		{"WebAssembly", `delete window.WebAssembly`, "message", "WebAssembly"},
		{"WebGL2", `HTMLCanvasElement.prototype.getContext = () => null`, "pictures", "WebGL2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newTab(t)
			if test.element == "message" {
				b.tolerate = "Uncaught (in promise)"
			}
			b.before(test.script)
			b.open("index.html", quick)
			b.until("it is named", `document.getElementById("`+test.element+`").textContent.includes("`+test.want+`")`)
			if test.element == "pictures" {
				b.until("training goes on without pictures", `pinnlab.state().then(s => s.models.every(m => m.iteration > 0))`)
			}
		})
	}
}

func TestUnbuiltPage(t *testing.T) {
	b := newPlainTab(t)
	b.tolerate = "ERR_FILE_NOT_FOUND"
	folder := t.TempDir()
	files, err := filepath.Glob("*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.open(filepath.Join(folder, "index.html"), "")
	b.until("it says what to do", `document.getElementById("message").textContent.includes("./build.sh")`)
}

// downloadTo lets the page save files into folder.
func (b *tab) downloadTo(folder string) {
	b.t.Helper()
	_, err := chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
		BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID})
	if err != nil {
		b.t.Fatal(err)
	}
}

// upload gives a file to a file input.
func (b *tab) upload(id, file string) {
	b.t.Helper()
	b.must(b.Upload(id, file))
}

func (b *tab) key(key string) {
	b.t.Helper()
	b.must(b.Type(key))
}

// show prints v for a person.
func show(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
