//go:build !js

package web

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience is how long something on the page may take. It is long: what is
// tested is that it happens, on a machine that may be slow and busy.
const patience = 5 * time.Minute

// A tab is the page in a browser of its own.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	trouble  []string // console errors and requests that leave the machine
	tolerate string   // trouble with these words in it is expected
}

// newTab starts a browser. PINNLAB_BROWSER names the program; without it, as
// under a plain go test, the page's tests are left out.
func newTab(t *testing.T) *tab {
	t.Helper()
	program := os.Getenv("PINNLAB_BROWSER")
	if program == "" {
		t.Skip("PINNLAB_BROWSER is not set; ./build.sh test sets it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WindowSize(1280, 720),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// WebGL2 without a graphics card.
		chromedp.Flag("use-gl", "angle"), chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	b.do(chromedp.EmulateViewport(1280, 720))
	b.watch()
	t.Cleanup(b.report)
	return b
}

// watch collects what must not happen: errors on the console, and requests for
// anything but files and what the page makes itself.
func (b *tab) watch() {
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
	note := func(words string) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.tolerate == "" || !strings.Contains(words, b.tolerate) {
			b.trouble = append(b.trouble, words)
		}
	}
	console := chromedp.Console(b.ctx)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException {
				note(fmt.Sprintf("console: %s", m))
			}
		}
	}()
	requests := chromedp.Events(b.ctx, network.RequestWillBeSent)
	go func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			scheme, _, _ := strings.Cut(r.Request.URL, ":")
			switch scheme {
			case "file", "blob", "data", "about":
			default:
				note("request: " + r.Request.URL)
			}
		}
	}()
}

// report fails the test for all that was collected, and says where the page is
// if the test has failed.
func (b *tab) report() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, words := range b.trouble {
		b.t.Error(words)
	}
}

// open loads a file of this folder.
func (b *tab) open(file, hash string) {
	b.t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Navigate("file://" + filepath.ToSlash(path) + hash))
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
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](
		"(async () => JSON.stringify(await ("+script+")) ?? 'null')()", chromedp.EvalAwaitPromise))
	if err == nil {
		err = json.Unmarshal([]byte(text), &v)
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

// until waits for a script to be true.
func (b *tab) until(what, script string) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		ok, err := try[bool](b, script)
		if ok && err == nil {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("waited in vain for: %s (%v)\nmessage: %q\nstate: %v", what, err,
				eval[string](b, "document.getElementById('message').textContent"),
				eval[any](b, "window.pinnlab && pinnlab.state()"))
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

// click presses and releases the mouse on the middle of an element.
func (b *tab) click(id string) {
	b.t.Helper()
	r := b.box(id)
	b.do(chromedp.MouseClickXY(r.X+r.Width/2, r.Y+r.Height/2))
}

// drag takes the thumb of a slider from one part of its way, 0 to 1, to
// another, in several moves.
func (b *tab) drag(id string, from, to float64) {
	b.t.Helper()
	r := b.box(id)
	const thumb = 16
	at := func(part float64) float64 { return r.X + thumb/2 + part*(r.Width-thumb) }
	y := r.Y + r.Height/2
	pressed := func(p *input.DispatchMouseEventParams) { p.Button, p.Buttons, p.ClickCount = "left", 1, 1 }
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, at(from), y),
		chromedp.MouseEvent(chromedp.MousePressed, at(from), y, pressed))
	for i := range 5 {
		part := from + (to-from)*float64(i+1)/5
		b.do(chromedp.MouseEvent(chromedp.MouseMoved, at(part), y, pressed))
	}
	b.do(chromedp.MouseEvent(chromedp.MouseReleased, at(to), y, pressed))
}

// write replaces the text of a field, as with the keyboard, and leaves it.
func (b *tab) write(id, text string) {
	b.t.Helper()
	b.click(id)
	eval[any](b, fmt.Sprintf("document.getElementById(%q).select()", id))
	b.do(chromedp.KeyEvent(text + "\t"))
}

// choose picks an option of a select by typing the start of its name.
func (b *tab) choose(id, name string) {
	b.t.Helper()
	eval[any](b, fmt.Sprintf("document.getElementById(%q).focus()", id))
	b.do(chromedp.KeyEvent(name + "\t"))
}
