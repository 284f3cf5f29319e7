//go:build !js

package web

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pinnlab/core/train"
)

// TestContestants: six at once, each with what it has for itself, come to what
// the same settings come to natively, bit for bit; their link replays them, and
// a file and a point bring them back.
func TestContestants(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small)
	eval[any](b, `pinnlab.set({ contestants: [{ method: "M1" }, { method: "M4" }, { method: "M4", width: 20 },
		{ method: "M1", weighting: "ntk" }, { method: "M2", learningRate: 5e-3 }, { key: "M3", method: "M3", seed: 9 }] })`)
	eval[any](b, `pinnlab.step(12)`)
	names := eval[[]string](b, `pinnlab.state().then(s => s.models.map(m => m.key + " " + m.model))`)
	want := []string{"M1 M1", "M3 M3 · seed 9", "M4 M4", "A M4 · width 20", "B M1 · NTK", "C M2 · η 5e-3"}
	if !slices.Equal(names, want) {
		t.Errorf("they are called %q, want %q", names, want)
	}
	bits := b.bits()
	for i, own := range []string{`"method":"M1"`, `"method":"M3","seed":9`, `"method":"M4"`, `"method":"M4","width":20`,
		`"method":"M1","weighting":"ntk"`, `"method":"M2","learningRate":0.005`} {
		if got, want := bits[i].Checkpoint, native(t, own, 12); got != want {
			t.Errorf("%s: natively it is another run", own)
		}
	}

	hash := eval[string](b, `(trail.write(), location.hash)`)
	for _, word := range []string{"models=M1,M3,M4,A,B,C", "M3=seed:9", "A=M4,width:20", "C=M2,lr:0.005"} {
		if !strings.Contains(hash, word) {
			t.Errorf("no %s in %s", word, hash)
		}
	}
	other := newPlainTab(t)
	other.open("index.html", hash+"&paused=1")
	eval[any](other, `pinnlab.step(12)`)
	other.same("the link", bits)

	file := eval[string](b, `lab.savepoints.export()`)
	eval[any](b, `pinnlab.set({ models: ["M2"] })`)
	eval[any](b, `pinnlab.undo()`)
	b.same("a line-up that was undone", bits)
	eval[any](b, `pinnlab.set({ width: 9 })`)
	eval[any](b, "lab.savepoints.import("+strconv.Quote(file)+")")
	b.same("a line-up from a file", bits)

	for call, words := range map[string]string{
		`set({ contestants: [] })`:                                    "takes a list of objects",
		`set({ contestants: [{ width: 3 }] })`:                        "takes a list of objects",
		`set({ contestants: [{ method: "M9" }] })`:                    `A, Method: "M9" must be one of`,
		`set({ contestants: [{ method: "M1", width: 0 }] })`:          "A, Width: 0 must be",
		`set({ contestants: [{ method: "M1", preset: "poisson" }] })`: "all contestants share it",
		`set({ contestants: Array(7).fill({ method: "M1" }) })`:       "at most 6",
		`set({ models: ["M1", "M2", "M3", "M4", "A", "B", "C"] })`:    "at most 6",
		`set({ contestants: [{ key: "M1", method: "M2" }] })`:         "M1 is no M2",
		`freeze("M2")`: "M2 does not train here",
	} {
		if got := eval[string](b, `pinnlab.`+call+`.then(() => "taken", (error) => error.message)`); !strings.Contains(got, words) {
			t.Errorf("%s: %q, want %q in it", call, got, words)
		}
	}
	b.same("what was refused", bits)
	eval[any](b, `pinnlab.freeze("M4 · width 20")`)
	b.until("its name is enough", `pinnlab.state().then(s => s.models.every(m => m.frozen === (m.key === "A")))`)
}

// native trains the settings of small, with some of its own, outside the browser.
func native(t *testing.T, own string, steps int) (checkpoint string) {
	t.Helper()
	raw := `{"preset":"helmholtz","width":12,"depth":2,"batch":16,` + own + `}`
	if strings.Contains(own, "width") {
		raw = strings.Replace(raw, `"width":12,`, "", 1)
	}
	return trained(t, raw, steps)
}

