package main

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// demoCast is the line-up of the demo.
var demoCast = Lineup{"demo", map[string]uint64{"M1": 1, "M2": 1, "M3": 1, "M4": 1}, nil, nil}

// board returns a board with the demo's models.
func board(t testing.TB, models ...string) *Board {
	t.Helper()
	b := &Board{cast: demoCast}
	for _, m := range models {
		if err := b.Show(m, demo(m, 2000)); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// flowBoard returns a board of a flow, with published marks.
func flowBoard(t testing.TB) *Board {
	t.Helper()
	b := &Board{cast: demoCast, View: View{Marks: []Marks{{Source: "U. Ghia, K. N. Ghia, C. T. Shin, J. Comput. Phys. 48 (1982) 387-411", U: [][2]float64{{0.5, -0.2}}, V: [][2]float64{{0.2, 0.1}}}}}}
	for _, m := range []string{"M1", "M4"} {
		if err := b.Show(m, demoFlow(m, 2000)); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

var face = NewTypeface()

func TestEveryViewDraws(t *testing.T) {
	cases := []struct {
		name   string
		board  *Board
		change func(*View)
	}{
		{"nothing yet", board(t), nil},
		{"one", board(t, "M1"), nil},
		{"four", board(t, "M4", "M2", "M1", "M3"), nil},
		{"dark, decades", board(t, "M1", "M4"), func(v *View) { v.Dark, v.LogGrad, v.LinearErr = true, true, true }},
		{"unknown field", board(t, "M1"), func(v *View) { v.Field = "nonesuch" }},
		{"points", board(t, "M1", "M2"), func(v *View) { v.Points, v.Past, v.Height = true, true, 500 }},
		{"gradients", board(t, "M1", "M4"), func(v *View) { v.Tab = plot.GradientsTab }},
		{"gradients, weighted and pooled", board(t, "M1", "M2", "M4"), func(v *View) { v.Tab, v.Weighted, v.Pooled = plot.GradientsTab, true, true }},
		{"stiffness", board(t, "M1", "M3"), func(v *View) { v.Tab = plot.StiffnessTab }},
		{"curves", board(t, "M1", "M2", "M3", "M4"), func(v *View) { v.Tab = plot.CurvesTab }},
		{"nothing in any tab", board(t), func(v *View) { v.Tab = plot.StiffnessTab }},
		{"flow", flowBoard(t), nil},
	}
	for _, c := range cases {
		if c.change != nil {
			c.change(&c.board.View)
		}
		for _, width := range []float64{240, 390, 700, 960, 1280, 1920} {
			s := NewScene(c.board, face)
			s.Build(width, 1)
			if len(s.Mesh.Used()) == 0 {
				t.Errorf("%s at %v: nothing drawn", c.name, width)
			}
			for _, k := range s.Mesh.Used() {
				for _, v := range k.Vertices {
					if !(v.X > -40 && float64(v.X) < width+40 && v.Y > -40 && float64(v.Y) < s.Layout.Height+40) {
						t.Fatalf("%s at %v: vertex at (%v, %v), outside of %v×%v", c.name, width, v.X, v.Y, width, s.Layout.Height)
					}
				}
			}
		}
	}
}

func TestSlotsKeepTheirOrder(t *testing.T) {
	b := board(t, "M4", "M1", "M3")
	b.drop("M3")
	if err := b.Show("M2", demo("M2", 100)); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, s := range b.Slots {
		keys = append(keys, s.Key)
	}
	if got := strings.Join(keys, " "); got != "M1 M2 M4" {
		t.Errorf("slots are %q, want M1 M2 M4", got)
	}
}

// TestFailedRun draws a Snapshot whose numbers have gone wrong in every way.
func TestFailedRun(t *testing.T) {
	snap := demoSnapshot("M1", 500)
	snap.Status, snap.Reason = record.Failed, "the loss bc1 is not finite"
	snap.RelL2, snap.LInf = math.NaN(), math.NaN()
	snap.Terms[1].Loss = math.Inf(1)
	snap.Groups[1].GradMax, snap.Groups[1].GradMean = math.NaN(), math.Inf(1)
	for i := range snap.Fields[0].Pred[:5000] {
		snap.Fields[0].Pred[i] = float32(math.NaN())
	}
	for i := range snap.Layers {
		snap.Layers[i].Hist[0].Reset()
	}
	data, err := snap.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := board(t, "M4")
	if err := b.Show("M1", data); err != nil {
		t.Fatal(err)
	}
	s := NewScene(b, face)
	s.Build(1280, 1)
	for _, k := range s.Mesh.Used() {
		for _, v := range k.Vertices {
			if v.X != v.X || v.Y != v.Y || math.IsInf(float64(v.X), 0) || math.IsInf(float64(v.Y), 0) {
				t.Fatalf("a vertex is at (%v, %v)", v.X, v.Y)
			}
		}
	}
}

func TestReading(t *testing.T) {
	b := board(t, "M1", "M4")
	s := NewScene(b, face)
	s.Build(1280, 1)
	at := map[plot.Part]plot.Point{}
	for _, p := range s.Layout.Panels {
		// A little to the upper right of the middle, which lies between nodes.
		at[p.Part] = plot.Point{X: p.Plot.X + p.Plot.W*0.503, Y: p.Plot.Y + p.Plot.H*0.497}
	}
	tests := []struct {
		part plot.Part
		want []string
	}{
		{plot.Predicted, []string{"iteration 2000, x = 0.010, y = 0.010: exact 4.017e-3; M1 ", "; M4 ", "(error "}},
		{plot.Error, []string{"iteration 2000, x = 0.010, y = 0.010: exact 4.017e-3; M1 "}},
		{plot.Exact, []string{"iteration 2000, x = 0.010, y = 0.010: exact 4.017e-3; M1 "}},
		{plot.RelL2, []string{"iteration 1006: relative L² error M1 ", ", M4 "}},
		{plot.Gradients, []string{"M4 at iteration 2000, all layers, density at g = 0: res ", ", bcs "}},
		{plot.Header, []string{""}},
	}
	for _, c := range tests {
		text := s.Point(at[c.part], true)
		for _, w := range c.want {
			if !strings.Contains(text, w) || w == "" && text != "" {
				t.Errorf("part %d: reading %q lacks %q", c.part, text, w)
			}
		}
	}
	if text := s.Point(at[plot.Error], false); text != "" || len(s.Over.Used()) != 0 {
		t.Errorf("without a pointer: reading %q, %d chunks over the scene", text, len(s.Over.Used()))
	}
}

// TestReadingsOfTabs points at the middle of the first panel of each part.
func TestReadingsOfTabs(t *testing.T) {
	for _, c := range []struct {
		board *Board
		tab   plot.Tab
		part  plot.Part
		want  string
	}{
		{board(t, "M1", "M4"), plot.GradientsTab, plot.Gradients, "M1 at iteration 2000, W1, density at g = "},
		{board(t, "M1", "M4"), plot.GradientsTab, plot.Iterations, "iteration 1006"},
		{board(t, "M1", "M4"), plot.StiffnessTab, plot.Peaks, "iteration 1006"},
		{board(t, "M1", "M4"), plot.StiffnessTab, plot.Spectrum, "M1 at iteration 2000, eigenvalue "},
		{board(t, "M1", "M4"), plot.StiffnessTab, plot.Modes, "M1 at iteration 2000, eigenvalue "},
		{board(t, "M1", "M4"), plot.CurvesTab, plot.Iterations, "relative L² error M1 "},
		{flowBoard(t), plot.OverviewTab, plot.ProfileU, "y = 0.513: converged "},
		{flowBoard(t), plot.OverviewTab, plot.ProfileV, "x = 0.513: converged "},
	} {
		c.board.View.Tab = c.tab
		s := NewScene(c.board, face)
		s.Build(1280, 1)
		for _, p := range s.Layout.Panels {
			if p.Part == c.part {
				at := plot.Point{X: p.Plot.X + p.Plot.W*0.503, Y: p.Plot.Y + p.Plot.H*0.497}
				if text := s.Point(at, true); !strings.Contains(text, c.want) {
					t.Errorf("part %d: reading %q lacks %q", c.part, text, c.want)
				}
				break
			}
		}
	}
}

// TestOnCentre takes a field that is linear, so that its centre lines are known.
func TestOnCentre(t *testing.T) {
	for _, n := range []uint32{5, 6} {
		axes := []record.Axis{{Lo: 0, Hi: 1, N: n}, {Lo: 0, Hi: 1, N: n}}
		var f []float32
		for k := range int(n * n) {
			x, y := float32(k%int(n))/float32(n-1), float32(k/int(n))/float32(n-1)
			f = append(f, 10*x+y)
		}
		for i := range int(n) {
			at := float32(i) / float32(n-1)
			if got := onCentre(nil, f, axes, 0)[i]; math.Abs(float64(got-(5+at))) > 1e-5 {
				t.Errorf("%d nodes: %v at y = %v", n, got, at)
			}
			if got := onCentre(nil, f, axes, 1)[i]; math.Abs(float64(got-(10*at+0.5))) > 1e-5 {
				t.Errorf("%d nodes: %v at x = %v", n, got, at)
			}
		}
	}
}

// TestEnlarge: every subject has a name of its own, can have all of the canvas,
// and gives it back; what there is not changes nothing.
func TestEnlarge(t *testing.T) {
	for tab := plot.OverviewTab; tab <= plot.CurvesTab; tab++ {
		for _, b := range []*Board{board(t, "M1", "M4"), flowBoard(t)} {
			b.View.Tab, b.View.Height = tab, 600
			s := NewScene(b, face)
			s.Build(1000, 1)
			all := s.Subjects()
			seen := map[string]bool{}
			for _, sub := range all {
				if seen[sub.ID] || sub.Title == "" {
					t.Errorf("tab %d: subject %+v", tab, sub)
				}
				seen[sub.ID] = true
				small := s.whole.Panels[s.find(sub.ID)]
				if id, ok := s.Toggle(plot.Point{X: small.Plot.X + 5, Y: small.Plot.Bottom() - 5}, true); !ok || id != sub.ID {
					t.Errorf("tab %d: two clicks into %s enlarge %q", tab, sub.ID, id)
				}
				b.View.Enlarge = sub.ID
				s.Build(1000, 1)
				var big *plot.Panel
				for i := range s.Layout.Panels {
					if p := &s.Layout.Panels[i]; p.Part == small.Part && p.Model == small.Model && p.Index == small.Index {
						big = p
					}
				}
				if big == nil || big.Plot.W*big.Plot.H < 1.2*small.Plot.W*small.Plot.H || s.Layout.Height > 601 {
					t.Fatalf("tab %d: %s at large is %+v, small %+v", tab, sub.ID, big, small)
				}
				if !slices.Equal(s.Subjects(), all) {
					t.Errorf("tab %d: with %s at large the subjects are others", tab, sub.ID)
				}
				mark := big.Mark()
				if id, ok := s.Toggle(plot.Point{X: mark.X + 12, Y: mark.Y + 12}, false); !ok || id != "" {
					t.Errorf("tab %d: a click on the mark of %s at large enlarges %q, %v", tab, sub.ID, id, ok)
				}
				b.View.Enlarge = ""
				s.Build(1000, 1)
			}
			if len(seen) < 4 {
				t.Errorf("tab %d: %d subjects", tab, len(seen))
			}
			b.View.Enlarge = "M9-dinner"
			if s.Build(1000, 1); s.large {
				t.Error("a subject that there is not is enlarged")
			}
		}
	}
}

// TestPicturesAreKept: what has not changed is not drawn anew.
func TestPicturesAreKept(t *testing.T) {
	b := board(t, "M1", "M4")
	s := NewScene(b, face)
	versions := func() (v [5]int) {
		s.Build(1280, 1)
		for i := range v {
			v[i] = s.Pictures[i].Version
		}
		return v
	}
	first := versions()
	if again := versions(); again != first {
		t.Errorf("versions went from %v to %v with nothing new", first, again)
	}
	if err := b.Show("M4", demo("M4", 2100)); err != nil {
		t.Fatal(err)
	}
	changed := 0
	for i, v := range versions() {
		if v != first[i] {
			changed++
		}
	}
	if changed != 2 {
		t.Errorf("a new Snapshot of one model changed %d pictures, want its field and its error", changed)
	}
}

func BenchmarkBuild(b *testing.B) {
	bd := board(b, "M1", "M2", "M3", "M4")
	s := NewScene(bd, face)
	data := demo("M4", 12000)
	for b.Loop() {
		if err := bd.Show("M4", data); err != nil {
			b.Fatal(err)
		}
		s.Build(1280, 2)
	}
}
