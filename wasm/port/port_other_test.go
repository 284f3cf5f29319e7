//go:build !js

package port

import "testing"

func TestLoop(t *testing.T) {
	Deliver(Message{Head: []byte(`{"do":"play"}`), Body: []byte{7}})
	if m := <-Messages(); string(m.Head) != `{"do":"play"}` || len(m.Body) != 1 {
		t.Errorf("Messages gave %q with %d bytes", m.Head, len(m.Body))
	}
	body := []byte{1, 2}
	Send(map[string]int{"re": 3}, body)
	body[0] = 9 // Sent holds its own copy
	if m := <-Sent(); string(m.Head) != `{"re":3}` || m.Body[0] != 1 {
		t.Errorf("Sent gave %q, %v", m.Head, m.Body)
	}
	Send("x", nil)
	if m := <-Sent(); m.Body != nil {
		t.Errorf("a nil body arrived as %v", m.Body)
	}
}
