//go:build !js

package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sbinet/npyio"
)

// saved waits for a download and returns its bytes.
func (b *tab) saved(folder, name string) []byte {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if text, err := os.ReadFile(filepath.Join(folder, name)); err == nil && len(text) > 0 {
			return text
		}
		if time.Now().After(end) {
			found, _ := filepath.Glob(filepath.Join(folder, "*"))
			b.t.Fatalf("no file %s among %q; the page says %q", name, found, b.message())
		}
	}
}

// Every file of the Export menu opens in a reader of someone else.
func TestExports(t *testing.T) {
	b := newTab(t)
	folder := t.TempDir()
	b.downloadTo(folder)
	b.open("index.html", small+"&models=M1,M4")
	eval[any](b, `pinnlab.step(30)`)
	b.drawn()
	b.until("the panels are known", `take.panels.length > 4`)
	open := func() {
		t.Helper()
		if !eval[bool](b, `document.getElementById("take").ariaExpanded === "true"`) {
			b.click("take")
			b.until("the menu is open", `document.getElementById("take").ariaExpanded === "true"`)
		}
	}
	take := func(item, name string) []byte {
		t.Helper()
		open()
		b.click(item)
		b.until("the menu has closed", `document.getElementById("take").ariaExpanded === "false"`)
		file := b.saved(folder, name)
		b.until("it is confirmed", `document.getElementById("message").textContent.includes(`+strconv.Quote(name)+`)`)
		return file
	}
	decode := func(file []byte) image.Image {
		t.Helper()
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		return img
	}

	picture := take("take-png", "pinnlab-helmholtz-M1-M4-it30-overview.png")
	whole := decode(picture)
	size := eval[box](b, `(() => { const r = document.getElementById("canvas").getBoundingClientRect();
		return { Width: r.width, Height: r.height }; })()`)
	if w := float64(whole.Bounds().Dx()); w != 2*size.Width || colours(whole) < 100 {
		t.Errorf("the picture is %v with %d colours, the canvas %v wide", whole.Bounds(), colours(whole), size.Width)
	}
	open()
	panel := eval[string](b, `take.panels.find(p => p.id.startsWith("M4-")).id`)
	eval[any](b, `(document.getElementById("take-panel").value = `+strconv.Quote(panel)+`, 0)`)
	b.click("take-part")
	file := b.saved(folder, "pinnlab-helmholtz-M4-it30-"+strings.TrimPrefix(panel, "M4-")+".png")
	// One panel is drawn as large as all of them.
	if one := decode(file); one.Bounds().Dx() != whole.Bounds().Dx() || colours(one) < 5 || bytes.Equal(file, picture) {
		t.Errorf("the panel is %v with %d colours, the whole %v", one.Bounds(), colours(one), whole.Bounds())
	}

	for _, model := range []string{"M1", "M4"} { // a file for each
		rows, err := csv.NewReader(bytes.NewReader(take("take-curves", "pinnlab-helmholtz-"+model+"-it30-curves.csv"))).ReadAll()
		if err != nil || len(rows) < 3 || rows[0][0] != "iteration" || !slices.Contains(rows[0], "lambda bcs") {
			t.Errorf("%s: curves %v, %v", model, rows[0], err)
		}
	}
	open()
	b.choose("take-model", "M4")
	rows, err := csv.NewReader(bytes.NewReader(take("take-fields", "pinnlab-helmholtz-M4-it30-fields.csv"))).ReadAll()
	if err != nil || len(rows) < 1000 || !slices.Contains(rows[0], "x") {
		t.Errorf("fields: %d rows, %v", len(rows), err)
	}
	reader, err := npyio.NewReader(bytes.NewReader(take("take-npy", "pinnlab-helmholtz-M4-it30-u.npy")))
	if err != nil {
		t.Fatal(err)
	}
	var values []float32
	if err := reader.Read(&values); err != nil {
		t.Fatal(err)
	}
	shape := reader.Header.Descr.Shape
	if len(shape) != 3 || shape[0] != 2 || shape[1]*shape[2] != len(rows)-1 || len(values) != 2*(len(rows)-1) {
		t.Errorf("the array is %v with %d numbers, the fields have %d rows", shape, len(values), len(rows)-1)
	}
	var weights struct {
		Config    struct{ Method string }
		Iteration int
		Layers    []struct {
			Name   string
			Shape  []int
			Values []float64
		}
	}
	if err := json.Unmarshal(take("take-weights", "pinnlab-helmholtz-M4-it30-weights.json"), &weights); err != nil {
		t.Fatal(err)
	}
	if weights.Config.Method != "M4" || weights.Iteration != 30 || len(weights.Layers) < 6 {
		t.Errorf("weights of %s at %d: %d arrays", weights.Config.Method, weights.Iteration, len(weights.Layers))
	}
	for _, l := range weights.Layers {
		n := 1
		for _, k := range l.Shape {
			n *= k
		}
		if n != len(l.Values) || n == 0 {
			t.Errorf("%s is %v with %d values", l.Name, l.Shape, len(l.Values))
		}
	}
}
