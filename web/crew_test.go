//go:build !js

package web

import (
	"fmt"
	"reflect"
	"testing"
)

// TestCrew gives a large step to several workers: the run's bits are those of
// one worker, a small step stays with one, and a worker that is gone is done
// without.
func TestCrew(t *testing.T) {
	const large = "#preset=helmholtz&models=M2&batch=1024&paused=1"
	open := func(cores int) *tab {
		b := newPlainTab(t)
		b.before(fmt.Sprintf(`Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => %d })`, cores))
		b.open("index.html", large)
		b.until("ready", `pinnlab.state().then(s => s.models[0].status === "ready")`)
		eval[any](b, `pinnlab.step(12)`)
		return b
	}
	workers := func(b *tab) int { return eval[int](b, `pinnlab.state().then(s => s.models[0].workers)`) }

	alone, shared := open(1), open(3)
	if n, m := workers(alone), workers(shared); n != 1 || m != 3 {
		t.Errorf("one core has %d workers, three have %d", n, m)
	}
	same := func(when string) {
		t.Helper()
		if a, b := alone.state().Models, shared.state().Models; !reflect.DeepEqual(a, b) {
			t.Errorf("%s: alone the run is\n%s\nshared it is\n%s", when, show(a), show(b))
		}
	}
	same("at first")
	eval[any](shared, `(lab.crews.hands.get("M2")[0].worker.terminate(), 0)`)
	eval[any](alone, `pinnlab.step(3)`)
	eval[any](shared, `pinnlab.step(3)`)
	same("without a hand")

	// The next run has all its hands again; two models share the cores.
	eval[any](shared, `pinnlab.reset()`)
	shared.until("three workers again", `pinnlab.state().then(s => s.models[0].workers === 3)`)
	eval[any](shared, `pinnlab.set({ models: ["M1", "M2"] })`)
	if n := workers(shared); n != 1 {
		t.Errorf("two models on three cores have %d workers each", n)
	}
	eval[any](shared, `pinnlab.set({ models: ["M2"], batch: 128 })`)
	if n := workers(shared); n != 1 {
		t.Errorf("a small step has %d workers", n)
	}
}
