package port

import (
	"fmt"
	"testing"
)

func TestQueueKeepsOrder(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 1000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			q := newQueue()
			for i := range n {
				q.push(Message{Head: []byte(fmt.Sprint(i))}) // must not block, whatever n
			}
			for i := range n {
				if got, want := string((<-q.ready).Head), fmt.Sprint(i); got != want {
					t.Fatalf("message %d is %q, want %q", i, got, want)
				}
			}
			if n := len(q.ready); n != 0 {
				t.Errorf("%d messages left over", n)
			}
		})
	}
}

// A receiver that keeps up part of the time must see one order throughout.
func TestQueueKeepsOrderWhileDraining(t *testing.T) {
	q := newQueue()
	next := 0
	read := func(k int) {
		for range k {
			if got, want := string((<-q.ready).Head), fmt.Sprint(next); got != want {
				t.Fatalf("message %q, want %q", got, want)
			}
			next++
		}
	}
	for i := range 2000 {
		q.push(Message{Head: []byte(fmt.Sprint(i))})
		if i%100 == 99 {
			read(80)
		}
	}
	read(400)
}

func TestYieldReturns(t *testing.T) {
	for range 100 {
		Yield()
	}
}
