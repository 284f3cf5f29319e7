package train

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sealed is the length of what stands before the checked part of a checkpoint.
const sealed = len(checkpointMagic) + 1 + 4

// seal makes a checkpoint of its checked part.
func seal(b []byte) []byte {
	head := append([]byte(checkpointMagic), checkpointV3)
	return append(binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE(b)), b...)
}

// replayed makes the run of a Config as JSON anew, up to an iteration.
func replayed(t *testing.T, cfg Config, iteration int) *Run {
	t.Helper()
	raw, err := json.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	read, errs := Resolve(raw)
	if len(errs) > 0 {
		t.Fatal(errs[0])
	}
	run, err := New(read)
	if err != nil {
		t.Fatal(err)
	}
	steps(t, run, iteration)
	return run
}

// TestMovesReplay moves all that moves, at odd moments, before the first step
// and after the last too, and makes the run again from its Config: every bit is
// the same, also over a checkpoint between, and with moves still to come.
func TestMovesReplay(t *testing.T) {
	for _, rule := range []string{"siam", "code"} {
		run := newRun(t, "klein_gordon", "M4", func(c *Config) { small(c); c.Rule, c.Period = rule, 2 })
		try := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		try(run.SetLambda(map[string]float64{"ics": 3}))
		steps(t, run, 7)
		try(run.SetLearningRate(3e-3))
		try(run.SetLearningRate(2e-3)) // moved on before it acted
		try(run.SetAlpha(0.5))
		steps(t, run, 6)
		run.Freeze(true)
		try(run.SetLambda(map[string]float64{"bcs": 7.25}))
		steps(t, run, 5)
		between := run.Checkpoint()
		run.Freeze(false)
		try(run.SetLearningRate(1e-4))
		steps(t, run, 9)
		try(run.SetAlpha(0.25))

		cfg := run.Config()
		want := "lambda.ics@0:3,lr@7:0.002,alpha@7:0.5,frozen@13:1,lambda.bcs@13:7.25,frozen@18:0,lr@18:0.0001,alpha@27:0.25"
		if cfg.Moves.String() != want || cfg.LearningRate != 1e-3 {
			t.Fatalf("%s: learning rate %v, moves %s, want %s", rule, cfg.LearningRate, cfg.Moves, want)
		}
		again := replayed(t, cfg, run.Iteration())
		if !bytes.Equal(again.Checkpoint(), run.Checkpoint()) {
			t.Errorf("%s: the moves give another run", rule)
		}
		if r := again.Replay(); r.Played != 7 || r.Now != (Moving{1e-4, 0.25}) || r.Start != (Moving{1e-3, 0.1}) || r.Apart != "" {
			t.Errorf("%s: %+v", rule, r)
		}
		half := replayed(t, cfg, 10)
		back := replayed(t, cfg, 0)
		if err := back.Restore(half.Checkpoint()); err != nil {
			t.Fatal(err)
		}
		steps(t, back, 17)
		if !bytes.Equal(back.Checkpoint(), run.Checkpoint()) {
			t.Errorf("%s: moves to come are lost with a checkpoint", rule)
		}
		if err := back.Restore(between); err != nil || back.Config().Moves.String() != "lambda.ics@0:3,lr@7:0.002,alpha@7:0.5,frozen@13:1,lambda.bcs@13:7.25" {
			t.Errorf("%s: restored with the moves %s (%v)", rule, back.Config().Moves, err)
		}
		if back.Replay().Now != (Moving{2e-3, 0.5}) {
			t.Errorf("%s: restored with %+v", rule, back.Replay())
		}
	}
}

// TestHandTakesOver: a move by hand drops those of the same setting to come,
// and the same value again is none.
func TestHandTakesOver(t *testing.T) {
	run := newRun(t, "helmholtz", "M2", func(c *Config) {
		small(c)
		c.Moves = Moves{{4, "lr", 2e-3}, {6, "alpha", 0.5}, {8, "lr", 5e-3}}
	})
	steps(t, run, 5)
	if err := run.SetLearningRate(2e-3); err != nil || run.Config().Moves.String() != "lr@4:0.002,alpha@6:0.5,lr@8:0.005" {
		t.Errorf("the same again: %s (%v)", run.Config().Moves, err)
	}
	if err := run.SetLearningRate(3e-3); err != nil || run.Config().Moves.String() != "lr@4:0.002,lr@5:0.003,alpha@6:0.5" {
		t.Errorf("by hand: %s (%v)", run.Config().Moves, err)
	}
	steps(t, run, 5)
	if r := run.Replay(); r.Now != (Moving{3e-3, 0.5}) || r.Played != 2 {
		t.Errorf("then: %+v", r)
	}
}

