package train

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pinnlab/core/kern"
)

// A Move is a setting that changes while a run trains: it acts from the step
// on that has At steps before it. A Config has the moves made on the way, so
// that it still determines every bit.
type Move struct {
	At    int
	Set   string // lr, alpha, frozen (0 or 1), or lambda. and a group of conditions
	Value float64
}

// Moves are in the order of At. As text, also in JSON and in the page's link,
// they read lr@1200:0.0001,alpha@1300:0.5,lambda.bcs@1500:10,frozen@1500:1.
type Moves []Move

// MaxMoves is the most moves of a run that are kept.
const MaxMoves = 1000

// Settings that move, in the words of Moves.
const (
	moveRate   = "lr"
	moveAlpha  = "alpha"
	moveFrozen = "frozen"
	moveLambda = "lambda."
)

func (m Moves) String() string {
	var b []byte
	for i, v := range m {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, v.Set...), '@')
		b = append(strconv.AppendInt(b, int64(v.At), 10), ':')
		b = strconv.AppendFloat(b, v.Value, 'g', -1, 64)
	}
	return string(b)
}

// ParseMoves reads the text of Moves; what the settings and their values may be
// is for a Config to say.
func ParseMoves(text string) (Moves, error) {
	var list Moves
	for part := range strings.SplitSeq(text, ",") {
		if part == "" {
			continue
		}
		set, rest, _ := strings.Cut(part, "@")
		at, value, _ := strings.Cut(rest, ":")
		n, err := strconv.Atoi(at)
		v, err2 := strconv.ParseFloat(value, 64)
		if err != nil || err2 != nil || !kern.IsFinite(v) {
			return nil, fmt.Errorf("%q is not a setting, an iteration and a value, such as lr@1200:1e-4", part)
		}
		list = append(list, Move{n, set, v})
	}
	return list, nil
}

// MarshalJSON writes the text as a string.
func (m Moves) MarshalJSON() ([]byte, error) { return json.Marshal(m.String()) }

// UnmarshalJSON reads it.
func (m *Moves) UnmarshalJSON(b []byte) error {
	var text string
	err := json.Unmarshal(b, &text)
	if err == nil {
		*m, err = ParseMoves(text)
	}
	return err
}

// moves reads a Config's moves, once all else is known.
func (r *resolver) moves() {
	raw, ok := r.take("moves")
	if !ok || string(raw) == "null" {
		return
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		r.fail("moves", "none", "%s is not a list such as lr@1200:1e-4,alpha@1300:0.5", short(raw))
		return
	}
	moves, err := ParseMoves(text)
	if err != nil {
		r.fail("moves", "none", "%v", err)
		return
	}
	next := r.c
	next.Moves = moves
	if fault := next.moveFault(); fault != "" {
		r.fail("moves", "none", "%s", fault)
		return
	}
	r.c = next
}

// moveFault returns what is wrong with the moves, or nothing.
func (c *Config) moveFault() string {
	if len(c.Moves) > MaxMoves {
		return fmt.Sprintf("%d are too many; there may be %d", len(c.Moves), MaxMoves)
	}
	var groups []string
	last := 0
	for i, m := range c.Moves {
		if m.At < last || m.At > 1e9 {
			return fmt.Sprintf("%v is out of order: iterations count up, from 0 to 1e9", c.Moves[i:i+1])
		}
		last = m.At
		if strings.HasPrefix(m.Set, moveLambda) && groups == nil {
			if spec, err := c.spec(); err == nil {
				if prob, err := spec.Problem(c.Params); err == nil {
					groups = prob.Groups[1:]
				}
			}
		}
		if fault := m.fault(c, groups); fault != "" {
			return fmt.Sprintf("%v: %s", c.Moves[i:i+1], fault)
		}
	}
	return ""
}

