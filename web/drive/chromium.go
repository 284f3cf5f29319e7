//go:build !js

package drive

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A chromium is Chromium, driven.
type chromium struct {
	ctx     context.Context // of the browser's first target, which stays empty
	profile context.Context // of the profile's first target, which stays empty too
	end     []func()
	folder  string
	saved   string
	version string
}

func startChromium(o Options) (Browser, error) {
	program := os.Getenv("PINNLAB_BROWSER")
	if program == "" {
		return nil, fmt.Errorf("PINNLAB_BROWSER names no Chromium, which is %w", ErrMissing)
	}
	saved, err := os.MkdirTemp("", "pinnlab-saved-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WindowSize(1280, 720),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// What is drawn without a graphics card is not drawn faster by way of one.
		chromedp.Flag("disable-gpu-rasterization", true),
		// With each profile a window's own pages would be loaded ahead.
		chromedp.Flag("disable-features", "PreloadTopChromeWebUI,Translate,BlinkGenPropertyTrees"))
	if o.NoWebGL {
		options = append(options, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-3d-apis", true))
	} else { // WebGL2 without a graphics card
		options = append(options, chromedp.Flag("use-gl", "angle"), chromedp.Flag("use-angle", "swiftshader"),
			chromedp.Flag("enable-unsafe-swiftshader", true))
	}
	c := &chromium{folder: o.Folder, saved: saved, end: []func(){func() { os.RemoveAll(saved) }}}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	c.end = append(c.end, cancel)
	c.ctx, cancel = chromedp.NewContext(ctx)
	c.end = append(c.end, cancel)
	about, err := chromedp.CallBrowser(c.ctx, browser.GetVersion, cdp.Empty{})
	if err == nil {
		c.version = about.Product
		err = c.Fresh()
	}
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func (c *chromium) Version() string   { return c.version }
func (c *chromium) Downloads() string { return c.saved }

func (c *chromium) Fresh() error {
	if c.profile != nil {
		if err := chromedp.Cancel(c.profile); err != nil {
			return err
		}
	}
	c.profile, _ = chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext())
	if err := chromedp.Do(c.profile); err != nil {
		return err
	}
	_, err := chromedp.CallBrowser(c.profile, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: c.saved,
		BrowserContextID: chromedp.FromContext(c.profile).BrowserContextID})
	return err
}

func (c *chromium) Close() error {
	for i := len(c.end) - 1; i >= 0; i-- {
		c.end[i]()
	}
	return nil
}

func (c *chromium) NewTab() (Tab, error) {
	ctx, cancel := chromedp.NewContext(c.profile)
	t := &ChromiumTab{Ctx: ctx, close: cancel, folder: c.folder}
	if err := t.listen(); err != nil {
		cancel()
		return nil, err
	}
	return t, t.Resize(1280, 720)
}

// A ChromiumTab is a tab of Chromium.
type ChromiumTab struct {
	Ctx    context.Context // for what only its protocol can do
	close  func()
	folder string

	mu      sync.Mutex
	trouble []string
}

// listen collects trouble.
func (t *ChromiumTab) listen() error {
	if _, err := chromedp.Call(t.Ctx, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	note := func(words string) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.trouble = append(t.trouble, words)
	}
	console := chromedp.Console(t.Ctx)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException {
				note("console: " + m.String())
			}
		}
	}()
	requests := chromedp.Events(t.Ctx, network.RequestWillBeSent)
	go func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			if !local(r.Request.URL) {
				note("request: " + r.Request.URL)
			}
		}
	}()
	return nil
}

func (t *ChromiumTab) do(steps ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(t.Ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, steps...)
}

func (t *ChromiumTab) Open(page string) error {
	return t.do(chromedp.Navigate("about:blank"), chromedp.Navigate(fileURL(t.folder, page)))
}

func (t *ChromiumTab) Reload() error { return t.do(chromedp.Reload()) }

func (t *ChromiumTab) Eval(expression string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(t.Ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](asJSON(expression), chromedp.EvalAwaitPromise))
	return []byte(text), err
}

func (t *ChromiumTab) Screenshot() ([]byte, error) {
	ctx, cancel := context.WithTimeout(t.Ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.CaptureScreenshot())
}

func (t *ChromiumTab) Resize(width, height int) error {
	return t.do(chromedp.EmulateViewport(int64(width), int64(height)))
}

func (t *ChromiumTab) Click(x, y float64) error { return t.do(chromedp.MouseClickXY(x, y)) }

func (t *ChromiumTab) Drag(points ...[2]float64) error {
	pressed := func(p *input.DispatchMouseEventParams) { p.Button, p.Buttons, p.ClickCount = "left", 1, 1 }
	first, last := points[0], points[len(points)-1]
	steps := []chromedp.Action[chromedp.Void]{
		chromedp.MouseEvent(chromedp.MouseMoved, first[0], first[1]),
		chromedp.MouseEvent(chromedp.MousePressed, first[0], first[1], pressed)}
	for _, p := range points[1:] {
		steps = append(steps, chromedp.MouseEvent(chromedp.MouseMoved, p[0], p[1], pressed))
	}
	return t.do(append(steps, chromedp.MouseEvent(chromedp.MouseReleased, last[0], last[1], pressed))...)
}

func (t *ChromiumTab) Type(keys string) error { return t.do(chromedp.KeyEvent(keys)) }

func (t *ChromiumTab) Upload(id, file string) error {
	return t.do(chromedp.SetUploadFiles(chromedp.CSS("#"+id), []string{file}, chromedp.NodeReady))
}

func (t *ChromiumTab) Trouble() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string{}, t.trouble...)
}

func (t *ChromiumTab) Close() error {
	t.close()
	return nil
}
