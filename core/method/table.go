package method

import "slices"

// Parts names the four parts of a method. Where one is empty it is open: the
// network is then the one that the setting gated names, the weighting the one
// that rule names.
type Parts struct {
	Network   string `json:"network"`
	Weighting string `json:"weighting"`
	Optimiser string `json:"optimiser"`
	Sampler   string `json:"sampler"`
}

// A Method is a named one.
type Method struct {
	Name  string `json:"name"`
	Words string `json:"words"`
	Parts
	// Settings are those that the method is meant with, by name, float64 or string:
	// they stand instead of the problem's, unless they are given too.
	Settings map[string]any `json:"settings,omitempty"`
}

// table lists the named methods. The first are those of Wang, Teng and
// Perdikaris, SIAM J. Sci. Comput. 43(5), 2021.
var table = []Method{
	{Name: "M1", Words: "plain", Parts: Parts{"mlp", "none", "adam", "uniform"}},
	{Name: "M2", Words: "annealing", Parts: Parts{"mlp", "", "adam", "uniform"}},
	{Name: "M3", Words: "modified network", Parts: Parts{"", "none", "adam", "uniform"}},
	{Name: "M4", Words: "annealing and modified network", Parts: Parts{"", "", "adam", "uniform"}},
	{Name: "GN", Words: "Gauss-Newton on a small network", Parts: Parts{"mlp", "constant", "gauss-newton", "by-residual"},
		Settings: map[string]any{"width": 24.0, "depth": 3.0, "precision": "float64", "batch": 1200.0, "perSide": 100.0}},
}

// paper is how many of them are the paper's.
const paper = 4

// Paper lists the names of the paper's methods.
func Paper() []string { return Names()[:paper] }

// Table lists the named methods, the plainest first.
func Table() []Method { return slices.Clone(table) }

// Names lists their names.
func Names() (names []string) {
	for _, m := range table {
		names = append(names, m.Name)
	}
	return names
}

// Find returns the method of a name.
func Find(name string) (m Method, ok bool) {
	i := slices.IndexFunc(table, func(m Method) bool { return m.Name == name })
	if i < 0 {
		return m, false
	}
	return table[i], true
}
