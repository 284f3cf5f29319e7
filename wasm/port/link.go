package port

import (
	"errors"
	"time"
)

// A Link leads to another program that the page started, without the page in
// between. It carries one message at a time in each direction: a body that is
// received is overwritten by the next.
type Link interface {
	// Send sends a head, which may be empty, and a copy of a body.
	Send(head string, body []byte)
	// Receive waits for a message, so long at most.
	Receive(most time.Duration) (Message, error)
	// Serve has f answer all that arrives from now on; nil is no answer.
	Serve(f func(Message) (body []byte))
	// Close lets go of the link and of what serves it; nothing arrives any more.
	Close()
}

// errSilence is what Receive says after its time.
var errSilence = errors.New("port: no answer")

// An awaiter waits for messages with a timer that it keeps.
type awaiter struct {
	inbox chan Message
	timer *time.Timer
}

func newAwaiter() awaiter { return awaiter{inbox: make(chan Message, 1)} }

// arrive hands a message over; one that nobody has waited for gives way.
func (a *awaiter) arrive(m Message) {
	select {
	case <-a.inbox:
	default:
	}
	a.inbox <- m
}

// Receive implements [Link].
func (a *awaiter) Receive(most time.Duration) (Message, error) {
	if a.timer == nil {
		a.timer = time.NewTimer(most)
	} else {
		a.timer.Reset(most)
	}
	defer a.timer.Stop()
	select {
	case m := <-a.inbox:
		return m, nil
	case <-a.timer.C:
		return Message{}, errSilence
	}
}
