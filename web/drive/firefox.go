//go:build !js

package drive

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// settings of the profile. Those that Firefox recommends for WebDriver are left
// out: they loosen what a page from a file may do.
const settings = `
user_pref("remote.prefs.recommended", false);
user_pref("webgl.force-enabled", %v);
user_pref("webgl.disabled", %v);
user_pref("browser.download.dir", %q);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.useDownloadDir", true);
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.startup.page", 0);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("termsofuse.bypassNotification", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("toolkit.telemetry.server", "");
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("services.settings.server", "data:,");
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("dom.max_script_run_time", 0);
`

// A firefox is Firefox, driven.
type firefox struct {
	*process
	*bidi
	screen          *process
	folder, version string
	profile         string // the user context of new tabs, whose storage is its own

	mu   sync.Mutex
	tabs map[string]*firefoxTab // by browsing context, frames too
}

func startFirefox(o Options) (Browser, error) {
	program, err := find("firefox-esr", "firefox")
	if err != nil {
		return nil, err
	}
	screen, display, err := newScreen() // without one it has no WebGL
	if err != nil {
		return nil, err
	}
	p, err := newProcess(program, "--no-remote", "--remote-debugging-port", "0", "--profile")
	if err != nil {
		screen.end()
		return nil, err
	}
	p.cmd.Env = append(p.cmd.Env, display, "GDK_BACKEND=x11", "MOZ_ENABLE_WAYLAND=0")
	f := &firefox{process: p, screen: screen, folder: o.Folder, tabs: map[string]*firefoxTab{}}
	if err := f.start(!o.NoWebGL); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (f *firefox) start(webgl bool) error {
	profile := filepath.Join(f.home, "profile")
	f.cmd.Args = append(f.cmd.Args, profile)
	for _, dir := range []string{profile, f.Downloads()} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return err
		}
	}
	text := fmt.Sprintf(settings, webgl, !webgl, f.Downloads())
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(text), 0o600); err != nil {
		return err
	}
	address, err := f.listen(after("WebDriver BiDi listening on "))
	if err != nil {
		return err
	}
	if f.bidi, err = dial(address+"/session", f.event); err != nil {
		return err
	}
	var session struct {
		Capabilities struct{ BrowserName, BrowserVersion string }
	}
	if err := f.call("session.new", object{"capabilities": object{}}, &session); err != nil {
		return err
	}
	f.version = session.Capabilities.BrowserName + " " + session.Capabilities.BrowserVersion
	if err := f.call("session.subscribe", object{"events": []string{
		"log.entryAdded", "network.beforeRequestSent", "browsingContext.contextCreated"}}, nil); err != nil {
		return err
	}
	return f.Fresh()
}

// An object is one of JSON.
type object = map[string]any

func (f *firefox) Version() string   { return f.version }
func (f *firefox) Downloads() string { return filepath.Join(f.home, "saved") }

func (f *firefox) Fresh() error {
	if f.profile != "" {
		if err := f.call("browser.removeUserContext", object{"userContext": f.profile}, nil); err != nil {
			return err
		}
	}
	var made struct{ UserContext string }
	if err := f.call("browser.createUserContext", object{}, &made); err != nil {
		return err
	}
	f.profile = made.UserContext
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tabs = map[string]*firefoxTab{}
	return nil
}

func (f *firefox) Close() error {
	if f.bidi != nil {
		f.conn.CloseNow()
	}
	f.end()
	f.screen.end()
	return nil
}

// event notes trouble with the tab whose it is.
func (f *firefox) event(method string, params json.RawMessage) {
	var e struct {
		Context, Parent   string
		Level, Text, Type string
		Source            struct{ Context string }
		Request           struct{ URL string }
	}
	if json.Unmarshal(params, &e) != nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch method {
	case "browsingContext.contextCreated": // a frame's trouble is its page's
		if t := f.tabs[e.Parent]; t != nil {
			f.tabs[e.Context] = t
		}
	case "log.entryAdded":
		if t := f.tabs[e.Source.Context]; t != nil && e.Level == "error" {
			t.trouble = append(t.trouble, "console: "+e.Text)
		}
	case "network.beforeRequestSent":
		if t := f.tabs[e.Context]; t != nil && !local(e.Request.URL) {
			t.trouble = append(t.trouble, "request: "+e.Request.URL)
		}
	}
}

func (f *firefox) NewTab() (Tab, error) {
	var made struct{ Context string }
	if err := f.call("browsingContext.create", object{"type": "window", "userContext": f.profile}, &made); err != nil {
		return nil, err
	}
	t := &firefoxTab{f: f, context: made.Context}
	f.mu.Lock()
	f.tabs[t.context] = t
	f.mu.Unlock()
	return t, t.Resize(1280, 720)
}

type firefoxTab struct {
	f       *firefox
	context string
	trouble []string // guarded by f.mu
}

func (t *firefoxTab) call(method string, params object, result any) error {
	params["context"] = t.context
	return t.f.call(method, params, result)
}

func (t *firefoxTab) Open(page string) error {
	// From another page, so that it is loaded in any case.
	for _, address := range []string{"about:blank", fileURL(t.f.folder, page)} {
		if err := t.call("browsingContext.navigate", object{"url": address, "wait": "complete"}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (t *firefoxTab) Reload() error {
	return t.call("browsingContext.reload", object{"wait": "complete"}, nil)
}

func (t *firefoxTab) Eval(expression string) ([]byte, error) {
	var got struct {
		Type             string
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	err := t.f.call("script.evaluate", object{"expression": asJSON(expression), "awaitPromise": true,
		"target": object{"context": t.context}}, &got)
	if err == nil && got.Type == "exception" {
		err = errors.New(got.ExceptionDetails.Text)
	}
	return []byte(got.Result.Value), err
}

func (t *firefoxTab) Screenshot() ([]byte, error) {
	var got struct{ Data string }
	if err := t.call("browsingContext.captureScreenshot", object{}, &got); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(got.Data)
}

func (t *firefoxTab) Resize(width, height int) error {
	return t.call("browsingContext.setViewport",
		object{"viewport": object{"width": width, "height": height}}, nil)
}

func (t *firefoxTab) Click(x, y float64) error { return t.Drag([2]float64{x, y}) }

func (t *firefoxTab) Drag(points ...[2]float64) error {
	return t.call("input.performActions", object{"actions": mouse(points)}, nil)
}

func (t *firefoxTab) Type(keys string) error {
	return t.call("input.performActions", object{"actions": keyboard(keys)}, nil)
}

func (t *firefoxTab) Upload(id, file string) error {
	var got struct {
		Result struct{ SharedID string }
	}
	err := t.f.call("script.evaluate", object{"awaitPromise": false, "target": object{"context": t.context},
		"expression": fmt.Sprintf("document.getElementById(%q)", id)}, &got)
	if err != nil {
		return err
	}
	return t.call("input.setFiles", object{"files": []string{file},
		"element": object{"sharedId": got.Result.SharedID}}, nil)
}

func (t *firefoxTab) Trouble() []string {
	t.f.mu.Lock()
	defer t.f.mu.Unlock()
	return append([]string{}, t.trouble...)
}

func (t *firefoxTab) Close() error {
	return t.call("browsingContext.close", object{}, nil)
}
