//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"pinnlab/wasm/port"
)

// A counter counts what is sent through a link.
type counter struct {
	port.Link
	n *int
}

func (c counter) Send(head string, body []byte) { *c.n++; c.Link.Send(head, body) }

// TestGather shares a run with the trainers of other workers: its bits are
// those of a run alone, also after a new start and after the hands are gone.
func TestGather(t *testing.T) {
	do := func(d *desk, links []port.Link, heads ...string) {
		for _, head := range heads {
			d.handle(port.Message{Head: []byte(head), Links: links})
			for d.busy() {
				d.slice()
			}
		}
	}
	run := func(links []port.Link) []byte {
		d := newDesk()
		d.build, d.now = build, time.Now
		const start = `{"do":"start","config":{"preset":"helmholtz","model":"M2","width":8,"depth":2,"batch":900,"seed":1}}`
		const again = `{"do":"start","config":{"preset":"klein_gordon","model":"M4","width":9,"depth":2,"batch":700,"seed":2}}`
		do(d, nil, start)
		do(d, links, `{"do":"gather","id":1}`)
		do(d, nil, `{"do":"step","n":5}`, again, `{"do":"step","n":5}`, `{"do":"gather","id":2}`, `{"do":"step","n":5}`)
		return d.run.Checkpoint()
	}
	var near, far []port.Link
	served := 0
	for range 2 {
		a, b := port.Pair()
		near, far = append(near, a), append(far, b)
	}
	newDesk().assist(far)
	for i, l := range near {
		near[i] = counter{l, &served}
	}
	if !bytes.Equal(run(near), run(nil)) {
		t.Error("the shared run is another")
	}
	if served != 2*2+2*2*5 {
		t.Errorf("the hands were asked %d times", served)
	}
}

// TestGatherNeedsARun and a step that cannot be shared is taken alone.
func TestGatherNeedsARun(t *testing.T) {
	d := newDesk()
	d.handle(port.Message{Head: []byte(`{"do":"gather","id":4}`)})
	var r reply
	if err := json.Unmarshal(d.sent[0].Head, &r); err != nil || r.Re != 4 || r.Error == "" {
		t.Errorf("without a run: %s", d.sent[0].Head)
	}
	a, b := port.Pair()
	b.Serve(func(port.Message) []byte { return []byte{} }) // knows nothing of the run
	d.build, d.now = build, time.Now
	d.handle(port.Message{Head: []byte(`{"do":"start","config":{"preset":"helmholtz","model":"M1","width":4,"depth":1,"batch":900}}`)})
	d.handle(port.Message{Head: []byte(`{"do":"gather"}`), Links: []port.Link{a}})
	d.handle(port.Message{Head: []byte(`{"do":"step","n":3}`)})
	for d.busy() {
		d.slice()
	}
	if d.run.Iteration() != 3 || d.halt != nil {
		t.Errorf("at %d: %v", d.run.Iteration(), d.halt)
	}
}
