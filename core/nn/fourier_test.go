package nn

import (
	"math"
	"math/rand/v2"
	"testing"

	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/method"
)

// a scale that is no default.
type scale float64

func (s scale) Number(string) float64 { return float64(s) }
func (s scale) Word(string) string    { return "" }

// TestFrequencies: half as many as neurons, drawn with the standard deviation
// that the setting says, from a source of their own: the trunk is that of the
// plain network of as many inputs. The bound is five standard errors.
func TestFrequencies(t *testing.T) {
	from := func() Sources {
		return Sources{Trunk: rand.New(rand.NewPCG(1, 1)), Encoders: rand.New(rand.NewPCG(1, 2)), Embedded: rand.New(rand.NewPCG(1, 3))}
	}
	n := New(Arch{Kind: "fourier", In: 2, Out: 1, Hidden: []int{199, 199}, Values: scale(3)})
	theta := make([]float64, n.Layout.Size())
	n.Init(theta, from())
	w := n.Embedded[0].W
	if w.Rows != 2 || w.Cols != 100 || n.Trunk[0].W.Rows != 200 {
		t.Fatalf("%d×%d frequencies for %d features", w.Rows, w.Cols, n.Trunk[0].W.Rows)
	}
	sum := 0.0
	for _, v := range theta[w.Offset : w.Offset+w.Size()] {
		sum += v * v / float64(w.Size())
	}
	if s := math.Sqrt(sum); !(math.Abs(s-3) <= 5*3/math.Sqrt(2*float64(w.Size()))) {
		t.Errorf("standard deviation %v, want 3", s)
	}
	plain := New(Arch{Kind: MLP, In: 200, Out: 1, Hidden: []int{199, 199}})
	same := make([]float64, plain.Layout.Size())
	plain.Init(same, from())
	for i, v := range same {
		if theta[i] != v {
			t.Fatalf("the trunks differ at parameter %d", i)
		}
	}
	if method.Usual(n.kind.Settings).Number("fourierScale") != 1 {
		t.Error("the usual scale is not that of the sources")
	}
}

// TestFourierDerivatives compares each derivative to the fourth order with
// central differences of the one before it, for both trunks. The tolerance is
// that of the differences.
func TestFourierDerivatives(t *testing.T) {
	for _, kind := range []string{"fourier", "fourier-modified"} {
		n := New(Arch{Kind: kind, In: 2, Out: 1, Hidden: []int{7, 7}, Activation: jet.TanhOf})
		theta := make([]float64, n.Layout.Size())
		rng := rand.New(rand.NewPCG(3, 4))
		for i := range theta {
			theta[i] = 0.5 * rng.NormFloat64()
		}
		params := ad.NewParams[float64](n.Layout, false)
		params.Load(theta)
		set := jet.NewSet([]jet.Index{{4}, {3, 1}, {2, 2}, {1, 3}, {0, 4}}, jet.Operator{}, false)
		tape := ad.NewTape(params, set, 1)
		in := tape.Input(2)
		out := Record(n, tape, in)
		at := func(x, y float64) (d []float64) {
			copy(tape.Row(in.Val, 2, 0, 0), []float64{x, y})
			tape.Row(in.Val, 2, set.Channel(jet.Index{1}), 0)[0] = 1
			tape.Row(in.Val, 2, set.Channel(jet.Index{0, 1}), 0)[1] = 1
			tape.Forward()
			for c := range set.Len() {
				d = append(d, tape.Row(out.Val, 1, c, 0)[0])
			}
			return d
		}
		const h = 1e-4
		got := at(0.3, -0.8)
		sides := [2][2][]float64{{at(0.3-h, -0.8), at(0.3+h, -0.8)}, {at(0.3, -0.8-h), at(0.3, -0.8+h)}}
		for c, a := range set.Channels {
			for j := range 2 {
				if a[j] == 0 {
					continue
				}
				lower := a
				lower[j]--
				k := set.Channel(lower)
				if want := (sides[j][1][k] - sides[j][0][k]) / (2 * h); !(math.Abs(got[c]-want) <= 1e-6*max(1, math.Abs(want))) {
					t.Errorf("%s, ∂%v: %v, want %v", kind, a, got[c], want)
				}
			}
		}
	}
}
