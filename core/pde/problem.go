package pde

import (
	"pinnlab/core/expr"
)

// A Problem is a Spec with values for its parameters, compiled. It is
// immutable and may be shared.
type Problem struct {
	Name, Title, Equation string

	Coords  []Coord
	Outputs []string           // of the network, in order
	Params  map[string]float64 // all of them

	Groups []string   // that share a weight; Groups[0] is "res"
	Sets   []PointSet // Sets[0] is "res"
	Terms  []Term     // residuals, then conditions
	Views  []View

	Errors []int // the views that make the relative error; empty if nothing exact is known
	Grid   []int // nodes per coordinate, ends included, for errors and pictures

	Reference string // the solver for the exact values of Views, or ""
	Settings  Settings
	Published []Published
}

// PointSet is a box that points are drawn from. A face of the domain has
// Lo[i] == Hi[i] for one coordinate i.
type PointSet struct {
	Name   string
	Lo, Hi []float64 // by coordinate
}

// Term is one term of the loss: the mean of the squares of the outputs of
// Residual, over the points of its set and over the outputs.
type Term struct {
	Name     string
	Group    int           // into Problem.Groups
	Set      int           // into Problem.Sets
	Residual *expr.Program // over Problem.Coords and Problem.Outputs
	Formulas []string      // of the outputs of Residual
	Forcing  string        // the formula of f; empty if the term has none
}

// View is a quantity to show.
type View struct {
	Name    string
	Along   int           // the coordinate along which Program is integrated from its Lo, or -1
	Gauge   bool          // known up to a constant only
	Program *expr.Program // one output
	Exact   *expr.Program // the same of the solution: reads coordinates only; nil if unknown
}

// Published is an error that was reached by others with one model.
type Published struct {
	Model        string // a named method
	Width, Depth int    // of the hidden layers
	RelL2        float64
	Std          float64 // standard deviation of RelL2 over trials; 0 if it was not given
	Measure      string  // of RelL2: relative L2 of Problem.Errors if empty, else see PublishedRow
	Source       string
	Params       map[string]float64 // for which it holds; those missing do not matter
}

// PublishedFor returns the first published error of model with this network
// and the problem's parameters.
func (p *Problem) PublishedFor(model string, width, depth int) (Published, bool) {
	for _, r := range p.Published {
		if r.Model == model && r.Width == width && r.Depth == depth && p.has(r.Params) {
			return r, true
		}
	}
	return Published{}, false
}

// has reports whether the problem has all these values of parameters.
func (p *Problem) has(params map[string]float64) bool {
	for name, v := range params {
		if p.Params[name] != v {
			return false
		}
	}
	return true
}
