//go:build !js

package web

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// four is the race as the paper has it: all models at their full size.
const four = "#preset=helmholtz&models=M1,M2,M3,M4"

// move moves the slider of the learning rate to each of a list of values, in one
// task of the page, and returns what is then shown. Of the requests that follow,
// moves.sent are the values and moves.most is how many were on their way to one
// trainer; moves.held keeps their answers back while it is true.
const move = `
	window.moves = { sent: [], held: false, release: [], most: 0, under: new Map() };
	const request = Trainer.prototype.request;
	Trainer.prototype.request = async function (head, ...rest) {
		if (head.do !== "set") return request.call(this, head, ...rest);
		const n = (moves.under.get(this) ?? 0) + 1;
		moves.under.set(this, n);
		moves.most = Math.max(moves.most, n);
		moves.sent.push(head.learningRate);
		const answer = await request.call(this, head, ...rest);
		if (moves.held) await new Promise((go) => moves.release.push(go));
		moves.under.set(this, moves.under.get(this) - 1);
		return answer;
	};
	window.move = (...values) => values.map((log) => {
		const slider = document.getElementById("lr");
		slider.value = String(log);
		slider.dispatchEvent(new Event("input", { bubbles: true }));
		return Number(document.getElementById("lr-value").value);
	})`

// TestSliderWhileTraining moves a slider while four models train. Each value is
// shown at once; of the requests one is on its way to a trainer at a time, the
// newest value goes next, and what was passed over is never sent.
func TestSliderWhileTraining(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", four)
	b.until("all train", `pinnlab.state().then(s => s.models.every(m => m.iteration > 20))`)
	eval[any](b, `(() => {`+move+`})()`)
	act := func(rate float64) {
		t.Helper()
		if s := b.state(); s.Config.LearningRate != rate || !s.Running {
			t.Errorf("the learning rate is %v, want %v; running: %v", s.Config.LearningRate, rate, s.Running)
		}
		b.until("every model has it", fmt.Sprintf(`pinnlab.state().then(s => s.models.every(
			m => Math.abs(m.learningRate / (%v * 0.9 ** (m.iteration / 1000)) - 1) < 1e-3))`, rate))
	}

	// Many moves before anything else can run: one request a trainer.
	shown := eval[[]float64](b, `move(-3.5, -3, -2.5, -2)`)
	eval[any](b, `lab.settings.moving`)
	if !slices.Equal(shown, []float64{0.000316, 1e-3, 0.00316, 0.01}) {
		t.Errorf("moved to 10^-3.5, -3, -2.5, -2 it shows %v", shown)
	}
	if sent := eval[[]float64](b, `moves.sent.splice(0)`); !slices.Equal(sent, slices.Repeat([]float64{0.01}, 4)) {
		t.Errorf("sent %v, want the last value to each of four", sent)
	}
	act(0.01)

	// While the answers to one move are out others wait, and only the last goes.
	eval[any](b, `(async () => {
		moves.held = true;
		move(-4);
		while (moves.release.length < 4) await new Promise((r) => setTimeout(r, 10));
		for (const log of [-3.8, -3.6, -3]) {
			move(log);
			await new Promise((r) => setTimeout(r, 10));
		}
		moves.held = false;
		moves.release.forEach((go) => go());
		await lab.settings.moving;
	})()`)
	want := slices.Concat(slices.Repeat([]float64{1e-4}, 4), slices.Repeat([]float64{1e-3}, 4))
	if sent := eval[[]float64](b, `moves.sent`); !slices.Equal(sent, want) {
		t.Errorf("sent %v, want %v", sent, want)
	}
	if n := eval[int](b, `moves.most`); n != 1 {
		t.Errorf("%d requests were on their way to a trainer", n)
	}
	act(1e-3)
}

// TestPauseActsBetweenSteps: when Pause has answered no model steps any more,
// and Play goes on from there.
func TestPauseActsBetweenSteps(t *testing.T) {
	b := newPlainTab(t)
	b.open("index.html", four+"&pace=free")
	iterations := func() (list []int) {
		for _, m := range b.state().Models {
			list = append(list, m.Iteration)
		}
		return list
	}
	was := []int{0, 0, 0, 0}
	for range 3 {
		b.until("all train on", `pinnlab.state().then(s => s.models.every((m, i) => m.iteration > `+show(was)+`[i]))`)
		was = eval[[]int](b, `pinnlab.pause().then(() => [...lab.trainers.values()].map(t => t.latest.state.iteration))`)
		// A trainer looks at its requests in turn: had it steps to do, it would do some between these.
		eval[any](b, `lab.each((t) => t.request({ do: "look" })).then(() => lab.each((t) => t.request({ do: "look" })))`)
		if now := iterations(); !slices.Equal(now, was) {
			t.Errorf("paused at %v, they are at %v", was, now)
		}
		eval[any](b, `pinnlab.play()`)
	}
}

// heap returns the bytes of scripts' objects and of array buffers, once what is
// no longer used is gone.
func (b *tab) heap() (objects, buffers float64) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
		b.t.Fatal(err)
	}
	use, err := chromedp.Call(b.ctx, runtime.GetHeapUsage, cdp.Empty{})
	if err != nil {
		b.t.Fatal(err)
	}
	return use.UsedSize, use.BackingStorageSize
}

// TestMemory lets thousands of Snapshots come in and sliders move: the page
// keeps a bounded history and nothing else.
func TestMemory(t *testing.T) {
	b := newTab(t)
	b.open("index.html", small+"&pace=free")
	b.drawn()
	const bound = 2 << 20 // of history, of each model; small, so that it is full soon
	eval[any](b, `([...lab.trainers.keys()].forEach(m => { scrubber.past(m).most.bytes = 2 << 20; }), 0)`)
	eval[any](b, `(() => {
		window.came = 0;
		const state = listener.state;
		listener.state = (t) => { window.came++; state(t); };
		lab.trainers.forEach(t => { const on = t.on.state; t.on.state = (...all) => { window.came++; on(...all); }; });
	})()`)
	round := func() (objects, buffers float64, nodes int) {
		from := eval[int](b, `window.came`)
		eval[any](b, `(async () => {
			for (let i = 0; i < 30; i++) {
				await pinnlab.set({ learningRate: 1e-3 * (1 + i % 7 / 10) });
				await pinnlab.step(2);
			}
		})()`)
		if n := eval[int](b, `window.came`) - from; n < 240 {
			t.Errorf("%d Snapshots came in", n)
		}
		objects, buffers = b.heap()
		return objects, buffers, eval[int](b, `document.querySelectorAll("*").length`)
	}
	// What is kept fills up first, and what is on its way to the pictures varies.
	round()
	objects, buffers, nodes := round()
	for range 2 {
		o, u, _ := round()
		objects, buffers = max(objects, o), max(buffers, u)
	}
	for range 2 {
		o, u, n := round()
		t.Logf("objects %.1f MB, buffers %.1f MB, %d elements", o/1e6, u/1e6, n)
		if o > objects+1e6 || u > buffers+4*bound || n != nodes {
			t.Errorf("it had %.1f MB of objects, %.1f of buffers and %d elements", objects/1e6, buffers/1e6, nodes)
		}
	}
	if size := eval[int](b, `[...scrubber.pasts.values()].reduce((sum, p) => sum + p.bytes, 0)`); size > 4*bound {
		t.Errorf("the history holds %d bytes", size)
	}
}
