package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pinnlab/core/nn"
)

const fixtures = "../../train/testdata/fixtures"

// TestCheck recomputes every fixture.
func TestCheck(t *testing.T) {
	names, err := filepath.Glob(fixtures + "/*.json")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d fixtures found, %v", len(names), err)
	}
	var out, errOut bytes.Buffer
	if code := check(names, &out, &errOut); code != 0 {
		t.Errorf("exit code %d\n%s%s", code, &out, &errOut)
	}
	newton, err := filepath.Glob("../../residual/testdata/*_gn.json")
	if err != nil || len(newton) < 3 {
		t.Fatalf("%d fixtures of second order found, %v", len(newton), err)
	}
	if code := check(newton, &out, &errOut); code != 0 {
		t.Errorf("exit code %d\n%s%s", code, &out, &errOut)
	}
	for _, name := range []string{"r", "weighted_loss", "Jv", "JTu", "JTr", "kernel_eigenvalues", "steps mu=0.0001 JJT d", "paths mu=1 c_4"} {
		if n := strings.Count(out.String(), "gauss_newton."+name+" "); n < len(newton) {
			t.Errorf("%q is there %d times, want %d", name, n, len(newton))
		}
	}
	for what, want := range map[string]int{
		"Adam run": len(names), "Hessian-vector product": len(names), "pointwise, worst": len(names),
		"eigenvalues": 2 * 6, "extremes": 2 * 6, "not compared": 0,
	} {
		if n := strings.Count(out.String(), what); n < want || want == 0 && n > 0 {
			t.Errorf("%q is there %d times, want %d", what, n, want)
		}
	}
}

// TestCheckSees plants an error in each kind of number that check compares.
func TestCheckSees(t *testing.T) {
	b, err := os.ReadFile(fixtures + "/helmholtz_m3.json")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		edit func(f, spectra map[string]any)
		want string
	}{
		{"loss", func(f, _ map[string]any) { scale(f["loss"].(map[string]any), "bc2") }, "loss bc2"},
		{"gradient", func(f, _ map[string]any) {
			g := f["grad"].(map[string]any)["res"].([]any)[11].([]any)
			g[3] = g[3].(float64) * (1 + 1e-7)
		}, "gradient res"},
		{"Adam", func(f, _ map[string]any) {
			l := f["adam"].(map[string]any)["total_loss_before_step"].([]any)
			l[20] = l[20].(float64) * (1 + 1e-7)
		}, "Adam run"},
		{"product", func(f, _ map[string]any) {
			hv := f["hvp"].(map[string]any)["Hv"].([]any)
			hv[500] = hv[500].(float64) + 1e-4
		}, "Hessian-vector product"},
		{"eigenvalue", func(f, spectra map[string]any) { nudge(f, spectra, 700) }, "eigenvalues bcs, weights"},
		{"smallest eigenvalue", func(f, spectra map[string]any) { nudge(f, spectra, 0) }, "extremes bcs, weights"},
		{"field", func(f, _ map[string]any) {
			u := f["pointwise"].(map[string]any)["u_xx"].([]any)
			u[30] = u[30].(float64) + 1e-5
		}, "pointwise, worst u_xx"},
		{"forcing", func(f, _ map[string]any) {
			u := f["pointwise"].(map[string]any)["f"].([]any)
			u[0] = u[0].(float64) + 1e-5
		}, "pointwise, worst f"},
		{"another gate", func(f, _ map[string]any) { f["gate"] = "H = tanh(HW + b)*U + tanh((1 - HW) + b)*V" }, "loss res"},
		{"too few eigenvalues", func(f, spectra map[string]any) {
			nudge(f, spectra, 0)
			e := f["hessian_eigenvalues"].(map[string]any)["bcs"].(map[string]any)
			e["weights_only"] = e["weights_only"].([]any)[1:]
		}, "bcs, weights_only"},
		{"too short a product", func(f, _ map[string]any) {
			h := f["hvp"].(map[string]any)
			h["Hv"] = h["Hv"].([]any)[1:]
		}, "hvp"},
		{"not tanh", func(f, _ map[string]any) { f["activation"] = "relu" }, "relu"},
		{"a missing matrix", func(f, _ map[string]any) { f["params"] = f["params"].([]any)[1:] }, "matrices"},
		{"a missing point set", func(f, _ map[string]any) { delete(f["points"].(map[string]any), "bc3") }, "bc3"},
		{"unknown preset", func(f, _ map[string]any) { f["preset"] = "euler" }, "euler"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var f map[string]any
			if err := json.Unmarshal(b, &f); err != nil {
				t.Fatal(err)
			}
			spectra := f["hessian_eigenvalues"].(map[string]any)
			delete(f, "hessian_eigenvalues") // they take long
			tt.edit(f, spectra)
			edited, _ := json.Marshal(f)
			path := filepath.Join(t.TempDir(), "f.json")
			if err := os.WriteFile(path, edited, 0o666); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if code := check([]string{path}, &out, &out); code != 1 {
				t.Errorf("exit code %d, want 1", code)
			}
			for _, line := range strings.Split(out.String(), "\n") {
				if strings.Contains(line, tt.want) && (strings.Contains(line, "ABOVE") || strings.Contains(line, ".json:")) {
					return
				}
			}
			t.Errorf("no line tells of %q:\n%s", tt.want, &out)
		})
	}
}

