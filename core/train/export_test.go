package train

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/sbinet/npyio"

	"pinnlab/core/record"
)

// exported is the Snapshot of a run that has a few rows of every history.
func exported(t *testing.T, preset string) (*Run, *record.Snapshot) {
	run := newRun(t, preset, "M4", small)
	steps(t, run, 111)
	s := &record.Snapshot{}
	run.Snapshot(s)
	return run, s
}

// TestWriteCurves reads the table with another's reader and compares cells.
func TestWriteCurves(t *testing.T) {
	_, s := exported(t, "klein_gordon")
	var b bytes.Buffer
	if err := s.WriteCurves(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+23 { // 0, 5, ..., 110
		t.Fatalf("%d rows", len(rows))
	}
	cell := func(row int, name string) string {
		i := slices.Index(rows[0], name)
		if i < 0 {
			t.Fatalf("no column %q in %q", name, rows[0])
		}
		return rows[row][i]
	}
	same := func(what, got string, want float64) {
		if v, err := strconv.ParseFloat(got, 32); err != nil || v != want && float32(v) != float32(want) {
			t.Errorf("%s: %q, want %v", what, got, want)
		}
	}
	if at := cell(21, "iteration"); at != "100" {
		t.Errorf("row 21 is of iteration %s", at)
	}
	same("loss of the first term", cell(21, "loss res"), s.Curves(record.Loss)[0].Value(20))
	same("lambda", cell(21, "lambda bcs"), s.Curves(record.Lambda)[1].Value(20))
	same("norm", cell(21, "norm W1 ics"), s.Curves(record.GradientNorm)[4].Value(20))
	same("error", cell(21, "relative L2"), s.Curves(record.RelL2)[0].Value(1))
	same("high frequencies", cell(21, "error band high"), s.Curves(record.ErrorBand)[2].Value(1))
	same("losses on points held out", cell(21, "held loss bc1"), s.Curves(record.HeldLoss)[3].Value(1))
	if got := cell(2, "relative L2"); got != "" {
		t.Errorf("an error at iteration 5: %q", got)
	}
}

func TestWriteFields(t *testing.T) {
	for preset, fields := range map[string][]string{"helmholtz": {"u", "u exact"}, "poisson": {"u", "u exact"}} {
		_, s := exported(t, preset)
		var b bytes.Buffer
		if err := s.WriteFields(&b); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		d := len(s.Axes)
		if len(rows) != 1+s.Nodes() || !slices.Equal(rows[0][d:], fields) {
			t.Fatalf("%s: %d rows under %q", preset, len(rows), rows[0])
		}
		const k = 234
		x := s.Axes[0].Lo + (s.Axes[0].Hi-s.Axes[0].Lo)*float64(k%int(s.Axes[0].N))/float64(s.Axes[0].N-1)
		if got, _ := strconv.ParseFloat(rows[1+k][0], 64); math.Abs(got-x) > 1e-15 {
			t.Errorf("%s: node at %v, want %v", preset, got, x)
		}
		if got, _ := strconv.ParseFloat(rows[1+k][d], 32); float32(got) != s.Fields[0].Pred[k] {
			t.Errorf("%s: value %v, want %v", preset, got, s.Fields[0].Pred[k])
		}
	}
}

func TestNPY(t *testing.T) {
	for preset, want := range map[string][]int{"helmholtz": {2, 100, 100}, "poisson": {2, 1000}} {
		_, s := exported(t, preset)
		b, err := s.NPY("u")
		if err != nil {
			t.Fatal(err)
		}
		r, err := npyio.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		var values []float32
		if err := r.Read(&values); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Header.Descr.Shape, want) || r.Header.Descr.Fortran {
			t.Errorf("%s: %+v", preset, r.Header.Descr)
		}
		if !slices.Equal(values, slices.Concat(s.Fields[0].Pred, s.Fields[0].Exact)) {
			t.Errorf("%s: other values", preset)
		}
	}
	_, s := exported(t, "poisson")
	if _, err := s.NPY("w"); err == nil {
		t.Error("a field that there is not")
	}
}

func TestWeights(t *testing.T) {
	run, _ := exported(t, "helmholtz")
	b, err := run.Weights()
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Config    Config
		Iteration int
		Layers    []struct {
			Name   string
			Shape  []int
			Values []float32
		}
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	var theta []float32
	for _, l := range file.Layers {
		n := 1
		for _, k := range l.Shape {
			n *= k
		}
		if n != len(l.Values) {
			t.Errorf("%s: shape %v, %d values", l.Name, l.Shape, len(l.Values))
		}
		theta = append(theta, l.Values...)
	}
	if !slices.Equal(theta, run.engine.(*engine[float32]).theta) || file.Iteration != 111 || file.Config.Method != "M4" {
		t.Errorf("iteration %d of %s, %d parameters", file.Iteration, file.Config.Method, len(theta))
	}
}
