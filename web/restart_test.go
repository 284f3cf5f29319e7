//go:build !js

package web

import (
	"strings"
	"testing"
)

// plants are ways to make the canvas program fail: what the browser tells it
// is not what it can be, so that it panics and recovers, or a call into the
// browser throws, so that it is cut off in the middle.
var plants = map[string]string{
	"a panic": `Object.defineProperty(w, "innerWidth", { get: () => "planted" });
		w.dispatchEvent(new Event("resize"))`,
	"an exception": `w.performance.now = () => { throw new Error("planted"); };
		w.dispatchEvent(new w.PointerEvent("pointermove", { clientX: 300, clientY: 300 }))`,
}

// plant makes the canvas program fail.
func (b *tab) plant(name string) {
	b.t.Helper()
	eval[any](b, `(() => { const w = document.getElementById("canvas").contentWindow; w.before = true; `+plants[name]+`; })()`)
}

// TestCanvasFails: the pictures say that they stopped and start again, with the
// tab and the moment that were shown; the run goes on.
func TestCanvasFails(t *testing.T) {
	for name := range plants {
		t.Run(name, func(t *testing.T) {
			b := newTab(t)
			b.tolerate = "planted"
			b.open("index.html", quick)
			b.until("training", `pinnlab.state().then(s => s.models.every(m => m.iteration > 50))`)
			b.drawn()
			eval[any](b, `pinnlab.pause()`)
			eval[any](b, `pinnlab.view({ tab: "gradients" })`)
			eval[any](b, `pinnlab.scrub(10)`)
			before := b.state()
			eval[any](b, `(() => {
				window.heard = [];
				const line = document.getElementById("pictures");
				new MutationObserver(() => heard.push(line.textContent)).observe(line, { childList: true });
				window.sent = [];
				const { send } = frame;
				frame.send = function (head, body) { sent.push(head); return send.call(this, head, body); };
			})()`)
			b.plant(name)
			b.until("the pictures are new", `frame.crashes.length === 1 && !frame.down && take.panels.some(p => p.id.startsWith("M4-gradients"))
				&& document.getElementById("canvas").contentWindow.before !== true && document.getElementById("pictures").textContent === ""`)
			b.drawn()
			heard := eval[[]string](b, `heard`)
			if len(heard) == 0 || !strings.Contains(heard[0], "stopped") || !strings.Contains(heard[0], "training goes on") {
				t.Errorf("it said %q", heard)
			}
			if !eval[bool](b, `sent.some(h => h.do === "view" && h.past === 10) && sent.some(h => h.do === "show" && h.slot === "M4")`) {
				t.Errorf("the new pictures were told %v", eval[any](b, `sent`))
			}
			if after := b.state(); show(after.Models) != show(before.Models) {
				t.Errorf("the run was\n%s\nand is\n%s", show(before.Models), show(after.Models))
			}
		})
	}
}

// TestCanvasKeepsFailing: after some tries the pictures stay off, and come back
// when a person asks.
func TestCanvasKeepsFailing(t *testing.T) {
	b := newTab(t)
	b.open("index.html", quick)
	b.until("training", `pinnlab.state().then(s => s.running)`)
	for n := range 4 {
		b.until("pictures", `!frame.down && take.panels.length > 0`)
		b.plant("a panic")
		b.until("it is noticed", `frame.crashes.length === `+number(n+1))
	}
	b.until("they are off", `document.getElementById("pictures").textContent.includes("They are off now")`)
	at := number(b.state().Models[0].Iteration)
	b.until("training goes on", `pinnlab.state().then(s => s.running && s.models[0].iteration > `+at+`)`)
	eval[any](b, `document.querySelector("#pictures button").click()`)
	b.until("they are back", `!frame.down && take.panels.length > 0 && document.getElementById("pictures").textContent === ""`)
	b.drawn()
}

// TestTrainerFails plants a panic in the worker of one model, in the middle of
// its work: the other trains on, and the one is started again.
func TestTrainerFails(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick+"&models=M1")
	b.until("training", `pinnlab.state().then(s => s.running)`)
	// Workers made from now on can be told to throw once when they next speak.
	eval[any](b, `(() => {
		Boot.source = undefined;
		Boot.dist().worker += '\n;addEventListener("message", ({ data }) => { if (!data.planted) return;' +
			'const post = self.postMessage; self.postMessage = () => { self.postMessage = post; throw new Error("planted"); }; });';
	})()`)
	eval[any](b, `pinnlab.set({ models: ["M1", "M4"] })`)
	b.until("both train", `pinnlab.state().then(s => s.models.length === 2 && s.models.every(m => m.iteration > 0))`)
	eval[any](b, `(lab.trainers.get("M4").worker.postMessage({ planted: true }), 0)`)
	b.until("it is said", `document.getElementById("message").textContent.startsWith("M4 stopped (")
		&& document.getElementById("message").textContent.includes("planted")`)
	at := number(b.state().Models[0].Iteration)
	b.until("M1 trains on", `pinnlab.state().then(s => s.models[0].status === "running" && s.models[0].iteration > `+at+`)`)
	b.until("M4 trains again", `pinnlab.state().then(s => s.models[1].status === "running" && s.models[1].iteration > 0)`)
}