// nudge gives f the eigenvalues of the conditions, of weights, with one changed.
func nudge(f, spectra map[string]any, i int) {
	e := spectra["bcs"].(map[string]any)["weights_only"].([]any)
	e[i] = e[i].(float64) + 1e-3
	f["hessian_eigenvalues"] = map[string]any{"bcs": map[string]any{"weights_only": e}}
}

func scale(m map[string]any, key string) { m[key] = m[key].(float64) * (1 + 1e-7) }

// TestTrain runs a little, goes on from the checkpoint, and arrives where an
// uninterrupted run arrives.
func TestTrain(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) map[string]any {
		t.Helper()
		var out, errOut bytes.Buffer
		args = append(args, "-preset", "helmholtz", "-model", "M4", "-width", "8", "-depth", "2", "-batch", "8", "-params", "a2=2", "-json", "-")
		if code := trainCommand(args, &out, &errOut); code != 0 {
			t.Fatalf("exit code %d: %s", code, &errOut)
		}
		var r map[string]any
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	checkpoint := filepath.Join(dir, "run.ckpt")
	run("-iters", "30", "-checkpoint", checkpoint)
	resumed := run("-iters", "50", "-checkpoint", checkpoint)
	whole := run("-iters", "50")
	if resumed["relL2"] != whole["relL2"] || resumed["iteration"] != 50.0 {
		t.Errorf("resumed at %v with %v, want 50 with %v", resumed["iteration"], resumed["relL2"], whole["relL2"])
	}
	config, _ := json.Marshal(whole["config"])
	file := filepath.Join(dir, "config.json")
	if err := os.WriteFile(file, config, 0o666); err != nil {
		t.Fatal(err)
	}
	if again := run("-iters", "50", "-config", file); again["relL2"] != whole["relL2"] {
		t.Errorf("from the written Config %v, want %v", again["relL2"], whole["relL2"])
	}
}

// TestTrainLabels checks that the cavity's two errors say which is which, and
// that another problem has but one.
func TestTrainLabels(t *testing.T) {
	for preset, want := range map[string]int{"cavity_velocity": 1, "poisson": 0} {
		var out, errOut bytes.Buffer
		args := strings.Fields("-width 4 -depth 1 -batch 4 -iters 1 -preset " + preset)
		if code := trainCommand(args, &out, &errOut); code != 0 {
			t.Fatalf("%s: exit code %d: %s", preset, code, &errOut)
		}
		for _, label := range []string{"(of the velocity, against a converged solution)", "in the authors' measure", "against their scheme"} {
			if n := strings.Count(out.String(), label); n != want {
				t.Errorf("%s: %q is there %d times, want %d:\n%s", preset, label, n, want, &out)
			}
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"-preset atlantis", "atlantis"},
		{"-width 0", "width"},
		{"-model M5", "model"},
		{"-params a1=x", "params.a1"},
		{"-params a1", "params.a1"},
		{"-config missing.json", "missing.json"},
		{"extra", "extra"},
	} {
		var out, errOut bytes.Buffer
		if code := trainCommand(append([]string{"-iters", "1"}, strings.Fields(tt.args)...), &out, &errOut); code == 0 {
			t.Errorf("%s: exit code 0", tt.args)
		}
		if !strings.Contains(errOut.String(), tt.want) {
			t.Errorf("%s: %q does not name %q", tt.args, errOut.String(), tt.want)
		}
	}
}

