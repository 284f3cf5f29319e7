package sampler

import (
	"pinnlab/core/method"
	"pinnlab/core/wire"
)

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "uniform", Short: "fresh", Title: "uniform, fresh at each step",
			Words:  "Every step sees new points, uniformly at random: nothing is learned by heart, and the loss of a step is noisy.",
			Source: "S. Wang, Y. Teng, P. Perdikaris, SIAM J. Sci. Comput. 43(5), 2021.",
			Paper:  true,
		},
		make: newUniform,
	})
}

// uniform draws from one source for each set.
type uniform []*Source

func newUniform(p Plan) Sampler {
	var u uniform
	for i := range p.Free {
		u = append(u, NewSource(p.Seed, streamPoints+uint64(i)))
	}
	return u
}

// Draw implements [Sampler].
func (s uniform) Draw(u []float64, set, _ int) {
	for i := range u {
		u[i] = s[set].Uniform()
	}
}

// Code implements [method.Keeper].
func (s uniform) Code(c *wire.Coder) {
	for _, src := range s {
		src.Code(c)
	}
}
