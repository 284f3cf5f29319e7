package main

import (
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"pinnlab/core/cmd/pinnlab/figure"
	"pinnlab/core/record"
	"pinnlab/core/train"
)

// figureOptions is what the flags of figure say.
type figureOptions struct {
	of  subject
	out string
}

// figureCommand draws a run; it returns the exit code.
func figureCommand(args []string, out, errOut io.Writer) int {
	o, err := figureFlags(args, errOut)
	if err != nil {
		return refuse("figure", err, errOut)
	}
	ctx, stop := interruptible()
	defer stop()
	err = os.MkdirAll(o.out, 0o777) // before the training, not after it
	var run *train.Run
	if err == nil {
		run, err = o.of.run(ctx, errOut)
	}
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
	fs.StringVar(&o.out, "out", ".", "write the pictures into this `folder`")
	err := o.of.read(fs, args, errOut)
	return o, err
}

// draw writes the pictures and names them.
func (o *figureOptions) draw(run *train.Run, out io.Writer) error {
	var now, next record.Snapshot
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
func titleOf(run *train.Run, s *record.Snapshot) string {
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
	if s.Status == record.Failed {
		words = append(words, "diverged")
	}
	return strings.Join(words, " · ")
}
