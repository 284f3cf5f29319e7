package train

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strings"

	"pinnlab/core/eval"
	"pinnlab/core/kern"
	"pinnlab/core/record"
	"pinnlab/core/weigh"
	"pinnlab/core/wire"
)

// A checkpoint starts with these words and the version, which is one byte.
// Version 3 has a checksum (CRC-32, IEEE) of all that follows it. In version 2,
// which is still read, there is none, and the Config has the learning rate and
// alpha that were in force instead of moves.
const (
	checkpointMagic = "PINNLAB"
	checkpointV2    = 2
	checkpointV3    = 3
)

// A checkpointHead is the JSON that a checkpoint begins with: a Config with more
// beside its settings.
type checkpointHead struct {
	Config
	beside
}

type beside struct {
	Apart string `json:"apart,omitempty"` // see Replay
	Held  []byte `json:"held,omitempty"`  // the losses on the points held out; see record.Series.Code

	Rows map[string][]byte `json:"rows,omitempty"` // of histories that came later, by name; likewise
}

// MarshalJSON writes one object.
func (h checkpointHead) MarshalJSON() ([]byte, error) {
	cfg, err := json.Marshal(h.Config)
	more, err2 := json.Marshal(h.beside)
	return joined(cfg, more), errors.Join(err, err2)
}

// UnmarshalJSON reads it.
func (h *checkpointHead) UnmarshalJSON(b []byte) error {
	return errors.Join(json.Unmarshal(b, &h.Config), json.Unmarshal(b, &h.beside))
}

// Checkpoint writes the Config as JSON, then what [engine.code] says.
func (e *engine[T]) Checkpoint() []byte {
	cfg, err := json.Marshal(checkpointHead{e.cfg, beside{e.script.apart, rowsOf(e.book.named(heldHistory)), e.laterRows()}})
	if err != nil {
		panic("train: Checkpoint: " + err.Error()) // a checked Config has a JSON form
	}
	b := make([]byte, 0, e.checkpointSize(len(cfg)))
	b = append(append(b, checkpointMagic...), checkpointV3)
	sum := len(b)
	b = append(b, 0, 0, 0, 0)
	c := wire.Writer(b)
	c.Blob(&cfg)
	e.code(c)
	b = c.Bytes()
	binary.LittleEndian.PutUint32(b[sum:], crc32.ChecksumIEEE(b[sum+4:]))
	return b
}

// code writes or reads what a run has come to: parameters, what the parts of its
// method carry, losses and histories.
func (e *engine[T]) code(c *wire.Coder) {
	n := uint64(e.iteration)
	c.U64(&n)
	e.iteration = int(n)
	c.Refuse(e.iteration >= 0)
	wire.Exactly(c, e.theta)
	e.moves.Code(c)
	wire.Exactly(c, e.obj.Losses)
	e.weigh.Code(c)
	e.points.Code(c)
	for _, s := range e.series() {
		codeHistory(c, s)
	}
	c.Bool(&e.weigh.Frozen)
}

// codeHistory writes or reads the rows of a history, which must fit in its memory.
func codeHistory(c *wire.Coder, s *record.Series) {
	room := cap(s.Rows)
	s.Code(c)
	c.Refuse(len(s.Rows) <= room)
}

// checkpointSize returns about how many bytes a checkpoint takes, so that
// writing one does not grow it step by step.
func (e *engine[T]) checkpointSize(cfg int) int {
	n := 1024 + cfg + 3*wire.SizeOf[T]()*len(e.theta)
	for _, s := range e.series() {
		n += 4 * len(s.Rows)
	}
	return n
}

// series lists the histories in the order of a checkpoint.
func (e *engine[T]) series() []*record.Series {
	b := e.book
	return []*record.Series{b.named(lossHistory), b.named(errorHistory), b.named(bandHistory), b.named(normHistory)}
}

// Restore goes on from a checkpoint of a run with the same Config, but for what
// moves, which it takes from the checkpoint.
func (e *engine[T]) Restore(checkpoint []byte) error {
	return e.goOn(checkpoint, func(own, theirs Config) (Config, error) {
		own.LearningRate, own.Alpha, own.Moves = theirs.LearningRate, theirs.Alpha, theirs.Moves
		return own, sameSettings(own, theirs)
	})
}