// trained trains settings outside the browser.
func trained(t *testing.T, raw string, steps int) (checkpoint string) {
	t.Helper()
	cfg, problems := train.Resolve([]byte(raw))
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for range steps {
		if err := run.Step(); err != nil {
			t.Fatal(err)
		}
	}
	return base64.StdEncoding.EncodeToString(run.Checkpoint())
}

// A person adds a contestant, gives it a value of its own, and takes it away
// again; the others go on meanwhile, and every step of it can be undone.
func TestLineUpByHand(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small+"&models=M1,M4")
	eval[any](b, `pinnlab.step(10)`)
	others := b.bits()
	b.click("add")
	b.choose("add-method", "M2")
	b.click("add-go")
	b.until("it is there, and its settings are shown", `byID("scope").value === "A" && lab.config.models.join() === "M1,M4,A"`)
	b.write("width", "20")
	b.until("the width is its own", `pinnlab.config().then(c => c.width === 12 && c.contestants[2].width === 20 && c.contestants[2].name === "M2 · width 20")`)
	b.until("and marked", `byID("width").closest(".field").querySelector(".own").textContent.startsWith("A alone")`)
	eval[any](b, `pinnlab.step(10)`)
	if got, want := b.bits()[2].Checkpoint, native(t, `"method":"M2","width":20`, 10); got != want {
		t.Error("natively it is another run")
	}
	b.drag("lr", 0.5, 0.7)
	b.until("only its rate moves", `pinnlab.config().then(c => c.learningRate === 1e-3 && c.contestants[2].learningRate > 2e-3)`)
	b.until("and acts", `pinnlab.step(1).then(() => pinnlab.state()).then(s => s.models[2].learningRate > 2e-3 && s.models[0].learningRate <= 1e-3)`)
	b.click("unpin-learningRate")
	b.until("the rate is that of all again", `pinnlab.config().then(c => c.contestants[2].learningRate === undefined)`)
	eval[any](b, `lab.each((t) => t.request({ do: "look" }))`)
	moved := b.bits()
	if moved[0].Iteration <= others[0].Iteration {
		t.Errorf("M1 was at %d and is at %d", others[0].Iteration, moved[0].Iteration)
	}

	eval[any](b, `(byID("scope").value = "", byID("scope").dispatchEvent(new Event("change")))`)
	b.until("all have the old width, and A's is told", `byID("width").value === "12" && byID("width").closest(".field").querySelector(".own").textContent === "A 20"`)
	b.click("remove-A")
	b.until("it is gone", `lab.config.models.join() === "M1,M4" && document.getElementById("others").childElementCount === 0`)
	b.action("Undo")
	b.until("it is back", `lab.config.models.join() === "M1,M4,A" && lab.nameOf("A") === "M2 · width 20"`)
	b.quiet()
	b.same("a contestant taken away and brought back", moved)

	// The parts of a method are the engine's, and so is what a part alone has.
	b.click("experiments-A") // closes with Escape
	b.key("\u001b")
	eval[any](b, `(byID("scope").value = "A", byID("scope").dispatchEvent(new Event("change")), byID("parts").open = true, 0)`)
	b.choose("sampler", "from a pool")
	b.until("it has a pool", `byID("redraw")?.value === "1000" && lab.nameOf("A") === "M2 · width 20 · pool"`)
	b.write("redraw", "50")
	b.until("of its own", `lab.config.own.A.redraw === 50`)
	b.choose("weighting", "equal")
	b.until("and weights", `lab.config.own.A.weighting === "gradnorm" && byID("formula").textContent !== ""`)
	eval[any](b, `pinnlab.reset().then(() => pinnlab.step(12))`)
	period := eval[string](b, `String(lab.config.own.A.period)`)
	if got, want := b.bits()[2].Checkpoint, native(t, `"method":"M2","width":20,"sampler":"pool","redraw":50,"weighting":"gradnorm"`, 12); got != want {
		t.Errorf("with period %s natively it is another run", period)
	}
}