// TestCheckRefuses holds check to saying what is wrong with a fixture.
func TestCheckRefuses(t *testing.T) {
	b, err := os.ReadFile(fixtures + "/poisson_m1.json")
	if err != nil {
		t.Fatal(err)
	}
	cut := func(name string) func(map[string]any) {
		return func(f map[string]any) { delete(f, name) }
	}
	put := func(name string, v any) func(map[string]any) {
		return func(f map[string]any) { f[name] = v }
	}
	tests := []struct {
		edit func(f map[string]any)
		want string
	}{
		{cut("mu"), "mu, sigma"}, {put("sigma", []any{}), "mu, sigma"},
		{cut("coords"), "coords"}, {put("outputs", []any{"p"}), "outputs: must be u"},
		{cut("preset"), "unknown preset"}, {put("preset", "heat"), `"heat"`},
		{cut("model"), "model"}, {put("model", "M9"), `model "M9"`}, {put("activation", "relu"), `"relu"`},
		{put("layers", []any{1, 1}), "layers"}, {put("layers", []any{1, -20, 20, 20, 1}), "layers"},
		{put("layers", []any{2, 20, 20, 20, 1}), "1 and 2 inputs"}, {put("layers", []any{1, 20, 20, 20, 2}), "outputs"},
		{cut("param_names"), "param_names: 0"}, {cut("params"), "0 matrices"},
		{put("parameters", map[string]any{"C": 4, "D": 1}), "params.D"},
		{func(f map[string]any) { delete(f["loss"].(map[string]any), "total") }, "no loss of the total"},
		{func(f map[string]any) { delete(f["loss"].(map[string]any), "bc2") }, "no loss of the term bc2"},
		{func(f map[string]any) { delete(f["grad"].(map[string]any), "bc1") }, "gradient of bc1"},
		{func(f map[string]any) { delete(f["points"].(map[string]any), "bc1") }, "points for the set bc1"},
		{func(f map[string]any) { delete(f["adam"].(map[string]any), "total_loss_before_step") }, "adam"},
	}
	for _, tt := range tests {
		var f map[string]any
		if err := json.Unmarshal(b, &f); err != nil {
			t.Fatal(err)
		}
		tt.edit(f)
		edited, _ := json.Marshal(f)
		refusesFixture(t, edited, tt.want)
	}
	refusesFixture(t, b[:len(b)/2], "ends too early")
	refusesFixture(t, []byte("null"), "layers")

	var f map[string]any
	two, err := os.ReadFile(fixtures + "/helmholtz_m1.json")
	if err != nil || json.Unmarshal(two, &f) != nil {
		t.Fatal("no fixture in two dimensions")
	}
	set := f["points"].(map[string]any)["bc2"].([]any)
	set[1] = set[1].([]any)[1:]
	ragged, _ := json.Marshal(f)
	refusesFixture(t, ragged, "points of the set bc2: 24 and 23")
}

func refusesFixture(t *testing.T, b []byte, want string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.json")
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	if code := check([]string{path}, &out, &errOut); code != 1 || !strings.Contains(errOut.String(), want) {
		t.Errorf("exit code %d, %q; want 1 and %q", code, &errOut, want)
	}
}

