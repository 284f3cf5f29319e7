//go:build !js

package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// finding is a rule of axe that elements of the page break.
type finding struct {
	ID, Impact string
	Nodes      []string
}

// TestAccessibility has axe-core look at the page: every tab, and whatever
// opens, light and dark, wide and narrow. build.sh fetches axe-core into dist.
func TestAccessibility(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("dist", "axe.min.js"))
	if err != nil {
		if os.Getenv("PINNLAB_BROWSER") != "" {
			t.Fatal("web/dist/axe.min.js is not there; ./build.sh test fetches it")
		}
		t.Skip("without a browser the page is not tested")
	}
	b := newTab(t)
	b.tolerate = "Content Security Policy" // axe would like to connect
	look := func(part string) []finding {
		t.Helper()
		return eval[[]finding](b, `axe.run(`+part+`, { resultTypes: ["violations"], preload: false }).then(r => r.violations
			.filter(v => v.impact === "serious" || v.impact === "critical")
			.map(v => ({ ID: v.id, Impact: v.impact, Nodes: v.nodes.map(n => n.html.slice(0, 160)) })))`)
	}
	// The whole page on every tab; then what opens, by itself.
	states := []struct{ name, part, open, shut string }{
		{"overview", `document`, `pinnlab.view({ tab: "overview" })`, `0`},
		{"gradients", `document`, `pinnlab.view({ tab: "gradients" })`, `0`},
		{"stiffness", `document`, `pinnlab.view({ tab: "stiffness" })`, `0`},
		{"curves", `document`, `pinnlab.view({ tab: "curves" })`, `0`},
		{"export", `"#take-menu"`, `byID("take-menu").showPopover()`, `closePanels()`},
		{"kept points", `"#kept-list"`, `byID("kept-list").showPopover()`, `closePanels()`},
		{"experiments", `"#panel-M4"`, `byID("panel-M4").showPopover()`, `closePanels()`},
		{"an info", `":popover-open"`, `document.querySelector(".field .info-panel").showPopover()`, `closePanels()`},
		{"settings", `"#settings"`, `byID("settings").open = true`, `0`},
		{"an error", `"#notice"`, `say("wrong", "error", [["Reset", () => {}]])`, `say("")`},
		{"help", `"#help-text"`, `byID("help-text").showModal()`, `byID("help-text").close()`},
		{"a lesson", `"#lesson"`, `(lesson.open(2), document.querySelector(".prediction input").click(), byID("lesson-reveal").click())`, `lesson.open(0)`},
	}
	for _, size := range [][2]int64{{1280, 720}, {390, 844}} {
		b.do(chromedp.EmulateViewport(size[0], size[1]))
		b.open("index.html", small+"&models=M1,M2,M4")
		eval[any](b, `pinnlab.step(20)`)
		eval[any](b, `pinnlab.keep()`)
		b.drawn()
		b.do(chromedp.Evaluate[chromedp.Void](string(source) + "; void 0"))
		for _, theme := range []string{"light", "dark"} {
			eval[any](b, `(setTheme("`+theme+`"), view())`)
			for _, s := range states {
				eval[any](b, fmt.Sprintf("(async () => { await (%s); document.getAnimations().forEach(a => a.finish()); })()", s.open))
				for _, f := range look(s.part) {
					t.Errorf("%d wide, %s, %s: %s (%s): %s", size[0], theme, s.name, f.ID, f.Impact, strings.Join(f.Nodes, "\n\t"))
				}
				eval[any](b, fmt.Sprintf("(%s, 0)", s.shut))
			}
		}
	}
	// The frame of the pictures too, which axe does not enter by itself.
	frame := `document.getElementById("canvas").contentWindow`
	eval[any](b, `(() => {
		const script = `+frame+`.document.createElement("script");
		script.textContent = `+strconv.Quote(string(source))+`;
		`+frame+`.document.head.append(script);
	})()`)
	inside := `(async () => (await ` + frame + `.axe.run(` + frame + `.document, { resultTypes: ["violations"], preload: false })).violations
		.filter(v => v.impact === "serious" || v.impact === "critical").map(v => ({ ID: v.id, Impact: v.impact, Nodes: v.nodes.map(n => n.html.slice(0, 160)) })))()`
	for _, f := range eval[[]finding](b, inside) {
		t.Errorf("in the pictures' frame: %s (%s): %s", f.ID, f.Impact, strings.Join(f.Nodes, "\n\t"))
	}
	eval[any](b, `(`+frame+`.document.body.append(`+frame+`.document.createElement("button")), 0)`)
	if len(eval[[]finding](b, inside)) == 0 {
		t.Error("axe finds no fault with a nameless button in the frame")
	}
	// It would have found something.
	eval[any](b, `(document.querySelector("main").append(Object.assign(document.createElement("button"), { id: "nameless" })), 0)`)
	if found := look("document"); len(found) == 0 {
		t.Error("axe finds no fault with a button without a name")
	}
}

// What the pictures show can be read and heard, and nothing moves where that is
// not wanted.
func TestMirror(t *testing.T) {
	b := newTab(t)
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	if err != nil {
		t.Fatal(err)
	}
	b.open("index.html", small)
	eval[any](b, `pinnlab.step(30)`)
	b.drawn()
	for what, script := range map[string]string{
		"the table has the numbers": `pinnlab.state().then(s => s.models.every((m, i) => {
			const cells = [...document.querySelectorAll("#numbers tbody tr")[i].cells].map(c => c.textContent);
			return cells[0] === m.model && cells[1] === String(m.iteration) && cells.includes(formatNumber(m.relL2))
				&& Object.values(m.losses).every(l => cells.includes(formatNumber(l)))
				&& Object.values(m.lambdas).every(l => cells.includes(formatNumber(l)));
		}))`,
		"a verdict for each model": `[...document.querySelectorAll(".verdict .words")].every(w => w.textContent.length > 10)`,
		"the frame has a title":    `document.getElementById("canvas").title.includes("Pictures")`,
		"the canvas has a name and no place in the order of Tab": `(() => {
			const c = document.getElementById("canvas").contentDocument.querySelector("canvas");
			return c.getAttribute("role") === "img" && c.ariaLabel.length > 10 && !c.hasAttribute("tabindex");
		})()`,
		"messages are announced": `document.getElementById("message").getAttribute("aria-live") === "polite"`,
		"nothing moves":          `[...document.querySelectorAll("button, .chip")].every(e => getComputedStyle(e).transitionDuration === "0s")`,
	} {
		b.until(what, script)
	}
}

// The picture follows the pixels of the screen: to another screen, and back,
// and through the browser's zoom, which changes the same number.
func TestSharp(t *testing.T) {
	b := newTab(t)
	b.open("index.html", small+"&models=M1,M4")
	eval[any](b, `pinnlab.step(20)`)
	b.drawn()
	for _, ratio := range []float64{1, 2, 1.5, 1} {
		_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: 1280, Height: 720, DeviceScaleFactor: ratio})
		if err != nil {
			t.Fatal(err)
		}
		b.until(fmt.Sprintf("%v pixels to one", ratio), fmt.Sprintf(`(() => {
			const frame = document.getElementById("canvas"), c = frame.contentDocument.querySelector("canvas");
			const at = c.getBoundingClientRect();
			return devicePixelRatio === %v && Math.abs(c.width - frame.clientWidth * %[1]v) <= 1 && Math.abs(c.height - frame.clientHeight * %[1]v) <= 1
				&& Math.abs(at.width - frame.clientWidth) <= 1 && Math.abs(at.height - frame.clientHeight) <= 1;
		})()`, ratio))
		b.drawn()
	}
}
