//go:build !js

package web

import (
	"bytes"
	"fmt"
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
				if err := os.WriteFile(filepath.Join(dir, name), shot, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
