package pde

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
)

// texts lists what a sheet says, in plain text.
func texts(s *Sheet) (list []string) {
	for _, sec := range s.Sections {
		list = append(list, "# "+sec.Title)
		for _, l := range sec.Lines {
			list = append(list, strings.TrimSpace(l.Label+" "+l.Text))
		}
	}
	return list
}

func sheetOf(t *testing.T, s *Spec, params map[string]float64) *Sheet {
	t.Helper()
	sheet, err := s.Sheet(params, 128)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func TestSheetOfHelmholtz(t *testing.T) {
	spec, err := Preset("helmholtz")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"# The network computes", "u(x, y)", "(x, y) in [-1, 1] x [-1, 1]",
		"# In the domain", "res u_xx + u_yy + k^2*u = f", "f = u_exact_xx + u_exact_yy + k^2*u_exact",
		"# On its faces", "bc1 u = u_exact at y = -1", "bc2 u = u_exact at x = 1", "bc3 u = u_exact at y = 1", "bc4 u = u_exact at x = -1",
		"# Parameters", "a1 = 1", "a2 = 2.5", "k = 1",
		"# Solution", "u_exact = sin(a1*pi*x)*sin(a2*pi*y)",
		"# Loss", "L = L_res + lambda_bcs*(L_bc1 + L_bc2 + L_bc3 + L_bc4)", "",
		"# Error", "|u - u_exact| / |u_exact|",
	}
	sheet := sheetOf(t, spec, map[string]float64{"a2": 2.5})
	if got := texts(sheet); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	const headline = `<math alttext="u_xx + u_yy + k^2*u = f"><mrow><msub><mi>u</mi><mrow><mi>x</mi><mi>x</mi></mrow></msub><mo>+</mo>` +
		`<msub><mi>u</mi><mrow><mi>y</mi><mi>y</mi></mrow></msub><mo>+</mo><msup><mi>k</mi><mrow><mn>2</mn></mrow></msup>` +
		"<mo rspace=\"0.17em\">\u2062</mo>" + `<mi>u</mi></mrow><mo>=</mo><mrow><mi>f</mi></mrow></math>`
	if got := sheet.Equations[0].MathML; got != headline {
		t.Errorf("headline\n%s, want\n%s", got, headline)
	}
}

func TestSymbols(t *testing.T) {
	spec, err := Preset("klein_gordon")
	if err != nil {
		t.Fatal(err)
	}
	symbols := spec.Symbols()
	if got, want := symbols["alpha"], `<math alttext="alpha"><mi>α</mi></math>`; got != want || len(symbols) != len(spec.Params) {
		t.Errorf("alpha is %s of %d, want %s", got, len(symbols), want)
	}
}

// TestSheetOfEveryPreset wants all terms, parameters and fields on the sheet,
// in well-formed MathML Core.
func TestSheetOfEveryPreset(t *testing.T) {
	core := strings.Fields("math mrow mi mn mo mtext mspace msub msup msubsup mfrac msqrt")
	for _, name := range Names() {
		spec, _ := Preset(name)
		all := strings.Join(texts(sheetOf(t, spec, nil)), "\n") + "\n"
		for _, r := range spec.Residuals {
			if !strings.Contains(all, r.Name+" ") || strings.Count(all, "L_"+r.Name) != 1 {
				t.Errorf("%s: no %s in\n%s", name, r.Name, all)
			}
		}
		for _, c := range spec.Conditions {
			if !strings.Contains(all, "\n"+c.Name+" ") || !strings.Contains(all, " at "+strings.ReplaceAll(c.Face, "=", " = ")) {
				t.Errorf("%s: no %s in\n%s", name, c.Name, all)
			}
		}
		for _, sec := range sheetOf(t, spec, nil).Sections {
			for _, l := range sec.Lines {
				for d := xml.NewDecoder(strings.NewReader(l.MathML)); ; {
					tok, err := d.Token()
					if err == io.EOF {
						break
					}
					if err != nil {
						t.Fatalf("%s: %s: %v", name, l.MathML, err)
					}
					if e, ok := tok.(xml.StartElement); ok && !slices.Contains(core, e.Name.Local) {
						t.Errorf("%s: <%s> is not used elsewhere", name, e.Name.Local)
					}
				}
			}
		}
	}
}

// TestSheetSaysWhatIsUnknown: own forcing, no solution, several groups.
func TestSheetSaysWhatIsUnknown(t *testing.T) {
	s, err := Parse([]byte(`{"version": 1, "name": "own", "coords": [{"name": "x", "lo": 0, "hi": 6.283185307179586}],
		"fields": ["u"], "residuals": [{"name": "res", "formula": "u_xx - f", "f": "2*x"}],
		"conditions": [{"name": "a", "face": "x=0", "formula": "u - 1"}, {"name": "b", "group": "ends", "face": "x=6.283185307179586", "formula": ["u", "u_x"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	sheet := sheetOf(t, s, nil)
	all := strings.Join(texts(sheet), "\n")
	for _, want := range []string{"x in [0, 6.283185307179586]", "res u_xx = f\nf = 2*x", "a u = 1 at x = 0", "b u = 0, u_x = 0 at x = 6.283185307179586",
		"L = L_res + lambda_bcs*L_a + lambda_ends*L_b"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if last := sheet.Sections[len(sheet.Sections)-1]; last.Title != "Loss" {
		t.Errorf("an error section without a solution: %+v", last)
	}
}
