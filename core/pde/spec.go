package pde

import "encoding/json"

// SpecVersion is the version of the Spec format that this package reads.
const SpecVersion = 1

// A Spec describes a problem. It is JSON: a preset or a user's own file.
// Parse reads it; Problem gives it values for its parameters.
type Spec struct {
	Version     int      `json:"version"`               // SpecVersion
	Name        string   `json:"name"`                  // of a preset: its file without .json
	Title       string   `json:"title"`                 // in a few words
	Description string   `json:"description,omitempty"` // in a few sentences
	Equation    string   `json:"equation,omitempty"`    // for people, in any notation
	Sources     []string `json:"sources,omitempty"`     // where the problem comes from

	// Rank orders Names, lowest first; equal ranks go by name.
	Rank int `json:"rank,omitempty"`

	Coords     []Coord        `json:"coords"`               // the box: 1 or 2 coordinates
	Params     []Param        `json:"params,omitempty"`     // numbers to play with
	Fields     []string       `json:"fields"`               // the outputs of the network
	Derived    []Derived      `json:"derived,omitempty"`    // abbreviations such as u = psi_y
	Residuals  []Residual     `json:"residuals"`            // what vanishes in the box
	Conditions []Condition    `json:"conditions,omitempty"` // what vanishes on faces of the box
	Solution   Solution       `json:"solution,omitempty"`   // by field, in coordinates and parameters
	Reference  string         `json:"reference,omitempty"`  // the name of a reference solver, instead of Solution
	Views      []ViewSpec     `json:"views,omitempty"`      // what to show; default: the fields
	Error      ErrorSpec      `json:"error,omitzero"`       // how to measure the error
	Settings   Settings       `json:"settings,omitzero"`    // of the training
	Published  []PublishedRow `json:"published,omitempty"`  // errors that others reached
}

// Coord is one coordinate and its interval.
type Coord struct {
	Name string  `json:"name"` // a single letter
	Lo   float64 `json:"lo"`
	Hi   float64 `json:"hi"` // above Lo
}

// Param is a number in the formulas that the user can change.
type Param struct {
	Name        string  `json:"name"`
	Value       float64 `json:"value"` // at first
	Min         float64 `json:"min"`
	Max         float64 `json:"max"`
	Step        float64 `json:"step,omitempty"`    // of a slider; default: a hundredth of the range
	Integer     bool    `json:"integer,omitempty"` // whole numbers only
	Description string  `json:"description,omitempty"`
}

// Derived abbreviates a formula of fields; it may use other Derived.
type Derived struct {
	Name    string `json:"name"`
	Formula string `json:"formula"`
}

// Residual is an equation in the box: its formula must vanish.
type Residual struct {
	Name    string `json:"name"`
	Formula string `json:"formula"`
	F       string `json:"f,omitempty"` // the forcing, if it is not to follow from the solution
}

// Condition is an initial or boundary condition: its formulas must vanish on
// a face of the box.
type Condition struct {
	Name    string   `json:"name"`
	Group   string   `json:"group,omitempty"` // conditions of a group share a weight; default bcs
	Set     string   `json:"set,omitempty"`   // conditions of a set share points; default Name
	Face    string   `json:"face"`            // such as y=-1: an end of a coordinate's interval
	Formula Formulas `json:"formula"`
}

// Formulas is one formula or several: in JSON a string or a list of strings.
type Formulas []string

// MarshalJSON writes a single formula as a string.
func (f Formulas) MarshalJSON() ([]byte, error) {
	if len(f) == 1 {
		return json.Marshal(f[0])
	}
	return json.Marshal([]string(f))
}

// UnmarshalJSON reads a string or a list of strings.
func (f *Formulas) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*f = Formulas{""}
		return json.Unmarshal(b, &(*f)[0])
	}
	return json.Unmarshal(b, (*[]string)(f))
}

// Solution is the exact solution: a formula for every field.
type Solution map[string]string

// ViewSpec is a quantity to show: a formula, or the integral of one along a
// coordinate from its Lo, such as the streamfunction ψ = ∫ u dy of a velocity.
type ViewSpec struct {
	Name     string `json:"name"`
	Formula  string `json:"formula,omitempty"`  // default: Name
	Integral string `json:"integral,omitempty"` // the formula to integrate, instead of Formula
	Along    string `json:"along,omitempty"`    // the coordinate, with Integral only
	Gauge    bool   `json:"gauge,omitempty"`    // known up to a constant only, such as a pressure
}

// ErrorSpec says how the error is measured: on a grid with Nodes per
// coordinate, ends included, ‖v - v*‖ / ‖v*‖ where v holds the values of Views
// one after the other.
type ErrorSpec struct {
	Views []string `json:"views,omitempty"` // not integrals; default: the first, if its exact values are known
	Nodes []int    `json:"nodes,omitempty"` // default: 100 per coordinate, 1000 if there is one only
}

// PublishedRow is a row of a table of published errors.
type PublishedRow struct {
	Source string `json:"source"`
	// Measure is empty for the relative L2 error, or authors for the cavity's
	// error in the authors' measure: the spectral norm of the speed's error
	// against their reference, relative to the reference's.
	Measure string             `json:"measure,omitempty"`
	Params  map[string]float64 `json:"params,omitempty"` // for which it holds; those missing do not matter
	Width   int                `json:"width"`            // neurons per hidden layer
	Depth   int                `json:"depth"`            // hidden layers
	// RelL2 is by model, M1 to M4: the relative L2 error, then its standard
	// deviation if that was given.
	RelL2 map[string][]float64 `json:"relL2"`
}
