package method

import (
	"math"
	"slices"
	"testing"
)

func TestFault(t *testing.T) {
	number := Setting{Kind: Number, Lo: 0, Hi: 1e9}
	above := Setting{Kind: Number, Lo: 0, Hi: 1, Above: true}
	whole := Setting{Kind: Whole, Lo: 1, Hi: 1000000}
	said := Setting{Kind: Whole, Lo: 1, Hi: 2, Range: "must be small"}
	word := Setting{Kind: Word, Choices: []string{"a", "b"}}
	for _, tt := range []struct {
		s    Setting
		v    any
		want string
	}{
		{number, 0.0, ""}, {number, 1e9, ""}, {number, -1.0, "must be from 0 to 1e9"}, {number, math.NaN(), "must be from 0 to 1e9"},
		{above, 1.0, ""}, {above, 0.0, "must be above 0 and at most 1"},
		{whole, 7.0, ""}, {whole, 7.5, "must be from 1 to 1000000"}, {whole, 0.0, "must be from 1 to 1000000"},
		{said, 3.0, "must be small"},
		{word, "b", ""}, {word, "c", "must be one of a, b"}, {word, "", "must be one of a, b"},
	} {
		if got := tt.s.Fault(tt.v); got != tt.want {
			t.Errorf("%v for %+v: %q, want %q", tt.v, tt.s, got, tt.want)
		}
	}
}

func TestRegistry(t *testing.T) {
	var r Registry[Info]
	r.Add(Info{Name: "first"})
	undo := r.Add(Info{Name: "second", Title: "2"})
	if p, ok := r.Find("second"); !ok || p.Title != "2" || !slices.Equal(r.Names(), []string{"first", "second"}) {
		t.Errorf("%+v, %v", p, r.Names())
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a name is taken twice")
			}
		}()
		r.Add(Info{Name: "first"})
	}()
	undo()
	if _, ok := r.Find("second"); ok || len(r.All()) != 1 || len(r.Infos()) != 1 {
		t.Errorf("%v after taking one back", r.Names())
	}
	r.Add(Info{Name: "of 2021", Paper: true})
	r.Add(Info{Name: "later"})
	r.Add(Info{Name: "of 2020", Paper: true})
	if want := []string{"of 2021", "of 2020", "first", "later"}; !slices.Equal(r.Names(), want) {
		t.Errorf("%v, want %v", r.Names(), want)
	}
}

// TestTable: no method is another under a second name. The paper's four are each
// pair of network and weighting, open or the plain one, and nothing else differs.
func TestTable(t *testing.T) {
	seen := map[Parts]bool{}
	for _, m := range Table() {
		if found, ok := Find(m.Name); !ok || found.Name != m.Name || m.Words == "" || seen[m.Parts] {
			t.Errorf("%+v", m)
		}
		seen[m.Parts] = true
		m.Network, m.Weighting = "", ""
		if ours := m.Parts != (Parts{Optimiser: "adam", Sampler: "uniform"}); ours == slices.Contains(Paper(), m.Name) {
			t.Errorf("%+v", m)
		}
	}
	if _, ok := Find("M9"); ok || len(Paper()) != 4 {
		t.Errorf("the paper's methods are %v", Paper())
	}
}
