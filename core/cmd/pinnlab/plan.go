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

	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/sampler"
	"pinnlab/core/train"
	"pinnlab/core/weigh"
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
	return fmt.Sprintf("%s-%dx%d-s%d-%016x", strings.NewReplacer(" · ", "-", ", ", "-", " ", "-").Replace(c.Short()), c.Width, c.Depth, c.Seed, h.Sum64())
}

// cost is about proportional to the time that an iteration takes: the products
// of the hidden layers, and what goes with the number of neurons.
func (j job) cost() float64 {
	w, d := float64(j.config.Width), float64(j.config.Depth)
	if network, ok := nn.Kinds.Find(j.config.Parts().Network); ok {
		d *= network.Cost
	}
	return d * w * (w + 100)
}

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
	arch, seeds, methods, rules, gates         string
	networks, weightings, optimisers, samplers string // instead of the methods'
	params                                     []string
}

// tableFlags reads the flags and makes the list of jobs.
func tableFlags(args []string, errOut io.Writer) (*tableOptions, error) {
	o, l := &tableOptions{}, lists{}
	fs := newFlags("table", "trains many networks and prints their errors beside the published ones")
	reader := addConfigFlags(fs, "method", "model", "gated", "width", "depth", "seed", "rule", "network", "weighting", "optimiser", "sampler")
	all := strings.Join(method.Paper(), ",")
	fs.StringVar(&l.methods, "methods", all, "methods")
	fs.StringVar(&l.methods, "models", all, "the same as methods")
	fs.StringVar(&l.networks, "networks", "", "networks instead of the methods': "+strings.Join(nn.Kinds.Names(), ", "))
	fs.StringVar(&l.weightings, "weightings", "", "weightings instead of the methods': "+strings.Join(weigh.Kinds.Names(), ", "))
	fs.StringVar(&l.optimisers, "optimisers", "", "optimisers instead of the methods': "+strings.Join(opt.Kinds.Names(), ", "))
	fs.StringVar(&l.samplers, "samplers", "", "samplers instead of the methods': "+strings.Join(sampler.Kinds.Names(), ", "))
	fs.StringVar(&l.arch, "arch", "", "networks as width x depth, such as `50x3,100x5`; default that of the preset")
	fs.StringVar(&l.seeds, "seeds", "", "seeds, such as `1,2,3` or 1-3; default 1")
	fs.StringVar(&l.rules, "rules", "", "weightings of the methods that have one: "+strings.Join(weigh.Kinds.Names(), ", ")+"; default that of the preset")
	fs.StringVar(&l.gates, "gates", "", "networks of the methods with a modified one: "+strings.Join(gates(), ", ")+"; default modified")
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

// variants returns the Configs of all methods and what is to stand instead of
// their parts. What one does not use keeps its default, so that a run serves
// several rows.
func variants(c rawConfig, seed string, l lists) (all []rawConfig) {
	each := func(list string, f func(string)) {
		for _, v := range strings.Split(list, ",") {
			f(v)
		}
	}
	each(l.methods, func(name string) {
		each(l.networks, func(network string) {
			each(l.weightings, func(weighting string) {
				each(l.optimisers, func(optimiser string) {
					each(l.samplers, func(sampler string) {
						v := c.with(map[string]string{"method": name})
						set(v, "seed", seed)
						set(v, "network", network)
						set(v, "weighting", weighting)
						set(v, "optimiser", optimiser)
						set(v, "sampler", sampler)
						all = append(all, open(v, l)...)
					})
				})
			})
		})
	})
	return all
}

// open returns the Configs of all rules and gates that a method leaves open.
func open(c rawConfig, l lists) (all []rawConfig) {
	cfg, _ := c.resolve() // what is wrong is said when the job is made
	network, weighting := cfg.Open()
	rules, gates := []string{""}, []string{""}
	if weighting {
		rules = strings.Split(l.rules, ",")
	}
	if network {
		gates = strings.Split(l.gates, ",")
	}
	for _, rule := range rules {
		for _, gate := range gates {
			v := c.with(nil)
			set(v, "rule", rule)
			set(v, "gated", gate)
			if !weighting {
				delete(v, "rule")
			}
			if kind, _ := weigh.Kinds.Find(cfg.Parts().Weighting); !weighting && kind.Still {
				delete(v, "alpha")
				delete(v, "period")
			}
			if !network {
				delete(v, "gated")
			}
			all = append(all, v)
		}
	}
	return all
}

// gates lists the networks that a method with a modified one may have.
func gates() []string {
	for _, f := range train.Fields() {
		if f.Name == "gated" {
			return f.Choices
		}
	}
	return nil
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
