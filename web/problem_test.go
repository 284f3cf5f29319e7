//go:build !js

package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestProblemIsTypeset looks for the equation in the bar at every width, and for
// the whole problem in its panel, which follows the parameters while it is open.
func TestProblemIsTypeset(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", quick+"&models=M1&paused=1")
	b.until("the equation", `document.querySelector("#equation math")?.getAttribute("alttext") === "u_xx + u_yy + k^2*u = f"`)
	for _, size := range [][2]int64{{1920, 1080}, {1280, 720}, {390, 844}} {
		b.do(chromedp.EmulateViewport(size[0], size[1]))
		if w := eval[float64](b, `byID("equation").getBoundingClientRect().width`); w < 96 {
			t.Errorf("at %d pixels the equation has %v", size[0], w)
		}
	}
	b.click("problem-open")
	b.until("it opens", `byID("problem-sheet").matches(":popover-open")`)
	text := eval[string](b, `byID("problem-sheet").textContent`)
	for _, want := range []string{"Helmholtz", "The network computes", "the domain", "the forcing", "bc4", "wavenumber", "exact", "SIAM"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the panel: %s", want, text)
		}
	}
	if over := eval[float64](b, `byID("problem-sheet").scrollWidth - byID("problem-sheet").clientWidth`); over > 0 {
		t.Errorf("the panel is %v pixels too wide on a phone", over)
	}
	eval[any](b, `pinnlab.set({ params: { a1: 3.5 } })`)
	b.until("the parameter on the sheet", `[...document.querySelectorAll("#problem-sheet math")].some((m) => m.getAttribute("alttext") === "a1 = 3.5")`)
	eval[any](b, `document.querySelector("#problem-sheet button").focus()`)
	b.key("\u001b")
	b.until("closed, and back at its button", `!byID("problem-sheet").matches(":popover-open") && document.activeElement.id === "problem-open"`)
	eval[any](b, fmt.Sprintf(`pinnlab.set({ preset: %q })`, "klein_gordon"))
	b.until("another problem", `document.querySelector("#equation math").textContent.includes("α")`)
}
