//go:build !js

package drive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Each engine does, and tells, what the interfaces promise.
func TestEngines(t *testing.T) {
	if os.Getenv("PINNLAB_BROWSER") == "" {
		t.Skip("PINNLAB_BROWSER is not set; ./build.sh test sets it")
	}
	for _, engine := range Engines {
		t.Run(engine, func(t *testing.T) {
			b, err := Start(engine, Options{Folder: "testdata"})
			if errors.Is(err, ErrMissing) {
				t.Skip(err)
			} else if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			t.Log(b.Version())
			t.Run("hands", func(t *testing.T) { hands(t, newTab(t, b)) })
			t.Run("sizes", func(t *testing.T) { sizes(t, newTab(t, b)) })
			t.Run("files", func(t *testing.T) { files(t, newTab(t, b), b.Downloads()) })
			t.Run("trouble", func(t *testing.T) { troubles(t, newTab(t, b)) })
			t.Run("fresh", func(t *testing.T) { fresh(t, b) })
		})
	}
}

func newTab(t *testing.T, b Browser) Tab {
	t.Helper()
	tab, err := b.NewTab()
	check(t, err)
	check(t, tab.Open("page.html"))
	return tab
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func value[T any](t *testing.T, tab Tab, expression string) (v T) {
	t.Helper()
	text, err := tab.Eval(expression)
	check(t, err)
	check(t, json.Unmarshal(text, &v))
	return v
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func hands(t *testing.T, tab Tab) {
	check(t, tab.Click(50, 60))
	check(t, tab.Drag([2]float64{10, 20}, [2]float64{30, 40}, [2]float64{100, 90}))
	want := []string{"pointerdown 50 60", "pointerup 50 60",
		"pointerdown 10 20", "pointermove 30 40", "pointermove 100 90", "pointerup 100 90"}
	if got := value[[]string](t, tab, "seen.splice(0)"); !slices.Equal(got, want) {
		t.Errorf("the page saw %q, want %q", got, want)
	}
	check(t, tab.Click(50, 130))
	check(t, tab.Type("ab7\b\t\x1b"))
	if got := value[string](t, tab, `document.getElementById("text").value`); got != "ab" {
		t.Errorf("typed %q", got)
	}
	want = []string{"key a", "key b", "key 7", "key Backspace", "key Tab", "key Escape"}
	if got := value[[]string](t, tab, "seen.splice(0)"); !slices.Equal(got, want) {
		t.Errorf("the page saw %q, want %q", got, want)
	}
	if _, err := tab.Eval(`Promise.reject(new Error("no such luck"))`); err == nil || !strings.Contains(err.Error(), "no such luck") {
		t.Errorf("a rejected promise gives %v", err)
	}
}

func sizes(t *testing.T, tab Tab) {
	for _, size := range [][2]int{{1280, 720}, {390, 844}, {1920, 1080}} {
		check(t, tab.Resize(size[0], size[1]))
		shot, err := tab.Screenshot()
		check(t, err)
		img, err := png.Decode(bytes.NewReader(shot))
		check(t, err)
		inner := value[[2]int](t, tab, "[innerWidth, innerHeight]")
		if drawn := [2]int{img.Bounds().Dx(), img.Bounds().Dy()}; inner != size || drawn != size {
			t.Errorf("at %v the window is %v, its picture %v", size, inner, drawn)
		}
		if r, g, b, _ := img.At(100, 50).RGBA(); r>>8 != 0xff || g>>8 != 0xcc || b>>8 != 0 {
			t.Errorf("at %v the area has the colour %x %x %x", size, r>>8, g>>8, b>>8)
		}
	}
}

func files(t *testing.T, tab Tab, folder string) {
	value[any](t, tab, "save()")
	file := filepath.Join(folder, "saved.txt")
	until(t, "the file", func() bool {
		text, _ := os.ReadFile(file)
		return string(text) == "saved so"
	})
	check(t, tab.Upload("file", file))
	if got := value[string](t, tab, `document.getElementById("file").files[0].text()`); got != "saved so" {
		t.Errorf("the page reads %q", got)
	}
}

func troubles(t *testing.T, tab Tab) {
	if got := tab.Trouble(); len(got) > 0 {
		t.Errorf("a good page has trouble: %q", got)
	}
	for kind, words := range map[string]string{"log": "said so", "thrown": "thrown so", "rejected": "rejected so",
		"framed": "framed so", "asked": "request: "} {
		before := len(tab.Trouble())
		value[any](t, tab, fmt.Sprintf("wrong.%s()", kind))
		until(t, words, func() bool {
			return slices.ContainsFunc(tab.Trouble()[before:], func(s string) bool {
				// WebKit does not tell a page what is thrown in a file's script.
				return strings.Contains(s, words) || strings.Contains(s, "Script error")
			})
		})
	}
	n := len(tab.Trouble())
	check(t, tab.Reload())
	if got := tab.Trouble(); len(got) < n {
		t.Errorf("of %d troubles a reloaded page has %q", n, got)
	}
}

func fresh(t *testing.T, b Browser) {
	a, c := newTab(t, b), newTab(t, b)
	value[any](t, a, `localStorage.setItem("note", "kept")`)
	if got := value[string](t, c, `localStorage.getItem("note")`); got != "kept" {
		t.Errorf("another tab reads %q", got)
	}
	if got := value[int](t, a, "1 + 1"); got != 2 {
		t.Errorf("back in the first tab 1 + 1 is %d", got)
	}
	check(t, c.Close())
	check(t, b.Fresh())
	if got := value[*string](t, newTab(t, b), `localStorage.getItem("note")`); got != nil {
		t.Errorf("a fresh browser remembers %q", *got)
	}
}
