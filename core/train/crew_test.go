package train

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pinnlab/core/wire"
)

// A neighbour is a hand in a goroutine of its own, with an assistant.
type neighbour struct {
	orders, answers chan []byte
	gave            int
}

func newNeighbour(t testing.TB, cfg Config) *neighbour {
	assistant, err := NewAssistant(cfg)
	if err != nil {
		t.Fatal(err)
	}
	n := &neighbour{make(chan []byte), make(chan []byte), 0}
	t.Cleanup(func() { close(n.orders) })
	go func() {
		for order := range n.orders {
			answer, err := assistant.Work(order)
			if err != nil {
				answer = nil
			}
			n.answers <- slices.Clone(answer)
		}
	}()
	return n
}

func (n *neighbour) Give(order []byte) error { n.gave++; n.orders <- slices.Clone(order); return nil }
func (n *neighbour) Take() ([]byte, error)   { return <-n.answers, nil }

func shardsOf(r *Run) int {
	if e, ok := r.engine.(*engine[float64]); ok {
		return len(e.obj.shards)
	}
	return len(r.engine.(*engine[float32]).obj.shards)
}

// TestWorthSharing: small steps are left to one worker.
func TestWorthSharing(t *testing.T) {
	for batch, want := range map[int]int{128: 1, 1024: 6, 4096: 18} {
		run := newRun(t, "helmholtz", "M1", func(c *Config) { c.Batch = batch })
		if got := run.Shards(); got != want {
			t.Errorf("%d points: %d shards, want %d", batch, got, want)
		}
	}
}

// TestShare holds runs with any number of hands to the bits of a run alone.
func TestShare(t *testing.T) {
	for _, tt := range []struct {
		preset, model, rule, precision string
		batch, least                   int // shards
	}{
		{"helmholtz", "M4", "siam", Float32, 900, 4},
		{"helmholtz", "M1", "siam", Float32, 64, 2}, // two passes of one shard
		{"klein_gordon", "M2", "code", Float64, 700, 4},
		{"cavity_streamfunction", "M3", "siam", Float32, 300, 4},
	} {
		t.Run(fmt.Sprintf("%s/%s/%s", tt.preset, tt.model, tt.precision), func(t *testing.T) {
			build := func() *Run {
				return newRun(t, tt.preset, tt.model, func(c *Config) {
					c.Batch, c.Rule, c.Precision, c.Width, c.Period = tt.batch, tt.rule, tt.precision, 9, 3
				})
			}
			alone := build()
			shards := shardsOf(alone)
			if shards < tt.least {
				t.Fatalf("%d shards, want %d at least", shards, tt.least)
			}
			steps(t, alone, 12)
			want := alone.Checkpoint()
			for n := 1; n <= shards; n++ {
				run := build()
				var hands []Hand
				for range n {
					hands = append(hands, newNeighbour(t, run.Config()))
				}
				if used := run.Share(hands); used != min(n, shards-1) {
					t.Errorf("%d of %d hands used for %d shards", used, n, shards)
				}
				steps(t, run, 12)
				if !slices.Equal(run.Checkpoint(), want) {
					t.Errorf("with %d hands the run is another", n)
				}
				if hands[0].(*neighbour).gave < 12 {
					t.Errorf("the first hand was asked %d times", hands[0].(*neighbour).gave)
				}
			}
		})
	}
}

// A lazy hand fails at one place, from its third order on.
type lazy struct {
	*neighbour
	give, take error
	cut        bool
	late       []byte // if not nil, the answer to the order before comes first
}

func (l *lazy) Give(order []byte) error {
	if l.gave >= 2 && l.give != nil {
		l.gave++
		return l.give
	}
	return l.neighbour.Give(order)
}

