package jet

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pinnlab/core/kern"
)

// TestFusedMatchesProgram holds the kernels of whole jets to the programs, in
// both directions. The sets are those of the presets and their relatives: the
// first have kernels in every build, those of full jets where they were written.
func TestFusedMatchesProgram(t *testing.T) {
	sets := map[string]*Set{
		"value":        NewSet(nil, Operator{}, false),
		"Helmholtz":    NewSet([]Index{Box}, Operator{1, 1}, false),
		"Klein-Gordon": NewSet([]Index{Box}, Operator{1, -0.7}, false),
		"y and z":      NewSet([]Index{Box}, Operator{0, 1, 3}, false),
		"y slope":      NewSet([]Index{{0, 1}}, Operator{}, false),
		"gradient":     NewSet([]Index{{1}, {0, 0, 1}}, Operator{}, false),
		"curvature":    NewSet([]Index{{2}}, Operator{}, false),
		"second order": NewSet([]Index{{2}, {1, 1}, {0, 2}}, Operator{}, false),
		"third order":  NewSet([]Index{{3}, {2, 1}, {1, 2}, {0, 3}}, Operator{}, false),
		"third, x, z":  NewSet([]Index{{3}, {2, 0, 1}, {1, 0, 2}, {0, 0, 3}}, Operator{}, false),
	}
	full := map[string]kern.Full{
		"y slope": {Coords: 1, Order: 1}, "gradient": {Coords: 2, Order: 1}, "curvature": {Coords: 1, Order: 2},
		"second order": {Coords: 2, Order: 2}, "third order": {Coords: 2, Order: 3}, "third, x, z": {Coords: 2, Order: 3},
	}
	for name, s := range sets {
		if kind := s.fullJets(); kind != full[name] {
			t.Errorf("%s: full jets of kind %v, want %v", name, kind, full[name])
		}
		if full[name].Coords > 0 && !fullKernels {
			if TanhOf(s).Fused() || Gate(s).Fused() {
				t.Errorf("%s: taken for a set with kernels", name)
			}
			continue
		}
		for program, p := range map[string]*Program{"tanh": TanhOf(s), "gate": Gate(s)} {
			if !p.Fused() {
				t.Errorf("%s, %s: no kernel", name, program)
				continue
			}
			for _, acc := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s/%s/float32/acc=%v", name, program, acc), func(t *testing.T) { checkFused[float32](t, p, acc) })
				t.Run(fmt.Sprintf("%s/%s/float64/acc=%v", name, program, acc), func(t *testing.T) { checkFused[float64](t, p, acc) })
			}
		}
	}
}

func TestFusedIsForItsSetsOnly(t *testing.T) {
	for name, s := range map[string]*Set{
		"along parameters":      NewSet(nil, Operator{}, true),
		"three coordinates":     NewSet([]Index{Box}, Operator{1, 1, 1}, false),
		"another derivative":    NewSet([]Index{Box, {0, 0, 1}}, Operator{1, 1}, false),
		"second derivatives":    NewSet([]Index{{2}, {0, 2}}, Operator{}, false),
		"one-dimensional":       NewSet([]Index{Box}, Operator{1}, false),
		"ten others":            NewSet([]Index{{3}, {2, 1}, {0, 3}, {0, 0, 2}}, Operator{}, false),
		"without a third":       NewSet([]Index{{3}, {2, 1}, {1, 2}, {0, 2}}, Operator{}, false),
		"third and a parameter": NewSet([]Index{{3}, {2, 1}, {1, 2}, {0, 3}}, Operator{}, true),
		"one and a parameter":   NewSet([]Index{{1}}, Operator{}, true),
	} {
		if TanhOf(s).Fused() || Gate(s).Fused() {
			t.Errorf("%s: taken for a set with kernels", name)
		}
	}
}

func checkFused[T kern.Float](t *testing.T, p *Program, acc bool) {
	n := 13                    // with a rest after the vectors
	if p.Set.full.Coords > 0 { // but for these, which are for rows of a network
		n = kern.Stride[T](13) * 3
	}
	rng := rand.New(rand.NewPCG(11, 12))
	c := p.Set.Len()
	random := func(size int) []T {
		x := make([]T, size)
		for i := range x {
			x[i] = T(rng.NormFloat64())
		}
		return x
	}
	channels := func(x []T) (out [][]T) {
		for i := 0; i < len(x); i += n {
			out = append(out, x[i:i+n])
		}
		return out
	}
	var in, bar, wantBar [][]T // adjoints that are set start at zero in the program, those added to anywhere
	for i := range p.In {
		in, bar = append(in, random(c*n)), append(bar, random(c*n))
		wantBar = append(wantBar, slices.Clone(bar[i]))
		if i == 0 || !acc {
			clear(wantBar[i])
		}
	}
	out, seed := make([]T, c*n), random(c*n)
	ForwardFused(p, out, in)
	ReverseFused(p, bar, slices.Clone(seed), out, in, acc)

	wantOut := make([]T, c*n)
	val := slices.Concat(channels(slices.Concat(in...)), channels(wantOut), channels(make([]T, p.Aux*n)))
	var adj [][]T
	for _, b := range wantBar {
		adj = append(adj, channels(b)...)
	}
	adj = append(adj, slices.Concat(channels(slices.Clone(seed)), channels(make([]T, p.Aux*n)))...)
	forward(p, val)
	reverse(p, val, adj)
	if !slices.Equal(out, wantOut) {
		t.Error("values differ from the program's")
	}
	for i := range bar {
		if !slices.Equal(bar[i], wantBar[i]) {
			t.Errorf("adjoints of input %d differ from the program's", i)
		}
	}
}
