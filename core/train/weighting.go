package train

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// The rules of learning-rate annealing estimate, for each group i of
// conditions, the weight that would balance its gradient against the
// residual's:
//
//	siam    max|∇Lᵣ| / mean|∇(λᵢ Lᵢ)|  over all parameters (SIAM 2021, eq. 2.30)
//	arxiv   max|∇Lᵣ| / mean|∇Lᵢ|       over all parameters (arXiv v1, eq. 40)
//	code    as siam, over the trunk's weight matrices, the mean being that of
//	        the layers' means, and at the parameters after the step: the
//	        released scripts. Theirs for the cavity takes the largest of the
//	        layers' ratios instead (pde.Settings.CodeRule).
//
// Then λᵢ becomes (1-α) λᵢ + α estimate: α is the weight of the new estimate.
const (
	RuleNone  = "none"
	RuleSIAM  = "siam"
	RuleArXiv = "arxiv"
	RuleCode  = "code"
)

// A Rule names a rule and the α that its source recommends.
type Rule struct {
	Name  string  `json:"name"`
	Alpha float64 `json:"alpha"`
}

// Rules lists the rules, the default first.
func Rules() []Rule {
	return []Rule{{RuleSIAM, 0.1}, {RuleArXiv, 0.9}, {RuleCode, 0.1}, {RuleNone, 0.1}}
}

// A magnitude is max|g| and mean|g| of a gradient or of a part of it.
type magnitude struct{ max, mean float64 }

func measure[T kern.Float](g []T) magnitude {
	var largest T
	sum := 0.0
	for _, v := range g {
		if v < 0 {
			v = -v
		}
		if v > largest || v != v { // NaN stays; the builtin max is a call in WebAssembly
			largest = v
		}
		sum += float64(v)
	}
	return magnitude{float64(largest), sum / float64(len(g))}
}

// A fraction is an estimate as its rule has it: the residual's gradient over the
// conditions'.
type fraction struct{ top, bottom float64 }

func (f fraction) value() float64 { return f.top / f.bottom }

// weighting holds the weights of the condition groups. Index 0 is the
// residual, whose weight is 1.
type weighting struct {
	rule     string
	perLayer bool
	frozen   bool // lambda stays as it is
	lambda   []float64
	hat      []float64     // the latest estimates, NaN before the first
	from     []fraction    // what they were made of
	size     []magnitude   // of each group's gradient, as the rule counts it
	layers   [][]magnitude // likewise of each trunk weight matrix
}

func newWeighting(rule string, prob *pde.Problem, net *nn.Net) *weighting {
	w := &weighting{rule: rule, perLayer: prob.Settings.CodeRule == "per-layer"}
	for range prob.Groups {
		w.lambda = append(w.lambda, 1)
		w.hat = append(w.hat, math.NaN())
		w.from = append(w.from, fraction{math.NaN(), math.NaN()})
		w.size = append(w.size, magnitude{math.NaN(), math.NaN()})
		w.layers = append(w.layers, make([]magnitude, len(net.Trunk)))
	}
	return w
}

// measureGroup takes the magnitudes of group i's unweighted gradient.
func measureGroup[T kern.Float](w *weighting, i int, g []T, net *nn.Net) {
	if w.rule != RuleCode {
		w.size[i] = measure(g)
		return
	}
	w.size[i] = magnitude{}
	for k, l := range net.Trunk {
		m := measure(g[l.W.Offset : l.W.Offset+l.W.Size()])
		w.layers[i][k] = m
		w.size[i].max = max(w.size[i].max, m.max)
		w.size[i].mean += m.mean / float64(len(net.Trunk))
	}
}

// update moves the weights towards the estimates. An estimate that is not
// finite, such as that of a vanished gradient, leaves its weight alone.
func (w *weighting) update(alpha float64) {
	for i := 1; i < len(w.lambda); i++ {
		from := w.estimate(i)
		hat := from.value()
		if math.IsInf(hat, 0) || hat != hat {
			continue
		}
		w.hat[i], w.from[i] = hat, from
		w.lambda[i] = float64((1-alpha)*w.lambda[i]) + float64(alpha*hat)
	}
}

// estimate returns the rule's new estimate for group i.
func (w *weighting) estimate(i int) fraction {
	switch {
	case w.rule == RuleArXiv:
		return fraction{w.size[0].max, w.size[i].mean}
	case w.rule == RuleCode && w.perLayer:
		largest := fraction{math.Inf(-1), 1}
		for k, r := range w.layers[0] {
			f := fraction{r.max, w.lambda[i] * w.layers[i][k].mean}
			if v := f.value(); v > largest.value() || v != v { // NaN stays
				largest = f
			}
		}
		return largest
	}
	return fraction{w.size[0].max, w.lambda[i] * w.size[i].mean}
}
