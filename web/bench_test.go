//go:build !js

package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// benchOf is what TestBenchPage measures: few cases, for a moment. Pictures
// need more.
func benchOf(pictures bool) []string {
	if pictures {
		return []string{"sets=steps,sweep,kernels,start&laps=3&millis=20"}
	}
	return []string{
		"sets=steps,start&laps=1&millis=5&match=helmholtz/model=M1/n=128/w=50",
		"sets=kernels&laps=1&millis=5&match=Adam",
		"sets=sweep&laps=1&millis=5&match=along=order",
	}
}

// measure presses Start and waits for the end.
func (b *tab) measure() {
	b.t.Helper()
	b.until("the bench can start", "!document.getElementById('start').disabled")
	b.click("start")
	b.until("the bench is done", "document.getElementById('message').textContent === 'Done.'")
}

// TestBenchPage opens the page that measures by itself, has it measure, and
// looks for tables, charts and times. With PINNLAB_PICTURES it saves what it
// sees in that folder.
func TestBenchPage(t *testing.T) {
	dir := os.Getenv("PINNLAB_PICTURES")
	b := newTab(t)
	for _, hash := range benchOf(dir != "") {
		b.open("index.html", "") // so that the next is opened anew
		b.open("bench.html", "#"+hash)
		b.measure()
		text := eval[string](b, "bench.markdown()")
		for set, want := range map[string]string{
			"steps": "| Helmholtz M1, 128 points, width 50 | ", "start": "| first picture | ",
			"kernels": "| Adam", "sweep": "| order of the derivatives | M1, steps/s | M3, steps/s |",
		} {
			if strings.Contains(hash, set) && !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", hash, want, text)
			}
			part := fmt.Sprintf("!document.getElementById('part-%s').hidden", set)
			if got := eval[bool](b, part); got != strings.Contains(hash, set) {
				t.Errorf("%s: the part %s is seen: %v", hash, set, got)
			}
		}
		if strings.Contains(hash, "sweep") {
			if n := eval[int](b, "document.querySelectorAll('[data-along=order] circle').length"); n != 8 {
				t.Errorf("%d dots of two models at four orders", n)
			}
		}
	}
	for _, width := range []int64{1280, 390} {
		for _, theme := range []string{"light", "dark"} {
			b.do(chromedp.EmulateViewport(width, 800))
			b.until("the theme", fmt.Sprintf(`document.documentElement.dataset.theme === %q || (document.getElementById("theme").click(), false)`, theme))
			if over := eval[float64](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
				t.Errorf("%d wide: %v pixels too wide", width, over)
			}
			if dir == "" {
				continue
			}
			shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("bench-%d-%s.png", width, theme)), shot, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestBenchStops: the button that started a bench ends it, and what was
// measured until then is shown.
func TestBenchStops(t *testing.T) {
	b := newTab(t)
	b.open("bench.html", "#sets=steps&laps=1000&millis=5&match=w=50")
	b.until("the bench can start", "!document.getElementById('start').disabled")
	b.click("start")
	b.until("a lap is taken", "document.getElementById('share').value > 0.004")
	b.click("start")
	b.until("the bench has stopped", "document.getElementById('message').textContent.startsWith('Stopped.')")
	if n := eval[int](b, "document.querySelectorAll('#steps tbody tr').length"); n == 0 {
		t.Error("no step is shown")
	}
}
