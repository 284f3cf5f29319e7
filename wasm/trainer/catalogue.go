package main

import (
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/train"
)

// A preset is what the page shows of a problem before a run.
type preset struct {
	Name        string       `json:"name"` // as in a Config
	Title       string       `json:"title"`
	Equation    string       `json:"equation"`
	Description string       `json:"description"`
	Parameters  []pde.Param  `json:"parameters"`
	Settings    pde.Settings `json:"settings"` // the paper's, with the names of a Config
	Coords      []pde.Coord  `json:"coords"`
	Views       []string     `json:"views"`
	Reference   string       `json:"reference,omitempty"` // the solver behind the exact views, if it is one
	Groups      []string     `json:"groups"`              // the residual first
	Terms       []string     `json:"terms"`
}

// limits are the least and the largest value of what a person may type.
var limits = map[string][2]float64{
	"width": {1, nn.MaxWidth},
	"depth": {1, nn.MaxDepth},
	"batch": {1, train.MaxBatch},
	"steps": {1, maxSteps},
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
		p := preset{
			Name:        name,
			Title:       spec.Title,
			Equation:    spec.Equation,
			Description: spec.Description,
			Parameters:  spec.Params,
			Settings:    problem.Settings,
			Coords:      problem.Coords,
			Groups:      problem.Groups,
			Reference:   problem.Reference,
		}
		for _, v := range problem.Views {
			p.Views = append(p.Views, v.Name)
		}
		for _, v := range problem.Terms {
			p.Terms = append(p.Terms, v.Name)
		}
		list = append(list, p)
	}
	return list, nil
}
