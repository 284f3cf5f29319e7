package main

import (
	"sync"
	"testing"

	"pinnlab/core/method"
	"pinnlab/core/pde"
	"pinnlab/core/record"
	"pinnlab/core/train"
)

// A shot is an encoded Snapshot of a real run, with what it is of but for its
// number.
type shot struct {
	problem, model string
	data           []byte
}

// shots takes small runs of every preset, and of one with other parameters,
// before their first step and after some. Their grids are thinned, so that many
// can be drawn.
var shots = sync.OnceValues(func() (list []shot, err error) {
	for _, preset := range append(pde.Names(), "poisson C=2") {
		for _, model := range method.Names() {
			cfg, err := small(preset, model)
			if err != nil {
				return nil, err
			}
			run, err := train.New(cfg)
			if err != nil {
				return nil, err
			}
			run.Survey(model == "M1" || model == "M4") // the others have no residuals to show
			for n := range 7 {
				if n == 0 || n == 6 {
					var s record.Snapshot
					run.Snapshot(&s)
					thin(&s)
					s.Origin.Contestant = model
					data, err := s.AppendBinary(nil)
					if err != nil {
						return nil, err
					}
					list = append(list, shot{s.Origin.Problem, model, data})
				}
				if err := run.Step(); err != nil {
					return nil, err
				}
			}
		}
	}
	return list, nil
})

func small(preset, model string) (train.Config, error) {
	params := map[string]float64{}
	if preset == "poisson C=2" {
		preset, params = "poisson", map[string]float64{"C": 2}
	}
	cfg, err := train.Default(preset, model)
	for name, v := range params {
		cfg.Params[name] = v
	}
	cfg.Width, cfg.Depth, cfg.Batch = 4, 2, 4
	return cfg, err
}

// thin keeps at most a dozen nodes along an axis.
func thin(s *record.Snapshot) {
	const most = 12
	nx, ny := int(s.Axes[0].N), 1
	if len(s.Axes) == 2 {
		ny = int(s.Axes[1].N)
	}
	keep := func(v []float32) (out []float32) {
		for j := range min(ny, most) {
			for i := range min(nx, most) {
				if len(v) > 0 {
					out = append(out, v[j*ny/min(ny, most)*nx+i*nx/min(nx, most)])
				}
			}
		}
		return out
	}
	for i := range s.Fields {
		s.Fields[i].Pred, s.Fields[i].Exact = keep(s.Fields[i].Pred), keep(s.Fields[i].Exact)
	}
	for i := range s.Residuals {
		s.Residuals[i].Values = keep(s.Residuals[i].Values)
	}
	for i := range s.Axes {
		s.Axes[i].N = min(s.Axes[i].N, most)
	}
}

// numbered returns a copy of a shot as of a run.
func (s *shot) numbered(t testing.TB, run uint64) []byte {
	t.Helper()
	return of(t, s.data, record.Origin{Problem: s.problem, Contestant: s.model, Run: run})
}