func (e *engine[T]) Fork(checkpoint []byte) error {
	var from string
	err := e.goOn(checkpoint, func(own, theirs Config) (Config, error) {
		a, b := own.Parts(), theirs.Parts()
		for _, part := range []struct{ name, own, theirs string }{
			{"network", a.Network, b.Network}, {"optimiser", a.Optimiser, b.Optimiser}, {"sampler", a.Sampler, b.Sampler},
		} {
			if part.own != part.theirs {
				return own, fmt.Errorf("%s cannot go on from %s: its %s is another", own.Short(), theirs.Short(), part.name)
			}
		}
		like := own
		like.Method, like.Network, like.Weighting, like.Optimiser, like.Sampler = theirs.Method, theirs.Network, theirs.Weighting, theirs.Optimiser, theirs.Sampler
		like.Gated, like.Rule, like.Alpha, like.Period = theirs.Gated, theirs.Rule, theirs.Alpha, theirs.Period
		like.LearningRate, like.Decay, like.DecaySteps = theirs.LearningRate, theirs.Decay, theirs.DecaySteps
		like.Moves = theirs.Moves
		from, own.Moves = theirs.Short(), nil
		return own, sameSettings(like, theirs)
	})
	if err == nil && e.iteration > 0 {
		e.forget(fmt.Sprintf("it goes on from %s at iteration %d", from, e.iteration))
	}
	return err
}

// sameSettings names the settings in which a checkpoint's Config differs.
func sameSettings(own, theirs Config) error {
	var a, b map[string]json.RawMessage
	x, _ := json.Marshal(own)
	y, _ := json.Marshal(theirs)
	if err := errors.Join(json.Unmarshal(x, &a), json.Unmarshal(y, &b)); err != nil {
		return err
	}
	all := maps.Clone(a)
	maps.Copy(all, b)
	var words []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !bytes.Equal(a[name], b[name]) {
			words = append(words, fmt.Sprintf("%s %s, not %s", name, cmp.Or(short(b[name]), "as usual"), cmp.Or(short(a[name]), "as usual")))
		}
	}
	if len(words) == 0 {
		return nil
	}
	return fmt.Errorf("it is of a run with other settings: %s", strings.Join(words, "; "))
}

// goOn takes over the state of a checkpoint under the Config that choose makes
// of the run's own and the checkpoint's.
func (e *engine[T]) goOn(checkpoint []byte, choose func(own, theirs Config) (Config, error)) error {
	theirs, rest, err := openCheckpoint(checkpoint)
	if err != nil {
		return err
	}
	cfg, err := choose(e.cfg, theirs.Config)
	if err != nil {
		return err
	}
	// A run of its own takes the state, so that a fault leaves e alone.
	next := newEngine[T](theirs.Config, e.prob, e.view.Reference())
	if err := errors.Join(next.read(rest), next.readHead(theirs.beside)); err != nil {
		return err
	}
	next.become(cfg)
	next.script.apart = theirs.Apart
	next.seek()
	*e = *next
	return nil
}

// become has the run go on under a Config that differs in the weighting, or in
// numbers that the parts do not know.
func (e *engine[T]) become(cfg Config) {
	was := e.cfg.Parts().Weighting
	e.cfg = cfg
	if cfg.Parts().Weighting == was {
		return
	}
	kind, _ := weigh.Kinds.Find(cfg.Parts().Weighting)
	own := newWeights(kind, e.prob, values{&e.cfg})
	own.Follow(e.weigh)
	e.weigh, e.at.Weights = own, own.Lambda
}

// CheckpointConfig returns the Config of the run that wrote a checkpoint.
func CheckpointConfig(checkpoint []byte) (Config, error) {
	head, _, err := openCheckpoint(checkpoint)
	return head.Config, err
}

