//go:build !js

package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pinnlab/web/drive"
)

// patience is how long something on the page may take. It is long: what is
// tested is that it happens, on a machine that may be slow and busy.
const patience = 5 * time.Minute

// A tab is the page in a browser.
type tab struct {
	t *testing.T
	drive.Tab
	ctx      context.Context // for what only Chromium's protocol can do; nil elsewhere
	tolerate string          // trouble with these words in it is expected
}

// A shared browser serves all tests, one after the other. It starts when one
// needs it.
type shared struct {
	drive.Browser
	err  error // why it does not start
	tabs int   // open ones
}

var browsers = map[string]*shared{} // by engine

func TestMain(m *testing.M) {
	status := m.Run()
	for _, s := range browsers {
		s.close()
	}
	os.Exit(status)
}

func (s *shared) close() {
	if s.Browser != nil {
		s.Close()
	}
}

// newTab opens a tab of Chromium. Without PINNLAB_BROWSER, which names the
// program, as under a plain go test, the page's tests are left out.
func newTab(t *testing.T) *tab {
	t.Helper()
	return newTabIn(t, drive.Chromium)
}

// newPlainTab opens a tab of Chromium without WebGL2. There the page has no
// pictures and starts in half the time: for what is not about them.
func newPlainTab(t *testing.T) *tab {
	t.Helper()
	b := newTab(t)
	b.before(`HTMLCanvasElement.prototype.getContext = () => null`)
	return b
}

// engines lists what a test runs in: all, or those that PINNLAB_ENGINES names.
func engines(t *testing.T) []string {
	t.Helper()
	if !strings.HasSuffix(t.Name(), "InEngines") {
		t.Fatal("build.sh finds the tests of other engines by the end of their names, InEngines")
	}
	if names := os.Getenv("PINNLAB_ENGINES"); names != "" {
		return strings.Split(names, ",")
	}
	return drive.Engines
}

// newTabIn opens a tab in an engine, with nothing stored by earlier tests. An
// engine that is not installed is left out.
func newTabIn(t *testing.T, engine string) *tab {
	t.Helper()
	if browsers[engine] == nil {
		browsers[engine] = &shared{}
	}
	return browsers[engine].tab(t, engine, drive.Options{Folder: "."})
}

// tab opens a tab, in a browser that starts as options say.
func (s *shared) tab(t *testing.T, engine string, options drive.Options) *tab {
	t.Helper()
	if os.Getenv("PINNLAB_BROWSER") == "" {
		t.Skip("PINNLAB_BROWSER is not set; ./build.sh test sets it")
	}
	if s.Browser == nil && s.err == nil {
		if s.Browser, s.err = drive.Start(engine, options); s.err == nil {
			t.Log(s.Version())
		}
	}
	if errors.Is(s.err, drive.ErrMissing) {
		t.Skip(s.err)
	} else if s.err != nil {
		t.Fatal(s.err)
	}
	b := &tab{t: t}
	var err error
	if b.Tab, err = s.NewTab(); err != nil {
		t.Fatal(err)
	}
	if c, ok := b.Tab.(*drive.ChromiumTab); ok {
		b.ctx = c.Ctx
	}
	s.tabs++
	t.Cleanup(func() {
		b.report()
		b.must(b.Close())
		if s.tabs--; s.tabs == 0 {
			b.must(s.Fresh())
		}
	})
	return b
}

// must is for what has to succeed.
func (b *tab) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// report fails the test for what must not happen and did.
func (b *tab) report() {
	for _, words := range b.Trouble() {
		if b.tolerate == "" || !strings.Contains(words, b.tolerate) {
			b.t.Error(words)
		}
	}
}

// open loads a file of this folder.
func (b *tab) open(file, hash string) {
	b.t.Helper()
	b.must(b.Open(file + hash))
}

// before runs a script before those of the pages opened from now on.
func (b *tab) before(script string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// try evaluates a script, a promise's result for a promise.
func try[T any](b *tab, script string) (v T, err error) {
	text, err := b.Eval(script)
	if err == nil {
		err = json.Unmarshal(text, &v)
	}
	return v, err
}

// eval is try for scripts that must not fail.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := try[T](b, script)
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}

