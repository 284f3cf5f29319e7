package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/stat"

	"pinnlab/core/pde"
	"pinnlab/core/sampler"
)

// render writes records as Markdown, a table for each problem and training that
// they are of. file is where they are stored.
func render(w io.Writer, records []entry, file string) error {
	var order []string
	groups := map[string][]*entry{}
	for i := range records {
		k := tableKey(&records[i])
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], &records[i])
	}
	for i, k := range order {
		if i > 0 {
			fmt.Fprintln(w)
		}
		t, err := newTable(groups[k])
		if err != nil {
			return err
		}
		t.write(w, file)
	}
	return nil
}

// tableKey tells tables apart: all of the Config that rows and columns do not
// show.
func tableKey(r *entry) string {
	c := r.Config
	c.Method, c.Network, c.Weighting, c.Optimiser, c.Sampler, c.Own = "", "", "", "", "", nil
	c.Gated, c.Rule, c.Params = "", "", nil
	c.Width, c.Depth, c.Seed, c.Alpha, c.Period = 0, 0, 0, 0, 0
	return job{c, r.Iterations}.key()
}

// write prints the heading, the table, and what made it.
func (t *table) write(w io.Writer, file string) {
	shown := t.heading(w)
	head := []string{"network"}
	for _, c := range shown {
		head = append(head, c.name)
	}
	for _, m := range t.methods {
		if t.published(m) {
			head = append(head, m+" published", m+" ours", m+" ratio")
		} else {
			head = append(head, m)
		}
	}
	line(w, head)
	rule := slices.Repeat([]string{"---:"}, len(head))
	for i := range len(shown) + 1 {
		rule[i] = "---"
	}
	line(w, rule)
	var sources []string
	for _, r := range t.rows {
		cells := []string{fmt.Sprintf("%d×%d", r.width, r.depth)}
		for _, c := range shown {
			cells = append(cells, cmp.Or(c.of(r), "–"))
		}
		for _, m := range t.methods {
			p, known := r.prob.PublishedFor(m, r.width, r.depth)
			if known && !slices.Contains(sources, p.Source) {
				sources = append(sources, p.Source)
			}
			if own := t.cell(r, m, p, known); t.published(m) {
				cells = append(cells, own...)
			} else {
				cells = append(cells, own[1])
			}
		}
		line(w, cells)
	}
	t.footing(w, sources)
	t.times(w)
	t.sources(w, file)
}

// published reports whether there is an error of a method to compare with.
func (t *table) published(method string) bool {
	return slices.ContainsFunc(t.rows, func(r *row) bool {
		_, known := r.prob.PublishedFor(method, r.width, r.depth)
		return known
	})
}

func line(w io.Writer, cells []string) { fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | ")) }

// A column of a table says what tells its rows apart.
type column struct {
	name string
	of   func(*row) string
}

// heading prints what all rows share and returns the columns of what they do
// not.
func (t *table) heading(w io.Writer) (shown []column) {
	first := t.records[0]
	c := first.Config
	points := fmt.Sprintf("%d points per point set and step", c.Batch)
	if side, own := c.Own[sampler.Side.Name]; own {
		points = fmt.Sprintf("%d points inside and %v on a side each step", c.Batch, side)
	}
	words := []string{thousands(first.Iterations) + " iterations", c.Precision, points}
	if s := t.prob.Settings; c.LearningRate != s.LearningRate || c.Decay != s.Decay || c.DecaySteps != s.DecaySteps {
		words = append(words, fmt.Sprintf("learning rate %v times %v every %v iterations", c.LearningRate, c.Decay, c.DecaySteps))
	}
	for _, col := range []column{
		{"rule", func(r *row) string { return r.rule }},
		{"gate", func(r *row) string { return r.gate }},
		{"parameters", func(r *row) string { return valuesOf(r.params) }},
	} {
		if slices.ContainsFunc(t.rows, func(r *row) bool { return col.of(r) != col.of(t.rows[0]) }) {
			shown = append(shown, col)
		} else if v := col.of(t.rows[0]); v != "" {
			words = append(words, col.name+" "+v)
		}
	}
	fmt.Fprintf(w, "### %s\n\n%s.\n\n", t.prob.Title, strings.Join(words, "; "))
	return shown
}

// cell returns the published error, ours, and their ratio.
func (t *table) cell(r *row, method string, p pde.Published, known bool) []string {
	cells := []string{"–", "–", "–"}
	if known {
		cells[0] = spread(p.RelL2, p.Std)
	}
	var errors, authors []float64
	runs, diverged := r.cells[method], 0
	for _, rec := range runs {
		if rec.diverged() {
			diverged++
			continue
		}
		errors = append(errors, float64(rec.RelL2))
		if rec.Authors != nil {
			authors = append(authors, float64(*rec.Authors))
		}
	}
	switch {
	case len(runs) == 0:
		return cells
	case diverged == len(runs):
		cells[1] = "diverged " + inBrackets(runs)
		return cells
	}
	mean, std := stat.MeanStdDev(errors, nil) // the deviation of a single one is NaN
	if math.IsNaN(mean) {
		cells[1] = "no solution to compare with"
		return cells
	}
	cells[1] = fmt.Sprintf("%s (%d)", spread(mean, std), len(errors))
	if len(authors) > 0 {
		l2 := spread(mean, std)
		mean, std = stat.MeanStdDev(authors, nil) // what was published
		cells[1] = fmt.Sprintf("%s; authors' measure %s (%d)", l2, spread(mean, std), len(errors))
	}
	if diverged > 0 {
		cells[1] += fmt.Sprintf(", %d diverged", diverged)
	}
	if known {
		cells[2] = ratio(mean / p.RelL2)
	}
	return cells
}

// inBrackets says when a run diverged, or how many did.
func inBrackets(runs []*entry) string {
	if len(runs) == 1 {
		return fmt.Sprintf("(iteration %s)", thousands(runs[0].Iteration))
	}
	return fmt.Sprintf("(all %d)", len(runs))
}

// footing says how to read the table.
func (t *table) footing(w io.Writer, sources []string) {
	var views []string
	for _, i := range t.prob.Errors {
		views = append(views, t.prob.Views[i].Name)
	}
	fmt.Fprintf(w, "\nRelative L2 error of %s: mean ± standard deviation over seeds, their number in brackets; the ratio is ours over published.",
		strings.Join(views, ", "))
	if len(sources) > 0 {
		fmt.Fprintf(w, " Published: %s", strings.Join(sources, ", "))
		if n := t.prob.Settings.Iterations; n != t.records[0].Iterations {
			fmt.Fprintf(w, ", after %s iterations", thousands(n))
		}
		fmt.Fprint(w, ".")
	}
	fmt.Fprintln(w)
}

// sources says what made the table.
func (t *table) sources(w io.Writer, file string) {
	var commands, builds []string
	seconds := 0.0
	for _, r := range t.records {
		seconds += r.Seconds
		commands = addNew(commands, r.Command)
		builds = addNew(builds, fmt.Sprintf("%s %s/%s", r.Go, r.OS, r.Arch))
	}
	runs := "1 run"
	if n := len(t.records); n > 1 {
		runs = fmt.Sprintf("%d runs", n)
	}
	fmt.Fprintf(w, "\n%s, %s of one core in all; %s. Made by\n\n", runs,
		inWords(time.Duration(seconds*float64(time.Second))), strings.Join(builds, ", "))
	for _, c := range commands {
		fmt.Fprintf(w, "    %s -out %s\n", c, quote(file))
	}
}

func addNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
