package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pinnlab/core/ad"
	"pinnlab/core/jet"
)

func TestLayout(t *testing.T) {
	tests := []struct {
		name  string
		arch  Arch
		names []string
		size  int
	}{
		{"plain", Arch{Kind: MLP, In: 2, Out: 1, Hidden: []int{50, 50, 50}},
			[]string{"W0", "b0", "W1", "b1", "W2", "b2", "W3", "b3"}, 2*50 + 50 + 2*(2500+50) + 51},
		{"modified", Arch{Kind: Modified, In: 2, Out: 2, Hidden: []int{20}},
			[]string{"W0", "b0", "W1", "b1", "WU", "bU", "WV", "bV"}, 3*(40+20) + 42},
	}
	for _, tt := range tests {
		n := New(tt.arch)
		var names []string
		for _, p := range n.Layout {
			names = append(names, p.Name)
		}
		if !slices.Equal(names, tt.names) || n.Layout.Size() != tt.size {
			t.Errorf("%s: %v with %d parameters, want %v with %d", tt.name, names, n.Layout.Size(), tt.names, tt.size)
		}
	}
}

// TestInit checks the standard deviations of the start; the bound is five
// standard errors.
func TestInit(t *testing.T) {
	n := New(Arch{Kind: Modified, In: 2, Out: 1, Hidden: []int{200, 200}})
	theta := make([]float64, n.Layout.Size())
	n.Init(theta, Sources{Trunk: rand.New(rand.NewPCG(1, 1)), Encoders: rand.New(rand.NewPCG(1, 2))})
	std := map[string]float64{"W0": math.Sqrt(2. / 202), "W1": math.Sqrt(2. / 400), "b0": 0, "b1": 0, "b2": 0,
		"WU": math.Sqrt(2. / 202), "bU": math.Sqrt(2. / 201), "bV": math.Sqrt(2. / 201)}
	for _, p := range n.Layout {
		want, ok := std[p.Name]
		if !ok {
			continue
		}
		s := 0.0
		for _, v := range theta[p.Offset : p.Offset+p.Size()] {
			s += v * v / float64(p.Size())
		}
		if got := math.Sqrt(s); !(math.Abs(got-want) <= 5*want/math.Sqrt(2*float64(p.Size()))) {
			t.Errorf("%s: standard deviation %v, want %v", p.Name, got, want)
		}
	}
}

// TestForward computes both networks at one point by hand.
func TestForward(t *testing.T) {
	for _, kind := range []string{MLP, Modified, Modified2020} {
		n := New(Arch{Kind: kind, In: 2, Out: 1, Hidden: []int{3, 3}, Activation: jet.TanhOf})
		theta := make([]float64, n.Layout.Size())
		rng := rand.New(rand.NewPCG(3, 4))
		for i := range theta {
			theta[i] = rng.NormFloat64()
		}
		params := ad.NewParams[float64](n.Layout, false)
		params.Load(theta)
		tape := ad.NewTape(params, jet.NewSet(nil, jet.Operator{}, false), 1)
		in := tape.Input(2)
		out := Record(n, tape, in)
		x := []float64{0.4, -0.9}
		copy(tape.Row(in.Val, 2, 0, 0), x)
		tape.Forward()
		got, want := tape.Row(out.Val, 1, 0, 0)[0], byHand(n, theta, x)
		if !(math.Abs(got-want) < 1e-14) {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
}

func byHand(n *Net, theta, x []float64) float64 {
	linear := func(l Layer, x []float64) []float64 {
		y := make([]float64, l.W.Cols)
		for j := range y {
			y[j] = theta[l.B.Offset+j]
			for i, v := range x {
				y[j] += v * theta[l.W.Offset+i*l.W.Cols+j]
			}
		}
		return y
	}
	tanh := func(y []float64) []float64 {
		for j := range y {
			y[j] = math.Tanh(y[j])
		}
		return y
	}
	h := x
	for _, l := range n.hidden() {
		q := linear(l, h)
		z := tanh(slices.Clone(q))
		if n.Arch.Kind != MLP {
			u, v := tanh(linear(n.Encoders[0], x)), tanh(linear(n.Encoders[1], x))
			for j := range z {
				w := 1 - z[j]
				if b := theta[l.B.Offset+j]; n.Arch.Kind == Modified2020 {
					w = math.Tanh(1 - (q[j] - b) + b)
				}
				z[j] = z[j]*u[j] + w*v[j]
			}
		}
		h = z
	}
	return linear(n.Trunk[len(n.Trunk)-1], h)[0]
}

// TestSizes records and runs networks at the ends of the limits.
func TestSizes(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {1, MaxDepth}, {MaxWidth, 1}, {7, 3}} {
		for _, kind := range Kinds.Names() {
			t.Run(fmt.Sprintf("%s/%dx%d", kind, size[0], size[1]), func(t *testing.T) {
				n := New(Arch{Kind: kind, In: 1, Out: 3, Hidden: slices.Repeat([]int{size[0]}, size[1]), Activation: jet.TanhOf})
				params := ad.NewParams[float32](n.Layout, false)
				tape := ad.NewTape(params, jet.NewSet([]jet.Index{{2}}, jet.Operator{}, false), 3)
				out := Record(n, tape, tape.Input(1))
				tape.Forward()
				tape.Backward()
				if out.Cols != 3 {
					t.Errorf("%d fields, want 3", out.Cols)
				}
			})
		}
	}
}
