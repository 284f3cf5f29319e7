package main

import (
	"bytes"
	"strings"
	"testing"

	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/sampler"
	"pinnlab/core/weigh"
)

// TestRegisteredParts registers a network, a weighting and a sampler and finds
// them in the help, among the flags, in the list of methods and in a table: the
// command line knows of a part what the part says of itself.
func TestRegisteredParts(t *testing.T) {
	network, _ := nn.Kinds.Find("fourier")
	network.Info = method.Info{Name: "waves", Short: "waves", Title: "Waves", Words: "Waves are drawn.", Source: "A. Wave, 2024.",
		Settings: []method.Setting{
			{Name: "fourierScale", Words: "The scale.", Kind: method.Number, Lo: 1, Hi: 2, Usual: 1.0},
			{Name: "crests", Words: "How many crests.", Kind: method.Whole, Lo: 3, Hi: 4, Usual: 3.0},
		}}
	t.Cleanup(nn.Kinds.Add(network))
	weighting, _ := weigh.Kinds.Find("ntk")
	weighting.Info, weighting.Period = method.Info{Name: "even", Short: "even", Words: "All are even."}, 1
	t.Cleanup(weigh.Kinds.Add(weighting))
	points, _ := sampler.Kinds.Find("uniform")
	points.Info = method.Info{Name: "dice", Short: "dice", Words: "Dice are thrown."}
	t.Cleanup(sampler.Kinds.Add(points))

	var help, list, trained, said bytes.Buffer
	trainCommand([]string{"-h"}, &help, &help)
	methodsCommand(nil, &list, &said)
	small := "-preset helmholtz -width 6 -batch 6 -depth 1 -iters 2 "
	if code := trainCommand(strings.Fields(small+"-method M1 -network waves -crests 4 -weighting even -sampler dice"), &trained, &said); code != 0 {
		t.Fatalf("exit code %d: %s", code, &said)
	}
	for _, tt := range []struct {
		where string
		text  *bytes.Buffer
		want  []string
	}{
		{"the help", &help, []string{"-crests", "How many crests. Of network waves. A number from 3 to 4. Default 3.", "waves.", "even.", "dice."}},
		{"the list", &list, []string{"## waves: Waves", "Waves are drawn.", "A. Wave, 2024.", "-crests: How many crests. Default 3.", "All are even.", "Dice are thrown."}},
		{"what train prints", &trained, []string{"M1 · waves · even · dice"}},
	} {
		for _, want := range tt.want {
			if !strings.Contains(tt.text.String(), want) {
				t.Errorf("%s: no %q in\n%s", tt.where, want, tt.text)
			}
		}
	}
	if code := trainCommand(strings.Fields(small+"-network waves -crests 5"), &trained, &said); code != 2 || !strings.Contains(said.String(), "crests: 5 must be from 3 to 4") {
		t.Errorf("exit code %d: %s", code, &said)
	}

	file := t.TempDir() + "/t.jsonl"
	args := "-preset helmholtz -arch 6x1 -batch 6 -iters 2 -methods M1,M2 -networks mlp,waves -crests 4 -weightings ,even -j 1 -out " + file
	var table bytes.Buffer
	said.Reset()
	if code := tableCommand(strings.Fields(args), &table, &said); code != 0 {
		t.Fatalf("exit code %d: %s", code, &said)
	}
	for _, column := range []string{"| M1 |", "| M1 · waves, crests 4 |", "| M1 · even |", "| M2 · waves · even, crests 4 |"} {
		if !strings.Contains(table.String(), column) {
			t.Errorf("no column %s in\n%s", column, &table)
		}
	}
}

// TestMethods holds the list to every part having words and a source.
func TestMethods(t *testing.T) {
	for _, infos := range [][]method.Info{nn.Kinds.Infos(), weigh.Kinds.Infos(), sampler.Kinds.Infos()} {
		for _, i := range infos {
			if i.Short == "" || i.Title == "" || i.Words == "" || i.Source == "" && i.Name != "none" {
				t.Errorf("%s says too little: %+v", i.Name, i)
			}
			for _, s := range i.Settings {
				if s.Title == "" || s.Words == "" || s.Fault(s.Usual) != "" {
					t.Errorf("%s of %s: %+v", s.Name, i.Name, s)
				}
			}
		}
	}
}
