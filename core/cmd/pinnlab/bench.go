package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"slices"
	"time"

	"pinnlab/core/bench"
	"pinnlab/core/train"
)

// benchOptions is what the flags of bench say.
type benchOptions struct {
	run       *regexp.Regexp
	precision string
	sweep     bool
	each      bool
	format    string
	measure   bench.Options
}

// benchFormats are what -format takes.
var benchFormats = []string{"go", "table", "json"}

// benchCommand measures kernels and steps; it returns the exit code.
func benchCommand(args []string, out, errOut io.Writer) int {
	o, err := benchFlags(args, errOut)
	if err != nil {
		return refuse("bench", err, errOut)
	}
	ctx, stop := interruptible()
	defer stop()
	results, err := o.take(ctx, errOut)
	if werr := o.print(out, results); err == nil {
		err = werr
	}
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab bench:", err)
		return 1
	}
	return 0
}

func benchFlags(args []string, errOut io.Writer) (*benchOptions, error) {
	o := &benchOptions{}
	fs := newFlags("bench", "measures kernels and training steps, several repetitions in turn")
	pattern := fs.String("run", "^(Step|Products)", "only the cases whose name matches this `expression`, such as ^Kernel or model=M1")
	fs.StringVar(&o.precision, "precision", train.Float32, "float32 or float64")
	fs.BoolVar(&o.sweep, "sweep", false, "how the cost of a step grows, in place of the paper's steps and the kernels")
	fs.IntVar(&o.measure.Laps, "reps", 5, "repetitions of each case, in turn with the others")
	fs.DurationVar(&o.measure.Length, "time", 300*time.Millisecond, "length of a repetition")
	fs.BoolVar(&o.each, "each", false, "print every repetition, for benchstat; else the median")
	fs.StringVar(&o.format, "format", "go", "go as benchstat reads it, table or json")
	if err := parse(fs, args, errOut); err != nil {
		return nil, err
	}
	switch {
	case o.measure.Laps < 1:
		return nil, errors.New("reps: at least one repetition")
	case o.precision != train.Float32 && o.precision != train.Float64:
		return nil, fmt.Errorf("precision: float32 or float64, not %q", o.precision)
	case !slices.Contains(benchFormats, o.format):
		return nil, fmt.Errorf("format: one of %v, not %q", benchFormats, o.format)
	}
	if o.sweep && *pattern == fs.Lookup("run").DefValue {
		*pattern = ""
	}
	var err error
	if o.run, err = regexp.Compile(*pattern); err != nil {
		return nil, fmt.Errorf("run: %w", err)
	}
	return o, nil
}

// cases returns those whose name matches.
func (o *benchOptions) cases() ([]bench.Case, error) {
	all := slices.Concat(bench.Steps(o.precision), bench.Kernels(o.precision))
	if o.sweep {
		all = bench.Sweeps(o.precision)
	}
	all = slices.DeleteFunc(all, func(c bench.Case) bool { return !o.run.MatchString(c.Name) })
	if len(all) == 0 {
		return nil, fmt.Errorf("run: no case matches %q", o.run)
	}
	return all, nil
}

// take measures the cases; what Ctrl-C breaks off is left out.
func (o *benchOptions) take(ctx context.Context, errOut io.Writer) ([]bench.Result, error) {
	cases, err := o.cases()
	if err != nil {
		return nil, err
	}
	bar := newProgress(errOut, 1, "")
	defer bar.end()
	was := 0.0
	o.measure.Tell = func(_ string, done float64) error {
		bar.add(done - was)
		was = done
		return ctx.Err()
	}
	if o.sweep {
		o.measure.Group = 2 // the largest need much memory
	}
	return bench.Measure(cases, o.measure)
}

func (o *benchOptions) print(w io.Writer, results []bench.Result) error {
	switch o.format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "\t")
		return e.Encode(results)
	case "table":
		_, err := io.WriteString(w, bench.Table(bench.Platform{Name: runtime.GOOS + "/" + runtime.GOARCH, Results: results}))
		return err
	}
	fmt.Fprintf(w, "goos: %s\ngoarch: %s\npkg: pinnlab/core/bench\ngo: %s\nprecision: %s\n",
		runtime.GOOS, runtime.GOARCH, runtime.Version(), o.precision)
	for _, r := range results {
		if err := r.WriteGo(w, o.each); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, "PASS")
	return err
}
