//go:build !js

package web

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// ready opens the page with two small models that have some steps behind them.
func ready(t *testing.T) *tab {
	t.Helper()
	b := newTab(t)
	b.open("index.html", small+"&models=M1,M4")
	eval[any](b, `pinnlab.step(20)`)
	b.drawn()
	return b
}

// The Tab key comes to Play at once and to few places in all; none of them
// lies hidden, and each can be hit with a finger.
func TestStops(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "#models=M1,M4&paused=1")
	eval[any](b, `pinnlab.step(5)`)
	b.drawn()
	eval[any](b, `(intro.show(false), scrollTo(0, 400), 0)`)
	var stops []string
	for len(stops) < 100 {
		b.key("\t")
		at := eval[struct {
			ID     string
			Inside bool // of what is stuck over the page
			Hidden string
		}](b, `(() => {
			const e = document.activeElement, r = e.getBoundingClientRect();
			const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
			const over = points.map(([x, y]) => document.elementFromPoint(r.x + x * r.width, r.y + y * r.height));
			const seen = over.some((o) => o && (e.contains(o) || o.contains(e) || o.closest("label")?.contains(e)));
			return { ID: e.id || e.className || e.tagName, Hidden: seen ? "" : String(over[0]?.id || over[0]?.className) };
		})()`)
		if at.Hidden != "" {
			t.Errorf("with the keyboard on %s, %s lies over it", at.ID, at.Hidden)
		}
		if len(stops) > 0 && at.ID == stops[0] {
			break
		}
		stops = append(stops, at.ID)
	}
	if n := len(stops); n > 55 {
		t.Errorf("%d stops: %s", n, strings.Join(stops, " "))
	}
	if play := strings.Index(" "+strings.Join(stops[:3], " ")+" ", " play "); stops[0] != "skip" || play < 0 {
		t.Errorf("the first stops are %v", stops[:3])
	}
	for _, s := range stops {
		if strings.HasPrefix(s, "info") {
			t.Errorf("an i is a stop of its own")
		}
	}
	small := eval[[]string](b, `[...document.querySelectorAll("button, select, input, summary, [role=tab]")]
		.filter(e => e.checkVisibility()).map(e => [e, (e.matches("[type=checkbox], [type=radio]") ? e.closest("label") : e).getBoundingClientRect()])
		.filter(([, r]) => r.width < 24 || r.height < 24).map(([e, r]) => (e.id || e.className) + " " + r.width + "x" + r.height)`)
	if len(small) > 0 {
		t.Errorf("hard to hit: %v", small)
	}

	// The link to the pictures goes there, and the page's address stays.
	hash := eval[string](b, `(document.getElementById("skip").focus(), location.hash)`)
	b.key("\r")
	b.until("the pictures have the keyboard", `document.activeElement.id === "stage"`)
	if now := eval[string](b, `location.hash`); now != hash {
		t.Errorf("the link made %s of %s", now, hash)
	}
}

// A key tells about the control in use, and keys of one letter can be turned
// off for good.
func TestKeys(t *testing.T) {
	b := ready(t)
	eval[any](b, `(document.getElementById("alpha").focus(), 0)`)
	b.key(f1)
	b.until("the info is open", `document.querySelector(".info-panel:popover-open")?.textContent.includes("λ ← (1 − α) λ + α λ̂")`)
	b.key(f1)
	b.until("and shut", `!document.querySelector(".info-panel:popover-open")`)
	eval[any](b, `(document.activeElement.blur(), document.getElementById("shortcuts").click(), 0)`)
	for range 2 { // now, and when the page is opened again
		n := b.state().Models[0].Iteration
		b.key("s")
		b.key("r")
		b.key(" ")
		b.key("?")
		eval[any](b, `pinnlab.step(1)`) // comes after whatever the keys began
		if s := b.state(); s.Models[0].Iteration != n+1 || s.Running || eval[bool](b, `document.getElementById("help-text").open`) {
			t.Errorf("keys that are off went from %d to %+v", n, s.Models[0])
		}
		b.do(chromedp.Navigate("about:blank"))
		b.open("index.html", small+"&models=M1,M4")
		b.until("it works", `pinnlab.state().then(s => s.models.every(m => m.status === "ready" || m.status === "paused"))`)
	}
	eval[any](b, `(document.getElementById("shortcuts").click(), 0)`)
	n := b.state().Models[0].Iteration
	b.key("s")
	b.until("the keys are on again", `pinnlab.state().then(s => s.models[0].iteration === `+number(n+1)+`)`)
}

// What is said lies over the page, moves nothing, stays off the keyboard's
// place, can be closed, and goes when it is solved.
func TestNotice(t *testing.T) {
	b := ready(t)
	top := func() float64 {
		return eval[float64](b, `document.getElementById("stage").getBoundingClientRect().top + scrollY`)
	}
	before := top()
	seen := `document.getElementById("message").checkVisibility({ visibilityProperty: true }) && document.getElementById("message").textContent !== ""`
	eval[any](b, `say("One thing.", "info", [["Undo", () => {}]])`)
	if now := top(); now != before || !eval[bool](b, seen) {
		t.Errorf("a message moved the pictures from %v to %v", before, now)
	}
	if role := eval[string](b, `document.getElementById("message").getAttribute("role")`); role != "status" {
		t.Errorf("a message is a %s", role)
	}
	b.click("notice-close")
	b.until("it is closed", `!(`+seen+`)`)

	b.write("width", "0")
	b.until("what cannot be is refused", seen+` && document.getElementById("message").getAttribute("role") === "alert"`)
	if now := top(); now != before {
		t.Errorf("an error moved the pictures from %v to %v", before, now)
	}
	b.write("width", "9")
	b.until("the right value takes it away", `pinnlab.config().then(c => c.width === 9 && !document.getElementById("message").textContent.includes("0"))`)

	eval[any](b, `(say("Over the table.", "error"), document.getElementById("copy").scrollIntoView({ block: "end" }), document.getElementById("copy").focus({ preventScroll: true }), 0)`)
	b.until("it keeps off", `(() => {
		const a = document.getElementById("copy").getBoundingClientRect(), b = document.getElementById("notice").getBoundingClientRect();
		return a.right <= b.left || a.left >= b.right || a.bottom <= b.top || a.top >= b.bottom;
	})()`)
}

