package residual

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// A fixture is a fixed network at fixed points with its residuals and their
// Jacobian's products from another automatic differentiation, in float64.
type fixture struct {
	Preset     string
	Parameters map[string]float64
	Model      string
	Layers     []int
	Params     [][]float64
	Points     map[string][][]float64 // by set, a list per coordinate
	Weights    map[string]float64
	Residuals  map[string][][]float64 // by term and formula
	Trace      map[string]float64     `json:"kernel_trace"`
	Newton     struct {
		R, Jv, JTu, JTr []float64
		Eigenvalues     []float64 `json:"kernel_eigenvalues"`
	} `json:"gauss_newton"`
}

// subject is a fixture's systems, plain and with a direction, at its parameters.
type subject struct {
	*fixture
	prob         *pde.Problem
	plain, along *System[float64]
	theta        []float64
}

func eachFixture(t *testing.T, f func(t *testing.T, s *subject)) {
	files, err := filepath.Glob("testdata/*_gn.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures:", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { f(t, read(t, file)) })
	}
}

func read(t *testing.T, file string) *subject {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &subject{fixture: &fixture{}, theta: nil}
	if err := json.Unmarshal(text, s.fixture); err != nil {
		t.Fatal(err)
	}
	spec, err := pde.Preset(s.Preset)
	if err != nil {
		t.Fatal(err)
	}
	if s.prob, err = spec.Problem(s.Parameters); err != nil {
		t.Fatal(err)
	}
	kind := nn.MLP
	if s.Model == "M3" {
		kind = nn.Modified
	}
	last := len(s.Layers) - 1
	net := nn.New(nn.Arch{Kind: kind, In: s.Layers[0], Out: s.Layers[last], Hidden: s.Layers[1:last], Activation: jet.TanhOf})
	s.theta = slices.Concat(s.Params...)
	batch := make([]int, len(s.prob.Sets))
	for i, set := range s.prob.Sets {
		batch[i] = len(s.Points[set.Name][0])
	}
	place := func(set int, points []float64) {
		columns := s.Points[s.prob.Sets[set].Name]
		for i := range points {
			points[i] = columns[i%len(columns)][i/len(columns)]
		}
	}
	s.plain, s.along = New[float64](s.prob, net, batch), NewAlong[float64](s.prob, net, batch)
	for _, sys := range []*System[float64]{s.plain, s.along} {
		sys.EachSet(place)
		sys.Params.Load(s.theta)
	}
	return s
}

// scale returns what a term's residuals are multiplied by in the fixture's r.
func (s *subject) scale(term int) float64 {
	name := s.prob.Terms[term].Name
	n := 0
	for _, formula := range s.Residuals[name] {
		n += len(formula)
	}
	return math.Sqrt(s.Weights[name] / float64(n))
}

// scaled puts columns one after the other as the fixture's r has them.
func (s *subject) scaled(c Columns) (r []float64) {
	for i, column := range c {
		for _, v := range column {
			r = append(r, s.scale(i)*v)
		}
	}
	return r
}

// differ fails the test if got is not want to 1e-9 of want's largest entry.
func differ(t *testing.T, what string, got, want []float64) {
	t.Helper()
	diff, size := 0.0, 0.0
	if len(got) != len(want) {
		t.Fatalf("%s: %d entries, want %d", what, len(got), len(want))
	}
	for i, w := range want {
		diff, size = max(diff, math.Abs(got[i]-w)), max(size, math.Abs(w))
	}
	if !(diff <= 1e-9*size) {
		t.Errorf("%s: differs by %.2g of its largest entry", what, diff/size)
	}
}

func TestResiduals(t *testing.T) {
	eachFixture(t, func(t *testing.T, s *subject) {
		r := s.plain.NewColumns()
		s.plain.Residuals(r)
		for i, term := range s.prob.Terms {
			differ(t, "residuals of "+term.Name, r[i], slices.Concat(s.Residuals[term.Name]...))
		}
		differ(t, "r", s.scaled(r), s.Newton.R)
	})
}

