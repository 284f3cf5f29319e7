package main

import (
	"cmp"
	"flag"

	"pinnlab/core/pde"
	"pinnlab/core/train"
)

// problemOf returns the problem of a Config.
func problemOf(c train.Config) (*pde.Problem, error) {
	spec, err := pde.Preset(c.Preset)
	if len(c.Spec) > 0 {
		spec, err = pde.Parse(c.Spec)
	}
	if err != nil {
		return nil, err
	}
	return spec.Problem(c.Params)
}

// nameOf returns what to call a Config's problem.
func nameOf(c train.Config) string {
	prob, err := problemOf(c)
	if err != nil || c.Preset != "" && len(c.Spec) == 0 {
		return c.Preset
	}
	return cmp.Or(prob.Name, prob.Title, "own problem")
}

// iterationsFlag adds -iters and returns what gives their number once the flags
// are read: as given, or else as the problem's settings have it.
func iterationsFlag(fs *flag.FlagSet) func(train.Config) (int, error) {
	n := fs.Int("iters", 0, "iterations; default those of the problem's settings, or 40000")
	return func(c train.Config) (int, error) {
		given := false
		fs.Visit(func(f *flag.Flag) { given = given || f.Name == "iters" })
		if given {
			return *n, nil
		}
		prob, err := problemOf(c)
		if err != nil {
			return 0, err
		}
		return prob.Settings.Iterations, nil
	}
}
