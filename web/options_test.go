//go:build !js

package web

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pinnlab/core/diag"
	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/train"
)

// An element of the page that has an id.
type element struct {
	attributes map[string]string
	options    []string // of a select: their values
}

// elements reads a page's.
func elements(t *testing.T, file string) map[string]*element {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := xml.NewDecoder(f)
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	all := map[string]*element{}
	var choice *element // the select that is open
	unnamed := false    // an option's text is its value
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{attributes: map[string]string{}}
			for _, a := range token.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			if id := e.attributes["id"]; id != "" {
				all[id] = e
			}
			switch value, named := e.attributes["value"]; {
			case token.Name.Local == "select":
				choice = e
			case token.Name.Local == "option" && named:
				choice.options = append(choice.options, value)
			case token.Name.Local == "option":
				unnamed = true
			}
		case xml.CharData:
			if unnamed {
				choice.options = append(choice.options, string(token))
			}
			unnamed = false
		}
	}
}

// TestOptionsAreTheEngines: what the page's own text offers is what the engine
// knows, in its order. The rest the page gets from the engine as it starts.
func TestOptionsAreTheEngines(t *testing.T) {
	page := elements(t, "index.html")
	for id, want := range map[string][]string{
		"precision": {train.Float32, train.Float64},
		"gated":     {string(nn.Modified), string(nn.Modified2020)},
	} {
		if e := page[id]; e == nil || !slices.Equal(e.options, want) {
			t.Errorf("%s offers %v, the engine knows %v", id, e, want)
		}
	}
	for _, name := range page["view-subset"].options {
		if !slices.Contains(diag.Subsets(), diag.Subset(name)) {
			t.Errorf("view-subset offers %q, the engine knows %v", name, diag.Subsets())
		}
	}
	for _, id := range []string{"preset", "rule"} {
		if e := page[id]; e == nil || len(e.options) > 0 {
			t.Errorf("%s has options of its own: %v", id, e)
		}
	}
	var models []string
	for id := range page {
		if name, ok := strings.CutPrefix(id, "model-"); ok {
			models = append(models, name)
		}
	}
	if want := slices.Sorted(slices.Values(method.Names())); !slices.Equal(slices.Sorted(slices.Values(models)), want) {
		t.Errorf("the models are %v, the engine's %v", models, want)
	}
}

// TestSlidersAreTheEngines: the engine takes both ends of what a slider goes over.
func TestSlidersAreTheEngines(t *testing.T) {
	page := elements(t, "index.html")
	for id, config := range map[string]string{"lr": `{"learningRate": 1e%s}`, "alpha": `{"alpha": %s}`} {
		for _, end := range []string{page[id].attributes["min"], page[id].attributes["max"]} {
			if _, err := strconv.ParseFloat(end, 64); err != nil {
				t.Errorf("%s ends at %q", id, end)
			}
			raw := fmt.Sprintf(config, end)
			if _, problems := train.Resolve(json.RawMessage(raw)); len(problems) > 0 {
				t.Errorf("%s: %v", raw, problems[0])
			}
		}
	}
}
