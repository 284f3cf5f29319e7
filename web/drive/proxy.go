//go:build !js

package drive

import (
	"bufio"
	"fmt"
	"net"
	"sync"
	"time"
)

// A proxy is where a browser's requests to the world end, and are noted.
type proxy struct {
	net.Listener
	mu       sync.Mutex
	requests []string
}

func newProxy() (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{Listener: l}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.refuse(conn)
		}
	}()
	return p, nil
}

func (p *proxy) address() string { return p.Addr().String() }

// refuse notes a request by its first line. What is encrypted has none to read.
func (p *proxy) refuse(conn net.Conn) {
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	line, err := bufio.NewReaderSize(conn, 4096).ReadSlice('\n')
	if err != nil || len(line) == 0 || line[0] < 'A' || line[0] > 'Z' {
		line = []byte("encrypted")
	}
	p.mu.Lock()
	p.requests = append(p.requests, fmt.Sprintf("request: %.200s", line))
	p.mu.Unlock()
	fmt.Fprint(conn, "HTTP/1.1 502 Nowhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

// since returns the requests but the first n.
func (p *proxy) since(n int) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.requests[min(n, len(p.requests)):]...)
}
