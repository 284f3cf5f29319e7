package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	"pinnlab/core/train"
)

// trainOptions is what the flags of train say.
type trainOptions struct {
	config     train.Config
	iterations int
	json       string
	checkpoint string
}

// A result is what train writes with -json.
type result struct {
	Config train.Config `json:"config"`
	train.State
	LInf    train.Number `json:"lInf"`
	Seconds float64      `json:"seconds"`
}

// trainCommand trains one network; it returns the exit code.
func trainCommand(args []string, out, errOut io.Writer) int {
	opts, err := trainFlags(args, errOut)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(errOut, "pinnlab train:", err)
		}
		return 2
	}
	run, err := opts.start()
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab train:", err)
		return 1
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	begin := time.Now()
	stepErr := trainTo(ctx, run, opts.iterations, newProgress(errOut, opts.iterations-run.Iteration()))
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

// trainFlags reads the flags. A Config from a file comes first; flags that are
// given change it.
func trainFlags(args []string, errOut io.Writer) (*trainOptions, error) {
	o := &trainOptions{}
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	fs.SetOutput(errOut)
	file := fs.String("config", "", "read the Config from this JSON `file`")
	fields := map[string]*string{}
	for _, f := range []struct{ flag, field, about string }{
		{"preset", "preset", "problem; default helmholtz"},
		{"model", "model", "M1 plain, M2 annealing, M3 modified network, M4 both; default M1"},
		{"gated", "gated", "network of M3 and M4: modified, or modified-2020"},
		{"width", "width", "neurons per hidden layer"},
		{"depth", "depth", "hidden layers"},
		{"seed", "seed", "of weights and points; default 1"},
		{"batch", "batch", "points per point set and step"},
		{"rule", "rule", "annealing rule: siam, arxiv, code or none"},
		{"alpha", "alpha", "weight of the new estimate of lambda"},
		{"period", "period", "iterations between updates of lambda"},
		{"lr", "learningRate", "learning rate"},
		{"precision", "precision", "float32 or float64"},
	} {
		fields[f.field] = fs.String(f.flag, "", f.about)
	}
	params := fs.String("params", "", "parameters of the problem, such as `a1=1,a2=4`")
	fs.IntVar(&o.iterations, "iters", 40000, "iterations")
	fs.StringVar(&o.json, "json", "", "write Config and final numbers to this `file`, - for standard output")
	fs.StringVar(&o.checkpoint, "checkpoint", "", "go on from this `file` if it exists, and write the state to it at the end")
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	raw, err := mergeConfig(*file, fields, *params)
	if err != nil {
		return nil, err
	}
	var faults []*train.FieldError
	if o.config, faults = train.Resolve(raw); len(faults) > 0 {
		return nil, faults[0]
	}
	return o, nil
}

// mergeConfig returns the Config in a file, or an empty one, with the fields
// that flags set.
func mergeConfig(file string, fields map[string]*string, params string) ([]byte, error) {
	given := map[string]json.RawMessage{}
	if file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, &given); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	for name, v := range fields {
		if *v != "" {
			given[name] = word(*v)
		}
	}
	if params != "" {
		values := map[string]json.RawMessage{}
		for _, p := range strings.Split(params, ",") {
			name, v, _ := strings.Cut(p, "=")
			values[strings.TrimSpace(name)] = word(strings.TrimSpace(v))
		}
		given["params"], _ = json.Marshal(values)
	}
	return json.Marshal(given)
}

// word makes JSON of what a flag says: a number, or a string.
func word(v string) json.RawMessage {
	var n float64
	if json.Unmarshal([]byte(v), &n) == nil {
		return json.RawMessage(v)
	}
	quoted, _ := json.Marshal(v)
	return quoted
}

// start builds the run, from the checkpoint if there is one.
func (o *trainOptions) start() (train.Run, error) {
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

// trainTo steps to the given iteration, or until interrupted, which is no error.
func trainTo(ctx context.Context, run train.Run, iterations int, p *progress) error {
	defer p.end()
	for run.Iteration() < iterations && ctx.Err() == nil {
		if err := run.Step(); err != nil {
			return err
		}
		p.step()
	}
	return nil
}

// finish writes what was asked for and prints the final numbers.
func (o *trainOptions) finish(run train.Run, took time.Duration, out io.Writer) error {
	if o.checkpoint != "" {
		if err := os.WriteFile(o.checkpoint, run.Checkpoint(), 0o666); err != nil {
			return err
		}
	}
	var snap train.Snapshot
	run.Snapshot(&snap)
	r := result{run.Config(), run.State(), train.Number(snap.LInf), took.Seconds()}
	if o.json != "" {
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		b = append(b, '\n')
		if o.json == "-" {
			_, err = out.Write(b)
			return err
		}
		if err := os.WriteFile(o.json, b, 0o666); err != nil {
			return err
		}
	}
	printResult(out, &snap, r)
	return nil
}

func printResult(out io.Writer, snap *train.Snapshot, r result) {
	fmt.Fprintf(out, "%s %s, %d×%d, seed %d: %d iterations in %.1f s\n",
		r.Config.Preset, r.Model, r.Config.Width, r.Config.Depth, r.Config.Seed, r.Iteration, r.Seconds)
	for _, t := range snap.Terms {
		fmt.Fprintf(out, "  loss %-8s %.4e\n", t.Name, t.Loss)
	}
	for _, g := range snap.Groups[1:] {
		fmt.Fprintf(out, "  lambda %-6s %.4g\n", g.Name, g.Lambda)
	}
	fmt.Fprintf(out, "  relative L2   %.4e\n", snap.RelL2)
	if snap.Published == snap.Published {
		fmt.Fprintf(out, "  published     %.4e\n", snap.Published)
	}
	fmt.Fprintf(out, "  largest error %.4e\n", snap.LInf)
}
