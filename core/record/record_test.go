package record

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/wire"
)

func TestSeries(t *testing.T) {
	s := NewSeries("pairs", 3, make([]Curve, 2))
	for step := range 3*seriesRows*4 + 10 {
		if s.Due(step) {
			s.Add([]float64{float64(step), -1})
		}
	}
	if s.Stride != 24 || len(s.Rows) > 2*seriesRows {
		t.Fatalf("stride %d, %d rows", s.Stride, len(s.Rows)/2)
	}
	for r := 0; 2*r < len(s.Rows); r++ {
		if want := float32(uint64(r) * s.Stride); s.Rows[2*r] != want || s.Rows[2*r+1] != -1 {
			t.Fatalf("row %d is %v, want step %v", r, s.Rows[2*r:2*r+2], want)
		}
	}
}

func TestHistogram(t *testing.T) {
	var h Histogram
	h.Reset()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		g := math.Exp(rng.NormFloat64() * 8)
		before := slices.Clone(h.Pos)
		h.Add(g)
		for i := range before {
			if h.Pos[i] == before[i] {
				continue
			}
			if last := i == HistBins-1; g < HistEdge(i) || !last && g >= HistEdge(i+1) {
				t.Fatalf("%v is in the bin from %v to %v", g, HistEdge(i), HistEdge(i+1))
			}
		}
	}
	h.Reset()
	for _, g := range []float64{0, 1e-300, -1, 1e300, math.Inf(-1), math.NaN()} {
		h.Add(g)
	}
	if h.Zero != 2 || h.Neg[-4*HistMin] != 1 || h.Pos[HistBins-1] != 1 || h.Neg[HistBins-1] != 1 {
		t.Errorf("edges are not counted where they belong: %d zeros", h.Zero)
	}
}

// distinct fills every field of a value, lists with two elements and what is
// within them too, with values that are all different.
func distinct(v reflect.Value, next *int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			distinct(v.Field(i), next)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			distinct(v.Index(i), next)
		}
	default:
		*next++
		switch n := *next; v.Kind() {
		case reflect.String:
			v.SetString(string(rune('a' + n)))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Float32, reflect.Float64:
			v.SetFloat(float64(n) + 0.5)
		default:
			v.SetUint(uint64(n % 256))
		}
	}
}

// TestOtherVersion: a Snapshot of another version is refused in words.
func TestOtherVersion(t *testing.T) {
	b, _ := new(Snapshot).AppendBinary(nil)
	b[0]--
	if err := new(Snapshot).UnmarshalBinary(b); err == nil || !strings.Contains(err.Error(), "of version 6; this program reads 7") {
		t.Errorf("refused with %v", err)
	}
	if _, err := OriginOf(b); err == nil {
		t.Error("its origin is read")
	}
}

// TestEveryFieldIsCoded holds the format of a Snapshot to its type: a field that
// the format forgets comes back empty.
func TestEveryFieldIsCoded(t *testing.T) {
	var s, again Snapshot
	n := 0
	distinct(reflect.ValueOf(&s).Elem(), &n)
	w := wire.Writer(nil)
	s.fields(w)
	c := wire.Reader(w.Bytes())
	again.fields(c)
	if err := c.End(); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(s, again) {
		t.Errorf("%+v\nbecame\n%+v", s, again)
	}
}
