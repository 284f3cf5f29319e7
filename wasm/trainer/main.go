// Program trainer trains one network in a Worker: a Config comes in, Snapshots
// go out.
//
// It steps for about ten milliseconds at a time and then looks at its
// messages, so that a person is never kept waiting, and it spends at most a
// twentieth of its time on showing what it does. Natively it is the same
// program with nobody at the other end, so that its tests need no browser.
//
// A message's head is JSON with what to "do":
//
//	check       config            -> {re, config, problem, problems}
//	start       config, slot, run a new run at step 0, paused
//	restore     the same + body   a new run from a checkpoint, paused
//	play, pause
//	step        n                 n steps, then pause
//	fork        the same + body   a new run from another's checkpoint, paused
//	set         learningRate, alpha
//	gather      + links           other trainers take a part of the steps; without links none
//	assist      + links           takes a part of the steps of the run at the other end
//	lambda      values            weights by hand, by group
//	freeze      on                the rule lets the weights alone
//	stiffness   budget, subset    follows the curvature in a share of the time
//	density                       its spectral density, once
//	look                          a state now
//	checkpoint                    -> {re, iteration, replay, seconds} + body
//	offer                         -> all that there is to choose from
//	verify      config + body     -> {re, iteration, replay}: restore would work
//	save        what, field       -> {re, name, type} + body, a file
//	bench       set, precision, laps, millis, match
//	                              -> {re, results, stopped}; pause ends it
//
// A request with an "id" is answered by {"re": id} when it is done, or by
// {"re": id, "error": words, "field": name}. Unasked come {"is": "ready"},
// first; {"is": "state"} with a Snapshot as body; {"is": "progress"} while a run is being built that takes time; {"is": "fault"} with
// a message; {"is": "crash"} with one, last, after a panic: it may have left the
// run in the middle of a step. States carry the number of their run, so that
// those of a run that was replaced are told from those of the present one.
package main

import (
	"time"

	"pinnlab/core/train"
	"pinnlab/wasm/port"
)

func main() {
	t := &trainer{
		messages: port.Messages(),
		send:     port.Send,
		yield:    port.Yield,
		now:      time.Now,
		build:    build,
		resolve:  train.Resolve,
	}
	t.send(ready{Is: "ready"}, nil)
	t.work()
}
