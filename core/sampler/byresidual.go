package sampler

import (
	"cmp"
	"slices"

	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/wire"
)

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "by-residual", Short: "by residual", Title: "most evenly, some where the residual is large",
			Words: "Points stay for a few steps and are drawn anew. Most of those inside follow R₂; a quarter is drawn from many candidates, each as likely as its residual is large. " +
				"Those of the conditions follow R₂.",
			Source: "C. Wu, M. Zhu, Q. Tan, Y. Kartha, L. Lu, Comput. Methods Appl. Mech. Eng. 403, 2023, for drawing by the residual; P. S. Efraimidis, P. G. Spirakis, Inf. Process. Lett. 97, 2006, for doing so without repeating.",
			Settings: []method.Setting{Side,
				{Name: "stay", Title: "Steps they stay", Kind: method.Whole, Lo: 1, Hi: 1e9, Log: true, Usual: 10.0,
					Words: "Steps with the same points; 1e9 for ever."},
				{Name: "candidates", Title: "Candidates", Kind: method.Whole, Lo: 1, Hi: 64, Usual: 8.0,
					Words: "From which points are drawn by their residual, as a multiple of the batch."},
				{Name: "chosen", Title: "Part by residual", Kind: method.Number, Lo: 0, Hi: 1, Usual: 0.25,
					Words: "Of the points inside; the rest is spread evenly."},
			},
		},
		make: newByResidual,
	})
}

// byResidual keeps the points of each set; they depend on the parameters at the
// step that drew them.
type byResidual struct {
	Plan
	stay, inside int
	chosen       float64
	src          *Source
	sets         []pointSet
	candidates   []float64
	size         []float64
	order        []int
}

// A pointSet is the points of one set as drawn last.
type pointSet struct {
	drawn  int // how often; -1 at first
	points []float64
}

func newByResidual(p Plan) Sampler {
	s := &byResidual{Plan: p, stay: int(p.Values.Number("stay")), inside: slices.Max(p.Free), chosen: p.Values.Number("chosen"), src: NewSource(0, 0)}
	most := 0
	for i, free := range p.Free {
		s.sets = append(s.sets, pointSet{-1, make([]float64, p.Batch[i]*free)})
		if free == s.inside {
			most = max(most, p.Batch[i])
		}
	}
	most *= int(p.Values.Number("candidates"))
	s.candidates, s.size, s.order = make([]float64, most*s.inside), make([]float64, most), make([]int, most)
	return s
}

// Draw implements [Sampler].
func (s *byResidual) Draw(u []float64, set, step int) {
	own := &s.sets[set]
	if times := step / s.stay; times != own.drawn {
		s.draw(own.points, set, times)
		own.drawn = times
	}
	copy(u, own.points)
}

// draw fills a set's points for the given time. At the first the residual says
// nothing yet.
func (s *byResidual) draw(points []float64, set, times int) {
	free := s.Free[set]
	if free == 0 {
		return
	}
	s.src.Reset(s.Seed, streamResidual|uint64(set)<<40|uint64(times))
	if free == s.inside && times > 0 {
		n := int(s.chosen * float64(s.Batch[set]))
		s.choose(points[:n*free], set, free)
		points = points[n*free:]
	}
	var shift [3]float64
	for j := range free {
		shift[j] = s.src.Uniform()
	}
	r2(points, shift[:free])
}

// choose fills points by drawing candidates without repeating, each in
// proportion to its residual: those of the largest keys log(v)/w, w being the
// weight and v uniform.
func (s *byResidual) choose(points []float64, set, free int) {
	n := s.Batch[set] * (len(s.size) / s.Batch[set])
	u, key, order := s.candidates[:n*free], s.size[:n], s.order[:n]
	for i := range u {
		u[i] = s.src.Uniform()
	}
	s.Size(key, set, u)
	for i, w := range key {
		order[i] = i
		key[i] = kern.Log(1-s.src.Uniform()) / max(w, 1e-300)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(key[b], key[a]), a-b) })
	for i := 0; i*free < len(points); i++ {
		copy(points[i*free:(i+1)*free], u[order[i]*free:])
	}
}

// Code implements [method.Keeper].
func (s *byResidual) Code(c *wire.Coder) {
	for i := range s.sets {
		own := &s.sets[i]
		drawn := uint64(own.drawn + 1)
		c.U64(&drawn)
		own.drawn = int(drawn) - 1
		wire.Exactly(c, own.points)
	}
}
