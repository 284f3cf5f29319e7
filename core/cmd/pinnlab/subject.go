package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"pinnlab/core/train"
)

// A subject is the run that a command looks at: the one that a checkpoint holds,
// as it is, or else one to train.
type subject struct {
	config     rawConfig
	iterations int
	checkpoint string
}

// read adds the flags that name a run to fs and reads them all.
func (s *subject) read(fs *flag.FlagSet, args []string, errOut io.Writer) error {
	fs.StringVar(&s.checkpoint, "checkpoint", "", "look at the run that this `file` of train or table holds; no Config goes with it")
	reader := addConfigFlags(fs)
	params := fs.String("params", "", "parameters of the problem, such as `a1=1,a2=4`")
	iterations := iterationsFlag(fs)
	if err := parse(fs, args, errOut); err != nil {
		return err
	}
	raw, err := reader.read()
	if err != nil {
		return err
	}
	s.config = raw.withParams(*params)
	if s.checkpoint != "" && len(s.config) > 0 {
		return errors.New("checkpoint: holds a run with its own settings; leave the others away")
	}
	config, err := s.config.resolve()
	if err != nil {
		return err
	}
	if s.iterations, err = iterations(config); err == nil && s.iterations < 0 {
		err = errors.New("iters: must not be negative")
	}
	return err
}

// run returns the run: restored, or trained until done or interrupted.
// A run that ends before is taken as it was at its last step.
func (s *subject) run(ctx context.Context, errOut io.Writer) (*train.Run, error) {
	if s.checkpoint != "" {
		return restored(s.checkpoint)
	}
	config, err := s.config.resolve()
	if err != nil {
		return nil, err
	}
	run, err := train.New(config)
	if err != nil {
		return nil, err
	}
	err = trainTo(ctx, run, s.iterations, newProgress(errOut, float64(s.iterations), "it"))
	if train.Over(err) {
		fmt.Fprintln(errOut, "pinnlab:", err)
		err = nil
	}
	return run, err
}

// restored returns the run that wrote a checkpoint.
func restored(path string) (*train.Run, error) {
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
