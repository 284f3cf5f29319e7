package pde_test

import (
	"slices"
	"testing"

	"pinnlab/core/expr"
	"pinnlab/core/pde"
)

func TestNames(t *testing.T) {
	want := []string{"helmholtz", "klein_gordon", "poisson", "cavity_streamfunction", "cavity_velocity"}
	if got := pde.Names(); !slices.Equal(got, want) {
		t.Errorf("Names() = %v, want %v", got, want)
	}
	if _, err := pde.Preset("helmhotz"); err == nil || err.Error() != `preset: unknown preset "helmhotz"; did you mean "helmholtz"?` {
		t.Errorf("Preset of a misspelt name: %v", err)
	}
}

// problem returns the preset name with params.
func problem(t testing.TB, name string, params map[string]float64) *pde.Problem {
	t.Helper()
	s, err := pde.Preset(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Problem(params)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

// TestPresetLayout pins the names and places that the presets promise: terms
// with their set and group, and the faces.
func TestPresetLayout(t *testing.T) {
	type term struct{ name, set, group string }
	type face struct {
		name  string
		axis  int // -1: the whole box
		value float64
	}
	tests := []struct {
		preset  string
		outputs []string
		groups  []string
		terms   []term
		faces   []face
	}{
		{"helmholtz", []string{"u"}, []string{"res", "bcs"},
			[]term{{"res", "res", "res"}, {"bc1", "bc1", "bcs"}, {"bc2", "bc2", "bcs"}, {"bc3", "bc3", "bcs"}, {"bc4", "bc4", "bcs"}},
			[]face{{"res", -1, 0}, {"bc1", 1, -1}, {"bc2", 0, 1}, {"bc3", 1, 1}, {"bc4", 0, -1}}},
		{"klein_gordon", []string{"u"}, []string{"res", "ics", "bcs"},
			[]term{{"res", "res", "res"}, {"ic_u", "ic", "ics"}, {"ic_ut", "ic", "ics"}, {"bc1", "bc1", "bcs"}, {"bc2", "bc2", "bcs"}},
			[]face{{"res", -1, 0}, {"ic", 0, 0}, {"bc1", 1, 0}, {"bc2", 1, 1}}},
		{"poisson", []string{"u"}, []string{"res", "bcs"},
			[]term{{"res", "res", "res"}, {"bc1", "bc1", "bcs"}, {"bc2", "bc2", "bcs"}},
			[]face{{"res", -1, 0}, {"bc1", 0, 0}, {"bc2", 0, 1}}},
		{"cavity_streamfunction", []string{"psi", "p"}, []string{"res", "bcs"},
			[]term{{"res_u", "res", "res"}, {"res_v", "res", "res"}, {"bc1", "bc1", "bcs"}, {"bc2", "bc2", "bcs"}, {"bc3", "bc3", "bcs"}, {"bc4", "bc4", "bcs"}},
			[]face{{"res", -1, 0}, {"bc1", 1, 1}, {"bc2", 0, 0}, {"bc3", 0, 1}, {"bc4", 1, 0}}},
		{"cavity_velocity", []string{"u", "v", "p"}, []string{"res", "bcs"},
			[]term{{"res_u", "res", "res"}, {"res_v", "res", "res"}, {"res_c", "res", "res"}, {"bc1", "bc1", "bcs"}, {"bc2", "bc2", "bcs"}, {"bc3", "bc3", "bcs"}, {"bc4", "bc4", "bcs"}},
			[]face{{"res", -1, 0}, {"bc1", 1, 1}, {"bc2", 0, 0}, {"bc3", 0, 1}, {"bc4", 1, 0}}},
	}
	for _, test := range tests {
		p := problem(t, test.preset, nil)
		if p.Name != test.preset || !slices.Equal(p.Outputs, test.outputs) || !slices.Equal(p.Groups, test.groups) {
			t.Errorf("%s: name %s, outputs %v, groups %v", test.preset, p.Name, p.Outputs, p.Groups)
		}
		var terms []term
		for _, r := range p.Terms {
			terms = append(terms, term{r.Name, p.Sets[r.Set].Name, p.Groups[r.Group]})
		}
		if !slices.Equal(terms, test.terms) {
			t.Errorf("%s: terms %v, want %v", test.preset, terms, test.terms)
		}
		var faces []face
		for _, s := range p.Sets {
			f := face{name: s.Name, axis: -1}
			for i, c := range p.Coords {
				if s.Lo[i] == s.Hi[i] {
					f.axis, f.value = i, s.Lo[i]
				} else if s.Lo[i] != c.Lo || s.Hi[i] != c.Hi {
					t.Errorf("%s: set %s is not a face", test.preset, s.Name)
				}
			}
			faces = append(faces, f)
		}
		if !slices.Equal(faces, test.faces) {
			t.Errorf("%s: faces %v, want %v", test.preset, faces, test.faces)
		}
	}
}

// TestPresetReads pins how little the programs ask of a network: a jet has a
// channel for every derivative.
func TestPresetReads(t *testing.T) {
	tests := []struct {
		preset, term string
		want         []string
	}{
		{"helmholtz", "res", []string{"u", "u_xx", "u_yy"}},
		{"helmholtz", "bc1", []string{"u"}},
		{"klein_gordon", "res", []string{"u", "u_tt", "u_xx"}},
		{"klein_gordon", "ic_ut", []string{"u_t"}},
		{"poisson", "res", []string{"u_xx"}},
		{"cavity_streamfunction", "res_u", []string{"psi_x", "psi_y", "psi_xy", "psi_yy", "psi_xxy", "psi_yyy", "p_x"}},
		{"cavity_streamfunction", "bc2", []string{"psi_x", "psi_y"}},
		{"cavity_velocity", "res_c", []string{"u_x", "v_y"}},
	}
	for _, test := range tests {
		p := problem(t, test.preset, nil)
		var got []string
		for _, in := range term(t, p, test.term).Residual.Inputs() {
			if in.Kind == expr.Deriv {
				got = append(got, inputName(p, in))
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %s reads %v, want %v", test.preset, test.term, got, test.want)
		}
	}
}

func term(t testing.TB, p *pde.Problem, name string) *pde.Term {
	t.Helper()
	for i := range p.Terms {
		if p.Terms[i].Name == name {
			return &p.Terms[i]
		}
	}
	t.Fatalf("%s: no term %s", p.Name, name)
	return nil
}

// inputName writes an input as formulas do: x, u, u_xxy.
func inputName(p *pde.Problem, in expr.Symbol) string {
	if in.Kind == expr.Coord {
		return p.Coords[in.Index].Name
	}
	suffix := ""
	for i, n := range in.Order {
		for range n {
			suffix += p.Coords[i].Name
		}
	}
	if suffix == "" {
		return p.Outputs[in.Index]
	}
	return p.Outputs[in.Index] + "_" + suffix
}

func TestPresetForcing(t *testing.T) {
	tests := []struct{ preset, want string }{
		{"helmholtz", "u_exact_xx + u_exact_yy + k^2*u_exact"},
		{"klein_gordon", "u_exact_tt + alpha*u_exact_xx + beta*u_exact + gamma*u_exact^k"},
		{"poisson", "u_exact_xx"},
	}
	for _, test := range tests {
		if got := problem(t, test.preset, nil).Terms[0].Forcing; got != test.want {
			t.Errorf("%s: f = %s, want %s", test.preset, got, test.want)
		}
	}
}

// TestPublished spot-checks the tables, corners and a middle.
func TestPublished(t *testing.T) {
	tests := []struct {
		preset       string
		params       map[string]float64
		model        string
		width, depth int
		relL2, std   float64 // 0: nothing published
	}{
		{"helmholtz", nil, "M1", 30, 3, 4.36e-1, 1.57e-1},
		{"helmholtz", nil, "M4", 100, 7, 2.10e-3, 3.23e-4},
		{"helmholtz", nil, "M3", 50, 5, 1.70e-2, 4.20e-3},
		{"helmholtz", map[string]float64{"k": 4}, "M1", 50, 5, 1.78, 0},
		{"helmholtz", map[string]float64{"k": 4}, "M1", 50, 3, 0, 0},
		{"helmholtz", map[string]float64{"a2": 1}, "M1", 50, 5, 0, 0},
		{"klein_gordon", nil, "M4", 50, 5, 2.81e-3, 0},
		{"poisson", nil, "M1", 50, 3, 3.82e-3, 0},
		{"poisson", map[string]float64{"C": 16}, "M1", 50, 3, 9.44, 0},
		{"poisson", nil, "M4", 50, 3, 0, 0},
		{"cavity_streamfunction", nil, "M4", 50, 3, 3.42e-2, 0},
		{"cavity_velocity", nil, "M2", 50, 3, 7.48e-1, 0},
	}
	for _, test := range tests {
		p := problem(t, test.preset, test.params)
		got, ok := p.PublishedFor(test.model, test.width, test.depth)
		if got.RelL2 != test.relL2 || got.Std != test.std || ok != (test.relL2 != 0) {
			t.Errorf("%s %v %s %dx%d: %v ± %v, want %v ± %v", test.preset, test.params, test.model, test.width, test.depth,
				got.RelL2, got.Std, test.relL2, test.std)
		}
	}
	counts := map[string]int{"helmholtz": 48, "klein_gordon": 4, "poisson": 5, "cavity_streamfunction": 4, "cavity_velocity": 4}
	for name, want := range counts {
		if got := len(problem(t, name, nil).Published); got != want {
			t.Errorf("%s: %d published errors, want %d", name, got, want)
		}
	}
}

func TestPresetViews(t *testing.T) {
	tests := []struct {
		preset    string
		views     []string
		errors    []int
		grid      []int
		reference string
	}{
		{"helmholtz", []string{"u"}, []int{0}, []int{100, 100}, ""},
		{"klein_gordon", []string{"u"}, []int{0}, []int{100, 100}, ""},
		{"poisson", []string{"u"}, []int{0}, []int{1000}, ""},
		{"cavity_streamfunction", []string{"speed", "u", "v", "psi", "p"}, []int{1, 2}, []int{100, 100}, "cavity"},
		{"cavity_velocity", []string{"speed", "u", "v", "psi", "p"}, []int{1, 2}, []int{100, 100}, "cavity"},
	}
	for _, test := range tests {
		p := problem(t, test.preset, nil)
		var views []string
		for _, v := range p.Views {
			views = append(views, v.Name)
			if (v.Exact == nil) != (test.reference != "") {
				t.Errorf("%s: view %s: Exact is nil: %v", test.preset, v.Name, v.Exact == nil)
			}
		}
		if !slices.Equal(views, test.views) || !slices.Equal(p.Errors, test.errors) || !slices.Equal(p.Grid, test.grid) ||
			p.Reference != test.reference {
			t.Errorf("%s: views %v, errors %v, grid %v, reference %q", test.preset, views, p.Errors, p.Grid, p.Reference)
		}
	}
}
