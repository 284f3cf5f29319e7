package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"slices"
	"time"

	"pinnlab/core/train"
)

// A benchCase is a step to measure.
type benchCase struct {
	preset, model string
	batch, width  int
}

var benchCases = []benchCase{
	{"helmholtz", "M1", 128, 50}, {"helmholtz", "M3", 128, 50},
	{"helmholtz", "M1", 1024, 50}, {"helmholtz", "M3", 1024, 50},
	{"helmholtz", "M1", 128, 100}, {"helmholtz", "M3", 128, 100},
	{"klein_gordon", "M4", 128, 50},
	{"cavity_streamfunction", "M4", 128, 50},
}

func (c benchCase) String() string {
	return fmt.Sprintf("BenchmarkStep/preset=%s/model=%s/n=%d/w=%d", c.preset, c.model, c.batch, c.width)
}

// benchOptions is what the flags of bench say.
type benchOptions struct {
	run       *regexp.Regexp
	precision string
	reps      int
	time      time.Duration
	each      bool
}

// A lap is one repetition of a case.
type lap struct {
	steps         int
	took          time.Duration
	bytes, allocs uint64 // allocated
}

func (l lap) perStep() float64 { return float64(l.took.Nanoseconds()) / float64(l.steps) }

// A contestant is a case in training, with its laps.
type contestant struct {
	name string
	run  train.Run
	laps []lap
}

// benchCommand measures steps; it returns the exit code.
func benchCommand(args []string, out, errOut io.Writer) int {
	o, err := benchFlags(args, errOut)
	if err != nil {
		return refuse("bench", err, errOut)
	}
	ctx, stop := interruptible()
	defer stop()
	all, err := o.contestants()
	if err == nil {
		err = o.measure(ctx, all, errOut)
	}
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab bench:", err)
		return 1
	}
	o.print(out, all)
	return 0
}

func benchFlags(args []string, errOut io.Writer) (*benchOptions, error) {
	o := &benchOptions{}
	fs := newFlags("bench", "measures training steps, several repetitions in turn")
	pattern := fs.String("run", "", "only the cases whose name matches this `expression`, such as model=M1")
	fs.StringVar(&o.precision, "precision", train.Float32, "float32 or float64")
	fs.IntVar(&o.reps, "reps", 5, "repetitions of each case, in turn with the others")
	fs.DurationVar(&o.time, "time", 300*time.Millisecond, "length of a repetition")
	fs.BoolVar(&o.each, "each", false, "print every repetition, for benchstat; else the median")
	if err := parse(fs, args, errOut); err != nil {
		return nil, err
	}
	if o.reps < 1 {
		return nil, errors.New("reps: at least one repetition")
	}
	var err error
	if o.run, err = regexp.Compile(*pattern); err != nil {
		return nil, fmt.Errorf("run: %w", err)
	}
	return o, nil
}

// contestants builds the cases' runs.
func (o *benchOptions) contestants() (all []*contestant, err error) {
	for _, c := range benchCases {
		if !o.run.MatchString(c.String()) {
			continue
		}
		cfg, err := train.Default(c.preset, c.model)
		if err != nil {
			return nil, err
		}
		cfg.Batch, cfg.Width, cfg.Precision = c.batch, c.width, o.precision
		run, err := train.New(cfg)
		if err != nil {
			return nil, err
		}
		all = append(all, &contestant{name: c.String(), run: run})
	}
	if all == nil {
		return nil, fmt.Errorf("run: no case matches %q", o.run)
	}
	return all, nil
}

// measure takes the laps, one of each case after the other, so that what else
// the machine does falls on all alike. A first round only warms up: a browser
// compiles what runs often once more, and a run's first step measures the error.
// Ctrl-C ends it after a round.
func (o *benchOptions) measure(ctx context.Context, all []*contestant, errOut io.Writer) error {
	bar := newProgress(errOut, float64((o.reps+1)*len(all)), "")
	defer bar.end()
	for round := range o.reps + 1 {
		for _, c := range all {
			l, err := takeLap(c.run, o.time)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if round > 0 {
				c.laps = append(c.laps, l)
			}
			bar.add(1)
		}
		if ctx.Err() != nil && round > 0 {
			break
		}
	}
	return nil
}

// takeLap steps for about so long, once at least.
func takeLap(run train.Run, length time.Duration) (l lap, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	for l.steps == 0 || l.took < length {
		if err := run.Step(); err != nil {
			return l, err
		}
		l.steps++
		l.took = time.Since(begin)
	}
	runtime.ReadMemStats(&after)
	l.bytes, l.allocs = after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs
	return l, nil
}

// print writes the laps, or the median of each case, as go test does.
func (o *benchOptions) print(w io.Writer, all []*contestant) {
	fmt.Fprintf(w, "goos: %s\ngoarch: %s\npkg: pinnlab/core/cmd/pinnlab\ngo: %s\nprecision: %s\n",
		runtime.GOOS, runtime.GOARCH, runtime.Version(), o.precision)
	for _, c := range all {
		laps := c.laps
		if !o.each {
			laps = []lap{median(laps)}
		}
		for _, l := range laps {
			n := uint64(l.steps)
			fmt.Fprintf(w, "%s\t%8d\t%10.0f ns/op\t%8.1f steps/s\t%d B/op\t%d allocs/op\n",
				c.name, l.steps, l.perStep(), 1e9/l.perStep(), l.bytes/n, l.allocs/n)
		}
	}
	fmt.Fprintln(w, "PASS")
	fmt.Fprintln(w, "# kernels beside their twins: ./build.sh bench")
}

// median returns the lap of median speed, the slower of two.
func median(laps []lap) lap {
	laps = slices.SortedFunc(slices.Values(laps), func(a, b lap) int {
		return cmp.Compare(a.perStep(), b.perStep())
	})
	return laps[len(laps)/2]
}
