package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"runtime"
	"strings"

	"pinnlab/core/train"
)

// A job is one run of a table.
type job struct {
	config     train.Config
	iterations int
}

// key identifies a job: equal keys give equal bits.
func (j job) key() string {
	b, err := json.Marshal(j.config)
	if err != nil {
		panic("pinnlab: key: " + err.Error()) // a checked Config has a JSON form
	}
	return fmt.Sprintf("%d %s", j.iterations, b)
}

// name is short, fit for a file, and differs between jobs.
func (j job) name() string {
	h := fnv.New64a()
	io.WriteString(h, j.key())
	c := j.config
	return fmt.Sprintf("%s-%dx%d-s%d-%016x", c.Model, c.Width, c.Depth, c.Seed, h.Sum64())
}

// cost is about proportional to the time that an iteration takes: the products
// of the hidden layers, and what goes with the number of neurons.
func (j job) cost() float64 {
	w, d := float64(j.config.Width), float64(j.config.Depth)
	if modified(j.config.Model) {
		d *= 1.5
	}
	return d * w * (w + 100)
}

// anneals and modified say what a model adds to the plain one.
func anneals(model string) bool  { return model == "M2" || model == "M4" }
func modified(model string) bool { return model == "M3" || model == "M4" }

// tableOptions is what the flags of table say.
type tableOptions struct {
	jobs    []job
	workers int
	out     string
	render  bool
	command string // that makes the same runs, without the file's name
}

// lists are the flags that hold several values, in the order of a table's rows.
type lists struct {
	models, arch, seeds, rules, gates string
	params                            []string
}

// tableFlags reads the flags and makes the list of jobs.
func tableFlags(args []string, errOut io.Writer) (*tableOptions, error) {
	o, l := &tableOptions{}, lists{}
	fs := newFlags("table", "trains many networks and prints their errors beside the published ones")
	reader := addConfigFlags(fs, commonFlags)
	fs.StringVar(&l.models, "models", "M1,M2,M3,M4", "models")
	fs.StringVar(&l.arch, "arch", "", "networks as width x depth, such as `50x3,100x5`; default that of the preset")
	fs.StringVar(&l.seeds, "seeds", "", "seeds, such as `1,2,3` or 1-3; default 1")
	fs.StringVar(&l.rules, "rules", "", "annealing rules of M2 and M4: siam, arxiv, code, none; default that of the preset")
	fs.StringVar(&l.gates, "gates", "", "networks of M3 and M4: modified, modified-2020; default modified")
	fs.Func("params", "parameters of the problem, such as `a1=1,a2=4`; may be given several times", func(s string) error {
		l.params = append(l.params, s)
		return nil
	})
	iterations := fs.Int("iters", 0, "iterations; default that of the preset")
	fs.IntVar(&o.workers, "j", runtime.NumCPU(), "runs at the same time")
	fs.StringVar(&o.out, "out", "", "add each finished run to this `file`; default PRESET.jsonl, or table.jsonl for a problem of -config")
	fs.BoolVar(&o.render, "render", false, "train nothing: print all that the file of -out holds")
	if err := parse(fs, args, errOut); err != nil {
		return nil, err
	}
	if o.workers < 1 {
		return nil, errors.New("j: at least one run at a time")
	}
	base, err := reader.read()
	if err != nil {
		return nil, err
	}
	o.command = commandOf(fs)
	return o, o.plan(base, l, *iterations)
}

// plan makes the jobs, seed by seed, without those that would be the same.
func (o *tableOptions) plan(base rawConfig, l lists, iterations int) error {
	shapes, err := shapesOf(l.arch)
	if err != nil {
		return err
	}
	seeds, err := seedsOf(l.seeds)
	if err != nil {
		return err
	}
	for _, p := range l.params {
		o.command += " -params " + quote(p)
	}
	if l.params == nil {
		l.params = []string{""}
	}
	seen := map[string]bool{}
	for _, seed := range seeds {
		for _, shape := range shapes {
			for _, params := range l.params {
				for _, c := range variants(base.withParams(params).with(shape), seed, l) {
					if err := o.addJob(c, iterations, seen); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// variants returns the Configs of all models, rules and gates. What a model
// does not use keeps its default, so that a run serves several rows.
func variants(c rawConfig, seed string, l lists) (all []rawConfig) {
	for _, model := range strings.Split(l.models, ",") {
		rules, gates := []string{""}, []string{""}
		if anneals(model) {
			rules = strings.Split(l.rules, ",")
		}
		if modified(model) {
			gates = strings.Split(l.gates, ",")
		}
		for _, rule := range rules {
			for _, gate := range gates {
				v := c.with(map[string]string{"model": model})
				set(v, "seed", seed)
				set(v, "rule", rule)
				set(v, "gated", gate)
				if !anneals(model) {
					delete(v, "rule")
					delete(v, "alpha")
					delete(v, "period")
				}
				if !modified(model) {
					delete(v, "gated")
				}
				all = append(all, v)
			}
		}
	}
	return all
}

// set sets a field unless the value is empty.
func set(c rawConfig, field, value string) {
	if value != "" {
		c[field] = word(value)
	}
}

func (o *tableOptions) addJob(c rawConfig, iterations int, seen map[string]bool) error {
	config, err := c.resolve()
	if err != nil {
		return err
	}
	if iterations == 0 {
		prob, err := problemOf(config)
		if err != nil {
			return err
		}
		iterations = prob.Settings.Iterations
	}
	if iterations < 1 {
		return errors.New("iters: at least one iteration")
	}
	if o.out == "" {
		o.out = cmp.Or(config.Preset, "table") + ".jsonl"
	}
	j := job{config, iterations}
	if !seen[j.key()] {
		seen[j.key()] = true
		o.jobs = append(o.jobs, j)
	}
	return nil
}
