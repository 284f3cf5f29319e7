package main

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"pinnlab/core/cmd/pinnlab/figure"
	"pinnlab/core/train"
)

// figureOptions is what the flags of figure say.
type figureOptions struct {
	config     rawConfig
	iterations int
	checkpoint string // draw this run as it is; else train one
	out        string
}

// figureCommand draws a run; it returns the exit code.
func figureCommand(args []string, out, errOut io.Writer) int {
	o, err := figureFlags(args, errOut)
	if err != nil {
		return refuse("figure", err, errOut)
	}
	ctx, stop := interruptible()
	defer stop()
	run, err := o.run(ctx, errOut)
	if err == nil {
		err = o.draw(run, out)
	}
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab figure:", err)
		return 1
	}
	return 0
}

func figureFlags(args []string, errOut io.Writer) (*figureOptions, error) {
	o := &figureOptions{}
	fs := newFlags("figure", "draws the run of a checkpoint, or trains one and draws it")
	fs.StringVar(&o.checkpoint, "checkpoint", "", "draw the run that this `file` of train or table holds; goes with -out only")
	fs.StringVar(&o.out, "out", ".", "write the pictures into this `folder`")
	reader := addConfigFlags(fs, commonFlags, networkFlags)
	params := fs.String("params", "", "parameters of the problem, such as `a1=1,a2=4`")
	fs.IntVar(&o.iterations, "iters", 40000, "iterations")
	if err := parse(fs, args, errOut); err != nil {
		return nil, err
	}
	raw, err := reader.read()
	if err != nil {
		return nil, err
	}
	o.config = raw.withParams(*params)
	if o.checkpoint != "" && len(o.config) > 0 {
		return nil, errors.New("checkpoint: holds a run with its own settings; leave the others away")
	}
	_, err = o.config.resolve()
	return o, err
}

// run returns the run to draw: restored, or trained until done or interrupted.
// A diverged run is drawn as it was at its last finite step.
func (o *figureOptions) run(ctx context.Context, errOut io.Writer) (train.Run, error) {
	if o.checkpoint != "" {
		return restored(o.checkpoint)
	}
	config, err := o.config.resolve()
	if err != nil {
		return nil, err
	}
	run, err := train.New(config)
	if err != nil {
		return nil, err
	}
	var diverged *train.Diverged
	err = trainTo(ctx, run, o.iterations, newProgress(errOut, float64(o.iterations), "it"))
	if errors.As(err, &diverged) {
		fmt.Fprintln(errOut, "pinnlab figure:", err)
		err = nil
	}
	return run, err
}

// restored returns the run that wrote a checkpoint.
func restored(path string) (train.Run, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	config, err := train.CheckpointConfig(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	run, err := train.New(config)
	if err == nil {
		err = run.Restore(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return run, nil
}

// draw writes the pictures and names them.
func (o *figureOptions) draw(run train.Run, out io.Writer) error {
	var now, next train.Snapshot
	run.Snapshot(&now)
	r := figure.Run{Title: titleOf(run, &now), Snapshot: &now}
	// A checkpoint holds no gradients: those of one more step are taken at
	// the parameters that it holds. If they are not finite, there are none.
	if run.Step() == nil {
		run.Snapshot(&next)
		r.Gradients = &next
	}
	pictures, err := figure.Draw(&r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.out, 0o777); err != nil {
		return err
	}
	for _, p := range pictures {
		path := filepath.Join(o.out, p.Name+".png")
		if err := writePicture(path, p); err != nil {
			return err
		}
		fmt.Fprintln(out, path)
	}
	return nil
}

func writePicture(path string, p figure.Picture) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(f, p.Image), f.Close())
}

// titleOf names a run and its state.
func titleOf(run train.Run, s *train.Snapshot) string {
	c := run.Config()
	name := c.Preset
	if prob, err := problemOf(c); err == nil {
		name = prob.Title
	}
	words := []string{name, describe(c)}
	if len(c.Params) > 0 {
		words = append(words, valuesOf(c.Params))
	}
	words = append(words, "iteration "+thousands(run.Iteration()))
	if s.RelL2 == s.RelL2 {
		words = append(words, "relative L2 error "+short(s.RelL2, 2))
	}
	if s.Status == train.Failed {
		words = append(words, "diverged")
	}
	return strings.Join(words, " · ")
}