// Verify reports whether a run of the Config could go on from a checkpoint,
// without solving for a reference as Build does. It returns the run's iteration
// and how it is made again.
func Verify(cfg Config, checkpoint []byte) (iteration int, replay Replay, err error) {
	prob, errs := cfg.check()
	if len(errs) > 0 {
		return 0, replay, errs[0]
	}
	if cfg.Precision == Float64 {
		return verify(newEngine[float64](cfg, prob, &eval.Reference{}), checkpoint)
	}
	return verify(newEngine[float32](cfg, prob, &eval.Reference{}), checkpoint)
}

func verify[T kern.Float](e *engine[T], checkpoint []byte) (int, Replay, error) {
	err := e.Restore(checkpoint)
	return e.iteration, e.Replay(), err
}

var errDamaged = errors.New("it is damaged")

// openCheckpoint returns what a checkpoint begins with, and the rest.
func openCheckpoint(checkpoint []byte) (head checkpointHead, rest []byte, err error) {
	body, ok := bytes.CutPrefix(checkpoint, []byte(checkpointMagic))
	if !ok || len(body) == 0 {
		return head, nil, errors.New("it is no checkpoint of a run")
	}
	version := body[0]
	c := wire.Reader(body[1:])
	switch version {
	case checkpointV3:
		var sum uint32
		if c.U32(&sum); sum != crc32.ChecksumIEEE(c.Bytes()) {
			return head, nil, errDamaged
		}
	case checkpointV2:
	default:
		return head, nil, fmt.Errorf("it has version %d; this program reads %d and %d", version, checkpointV2, checkpointV3)
	}
	var text []byte
	c.Blob(&text)
	if err := json.Unmarshal(text, &head); err != nil || c.Bad() {
		return head, nil, errDamaged
	}
	if _, errs := head.check(); len(errs) > 0 {
		return head, nil, errs[0]
	}
	if version == checkpointV2 && !atStart(c.Bytes()) {
		head.Apart = "it comes from a file of an earlier version, which does not tell what was moved on the way"
	}
	return head, c.Bytes(), nil
}

// atStart reports whether a run's state has iteration 0.
func atStart(state []byte) bool {
	var n uint64
	wire.Reader(state).U64(&n)
	return n == 0
}

func (e *engine[T]) read(b []byte) error {
	c := wire.Reader(b)
	e.code(c)
	if c.End() != nil || !kern.Finite(e.theta) {
		return errDamaged
	}
	if e.iteration > 0 {
		e.rate = e.moves.Rate()
	}
	return nil
}

// rowsOf returns the rows of a history as bytes.
func rowsOf(s *record.Series) []byte {
	c := wire.Writer(nil)
	s.Code(c)
	return c.Bytes()
}

// laterRows returns the rows of the histories that a checkpoint's head has by
// name: nil without any.
func (e *engine[T]) laterRows() (rows map[string][]byte) {
	for i := range e.book.series {
		switch s := &e.book.series[i]; s.Name {
		case lossHistory, normHistory, errorHistory, bandHistory, heldHistory:
		default:
			if rows == nil {
				rows = map[string][]byte{}
			}
			rows[s.Name] = rowsOf(s)
		}
	}
	return rows
}

// readHead reads the rows that a checkpoint's head has. Of what it lacks they
// are unknown.
func (e *engine[T]) readHead(head beside) error {
	for i := range e.book.series {
		s := &e.book.series[i]
		switch s.Name {
		case lossHistory, normHistory, errorHistory, bandHistory:
			continue // in the body
		}
		b := head.Rows[s.Name]
		if s.Name == heldHistory {
			b = head.Held
		}
		if b == nil {
			fillUnknown(s, e.iteration)
			continue
		}
		c := wire.Reader(b)
		codeHistory(c, s)
		if c.End() != nil {
			return errDamaged
		}
	}
	return nil
}

// fillUnknown adds rows that are not known for all steps so far.
func fillUnknown(s *record.Series, steps int) {
	unknown := slices.Repeat([]float64{math.NaN()}, len(s.Curves))
	for i := range steps {
		if s.Due(i) {
			s.Add(unknown)
		}
	}
}
