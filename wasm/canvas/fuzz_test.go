package main

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"pinnlab/wasm/plot"
	"pinnlab/wasm/port"
)

// A session is what a page might do to the canvas, in any order: each byte of a
// script chooses what comes next, and what with.
type session struct {
	t      testing.TB
	script []byte
	shots  []shot
	board  *Board
	scene  *Scene
	width  float64
	runs   uint64
}

// FuzzSession feeds Snapshots and settings in any order, and Snapshots with
// bytes changed. Nothing may panic, and nothing may be drawn that is not of the
// line-up.
func FuzzSession(f *testing.F) {
	list, err := shots()
	if err != nil {
		f.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 24 {
		script := make([]byte, 25*(n+1))
		for i := range script {
			script[i] = byte(rng.Uint32())
		}
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		s := &session{t: t, script: script[:min(len(script), 600)], shots: list, board: &Board{}, width: 1000}
		s.scene = NewScene(s.board, face)
		for len(s.script) > 0 {
			s.next()
		}
		s.build()
	})
}

// byte takes the next number of the script, below n; 0 at its end.
func (s *session) byte(n int) int {
	if len(s.script) == 0 {
		return 0
	}
	v := int(s.script[0])
	s.script = s.script[1:]
	return v % n
}

func (s *session) next() {
	switch s.byte(11) {
	case 0, 1:
		s.cast()
	case 2, 3, 4:
		s.arrive(s.pick())
	case 5:
		s.damaged()
	case 6:
		s.look()
	case 7:
		s.width = []float64{0, 1, 31, 240, 390, 700, 1000, 1920}[s.byte(8)]
		s.build()
	case 8:
		s.build()
	case 10:
		s.haunt()
	case 9:
		s.build()
		at := plot.Point{X: s.width * float64(s.byte(256)) / 255, Y: s.scene.Layout.Height * float64(s.byte(256)) / 255}
		s.scene.Point(at, s.byte(8) > 0)
		s.check(&s.scene.Over)
		s.subjects()
	}
}

// cast chooses a problem and contestants, whose runs are new or go on.
func (s *session) cast() {
	l := Lineup{s.shots[s.byte(len(s.shots))].problem, map[string]uint64{}, nil, nil}
	chosen := s.byte(16)
	for i, key := range slotKeys {
		if chosen>>i&1 == 1 {
			l.Runs[key] = s.board.cast.Runs[key]
			if s.byte(3) > 0 {
				s.runs++
				l.Runs[key] = s.runs
			}
		}
	}
	if s.byte(2) == 1 { // some are drawn with another
		l.Seeds = map[string]string{}
		for _, key := range slotKeys[1:] {
			if _, trains := l.Runs[key]; trains && s.byte(2) == 1 {
				l.Seeds[key] = slotKeys[0]
			}
		}
	}
	s.send(map[string]any{"do": "view", "lineup": l}, nil)
}

// haunt takes the Snapshot of any run as that of one that was replaced, or sends
// ghosts away.
func (s *session) haunt() {
	if s.byte(4) == 0 {
		s.send(map[string]any{"do": "view", "ghosts": []string{"1", "2"}[:s.byte(3)]}, nil)
		return
	}
	c := &s.shots[s.byte(len(s.shots))]
	s.send(map[string]any{"do": "ghost", "ghost": string(rune('0' + s.byte(4))), "slot": slotKeys[s.byte(len(slotKeys))], "name": "#1"}, c.numbered(s.t, 1))
}

// pick takes a Snapshot: mostly of the line-up, sometimes of what is no more.
func (s *session) pick() (slot string, data []byte) {
	at := s.byte(len(s.shots))
	if late := s.byte(4) == 0; !late {
		for range s.shots { // the next that is shown
			_, cast := s.board.cast.Runs[s.shots[at].model]
			if cast && s.shots[at].problem == s.board.cast.Problem {
				break
			}
			at = (at + 1) % len(s.shots)
		}
	}
	c := &s.shots[at]
	run := s.board.cast.Runs[c.model]
	if s.byte(8) == 0 {
		run--
	}
	return c.model, c.numbered(s.t, run)
}

// damaged sends a Snapshot some of whose numbers are others.
func (s *session) damaged() {
	slot, data := s.pick()
	for range 1 + s.byte(4) {
		at := (s.byte(256)<<16 | s.byte(256)<<8 | s.byte(256)) % len(data)
		if at < 80 && s.byte(4) > 0 { // what it is of stays, mostly
			at += 80
		}
		for i, v := range damage[s.byte(len(damage))] {
			if at+i < len(data) {
				data[at+i] = v
			}
		}
	}
	s.arrive(slot, data)
}

