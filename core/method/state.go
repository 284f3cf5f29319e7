package method

import "pinnlab/core/wire"

// A Keeper is a part that carries something from step to step. One whose state
// follows from its settings and the iteration codes nothing.
type Keeper interface {
	// Code writes the state into a checkpoint, or reads it from one.
	Code(c *wire.Coder)
}
