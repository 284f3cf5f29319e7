package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pinnlab/core/cmd/pinnlab/figure"
)

func TestStiffness(t *testing.T) {
	out := filepath.Join(t.TempDir(), "s")
	var text, errOut bytes.Buffer
	args := strings.Fields("-run M1:a1=1,a2=1 -run M3:a2=4 -width 8 -depth 2 -batch 16 -iters 40 -every 20 -out " + out)
	if code := stiffnessCommand(args, &text, &errOut); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errOut)
	}
	f, err := os.Open(out + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != figure.StiffnessWidth || b.Dy() != figure.StiffnessHeight {
		t.Errorf("the picture is %v", b)
	}
	b, err := os.ReadFile(out + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || len(rows) != 1+2*3 {
		t.Fatalf("%d rows, %v; want a heading and three looks at each of two runs", len(rows), err)
	}
	for _, r := range rows[1:] {
		var v [4]float64 // total, residual, conditions, bound
		for i := range v {
			if v[i], err = strconv.ParseFloat(r[2+i], 64); err != nil || !(v[i] > 0) {
				t.Errorf("row %v: column %d is no positive number", r, 2+i)
			}
		}
		// The largest eigenvalue of a sum is at most the sum of the largest.
		if !(v[0] <= (v[1]+v[2])*1.002) {
			t.Errorf("row %v: the total exceeds the sum of its parts", r)
		}
	}
}

// TestStiffnessInterrupted checks that Ctrl-C leaves a file and a picture of what
// there was.
func TestStiffnessInterrupted(t *testing.T) {
	out := filepath.Join(t.TempDir(), "s")
	args := strings.Fields("-run M1:a1=1 -run M3:a2=4 -width 8 -depth 2 -batch 16 -iters 40 -every 20 -out " + out)
	o, err := stiffnessFlags(args, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := o.run(ctx, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(out + ".csv")
	if n := bytes.Count(b, []byte("\n")); err != nil || n != 2 {
		t.Errorf("%d rows, %v; want a heading and the first look", n, err)
	}
	if _, err := os.Stat(out + ".png"); err != nil {
		t.Error(err)
	}
}

func TestStiffnessRefuses(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"-subset some", "subset"}, {"-every 0", "every"}, {"-iters 10 -every 20", "every"},
		{"-run M7", "method"}, {"-run M1:a9=1", "params.a9"},
	} {
		var out, errOut bytes.Buffer
		if code := stiffnessCommand(strings.Fields(tt.args), &out, &errOut); code != 2 || !strings.Contains(errOut.String(), tt.want) {
			t.Errorf("%s: exit code %d, %q", tt.args, code, &errOut)
		}
	}
}
