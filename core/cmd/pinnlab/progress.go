package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// A progress is a bar that says how much is done and how long the rest will
// take, drawn over itself on a terminal and left out elsewhere. Several
// goroutines may use it.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	drawn bool // on a terminal

	total, done float64
	unit        string // of done, for the rate; without one the bar shows the share
	begin, next time.Time
}

// newProgress returns a bar of total units of work.
func newProgress(w io.Writer, total float64, unit string) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, drawn: ok && isTerminal(f), total: total, unit: unit, begin: time.Now()}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// add counts work and redraws now and then.
func (p *progress) add(work float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += work
	if !p.drawn {
		return
	}
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(100 * time.Millisecond)
	rate := p.done / now.Sub(p.begin).Seconds()
	count := fmt.Sprintf("%.0f %%", 100*p.done/p.total)
	if p.unit != "" {
		count = fmt.Sprintf("%.0f/%.0f  %.0f %s/s", p.done, p.total, rate, p.unit)
	}
	const width = 30
	full := min(int(width*p.done/p.total), width)
	fmt.Fprintf(p.w, "\r%s%s %s  %s left \x1b[K", strings.Repeat("█", full), strings.Repeat("░", width-full), count, p.left(rate))
}

// skip takes work off that need not be done, so that it does not count as fast.
func (p *progress) skip(work float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total -= work
}

// left returns how long the rest takes at a rate, in words.
func (p *progress) left(rate float64) string {
	if !(rate > 0) {
		return "?"
	}
	return inWords(time.Duration((p.total - p.done) / rate * float64(time.Second)))
}

// inWords returns a duration to the second, or to the minute where it is long.
func inWords(d time.Duration) string {
	if d < time.Hour {
		return d.Round(time.Second).String()
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%dh%02dm", int(d.Hours()), int(d.Minutes())%60)
}

// say prints a line above the bar. The line may hold %left, the time left.
func (p *progress) say(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	left := p.left(p.done / time.Since(p.begin).Seconds())
	p.clear()
	fmt.Fprintln(p.w, strings.ReplaceAll(line, "%left", left))
}

// end clears the bar.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
