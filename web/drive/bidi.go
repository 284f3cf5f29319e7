//go:build !js

package drive

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// A bidi is a connection that speaks WebDriver BiDi: commands with answers, and
// events (https://www.w3.org/TR/webdriver-bidi/).
type bidi struct {
	conn *websocket.Conn
	on   func(method string, params json.RawMessage)

	mu      sync.Mutex
	next    int
	waiting map[int]chan answer
	broken  error
}

type answer struct {
	ID      *int
	Type    string
	Result  json.RawMessage
	Error   string
	Message string
	Method  string
	Params  json.RawMessage
}

// dial connects to a browser. Events go to on, one after the other.
func dial(address string, on func(method string, params json.RawMessage)) (*bidi, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, address, nil)
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(-1) // screenshots are large
	c := &bidi{conn: conn, on: on, waiting: map[int]chan answer{}}
	go c.read()
	return c, nil
}

func (c *bidi) read() {
	for {
		_, text, err := c.conn.Read(context.Background())
		var a answer
		if err == nil {
			err = json.Unmarshal(text, &a)
		}
		if err != nil {
			c.fail(err)
			return
		}
		if a.Type == "event" {
			c.on(a.Method, a.Params)
		} else if a.ID != nil {
			c.mu.Lock()
			reply := c.waiting[*a.ID]
			delete(c.waiting, *a.ID)
			c.mu.Unlock()
			if reply != nil {
				reply <- a
			}
		}
	}
}

// fail lets every command that waits, and every later one, fail.
func (c *bidi) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.broken = err
	for id, reply := range c.waiting {
		delete(c.waiting, id)
		reply <- answer{Error: "connection lost", Message: err.Error()}
	}
}

// call sends a command and decodes its result into result, unless that is nil.
func (c *bidi) call(method string, params, result any) error {
	c.mu.Lock()
	if c.broken != nil {
		defer c.mu.Unlock()
		return fmt.Errorf("%s: %w", method, c.broken)
	}
	c.next++
	id, reply := c.next, make(chan answer, 1)
	c.waiting[id] = reply
	c.mu.Unlock()

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	text, err := json.Marshal(map[string]any{"id": id, "method": method, "params": params})
	if err == nil {
		err = c.conn.Write(ctx, websocket.MessageText, text)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case a := <-reply:
		if a.Error != "" {
			return fmt.Errorf("%s: %s: %s", method, a.Error, a.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(a.Result, result)
	case <-ctx.Done():
		return fmt.Errorf("%s: no answer in %v", method, patience.Round(time.Second))
	}
}
