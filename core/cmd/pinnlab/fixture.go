package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"pinnlab/core/jet"
	"pinnlab/core/jsonwords"
	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/train"
)

// A fixture is a fixed network at fixed points with losses, gradients and a
// short Adam run from another automatic differentiation, in float64.
type fixture struct {
	Name       string                 `json:"name"`
	Preset     string                 `json:"preset"`
	Parameters map[string]float64     `json:"parameters"`
	Model      string                 `json:"model"`
	Layers     []int                  `json:"layers"`
	Activation string                 `json:"activation"`
	Gate       string                 `json:"gate"` // of the modified network, in words
	Mu         []float64              `json:"mu"`
	Sigma      []float64              `json:"sigma"`
	Coords     []string               `json:"coords"`
	Outputs    []string               `json:"outputs"`
	ParamNames []string               `json:"param_names"`
	Params     [][]float64            `json:"params"`
	Points     map[string][][]float64 `json:"points"` // by set, a list per coordinate
	Loss       map[string]float64     `json:"loss"`   // by term, and total
	Grad       map[string][][]float64 `json:"grad"`   // by term, in the layout of Params
	Pointwise  map[string][]float64   `json:"pointwise"`
	Hvp        *struct {
		Hv []float64 `json:"Hv"` // of the total, for v with entries cos(i+1)
	} `json:"hvp"`
	Eigenvalues map[string]map[string][]float64 `json:"hessian_eigenvalues"` // by part and subset, rising

	Weights   map[string]float64     `json:"weights"`      // by term, of Newton
	Residuals map[string][][]float64 `json:"residuals"`    // by term and formula
	Trace     map[string]float64     `json:"kernel_trace"` // by term
	Newton    *newtonFixture         `json:"gauss_newton"`

	Adam *struct {
		LR    float64   `json:"lr"`
		Beta1 float64   `json:"beta1"`
		Beta2 float64   `json:"beta2"`
		Eps   float64   `json:"eps"`
		Loss  []float64 `json:"total_loss_before_step"`
	} `json:"adam"`
}

// readFixture reads and checks a file; see the package comment of check.
func readFixture(path string) (*fixture, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := &fixture{}
	if err := jsonwords.Unmarshal(b, f); err != nil {
		return nil, err
	}
	if len(f.Layers) < 3 || slices.Min(f.Layers) < 1 {
		return nil, errors.New("layers: a network has inputs, at least one hidden layer and outputs")
	}
	if !slices.ContainsFunc(method.Names(), func(m string) bool { return strings.HasPrefix(f.Model, m) }) {
		return nil, fmt.Errorf("model %q is not known here", f.Model)
	}
	if f.Activation != "tanh" {
		return nil, fmt.Errorf("activation %q is not known here", f.Activation)
	}
	return f, nil
}

// objective builds the fixture's network and problem and places its points.
func (f *fixture) objective() (*train.Objective[float64], []float64, error) {
	spec, err := pde.Preset(f.Preset)
	if err != nil {
		return nil, nil, err
	}
	prob, err := spec.Problem(f.Parameters)
	if err != nil {
		return nil, nil, err
	}
	if err := f.fits(prob); err != nil {
		return nil, nil, err
	}
	last := len(f.Layers) - 1
	net := nn.New(nn.Arch{Kind: f.kind(), In: f.Layers[0], Out: f.Layers[last], Hidden: f.Layers[1:last], Activation: jet.TanhOf})
	theta, err := f.flatten(net, f.Params)
	if err != nil {
		return nil, nil, err
	}
	obj, err := f.place(prob, net)
	return obj, theta, err
}

// kind returns the network's kind. The archival gate is told by its formula, which
// has tanh((1 - HW) + b) where that of today has 1 - Z, or else by its date.
func (f *fixture) kind() string {
	if !slices.Contains(f.ParamNames, "WU") {
		return nn.MLP
	}
	text := strings.ToLower(f.Gate + f.Model)
	for _, gap := range []string{" ", "(", "@", "*", "·"} {
		text = strings.ReplaceAll(text, gap, "")
	}
	has := func(signs ...string) bool {
		return slices.ContainsFunc(signs, func(s string) bool { return strings.Contains(text, s) })
	}
	if has("1-hw", "tanh1-") || !has("1-z") && has("2020", "july2021", "archival") {
		return nn.Modified2020
	}
	return nn.Modified
}

// fits compares what the fixture and the problem say of the coordinates.
func (f *fixture) fits(prob *pde.Problem) error {
	if len(f.Coords) != len(prob.Coords) || f.Layers[0] != len(prob.Coords) {
		return fmt.Errorf("coords: %d and %d inputs, the preset has %d", len(f.Coords), f.Layers[0], len(prob.Coords))
	}
	if !slices.Equal(f.Outputs, prob.Outputs) || f.Layers[len(f.Layers)-1] != len(prob.Outputs) {
		return fmt.Errorf("outputs: must be %s, as many as the last of layers", strings.Join(prob.Outputs, ", "))
	}
	if len(f.Mu) != len(prob.Coords) || len(f.Sigma) != len(prob.Coords) {
		return errors.New("mu, sigma: one number for each of coords")
	}
	for i, c := range prob.Coords {
		mu, sigma := (c.Lo+c.Hi)/2, (c.Hi-c.Lo)/math.Sqrt(12)
		if c.Name != f.Coords[i] || math.Abs(f.Mu[i]-mu) > 1e-12 || math.Abs(f.Sigma[i]/sigma-1) > 1e-12 {
			return fmt.Errorf("coordinate %s is not normalised by the uniform law of the preset's domain", f.Coords[i])
		}
	}
	return nil
}

// flatten puts matrices, in the fixture's order, into the layout of net.
func (f *fixture) flatten(net *nn.Net, matrices [][]float64) ([]float64, error) {
	if len(f.ParamNames) != len(net.Layout) {
		return nil, fmt.Errorf("param_names: %d, the network has %d", len(f.ParamNames), len(net.Layout))
	}
	if len(matrices) != len(net.Layout) {
		return nil, fmt.Errorf("%d matrices, the network has %d", len(matrices), len(net.Layout))
	}
	var flat []float64
	for i, p := range net.Layout {
		if f.ParamNames[i] != p.Name || len(matrices[i]) != p.Size() {
			return nil, fmt.Errorf("matrix %d is %s with %d entries, the network's is %s with %d",
				i, f.ParamNames[i], len(matrices[i]), p.Name, p.Size())
		}
		flat = append(flat, matrices[i]...)
	}
	return flat, nil
}

func (f *fixture) place(prob *pde.Problem, net *nn.Net) (*train.Objective[float64], error) {
	batch := make([]int, len(prob.Sets))
	for i, s := range prob.Sets {
		columns := f.Points[s.Name]
		if len(columns) != len(prob.Coords) || len(columns[0]) == 0 {
			return nil, fmt.Errorf("no points for the set %s", s.Name)
		}
		for _, c := range columns {
			if len(c) != len(columns[0]) {
				return nil, fmt.Errorf("points of the set %s: %d and %d values of the coordinates", s.Name, len(columns[0]), len(c))
			}
		}
		batch[i] = len(columns[0])
	}
	obj := train.NewObjective[float64](prob, net, batch)
	obj.EachSet(func(set int, points []float64) {
		columns := f.Points[prob.Sets[set].Name]
		for i := range points {
			points[i] = columns[i%len(columns)][i/len(columns)]
		}
	})
	return obj, nil
}
