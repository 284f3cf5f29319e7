package main

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pinnlab/core/diag"
)

// spectraOf runs the command and returns the eigenvalues and masses by part.
func spectraOf(t *testing.T, args string) map[string]diag.Spectrum {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s.csv")
	var out, errOut bytes.Buffer
	if code := spectrumCommand(append(strings.Fields(args), "-out", path), &out, &errOut); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errOut)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	spectra := map[string]diag.Spectrum{}
	for _, r := range rows[1:] {
		s := spectra[r[0]]
		v, err1 := strconv.ParseFloat(r[1], 64)
		m, err2 := strconv.ParseFloat(r[2], 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("row %v", r)
		}
		s.Values, s.Masses = append(s.Values, v), append(s.Masses, m)
		spectra[r[0]] = s
	}
	return spectra
}

// TestSpectrum checks the traces: that of M1's total is the sum of its parts'.
func TestSpectrum(t *testing.T) {
	spectra := spectraOf(t, "-width 6 -depth 2 -batch 16 -iters 3 -seed 2")
	trace := map[string]float64{}
	for _, part := range diag.Parts() {
		s := spectra[string(part)]
		if len(s.Values) != 2*6+6+6*6+6+6+1 || !slices.IsSorted(s.Values) {
			t.Errorf("%s: %d eigenvalues, sorted %v", part, len(s.Values), slices.IsSorted(s.Values))
		}
		for _, v := range s.Values {
			trace[string(part)] += v
		}
	}
	if got, want := trace["total"], trace["res"]+trace["bcs"]; !(math.Abs(got-want) < 1e-9*math.Abs(want)) {
		t.Errorf("the trace of the total is %g, of its parts %g", got, want)
	}
	if s := spectraOf(t, "-width 6 -depth 2 -batch 16 -iters 0 -model M3 -subset trunk"); len(s["res"].Values) != 2*6+6*6+6 {
		t.Errorf("trunk: %d eigenvalues", len(s["res"].Values))
	}
}

// TestSpectrumLarge checks that a large network gets a density.
func TestSpectrumLarge(t *testing.T) {
	spectra := spectraOf(t, "-preset poisson -width 40 -depth 2 -batch 4 -iters 0")
	for _, part := range diag.Parts() {
		s, sum := spectra[string(part)], 0.0
		for _, m := range s.Masses {
			sum += m
		}
		if len(s.Values) == 0 || len(s.Values) > spectrumProbes*spectrumDegree || !(math.Abs(sum-1) < 1e-12) {
			t.Errorf("%s: %d values of mass %g", part, len(s.Values), sum)
		}
	}
}

// TestSpectrumModes: the file has every mode, and they sum to the same loss as what
// is printed.
func TestSpectrumModes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.csv")
	var out, errOut bytes.Buffer
	args := "-width 6 -depth 2 -batch 16 -iters 3 -modes " + path + " -out " + filepath.Join(t.TempDir(), "s.csv")
	if code := spectrumCommand(strings.Fields(args), &out, &errOut); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errOut)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || len(rows) != 1+128+4*24 || !slices.Equal(rows[0], []string{"kappa", "start", "now", "conditions"}) {
		t.Fatalf("%v, %d rows, the first %v", err, len(rows), rows[0])
	}
	conditions := 0.0
	for _, r := range rows[1:] {
		v, err := strconv.ParseFloat(r[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		conditions += v
	}
	if !(math.Abs(conditions-4*24) < 1e-3) || !strings.Contains(out.String(), "224 modes of J Jᵀ") {
		t.Errorf("conditions sum to %v; said\n%s", conditions, &out)
	}
}
