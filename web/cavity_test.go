//go:build !js

package web

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"pinnlab/core/record"
)

// snapshot returns what a model's trainer has shown last.
func (b *tab) snapshot(model string) (s record.Snapshot) {
	b.t.Helper()
	text := eval[string](b, fmt.Sprintf(`(() => {
		let text = "";
		for (const byte of new Uint8Array(lab.trainers.get(%q).snapshot)) text += String.fromCharCode(byte);
		return btoa(text);
	})()`, model))
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		err = s.UnmarshalBinary(bytes)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// TestPresetsTrain trains the problems that are not a scalar field over a
// square: each shows all it has, and every one of that can be chosen.
func TestPresetsTrain(t *testing.T) {
	tests := []struct {
		preset, term string
		views        []string
		axes         int
	}{
		{"poisson", "bc2", []string{"u"}, 1}, // over one coordinate: curves
		{"cavity_streamfunction", "bc4", []string{"speed", "u", "v", "psi", "p"}, 2},
		{"cavity_velocity", "res_c", []string{"speed", "u", "v", "psi", "p"}, 2},
	}
	for _, test := range tests {
		t.Run(test.preset, func(t *testing.T) {
			b := newTab(t)
			b.open("index.html", "#models=M4&width=16&depth=2&batch=32&preset="+test.preset)
			b.until("it trains", fmt.Sprintf(`pinnlab.state().then(s => s.running && s.models.length === 1 &&
				s.models[0].iteration > 20 && s.models[0].relL2 > 0 && %q in s.models[0].losses)`, test.term))
			b.until("the fields are offered", fmt.Sprintf(
				`[...document.getElementById("view-field").options].map(o => o.value).join() === %q`, strings.Join(test.views, ",")))
			b.drawn()
			b.until("a pause", `pinnlab.pause().then(() => pinnlab.state()).then(s => !s.running)`)
			s := b.snapshot("M4")
			if len(s.Axes) != test.axes || len(s.Fields) != len(test.views) {
				t.Fatalf("%d fields over %d coordinates", len(s.Fields), len(s.Axes))
			}
			for i, f := range s.Fields {
				if f.Name != test.views[i] || len(f.Pred) == 0 || len(f.Exact) != len(f.Pred) {
					t.Errorf("field %s has %d values, %d of them exact", f.Name, len(f.Pred), len(f.Exact))
				}
			}
			for _, name := range test.views[1:] {
				before := b.drawn()
				b.choose("view-field", name)
				b.changes(before)
			}
		})
	}
}

// TestReynolds turns a cavity's Re: its reference is computed again, which the
// page says while it lasts, and both errors are against the new one and named.
func TestReynolds(t *testing.T) {
	b := newTab(t)
	b.before(`window.told = []; addEventListener("DOMContentLoaded", () => {
		const line = document.getElementById("progress"); // null in the frame of the pictures
		if (line) new MutationObserver(() => told.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
	});`)
	b.open("index.html", "#preset=cavity_velocity&models=M4&width=16&depth=2&batch=32&p.Re=200")
	known := `pinnlab.state().then(s => s.models[0].iteration > 20 && s.models[0].relL2 > 0 && s.models[0].authorsError > 0)`
	b.until("both errors are known", known)
	before := b.snapshot("M4")
	eval[any](b, "told.length = 0")
	b.write("param-Re-value", "400")
	b.until("the restart is announced", `document.getElementById("message").textContent === "Restarted: Re is now 400."`)
	b.until("both errors are known again", known)
	told := strings.Join(eval[[]string](b, "told"), "\n")
	for _, words := range []string{"M4: Reference flow at Re = 400: ", "M4: The authors’ reference at Re = 400: ", " %)"} {
		if !strings.Contains(told, words) {
			t.Errorf("the progress lacks %q: %q", words, told)
		}
	}
	b.until("the progress is cleared", `document.getElementById("progress").textContent === ""`)
	lowest := func(s record.Snapshot) (low float32) {
		for _, f := range s.Fields {
			if f.Name == "psi" {
				for _, v := range f.Exact {
					low = min(low, v)
				}
			}
		}
		return low
	}
	// The vortex gets stronger with Re: from -0.103 at 100 to -0.114 at 400
	// (Ghia, Ghia and Shin 1982, Table III).
	if a, z := lowest(before), lowest(b.snapshot("M4")); !(z < a && z > -0.1145 && z < -0.1135) {
		t.Errorf("least psi %v at Re = 200, %v at Re = 400", a, z)
	}
	b.until("the table names both errors", `(() => {
		const titles = [...document.querySelectorAll("#numbers thead th")].map(th => th.textContent);
		const cells = document.querySelector("#numbers tbody tr").cells;
		return ["relative L²", "authors’ error"].every(name => Number(cells[titles.indexOf(name)].textContent) > 0);
	})()`)
}

// TestStiffnessBesideTraining follows the curvature while a model trains: the
// picture has the values and the share of the time they take, and the training
// goes on between them.
func TestStiffnessBesideTraining(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "#preset=cavity_velocity&models=M1&width=8&depth=2&batch=32&tab=stiffness")
	b.until("it trains", `pinnlab.state().then(s => s.running && s.models[0].iteration > 0)`)
	empty := b.drawn()
	b.choose("view-budget", "25")
	b.until("the budget is the lab's", `lab.stiffness.budget === 0.25`)
	b.changes(empty)
	var s, last record.Snapshot
	b.poll("values of several iterations", func() bool {
		s = b.snapshot("M1")
		return len(s.Stiffness.Peaks) >= 3
	})
	if f := s.Stiffness; f.Budget != 0.25 || !(f.Share > 0 && f.Share < 1) || f.Subset != "trunk" {
		t.Errorf("the picture says %v %% of a budget of %v %%, over %s", 100*f.Share, 100*f.Budget, f.Subset)
	}
	for i, p := range s.Stiffness.Peaks {
		if i > 0 && p.Step <= s.Stiffness.Peaks[i-1].Step {
			t.Errorf("values of the iterations %d and %d: the training stood still", s.Stiffness.Peaks[i-1].Step, p.Step)
		}
	}
	b.click("density")
	b.poll("the densities", func() bool {
		last = b.snapshot("M1")
		return len(last.Stiffness.Densities) == 3
	})
	if last.Step <= s.Step || last.Stiffness.DensityAt >= last.Step {
		t.Errorf("from iteration %d to %d, densities of %d: the training stood still", s.Step, last.Step, last.Stiffness.DensityAt)
	}
	if d := last.Stiffness.Densities[0]; !d.Counted() { // the network is small enough
		t.Errorf("%d values are not every eigenvalue", len(d.Values))
	}
	if now := b.state(); !now.Running {
		t.Error("the training does not run any more")
	}
}
