package pde_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"pinnlab/assets"
	"pinnlab/core/pde"
)

// The parts of a sound Spec on the unit square, to be broken one at a time.
const (
	fields     = `"fields": ["u"]`
	residuals  = `"residuals": [{"name": "res", "formula": "u_xx + u_yy"}]`
	conditions = `"conditions": [{"name": "left", "face": "x=0", "formula": "u"}]`
)

// brokenSpecs are Specs with all that is said about them, in order.
var brokenSpecs = []struct {
	name string
	text []byte
	want []string
}{
	{"empty", nil, []string{"line 1, column 1: the text is empty"}},
	{"cut off", []byte("{\"version\": 1,\n \"name\":"), []string{"line 2, column 9: the text ends too early: the } is missing for the { in line 1, column 1"}},
	{"not an object", []byte("[1]"), []string{"must be an object { }; found a list [ ]"}},
	{"two objects", []byte("{} {}"), []string{"line 1, column 4: there is more text after the end of the first value"}},
	{"nothing in it", []byte("{}"), []string{
		"version: must be 1, the only version there is", "name: is missing",
		"coords: needs at least 1", "fields: needs at least 1", "residuals: needs at least 1"}},
	{"unknown fields", []byte(`{"versio": 1, "conditions": [{}, {"name": "a", "formla": "u"}], "colour": {"a": [1, {}]}}`), []string{
		`unknown field "versio"; did you mean "version"?`,
		`conditions[1]: unknown field "formla"; did you mean "formula"?`,
		`unknown field "colour"; there are version, name, title, description, equation, sources, rank, coords, params, fields, derived, ` +
			`residuals, conditions, solution, reference, views, error, settings, published`}},
	{"wrong kinds", []byte(`{"version": "1", "name": 2, "coords": {}, "fields": [1], "solution": {"u": 3}, "params": [{"value": "x", "integer": 1}],
		"conditions": [{"formula": 1}, {"formula": ["u", 2]}], "settings": {"width": 1.5}, "published": [{"relL2": {"M1": 0.1}}]}`), []string{
		`version: must be a whole number; write 1 instead of "1"`, "name: must be text in quotes; found 2",
		"coords: must be a list [ ] of objects { }; found an object { }", "fields[0]: must be text in quotes; found 1",
		"solution.u: must be text in quotes; found 3", `params[0].value: must be a number; found "x"`, "params[0].integer: must be true or false; found 1",
		"conditions[0].formula: must be a formula in quotes or a list of them; found 1", "conditions[1].formula[1]: must be text in quotes; found 2",
		"settings.width: must be a whole number; found 1.5", "published[0].relL2.M1: must be a list [ ]; found 0.1"}},
	{"given twice", []byte(`{"name": "a", "name": "b"}`), []string{`line 1, column 15: "name" is given twice`}},
	{"a number too large", []byte(`{"coords": [{"name": "x", "lo": 0, "hi": 1e999}]}`), []string{"coords[0].hi: must be a number; 1e999 is too large"}},

	{"unknown name", specText(fields, residuals, `"conditions": [{"name": "a", "face": "x=0", "formula": "u"}, {"name": "b", "face": "x=1", "formula": "u"},
		{"name": "c", "face": "y=0", "formula": "u - w"}]`), []string{`conditions[2].formula: column 5: unknown name "w"; known are u, x, y, and a number of your own is a parameter`}},
	{"all formulas", specText(fields, `"residuals": [{"name": "r1", "formula": "u_xx +"}, {"name": "r2", "formula": "u_z"}]`,
		`"conditions": [{"name": "a", "face": "x=0", "formula": ["u", "sin u", "x"]}, {"name": "b", "face": "x=0", "formula": ["u", "1/0"]}]`,
		`"views": [{"name": "u"}, {"name": "w"}]`), []string{
		"residuals[0].formula: column 7: expected a number, a name or (, found the end",
		`residuals[1].formula: column 1: unknown name "u_z": "z" is not a coordinate (x, y)`,
		"conditions[0].formula[1]: column 1: sin needs its argument in brackets: sin(u)",
		"conditions[1].formula[1]: column 2: division by 0",
		`views[1].formula: column 1: unknown name "w"; known are u, x, y, and a number of your own is a parameter`}},
	{"no field in it", specText(fields, `"residuals": [{"name": "r", "formula": "x + 0*u"}]`, `"conditions": [{"name": "a", "face": "x=0", "formula": ["u", "1"]}]`), []string{
		"residuals[0].formula: does not depend on any field (u), so nothing can be learned from it", "conditions[0].formula[1]: does not depend on any field (u), so nothing can be learned from it"}},
	{"too high an order", specText(fields, `"derived": [{"name": "w", "formula": "u_xx"}]`, `"residuals": [{"name": "r", "formula": "w_yyy"}]`), []string{
		"residuals[0].formula: needs a derivative of u of order 5; 4 is the highest: give a lower one a field of its own"}},

	{"names", specText(`"fields": ["u", "x", "u", "sin", "2u", "p_exact", "f", "u_x"]`,
		`"params": [{"name": "u", "min": 0, "max": 1}, {"name": "k l", "min": 0, "max": 1}]`, residuals), []string{
		`fields[1]: "x" is already coords[0].name`, `fields[2]: "u" is already fields[0]`,
		"fields[5]: names that end in _exact are those of the solution", "fields[6]: f is the forcing; choose another name",
		`params[0].name: "u" is already fields[0]`,
		`fields[3]: "sin" is taken by the language`, `fields[4]: "2u" must be letters a-z, digits and _, beginning with a letter`,
		`fields[7]: "u_x" reads as a derivative of "u"`,
		`params[1].name: "k l" must be letters a-z, digits and _, beginning with a letter`}},
	{"coordinates", []byte(`{"version": 1, "name": "a", "coords": [{"name": "xx", "lo": 1, "hi": 1}], "fields": ["u"], "residuals": [{"name": "r", "formula": "u"}]}`), []string{
		"coords[0].hi: must be above lo; lo is 1 and hi 1", `coords[0].name: "xx" must be a single letter to be a coordinate`}},
	{"three coordinates", []byte(`{"version": 1, "name": "a", "coords": [{"name": "x", "hi": 1}, {"name": "y", "hi": 1}, {"name": "z", "hi": 1}], "fields": ["u"], "residuals": [{"name": "r", "formula": "u"}]}`), []string{
		"coords: has 3 entries; 2 is the most"}},
	{"derived in a circle", specText(fields, `"derived": [{"name": "a", "formula": "b_x"}, {"name": "b", "formula": "u + a"}]`, residuals), []string{
		"derived[0].formula: in the definition of a: column 1: defined in a circle: b, a, b",
		"derived[1].formula: in the definition of b: column 5: defined in a circle: a, b, a"}},

	{"a condition without formula", specText(fields, residuals, `"conditions": [{"name": "a", "face": "x=0"}]`), []string{
		"conditions[0].formula: needs 1 to 8 formulas"}},
	{"terms", specText(fields, `"residuals": [{"name": "res", "formula": "u_x"}, {"name": "total", "formula": "u_y"}, {"formula": "u"}]`,
		`"conditions": [{"name": "res", "face": "x=0", "formula": "u"}, {"name": "a", "set": "res", "group": "res", "face": "x=0", "formula": "u"},
		{"name": "b b", "set": "s", "group": "g!", "face": "x=0", "formula": "u"}, {"name": "c", "set": "s", "face": "x=1", "formula": "u"}]`), []string{
		`residuals[1].name: "total" is taken`, "residuals[2].name: is missing",
		`conditions[0].name: "res" is taken`, "conditions[0].set: res is the set of the residuals",
		"conditions[1].group: res is the group of the residuals", "conditions[1].set: res is the set of the residuals",
		"conditions[2].name: must be letters a-z, digits and _", "conditions[2].group: must be letters a-z, digits and _",
		`conditions[3].face: the set "s" lies on another face`}},
	{"faces", specText(fields, residuals, `"conditions": [{"name": "a", "formula": "u"}, {"name": "b", "face": "z=0", "formula": "u"},
		{"name": "c", "face": "y=0.5", "formula": "u"}, {"name": "d", "face": "y=top", "formula": "u"}, {"name": "e", "face": " y = 1.0 ", "formula": "u"}]`), []string{
		"conditions[0].face: is missing: a coordinate and an end of its interval, such as x=0 or x=1",
		`conditions[1].face: "z" is not a coordinate (x, y)`,
		"conditions[2].face: must be y=0 or y=1: 0.5 lies inside, and conditions stand at the ends", `conditions[3].face: must be y=0 or y=1; found "top"`}},

	{"forcing without source", specText(fields, `"residuals": [{"name": "r", "formula": "u_xx - f"}]`), []string{
		`residuals[0].formula: reads f, which needs a formula "f" beside it or a solution to follow from`}},
	{"forcing of no use", specText(fields, `"residuals": [{"name": "r", "formula": "u_xx", "f": "x"}]`), []string{
		"residuals[0].f: the residual does not read f"}},
	{"forcing not a term", specText(fields, `"solution": {"u": "x"}`, `"residuals": [{"name": "a", "formula": "u_xx - 2*f"}, {"name": "b", "formula": "u - f - f_x"}, {"name": "c", "formula": "f - u - f"}]`), []string{
		"residuals[0].formula: to follow from the solution, f must be one whole term, as in u_xx - f, and stand nowhere else",
		"residuals[1].formula: to follow from the solution, f must be one whole term, as in u_xx - f, and stand nowhere else",
		"residuals[2].formula: to follow from the solution, f must be one whole term, as in u_xx - f, and stand nowhere else"}},
	{"forcing with a field", specText(fields, `"residuals": [{"name": "r", "formula": "u_xx - f", "f": "u"}, {"name": "s", "formula": "u_xx - f", "f": "sin("}]`), []string{
		"residuals[0].f: may read coordinates, parameters and the solution, but no field",
		"residuals[1].f: column 5: expected a number, a name or (, found the end"}},
	{"unknown name beside a forcing", specText(fields, `"solution": {"u": "x"}`, `"residuals": [{"name": "r", "formula": "u_xx - f + w"}]`), []string{
		`residuals[0].formula: column 12: unknown name "w"; known are u, x, y, f, u_exact, and a number of your own is a parameter`}},
	{"no solution to read", specText(fields, residuals, `"conditions": [{"name": "a", "face": "x=0", "formula": "u - u_exact"}]`), []string{
		`conditions[0].formula: column 5: unknown name "u_exact" (there is no solution)`}},
	{"solution", specText(`"fields": ["u", "p"]`, `"solution": {"u": "x + z", "q": "1"}`, residuals), []string{
		`solution.q: "q" is not a field (u, p)`, `solution.u: column 5: unknown name "z"; known are x, y, and a number of your own is a parameter`, `solution: lacks the field "p"`}},
	{"solution and reference", specText(fields, `"solution": {"u": "x"}`, `"reference": "cavity"`, residuals), []string{
		"reference: a problem has a solution or a reference, not both"}},

	{"parameters", specText(fields, residuals, `"params": [{"name": "a", "value": 2, "min": 0, "max": 1}, {"name": "b", "value": 0, "min": 1, "max": 1},
		{"name": "c", "value": 0.5, "min": 0, "max": 1, "integer": true, "step": 2}]`), []string{
		"params[0].value: must be from 0 to 1; found 2", "params[1].max: must be above min, for the slider; min is 1 and max 1",
		"params[2].value: must be a whole number; found 0.5", "params[2].step: must be above 0 and within the range; found 2"}},
	{"views and errors", specText(fields, residuals, `"views": [{"name": "u"}, {"name": "u"}, {"formula": "u"}]`, `"error": {"views": ["u"], "nodes": [1, 100]}`), []string{
		`views[1].name: "u" is taken`, "views[2].name: is missing",
		"error.views[0]: the problem has neither solution nor reference",
		"error.nodes: must be at least 2 per coordinate and at most 65536 in all"}},
	{"integrals", specText(fields, residuals, `"views": [{"name": "a", "integral": "u + w", "along": "y"}, {"name": "b", "integral": "u"},
		{"name": "c", "integral": "u", "along": "z"}, {"name": "d", "formula": "u", "integral": "u", "along": "x"},
		{"name": "e", "formula": "u", "along": "x"}, {"name": "g", "integral": "u_x +", "along": "x"}]`, `"error": {"nodes": [3, 4]}`), []string{
		`views[0].integral: column 5: unknown name "w"; known are u, x, y, and a number of your own is a parameter`, "views[1].along: is missing: an integral is along a coordinate (x, y)",
		`views[2].along: "z" is not a coordinate (x, y)`, "views[3].integral: a view has a formula or an integral, not both",
		"views[4].along: belongs to an integral, and the view has none",
		"views[5].integral: column 6: expected a number, a name or (, found the end"}},
	{"a grid too coarse for an integral", specText(fields, residuals, `"error": {"nodes": [3, 4]}`,
		`"views": [{"name": "u"}, {"name": "a", "integral": "u", "along": "x"}, {"name": "b", "integral": "u", "along": "y"}]`), []string{
		`error.nodes: must be at least 4 along x for the integral "a"`}},
	{"an integral in the error", specText(fields, residuals, `"solution": {"u": "x"}`, `"views": [{"name": "a", "integral": "u", "along": "y"}]`,
		`"error": {"views": ["a"]}`), []string{`error.views[0]: "a" is an integral, which does not count in the error`}},
	{"errors", specText(fields, residuals, `"solution": {"u": "x"}`, `"error": {"views": ["u", "w", "u"], "nodes": [9]}`), []string{
		`error.views[1]: "w" is not a view`, `error.views[2]: "u" is given twice`,
		"error.nodes: must be one number per coordinate"}},
	{"a grid too large", specText(fields, residuals, `"error": {"nodes": [2147483647, 2147483647]}`), []string{
		"error.nodes: must be at least 2 per coordinate and at most 65536 in all"}},
	{"settings", specText(fields, residuals, `"settings": {"width": 1000, "depth": -1, "alpha": 2, "rule": "best", "codeRule": "x", "learningRate": -1}`), []string{
		"settings.width: must be a whole number from 1 to 256; found 1000", "settings.depth: must be a whole number from 1 to 10; found -1",
		"settings.learningRate: must be above 0 and at most 1; found -1", `settings.rule: must be one of siam, arxiv, code, none, constant, gradnorm, ntk; found "best"`,
		"settings.alpha: must be above 0 and at most 1; found 2", `settings.codeRule: must be one of global, per-layer; found "x"`}},
	{"published", specText(fields, residuals, `"params": [{"name": "Re", "value": 1, "min": 0, "max": 1}]`,
		`"published": [{"source": "a", "width": 0, "depth": 1, "params": {"re": 1}, "relL2": {"M5": [1]}}, {"width": 1, "depth": 1, "relL2": {"M1": []}}]`), []string{
		"published[0]: width and depth must be at least 1", `published[0].params: unknown parameter "re"; did you mean "Re"?`,
		`published[0].relL2: must be one of M1, M2, M3, M4; found "M5"`, "published[1].relL2.M1: must be [error] or [error, standard deviation]"}},
	{"prose", specText(fields, residuals, `"equation": "`+strings.Repeat("∂", 201)+`"`, `"description": "`+strings.Repeat("a", 2001)+`"`), []string{
		"equation: has 201 characters; 200 is the most", "description: has 2001 characters; 2000 is the most"}},
	{"too long", make([]byte, 1<<17), []string{"the text is longer than 65536 bytes"}},
}