// fault returns what is wrong with a move in a run of c, or nothing.
func (m *Move) fault(c *Config, groups []string) string {
	next := *c
	next.Moves = nil
	group, lambda := strings.CutPrefix(m.Set, moveLambda)
	switch {
	case m.Set == moveRate:
		next.LearningRate = m.Value
	case m.Set == moveAlpha:
		next.Alpha = m.Value
	case m.Set == moveFrozen:
		return unless(m.Value == 0 || m.Value == 1, "must be 0 or 1")
	case !lambda:
		return "only lr, alpha, frozen and lambda. with a group can move"
	case !slices.Contains(groups, group):
		return notAGroup
	default:
		return lambdaFault(m.Value)
	}
	if errs := next.checkFields(); len(errs) > 0 {
		return errs[0].Message
	}
	return ""
}

// A script is where a run stands among its Config's moves.
type script struct {
	next        int     // the first move that does not act yet
	rate, alpha float64 // in force, the rate before decay
	played      int     // moves that acted because their time had come
	apart       string  // why the Config does not make this run; empty if it does
}

// seek finds the values in force at the run's iteration. The weights are not
// among them: they are part of a run's state.
func (e *engine[T]) seek() {
	e.script.next, e.script.rate, e.script.alpha = 0, e.cfg.LearningRate, e.cfg.Alpha
	for _, m := range e.cfg.Moves {
		if m.At > e.iteration {
			break
		}
		e.script.next++
		if !strings.HasPrefix(m.Set, moveLambda) && m.Set != moveFrozen {
			e.act(m)
		}
	}
}

// play lets those moves act whose time has come.
func (e *engine[T]) play() {
	for s := &e.script; s.next < len(e.cfg.Moves) && e.cfg.Moves[s.next].At <= e.iteration; s.next++ {
		e.act(e.cfg.Moves[s.next])
		s.played++
	}
}

func (e *engine[T]) act(m Move) {
	switch m.Set {
	case moveRate:
		e.script.rate = m.Value
	case moveAlpha:
		e.script.alpha = m.Value
	case moveFrozen:
		e.weigh.Frozen = m.Value == 1
	default:
		i := slices.Index(e.prob.Groups, strings.TrimPrefix(m.Set, moveLambda))
		e.weigh.Lambda[i] = m.Value
	}
}

// move makes a move by hand and notes it. What was to move that setting later
// is dropped: a person has taken over.
func (e *engine[T]) move(set string, value float64) {
	done, ahead := e.cfg.Moves[:e.script.next], e.cfg.Moves[e.script.next:]
	var moves Moves
	for _, m := range done {
		if m.At < e.iteration || m.Set != set {
			moves = append(moves, m)
		}
	}
	moves = append(moves, Move{e.iteration, set, value})
	e.script.next = len(moves)
	for _, m := range ahead {
		if m.Set != set {
			moves = append(moves, m)
		}
	}
	e.cfg.Moves = moves
	e.act(moves[e.script.next-1])
	if len(moves) > MaxMoves {
		e.forget(fmt.Sprintf("its settings were moved more than %d times", MaxMoves))
	}
}

// forget gives up that the Config makes the run, and keeps of the moves only
// what is in force.
func (e *engine[T]) forget(why string) {
	e.script.apart = why
	e.cfg.LearningRate, e.cfg.Alpha, e.cfg.Moves = e.script.rate, e.script.alpha, nil
	e.seek()
}

// A Replay says what is needed to make a run again: the settings that move, at
// the start and now, and the moves between.
type Replay struct {
	Start  Moving `json:"start"`
	Now    Moving `json:"now"`
	Moves  Moves  `json:"moves"`
	Played int    `json:"played"`          // moves that acted because their time had come
	Apart  string `json:"apart,omitempty"` // why this does not make the run; empty if it does
}

// Moving are the numbers of a Config that may move.
type Moving struct {
	LearningRate float64 `json:"learningRate"`
	Alpha        float64 `json:"alpha"`
}

func (e *engine[T]) Replay() Replay {
	s := &e.script
	return Replay{Moving{e.cfg.LearningRate, e.cfg.Alpha}, Moving{s.rate, s.alpha}, e.cfg.Moves, s.played, s.apart}
}
