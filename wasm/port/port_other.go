//go:build !js

package port

import (
	"encoding/json"
	"runtime"
)

var inbox, outbox = newQueue(), newQueue()

// Messages returns what Deliver is given, in order.
func Messages() <-chan Message { return inbox.ready }

// Send passes head, encoded as JSON, and a copy of body to Sent. It panics if
// head has no JSON, which is a mistake of the caller.
func Send(head any, body []byte) {
	text, err := json.Marshal(head)
	if err != nil {
		panic("port: Send: " + err.Error())
	}
	m := Message{Head: text}
	if body != nil {
		m.Body = append([]byte{}, body...)
	}
	outbox.push(m)
}

// Yield lets other goroutines run.
func Yield() { runtime.Gosched() }

// Deliver plays the page: m arrives in Messages.
func Deliver(m Message) { inbox.push(m) }

// Sent plays the page too: it returns what Send is given, in order.
func Sent() <-chan Message { return outbox.ready }
