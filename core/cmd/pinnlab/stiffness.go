package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pinnlab/core/cmd/pinnlab/figure"
	"pinnlab/core/diag"
	"pinnlab/core/train"
)

// stiffnessOptions is what the flags of stiffness say.
type stiffnessOptions struct {
	configs           []train.Config // of the runs
	names             []string
	iterations, every int
	subset            diag.Subset
	out               string // without an extension
}

var subsetInWords = map[diag.Subset]string{
	diag.Trunk: "the trunk's weights", diag.Weights: "all weight matrices", diag.All: "all parameters",
}

// eigenTolerance is relative; a curve on an axis of decades needs no more.
const eigenTolerance = 1e-3

// stiffnessCommand follows the largest Hessian eigenvalue of runs; it returns
// the exit code.
func stiffnessCommand(args []string, out, errOut io.Writer) int {
	o, err := stiffnessFlags(args, errOut)
	if err != nil {
		return refuse("stiffness", err, errOut)
	}
	ctx, stop := interruptible()
	defer stop()
	err = errors.Join(writable(o.out+".png"), writable(o.out+".csv"))
	if err == nil {
		err = o.run(ctx, out, errOut)
	}
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab stiffness:", err)
		return 1
	}
	if ctx.Err() != nil {
		fmt.Fprintln(errOut, "Interrupted: this is what there was.")
		return interrupted
	}
	return 0
}

func stiffnessFlags(args []string, errOut io.Writer) (*stiffnessOptions, error) {
	o := &stiffnessOptions{}
	fs := newFlags("stiffness", "follows the largest Hessian eigenvalue of each loss while networks train; writes a picture and its numbers")
	reader := addConfigFlags(fs)
	var runs []string
	fs.Func("run", "a `MODEL:PARAMETERS` to follow, such as M1:a1=1,a2=4; may be given several times", func(v string) error {
		runs = append(runs, v)
		return nil
	})
	subset := fs.String("subset", string(diag.Trunk), "parameters that count: trunk (its weight matrices, as in the paper), weights or all")
	iterations := iterationsFlag(fs)
	fs.IntVar(&o.every, "every", 1000, "iterations between two looks")
	fs.StringVar(&o.out, "out", "stiffness", "write `NAME`.png and NAME.csv")
	if err := parse(fs, args, errOut); err != nil {
		return nil, err
	}
	if o.subset = diag.Subset(*subset); !slices.Contains(diag.Subsets(), o.subset) {
		return nil, fmt.Errorf("subset: must be trunk, weights or all, not %q", *subset)
	}
	raw, err := reader.read()
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		runs = []string{""}
	}
	for _, r := range runs {
		if err := o.add(raw, r); err != nil {
			return nil, err
		}
	}
	if o.iterations, err = iterations(o.configs[0]); err != nil {
		return nil, err
	}
	if o.every < 1 || o.iterations < o.every {
		return nil, errors.New("every: must be at least 1 and at most the iterations")
	}
	return o, nil
}

// add adds the run that MODEL:PARAMETERS says, of the Config given.
func (o *stiffnessOptions) add(raw rawConfig, run string) error {
	model, params, _ := strings.Cut(run, ":")
	if model != "" {
		raw = raw.with(map[string]string{"method": model})
	}
	config, err := raw.withParams(params).resolve()
	if err != nil {
		return err
	}
	o.configs = append(o.configs, config)
	o.names = append(o.names, strings.TrimSpace(config.Short()+" "+params))
	return nil
}

// run follows every run, then writes the picture and the numbers; of what there
// is when ctx ends.
func (o *stiffnessOptions) run(ctx context.Context, out, errOut io.Writer) error {
	bar := newProgress(errOut, float64(o.iterations*len(o.configs)), "it")
	defer bar.end()
	var lines []figure.Stiffness
	for i, config := range o.configs {
		if i > 0 && ctx.Err() != nil {
			break
		}
		line, err := o.follow(ctx, config, bar)
		if train.Over(err) {
			bar.say(o.names[i] + ": " + err.Error()) // its curve ends there
		} else if err != nil {
			return fmt.Errorf("%s: %w", o.names[i], err)
		}
		line.Name = o.names[i]
		lines = append(lines, line)
	}
	if err := o.writeNumbers(lines); err != nil {
		return err
	}
	first := o.configs[0]
	title := fmt.Sprintf("%s, %d×%d: largest Hessian eigenvalue over %s", first.Preset, first.Width, first.Depth, subsetInWords[o.subset])
	picture := figure.Picture{Name: filepath.Base(o.out), Image: figure.DrawStiffness(title, lines)}
	if err := writePicture(o.out+".png", picture); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s.png\n%s.csv\n", o.out, o.out)
	return nil
}

// follow trains one run and looks at its curvature every so often.
func (o *stiffnessOptions) follow(ctx context.Context, config train.Config, bar *progress) (line figure.Stiffness, err error) {
	run, err := train.New(config)
	if err != nil {
		return line, err
	}
	var m train.Moment
	var h *train.Hessian[float64]
	for {
		run.Observe(&m)
		if h == nil {
			h = train.NewHessian[float64](m.Prob, m.Net, m.Batch)
		}
		h.EachSet(m.Draw())
		h.SetParameters(m.Theta)
		line.Steps = append(line.Steps, float64(run.Iteration()))
		line.Bound = append(line.Bound, 2/m.Rate)
		for _, part := range []struct {
			of   diag.Part
			into *[]float64
		}{{diag.Total, &line.Total}, {diag.Residual, &line.Residual}, {diag.Conditions, &line.Conditions}} {
			op := diag.NewCurvature(h, o.subset, part.of.Weights(m.Weights))
			ends := diag.NewLanczos(op, diag.Options{Tolerance: eigenTolerance, Top: true, Seed: config.Seed}).Run()
			*part.into = append(*part.into, ends.Hi)
		}
		if run.Iteration()+o.every > o.iterations {
			return line, nil
		}
		for range o.every {
			if ctx.Err() != nil {
				return line, nil
			}
			if err := run.Step(); err != nil {
				return line, err
			}
			bar.add(1)
		}
	}
}

func (o *stiffnessOptions) writeNumbers(lines []figure.Stiffness) error {
	rows := [][]string{{"run", "iteration", "total", "residual", "conditions", "bound"}}
	for _, l := range lines {
		for i := range l.Steps {
			row := []string{l.Name}
			for _, v := range []float64{l.Steps[i], l.Total[i], l.Residual[i], l.Conditions[i], l.Bound[i]} {
				row = append(row, strconv.FormatFloat(v, 'g', 8, 64))
			}
			rows = append(rows, row)
		}
	}
	return writeRows(o.out+".csv", rows)
}
