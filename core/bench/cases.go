package bench

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pinnlab/core/kern"
	"pinnlab/core/train"
)

// Kernels are the kernels and their twins in one precision.
func Kernels(precision string) []Case {
	if precision == train.Float64 {
		return append(kernels[float64](precision), algebra()...)
	}
	return kernels[float32](train.Float32)
}

func kernels[T kern.Float](precision string) (list []Case) {
	add := func(name string, p kern.Pair, do func()) {
		s := Subject{Do: func() error { do(); return nil }, Flop: p.Flop, Move: p.Bytes}
		list = append(list, Case{name, func() (Subject, error) { return s, nil }})
	}
	for _, p := range kern.Pairs[T]() {
		name := "Kernel/type=" + precision + "/" + p.Name
		add(name+"/impl=fast", p, p.Fast)
		if p.Ref != nil {
			add(name+"/impl=twin", p, p.Ref)
		}
	}
	return list
}

// A stepCase is a network in training.
type stepCase struct {
	preset, model       string
	batch, width, depth int // 0: the paper's
	spec                string
	precision           string
}

// config returns the Config of a case.
func (c stepCase) config() (train.Config, error) {
	raw := map[string]any{"preset": c.preset, "model": c.model, "precision": c.precision}
	if c.spec != "" {
		delete(raw, "preset")
		raw["spec"] = json.RawMessage(c.spec)
	}
	for name, v := range map[string]int{"batch": c.batch, "width": c.width, "depth": c.depth} {
		if v > 0 {
			raw[name] = v
		}
	}
	text, err := json.Marshal(raw)
	if err != nil {
		return train.Config{}, err
	}
	cfg, problems := train.Resolve(text)
	if len(problems) > 0 {
		return cfg, problems[0]
	}
	return cfg, nil
}

// open returns a step; with products, one of which only the matrix products'
// time counts.
func (c stepCase) open(products bool) (s Subject, err error) {
	cfg, err := c.config()
	if err != nil {
		return s, err
	}
	run, err := train.New(cfg)
	if err != nil {
		return s, err
	}
	s.Do = run.Step
	if products {
		s.Counts = new(time.Duration)
	}
	s.Flop = run.TimeProducts(s.Counts)
	return s, nil
}

// Steps are the steps that the paper's numbers take most time for, each
// followed by the time that its matrix products take: what part of the step these
// are is the ratio of the two.
func Steps(precision string) (list []Case) {
	for _, c := range []stepCase{
		{preset: "helmholtz", model: "M1", batch: 128, width: 50},
		{preset: "helmholtz", model: "M3", batch: 128, width: 50},
		{preset: "helmholtz", model: "M1", batch: 1024, width: 50},
		{preset: "helmholtz", model: "M3", batch: 1024, width: 50},
		{preset: "helmholtz", model: "M1", batch: 128, width: 100},
		{preset: "helmholtz", model: "M3", batch: 128, width: 100},
		{preset: "klein_gordon", model: "M4", batch: 128, width: 50},
		{preset: "cavity_streamfunction", model: "M4", batch: 128, width: 50},
	} {
		c.precision = precision
		name := fmt.Sprintf("/preset=%s/model=%s/n=%d/w=%d", c.preset, c.model, c.batch, c.width)
		if precision != train.Float32 {
			name += "/type=" + precision
		}
		list = append(list,
			Case{"Step" + name, func() (Subject, error) { return c.open(false) }},
			Case{"Products" + name, func() (Subject, error) { return c.open(true) }})
	}
	return list
}

// Sweeps are steps of the Helmholtz problem, and of problems of other orders,
// that differ in one thing at a time.
func Sweeps(precision string) (list []Case) {
	add := func(along string, at int, c stepCase) {
		c.preset, c.precision = "helmholtz", precision
		c.batch, c.width, c.depth = cmp.Or(c.batch, 128), cmp.Or(c.width, 50), cmp.Or(c.depth, 3)
		for _, model := range []string{"M1", "M3"} {
			c := c // each case its own
			c.model = model
			name := fmt.Sprintf("Sweep/along=%s/model=%s/at=%d", along, model, at)
			list = append(list, Case{name, func() (Subject, error) { return c.open(false) }})
		}
	}
	for n := 128; n <= 8192; n *= 2 {
		add("points", n, stepCase{batch: n})
	}
	for _, w := range []int{8, 16, 24, 32, 48, 50, 64, 96, 100, 128, 192, 256} {
		add("width", w, stepCase{width: w})
	}
	for d := 1; d <= 10; d++ {
		add("depth", d, stepCase{depth: d})
	}
	for k := 1; k <= 4; k++ {
		add("order", k, stepCase{spec: ofOrder(k)})
	}
	return list
}

// ofOrder returns the problem ∂ᵏu/∂xᵏ + ∂ᵏu/∂yᵏ = f on the square, which needs
// every derivative along either coordinate up to order k.
func ofOrder(k int) string {
	return strings.NewReplacer("XX", strings.Repeat("x", k), "YY", strings.Repeat("y", k)).Replace(`{
		"version": 1, "name": "order", "title": "order", "description": "", "equation": "",
		"coords": [{"name": "x", "lo": -1, "hi": 1}, {"name": "y", "lo": -1, "hi": 1}],
		"fields": ["u"],
		"solution": {"u": "sin(2*x)*sin(2*y)"},
		"residuals": [{"name": "res", "formula": "u_XX + u_YY - f"}],
		"conditions": [
			{"name": "bc1", "group": "bcs", "face": "y=-1", "formula": "u - u_exact"},
			{"name": "bc2", "group": "bcs", "face": "x=1", "formula": "u - u_exact"}
		],
		"views": [{"name": "u"}],
		"error": {"views": ["u"], "nodes": [100, 100]}
	}`)
}
