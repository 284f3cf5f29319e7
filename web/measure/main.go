// Program measure measures the engine natively and in Chromium, with the same
// code and in turn, and prints both: as benchstat reads it, then as one table,
// with the times of the page's start, how soon it answers while four models
// train, and the sizes of the programs.
//
//	measure [FLAGS] WEB
//
// WEB is the folder of bench.html, built; PINNLAB_BROWSER names the browser.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"pinnlab/core/bench"
	"pinnlab/core/train"
)

// starts is how often the page is opened; the median counts.
const starts = 3

// A wish is what the flags say.
type wish struct {
	web, precision, match, chart string
	sets                         []string
	laps                         int
	length                       time.Duration
	each                         bool
}

func main() {
	w, err := readFlags(os.Args[1:], os.Stderr)
	if err == nil {
		err = w.run(os.Stdout, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func readFlags(args []string, errOut io.Writer) (*wish, error) {
	w := &wish{}
	fs := flag.NewFlagSet("measure", flag.ContinueOnError)
	fs.SetOutput(errOut)
	sets := fs.String("set", "steps,kernels,start,answers", "what to measure, of steps, kernels, sweep, start and answers, with commas between")
	fs.IntVar(&w.laps, "laps", 5, "laps of each case, in turn with the others")
	fs.DurationVar(&w.length, "time", 200*time.Millisecond, "length of a lap")
	fs.StringVar(&w.precision, "precision", train.Float32, "float32 or float64")
	fs.StringVar(&w.match, "match", "", "only the cases whose names contain this `text`")
	fs.BoolVar(&w.each, "each", false, "print every lap, for benchstat; else the median")
	fs.StringVar(&w.chart, "chart", "", "measure the sweep and draw it in this `file`, .svg or .png")
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	w.sets = strings.Split(*sets, ",")
	if w.chart != "" && !slices.Contains(w.sets, "sweep") {
		w.sets = append(w.sets, "sweep")
	}
	for _, name := range w.sets {
		if _, ok := bench.FindSet(name); !ok && name != "start" && name != "answers" {
			return nil, fmt.Errorf("set: there is no %q", name)
		}
	}
	switch ext := filepath.Ext(w.chart); {
	case fs.NArg() != 1:
		return nil, fmt.Errorf("one folder is wanted, not %d", fs.NArg())
	case w.laps < 1 || w.length < time.Millisecond:
		return nil, fmt.Errorf("laps and time: at least one lap of a millisecond")
	case w.precision != train.Float32 && w.precision != train.Float64:
		return nil, fmt.Errorf("precision: float32 or float64, not %q", w.precision)
	case w.chart != "" && ext != ".svg" && ext != ".png":
		return nil, fmt.Errorf("chart: a file in .svg or .png, not %q", w.chart)
	}
	w.web = fs.Arg(0)
	return w, nil
}

func (w *wish) run(out, errOut io.Writer) error {
	tell := func(where, name string, done float64) {
		fmt.Fprintf(errOut, "\r\x1b[K%3.0f %% %s: %s", 100*done, where, name)
	}
	defer fmt.Fprint(errOut, "\r\x1b[K")
	b, err := newBrowser(w.web)
	if err != nil {
		return err
	}
	defer b.close()
	native, chromium := bench.Platform{Name: "native"}, bench.Platform{Name: "Chromium"}
	var marks []marks
	var answers string
	for _, name := range w.sets {
		switch name {
		case "start":
			for i := range starts {
				tell("Chromium", name, float64(i)/starts)
				m, err := b.start()
				if err != nil {
					return err
				}
				marks = append(marks, m)
			}
			continue
		case "answers":
			tell("Chromium", name, 0)
			a, err := b.answers()
			if err != nil {
				return err
			}
			answers = a.table()
			continue
		}
		set, _ := bench.FindSet(name)
		r, err := bench.Measure(set.Matching(w.precision, w.match), bench.Options{
			Laps: w.laps, Length: w.length, Group: set.Group,
			Tell: func(name string, done float64) error { tell("native", name, done); return nil },
		})
		if err != nil {
			return err
		}
		native.Results = append(native.Results, r...)
		tell("Chromium", name, 0)
		if r, err = b.measure(w, name); err != nil {
			return err
		}
		chromium.Results = append(chromium.Results, r...)
	}
	fmt.Fprint(errOut, "\r\x1b[K")
	if err := w.print(out, b.version, native, chromium, marks); err != nil {
		return err
	}
	fmt.Fprint(out, answers)
	if w.chart == "" {
		return nil
	}
	return writeChart(w.chart, native, chromium)
}

// print writes what was measured.
func (w *wish) print(out io.Writer, browser string, native, chromium bench.Platform, starts []marks) error {
	if len(native.Results) > 0 {
		if err := writeGo(out, native.Results, w.each, "goos: "+runtime.GOOS, "goarch: "+runtime.GOARCH, "precision: "+w.precision); err != nil {
			return err
		}
		if err := writeGo(out, chromium.Results, w.each, "goos: js", "goarch: wasm", "precision: "+w.precision, "browser: "+browser); err != nil {
			return err
		}
		fmt.Fprint(out, bench.Table(native, chromium))
	}
	if len(starts) > 0 {
		fmt.Fprintln(out, startTable(starts))
		list, err := sizes(w.web)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, sizeTable(list))
	}
	return nil
}
