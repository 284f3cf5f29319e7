//go:build !js

package main

import (
	"encoding/json"
	"slices"
	"testing"

	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/sampler"
	"pinnlab/core/train"
	"pinnlab/core/weigh"
)

// TestOfferHasAllParts registers a network, a weighting and a sampler: the
// offer of the one that is asked has them and their settings, in the parts
// and among the choices of the fields.
func TestOfferHasAllParts(t *testing.T) {
	network, _ := nn.Kinds.Find(nn.MLP)
	network.Info = method.Info{Name: "waves", Title: "Waves", Formula: "<mi>w</mi>", Words: "Waves are drawn.",
		Settings: []method.Setting{{Name: "crests", Title: "Crests", Words: "How many.", Kind: method.Whole, Lo: 3, Hi: 4, Usual: 3.0}}}
	t.Cleanup(nn.Kinds.Add(network))
	weighting, _ := weigh.Kinds.Find("ntk")
	weighting.Info = method.Info{Name: "even"}
	t.Cleanup(weigh.Kinds.Add(weighting))
	points, _ := sampler.Kinds.Find("pool")
	points.Info = method.Info{Name: "dice"}
	t.Cleanup(sampler.Kinds.Add(points))

	r, err := offer()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	type part struct {
		Name, Title, Formula, Words string
		Settings                    []method.Setting
	}
	var told struct {
		Fields                                     []train.Field
		Methods                                    []method.Method
		Networks, Weightings, Optimisers, Samplers []part
	}
	if err := json.Unmarshal(text, &told); err != nil {
		t.Fatal(err)
	}
	named := func(list []part, name string) bool {
		return slices.ContainsFunc(list, func(p part) bool { return p.Name == name })
	}
	if !named(told.Networks, "waves") || !named(told.Weightings, "even") || !named(told.Samplers, "dice") || !named(told.Optimisers, "adam") {
		t.Errorf("parts are missing: %s", text)
	}
	choices := map[string]string{"network": "waves", "weighting": "even", "rule": "even", "sampler": "dice", "method": "M4"}
	for _, f := range told.Fields {
		if f.Title == "" || f.Words == "" || f.Part == "" {
			t.Errorf("field %s says too little: %+v", f.Name, f)
		}
		if want, ok := choices[f.Name]; ok && !slices.Contains(f.Choices, want) {
			t.Errorf("%s: no %s among %v", f.Name, want, f.Choices)
		}
		delete(choices, f.Name)
		if f.Name == "crests" && (f.Part != "network" || !slices.Equal(f.Of, []string{"waves"}) || f.Lo != 3 || f.Usual != 3.0) {
			t.Errorf("%+v", f)
		}
	}
	if len(choices) > 0 || !slices.ContainsFunc(told.Fields, func(f train.Field) bool { return f.Name == "crests" }) {
		t.Errorf("fields are missing: %v", choices)
	}
	if len(told.Methods) < 5 || told.Methods[1].Network != "mlp" || told.Methods[1].Weighting != "" || told.Methods[4].Settings["width"] != 24.0 {
		t.Errorf("methods %+v", told.Methods)
	}
}
