//go:build !js

package web

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestTabs(t *testing.T) {
	b := newTab(t)
	b.open("index.html", small+"&models=M1,M2&tab=curves")
	b.until("the tab of the link", `document.getElementById("tab-curves").ariaSelected === "true"`)
	eval[any](b, `pinnlab.step(40)`)
	curves := b.drawn()
	b.choose("view-over", "time")
	b.changes(curves)
	b.until("the link says over what", `location.hash.includes("over=time")`)
	curves = b.drawn()
	eval[any](b, `document.getElementById("tab-curves").focus()`)
	for _, step := range []struct{ key, tab string }{
		{"\u0301", "curves"}, // no key of the tabs
		{arrowLeft, "stiffness"}, {arrowLeft, "gradients"}, {home, "overview"}, {arrowLeft, "curves"},
		{arrowRight, "overview"}, {arrowRight, "gradients"},
	} {
		b.do(chromedp.KeyEvent(step.key))
		if now := eval[string](b, `document.activeElement.id`); now != "tab-"+step.tab {
			t.Errorf("the keyboard is on %s, want the tab %s", now, step.tab)
		}
	}
	b.until("the link follows", `location.hash.includes("tab=gradients")`)
	b.changes(curves)
	if n := eval[int](b, `document.querySelectorAll("[role=tab][tabindex='0']").length`); n != 1 {
		t.Errorf("%d tabs are in the order of the Tab key", n)
	}
	before := b.picture()
	b.choose("view-weighted", "after")
	b.changes(before)
	if s := b.state(); s.Models[0].Iteration != 40 {
		t.Errorf("a choice of the view brought the run to %d", s.Models[0].Iteration)
	}
	if words := eval[string](b, `pinnlab.view({ gradAxis: "cubic" }).then(() => "", (e) => e.message)`); !strings.Contains(words, "gradAxis") {
		t.Errorf("a wrong choice is met by %q", words)
	}
	// Each control says what it is, to the keyboard too.
	eval[any](b, `(document.querySelector("#alpha").closest(".slider").querySelector(".info").id = "about-alpha", document.getElementById("about-alpha").focus())`)
	b.key("\r")
	b.until("the info is open", `document.querySelector(".info-panel:popover-open").textContent.includes("λ ← (1 − α) λ + α λ̂")`)
	if n := eval[int](b, `[...document.querySelectorAll("#controls input, #controls select, .choice select, .choice input")]
		.filter(e => !e.hidden && !e.closest(".slider, .chip, .field, .choice, .files").querySelector(".info") && !e.closest(".models")).length`); n != 0 {
		t.Errorf("%d controls have no info", n)
	}
}

// The history is kept within bounds, can be looked at while the training goes
// on, and is forgotten with the run.
func TestScrub(t *testing.T) {
	b := newTab(t)
	b.open("index.html", small+"&models=M1,M4")
	for range 6 {
		eval[any](b, `pinnlab.step(60)`)
	}
	live := b.drawn()
	eval[any](b, `document.getElementById("scrub").focus()`)
	for range 5 {
		b.do(chromedp.KeyEvent(arrowLeft))
	}
	b.until("the table has the past", `scrubber.at !== null && scrubber.at < 360 &&
		[...document.querySelectorAll("#numbers tbody tr")].every((r, i) => r.classList.contains("past") && r.lastChild.textContent === "past" &&
			r.cells[1].textContent === String(scrubber.past(lab.config.models[i]).nearest(scrubber.at).iteration))`)
	b.changes(live)
	eval[any](b, `pinnlab.step(10)`)
	if s := b.state(); s.Models[0].Iteration != 370 {
		t.Errorf("in the past the run went on to %d", s.Models[0].Iteration)
	}
	past := b.picture()
	b.click("live")
	b.until("the present", `document.querySelector("#numbers tbody tr").cells[1].textContent === "370"`)
	b.changes(past)
	eval[any](b, `pinnlab.scrub(120)`)
	b.until("scripts scrub too", `document.getElementById("scrub-at").textContent === "iteration 120"`)
	eval[any](b, `pinnlab.reset()`)
	b.until("a reset forgets it", `document.getElementById("scrub-at").textContent === "live"
		&& [...scrubber.pasts.values()].every(p => p.moments.length <= 1)`)
	bounds := eval[struct{ Moments, Bytes, First, Last int }](b, `(() => {
		const past = new Past(1000, 50);
		for (let i = 0; i <= 5000; i += 7) past.add({ state: { iteration: i } }, new ArrayBuffer(40));
		return { Moments: past.moments.length, Bytes: past.bytes, First: past.moments[0].iteration, Last: past.moments.at(-1).iteration };
	})()`)
	if bounds.Bytes > 1000 || bounds.Moments < 10 || bounds.First != 0 || bounds.Last < 4500 {
		t.Errorf("a long history is kept as %+v", bounds)
	}
}

const (
	arrowLeft  = "\u0302"
	arrowRight = "\u0303"
	home       = "\u0306"
)
