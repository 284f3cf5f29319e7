package weigh

import (
	"math"
	"testing"
)

// told answers what a weighting asks with given numbers.
type told struct {
	size  []Magnitude   // by group
	layer [][]Magnitude // by group and layer
	norm  []float64
	trace []float64
}

func (g told) Loss(int) float64                 { return math.NaN() }
func (g told) Norm(group int) float64           { return g.norm[group] }
func (g told) Size(group int) Magnitude         { return g.size[group] }
func (g told) Layers() int                      { return len(g.layer[0]) }
func (g told) Layer(group, layer int) Magnitude { return g.layer[group][layer] }
func (g told) Trace(group int) float64          { return g.trace[group] }

// newWeights returns the weights of groups under a weighting, all 1.
func newWeights(t *testing.T, name, codeRule string, groups ...string) *Weights {
	t.Helper()
	k, ok := Kinds.Find(name)
	if !ok {
		t.Fatalf("no weighting %s", name)
	}
	return New(k, Subject{Groups: len(groups), PerLayer: codeRule == "per-layer"})
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// TestAnnealing checks each rule on gradients that one can do by head: one update
// with alpha 1/2 from lambda 2.
func TestAnnealing(t *testing.T) {
	nan := math.NaN()
	// Over all parameters the residual's largest entry is 100, the mean of the
	// conditions' 1; in two weight matrices 8 and 2, and 2 and 0.75.
	g := told{
		size:  []Magnitude{{100, nan}, {nan, 1}},
		layer: [][]Magnitude{{{8, nan}, {2, nan}}, {{nan, 2}, {nan, 0.75}}},
	}
	vanished := told{size: []Magnitude{{100, nan}, {0, 0}}}
	tests := []struct {
		name, rule, codeRule string
		g                    told
		hat, want            float64
	}{
		{"siam", "siam", "", g, 100 / (2 * 1.), 26},
		{"arxiv", "arxiv", "", g, 100, 51},
		{"code counts weights only", "code", "", g, 8 / (2 * 1.375), (2 + 8/(2*1.375)) / 2},
		{"code of the cavity", "code", "per-layer", g, 2, 2}, // max(8/(2·2), 2/(2·0.75))
		{"vanished gradient", "siam", "", vanished, nan, 2},
		{"gradient not finite", "siam", "", told{size: []Magnitude{{100, nan}, {nan, nan}}}, nan, 2},
		{"both vanished", "arxiv", "", told{size: []Magnitude{{0, 0}, {0, 0}}}, nan, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWeights(t, tt.rule, tt.codeRule, "res", "bcs")
			w.Lambda[1] = 2
			w.Update(0.5, tt.g)
			if !same(w.Hat[1], tt.hat) || w.Lambda[1] != tt.want {
				t.Errorf("estimate %v and lambda %v, want %v and %v", w.Hat[1], w.Lambda[1], tt.hat, tt.want)
			}
			if from := w.From[1]; from.Value() != w.Hat[1] && w.Hat[1] == w.Hat[1] {
				t.Errorf("estimate %v of %v", w.Hat[1], from)
			}
			if w.Lambda[0] != 1 || !math.IsNaN(w.Hat[0]) {
				t.Errorf("the residual's weight moves to %v", w.Lambda[0])
			}
		})
	}
}

// TestFixedPoints iterates the rules on gradients that do not change: with
// lambda in the denominator the weight goes to the square root of what it goes
// to without.
func TestFixedPoints(t *testing.T) {
	for rule, want := range map[string]float64{"siam": 10, "arxiv": 100} {
		w := newWeights(t, rule, "", "res", "bcs")
		for range 500 {
			w.Update(0.1, told{size: []Magnitude{{100, 1}, {1, 1}}})
		}
		if !(math.Abs(w.Lambda[1]-want) < 1e-9) {
			t.Errorf("%s: lambda goes to %v, want %v", rule, w.Lambda[1], want)
		}
	}
}

// TestBalance holds the weightings that balance all groups to what they promise:
// with alpha 1 the weighted quantities are equal, and their sum is kept.
func TestBalance(t *testing.T) {
	values := []float64{1000, 10, 0.5}
	for _, name := range []string{"gradnorm", "ntk"} {
		w := newWeights(t, name, "", "res", "ics", "bcs")
		w.Update(1, told{norm: values, trace: values})
		for i, v := range values {
			if got, want := w.Lambda[i]*v, 1010.5/3; !(math.Abs(got/want-1) < 1e-15) {
				t.Errorf("%s: group %d weighs %v, want %v", name, i, got, want)
			}
		}
		w.Update(1, told{norm: []float64{1, 0, 1}, trace: []float64{1, 0, 1}})
		if w.Lambda[1] != 1010.5/3/10 {
			t.Errorf("%s: a vanished gradient moves its weight to %v", name, w.Lambda[1])
		}
	}
}

// TestTable holds every weighting to what the page shows of it.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds.All() {
		if k.Name == "" || k.Title == "" || k.Words == "" || seen[k.Name] {
			t.Errorf("%q lacks its name, title or words, or comes twice", k.Name)
		}
		if seen[k.Name] = true; !k.Still && (k.Source == "" || k.Formula == "" || !(k.Alpha > 0 && k.Alpha <= 1)) {
			t.Errorf("%s lacks its source, formula or alpha", k.Name)
		}
	}
	if Kinds.All()[0].Name != "siam" {
		t.Errorf("the default is %s", Kinds.All()[0].Name)
	}
}