// A picture is to be seen without scrolling: on a phone, on a small window at
// twice its size, and when a lesson runs.
func TestFirstScreen(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "")
	if !eval[bool](b, `document.getElementById("intro").checkVisibility() && document.getElementById("intro").textContent.includes("physics-informed neural network (PINN)")`) {
		t.Error("nothing says what one sees")
	}
	for _, size := range [][2]int64{{390, 844}, {640, 360}} {
		b.do(chromedp.EmulateViewport(size[0], size[1]))
		b.do(chromedp.Navigate("about:blank"))
		b.open("index.html", small+"&models=M1,M4")
		eval[any](b, `pinnlab.step(20)`)
		b.until("the panels are known", `take.panels.length > 4`)
		b.drawn()
		// The pictures begin where at least 150 pixels are left for them.
		left := eval[float64](b, `innerHeight - Math.max(0, document.getElementById("stage").getBoundingClientRect().top)
			- (getComputedStyle(document.getElementById("time")).position === "sticky" ? document.getElementById("time").offsetHeight : 0)`)
		if left < 200 {
			t.Errorf("%v: %v pixels for pictures on the first screen", size, left)
		}
		if over := eval[float64](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
			t.Errorf("%v: %v pixels too wide", size, over)
		}
	}
	b.do(chromedp.EmulateViewport(390, 844))
	eval[any](b, `(LESSONS[0].runs[0].steps = 20, LESSONS[0].runs[0].link += "&width=8&depth=2&batch=8", lesson.open(1), 0)`)
	b.click("lesson-run-1")
	b.until("its pictures are on the screen", `(() => {
		const top = document.getElementById("stage").getBoundingClientRect().top;
		return top >= 0 && top < innerHeight / 2;
	})()`)
	eval[any](b, `document.getElementById("intro-close").click()`)
	b.do(chromedp.Navigate("about:blank"))
	b.open("index.html", small)
	b.until("what was read is not said again", `document.getElementById("intro").hidden`)
}

// Borders of what can be used stand out from their grounds by 3 to 1 (WCAG
// 1.4.11), and what is chosen is seen in forced colours too.
func TestContrast(t *testing.T) {
	b := ready(t)
	type colours struct {
		ID             string
		Edge, In, Back [3]float64
	}
	for _, theme := range []string{"light", "dark"} {
		eval[any](b, `(setTheme("`+theme+`"), document.getAnimations().forEach(a => a.finish()), 0)`)
		all := eval[[]colours](b, `(() => {
			const rgb = (c) => c.match(/[\d.]+/g).slice(0, 3).map(Number);
			const clear = (c) => /, 0\)$/.test(c);
			const ground = (e) => { while (e && clear(getComputedStyle(e).backgroundColor)) e = e.parentElement; return rgb(getComputedStyle(e).backgroundColor); };
			return [...document.querySelectorAll("button, select, input[type=text], input[type=number], .chip")]
				.filter(e => e.checkVisibility() && !e.disabled && parseFloat(getComputedStyle(e).borderTopWidth) > 0 && !clear(getComputedStyle(e).borderTopColor))
				.map(e => ({ ID: e.id || e.className, Edge: rgb(getComputedStyle(e).borderTopColor), In: ground(e), Back: ground(e.parentElement) }));
		})()`)
		if len(all) < 20 {
			t.Fatalf("only %d borders", len(all))
		}
		for _, c := range all {
			// The border or the filling itself must stand out from what is around.
			if r := max(contrast(c.Edge, c.Back), contrast(c.In, c.Back)); r < 3 {
				t.Errorf("%s, %s: its border has a contrast of %.2f", theme, c.ID, r)
			}
		}
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	if err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]string{
		"models": {`.chip:has(:checked)`, `.chip:not(:has(:checked))`},
		"tabs":   {`[role=tab][aria-selected=true]`, `[role=tab][aria-selected=false]`},
	} {
		b.until(what+" differ in forced colours", fmt.Sprintf(`matchMedia("(forced-colors: active)").matches &&
			getComputedStyle(document.querySelector(%q)).backgroundColor !== getComputedStyle(document.querySelector(%q)).backgroundColor`, pair[0], pair[1]))
	}
}

// contrast is the ratio of WCAG 2.2 between two colours of 0 to 255.
func contrast(a, b [3]float64) float64 {
	luminance := func(c [3]float64) float64 {
		for i, v := range c {
			if v /= 255; v <= 0.04045 {
				c[i] = v / 12.92
			} else {
				c[i] = math.Pow((v+0.055)/1.055, 2.4)
			}
		}
		return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrastRatio(t *testing.T) {
	white, grey := [3]float64{255, 255, 255}, [3]float64{118, 118, 118}
	if r := contrast([3]float64{}, white); math.Abs(r-21) > 1e-9 {
		t.Errorf("black on white: %v, want 21", r)
	}
	if r := contrast(white, grey); math.Abs(r-4.54) > 0.005 { // #767676, the lightest grey that passes AA on white
		t.Errorf("grey on white: %v, want 4.54", r)
	}
}

const f1 = "\u0801"
