package train

import "encoding/json"

// Weights returns a run's Config and parameters as JSON: for each layer its
// name, shape and values, row by row, a row for each input.
func (e *engine[T]) Weights() ([]byte, error) {
	type matrix struct {
		Name   string `json:"name"`
		Shape  []int  `json:"shape"`
		Values []T    `json:"values"`
	}
	file := struct {
		Config    Config   `json:"config"`
		Iteration int      `json:"iteration"`
		Layers    []matrix `json:"layers"`
	}{e.cfg, e.iteration, nil}
	for _, l := range e.layers {
		for _, p := range []struct {
			name         string
			offset, size int
			shape        []int
		}{
			{l.W.Name, l.W.Offset, l.W.Size(), []int{l.W.Rows, l.W.Cols}},
			{l.B.Name, l.B.Offset, l.B.Size(), []int{l.B.Cols}},
		} {
			if p.size == 0 { // a layer without a bias
				continue
			}
			file.Layers = append(file.Layers, matrix{p.name, p.shape, e.theta[p.offset : p.offset+p.size]})
		}
	}
	return json.Marshal(file)
}
