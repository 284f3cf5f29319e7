package sampler

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/samplemv"

	"pinnlab/core/method"
	"pinnlab/core/wire"
)

// set are the values of settings, over their defaults.
type set struct {
	method.Usual
	numbers map[string]float64
	word    string
}

func (s set) Number(name string) float64 {
	if v, given := s.numbers[name]; given {
		return v
	}
	return s.Usual.Number(name)
}

func (s set) Word(string) string { return s.word }

// newPoolOf returns a pool for two sets, one of them a point.
func newPoolOf(pool, redraw float64, sequence string) Sampler {
	k, _ := Kinds.Find("pool")
	return New(k, Plan{Seed: 5, Batch: []int{6, 6, 6}, Free: []int{2, 0, 1}, Values: set{k.Settings, map[string]float64{"pool": pool, "redraw": redraw}, sequence}})
}

// ones has every bit set: with it a shuffle leaves all where it is.
type ones struct{}

func (ones) Uint64() uint64 { return math.MaxUint64 }

// TestHalton compares with gonum's sequence, whose random permutations of the
// digits are made to change nothing.
func TestHalton(t *testing.T) {
	const n, d = 3000, 2
	want := mat.NewDense(n, d, nil)
	samplemv.Halton{Kind: samplemv.Owen, Q: distmv.NewUnitUniform(d, nil), Src: ones{}}.Sample(want)
	got := make([]float64, n*d)
	halton(got, make([]float64, d))
	for k, v := range want.RawMatrix().Data {
		if !(math.Abs(got[k]-v) < 1e-14) {
			t.Fatalf("number %d is %v, want %v", k, got[k], v)
		}
	}
}

// TestR2 compares with the sequence's definition, whose steps are powers of the
// root of x^(d+1) = x + 1.
func TestR2(t *testing.T) {
	for d := 1; d <= 3; d++ {
		root := 1.5
		for range 60 {
			root = math.Pow(1+root, 1/float64(d+1))
		}
		got := make([]float64, 1000*d)
		r2(got, slices.Repeat([]float64{0.25}, d))
		for k, v := range got {
			want := math.Mod(0.25+float64(k/d)*math.Pow(root, -float64(k%d+1)), 1)
			if gap := math.Abs(v - want); !(min(gap, 1-gap) < 1e-10) {
				t.Fatalf("in %d dimensions, number %d is %v, want %v", d, k, v, want)
			}
		}
	}
}

// gap is the star discrepancy of numbers in [0, 1).
func gap(u []float64) (worst float64) {
	u = slices.Sorted(slices.Values(u))
	for i, v := range u {
		worst = max(worst, math.Abs(v-float64(i)/float64(len(u))), math.Abs(v-float64(i+1)/float64(len(u))))
	}
	return worst
}

// TestSequencesAreEven: each coordinate of a pool of a sequence has the
// discrepancy log n / n that the sequence is made for, random numbers have
// 1/sqrt n. The bounds are between.
func TestSequencesAreEven(t *testing.T) {
	const n = 1 << 12
	for sequence, even := range map[string]bool{"uniform": false, "halton": true, "r2": true} {
		s := newPoolOf(n, 10, sequence).(*pool)
		s.Draw(make([]float64, 12), 0, 0)
		for j := range 2 {
			var u []float64
			for i := range n {
				u = append(u, s.points[0][2*i+j])
			}
			if d := gap(u); even != (d < 0.3/math.Sqrt(n)) {
				t.Errorf("%s, coordinate %d: discrepancy %.2g", sequence, j, d)
			}
		}
	}
}

// TestPool: steps walk through the pool, round and round, until it is redrawn;
// what they get depends on seed and step alone.
func TestPool(t *testing.T) {
	for _, sequence := range []string{"uniform", "halton", "r2"} {
		s := newPoolOf(9, 4, sequence)
		var all [][]float64
		for step := range 9 {
			u := make([]float64, 12)
			s.Draw(u, 0, step)
			again := make([]float64, 12)
			s.Draw(again, 0, step)
			late := make([]float64, 12)
			newPoolOf(9, 4, sequence).Draw(late, 0, step)
			if !slices.Equal(u, again) || !slices.Equal(u, late) {
				t.Errorf("%s: step %d is not always the same", sequence, step)
			}
			for _, v := range u {
				if v < 0 || v >= 1 {
					t.Errorf("%s: %v", sequence, v)
				}
			}
			all = append(all, u)
		}
		// Nine points of two coordinates, six a step: the second step begins with
		// the last three and goes on with the first three, the fourth is the first.
		if !slices.Equal(all[1][6:], all[0][:6]) || !slices.Equal(all[3], all[0]) || slices.Equal(all[1][:6], all[0][6:]) {
			t.Errorf("%s: the steps do not walk through the pool", sequence)
		}
		for _, later := range all[4:] {
			if slices.Contains(all[0], later[0]) {
				t.Errorf("%s: the pool is not redrawn", sequence)
			}
		}
		s.Draw(nil, 1, 0) // a set that is a point
		line := make([]float64, 6)
		s.Draw(line, 2, 0)
		if slices.Contains(all[0], line[0]) {
			t.Errorf("%s: two sets have the same points", sequence)
		}
	}
	if n := len(newPoolOf(2, 4, "r2").(*pool).points[0]); n != 12 {
		t.Errorf("a pool of less than a step's points has %d numbers", n)
	}
}

