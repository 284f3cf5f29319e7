package expr

import (
	"slices"
	"testing"
)

func TestCoefficients(t *testing.T) {
	tests := []struct {
		name     string
		formulas []string
		want     []float64 // of u_xx; nil where it is not linear with constants
	}{
		{"Helmholtz", []string{"u_xx + u_yy + 9*u - sin(x)"}, []float64{1}},
		{"scaled and subtracted", []string{"y - (2*u_xx - u)/4"}, []float64{-0.5}},
		{"two outputs", []string{"u*u_x - u_xx/100", "u_y"}, []float64{-0.01, 0}},
		{"negated", []string{"-(3 - u_xx)"}, []float64{1}},
		{"cancelled", []string{"u_xx + u_yy - 2*u_xx"}, []float64{-1}},
		{"coefficient varies", []string{"x*u_xx"}, nil},
		{"coefficient is a field", []string{"u*u_xx + u_yy"}, nil},
		{"squared", []string{"u_xx^2"}, nil},
		{"in a function", []string{"exp(u_xx)"}, nil},
		{"in one output only", []string{"u_xx", "u_xx*u"}, nil},
		{"divides", []string{"1/u_xx"}, nil},
	}
	for _, tt := range tests {
		s := Scope{Coords: []string{"x", "y"}, Fields: []string{"u"}}
		var formulas []*Formula
		for _, text := range tt.formulas {
			f, err := Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			formulas = append(formulas, f)
		}
		p, err := s.Compile(formulas...)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(p.Inputs(), func(s Symbol) bool { return s.Kind == Deriv && slices.Equal(s.Order, []int{2, 0}) })
		got, ok := p.Coefficients(i)
		if ok != (tt.want != nil) || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, ok, tt.want)
		}
	}
}
