//go:build !js

package drive

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

type webkitTab struct {
	w       *webkit
	handle  string
	trouble []string // that is known here
	before  int      // requests that are noted, or others made
}

func (w *webkit) NewTab() (Tab, error) {
	var made struct{ Handle string }
	if err := w.in("POST", "/window/new", object{"type": "window"}, &made); err != nil {
		return nil, err
	}
	t := &webkitTab{w: w, handle: made.Handle, before: len(w.proxy.since(0))}
	return t, t.Resize(1280, 720)
}

// in is a command to this tab.
func (t *webkitTab) in(method, path string, params, result any) error {
	if t.w.current != t.handle {
		if err := t.w.in("POST", "/window", object{"handle": t.handle}, nil); err != nil {
			return err
		}
		t.w.current = t.handle
	}
	return t.w.in(method, path, params, result)
}

func (t *webkitTab) Open(page string) error {
	t.gather()
	// From another page, so that it is loaded in any case.
	for _, address := range []string{"about:blank", fileURL(t.w.copy, page)} {
		if err := t.in("POST", "/url", object{"url": address}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (t *webkitTab) Reload() error {
	t.gather()
	return t.in("POST", "/refresh", nil, nil)
}

func (t *webkitTab) Eval(expression string) ([]byte, error) {
	var got struct{ Value, Failed *string }
	err := t.in("POST", "/execute/async", object{"args": []any{}, "script": "const done = arguments[0];" +
		asJSON(expression) + ".then((Value) => done({ Value }), (e) => done({ Failed: String(e) }))"}, &got)
	switch {
	case err != nil:
		return nil, err
	case got.Failed != nil:
		return nil, errors.New(*got.Failed)
	case got.Value == nil:
		return nil, errors.New("the page went away")
	}
	return []byte(*got.Value), nil
}

func (t *webkitTab) Screenshot() ([]byte, error) {
	var text string
	if err := t.in("GET", "/screenshot", nil, &text); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(text)
}

// Resize sizes the window so that its inside has the size.
func (t *webkitTab) Resize(width, height int) error {
	type size struct{ InnerWidth, InnerHeight, OuterWidth, OuterHeight int }
	want := size{InnerWidth: width, InnerHeight: height, OuterWidth: width, OuterHeight: height}
	var got size
	for range 20 { // windows take their time
		err := t.in("POST", "/window/rect", object{"x": 0, "y": 0, "width": want.OuterWidth, "height": want.OuterHeight}, nil)
		if err != nil {
			return err
		}
		text, err := t.Eval(`new Promise((r) => setTimeout(r, 50)).then(() => ({ InnerWidth: innerWidth,
			InnerHeight: innerHeight, OuterWidth: outerWidth, OuterHeight: outerHeight }))`)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(text, &got); err != nil {
			return err
		}
		if got.InnerWidth == width && got.InnerHeight == height {
			return nil
		}
		want.OuterWidth = width + got.OuterWidth - got.InnerWidth
		want.OuterHeight = height + got.OuterHeight - got.InnerHeight
	}
	return fmt.Errorf("a window of %d x %d is %d x %d inside", width, height, got.InnerWidth, got.InnerHeight)
}

func (t *webkitTab) Click(x, y float64) error { return t.Drag([2]float64{x, y}) }

func (t *webkitTab) Drag(points ...[2]float64) error {
	return t.in("POST", "/actions", object{"actions": mouse(points)}, nil)
}

func (t *webkitTab) Type(keys string) error {
	return t.in("POST", "/actions", object{"actions": keyboard(keys)}, nil)
}

func (t *webkitTab) Upload(id, file string) error {
	var found map[string]string
	if err := t.in("POST", "/element", object{"using": "css selector", "value": "#" + id}, &found); err != nil {
		return err
	}
	for _, element := range found { // one, by a name that the standard made up
		if err := t.in("POST", "/element/"+element+"/value", object{"text": file}, nil); err != nil {
			return err
		}
	}
	return nil
}

// gather takes over what the page's listener has noted.
func (t *webkitTab) gather() {
	var noted []string
	if text, err := t.Eval("window.pinnlabTrouble?.splice(0) ?? []"); err == nil {
		json.Unmarshal(text, &noted)
	}
	t.trouble = append(t.trouble, noted...)
}

func (t *webkitTab) Trouble() []string {
	t.gather()
	requests := t.w.proxy.since(t.before)
	t.before += len(requests)
	t.trouble = append(t.trouble, requests...)
	return append([]string{}, t.trouble...)
}

func (t *webkitTab) Close() error { return t.in("DELETE", "/window", nil, nil) }
