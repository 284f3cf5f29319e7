package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	if n := strings.Count(out.String(), "Adam run"); n != len(names) {
		t.Errorf("%d Adam runs checked, want %d", n, len(names))
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
		edit func(f map[string]any)
		want string
	}{
		{"loss", func(f map[string]any) { scale(f["loss"].(map[string]any), "bc2") }, "loss bc2"},
		{"gradient", func(f map[string]any) {
			g := f["grad"].(map[string]any)["res"].([]any)[11].([]any)
			g[3] = g[3].(float64) * (1 + 1e-7)
		}, "gradient res"},
		{"Adam", func(f map[string]any) {
			l := f["adam"].(map[string]any)["total_loss_before_step"].([]any)
			l[20] = l[20].(float64) * (1 + 1e-7)
		}, "Adam run"},
		{"not tanh", func(f map[string]any) { f["activation"] = "relu" }, "relu"},
		{"a missing matrix", func(f map[string]any) { f["params"] = f["params"].([]any)[1:] }, "matrices"},
		{"a missing point set", func(f map[string]any) { delete(f["points"].(map[string]any), "bc3") }, "bc3"},
		{"unknown preset", func(f map[string]any) { f["preset"] = "euler" }, "euler"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var f map[string]any
			if err := json.Unmarshal(b, &f); err != nil {
				t.Fatal(err)
			}
			tt.edit(f)
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
