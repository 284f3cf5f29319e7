package train

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/record"
	"pinnlab/core/wire"
)

// norm returns the Euclidean norm of a gradient.
func norm[T kern.Float](g []T) float64 { return math.Sqrt(kern.Dot(g, g)) }

// cosine returns the cosine of the angle between two gradients, NaN if one
// vanishes.
func cosine[T kern.Float](a, b []T) float64 {
	var ab, aa, bb float64 // the sums of kern.Dot, side by side
	for i, v := range a {
		x, y := float64(v), float64(b[i])
		ab += float64(x * y)
		aa += float64(x * x)
		bb += float64(y * y)
	}
	return ab / float64(math.Sqrt(aa)*math.Sqrt(bb))
}

// gradientSize measures the part g of a group's gradient, beside the same part of the
// residual's.
func gradientSize[T kern.Float](g, residual []T) record.GradientSize {
	m := measure(g)
	return record.GradientSize{Max: m.Max, Mean: m.Mean, Norm: norm(g), Cosine: cosine(g, residual)}
}

// histograms counts and measures the entries of each weight matrix's gradients
// at the latest step: the trunk's, then the encoders'. Before a step, the first
// or the next after a checkpoint, there are none.
func (e *engine[T]) histograms(s *record.Snapshot) {
	s.Layers = wire.Resize(s.Layers, len(e.layers))
	for k, l := range e.layers {
		out := &s.Layers[k]
		out.Name = l.W.Name
		out.Hist, out.Size = wire.Resize(out.Hist, len(e.obj.Grads)), wire.Resize(out.Size, len(e.obj.Grads))
		part := func(g []T) []T { return g[l.W.Offset : l.W.Offset+l.W.Size()] }
		for i, g := range e.obj.Grads {
			if !e.seen {
				nan := math.NaN()
				out.Hist[i].Reset()
				out.Size[i] = record.GradientSize{Max: nan, Mean: nan, Norm: nan, Cosine: nan}
				continue
			}
			count(&out.Hist[i], part(g))
			out.Size[i] = gradientSize(part(g), part(e.obj.Grads[0]))
		}
	}
}

func count[T kern.Float](h *record.Histogram, g []T) {
	h.Reset()
	for _, v := range g {
		h.Add(float64(v))
	}
}

// clouds copies the points of the latest step; before a step there are none.
func (e *engine[T]) clouds(s *record.Snapshot) {
	s.Clouds = wire.Resize(s.Clouds, len(e.prob.Sets))
	for i, set := range e.prob.Sets {
		c := &s.Clouds[i]
		c.Name, c.Group, c.At = set.Name, 0, c.At[:0]
		for _, t := range e.prob.Terms {
			if t.Set == i {
				c.Group = uint8(t.Group)
				break
			}
		}
	}
	if !e.seen {
		return
	}
	e.obj.EachSet(func(set int, points []T) {
		c := &s.Clouds[set]
		if len(c.At) > 0 {
			return // another pass uses the same set
		}
		for _, v := range points[:min(len(points), record.CloudPoints*len(e.prob.Coords))] {
			c.At = append(c.At, float32(v))
		}
	})
}
