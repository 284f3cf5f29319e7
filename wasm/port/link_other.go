//go:build !js

package port

// A link is one end of a pair.
type link struct {
	awaiter
	other  *link
	answer func(Message) []byte
}

// Pair returns the two ends of a link.
func Pair() (Link, Link) {
	a, b := &link{awaiter: newAwaiter()}, &link{awaiter: newAwaiter()}
	a.other, b.other = b, a
	return a, b
}

func (l *link) Send(head string, body []byte) {
	m := Message{Head: []byte(head), Body: append([]byte(nil), body...)}
	if l.other.answer != nil {
		if answer := l.other.answer(m); answer != nil {
			l.arrive(Message{Body: append([]byte{}, answer...)})
		}
		return
	}
	l.other.arrive(m)
}

func (l *link) Serve(f func(Message) []byte) { l.answer = f }

func (l *link) Close() { l.answer = nil }
