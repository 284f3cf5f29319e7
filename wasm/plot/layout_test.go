package plot

import (
	"fmt"
	"math"
	"testing"
)

// TestLayout: whatever the contents and the width, cells lie on the canvas,
// none overlaps another, plots lie in their cells and are large enough to see,
// and every model has each of its parts once.
func TestLayout(t *testing.T) {
	for _, width := range []float64{320, 390, 600, 760, 905, 960, 1280, 1600, 1920, 2560} {
		for models := 1; models <= MostModels; models++ {
			for _, line := range []bool{false, true} {
				for _, exact := range []bool{true, false} {
					for _, aspect := range []float64{0.1, 1, 1.5, 30} {
						for _, layers := range []int{0, 4, 13} {
							for tab := OverviewTab; tab <= CurvesTab; tab++ {
								c := Contents{Tab: tab, Over: overs, Models: models, Line: line, Exact: exact, Scored: exact || layers == 4,
									Aspect: aspect, Title: layers == 4, Height: []float64{0, 480, 900}[layers%3],
									Pooled: layers == 0, Spectra: exact, Profiles: exact && !line}
								for m := range models {
									c.Layers = append(c.Layers, max(layers-m, 0))
								}
								name := fmt.Sprintf("width %v, %+v", width, c)
								checkLayout(t, name, Arrange(width, c), c)
							}
						}
					}
				}
			}
		}
	}
}

func checkLayout(t *testing.T, name string, l Layout, c Contents) {
	t.Helper()
	const slack = 1e-6
	count := map[Part]int{}
	for i, p := range l.Panels {
		count[p.Part]++
		r := p.Cell
		if r.X < -slack || r.Y < -slack || r.Right() > l.Width+slack || r.Bottom() > l.Height+slack {
			t.Errorf("%s: part %d at %v is off the canvas, %v×%v", name, p.Part, r, l.Width, l.Height)
		}
		q := p.Plot
		if q.X < r.X-slack || q.Y < r.Y-slack || q.Right() > r.Right()+slack || q.Bottom() > r.Bottom()+slack {
			t.Errorf("%s: part %d: plot %v is out of its cell %v", name, p.Part, q, r)
		}
		if q.W < 10 || q.H < 20 || p.Part == Gradients && q.W < 76 || p.Part == Predicted && min(q.W, q.H) < 40 {
			t.Errorf("%s: part %d: plot %v is too small", name, p.Part, q)
		}
		for _, o := range l.Panels[:i] {
			s := o.Cell
			if r.X < s.Right()-slack && s.X < r.Right()-slack && r.Y < s.Bottom()-slack && s.Y < r.Bottom()-slack {
				t.Errorf("%s: parts %d at %v and %d at %v overlap", name, o.Part, s, p.Part, r)
			}
		}
	}
	for part, n := range wanted(c) {
		if count[part] != n {
			t.Errorf("%s: %d panels of part %d, want %d", name, count[part], part, n)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

// overs are one of each model on two tabs, and a shared one.
var overs = []Over{{Index: 4, Tab: CurvesTab, High: 130}, {Index: 5, Tab: GradientsTab, High: 150}, {Index: 6, Tab: GradientsTab, High: 120, Shared: true}}

// wanted returns how many panels of some parts there must be.
func wanted(c Contents) map[Part]int {
	scored, exact := 0, 0
	if c.Scored {
		scored = 1
	}
	if c.Exact {
		exact = 1
	}
	switch c.Tab {
	case GradientsTab:
		return map[Part]int{GradientRow: c.Models, Iterations: c.Models + 1, Predicted: 0}
	case StiffnessTab:
		spectra := 0
		if c.Spectra {
			spectra = c.Models
		}
		return map[Part]int{Peaks: c.Models, Spectrum: spectra, Modes: spectra, Words: 1}
	case CurvesTab:
		return map[Part]int{Losses: c.Models, Lambdas: 1, RelL2: scored, Iterations: c.Models}
	}
	want := map[Part]int{Header: c.Models, Gradients: c.Models}
	if c.Exact {
		want[RelL2] = scored
	}
	if c.Line {
		want[Curve], want[ErrorCurve] = c.Models, c.Models
	} else {
		want[Predicted], want[ValueBar] = c.Models, 1
		want[Exact], want[Error], want[ErrorBar] = exact, exact*c.Models, exact
	}
	if c.Profiles {
		want[ProfileU], want[ProfileV] = 1, 1
	}
	return want
}

// TestOverviewFits: at the sizes of common windows all models are seen at a
// glance.
func TestOverviewFits(t *testing.T) {
	for _, size := range [][2]float64{{980, 540}, {980, 590}, {1200, 700}, {1620, 900}} {
		for models := 1; models <= MostModels; models++ {
			c := Contents{Models: models, Exact: true, Scored: true, Aspect: 1, Height: size[1], Title: true}
			if l := Arrange(size[0], c); l.Height > size[1]+1 {
				t.Errorf("%d models at %v are %v high", models, size, l.Height)
			}
		}
	}
}

// TestEqualAspect: fields have the domain's shape where that is reasonable, and
// all fields one size.
func TestEqualAspect(t *testing.T) {
	for _, aspect := range []float64{0.5, 1, 1.5} {
		for _, width := range []float64{390, 1280, 1920} {
			var size Rect
			for _, p := range Arrange(width, Contents{Models: 3, Exact: true, Aspect: aspect}).Panels {
				if p.Part != Predicted && p.Part != Exact && p.Part != Error {
					continue
				}
				if got := p.Plot.H / p.Plot.W; math.Abs(got-aspect) > 1e-9 {
					t.Errorf("aspect %v at width %v: %v", aspect, width, got)
				}
				if size.W == 0 {
					size = p.Plot
				}
				if p.Plot.W != size.W || p.Plot.H != size.H {
					t.Errorf("aspect %v at width %v: fields of %v and %v", aspect, width, size, p.Plot)
				}
			}
		}
	}
}