func TestAlong(t *testing.T) {
	eachFixture(t, func(t *testing.T, s *subject) {
		v := make([]float64, len(s.theta))
		for i := range v {
			v[i] = kern.Cos(float64(i + 1))
		}
		s.along.Params.LoadDirection(v)
		jv := s.along.NewColumns()
		s.along.Along(jv)
		differ(t, "Jv", s.scaled(jv), s.Newton.Jv)
		r, again := s.plain.NewColumns(), s.along.NewColumns()
		s.plain.Residuals(r)
		s.along.Residuals(again)
		differ(t, "r beside Jv", s.scaled(again), s.scaled(r))
	})
}

func TestReverse(t *testing.T) {
	eachFixture(t, func(t *testing.T, s *subject) {
		w, n := s.plain.NewColumns(), 0
		for i := range w {
			for k := range w[i] {
				n++
				w[i][k] = s.scale(i) * kern.Sin(float64(n))
			}
		}
		g := make([]float64, len(s.theta))
		s.plain.Reverse(g, w)
		differ(t, "Jᵀu", g, s.Newton.JTu)

		s.plain.Residuals(w)
		for i := range w {
			for k := range w[i] {
				w[i][k] *= s.scale(i) * s.scale(i)
			}
		}
		clear(g)
		s.plain.Reverse(g, w)
		differ(t, "Jᵀr", g, s.Newton.JTr)
	})
}

// TestRows forms J whole and holds its products, the traces of the kernel J Jᵀ
// by term and all of the kernel's eigenvalues against the fixture.
func TestRows(t *testing.T) {
	eachFixture(t, func(t *testing.T, s *subject) {
		size := len(s.theta)
		trace := make([]float64, len(s.prob.Terms))
		rows := make([][][]float64, len(s.prob.Terms)) // by term and residual
		for i, c := range s.plain.NewColumns() {
			rows[i] = make([][]float64, len(c))
		}
		s.plain.Rows(nil, func(term *Term, j, lo, n int, block []float64) {
			for i := range n {
				row := slices.Clone(block[i*size : (i+1)*size])
				rows[term.Index][j*(term.Hi-term.Lo)+lo+i] = row
				trace[term.Index] += kern.Dot(row, row)
			}
		})
		norms := s.plain.NewColumns()
		s.plain.SquaredNorms(norms)
		for i, c := range norms {
			sum := 0.0
			for _, v := range c {
				sum += v
			}
			differ(t, "trace without rows, of "+s.prob.Terms[i].Name, []float64{sum}, []float64{s.Trace[s.prob.Terms[i].Name]})
		}
		jacobian := mat.NewDense(len(s.Newton.R), size, nil)
		at := 0
		for i, term := range s.prob.Terms {
			differ(t, "trace of "+term.Name, trace[i:i+1], []float64{s.Trace[term.Name]})
			for _, row := range rows[i] {
				for k, v := range row {
					jacobian.Set(at, k, s.scale(i)*v)
				}
				at++
			}
		}
		var jv mat.VecDense
		v := mat.NewVecDense(size, nil)
		for i := range size {
			v.SetVec(i, kern.Cos(float64(i+1)))
		}
		jv.MulVec(jacobian, v)
		differ(t, "J v by rows", jv.RawVector().Data, s.Newton.Jv)
		var kernel mat.SymDense
		kernel.SymOuterK(1, jacobian)
		var eigen mat.EigenSym
		if !eigen.Factorize(&kernel, false) {
			t.Fatal("no eigenvalues")
		}
		differ(t, "eigenvalues of the kernel", eigen.Values(nil), s.Newton.Eigenvalues)
	})
}

func TestNothingIsAllocated(t *testing.T) {
	s := read(t, "testdata/klein_gordon_m3_gn.json")
	r, g := s.along.NewColumns(), make([]float64, len(s.theta))
	visit := func(*Term, int, int, int, []float64) {}
	buffer := s.plain.Rows(nil, visit)
	if n := testing.AllocsPerRun(10, func() {
		s.plain.Residuals(r)
		s.plain.Reverse(g, r)
		s.along.Along(r)
		buffer = s.plain.Rows(buffer, visit)
		s.plain.SquaredNorms(r)
	}); n != 0 {
		t.Errorf("allocates %v times, want 0", n)
	}
}
