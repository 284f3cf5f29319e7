package record

import (
	"encoding/json"
	"math"
)

// A State is the numbers of a run's latest step. As JSON, what is not finite is
// null.
type State struct {
	Model        string            `json:"model"`
	Iteration    int               `json:"iteration"`         // steps taken
	LearningRate Number            `json:"learningRate"`      // of the latest step, after decay
	Losses       map[string]Number `json:"losses"`            // of the latest step by term, unweighted
	Lambdas      map[string]Number `json:"lambdas"`           // by condition group
	LambdaHats   map[string]Number `json:"lambdaHats"`        // the rule's latest estimates, NaN before the first
	Estimates    map[string]Ratio  `json:"estimates"`         // what LambdaHats were made of; NaN likewise, and after a checkpoint
	Frozen       bool              `json:"frozen"`            // the weights stay as they are
	Gradients    map[string]Sizes  `json:"gradients"`         // of the latest step by group, unweighted
	RelL2        Number            `json:"relL2"`             // of the present parameters
	Omitted      int               `json:"omitted,omitempty"` // see Snapshot
	OmittedAt    string            `json:"omittedAt,omitempty"`
	Bands        [3]Number         `json:"errorBands"`             // its parts of low, middle and high frequency
	Authors      *Number           `json:"authorsError,omitempty"` // a cavity's, in the authors' measure; see Snapshot
	Status       string            `json:"status"`                 // see Status
	Message      string            `json:"message,omitempty"`
}

// Sizes are the numbers of one group's gradient that GroupState has.
type Sizes struct {
	Max    Number `json:"max"`
	Mean   Number `json:"mean"`
	Norm   Number `json:"norm"`
	Cosine Number `json:"cosine"`
}

// A Ratio is an estimate of a weight as its rule has it: a size of the residual's
// gradient over one of the conditions', as the rule weights and counts them.
type Ratio struct {
	Top    Number `json:"top"`
	Bottom Number `json:"bottom"`
}

// Number is a float64 whose JSON is null if it is not finite.
type Number float64

// MarshalJSON writes null for what is not finite.
func (n Number) MarshalJSON() ([]byte, error) {
	if !finite(float64(n)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// UnmarshalJSON reads null as NaN.
func (n *Number) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(b, (*float64)(n))
}

// String returns the status in a word.
func (s Status) String() string {
	return [...]string{"ready", "running", "paused", "diverged"}[min(s, Failed)]
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
