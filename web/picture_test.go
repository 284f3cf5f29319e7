//go:build !js

package web

import (
	"bytes"
	"image"
	"image/png"
	"time"
)

// picture returns what the canvas shows of its first pixels on the screen.
func (b *tab) picture() image.Image {
	b.t.Helper()
	eval[any](b, "scrollTo(0, 0)")
	shot, err := b.Screenshot()
	b.must(err)
	img, err := png.Decode(bytes.NewReader(shot))
	b.must(err)
	r := eval[box](b, `(() => {
		const r = document.getElementById("canvas").getBoundingClientRect();
		return { X: r.x, Y: r.y, Width: r.width, Height: r.height };
	})()`)
	part := image.Rect(int(r.X), int(r.Y), int(r.X+r.Width), int(r.Y+r.Height)).Intersect(img.Bounds())
	return img.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(part)
}

// differing counts the pixels that differ between two pictures; all of them if
// their sizes do.
func differing(a, b image.Image) int {
	r := a.Bounds()
	if b.Bounds().Size() != r.Size() {
		return r.Dx() * r.Dy()
	}
	shift := b.Bounds().Min.Sub(r.Min)
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if a.At(x, y) != b.At(x+shift.X, y+shift.Y) {
				n++
			}
		}
	}
	return n
}

// colours counts the distinct colours of a picture: a blank one has one.
func colours(a image.Image) int {
	seen := map[[4]uint32]bool{}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			r, g, b, alpha := a.At(x, y).RGBA()
			seen[[4]uint32{r, g, b, alpha}] = true
		}
	}
	return len(seen)
}

// drawn waits until the canvas shows a picture and returns it.
func (b *tab) drawn() image.Image {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		p := b.picture()
		if colours(p) > 100 {
			return p
		}
		if time.Now().After(end) {
			b.t.Fatalf("no picture: %d colours; progress %q", colours(p),
				eval[string](b, "document.getElementById('progress').textContent"))
		}
	}
}

// changes waits until the canvas shows another picture than before.
func (b *tab) changes(before image.Image) {
	b.t.Helper()
	for end := time.Now().Add(patience); differing(before, b.picture()) < 1000; {
		if time.Now().After(end) {
			b.t.Fatal("the picture does not change")
		}
		time.Sleep(100 * time.Millisecond)
	}
}