// damage is patterns of bytes: numbers that are not finite, huge, tiny, none.
var damage = [][]byte{
	{0, 0, 0xc0, 0x7f}, {0, 0, 0x80, 0x7f}, {0, 0, 0x80, 0xff}, {0xff, 0xff, 0x7f, 0x7f}, {1, 0, 0, 0}, {0, 0, 0, 0}, {255}, {1},
	{0, 0, 0, 0, 0, 0, 0xf8, 0x7f}, {0, 0, 0, 0, 0, 0, 0xf0, 0x7f}, {0, 0, 0, 0, 0, 0, 0xf0, 0xff}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xef, 0x7f},
	{0, 0, 0, 0, 0, 0, 0xf0, 0xbf}, {1, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
}

func (s *session) arrive(slot string, data []byte) {
	s.send(map[string]any{"do": "show", "slot": slot}, data)
	if s.byte(2) == 0 {
		s.board.Next()
	}
}

// look changes how things are shown, to words that there are and are not.
func (s *session) look() {
	one := func(words ...any) any { return words[s.byte(len(words))] }
	head := map[string]any{"do": "view"}
	for _, choice := range []struct {
		name  string
		value any
	}{
		{"tab", one("overview", "gradients", "stiffness", "curves", "nonesuch")},
		{"theme", one("light", "dark")}, {"field", one("", "u", "speed", "psi", "p", "nonesuch")},
		{"gradAxis", one("linear", "log")}, {"errorAxis", one("linear", "log")},
		{"gradWeighted", one("before", "after")}, {"gradPooled", one("layers", "pooled")},
		{"points", one("off", "on")}, {"over", one("auto", "iterations", "time", "never")}, {"past", one(nil, 3)}, {"callouts", one("off", "on")},
		{"shown", one("error", "sides", "res", "res_v", "nonesuch", "")},
		{"height", one(-5, 0, 300, 560, 1e300)}, {"title", one("", "Helmholtz (1, 4)", "ψ\x00\xff")},
		{"marks", one([]Marks{}, []Marks{{Source: "Ghia", U: [][2]float64{{0.5, -1e300}}, V: [][2]float64{{-3, 0.1}}}})},
	} {
		if s.byte(2) == 0 {
			head[choice.name] = choice.value
		}
	}
	s.send(head, nil)
}

func (s *session) send(head any, body []byte) {
	text, err := json.Marshal(head)
	if err != nil {
		s.t.Fatal(err)
	}
	s.board.Handle(port.Message{Head: text, Body: body})
}

// build draws, and looks at what was drawn.
func (s *session) build() {
	for s.board.Waiting() {
		if s.board.Next() != nil {
			break
		}
	}
	s.scene.Build(s.width, []float64{0.5, 1, 2, 2.75}[s.byte(4)])
	for _, slot := range s.board.Slots {
		if o := slot.Snap.Origin; !s.board.cast.has(slot.Key, o) {
			s.t.Fatalf("%s shows %+v, the line-up is %+v", slot.Key, o, s.board.cast)
		}
		if !sameShape(&slot.Snap, &s.board.Slots[0].Snap) {
			s.t.Fatalf("%s and %s are drawn side by side", slot.Key, s.board.Slots[0].Key)
		}
	}
	for i := range s.scene.Pictures[:s.scene.Used] {
		if p := &s.scene.Pictures[i]; p.W < 1 || p.H < 1 || len(p.Pix) != 4*p.W*p.H {
			s.t.Fatalf("a picture of %d×%d has %d bytes", p.W, p.H, len(p.Pix))
		}
	}
	s.check(&s.scene.Mesh)
}

// check wants triangles that a graphics card can take.
func (s *session) check(m *plot.Mesh) {
	for _, k := range m.Used() {
		for _, v := range k.Vertices {
			for _, x := range [...]float32{v.X, v.Y, v.U, v.V, v.R, v.G, v.B, v.A} {
				if x != x || math.IsInf(float64(x), 0) {
					s.t.Fatalf("a vertex is %+v", v)
				}
			}
		}
		for _, i := range k.Indices {
			if int(i) >= len(k.Vertices) {
				s.t.Fatalf("index %d of %d vertices", i, len(k.Vertices))
			}
		}
	}
}

// subjects gives all the canvas to what can have it, and to what cannot.
func (s *session) subjects() {
	view := &s.scene.board.View
	seen := view.Enlarge
	for _, sub := range append(s.scene.Subjects(), Subject{ID: "M9-dinner"}) {
		view.Enlarge = sub.ID
		s.scene.Build(s.width, 1)
		if s.scene.large != (sub.ID != "M9-dinner") {
			s.t.Fatalf("%s at large: %v", sub.ID, s.scene.large)
		}
		s.check(&s.scene.Mesh)
	}
	view.Enlarge = seen
	s.scene.Build(s.width, 1)
}
