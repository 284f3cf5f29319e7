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
}

// Table lists the named methods: those of Wang, Teng and Perdikaris, SIAM J.
// Sci. Comput. 43(5), 2021.
var table = []Method{
	{"M1", "plain", Parts{"mlp", "none", "adam", "uniform"}},
	{"M2", "annealing", Parts{"mlp", "", "adam", "uniform"}},
	{"M3", "modified network", Parts{"", "none", "adam", "uniform"}},
	{"M4", "annealing and modified network", Parts{"", "", "adam", "uniform"}},
}

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
