package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pinnlab/core/bench"
	"pinnlab/core/cmd/pinnlab/figure"
)

// marks are milliseconds by the name of what the page reached in its start.
type marks map[string]float64

const (
	firstStep = "first step"
	lastMark  = "first picture"

	// Not reached at a time, but as long.
	longestBefore = "longest task of the page's thread before the first step"
	longest       = "longest task of the page's thread"
)

// startTable renders the medians of several starts, in their order.
func startTable(starts []marks) string {
	type row struct {
		name string
		at   float64
	}
	var rows, tasks []row
	for name := range starts[0] {
		var all []float64
		for _, m := range starts {
			all = append(all, m[name])
		}
		slices.Sort(all)
		r := row{name, all[len(all)/2]}
		if name == longest || name == longestBefore {
			tasks = append(tasks, r)
		} else {
			rows = append(rows, r)
		}
	}
	byTime := func(a, b row) int { return int(math.Copysign(1, a.at-b.at)) }
	slices.SortFunc(rows, byTime)
	slices.SortFunc(tasks, byTime)
	var b strings.Builder
	b.WriteString("| start, from opening the file | ms |\n| --- | ---: |\n")
	for _, r := range append(rows, tasks...) {
		fmt.Fprintf(&b, "| %s | %.0f |\n", r.name, r.at)
	}
	return b.String()
}

// A size is of a program, in bytes.
type size struct {
	name             string
	raw, zipped, web int // web: as a script, in base64
}

// sizes reads those of the programs that were packed.
func sizes(web string) (list []size, err error) {
	for _, name := range []string{"trainer", "canvas"} {
		script, err := os.ReadFile(filepath.Join(web, "dist", name+".js"))
		if err != nil {
			return nil, err
		}
		zipped, err := packed(script)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		r, err := gzip.NewReader(bytes.NewReader(zipped))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		raw, err := io.Copy(io.Discard, r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, size{name, int(raw), len(zipped), len(script)})
	}
	return list, nil
}

// packed returns what a script holds in its last string, in base64.
func packed(script []byte) ([]byte, error) {
	i := bytes.LastIndex(script, []byte(` = "`))
	if i < 0 {
		return nil, fmt.Errorf("there is no string")
	}
	literal := bytes.TrimSuffix(bytes.TrimSpace(script[i+len(" = "):]), []byte(";"))
	var text string
	if err := json.Unmarshal(literal, &text); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(text)
}

func sizeTable(list []size) string {
	var b strings.Builder
	b.WriteString("| program | KiB | gzipped | as a script |\n| --- | ---: | ---: | ---: |\n")
	for _, s := range list {
		fmt.Fprintf(&b, "| %s | %d | %d | %d |\n", s.name, s.raw>>10, s.zipped>>10, s.web>>10)
	}
	return b.String()
}

// writeGo writes results as go test does, under a header.
func writeGo(w io.Writer, results []bench.Result, each bool, header ...string) error {
	fmt.Fprintf(w, "%s\npkg: pinnlab/core/bench\n", strings.Join(header, "\n"))
	for _, r := range results {
		if err := r.WriteGo(w, each); err != nil {
			return err
		}
	}
	_, err := fmt.Fprint(w, "PASS\n\n")
	return err
}

// words say what a sweep goes along.
var words = map[string]string{
	"points": "points per set", "width": "neurons per layer",
	"depth": "hidden layers", "order": "order of the derivatives",
}

// sweeps collects the sweeps of the platforms: a line for each model and
// platform, a colour for a model and a dash for a platform.
func sweeps(platforms ...bench.Platform) (list []figure.Sweep) {
	for k, p := range platforms {
		for _, r := range p.Results {
			rest, ok := strings.CutPrefix(r.Name, "Sweep/along=")
			if !ok {
				continue
			}
			along, rest, _ := strings.Cut(rest, "/model=")
			model, place, _ := strings.Cut(rest, "/at=")
			at, err := strconv.ParseFloat(place, 64)
			if err != nil {
				continue // not a name of ours
			}
			s := findOrAdd(&list, func(s *figure.Sweep) bool { return s.Along == words[along] }, figure.Sweep{Along: words[along]})
			if !slices.Contains(s.At, at) {
				s.At = append(s.At, at)
			}
			name := model + ", " + p.Name
			l := findOrAdd(&s.Lines, func(l *figure.SweepLine) bool { return l.Name == name },
				figure.SweepLine{Name: name, Colour: int(model[1]-'1') / 2, Dash: k})
			for len(l.Rate) < len(s.At) {
				l.Rate = append(l.Rate, math.NaN())
			}
			l.Rate[slices.Index(s.At, at)] = 1e9 / r.Median()
		}
	}
	for i := range list {
		for k := range list[i].Lines {
			l := &list[i].Lines[k]
			for len(l.Rate) < len(list[i].At) {
				l.Rate = append(l.Rate, math.NaN())
			}
		}
	}
	return list
}

// findOrAdd returns the first element that is wanted, which is added if there
// is none.
func findOrAdd[T any](list *[]T, wanted func(*T) bool, fresh T) *T {
	for i := range *list {
		if wanted(&(*list)[i]) {
			return &(*list)[i]
		}
	}
	*list = append(*list, fresh)
	return &(*list)[len(*list)-1]
}

// writeChart draws the sweeps of both platforms.
func writeChart(file string, platforms ...bench.Platform) error {
	list := sweeps(platforms...)
	if len(list) == 0 {
		return fmt.Errorf("no case of a sweep was measured")
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	err = figure.WriteSweeps(f, filepath.Ext(file) == ".svg", "Training steps per second, Helmholtz, 128 points, 4 layers of 50 neurons, one thing changed", list)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