// TestUnwritable checks that what cannot be written is said before a run, which
// may take hours, and that nothing is left behind by asking.
func TestUnwritable(t *testing.T) {
	dir := t.TempDir()
	bad, good := filepath.Join(dir, "none", "f"), filepath.Join(dir, "f")
	small := " -preset poisson -width 4 -depth 1 -batch 4 -iters 4 "
	for _, tt := range []struct {
		command func([]string, io.Writer, io.Writer) int
		args    string
	}{
		{trainCommand, small + "-json " + bad}, {trainCommand, small + "-json " + good + " -checkpoint " + bad},
		{tableCommand, "-preset poisson -arch 4x1 -batch 4 -iters 4 -out " + bad},
		{stiffnessCommand, small + "-every 2 -out " + bad}, {spectrumCommand, small + "-out " + bad},
	} {
		var out, errOut bytes.Buffer
		if code := tt.command(strings.Fields(tt.args), &out, &errOut); code != 1 || !strings.Contains(errOut.String(), bad) {
			t.Errorf("%s: exit code %d, %q", tt.args, code, &errOut)
		}
		if out.Len() > 0 || strings.Contains(errOut.String(), "done") {
			t.Errorf("%s: ran first: %q, %q", tt.args, &out, &errOut)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v is left", left, err)
	}
}

// TestCheckSkips checks that what it cannot compare it says so, and no more.
func TestCheckSkips(t *testing.T) {
	b, err := os.ReadFile(fixtures + "/poisson_m1.json")
	if err != nil {
		t.Fatal(err)
	}
	edited := bytes.Replace(b, []byte(`"pointwise"`), []byte(`"hessian_eigenvalues": {"ics": {"all_params": [1]}}, "pointwise"`), 1)
	edited = bytes.Replace(edited, []byte(`"u_xx"`), []byte(`"vorticity"`), 1)
	path := filepath.Join(t.TempDir(), "f.json")
	if err := os.WriteFile(path, edited, 0o666); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := check([]string{path}, &out, &out); code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, what := range []string{"pointwise vorticity", "eigenvalues ics, all_params"} {
		if !strings.Contains(out.String(), fmt.Sprintf("  %-30s not known here", what)) {
			t.Errorf("nothing is said of %q:\n%s", what, &out)
		}
	}
}

// TestKind holds check to telling the gates apart by what fixtures say of them.
func TestKind(t *testing.T) {
	tests := []struct {
		model, gate string
		want        string
	}{
		{"M1", "", nn.MLP},
		{"M3", "", nn.Modified},
		{"M4", "H = Z*U + (1-Z)*V, all hidden layers gated", nn.Modified},
		{"M3", "tanh(HW+b)*U + tanh((1-HW)+b)*V", nn.Modified2020},
		{"M3", "tanh(H @ W + b) * U + tanh((1 - H @ W) + b) * V", nn.Modified2020},
		{"M4", "the gate of the code before July 2021: archival", nn.Modified2020},
		{"M4-2020", "", nn.Modified2020},
		{"M3", "Z*U + (1 - Z)*V as in Wang et al. 2020", nn.Modified},
		{"M3", "not Z*U + (1-Z)*V but that of 2020, tanh(q)*U + tanh((1 - q) + b)*V", nn.Modified2020},
	}
	for _, tt := range tests {
		f := &fixture{Model: tt.model, Gate: tt.gate}
		if tt.model != "M1" {
			f.ParamNames = []string{"W0", "WU"}
		}
		if got := f.kind(); got != tt.want {
			t.Errorf("%s, %q: %s, want %s", tt.model, tt.gate, got, tt.want)
		}
	}
}

// ownProblem is a Config with a problem of one's own whose solution has no value
// at x = 0.
const ownProblem = `{"width": 10, "depth": 1, "batch": 8, "spec": {"version": 1, "name": "moment", "title": "Bending moment",
	"coords": [{"name": "x", "lo": 0, "hi": 1}], "fields": ["M"], "residuals": [{"name": "res", "formula": "x*M_x - 1"}],
	"conditions": [{"name": "b1", "face": "x=1", "formula": "M"}], "solution": {"M": "log(x)"}, "settings": {"iterations": 5}}}`

// TestTrainOwn checks what train says of a problem of one's own: its name, as
// many iterations as it asks for, what the error leaves out, and a diagnosis.
func TestTrainOwn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.json")
	if err := os.WriteFile(file, []byte(ownProblem), 0o666); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string][]string{
		"":          {"moment M1, 10×1, seed 1: 5 iterations", "without 1 of the grid's nodes", "x = 0", "  Too early to tell.\n  5 of"},
		"-iters 7":  {": 7 iterations"},
		"-json -":   {`"omitted":1,"omittedAt":"x = 0"`, `"verdict":{"kind":"starting"`},
		"-iters 40": {": 40 iterations"},
	} {
		var out, errOut bytes.Buffer
		if code := trainCommand(append(strings.Fields(args), "-config", file), &out, &errOut); code != 0 {
			t.Fatalf("%s: exit code %d: %s", args, code, &errOut)
		}
		for _, w := range want {
			if !strings.Contains(out.String(), w) || strings.Contains(out.String(), "relative L2   NaN") {
				t.Errorf("%q: no %q in\n%s", args, w, &out)
			}
		}
	}
}