func TestBrokenSpecs(t *testing.T) {
	for _, test := range brokenSpecs {
		_, err := pde.Parse(test.text)
		if err == nil {
			t.Errorf("%s: accepted", test.name)
			continue
		}
		if got, want := err.Error(), strings.Join(test.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, want)
		}
		if _, ok := err.(pde.Errors); !ok {
			t.Errorf("%s: the error is a %T, want Errors", test.name, err)
		}
	}
}

func TestProblemParams(t *testing.T) {
	tests := []struct {
		preset string
		params map[string]float64
		want   string
	}{
		{"helmholtz", map[string]float64{"a1": 2, "k": 20}, ""},
		{"helmholtz", map[string]float64{"a1": 11}, "params.a1: must be from 0.25 to 10; found 11"},
		{"helmholtz", map[string]float64{"a3": 1, "kk": 2}, "params.a3: unknown parameter; the problem has a1, a2, k\nparams.kk: unknown parameter; the problem has a1, a2, k"},
		{"helmholtz", map[string]float64{"a1": math.NaN(), "a2": math.Inf(1)},
			"params.a1: is not a number\nparams.a2: must be from 0.25 to 10; found +Inf"},
		{"klein_gordon", map[string]float64{"k": 2.5}, "params.k: must be a whole number; found 2.5"},
	}
	for _, test := range tests {
		s, err := pde.Preset(test.preset)
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Problem(test.params)
		if test.want == "" {
			if err != nil || p.Params["a1"] != 2 || p.Params["a2"] != 4 || p.Params["k"] != 20 {
				t.Errorf("%s %v: params %v, error %v", test.preset, test.params, p.Params, err)
			}
		} else if err == nil || err.Error() != test.want {
			t.Errorf("%s %v: got\n%v\nwant\n%s", test.preset, test.params, err, test.want)
		}
	}
}

