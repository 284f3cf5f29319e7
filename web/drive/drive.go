//go:build !js

// Package drive drives web pages in three browser engines, from files, as a
// person does: Chromium over its DevTools protocol, Firefox over WebDriver
// BiDi, and WebKitGTK, which is Safari's engine, over classic WebDriver.
//
//	b, err := drive.Start(drive.Firefox, drive.Options{Folder: "web"})
//	defer b.Close()
//	tab, err := b.NewTab()
//	err = tab.Open("index.html#seed=7")
//	text, err := tab.Eval("pinnlab.state()") // as JSON; promises are awaited
//	err = tab.Click(100, 20)
//	trouble := tab.Trouble() // what must not happen: errors and requests
//
// One browser serves all tests of a program; each tab is 1280 x 720 CSS pixels
// at first. Coordinates are CSS pixels of the window. Browsers start with a
// fresh profile, which tabs share, and end with all they wrote.
package drive

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// The engines.
const (
	Chromium = "chromium"
	Firefox  = "firefox"
	WebKit   = "webkit"
)

// Engines lists them all.
var Engines = []string{Chromium, Firefox, WebKit}

// ErrMissing is why an engine that is not installed does not start.
var ErrMissing = errors.New("not installed")

// A Browser is a running browser.
type Browser interface {
	// Version is the browser's name and version.
	Version() string
	// NewTab opens an empty tab. Commands to several tabs may be mixed, but
	// must follow each other.
	NewTab() (Tab, error)
	// Downloads is the folder into which pages save files, until it is fresh.
	Downloads() string
	// Fresh closes all tabs and forgets all that pages have stored.
	Fresh() error
	Close() error
}

// A Tab is a page in a browser.
type Tab interface {
	// Open loads a file, named from the browser's folder on or by its whole path,
	// with what follows it, such as "index.html#seed=7", and waits until it is loaded. It loads
	// the page also where only the part after # differs from what is open.
	Open(page string) error
	// Reload loads the page again.
	Reload() error
	// Eval returns the value of an expression, awaited if it is a promise, as
	// JSON; null for undefined. What it throws is the error.
	Eval(expression string) ([]byte, error)
	// Screenshot returns what the window shows, as PNG.
	Screenshot() ([]byte, error)
	// Resize gives the window an inner size.
	Resize(width, height int) error
	// Click presses and releases the left button of the mouse.
	Click(x, y float64) error
	// Drag presses it at the first of the points, moves on from one to the
	// next, and releases it at the last.
	Drag(points ...[2]float64) error
	// Type presses keys one after the other: those of ASCII, and "\t", "\r" and
	// "\x1b" for Tab, Enter and Escape.
	Type(keys string) error
	// Upload gives a file to the file input with this id.
	Upload(id, file string) error
	// Trouble returns what must not happen and did since the tab was made:
	// errors on the console of page and frames, and requests for anything but
	// files and what the page makes itself.
	Trouble() []string
	Close() error
}

// Options say how a browser starts.
type Options struct {
	Folder  string // whose files are the pages
	NoWebGL bool   // as where graphics are switched off
}

// Start starts a browser. Chromium is the program that PINNLAB_BROWSER names;
// the others are looked for by name.
func Start(engine string, o Options) (Browser, error) {
	folder, err := filepath.Abs(o.Folder)
	if err != nil {
		return nil, err
	}
	o.Folder = folder
	switch engine {
	case Chromium:
		return startChromium(o)
	case Firefox:
		return startFirefox(o)
	case WebKit:
		return startWebKit(o)
	}
	return nil, errors.New("there is no engine " + engine)
}

// find returns the first of programs that is installed.
func find(programs ...string) (string, error) {
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is %w", programs[0], ErrMissing)
}

// local tells whether an address leads to nothing but files and what a page
// makes itself.
func local(address string) bool {
	scheme, _, _ := strings.Cut(address, ":")
	return slices.Contains([]string{"file", "blob", "data", "about"}, scheme)
}

// fileURL is the address of a page, in a folder unless it says another.
func fileURL(folder, page string) string {
	if filepath.IsAbs(page) {
		return "file://" + filepath.ToSlash(page)
	}
	return "file://" + filepath.ToSlash(folder) + "/" + page
}

// asJSON is a promise of an expression's value as JSON.
func asJSON(expression string) string {
	return "(async () => JSON.stringify(await (" + expression + ")) ?? 'null')()"
}
