package port

import (
	"encoding/json"
	"sync"
	"syscall/js"
)

// Messages returns the messages that the page sends, in order. Listening
// starts with the first call; what came before is lost, so a program calls it
// before it says that it is ready.
func Messages() <-chan Message {
	listen()
	return inbox.ready
}

var inbox = newQueue()

var listen = sync.OnceFunc(func() {
	handler := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if m, ok := read(args[0]); ok {
			inbox.push(m)
		}
		return nil
	})
	if add := js.Global().Get("addEventListener"); add.Type() == js.TypeFunction {
		js.Global().Call("addEventListener", "message", handler)
	}
})

// read takes a Message from a MessageEvent. Others may post to a window too:
// what is not a message of ours, or not from the parent window, is not ok.
func read(event js.Value) (Message, bool) {
	data := event.Get("data")
	if data.Type() != js.TypeObject || data.Get("head").Type() != js.TypeString {
		return Message{}, false
	}
	if !inWorker() && !event.Get("source").Equal(js.Global().Get("parent")) {
		return Message{}, false
	}
	m := Message{Head: []byte(data.Get("head").String()), Links: links(event)}
	if body := data.Get("body"); body.InstanceOf(js.Global().Get("ArrayBuffer")) {
		bytes := js.Global().Get("Uint8Array").New(body)
		m.Body = make([]byte, bytes.Length())
		js.CopyBytesToGo(m.Body, bytes)
	}
	return m, true
}

// Send posts head, encoded as JSON, and body, which may be nil, to the page.
// It panics if head has no JSON, which is a mistake of the caller.
func Send(head any, body []byte) {
	text, err := json.Marshal(head)
	if err != nil {
		panic("port: Send: " + err.Error())
	}
	message := js.Global().Get("Object").New()
	message.Set("head", string(text))
	message.Set("body", js.Null())
	transfer := js.Global().Get("Array").New()
	if body != nil {
		bytes := js.Global().Get("Uint8Array").New(len(body))
		js.CopyBytesToJS(bytes, body)
		message.Set("body", bytes.Get("buffer"))
		transfer.Call("push", bytes.Get("buffer"))
	}
	if inWorker() {
		js.Global().Call("postMessage", message, transfer)
		return
	}
	// A page opened from a file has no origin that could be named here.
	js.Global().Get("parent").Call("postMessage", message, "*", transfer)
}

// inWorker tells a Worker from a window.
var inWorker = sync.OnceValue(func() bool {
	return js.Global().Get("WorkerGlobalScope").Type() == js.TypeFunction
})

// Yield lets the event loop run once, so that messages that have arrived are
// in the channel when it returns. It goes through a MessageChannel, since a
// timer would wait four milliseconds or more.
func Yield() {
	ping().Call("postMessage", js.Null())
	<-pong
}

var pong = make(chan struct{}, 1)

var ping = sync.OnceValue(func() js.Value {
	channel := js.Global().Get("MessageChannel").New()
	channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		pong <- struct{}{}
		return nil
	}))
	return channel.Get("port2")
})