// TestByResidual: points stay as long as is said; those chosen are where the
// residual is large, in proportion to it; the others spread evenly. A state read
// anywhere goes on alike.
func TestByResidual(t *testing.T) {
	k, _ := Kinds.Find("by-residual")
	const n = 400
	plan := Plan{Seed: 5, Batch: []int{n, 6}, Free: []int{2, 1},
		Values: set{k.Settings, map[string]float64{"stay": 3, "candidates": 20, "chosen": 0.5}, ""},
		Size: func(dst []float64, set int, u []float64) {
			if set != 0 || len(u) != 2*len(dst) || len(dst) != 20*n {
				t.Fatalf("%d sizes at %d numbers of set %d", len(dst), len(u), set)
			}
			for i := range dst { // in the left half three times as likely
				if dst[i] = 1; u[2*i] < 0.5 {
					dst[i] = 3
				}
			}
		}}
	s, other := New(k, plan), New(k, plan)
	u, v := make([]float64, 2*n), make([]float64, 2*n)
	var before []float64
	for step := range 9 {
		s.Draw(u, 0, step)
		if same := slices.Equal(u, before); same != (step%3 != 0) {
			t.Errorf("step %d: the points are the same: %t", step, same)
		}
		before = slices.Clone(u)
		if step%3 != 0 {
			continue
		}
		left := 0
		for i := range n / 2 {
			if u[2*i] < 0.5 {
				left++
			}
		}
		// Of 200 points, 150 are expected on the left, with a deviation of 6.
		if even := step == 0; !even && (left < 125 || left > 175) || even && (left < 97 || left > 103) {
			t.Errorf("step %d: %d of 200 points in the left half", step, left)
		}
		var rest []float64
		for i := n / 2; i < n; i++ {
			rest = append(rest, u[2*i])
		}
		if d := gap(rest); !(d < 0.03) {
			t.Errorf("step %d: the others have a discrepancy of %v", step, d)
		}
	}
	c := wire.Writer(nil)
	s.Code(c)
	r := wire.Reader(c.Bytes())
	if other.Code(r); r.End() != nil {
		t.Fatal(r.End())
	}
	other.Draw(v, 0, 8)
	if !slices.Equal(u, v) {
		t.Error("other points after reading the state")
	}
}

// TestUniform: each set has a stream of its own, and goes on from where its state
// was written.
func TestUniform(t *testing.T) {
	k, _ := Kinds.Find("uniform")
	plan := Plan{Seed: 3, Batch: []int{4, 4}, Free: []int{2, 1}}
	a, b := New(k, plan), New(k, plan)
	u, v := make([]float64, 8), make([]float64, 8)
	a.Draw(u, 0, 0)
	a.Draw(u, 1, 0) // moves nothing in set 0
	c := wire.Writer(nil)
	a.Code(c)
	r := wire.Reader(c.Bytes())
	if b.Code(r); r.End() != nil {
		t.Fatal(r.End())
	}
	a.Draw(u, 0, 1)
	b.Draw(v, 0, 1)
	if !slices.Equal(u, v) {
		t.Errorf("%v after reading the state, want %v", v, u)
	}
	bad := wire.Reader([]byte{4, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0})
	if b.Code(bad); bad.End() == nil {
		t.Error("a damaged state is read")
	}
}

func TestDrawingAllocatesNothing(t *testing.T) {
	u, step := make([]float64, 12), 0
	for _, sequence := range []string{"uniform", "halton", "r2"} {
		s := newPoolOf(64, 2, sequence)
		if n := testing.AllocsPerRun(20, func() { s.Draw(u, 0, step); step++ }); n != 0 {
			t.Errorf("%s: %v times", sequence, n)
		}
	}
}
