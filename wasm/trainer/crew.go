package main

import (
	"encoding/json"
	"errors"
	"time"

	"pinnlab/core/train"
	"pinnlab/wasm/port"
)

// A hand forms gradients for the run in another worker's trainer.
type hand struct {
	port.Link
	now   func() time.Time
	given time.Time
	most  time.Duration // that an answer took, 0 before the first
}

// patience is how long a hand may be silent; then the run goes on without. The
// first answer has the building of a network before it.
func (h *hand) patience() time.Duration {
	if h.most == 0 {
		return time.Minute
	}
	return 5*time.Second + 10*h.most
}

var errHand = errors.New("the other worker could not do it")

func (h *hand) Give(order []byte) error {
	h.given = h.now()
	h.Send("", order)
	return nil
}

func (h *hand) Take() ([]byte, error) {
	m, err := h.Receive(h.patience())
	h.most = max(h.most, h.now().Sub(h.given))
	if err == nil && len(m.Body) == 0 {
		err = errHand
	}
	return m.Body, err
}

// gather shares the run's steps with the trainers at the other end of links;
// none takes all work back. A new run is shared anew.
func (t *trainer) gather(links []port.Link) error {
	if t.run == nil {
		return errNoRun
	}
	for _, l := range t.links {
		l.Close()
	}
	t.links = links
	t.share()
	return nil
}

// share tells the hands what they will work on.
func (t *trainer) share() {
	shared, ok := t.run.(sharing)
	if !ok {
		return
	}
	text, err := json.Marshal(t.run.Config())
	if err != nil {
		panic("trainer: share: " + err.Error()) // a run's Config has a JSON form
	}
	var hands []train.Hand
	for _, l := range t.links {
		hands = append(hands, &hand{Link: l, now: t.now})
	}
	for _, l := range t.links[:shared.Share(hands)] {
		l.Send(string(text), nil)
	}
}

// assist forms gradients for the run of another worker's trainer, at the other
// end of the links. A message with a head is the Config of what follows; an
// order that cannot be done has an empty answer. Links served before are closed.
func (t *trainer) assist(links []port.Link) {
	for _, l := range t.served { // its assistant is a network's memory
		l.Close()
	}
	t.served = links
	for _, l := range links {
		var assistant train.Assistant
		l.Serve(func(m port.Message) (body []byte) {
			defer func() { // an assistant in doubt is no assistant; the run goes on without
				if recover() != nil {
					assistant, body = nil, []byte{}
				}
			}()
			if len(m.Head) > 0 {
				cfg, problems := train.Resolve(m.Head)
				assistant = nil
				if len(problems) == 0 {
					assistant, _ = train.NewAssistant(cfg)
				}
				return nil
			}
			if assistant == nil {
				return []byte{}
			}
			answer, err := assistant.Work(m.Body)
			if err != nil {
				return []byte{}
			}
			return answer
		})
	}
}
