package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pinnlab/core/cmd/pinnlab/figure"
)

// TestFigure draws a run in two coordinates from a checkpoint, one in a single
// coordinate, and one without a solution, and looks at sizes and ink.
func TestFigure(t *testing.T) {
	dir := t.TempDir()
	checkpoint := filepath.Join(dir, "run.ckpt")
	var out, errOut bytes.Buffer
	if code := trainCommand(strings.Fields("-width 6 -depth 1 -batch 4 -iters 7 -checkpoint "+checkpoint), &out, &errOut); code != 0 {
		t.Fatal(errOut.String())
	}
	for _, tt := range []struct{ name, args, fields string }{
		{"checkpoint", "-checkpoint " + checkpoint, "u"},
		{"one coordinate", "-preset poisson -model M4 -width 6 -depth 1 -batch 4 -iters 3", "u"},
		{"no solution", "-preset cavity_streamfunction -width 4 -depth 1 -batch 4 -iters 1", "speed u v psi p"},
		{"no step", "-width 4 -depth 9 -batch 4 -iters 0", "u"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			to := filepath.Join(t.TempDir(), "new", "folder")
			var out, errOut bytes.Buffer
			if code := figureCommand(strings.Fields(tt.args+" -out "+to), &out, &errOut); code != 0 {
				t.Fatal(errOut.String())
			}
			sizes := map[string][2]int{
				"curves":            {figure.CurvesWidth, figure.CurvesHeight},
				"gradients":         {figure.GradientsWidth, figure.GradientsHeight},
				"gradients-decades": {figure.GradientsWidth, figure.GradientsHeight},
			}
			for _, f := range strings.Fields(tt.fields) {
				sizes["field-"+f] = [2]int{figure.FieldWidth, figure.FieldHeight}
			}
			for name, size := range sizes {
				checkPicture(t, filepath.Join(to, name+".png"), size)
			}
			if n := strings.Count(out.String(), "\n"); n != len(sizes) {
				t.Errorf("%d pictures named, want %d", n, len(sizes))
			}
		})
	}
}

// checkPicture decodes a file and wants its size and more than one colour.
func checkPicture(t *testing.T, path string, size [2]int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != size[0] || b.Dy() != size[1] {
		t.Errorf("%s: %v, want %v", path, b, size)
	}
	colours := map[any]bool{}
	for y := 0; y < size[1]; y += 5 {
		for x := 0; x < size[0]; x += 5 {
			colours[img.At(x, y)] = true
		}
	}
	if len(colours) < 5 {
		t.Errorf("%s: %d colours", path, len(colours))
	}
}