// TestMovesAreBounded: a run that is moved too often trains on as it is and
// says that its Config no longer makes it, as a fork does; a checkpoint keeps
// the words.
func TestMovesAreBounded(t *testing.T) {
	run := newRun(t, "helmholtz", "M2", small)
	for i := range MaxMoves + 1 {
		if err := run.SetAlpha(float64(i+1) / (2 * MaxMoves)); err != nil {
			t.Fatal(err)
		}
		steps(t, run, 1)
	}
	r := run.Replay()
	if want := float64(MaxMoves+1) / (2 * MaxMoves); r.Now.Alpha != want || len(r.Moves) != 0 || !strings.Contains(r.Apart, "1000 times") {
		t.Errorf("%+v", r)
	}
	fork := newRun(t, "helmholtz", "M1", small)
	if err := fork.Fork(run.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	back := newRun(t, "helmholtz", "M1", small)
	if err := back.Restore(fork.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	if r := back.Replay(); r.Apart != "it goes on from M2 at iteration 1001" {
		t.Errorf("a fork: %+v", r)
	}
}

func TestMovesRefused(t *testing.T) {
	for text, want := range map[string]string{
		"lr@1200":                               "is not a setting",
		"lr@1.5:1":                              "is not a setting",
		"lr@3:NaN":                              "is not a setting",
		"lr@3:2":                                "lr@3:2: must be from 0 to 1",
		"alpha@3:-1":                            "from 0 to 1",
		"width@3:20":                            "only lr, alpha, frozen",
		"lambda.x@3:2":                          "no group of conditions",
		"lambda.bcs@3:0":                        "above 0",
		"frozen@3:2":                            "0 or 1",
		"lr@5:1e-3,lr@4:1e-3":                   "out of order",
		"lr@-1:1e-3":                            "out of order",
		strings.Repeat("lr@1:0.1,", MaxMoves+1): "too many",
	} {
		raw, _ := json.Marshal(map[string]any{"preset": "helmholtz", "model": "M2", "moves": text})
		c, errs := Resolve(raw)
		if len(errs) != 1 || errs[0].Field != "moves" || !strings.Contains(errs[0].Message, want) || c.Moves != nil {
			t.Errorf("%.40s: %v, want %q", text, errs, want)
		}
	}
	if c, errs := Resolve([]byte(`{"moves":"lr@1:0.5,lambda.bcs@1:2"}`)); len(errs) > 0 || c.Moves.String() != "lr@1:0.5,lambda.bcs@1:2" {
		t.Errorf("good moves: %v (%v)", c.Moves, errs)
	}
	if _, errs := Resolve([]byte(`{"moves":3}`)); len(errs) != 1 {
		t.Errorf("a number: %v", errs)
	}
}

// TestOldCheckpoints restores what the first version of this program wrote and
// goes on as it did, bit for bit; that moves are not known is said.
func TestOldCheckpoints(t *testing.T) {
	var later map[string]string
	text, err := os.ReadFile("testdata/old/later.json")
	if err == nil {
		err = json.Unmarshal(text, &later)
	}
	if err != nil || len(later) != 3 {
		t.Fatal(later, err)
	}
	for name, want := range later {
		saved, err := os.ReadFile(filepath.Join("testdata/old", name+".checkpoint"))
		if err != nil {
			t.Fatal(err)
		}
		cfg, err := CheckpointConfig(saved)
		if err != nil {
			t.Fatal(err)
		}
		run, err := New(cfg)
		if err == nil {
			err = run.Restore(saved)
		}
		if err != nil {
			t.Fatal(err)
		}
		if apart := run.Replay().Apart; !strings.Contains(apart, "earlier version") {
			t.Errorf("%s: %q", name, apart)
		}
		steps(t, run, 60)
		_, state, err := openCheckpoint(run.Checkpoint())
		sum := sha256.Sum256(state)
		if got := hex.EncodeToString(sum[:]); err != nil || got != want {
			t.Errorf("%s goes on to %s, want %s (%v)", name, got, want, err)
		}
	}
}

// TestDamageIsFound flips and cuts a checkpoint everywhere: nothing of it is
// taken, and the words are for a person.
func TestDamageIsFound(t *testing.T) {
	run := newRun(t, "helmholtz", "M2", small)
	steps(t, run, 5)
	good := run.Checkpoint()
	if n, r, err := Verify(run.Config(), good); n != 5 || r.Apart != "" || err != nil {
		t.Errorf("a good one: %d, %+v, %v", n, r, err)
	}
	refused := func(what string, b []byte) {
		t.Helper()
		_, _, err := Verify(run.Config(), b)
		if err == nil || run.Restore(b) == nil || !strings.HasPrefix(err.Error(), "it ") {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := 0; i < len(good); i += 1 + min(i/sealed, 6) { // the seal, then here and there
		bad := slices.Clone(good)
		bad[i] ^= 1 << (i % 8)
		refused(fmt.Sprintf("byte %d flipped", i), bad)
		refused(fmt.Sprintf("cut at %d", i), good[:i])
	}
	bad := slices.Clone(good[sealed:])
	at := 4 + int(binary.LittleEndian.Uint32(bad)) + 8 + 4
	binary.LittleEndian.PutUint32(bad[at:], math.Float32bits(float32(math.NaN())))
	refused("a weight that is no number", seal(bad))
	if !bytes.Equal(run.Checkpoint(), good) {
		t.Error("a refused checkpoint changed the run")
	}
	wide := newRun(t, "helmholtz", "M2", func(c *Config) { small(c); c.Width = 9 })
	if err := wide.Restore(good); err == nil || err.Error() != "it is of a run with other settings: width 8, not 9" {
		t.Errorf("other settings: %v", err)
	}
}
