package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// answers are how soon the page answers while four models train, in
// milliseconds, shortest first. On a machine with fewer cores than that every
// thread waits for its turn: what a bare question takes is the measure.
type answers struct {
	Shown   []float64 // from a slider's move to its value beside it
	Acts    []float64 // to all models training with it
	Asked   []float64 // from a question to the answers of all models
	Scripts []float64 // processor time of each script of the page, the drawing of its pictures included
}

// answers moves a slider, again and again.
func (b *chrome) answers() (a answers, err error) {
	if err := b.open("index.html#preset=helmholtz&models=M1,M2,M3,M4"); err != nil {
		return a, err
	}
	if err := b.until(`performance.getEntriesByName("` + lastMark + `").length > 0 && pinnlab.state().then((s) => s.models.every((m) => m.iteration > 20))`); err != nil {
		return a, err
	}
	stop, err := b.trace()
	if err != nil {
		return a, err
	}
	a, err = evaluate[answers](b.ctx, `(async () => {
		const slider = document.getElementById("lr"), out = { Shown: [], Acts: [], Asked: [] };
		for (let i = 0; i < 40; i++) {
			await new Promise((r) => setTimeout(r, 150));
			const began = performance.now();
			slider.value = String(-3 + i / 50);
			slider.dispatchEvent(new Event("input", { bubbles: true }));
			out.Shown.push(performance.now() - began);
			await lab.moving; // every trainer has answered
			out.Acts.push(performance.now() - began);
			const asked = performance.now();
			await lab.each((t) => t.request({ do: "look" }));
			out.Asked.push(performance.now() - asked);
		}
		return out;
	})()`)
	if err != nil {
		return a, err
	}
	if a.Scripts, err = stop(); err != nil {
		return a, err
	}
	for _, list := range [][]float64{a.Shown, a.Acts, a.Asked, a.Scripts} {
		slices.Sort(list)
	}
	return a, chromedp.Do(b.ctx, chromedp.Navigate("about:blank"))
}

// table renders medians and the longest. Of the scripts, which are many and
// mostly short, only the longest counts.
func (a answers) table() string {
	var s strings.Builder
	s.WriteString("| while four models train | median ms | longest ms |\n| --- | ---: | ---: |\n")
	for _, row := range []struct {
		name string
		list []float64
	}{{"a moved slider shows its value", a.Shown}, {"it acts on all models", a.Acts}, {"a bare question to all models", a.Asked}} {
		fmt.Fprintf(&s, "| %s | %.1f | %.1f |\n", row.name, row.list[len(row.list)/2], row.list[len(row.list)-1])
	}
	fmt.Fprintf(&s, "| a script of the page, processor time | | %.1f |\n\n", a.Scripts[len(a.Scripts)-1])
	return s.String()
}

// An event is one of a trace.
type event struct {
	Name     string
	Pid, Tid int
	TDur     float64 `json:"tdur"` // microseconds of processor time
	Args     struct {
		Name string
		Data struct {
			URL string `json:"url"`
		}
	}
}

// trace records what the page's thread does until the returned function is
// called, which gives the processor time of each script in milliseconds.
func (b *chrome) trace() (stop func() ([]float64, error), err error) {
	chunks := chromedp.Events(b.ctx, tracing.DataCollected)
	complete := chromedp.Events(b.ctx, tracing.TracingComplete)
	var events []event
	received, done := make(chan []event, 1000), make(chan bool)
	go func() {
		for c, err := range chunks {
			if err != nil {
				return
			}
			raw, _ := json.Marshal(c.Value)
			var some []event
			_ = json.Unmarshal(raw, &some)
			received <- some
		}
	}()
	go func() {
		for range complete {
			break
		}
		close(done)
	}()
	_, err = chromedp.Call(b.ctx, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{
		IncludedCategories: []string{"devtools.timeline", "__metadata"}}})
	return func() ([]float64, error) {
		if _, err := chromedp.Call(b.ctx, tracing.End, cdp.Empty{}); err != nil {
			return nil, err
		}
		<-done
		for more := true; more; { // what is still on its way
			select {
			case some := <-received:
				events = append(events, some...)
			case <-time.After(time.Second):
				more = false
			}
		}
		if list := scripts(events); len(list) > 0 {
			return list, nil
		}
		return nil, fmt.Errorf("the trace has no script of the page")
	}, err
}

// scripts returns what each script of the page took of the processor.
func scripts(events []event) (took []float64) {
	main := map[[2]int]bool{}
	for _, e := range events {
		if e.Name == "thread_name" && e.Args.Name == "CrRendererMain" {
			main[[2]int{e.Pid, e.Tid}] = true
		}
	}
	for _, e := range events {
		ours := strings.HasPrefix(e.Args.Data.URL, "file:") || strings.HasPrefix(e.Args.Data.URL, "about:srcdoc")
		if e.Name == "FunctionCall" && main[[2]int{e.Pid, e.Tid}] && ours {
			took = append(took, e.TDur/1e3)
		}
	}
	return took
}
