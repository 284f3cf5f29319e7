package port

import "syscall/js"

// A link is a MessagePort.
type link struct {
	awaiter
	port   js.Value
	handle js.Func
	body   []byte // of the latest message
	answer func(Message) []byte
}

// links takes the ports that came with a MessageEvent.
func links(event js.Value) (list []Link) {
	ports := event.Get("ports")
	if ports.Type() != js.TypeObject {
		return nil
	}
	for i := range ports.Length() {
		l := &link{awaiter: newAwaiter(), port: ports.Index(i)}
		l.handle = js.FuncOf(func(_ js.Value, args []js.Value) any {
			l.receive(args[0].Get("data"))
			return nil
		})
		l.port.Set("onmessage", l.handle)
		list = append(list, l)
	}
	return list
}

// receive runs inside a JavaScript event. What is served is answered at once,
// without waiting for a goroutine's turn.
func (l *link) receive(data js.Value) {
	m := Message{Head: []byte(data.Get("head").String())}
	if body := data.Get("body"); body.Truthy() {
		if n := body.Length(); cap(l.body) < n {
			l.body = make([]byte, n)
		}
		m.Body = l.body[:body.Length()]
		js.CopyBytesToGo(m.Body, body)
	}
	if l.answer != nil {
		if body := l.answer(m); body != nil {
			l.Send("", body)
		}
		return
	}
	l.arrive(m)
}

func (l *link) Send(head string, body []byte) {
	message, transfer := js.Global().Get("Object").New(), js.Global().Get("Array").New()
	message.Set("head", head)
	if body != nil {
		bytes := js.Global().Get("Uint8Array").New(len(body))
		js.CopyBytesToJS(bytes, body)
		message.Set("body", bytes)
		transfer.Call("push", bytes.Get("buffer"))
	}
	l.port.Call("postMessage", message, transfer)
}

func (l *link) Serve(f func(Message) []byte) { l.answer = f }

func (l *link) Close() {
	l.port.Set("onmessage", js.Null())
	l.port.Call("close")
	l.handle.Release()
}
