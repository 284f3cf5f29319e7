//go:build !js

package web

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestLook shows the page at the sizes of a small window, a large one and a
// phone, light and dark: nothing may be cut off at the right, and the pictures
// must be there. With PINNLAB_PICTURES it saves what it sees in that folder:
//
//	PINNLAB_PICTURES=../assets/pictures ./build.sh test
func TestLook(t *testing.T) {
	dir := os.Getenv("PINNLAB_PICTURES")
	steps := 60
	if dir != "" {
		steps = 4000
	}
	b := newTab(t)
	for _, size := range [][2]int64{{1280, 720}, {1920, 1080}, {390, 844}} {
		for _, theme := range []string{"light", "dark"} {
			b.do(chromedp.EmulateViewport(size[0], size[1]))
			b.open("index.html", "#preset=helmholtz&models=M1,M4&paused=1")
			b.drawn()
			b.until("the theme", fmt.Sprintf(`document.documentElement.dataset.theme === %q || (byID("theme").click(), false)`, theme))
			eval[any](b, fmt.Sprintf("pinnlab.step(%d)", steps))
			for _, tab := range []string{"gradients", "stiffness", "curves", "overview"} {
				eval[any](b, fmt.Sprintf(`pinnlab.view({ tab: %q })`, tab))
				if over := eval[float64](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
					t.Errorf("%d×%d, %s: %v pixels too wide", size[0], size[1], tab, over)
				}
			}
			eval[any](b, `(say(""), 0)`)                                                           // the run before is on offer
			eval[any](b, `pinnlab.runs().then((all) => pinnlab.discard(...all.map((r) => r.id)))`) // and in the curves
			b.drawn()
			shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := png.Decode(bytes.NewReader(shot)); err != nil {
				t.Fatal(err)
			}
			if dir != "" {
				name := fmt.Sprintf("page-%d-%s.png", size[0], theme)
				if err := os.WriteFile(filepath.Join(dir, name), light(t, shot), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// light makes a picture small enough for a README: the colours of its grounds
// and lines stay, those of fields and edges of letters get fewer shades.
func light(t *testing.T, shot []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	small := image.NewRGBA(img.Bounds())
	draw.Draw(small, small.Rect, img, small.Rect.Min, draw.Src)
	const often, step = 1000, 12
	count := map[[4]uint8]int{}
	for i := 0; i < len(small.Pix); i += 4 {
		count[[4]uint8(small.Pix[i:])]++
	}
	for i := 0; i < len(small.Pix); i += 4 {
		if count[[4]uint8(small.Pix[i:])] >= often {
			continue
		}
		for k := i; k < i+3; k++ {
			small.Pix[k] = uint8(min(255, (int(small.Pix[k])+step/2)/step*step))
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestPicturesAreLight holds the pictures of the README to their size.
func TestPicturesAreLight(t *testing.T) {
	pictures, err := filepath.Glob("../assets/pictures/*.png")
	if err != nil || len(pictures) == 0 {
		t.Fatal("no pictures", err)
	}
	for _, name := range pictures {
		if info, err := os.Stat(name); err != nil || info.Size() > 300_000 {
			t.Errorf("%s has %d bytes, want 300 kB or less", name, info.Size())
		}
	}
}
