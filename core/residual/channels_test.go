package residual

import (
	"slices"
	"testing"

	"pinnlab/core/jet"
	"pinnlab/core/pde"
)

// TestChannels says how many channels each preset's residual carries.
func TestChannels(t *testing.T) {
	tests := []struct {
		preset string
		params map[string]float64
		op     jet.Operator
		count  int
	}{
		{"helmholtz", nil, jet.Operator{1, 1}, 4},
		{"klein_gordon", nil, jet.Operator{1, -1}, 4},
		{"klein_gordon", map[string]float64{"alpha": 0}, jet.Operator{}, 3}, // no u_xx
		{"poisson", nil, jet.Operator{}, 3},
		{"cavity_velocity", nil, jet.Operator{1, 1}, 4},
		{"cavity_streamfunction", nil, jet.Operator{}, 10},
	}
	for _, tt := range tests {
		spec, err := pde.Preset(tt.preset)
		if err != nil {
			t.Fatal(err)
		}
		prob, err := spec.Problem(tt.params)
		if err != nil {
			t.Fatal(err)
		}
		set := channelsOf(false, programsOn(prob, 0, 0)...)
		if set.Op != tt.op || set.Len() != tt.count {
			t.Errorf("%s: operator %v and %d channels, want %v and %d", tt.preset, set.Op, set.Len(), tt.op, tt.count)
		}
	}
}

func TestCommonOperator(t *testing.T) {
	tests := []struct {
		name string
		rows []jet.Operator
		want jet.Operator
	}{
		{"none", nil, jet.Operator{}},
		{"one term", []jet.Operator{{2}}, jet.Operator{}},
		{"Laplacian, scaled", []jet.Operator{{-0.01, -0.01}, {0, 0}, {3, 3}}, jet.Operator{1, 1}},
		{"two operators", []jet.Operator{{1, 1}, {1, -1}}, jet.Operator{}},
		{"a part of it", []jet.Operator{{1, 1}, {0, 1}}, jet.Operator{}},
		{"part first", []jet.Operator{{0, 1}, {1, 1}}, jet.Operator{}},
	}
	for _, tt := range tests {
		if got, ok := commonOperator(tt.rows); got != tt.want || ok != slices.ContainsFunc(tt.want[:], func(c float64) bool { return c != 0 }) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, ok, tt.want)
		}
	}
}
