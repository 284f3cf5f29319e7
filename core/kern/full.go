package kern

// Full is a kind of jets: those of every derivative to an order along so many
// coordinates, in the order of package jet.
type Full struct{ Coords, Order int }

// Fulls are the kinds that there are kernels for, where [Full.Kernels] says so.
var Fulls = []Full{{1, 1}, {2, 1}, {1, 2}, {2, 2}, {2, 3}}

// Channels returns how many channels such a jet has.
func (f Full) Channels() int {
	n := 1
	for i := range f.Coords {
		n = n * (f.Order + i + 1) / (i + 1)
	}
	return n
}
