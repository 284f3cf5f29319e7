//go:build !js

package web

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestLessons opens each lesson by its link alone: it gives the state that the
// lesson starts from, and nothing runs before a person wants it.
func TestLessons(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "#models=M3&width=8&paused=1")
	b.until("the page works", `pinnlab.state().then(s => s.models[0].status === "ready")`)
	tests := []struct {
		preset, tab string
		models      []string
		alpha       float64
		inStep      bool
	}{
		{"helmholtz", "overview", []string{"M1"}, 0.1, false},
		{"helmholtz", "gradients", []string{"M1", "M2"}, 0.1, true},
		{"helmholtz", "stiffness", []string{"M1", "M3"}, 0.1, true},
		{"helmholtz", "curves", []string{"M2"}, 1e-5, false},
		{"cavity_streamfunction", "overview", []string{"M4"}, 0.1, false},
		{"helmholtz", "overview", []string{"M1"}, 0.1, false},
		{"helmholtz", "curves", []string{"GN"}, 0.1, false},
	}
	for i, want := range tests {
		n := strconv.Itoa(i + 1)
		eval[any](b, `location.hash = "#lesson=`+n+`"`)
		b.until("lesson "+n, `pinnlab.state().then(s => s.config.preset === "`+want.preset+`" &&
			s.models.every(m => m.status === "ready") && s.config.models.join() === `+strconv.Quote(strings.Join(want.models, ","))+`
			&& !document.getElementById("lesson").hidden && document.getElementById("lesson-`+n+`").ariaCurrent === "step")`)
		s := b.state()
		if s.Config.Alpha != want.alpha || s.Config.Width != 50 || s.Config.Seed != 1 || !slices.Equal(s.Config.Models, want.models) {
			t.Errorf("lesson %s starts with %+v", n, s.Config)
		}
		if got := eval[bool](b, `document.getElementById("pace").checked`); got != want.inStep {
			t.Errorf("lesson %s: in step is %v", n, got)
		}
		if !eval[bool](b, `document.getElementById("tab-`+want.tab+`").ariaSelected === "true"`) {
			t.Errorf("lesson %s does not show the tab %s", n, want.tab)
		}
		if n := eval[int](b, `LESSONS[`+strconv.Itoa(i)+`].observe.length`); n < 3 {
			t.Errorf("lesson %d says %d things to observe", i+1, n)
		}
		if eval[bool](b, `!document.getElementById("lesson-answer").hidden || !document.getElementById("lesson-reveal").disabled`) {
			t.Errorf("lesson %s tells its answer before a prediction", n)
		}
		if !eval[bool](b, `document.getElementById("alpha").checkVisibility()`) {
			t.Errorf("lesson %s hides the settings", n)
		}
	}
	// A run of a lesson, as short as a test needs it.
	eval[any](b, `(LESSONS[1].runs[0].steps = 20, location.hash = "#lesson=2", 0)`)
	b.until("lesson 2", `pinnlab.config().then(c => c.models.join() === "M1,M2")`)
	b.click("lesson-run-1")
	b.until("it ran", `pinnlab.state().then(s => !s.running && s.models.every(m => m.iteration === 20))`)
	b.until("its view", `document.getElementById("view-weighted").value === "after"`)
	eval[any](b, `document.querySelectorAll(".prediction input")[0].click()`)
	b.click("lesson-reveal")
	b.until("the answer", `document.getElementById("lesson-judgement").textContent.includes("You said: Around 2. It is: Around 200.")`)
	b.until("the link keeps the lesson", `location.hash.includes("lesson=2")`)
	b.until("the lesson is ticked", `document.getElementById("lesson-2").textContent === "✓" && localStorage.getItem("pinnlab-lessons") === "2"`)
	b.click("lesson-close")
	b.until("the settings are back", `document.getElementById("settings").checkVisibility() && !location.hash.includes("lesson")`)
}

// A lesson borrows the page: a person's own run and views come back, the views
// of one lesson are not those of the next, and its runs stand side by side.
func TestLessonGivesBack(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", small+"&models=M1,M4")
	eval[any](b, `pinnlab.step(33)`)
	eval[any](b, `pinnlab.view({ tab: "curves", errorAxis: "linear" })`)
	own := b.state()
	eval[any](b, `(LESSONS.forEach(l => l.runs.forEach(r => { r.steps = 20; r.link += "&width=8&depth=2&batch=8"; })), lesson.open(2), 0)`)
	b.click("lesson-run-1")
	b.until("its run", `pinnlab.state().then(s => !s.running && s.models.every(m => m.iteration === 20) && views.read().gradWeighted === "after")`)
	b.until("it is done", `document.getElementById("message").textContent.includes("run is done")`)
	b.click("lesson-4")
	b.until("its views are its own", `views.read().gradWeighted === "before"`)
	for _, run := range []string{"1", "2", "3"} {
		b.click("lesson-run-" + run)
		b.until("run "+run+" stands beside the others", `document.querySelectorAll("#lesson-results tbody tr").length === `+run+`
			&& document.querySelectorAll("#lesson-results polyline").length === `+run)
	}
	b.click("lesson-show-1")
	b.until("the first is there again", `pinnlab.state().then(s => s.config.alpha === 1e-5 && s.models[0].iteration === 20)`)
	eval[any](b, `document.querySelectorAll(".prediction input")[1].click()`)
	b.click("lesson-reveal")
	b.until("a right choice is told so", `document.getElementById("lesson-judgement").textContent.startsWith("Right. 0.1")`)
	b.click("lesson-close")
	b.until("the views are back", `views.tab === "curves" && views.read().errorAxis === "linear"`)
	b.until("the run can be brought back", `document.querySelector("#actions button")?.textContent === "Bring my run back"`)
	eval[any](b, `document.querySelector("#actions button").click()`)
	b.until("it is back", `pinnlab.state().then(s => s.models.length === 2 && s.models.every(m => m.iteration === 33))`)
	if now := b.state(); show(now.Models[0].Losses) != show(own.Models[0].Losses) || show(now.Config) != show(own.Config) {
		t.Errorf("back is %+v\nwant %+v", now, own)
	}
}
