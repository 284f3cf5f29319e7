package jet

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pinnlab/core/kern"
)

// TestPlanMatchesProgram holds plans to the instructions they come from, bit for
// bit, in both directions: with adjoints set and added to, and with an input
// that needs none.
func TestPlanMatchesProgram(t *testing.T) {
	sets := map[string]*Set{
		"value":           NewSet(nil, Operator{}, false),
		"one derivative":  NewSet([]Index{{1}}, Operator{}, false),
		"Laplacian":       NewSet([]Index{Box}, Operator{1, 1}, false),
		"third":           NewSet([]Index{{3}, {2, 1}, {1, 2}, {0, 3}}, Operator{}, false),
		"fourth":          order4(false),
		"along parameter": NewSet([]Index{{2, 1}, Box}, Operator{1, 0, -2}, true),
	}
	for name, s := range sets {
		for _, np := range programs {
			t.Run(name+"/"+np.name+"/float32", func(t *testing.T) { checkPlan[float32](t, np.new(s)) })
			t.Run(name+"/"+np.name+"/float64", func(t *testing.T) { checkPlan[float64](t, np.new(s)) })
		}
	}
}

func checkPlan[T kern.Float](t *testing.T, p *Program) {
	rng := rand.New(rand.NewPCG(13, 14))
	const length = 37
	n, channels := p.Slots(), p.Set.Len()
	plan := NewPlan[T](p)
	slots := make([][]T, 2*n)
	for i := range slots {
		slots[i] = make([]T, length)
		for j := range slots[i] {
			slots[i][j] = T(math.NaN()) // what is read before it is set shows
			if i < p.In*channels || i >= n && i < n+p.out(channels) {
				slots[i][j] = T(rng.NormFloat64())
			}
		}
	}
	for mask := range 1 << p.In {
		got, val, adj := clone(slots), clone(slots[:n]), clone(slots[n:])
		for _, a := range adj[p.out(channels):] {
			clear(a)
		}
		first := make([]bool, p.In)
		for i := range first {
			if first[i] = mask>>i&1 == 1; first[i] {
				for _, a := range adj[i*channels : (i+1)*channels] {
					clear(a)
				}
			}
		}
		forward(p, val)
		reverse(p, val, adj)
		plan.Forward(got)
		if mask == 1 { // nobody wants the last input's adjoint
			for i := range channels {
				got[n+(p.In-1)*channels+i], adj[(p.In-1)*channels+i] = nil, nil
			}
		}
		plan.Reverse(got, first)
		for i := range n {
			if !slices.Equal(got[i], val[i]) {
				t.Fatalf("slot %d: %v, want %v", i, got[i], val[i])
			}
		}
		for i := range p.In * channels {
			if !slices.Equal(got[n+i], adj[i]) {
				t.Fatalf("first %v: adjoint of slot %d: %v, want %v", first, i, got[n+i], adj[i])
			}
		}
	}
}

func clone[T any](x [][]T) (y [][]T) {
	for _, v := range x {
		y = append(y, slices.Clone(v))
	}
	return y
}

// TestPlanPasses counts what a plan saves: a sum for each slot and adjoint, not
// a pass for each instruction.
func TestPlanPasses(t *testing.T) {
	s := NewSet([]Index{{3}, {2, 1}, {1, 2}, {0, 3}}, Operator{}, false)
	p := TanhOf(s)
	plan := NewPlan[float32](p)
	if got, want := len(plan.forward), s.Len()+p.Aux; got != want {
		t.Errorf("%d passes forwards, want %d", got, want)
	}
	if got, most := len(plan.reverse), 2*s.Len()+p.Aux; got > most {
		t.Errorf("%d passes backwards, want at most %d", got, most)
	}
}
