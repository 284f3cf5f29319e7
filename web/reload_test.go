//go:build !js

package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pinnlab/web/drive"
)

// written is true once the storage has the run as it is.
const written = `keep.save().then(() => keep.trouble === "" && keep.whole)`

// reload loads the page again.
func (b *tab) reload() {
	b.t.Helper()
	b.must(b.Reload())
	b.until("it starts again", `typeof pinnlab === "object" && pinnlab.state().then(s => s.models.length > 0)`)
}

// TestReloadInEngines loads the page again, paused and playing, with runs and points to
// come back to, beside another tab with the same link.
func TestReloadInEngines(t *testing.T) {
	for _, engine := range engines(t) {
		t.Run(engine, func(t *testing.T) {
			if engine == drive.WebKit { // holds back the pages of windows that are not seen: one tab alone
				reloadsAlone(t, newTabIn(t, engine))
				return
			}
			reloads(t, newTabIn(t, engine), newTabIn(t, engine))
		})
	}
}

func reloadsAlone(t *testing.T, a *tab) {
	a.open("index.html", small)
	eval[any](a, `pinnlab.step(20)`)
	if eval[string](a, "keep.trouble") != "" {
		a.until("it is said", `document.getElementById("message").textContent.includes("kept no longer")`)
		t.Skip("this browser lets the page store nothing, and the page says so")
	}
	want := a.bits()
	a.until("it is written", written)
	a.reload()
	a.same("a reload", want)
}

func reloads(t *testing.T, a, other *tab) {
	a.open("index.html", small)
	eval[any](a, `pinnlab.step(20)`)
	if eval[string](a, "keep.trouble") != "" {
		a.until("it is said", `document.getElementById("message").textContent.includes("kept no longer")`)
		t.Skip("this browser lets the page store nothing, and the page says so")
	}
	eval[any](a, `pinnlab.set({ learningRate: 2e-3 })`)
	eval[any](a, `pinnlab.keep()`)
	eval[any](a, `pinnlab.step(5)`)
	first := a.bits()
	eval[any](a, `pinnlab.reset().then(() => pinnlab.step(9))`)
	second := a.bits()
	a.until("it is written", written)

	other.open("index.html", small)
	eval[any](other, `pinnlab.step(3)`)
	third := other.bits()
	other.until("it is written", written)

	a.reload()
	a.same("a reload", second)
	if a.state().Running {
		t.Error("a paused page plays when it is loaded again")
	}
	other.reload()
	other.same("a reload of the other tab", third)
	eval[any](a, `pinnlab.undo()`)
	a.same("undo after a reload", first)
	if n := eval[int](a, `pinnlab.back()`); n != 20 {
		t.Errorf("the kept point is at %d", n)
	}
	eval[any](a, `pinnlab.play()`)
	a.until("it plays", `pinnlab.state().then(s => s.running && s.models.every(m => m.iteration > 40))`)
	a.until("it is written", written)
	a.reload()
	a.until("it plays on", `pinnlab.state().then(s => s.running && s.models.every(m => m.iteration > 40))`)
}

// TestReloadUnderWay has the address change when the page is being loaded again
// already: it comes back with the address of before, and with the run.
func TestReloadUnderWay(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(7)`)
	b.until("it is written", written)
	want := b.bits()
	address := eval[string](b, `location.hash`)
	eval[any](b, `(location.reload(), views.set({ tab: "gradients" }), trail.write(), 0)`)
	b.until("it starts again", `typeof pinnlab === "object" && pinnlab.state().then(s => s.models.length > 0)`)
	b.same("a reload while the address changes", want)
	if now := eval[string](b, `location.hash`); now != address && !strings.Contains(now, "gradients") {
		t.Errorf("the address is %s", now)
	}
}

// TestCrash ends the renderer; a new tab offers the run, and brings back every bit.
func TestCrash(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(25)`)
	want := b.bits()
	b.until("it is written", written)
	gone, cancel := context.WithTimeout(b.ctx, time.Second) // nobody answers
	chromedp.Call(gone, page.Crash, cdp.Empty{})
	cancel()

	next := newPlainTab(t)
	next.open("index.html", "#preset=poisson&models=M1&paused=1")
	next.until("the run is offered", `document.getElementById("message").textContent.startsWith("Your last run: Helmholtz equation, M1 M2 M3 M4, iteration 25.")`)
	next.action("Bring back")
	next.until("it is back", `document.getElementById("message").textContent.startsWith("Back at iteration 25")`)
	next.same("a crash", want)
	next.until("the address is that run's", `location.hash.includes("preset=helmholtz")`)
	next.until("it is written", written)
	next.reload()
	next.same("a reload after that", want)
}

