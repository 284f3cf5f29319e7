package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"pinnlab/core/diag"
	"pinnlab/core/record"
	"pinnlab/core/train"
)

// trainOptions is what the flags of train say.
type trainOptions struct {
	config     train.Config
	iterations int
	json       string
	checkpoint string
}

// A result is a run's numbers: what train writes with -json.
type result struct {
	Config train.Config `json:"config"`
	record.State
	LInf    record.Number `json:"lInf"`
	Seconds float64       `json:"seconds"`
}

// resultOf returns a run's numbers and fills snap.
func resultOf(run *train.Run, snap *record.Snapshot, took time.Duration) result {
	run.Snapshot(snap)
	return result{run.Config(), run.State(), record.Number(snap.LInf), took.Seconds()}
}

// trainCommand trains one network; it returns the exit code.
func trainCommand(args []string, out, errOut io.Writer) int {
	opts, err := trainFlags(args, errOut)
	if err != nil {
		return refuse("train", err, errOut)
	}
	run, err := opts.start()
	if err == nil {
		err = opts.writable()
	}
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab train:", err)
		return 1
	}
	ctx, stop := interruptible()
	defer stop()
	begin := time.Now()
	stepErr := trainTo(ctx, run, opts.iterations, newProgress(errOut, float64(opts.iterations-run.Iteration()), "it"))
	if err := opts.finish(run, time.Since(begin), out); err != nil {
		fmt.Fprintln(errOut, "pinnlab train:", err)
		return 1
	}
	if stepErr != nil {
		fmt.Fprintln(errOut, "pinnlab train:", stepErr)
		return 1
	}
	return 0
}

// trainFlags reads the flags.
func trainFlags(args []string, errOut io.Writer) (*trainOptions, error) {
	o := &trainOptions{}
	fs := newFlags("train", "trains one network")
	reader := addConfigFlags(fs)
	params := fs.String("params", "", "parameters of the problem, such as `a1=1,a2=4`")
	iterations := iterationsFlag(fs)
	fs.StringVar(&o.json, "json", "", "write Config and final numbers to this `file`, - for standard output")
	fs.StringVar(&o.checkpoint, "checkpoint", "", "go on from this `file` if it exists, and write the state to it at the end")
	if err := parse(fs, args, errOut); err != nil {
		return nil, err
	}
	raw, err := reader.read()
	if err != nil {
		return nil, err
	}
	if o.config, err = raw.withParams(*params).resolve(); err != nil {
		return nil, err
	}
	if o.iterations, err = iterations(o.config); err != nil {
		return nil, err
	}
	if o.iterations < 1 {
		return nil, errors.New("iters: at least one iteration")
	}
	return o, nil
}

// start builds the run, from the checkpoint if there is one.
func (o *trainOptions) start() (*train.Run, error) {
	run, err := train.New(o.config)
	if err != nil || o.checkpoint == "" {
		return run, err
	}
	b, err := os.ReadFile(o.checkpoint)
	if errors.Is(err, os.ErrNotExist) {
		return run, nil
	}
	if err == nil {
		err = run.Restore(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.checkpoint, err)
	}
	return run, nil
}

// writable reports whether the files can be written.
func (o *trainOptions) writable() error {
	files := []string{o.checkpoint}
	if o.json != "-" {
		files = append(files, o.json)
	}
	for _, path := range files {
		if err := writable(path); err != nil {
			return err
		}
	}
	return nil
}

// trainTo steps to the given iteration, or until interrupted, which is no error.
func trainTo(ctx context.Context, run *train.Run, iterations int, p *progress) error {
	defer p.end()
	for run.Iteration() < iterations && ctx.Err() == nil {
		if err := run.Step(); err != nil {
			return err
		}
		p.add(1)
	}
	return nil
}

// finish writes what was asked for and prints the final numbers. One file that
// fails does not take the rest with it.
func (o *trainOptions) finish(run *train.Run, took time.Duration, out io.Writer) (err error) {
	if o.checkpoint != "" {
		err = writeFile(o.checkpoint, run.Checkpoint())
	}
	var snap record.Snapshot
	r := resultOf(run, &snap, took)
	verdict := diag.Judge(&snap)
	b, jsonErr := json.Marshal(struct {
		result
		Verdict diag.Verdict `json:"verdict"`
	}{r, verdict})
	err = errors.Join(err, jsonErr)
	b = append(b, '\n')
	switch o.json {
	case "-":
		_, jsonErr = out.Write(b)
		return errors.Join(err, jsonErr)
	case "":
	default:
		err = errors.Join(err, writeFile(o.json, b))
	}
	printResult(out, &snap, r)
	for _, line := range []string{verdict.Words, verdict.Numbers} {
		if line != "" {
			fmt.Fprintln(out, " ", line)
		}
	}
	return err
}

func printResult(out io.Writer, snap *record.Snapshot, r result) {
	fmt.Fprintf(out, "%s %s, %d×%d, seed %d: %d iterations in %.1f s\n",
		nameOf(r.Config), r.Model, r.Config.Width, r.Config.Depth, r.Config.Seed, r.Iteration, r.Seconds)
	for _, t := range snap.Terms {
		fmt.Fprintf(out, "  loss %-8s %.4e\n", t.Name, t.Loss)
	}
	for _, g := range snap.Groups[1:] {
		fmt.Fprintf(out, "  lambda %-6s %.4g\n", g.Name, g.Lambda)
	}
	printErrors(out, snap)
}

// printErrors writes how far the prediction is from the exact solution.
func printErrors(out io.Writer, snap *record.Snapshot) {
	if !slices.ContainsFunc(snap.Fields, func(f record.Field) bool { return len(f.Exact) > 0 }) {
		fmt.Fprintln(out, "  relative L2   unknown: the problem gives no exact solution")
		return
	}
	if !slices.ContainsFunc(snap.Fields, func(f record.Field) bool { return slices.ContainsFunc(f.Exact, func(v float32) bool { return v != 0 }) }) {
		fmt.Fprintln(out, "  relative L2   undefined: the exact solution is zero")
		return
	}
	against := ""
	if snap.Authors == snap.Authors {
		against = " (of the velocity, against a converged solution)"
	}
	fmt.Fprintf(out, "  relative L2   %.4e%s\n", snap.RelL2, against)
	if snap.Omitted > 0 {
		fmt.Fprintf(out, "    without %d of the grid's nodes, where the exact solution is not finite: %s\n", snap.Omitted, snap.OmittedAt)
	}
	if snap.Published == snap.Published {
		fmt.Fprintf(out, "  published     %.4e\n", snap.Published)
	}
	fmt.Fprintf(out, "  largest error %.4e\n", snap.LInf)
	if snap.Authors == snap.Authors {
		fmt.Fprintf(out, "  error in the authors' measure %.4e (spectral norm of the speed's, against their scheme)\n", snap.Authors)
	}
	if snap.PublishedAuthors == snap.PublishedAuthors {
		fmt.Fprintf(out, "  published in that measure     %.4e\n", snap.PublishedAuthors)
	}
}
