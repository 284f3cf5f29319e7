package main

import (
	"cmp"
	"slices"

	"pinnlab/core/flow"
	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/pde"
	"pinnlab/core/sampler"
	"pinnlab/core/train"
	"pinnlab/core/weigh"
)

// A preset is what the page shows of a problem before a run.
type preset struct {
	Name        string            `json:"name"` // as in a Config
	Title       string            `json:"title"`
	Equation    string            `json:"equation"`
	Description string            `json:"description"`
	Sources     []string          `json:"sources,omitempty"`
	Parameters  []pde.Param       `json:"parameters"`
	Settings    pde.Settings      `json:"settings"` // the paper's, with the names of a Config
	Coords      []pde.Coord       `json:"coords"`
	Views       []string          `json:"views"`
	Reference   string            `json:"reference,omitempty"` // the solver behind the exact views, if it is one
	Groups      []string          `json:"groups"`              // the residual first
	Terms       []string          `json:"terms"`
	Residuals   []string          `json:"residuals"`          // the terms of the first group
	Profiles    []profile         `json:"profiles,omitempty"` // published, of a cavity
	Symbols     map[string]string `json:"symbols"`            // of the parameters, in MathML
	Sheet       *pde.Sheet        `json:"sheet"`              // the problem, typeset, with its own parameters
}

// A profile is what others found on a cavity's centre lines at one Reynolds
// number: pairs of place and value.
type profile struct {
	Source string       `json:"source"`
	Re     float64      `json:"re"`
	U      [][2]float64 `json:"u"` // on x = 1/2, by y
	V      [][2]float64 `json:"v"` // on y = 1/2, by x
}

// offer returns what there is to choose from.
func offer() (o offered, err error) {
	o = offered{
		Limits: map[string][2]float64{"steps": {1, maxSteps}},
		Fields: train.Fields(), Methods: method.Table(),
		Networks: nn.Kinds.All(), Weightings: weigh.Kinds.All(), Optimisers: opt.Kinds.All(), Samplers: sampler.Kinds.All(),
	}
	for _, f := range o.Fields {
		if f.Kind == method.Whole {
			o.Limits[f.Name] = [2]float64{f.Lo, f.Hi}
		}
	}
	o.Catalogue, err = catalogue()
	return o, err
}

// catalogue lists the presets in their order.
func catalogue() ([]preset, error) {
	var list []preset
	for _, name := range pde.Names() {
		spec, err := pde.Preset(name)
		if err != nil {
			return nil, err
		}
		problem, err := spec.Problem(nil)
		if err != nil {
			return nil, err
		}
		sheet, err := spec.Sheet(nil, problem.Settings.Batch)
		if err != nil {
			return nil, err
		}
		p := preset{
			Name:        name,
			Title:       spec.Title,
			Equation:    spec.Equation,
			Description: spec.Description,
			Sources:     spec.Sources,
			Parameters:  spec.Params,
			Settings:    problem.Settings,
			Coords:      problem.Coords,
			Groups:      problem.Groups,
			Reference:   problem.Reference,
			Sheet:       sheet,
			Symbols:     spec.Symbols(),
		}
		for _, v := range problem.Views {
			p.Views = append(p.Views, v.Name)
		}
		for _, v := range problem.Terms {
			p.Terms = append(p.Terms, v.Name)
			if v.Group == 0 {
				p.Residuals = append(p.Residuals, v.Name)
			}
		}
		if p.Reference == "cavity" {
			p.Profiles = profiles()
		}
		list = append(list, p)
	}
	return list, nil
}

// profiles lists the published centre lines, from the ends of the lines on.
func profiles() (list []profile) {
	pairs := func(samples []flow.Sample) (xy [][2]float64) {
		for _, s := range samples {
			if s.Value == s.Value { // a misprint is left out
				xy = append(xy, [2]float64{s.At, s.Value})
			}
		}
		slices.SortFunc(xy, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
		return xy
	}
	for _, p := range flow.Profiles() {
		list = append(list, profile{p.Source, p.Re, pairs(p.U), pairs(p.V)})
	}
	return list
}
