package train

import (
	"fmt"
	"sort"

	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/pde"
	"pinnlab/core/sampler"
)

// maxMemory bounds what an optimiser may take, in bytes: a tab has at most 4 GiB,
// for all that it holds.
const maxMemory = 512 << 20

// fit puts right what the optimiser cannot do with the other settings, each good
// by itself, and says what it was; nil for nothing.
func (c *Config) fit(prob *pde.Problem) *FieldError {
	kind, _ := opt.Kinds.Find(c.Parts().Optimiser)
	if kind.Float64 && c.Precision == Float32 {
		c.Precision = Float64
		return &FieldError{Field: "precision", Message: fmt.Sprintf("must be %s for %s", Float64, kind.Short), Using: Float64}
	}
	if kind.Memory == nil {
		return nil
	}
	bytes := func(c *Config) int { return kind.Memory(c.residuals(prob), c.network(prob).Layout.Size()) }
	now := bytes(c)
	if now <= maxMemory {
		return nil
	}
	largest := func(limit int, set func(c *Config, v int)) int {
		return sort.Search(limit, func(v int) bool {
			with := *c
			set(&with, v+1)
			return bytes(&with) > maxMemory
		})
	}
	setBatch := func(c *Config, v int) {
		if c.Batch = v; c.side() > v {
			c.setOwn(sampler.Side.Name, float64(v))
		}
	}
	batch := largest(sampler.MaxBatch, setBatch)
	width := largest(nn.MaxWidth, func(c *Config, v int) { c.Width = v })
	if batch == 0 { // the parameters alone are too many
		fault := &FieldError{Field: "width", Using: fmt.Sprint(width), Message: fmt.Sprintf(
			"is too large: %d parameters take %s %d MB, of at most %d; the largest width at this depth is %d",
			c.network(prob).Layout.Size(), kind.Short, now>>20, maxMemory>>20, width)}
		c.Width = width
		return fault
	}
	fault := &FieldError{Field: "batch", Using: fmt.Sprint(batch), Message: fmt.Sprintf(
		"is too large: %d residuals by %d parameters take %s %d MB, of at most %d; the largest batch with this network is %d, the largest width with this batch %d",
		c.residuals(prob), c.network(prob).Layout.Size(), kind.Short, now>>20, maxMemory>>20, batch, width)}
	setBatch(c, batch)
	return fault
}

// residuals returns how many a step has.
func (c *Config) residuals(prob *pde.Problem) (n int) {
	batches := c.batches(prob)
	for _, t := range prob.Terms {
		n += t.Residual.Outputs() * batches[t.Set]
	}
	return n
}
