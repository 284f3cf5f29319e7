package pde

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"pinnlab/assets"
)

// presets reads all embedded Specs, by rank and name.
var presets = sync.OnceValue(func() []*Spec {
	files, err := fs.Glob(assets.Presets, "presets/*.json")
	if err != nil {
		panic("pde: presets: " + err.Error())
	}
	var specs []*Spec
	for _, file := range files {
		text, err := fs.ReadFile(assets.Presets, file)
		if err != nil {
			panic("pde: presets: " + err.Error())
		}
		s, err := Parse(text)
		if err != nil {
			panic(fmt.Sprintf("pde: presets: %s: %v", file, err))
		}
		if s.Name+".json" != path.Base(file) {
			panic(fmt.Sprintf("pde: presets: %s: is named %s", file, s.Name))
		}
		specs = append(specs, s)
	}
	slices.SortFunc(specs, func(a, b *Spec) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.Name, b.Name))
	})
	return specs
})

// Names lists the presets by rank.
func Names() []string {
	var names []string
	for _, s := range presets() {
		names = append(names, s.Name)
	}
	return names
}

// Preset returns the preset name. The caller must not change it.
func Preset(name string) (*Spec, error) {
	for _, s := range presets() {
		if s.Name == name {
			return s, nil
		}
	}
	return nil, Errors{{"preset", fmt.Sprintf("unknown preset %q%s", name, suggest(name, Names()))}}
}