// TestDefaults shows the smallest Spec and what it becomes.
func TestDefaults(t *testing.T) {
	p, err := specWith(t, fields, residuals, conditions).Problem(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := pde.Settings{Width: 50, Depth: 3, Batch: 128, Iterations: 40000, LearningRate: 1e-3, Decay: 0.9, DecaySteps: 1000,
		Rule: "siam", Alpha: 0.1, Period: 10, CodeRule: "global"}
	if p.Settings != want {
		t.Errorf("settings %+v, want %+v", p.Settings, want)
	}
	if p.Terms[1].Group != 1 || p.Groups[1] != "bcs" || p.Sets[1].Name != "left" {
		t.Errorf("groups %v, sets %v", p.Groups, p.Sets)
	}
	if len(p.Views) != 1 || p.Views[0].Name != "u" || p.Views[0].Exact != nil || len(p.Errors) != 0 {
		t.Errorf("views %v, errors %v", p.Views, p.Errors)
	}
}

// TestSpecRoundTrip writes every preset as JSON and reads it again.
func TestSpecRoundTrip(t *testing.T) {
	for _, name := range append(pde.Names(), "cavity_streamfunction", "cavity_velocity") {
		s, err := pde.Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := pde.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !reflect.DeepEqual(s, again) {
			t.Errorf("%s: changed by writing and reading:\n%+v\n%+v", name, s, again)
		}
	}
}

// FuzzParse checks that any text is a Spec that can be written and read
// again, or is refused in words.
func FuzzParse(f *testing.F) {
	for _, test := range brokenSpecs {
		if len(test.text) < 1<<12 {
			f.Add(test.text)
		}
	}
	for _, name := range []string{"helmholtz", "klein_gordon", "poisson", "cavity_streamfunction", "cavity_velocity"} {
		text, err := assets.Presets.ReadFile("presets/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := pde.Parse(text)
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a word")
			}
			return
		}
		written, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pde.Parse(written); err != nil && len(written) <= len(text) {
			t.Errorf("%s\nreads, but written again does not: %v", text, err)
		}
	})
}

// TestManyErrors checks that a Spec full of formulas that take long to refuse
// is given up in time: after some errors the rest is not compiled.
func TestManyErrors(t *testing.T) {
	huge := `{"name": "a", "face": "x=0", "formula": ["b_xxxxyyyy"` + strings.Repeat(`, "b_xxxxyyyy"`, 7) + `]}`
	_, err := pde.Parse(specText(fields, residuals,
		`"derived": [{"name": "a", "formula": "sin(u)^u/tanh(x*u)^exp(y + u)"}, {"name": "b", "formula": "a^a*tan(a)/log(a)*sqrt(u*cos(u))"}]`,
		`"conditions": [`+huge+strings.Repeat(", "+huge, 31)+`]`))
	var compiled int
	for _, e := range err.(pde.Errors) {
		if strings.HasSuffix(e.Path, "]") {
			compiled++
		}
	}
	if compiled < 8 || compiled > 32 {
		t.Errorf("%d formulas were compiled", compiled)
	}
}