// circumstances is where a page is, asked in a way that is answered by a page that
// hangs.
const circumstances = `Promise.race([window.pinnlab?.state(), new Promise((end) => setTimeout(end, 5000, "no answer"))]).then((state) => ({
	message: byID("message").textContent, progress: byID("progress").textContent, pictures: byID("pictures").textContent,
	marks: performance.getEntriesByType("mark").map((m) => m.name + " " + Math.round(m.startTime)),
	storage: [keep?.store.tab, Boolean(keep?.store.db), keep?.trouble], catalogue: lab?.catalogue.length,
	trainers: [...lab?.trainers.values() ?? []].map((t) => [t.name, t.alive, t.run, t.latest?.state.iteration]), state,
}))`

// until waits for a script to be true.
func (b *tab) until(what, script string) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		ok, err := try[bool](b, script)
		if ok && err == nil {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("waited in vain for: %s (%v)\n%v", what, err, eval[any](b, circumstances))
		}
	}
}

// poll waits for something that is known here only.
func (b *tab) poll(what string, done func() bool) {
	b.t.Helper()
	for end := time.Now().Add(patience); !done(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			b.t.Fatalf("waiting in vain for: %s", what)
		}
	}
}

// state is what pinnlab.state() returns.
type state struct {
	Running bool
	Config  config
	Models  []struct {
		Model        string
		Iteration    int
		LearningRate float64
		Losses       map[string]*float64
		Lambdas      map[string]*float64
		RelL2        *float64
		Status       string
		Frozen       bool
	}
}

type config struct {
	Preset              string
	Models              []string
	Params              map[string]float64
	Width, Depth, Batch int
	Seed                int
	LearningRate, Alpha float64
	Rule, Precision     string
}

func (b *tab) state() state {
	b.t.Helper()
	return eval[state](b, "pinnlab.state()")
}

func (b *tab) message() string {
	b.t.Helper()
	return eval[string](b, "document.getElementById('message').textContent")
}

// box is the place of an element on the screen, scrolled into view first.
type box struct{ X, Y, Width, Height float64 }

func (b *tab) box(id string) box {
	b.t.Helper()
	return eval[box](b, fmt.Sprintf(`(() => {
		const e = document.getElementById(%q);
		e.scrollIntoView({ block: "nearest" });
		const r = e.getBoundingClientRect();
		return { X: r.x, Y: r.y, Width: r.width, Height: r.height };
	})()`, id))
}

// click presses and releases the mouse on the middle of an element, once it is
// in sight and stands still: what opens is put in its place a moment later.
func (b *tab) click(id string) {
	b.t.Helper()
	b.until(id+" is in sight", fmt.Sprintf(`(async () => {
		const e = document.getElementById(%q);
		e.scrollIntoView({ block: "nearest" });
		const middle = () => { const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; };
		const was = middle();
		await new Promise((done) => setTimeout(done, 20));
		const [x, y] = middle();
		return x === was[0] && y === was[1] && x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
	})()`, id))
	r := b.box(id)
	b.must(b.Click(r.X+r.Width/2, r.Y+r.Height/2))
}

// drag takes the thumb of a slider from one part of its way, 0 to 1, to
// another, in several moves.
func (b *tab) drag(id string, from, to float64) {
	b.t.Helper()
	r := b.box(id)
	const thumb = 16
	var points [][2]float64
	for i := range 6 {
		part := from + (to-from)*float64(i)/5
		points = append(points, [2]float64{r.X + thumb/2 + part*(r.Width-thumb), r.Y + r.Height/2})
	}
	b.must(b.Drag(points...))
}

// write replaces the text of a field, as with the keyboard, and leaves it.
func (b *tab) write(id, text string) {
	b.t.Helper()
	b.click(id)
	eval[any](b, fmt.Sprintf("document.getElementById(%q).select()", id))
	b.must(b.Type(text + "\t"))
}

// choose picks an option of a select by typing the start of its name.
func (b *tab) choose(id, name string) {
	b.t.Helper()
	eval[any](b, fmt.Sprintf("document.getElementById(%q).focus()", id))
	b.must(b.Type(name + "\t"))
}
