// Package port carries messages between a Go program in the browser and the
// page that started it.
//
// A message is an object {head, body}: head is a JSON string, body an
// ArrayBuffer or null, which changes hands without a copy. In a Worker the
// page is at the other end of the worker; in an iframe it is the parent
// window. Natively the other end is a pair of functions, Deliver and Sent, so
// that a program can be tested without a browser.
package port

import "sync"

// Message is what travels: a JSON head, and bytes or nil. The page may put
// links to other programs with it.
type Message struct {
	Head  []byte
	Body  []byte
	Links []Link
}

// A queue hands messages in order to a channel. Its push never blocks: it runs
// inside a JavaScript event, where waiting would stop the event loop for good.
type queue struct {
	ready chan Message

	mu       sync.Mutex
	waiting  []Message // what did not fit into ready
	draining bool      // a goroutine moves waiting to ready
}

func newQueue() *queue {
	return &queue{ready: make(chan Message, 64)}
}

// push appends m. Where there is room a receiver finds it at once, without
// waiting for another goroutine to be scheduled.
func (q *queue) push(m Message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.draining {
		select {
		case q.ready <- m:
			return
		default:
		}
		q.draining = true
		go q.drain()
	}
	q.waiting = append(q.waiting, m)
}

// drain moves what waits to the channel until nothing does.
func (q *queue) drain() {
	for {
		q.mu.Lock()
		if len(q.waiting) == 0 {
			q.waiting, q.draining = nil, false
			q.mu.Unlock()
			return
		}
		m := q.waiting[0]
		q.waiting = q.waiting[1:]
		q.mu.Unlock()
		q.ready <- m
	}
}