func (l *lazy) Take() ([]byte, error) {
	if l.gave > 2 && len(l.late) > 0 {
		defer func() { l.late = []byte{} }()
		return l.late, nil
	}
	answer, err := l.neighbour.Take()
	if l.late != nil {
		l.late = answer
	}
	if l.gave > 2 && l.take != nil {
		return nil, l.take
	}
	if l.gave > 2 && l.cut {
		return answer[:len(answer)-1], err
	}
	return answer, err
}

// TestShareWithoutHelp: the run does what a hand fails to do, with the same
// bits, and does not ask it again.
func TestShareWithoutHelp(t *testing.T) {
	build := func() *Run {
		return newRun(t, "helmholtz", "M4", func(c *Config) { c.Batch, c.Width = 900, 5 })
	}
	alone := build()
	steps(t, alone, 8)
	gone := errors.New("gone")
	for name, spoil := range map[string]lazy{"give": {give: gone}, "take": {take: gone}, "cut": {cut: true}, "late": {late: []byte{}}} {
		run := build()
		l := spoil
		l.neighbour = newNeighbour(t, run.Config())
		run.Share([]Hand{&l, newNeighbour(t, run.Config())})
		steps(t, run, 8)
		if !slices.Equal(run.Checkpoint(), alone.Checkpoint()) {
			t.Errorf("%s: the run is another", name)
		}
		want := 3
		if name == "late" { // which is no failure
			want = 8
		}
		if l.gave != want {
			t.Errorf("%s: asked %d times, want %d", name, l.gave, want)
		}
	}
}

// An order that does not fit is refused.
func TestAssistantRefuses(t *testing.T) {
	run := newRun(t, "helmholtz", "M1", func(c *Config) { c.Batch, c.Width = 900, 3 })
	assistant, err := NewAssistant(run.Config())
	if err != nil {
		t.Fatal(err)
	}
	var good []byte
	hand := &recorder{}
	run.Share([]Hand{hand})
	steps(t, run, 1)
	good = hand.order
	if _, err := assistant.Work(good); err != nil {
		t.Fatal(err)
	}
	head := func(from, to uint32) []byte {
		h, w := orderHead{1, from, to}, wire.Writer(nil)
		h.fields(w)
		return append(w.Bytes(), good[12:]...)
	}
	for name, order := range map[string][]byte{
		"empty": nil, "short": good[:len(good)-1], "long": append(slices.Clone(good), 0),
		"no shards": head(1, 1),
		"too many":  head(0, 1000),
		"backwards": head(3, 1),
	} {
		if _, err := assistant.Work(order); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := NewAssistant(Config{Preset: "none"}); err == nil {
		t.Error("an assistant of no Config")
	}
}

// A recorder keeps its first order and does nothing.
type recorder struct{ order []byte }

func (r *recorder) Give(order []byte) error {
	r.order = slices.Clone(order)
	return errors.New("busy")
}
func (r *recorder) Take() ([]byte, error) { return nil, errors.New("busy") }

// TestDeal: every worker has something to do, and nobody twice what is fair.
func TestDeal(t *testing.T) {
	run := newRun(t, "helmholtz", "M1", func(c *Config) { c.Batch, c.Width = 3000, 3 }).engine.(*engine[float32])
	for n := 1; n < 20; n++ {
		c := newCrew(run.obj, make([]Hand, n))
		parts := append([]int{0}, c.from...)
		all, most := 0, 0
		for i := range parts[1:] {
			if parts[i+1] <= parts[i] {
				t.Fatalf("%d hands: shards are dealt %v", n, parts)
			}
			cost := 0
			for k := parts[i]; k < parts[i+1]; k++ {
				cost += run.obj.shards[k].cost()
			}
			all, most = all+cost, max(most, cost)
		}
		if len(parts) != min(n, len(run.obj.shards)-1)+2 || parts[len(parts)-1] != len(run.obj.shards) {
			t.Errorf("%d hands: shards are dealt %v", n, parts)
		}
		if fair := all / (len(parts) - 1); most > 2*fair {
			t.Errorf("%d hands: %v, one has %d, fair is %d", n, parts, most, fair)
		}
	}
}
