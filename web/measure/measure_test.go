package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/bench"
)

func TestFlags(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"web", ""},
		{"-laps 2 -time 5ms -set start,sweep -each -chart a.svg web", ""},
		{"", "one folder"},
		{"-set dinner web", `no "dinner"`},
		{"-laps 0 web", "at least one lap"},
		{"-precision float16 web", "float32 or float64"},
		{"-chart a.gif web", ".svg or .png"},
	} {
		_, err := readFlags(strings.Fields(tt.args), io.Discard)
		if got := fmt.Sprint(err); (err == nil) != (tt.want == "") || !strings.Contains(got, tt.want) && err != nil {
			t.Errorf("%q: %v, want %q", tt.args, err, tt.want)
		}
	}
	w, err := readFlags([]string{"-chart", "a.png", "web"}, io.Discard)
	if err != nil || !slices.Contains(w.sets, "sweep") {
		t.Errorf("a chart without a sweep: %+v, %v", w, err)
	}
}

func TestStartTable(t *testing.T) {
	got := startTable([]marks{
		{firstStep: 300, lastMark: 900, longest: 70},
		{firstStep: 200, lastMark: 800, longest: 90},
		{firstStep: 100, lastMark: 700, longest: 80},
	})
	want := `| start, from opening the file | ms |
| --- | ---: |
| first step | 200 |
| first picture | 800 |
| longest task of the page's thread | 80 |
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestAnswersTable: of a trace, what scripts of the page took on its thread.
func TestAnswersTable(t *testing.T) {
	named := func(name string, tid int, url string, micros float64) (e event) {
		e.Name, e.Pid, e.Tid, e.TDur, e.Args.Data.URL = name, 1, tid, micros, url
		return e
	}
	thread := named("thread_name", 7, "", 0)
	thread.Args.Name = "CrRendererMain"
	took := scripts([]event{
		named("FunctionCall", 7, "file:///web/lab.js", 1500), thread, named("FunctionCall", 7, "about:srcdoc", 2500),
		named("FunctionCall", 7, "chrome://x", 9e6), named("FunctionCall", 8, "file:///web/lab.js", 9e6), named("Layout", 7, "file:///web/lab.js", 9e6),
	})
	got := answers{Shown: []float64{0.25, 0.5, 1}, Acts: []float64{10, 20, 60}, Asked: []float64{9, 19, 59}, Scripts: took}.table()
	want := `| while four models train | median ms | longest ms |
| --- | ---: | ---: |
| a moved slider shows its value | 0.5 | 1.0 |
| it acts on all models | 20.0 | 60.0 |
| a bare question to all models | 19.0 | 59.0 |
| a script of the page, processor time | | 2.5 |

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSizes(t *testing.T) {
	web := t.TempDir()
	if _, err := sizes(web); err == nil {
		t.Error("no error without programs")
	}
	if err := os.Mkdir(filepath.Join(web, "dist"), 0o755); err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write(make([]byte, 5000))
	z.Close()
	script := fmt.Sprintf("(window.pinnlabDist ??= {}).x = %q;\n", base64.StdEncoding.EncodeToString(zipped.Bytes()))
	for _, name := range []string{"trainer.js", "canvas.js"} {
		if err := os.WriteFile(filepath.Join(web, "dist", name), []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list, err := sizes(web)
	if err != nil {
		t.Fatal(err)
	}
	if want := (size{"canvas", 5000, zipped.Len(), len(script)}); len(list) != 2 || list[1] != want {
		t.Errorf("sizes %v, want %v twice", list, want)
	}
	if got := sizeTable(list); !strings.Contains(got, "| canvas | 4 | 0 | 0 |") {
		t.Error(got)
	}
}

// TestSweeps: lines of two platforms share the places; what one of them has not
// measured is a gap.
func TestSweeps(t *testing.T) {
	at := func(place int, laps float64) bench.Result {
		return bench.Result{Name: fmt.Sprintf("Sweep/along=width/model=M3/at=%d", place), Laps: []float64{laps}}
	}
	list := sweeps(
		bench.Platform{Name: "here", Results: []bench.Result{at(8, 1e6), {Name: "Step/x", Laps: []float64{1}}}},
		bench.Platform{Name: "there", Results: []bench.Result{at(8, 2e6), at(16, 4e6)}})
	if len(list) != 1 || list[0].Along != "neurons per layer" || !slices.Equal(list[0].At, []float64{8, 16}) {
		t.Fatalf("%+v", list)
	}
	here, there := list[0].Lines[0], list[0].Lines[1]
	if here.Name != "M3, here" || here.Rate[0] != 1000 || !math.IsNaN(here.Rate[1]) || !slices.Equal(there.Rate, []float64{500, 250}) {
		t.Errorf("%+v\n%+v", here, there)
	}
	if here.Colour != there.Colour || here.Dash == there.Dash {
		t.Error("a model has one colour, a platform one dash")
	}
	for _, name := range []string{"a.svg", "a.png"} {
		if err := writeChart(filepath.Join(t.TempDir(), name), bench.Platform{Name: "here", Results: []bench.Result{at(8, 1e6), at(16, 3e6)}}); err != nil {
			t.Error(err)
		}
	}
}

func TestWriteGo(t *testing.T) {
	var b bytes.Buffer
	r := bench.Result{Name: "Step/a", Laps: []float64{2e6, 1e6, 3e6}, Count: []int{1, 2, 3}}
	if err := writeGo(&b, []bench.Result{r}, true, "goos: js", "goarch: wasm"); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); !strings.HasPrefix(got, "goos: js\ngoarch: wasm\npkg: pinnlab/core/bench\nBenchmarkStep/a\t") || strings.Count(got, "BenchmarkStep/a") != 3 {
		t.Error(got)
	}
}
