//go:build !js

package web

import (
	"fmt"
	"strings"
	"testing"
)

// TestEarlierRuns: a run that was replaced stays in the list, with a number and
// as curves, until it is thrown away, and over a reload.
func TestEarlierRuns(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(30)`)
	eval[any](b, `pinnlab.set({ seed: 3 }).then(() => pinnlab.step(20))`)
	eval[any](b, `pinnlab.set({ width: 10 }).then(() => pinnlab.step(10))`)
	listed := func() string {
		return eval[string](b, `pinnlab.runs().then((all) => all.map((r) => ["#" + r.number, r.iteration, r.kind, r.ghost].join(" ")).join(", "))`)
	}
	if got, want := listed(), "#1 30 earlier true, #2 20 earlier true"; got != want {
		t.Fatalf("runs %q, want %q", got, want)
	}
	// What the canvas is sent of each: all contestants' last Snapshots.
	sent := eval[string](b, `(async () => {
		const heads = [];
		ghosts.send = (head, body) => heads.push(head.do === "ghost" ? head.slot + head.name + (body.byteLength > 1000) : head.ghosts.length);
		ghosts.forget();
		await ghosts.turn;
		return heads.join(" ");
	})()`)
	if want := "M1#1true M2#1true M3#1true M4#1true M1#2true M2#2true M3#2true M4#2true 8"; sent != want {
		t.Errorf("the canvas gets %q, want %q", sent, want)
	}
	b.click("kept")
	b.until("the list says what differs", `byID("kept-list").textContent.includes("width 12 instead of 10")`)
	b.key("\x1b")
	eval[any](b, `pinnlab.runs().then(([first]) => pinnlab.ghost(first.id, false))`)
	b.until("it is written", written)
	b.reload()
	b.until("they are there again", `pinnlab.runs().then((all) => all.length === 2)`)
	if got, want := listed(), "#1 30 earlier false, #2 20 earlier true"; got != want {
		t.Errorf("after a reload runs %q, want %q", got, want)
	}
	eval[any](b, `pinnlab.runs().then((all) => pinnlab.discard(...all.map((r) => r.id)))`)
	if got := listed(); got != "" {
		t.Errorf("runs %q after they were thrown away", got)
	}
	b.reload()
	if got := listed(); got != "" {
		t.Errorf("runs %q after a reload", got)
	}
}

// TestSeveralSeeds: a contestant on three seeds is three runs, each as natively,
// shown as one with the median and the range of their errors; what is set for it is
// set for all of them, and it goes as a whole.
func TestSeveralSeeds(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", strings.Replace(small, "M1,M2,M3,M4", "M1,M4", 1))
	eval[any](b, `pinnlab.set({ contestants: [{ method: "M1" }, { method: "M4", seeds: 3 }] })`)
	eval[any](b, `pinnlab.step(12)`)
	runs := b.bits()
	if len(runs) != 4 {
		t.Fatalf("%d runs", len(runs))
	}
	for i, seed := range []int{1, 2, 3} {
		if got, want := runs[1+i].Checkpoint, native(t, fmt.Sprintf(`"method":"M4","seed":%d`, seed), 12); got != want {
			t.Errorf("seed %d: natively it is another run", seed)
		}
	}
	b.until("the table has two rows", `byID("numbers").tBodies[0].rows.length === 2 && byID("numbers").tBodies[0].rows[1].cells[0].textContent === "M4 × 3 seeds"`)
	b.until("with the median and the range", `pinnlab.state().then((s) => {
		const e = s.models.slice(1).map((m) => m.relL2).sort((a, b) => a - b).map((v) => formatNumber(v));
		return byID("numbers").tBodies[0].rows[1].cells[4].textContent === e[1] + " (" + e[0] + " to " + e[2] + ")";
	})`)
	if got, want := eval[string](b, `JSON.stringify(lab.cast.lineup().seeds)`), `{"A":"M4","B":"M4"}`; got != want {
		t.Errorf("the canvas is told %s, want %s", got, want)
	}

	eval[any](b, `(byID("scope").value = "M4", byID("scope").dispatchEvent(new Event("change")), 0)`)
	if got := eval[string](b, `byID("seeds").value`); got != "3" {
		t.Errorf("the control says %s seeds", got)
	}
	b.write("width", "10")
	b.until("all seeds have it", `["M4", "A", "B"].every((k) => lab.config.own[k].width === 10)`)
	b.write("seeds", "2")
	b.until("one is gone", `lab.config.models.join() === "M1,M4,A" && lab.config.own.A.seed === 2`)
	b.write("seeds", "7")
	b.until("so many are refused", `byID("message").textContent.includes("from 1 to 6") && byID("seeds").value === "2"`)
	if got := eval[string](b, `pinnlab.set({ contestants: [{ method: "M4", seeds: 1e9 }] }).catch((e) => e.message)`); !strings.Contains(got, "at most 6") {
		t.Errorf("1e9 seeds: %q", got)
	}
	eval[any](b, `pinnlab.step(3)`)
	b.until("the link has it", `location.hash.includes("models=M1,M4,A&") && location.hash.includes("A=M4,seed:2,width:10")`)
	b.click("model-M4")
	b.until("it goes as a whole", `lab.config.models.join() === "M1"`)
}
