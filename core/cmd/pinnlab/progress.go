package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// A progress is a bar with the rate and the time left, drawn over itself on a
// terminal and left out elsewhere.
type progress struct {
	w           io.Writer
	total, done int
	begin, next time.Time
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{w: w, total: total, begin: time.Now()}
	if f, ok := w.(*os.File); !ok || !isTerminal(f) {
		p.w = nil
	}
	return p
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// step counts one step and redraws now and then.
func (p *progress) step() {
	p.done++
	if p.w == nil || p.done%16 != 0 {
		return
	}
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(100 * time.Millisecond)
	rate := float64(p.done) / now.Sub(p.begin).Seconds()
	left := time.Duration(float64(p.total-p.done) / rate * float64(time.Second))
	const width = 30
	full := width * p.done / p.total
	fmt.Fprintf(p.w, "\r%s%s %d/%d  %.0f it/s  %s left \x1b[K",
		strings.Repeat("█", full), strings.Repeat("░", width-full), p.done, p.total, rate, left.Round(time.Second))
}

// end clears the bar.
func (p *progress) end() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
