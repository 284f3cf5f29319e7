package main

import (
	"fmt"
	"strings"
	"testing"

	"pinnlab/wasm/plot"
)

// TestTexts: whatever the preset, the number of models, the tab and the size of
// the canvas, no two texts overlap, none leaves the canvas and none is cut.
func TestTexts(t *testing.T) {
	face := NewTypeface()
	late := map[string]func(string, uint64) []byte{"demo": demo, "demo of a line": demoLine, "demo of a flow": demoFlow}
	for _, preset := range []string{"helmholtz", "klein_gordon", "poisson", "cavity_streamfunction", "cavity_velocity", "demo", "demo of a line", "demo of a flow"} {
		shots := map[string][]byte{}
		if of := late[preset]; of != nil {
			for _, m := range slotKeys[:4] {
				shots[m] = of(m, 123450)
			}
		} else {
			shots = trained(t, preset, 12, slotKeys[:4]...)
		}
		for _, models := range []string{"M1", "M1 M4", "M1 M2 M4", "M1 M2 M3 M4"} {
			b := &Board{cast: demoCast, View: View{Title: "Helmholtz, a = (1, 4)"}}
			for _, m := range strings.Fields(models) {
				if err := b.Show(m, shots[m]); err != nil {
					t.Fatal(err)
				}
			}
			s := NewScene(b, face)
			for _, size := range [][2]float64{{360, 640}, {390, 760}, {600, 560}, {768, 900}, {980, 560}, {1280, 0}, {1620, 860}, {1920, 1000}} {
				for tab := plot.OverviewTab; tab <= plot.CurvesTab; tab++ {
					b.View.Tab, b.View.Height, b.View.Past = tab, size[1], int(tab+plot.Tab(len(b.Slots)))%2 == 0
					checkTexts(t, s, fmt.Sprintf("%s, %s, tab %d, %v", preset, models, tab, size), size[0])
				}
				b.View.Tab = plot.OverviewTab
				for _, shown := range append(residualNames(b), sidesShown) {
					b.View.Shown = shown
					checkTexts(t, s, fmt.Sprintf("%s, %s, %s, %v", preset, models, shown, size), size[0])
				}
				b.View.Shown = ""
				if len(b.Slots) != 2 {
					continue
				}
				for _, sub := range s.Subjects() {
					b.View.Enlarge = sub.ID
					checkTexts(t, s, fmt.Sprintf("%s, %s at large, %v", preset, sub.ID, size), size[0])
				}
				b.View.Enlarge = ""
			}
		}
	}
}

// residualNames lists the residuals that the board's Snapshots carry.
func residualNames(b *Board) (names []string) {
	for _, r := range b.Slots[0].Snap.Residuals {
		names = append(names, r.Name)
	}
	return names
}

// checkTexts builds a scene and checks where its texts are.
func checkTexts(t *testing.T, s *Scene, name string, width float64) {
	t.Helper()
	type written struct {
		text  string
		where plot.Rect
	}
	var all []written
	s.pen.written = func(text string, where plot.Rect) { all = append(all, written{text, where}) }
	s.Build(width, 1)
	const slack = 0.5
	for i, a := range all {
		r := a.where
		if r.X < -slack || r.Y < -slack || r.Right() > width+slack || r.Bottom() > s.Layout.Height+slack {
			t.Errorf("%s: %q at %v leaves the canvas of %v×%v", name, a.text, r, width, s.Layout.Height)
		}
		if strings.Contains(a.text, "…") {
			t.Errorf("%s: %q is cut", name, a.text)
		}
		for _, b := range all[:i] {
			q := b.where
			if r.X < q.Right()-slack && q.X < r.Right()-slack && r.Y < q.Bottom()-slack && q.Y < r.Bottom()-slack {
				t.Errorf("%s: %q at %v is over %q at %v", name, a.text, r, b.text, q)
			}
		}
	}
}
