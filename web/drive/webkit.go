//go:build !js

package drive

import (
	"net"
	"os"
	"path/filepath"
	"time"
)

// A webkit is WebKitGTK's MiniBrowser, driven.
type webkit struct {
	options        Options
	program        string
	display        string // as a variable of the environment
	screen, driver *process
	proxy          *proxy
	copy           string // of the folder, with a listener in its pages
	version        string
	current        string // the handle of the window that commands go to
	webdriver
}

// narrow lets the browser's own window be as narrow as a phone.
const narrow = `* { font-size: 1px; padding: 0; margin: 0; min-width: 0; min-height: 0; }`

func startWebKit(o Options) (Browser, error) {
	program, err := find("WebKitWebDriver")
	if err != nil {
		return nil, err
	}
	w := &webkit{program: program, options: o}
	if err := w.start(); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// start starts what all sessions need, and a first one.
func (w *webkit) start() (err error) {
	if w.screen, w.display, err = newScreen(); err != nil {
		return err
	}
	if w.proxy, err = newProxy(); err != nil {
		return err
	}
	w.copy = filepath.Join(w.screen.home, "page")
	if err := instrument(w.options.Folder, w.copy); err != nil {
		return err
	}
	return w.Fresh()
}

// Fresh starts the driver anew, and it a browser. Now and then, on a busy
// machine, the two do not find each other: then it tries again.
func (w *webkit) Fresh() (err error) {
	for range 4 {
		if w.driver != nil {
			w.driver.end()
		}
		if err = w.startDriver(); err != nil {
			continue
		}
		if err = w.open(); err == nil {
			return nil
		}
	}
	return err
}

func (w *webkit) startDriver() error {
	port, err := freePort()
	if err != nil {
		return err
	}
	if w.driver, err = newProcess(w.program, "-p", port); err != nil {
		return err
	}
	w.driver.cmd.Env = append(w.driver.cmd.Env, w.display, "GDK_BACKEND=x11")
	style := filepath.Join(w.driver.home, "gtk-3.0")
	if err := os.MkdirAll(style, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(style, "gtk.css"), []byte(narrow), 0o600); err != nil {
		return err
	}
	if err := w.driver.cmd.Start(); err != nil {
		return err
	}
	w.address = "http://127.0.0.1:" + port
	return w.wait()
}

// freePort returns a port that nothing listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// open opens a session, and with it a browser.
func (w *webkit) open() error {
	var session struct {
		SessionID    string
		Capabilities struct{ BrowserName, BrowserVersion string }
	}
	arguments := []string{"--automation", "--javascript-can-open-windows-automatically=true"}
	if w.options.NoWebGL {
		arguments = append(arguments, "--enable-webgl=false")
	}
	wait := patience.Milliseconds()
	asked := object{"capabilities": object{"alwaysMatch": object{
		"proxy":                    object{"proxyType": "manual", "httpProxy": w.proxy.address(), "sslProxy": w.proxy.address()},
		"timeouts":                 object{"script": wait, "pageLoad": wait},
		"webkitgtk:browserOptions": object{"args": arguments}}}}
	w.limit = time.Minute
	if err := w.call("POST", "/session", asked, &session); err != nil {
		return err
	}
	w.limit = patience + 10*time.Second // longer than the driver's own bound, which says more
	w.session = "/session/" + session.SessionID
	w.version = session.Capabilities.BrowserName + " " + session.Capabilities.BrowserVersion
	return w.in("GET", "/window", nil, &w.current)
}

func (w *webkit) Version() string   { return "WebKitGTK " + w.version }
func (w *webkit) Downloads() string { return w.driver.home }

func (w *webkit) Close() error {
	for _, p := range []*process{w.driver, w.screen} {
		if p != nil {
			p.end()
		}
	}
	if w.proxy != nil {
		w.proxy.Close()
	}
	return nil
}