// TestNothingLostInPlace: a lost WebGL context and a trainer that dies.
func TestNothingLostInPlace(t *testing.T) {
	b := newTab(t)
	b.tolerate = "CONTEXT_LOST"
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(15)`)
	want := b.bits()
	b.drawn()
	eval[any](b, `(document.getElementById("canvas").contentDocument.querySelector("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext(), 0)`)
	b.same("a lost context", want)
	b.until("it is written", written)
	eval[any](b, `(lab.trainers.get("M3").worker.terminate(), 0)`)
	b.until("M3 is back", `document.getElementById("message").textContent === "M3 stopped (its worker is gone) and goes on from iteration 15."`)
	b.same("a trainer that was started again", want)
}

// TestStorageFails: training goes on without storage, and it is said once.
func TestStorageFails(t *testing.T) {
	for name, c := range map[string]struct{ script, words string }{
		"refused":    {`Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } })`, "lets the page store nothing"},
		"missing":    {`Object.defineProperty(window, "indexedDB", { value: undefined })`, "lets the page store nothing"},
		"silent":     {`IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ getAll: () => ({}) }) });`, "lets the page store nothing"},
		"full":       {`IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }`, "storage is full"},
		"no session": {`Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); } })`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newPlainTab(t)
			b.before(c.script)
			b.open("index.html", small)
			eval[any](b, `pinnlab.step(5)`)
			want := b.bits()
			if c.words != "" {
				b.until("it is said", fmt.Sprintf(`document.getElementById("message").textContent.includes(%q)`, c.words))
			}
			eval[any](b, `pinnlab.reset()`)
			b.click("play")
			b.until("training goes on", `pinnlab.state().then(s => s.running && s.models.every(m => m.iteration > 10))`)
			eval[any](b, `pinnlab.pause().then(() => keep.save())`)
			if m := b.message(); c.words != "" && strings.Contains(m, c.words) {
				t.Errorf("it is said again: %q", m)
			}
			eval[any](b, `lab.savepoints.bring(lab.savepoints.earlier[0].id)`)
			b.same("undo without storage", want)
		})
	}
}

// TestDamagedStorage: what the storage gives back is checked like a file.
func TestDamagedStorage(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small)
	for name, damage := range map[string]string{
		"a bit": "new Uint8Array(all[1].checkpoint)[900] ^= 4", "a model": "all[0].model = 'M4'", "nothing left": "all.length = 0",
	} {
		eval[any](b, `pinnlab.step(5)`)
		b.until("it is written", written)
		eval[any](b, `keep.store.runs(keep.store.tab + "-last").then((all) => { `+damage+`;
			return keep.store.work("readwrite", (records, runs) => { runs.put(all, keep.store.tab + "-last"); records.put({ id: "x", schema: 7 }); }); })`)
		b.reload()
		b.until(name+": it starts at 0", `pinnlab.state().then(s => s.models.length === 4 && s.models.every(m => m.status === "ready"))`)
		if m := b.message(); !strings.Contains(m, "cannot be used, so it starts again") {
			t.Errorf("%s: %q", name, m)
		}
	}
	if n := eval[int](b, `keep.store.work("readonly", (records) => records.get("x")).then((r) => r ? 1 : 0)`); n != 0 {
		t.Error("a record of another program stays")
	}
}
