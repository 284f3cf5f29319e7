package main

//lint:file-ignore SA1019 Drawing only what has changed goes by these names alone in a browser.

import (
	"math"
	"strconv"
	"syscall/js"

	"github.com/hajimehoshi/ebiten/v2"

	"pinnlab/wasm/plot"
)

// frame is the iframe that holds the canvas. Ebitengine would take every key,
// wheel turn and touch in it and would keep the pixel ratio that it started
// with; frame keeps those events from it, so that the page scrolls and tabs as
// any page, and makes the body as large as the frame has device pixels, shrunk
// back by a transform. (Ebitengine 2.8.8, internal/ui/ui_js.go.)
type frame struct {
	width, height float64 // CSS pixels
	pointer       plot.Point
	pointing      bool
	changed       bool // in size or pixel ratio

	told float64 // the pixel ratio that the page told; 0 if none
}

// The canvas is made no larger than this: more is slow or impossible.
const (
	largestSide = 8192
	largestArea = 16 << 20
)

// ratio returns the device pixels per CSS pixel.
func (f *frame) ratio() float64 {
	r := f.told
	if r <= 0 {
		r = js.Global().Get("devicePixelRatio").Float()
	}
	if !(r > 0) {
		return 1
	}
	return r
}

// scale returns the pixels of the canvas per CSS pixel: the ratio, or less
// where that would make the canvas too large.
func (f *frame) scale() float64 {
	w, h := max(f.width, 1), max(f.height, 1)
	return min(f.ratio(), largestSide/max(w, h), math.Sqrt(largestArea/(w*h)))
}

// setRatio takes the pixel ratio that the page found.
func (f *frame) setRatio(dpr float64) {
	if f.told != dpr {
		f.told = dpr
		js.Global().Call("dispatchEvent", js.Global().Get("Event").New("resize"))
	}
}

// fit makes the body cover the frame.
func (f *frame) fit() {
	f.width = js.Global().Get("innerWidth").Float()
	f.height = js.Global().Get("innerHeight").Float()
	f.changed = true
	s := f.scale()
	document := js.Global().Get("document")
	document.Get("documentElement").Get("style").Set("overflow", "hidden")
	w, h := int(math.Round(f.width*s)), int(math.Round(f.height*s))
	style := document.Get("body").Get("style")
	style.Set("width", strconv.Itoa(w)+"px")
	style.Set("height", strconv.Itoa(h)+"px")
	style.Set("transformOrigin", "0 0")
	style.Set("transform", "scale("+strconv.FormatFloat(1/s, 'g', -1, 64)+")")
	style.Set("overflow", "hidden")
	// Ebitengine has listened to resize for longer, and has just taken the
	// canvas's size from the body as it was.
	if canvas := document.Call("querySelector", "canvas"); canvas.Truthy() {
		canvas.Set("width", w)
		canvas.Set("height", h)
	}
}

// listen follows size and pointer. In the capture phase its listeners come
// before Ebitengine's own.
func (f *frame) listen(g *game) {
	on := func(name string, act func(event js.Value)) {
		options := map[string]any{"capture": true, "passive": true}
		js.Global().Call("addEventListener", name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			g.guard(func() { act(args[0]) })
			return nil
		}), options)
	}
	for _, name := range []string{"keydown", "keyup", "mousedown", "mouseup", "mousemove", "wheel",
		"touchstart", "touchmove", "touchend", "touchcancel", "contextmenu"} {
		on(name, func(event js.Value) { event.Call("stopPropagation") })
	}
	on("resize", func(js.Value) { f.fit(); ebiten.ScheduleFrame() })
	point := func(event js.Value) {
		f.pointer = plot.Point{X: event.Get("clientX").Float(), Y: event.Get("clientY").Float()}
		f.pointing, g.moved = true, true
		ebiten.ScheduleFrame()
	}
	on("pointerdown", point)
	on("click", func(event js.Value) { point(event); g.guard(func() { g.click(false) }) })
	on("dblclick", func(event js.Value) { point(event); g.guard(func() { g.click(true) }) })
	on("pointermove", point)
	js.Global().Get("document").Get("documentElement").Call("addEventListener", "pointerleave",
		js.FuncOf(func(_ js.Value, args []js.Value) any {
			g.guard(func() {
				if args[0].Get("pointerType").String() == "mouse" { // a finger's reading stays
					f.pointing, g.moved = false, true
					ebiten.ScheduleFrame()
				}
			})
			return nil
		}))
	f.fit()
	f.watchRatio()
	describe()
}

// watchRatio fits again whenever the pixel ratio changes, as when the window
// moves to another screen. A media query only tells that it is no longer what
// it was.
func (f *frame) watchRatio() {
	ratio := strconv.FormatFloat(js.Global().Get("devicePixelRatio").Float(), 'g', -1, 64)
	query := js.Global().Call("matchMedia", "(resolution: "+ratio+"dppx)")
	var changed js.Func
	changed = js.FuncOf(func(js.Value, []js.Value) any {
		changed.Release()
		f.told = 0
		f.fit()
		f.watchRatio()
		ebiten.ScheduleFrame()
		return nil
	})
	query.Call("addEventListener", "change", changed, map[string]any{"once": true})
}

// describe takes the canvas out of the order of the Tab key and tells
// assistive technology what it is.
func describe() {
	canvas := js.Global().Get("document").Call("querySelector", "canvas")
	if !canvas.Truthy() {
		return
	}
	canvas.Call("removeAttribute", "tabindex")
	canvas.Call("setAttribute", "role", "img")
	canvas.Call("setAttribute", "aria-label", "Fields, errors, gradient distributions and training curves of the models")
}
