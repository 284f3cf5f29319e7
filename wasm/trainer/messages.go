package main

import (
	"encoding/json"

	"pinnlab/core/diag"
	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/pde"
	"pinnlab/core/record"
	"pinnlab/core/sampler"
	"pinnlab/core/train"
	"pinnlab/core/weigh"
)

// A request is the head of a message from the page.
type request struct {
	Do           string          `json:"do"`
	ID           *int64          `json:"id"` // nil: no answer wanted
	Config       json.RawMessage `json:"config"`
	Slot         string          `json:"slot"`  // whose a new run is
	Run          uint64          `json:"run"`   // a new run's number; states and Snapshots carry it
	Spent        float64         `json:"spent"` // seconds of steps before it goes on
	N            int             `json:"n"`
	LearningRate *float64        `json:"learningRate"`
	Alpha        *float64        `json:"alpha"`

	Values map[string]float64 `json:"values"` // of lambda, by group
	On     bool               `json:"on"`
	Budget float64            `json:"budget"` // share of the time
	Subset string             `json:"subset"`
	What   string             `json:"what"` // to save
	Field  string             `json:"field"`

	Set       string `json:"set"` // of a bench: steps, kernels or sweep
	Match     string `json:"match"`
	Precision string `json:"precision"`
	Laps      int    `json:"laps"`
	Millis    int    `json:"millis"` // of a lap
}

// A reply answers the request of the same id.
type reply struct {
	Re    int64  `json:"re"`
	Error string `json:"error,omitempty"` // in words; empty for success
	Field string `json:"field,omitempty"` // of the Config that Error is about
	Done  *int   `json:"done,omitempty"`  // steps taken by a step request that was broken off
}

// checked is the reply to a check.
type checked struct {
	Re       int64               `json:"re"`
	Config   train.Config        `json:"config"`
	Problem  string              `json:"problem"` // the Config's, by train.ProblemKey
	Problems []*train.FieldError `json:"problems"`
}

// described is the reply to a sheet request.
type described struct {
	Re    int64      `json:"re"`
	Sheet *pde.Sheet `json:"sheet"`
}

// verified is the reply to a verify.
type verified struct {
	Re        int64        `json:"re"`
	Iteration int          `json:"iteration"` // of the checkpoint
	Replay    train.Replay `json:"replay"`
}

// kept is the reply to a checkpoint, which is its message's body.
type kept struct {
	Re        int64        `json:"re"`
	Iteration int          `json:"iteration"`
	Replay    train.Replay `json:"replay"`
	Seconds   float64      `json:"seconds"` // that it took from the steps
	Spent     float64      `json:"spent"`   // on the steps so far
}

// A state says where the run is; its message's body is a Snapshot.
type state struct {
	Is      string       `json:"is"` // "state"
	Run     uint64       `json:"run"`
	State   record.State `json:"state"`
	Running bool         `json:"running"` // playing, or in the middle of a step request
	Rate    float64      `json:"rate"`    // steps per second since the state before; 0 if unknown
	Seconds float64      `json:"seconds"` // spent on steps
	First   float64      `json:"first"`   // when the trainer's first step was done, in milliseconds since 1970; 0: never yet
	Halt    string       `json:"halt,omitempty"`

	Verdict diag.Verdict `json:"verdict"`
	Replay  train.Replay `json:"replay"`
	Density *float64     `json:"density,omitempty"` // how far spectral densities that are asked for are, 0 to 1
	Shards  int          `json:"shards"`            // parts that a step can be divided into with profit
}

// A progress says how far something is that keeps a request waiting.
type progress struct {
	Is    string  `json:"is"` // "progress"
	What  string  `json:"what"`
	Share float64 `json:"share"` // 0 to 1
}

// saved is the reply to a save; its message's body is the file.
type saved struct {
	Re   int64  `json:"re"`
	Name string `json:"name"`
	Type string `json:"type"` // MIME
}

// A fault is an error that answers no request.
type fault struct {
	Is      string `json:"is"` // "fault"
	Message string `json:"message"`
}

// A crash is the last message of a trainer that cannot go on.
type crash struct {
	Is      string `json:"is"` // "crash"
	Message string `json:"message"`
}

// ready opens the conversation.
type ready struct {
	Is string `json:"is"` // "ready"
}

// offered is the reply to an offer: what there is to choose from, and all that
// is to be said of it. It takes a while to make, and one trainer of many is asked.
type offered struct {
	Re        int64                 `json:"re"`
	Catalogue []preset              `json:"catalogue"`
	Limits    map[string][2]float64 `json:"limits"`
	Fields    []train.Field         `json:"fields"`
	Methods   []method.Method       `json:"methods"` // a part that is empty is the one that gated or rule names

	Networks   []nn.Kind      `json:"networks"`
	Weightings []weigh.Kind   `json:"weightings"`
	Optimisers []opt.Kind     `json:"optimisers"`
	Samplers   []sampler.Kind `json:"samplers"`
}
