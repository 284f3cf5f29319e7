package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pinnlab/core/bench"
)

// A chrome is a browser, driven.
type chrome struct {
	ctx     context.Context
	close   func()
	web     string // as the start of an address
	version string
}

// newBrowser starts the browser that PINNLAB_BROWSER names.
func newBrowser(web string) (*chrome, error) {
	program := os.Getenv("PINNLAB_BROWSER")
	if program == "" {
		return nil, errors.New("PINNLAB_BROWSER names no browser; ./build.sh bench sets it")
	}
	folder, err := filepath.Abs(web)
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WindowSize(1280, 800),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// WebGL2 without a graphics card.
		chromedp.Flag("use-gl", "angle"), chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true))
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(ctx)
	b := &chrome{ctx, func() { cancel(); end() }, "file://" + filepath.ToSlash(folder) + "/", ""}
	// Tasks of the page's thread that keep it for 50 ms or more.
	_, err = chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.longTasks = [];
		new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => [e.startTime, e.duration])))
			.observe({ type: "longtask", buffered: true });`})
	if err == nil {
		b.version, err = evaluate[string](ctx, `/Chrom\w+\/[\d.]+/.exec(navigator.userAgent)[0]`)
	}
	if err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// open loads a page; from another one, so that it is loaded in any case.
func (b *chrome) open(file string) error {
	return chromedp.Do(b.ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(b.web+file))
}

// evaluate returns the value of a script, a promise's result for a promise.
func evaluate[T any](ctx context.Context, script string) (v T, err error) {
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](
		"(async () => JSON.stringify(await ("+script+")) ?? 'null')()", chromedp.EvalAwaitPromise))
	if err == nil {
		err = json.Unmarshal([]byte(text), &v)
	}
	return v, err
}

// measure has bench.html measure a set.
func (b *chrome) measure(w *wish, set string) ([]bench.Result, error) {
	if err := b.open("bench.html"); err != nil {
		return nil, err
	}
	how, err := json.Marshal(map[string]any{
		"laps": w.laps, "millis": w.length.Milliseconds(), "precision": w.precision, "match": w.match,
	})
	if err != nil {
		return nil, err
	}
	return evaluate[[]bench.Result](b.ctx, fmt.Sprintf("ready.then(() => bench.measure(%q, %s))", set, how))
}

// patience is how long the page may take to come to something.
const patience = 5 * time.Minute

// until waits for a script to be true.
func (b *chrome) until(script string) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if ok, err := evaluate[bool](b.ctx, script); ok || err != nil {
			return err
		}
	}
	return fmt.Errorf("waited in vain for %s", script)
}

// start opens the page and returns when it reached what, and how long its
// thread was kept at most until then.
func (b *chrome) start() (marks, error) {
	if err := b.open("index.html#preset=helmholtz&models=M1,M4"); err != nil {
		return nil, err
	}
	if err := b.until(`["` + firstStep + `", "` + lastMark + `"].every((name) => performance.getEntriesByName(name, "mark").length > 0)`); err != nil {
		return nil, err
	}
	m, err := evaluate[marks](b.ctx, `Object.fromEntries(performance.getEntriesByType("mark").map((m) => [m.name, m.startTime]))`)
	if err != nil {
		return nil, err
	}
	tasks, err := evaluate[[][2]float64](b.ctx, "longTasks")
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		if t[0] < m[firstStep] {
			m[longestBefore] = max(m[longestBefore], t[1])
		}
		m[longest] = max(m[longest], t[1])
	}
	// The models must not train on while something else is measured.
	return m, chromedp.Do(b.ctx, chromedp.Navigate("about:blank"))
}
