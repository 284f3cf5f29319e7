package main

//lint:file-ignore SA1019 Drawing only what has changed goes by these names alone in a browser.

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"pinnlab/wasm/port"
)

func main() {
	board := &Board{}
	g := &game{board: board, scene: NewScene(board, NewTypeface()), dirty: true}
	g.frame.listen(g)
	inbox := port.Messages()
	go g.receive(inbox)
	port.Send(map[string]string{"is": "ready"}, nil)
	ebiten.SetFPSMode(ebiten.FPSModeVsyncOffMinimum)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	ebiten.SetScreenClearedEveryFrame(false)
	err := ebiten.RunGameWithOptions(g, &ebiten.RunGameOptions{
		InitUnfocused: true, ScreenTransparent: true,
		DisableHiDPI: true, // frame does it, and follows changes
	})
	if err != nil {
		fault(err)
	}
}

// game joins the board, the browser and Ebitengine. Messages and events change
// the board and ask for a frame; without them nothing is drawn.
type game struct {
	mu    sync.Mutex
	board *Board
	scene *Scene
	frame frame

	dirty   bool          // the scene is not what it should be
	rest    time.Time     // until when newer Snapshots wait
	row     int           // Snapshots shown since, one a frame ...
	cost    time.Duration // ... and what that took
	asleep  bool          // a timer is set to ask for a frame
	moved   bool          // the pointer is elsewhere
	wished  float64
	reading string
	screen  screen

	subjects []Subject // as the page knows them
	casting  int       // Board.Casting of the latest scene
	until    time.Time // until when the scene of another line-up may stand
	crashed  bool      // nothing is done any more
}

// share is how much of the time may go into pictures of new Snapshots: the
// rest belongs to the page and, on a small machine, to the trainers.
const share = 0.15

// due reports whether newer Snapshots are to be shown now.
func (g *game) due() bool { return g.board.Waiting() && !time.Now().Before(g.rest) }

// patience is how long a new line-up's first Snapshots are waited for with the
// picture as it was: most come at once, and a blank between two would flicker.
const patience = 700 * time.Millisecond

// holds reports whether the picture stays as it is, since a new line-up is not
// complete yet.
func (g *game) holds() bool {
	b := g.board
	if b.Casting != g.casting {
		g.casting, g.until = b.Casting, time.Now().Add(patience)
	}
	return g.scene.built > 0 && !b.Complete() && time.Now().Before(g.until)
}

// later asks for a frame after d. It needs g.mu.
func (g *game) later(d time.Duration) {
	if g.asleep {
		return
	}
	g.asleep = true
	time.AfterFunc(d, func() {
		g.mu.Lock()
		g.asleep = false
		g.mu.Unlock()
		ebiten.ScheduleFrame()
	})
}

// receive acts on the page's messages.
func (g *game) receive(inbox <-chan port.Message) {
	for m := range inbox {
		g.guard(func() {
			dpr, err := g.take(m)
			if err != nil && !errors.Is(err, errStale) {
				fault(err)
			}
			if dpr > 0 {
				g.frame.setRatio(dpr)
			}
		})
	}
}

// guard does f, unless something has panicked before. A panic is the end: what
// there is may be half made, so the page is told to start the program again.
func (g *game) guard(f func()) {
	if g.crashed {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			g.crashed = true
			port.Send(map[string]string{"is": "crash", "message": fmt.Sprint(p)}, nil)
		}
	}()
	f()
}

// take hands m to the board and asks for a frame: at once, or in good time for
// a newer Snapshot of a model that is shown already.
func (g *game) take(m port.Message) (dpr float64, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	slots := len(g.board.Slots)
	dpr, err = g.board.Handle(m)
	g.dirty = g.dirty || m.Body == nil || slots != len(g.board.Slots)
	if g.dirty || g.due() {
		ebiten.ScheduleFrame()
	} else {
		g.later(time.Until(g.rest))
	}
	return dpr, err
}

// LayoutF makes a screen pixel a device pixel: the body is as large as the
// frame has of them.
func (g *game) LayoutF(width, height float64) (float64, float64) { return width, height }

// Layout is never called, since there is LayoutF.
func (g *game) Layout(width, height int) (int, int) { return width, height }

// Update redraws the scene if the board or the frame has changed, and tells
// the page what it should know.
func (g *game) Update() error {
	g.guard(g.update)
	return nil
}

func (g *game) update() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.holds() {
		g.later(time.Until(g.until))
		return
	}
	if g.frame.changed {
		g.frame.changed, g.dirty = false, true
	}
	if g.dirty || g.due() {
		g.build()
		if h := g.scene.Layout.Height; h != g.wished {
			g.wished = h
			port.Send(map[string]any{"is": "size", "height": h}, nil)
		}
		g.tellSubjects()
	}
	if g.due() {
		ebiten.ScheduleFrame()
	} else if g.board.Waiting() {
		g.later(time.Until(g.rest))
	}
	if g.moved {
		g.moved = false
		g.screen.moved = true
		if text := g.scene.Point(g.frame.pointer, g.frame.pointing); text != g.reading {
			g.reading = text
			port.Send(map[string]string{"is": "reading", "text": text}, nil)
		}
	}
}

// build makes the scene anew, with one newer Snapshot at the most: four in one
// frame would keep the page waiting. The others follow in the next frames, and
// then there is a rest.
func (g *game) build() {
	start := time.Now()
	g.next()
	for g.board.Waiting() && len(g.board.Wanted) > 0 { // a picture to keep is of the present
		g.next()
	}
	g.scene.Build(g.frame.width, g.frame.scale())
	now := time.Now()
	g.cost += now.Sub(start)
	if g.row++; g.row >= len(g.board.Slots) || !g.board.Waiting() {
		g.rest = now.Add(max(100*time.Millisecond, time.Duration(float64(g.cost)/share)))
		g.row, g.cost = 0, 0
	}
	g.dirty, g.moved, g.screen.rebuilt = false, true, true
}

func (g *game) next() {
	if err := g.board.Next(); err != nil && !errors.Is(err, errStale) {
		fault(err)
	}
}

// Draw shows the scene.
func (g *game) Draw(target *ebiten.Image) {
	g.guard(func() { g.draw(target) })
}

func (g *game) draw(target *ebiten.Image) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.screen.draw(target, g.scene)
	for _, w := range g.board.Wanted {
		g.make(w)
	}
	g.board.Wanted = g.board.Wanted[:0]
}

// click tells the page what a click wants enlarged.
func (g *game) click(double bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if id, ok := g.scene.Toggle(g.frame.pointer, double); ok {
		port.Send(map[string]string{"is": "enlarge", "id": id}, nil)
	}
}

// tellSubjects tells the page what can be a picture, if that has changed.
func (g *game) tellSubjects() {
	subjects := g.scene.Subjects()
	if slices.Equal(subjects, g.subjects) {
		return
	}
	g.subjects = subjects
	// None is an empty list for the page, not null.
	port.Send(map[string]any{"is": "panels", "panels": append([]Subject{}, subjects...)}, nil)
}

// make draws the board off the screen, all of it or one panel at large, with
// notes below, and sends the pixels.
func (g *game) make(w Wish) {
	scene := NewScene(g.board, NewTypeface())
	seen := g.board.View.Enlarge
	g.board.View.Enlarge = w.Part
	defer func() { g.board.View.Enlarge = seen }()
	width := max(g.frame.width, 1)
	scene.Build(width, 1)
	name := tabs[g.board.View.Tab]
	if w.Part != "all" {
		if name = strings.ToLower(w.Part); !scene.large {
			port.Send(map[string]any{"is": "picture", "id": w.ID, "error": "There is no such panel any more."}, nil)
			return
		}
	}
	notes := append(w.Notes, scene.Moments()...)
	height := max(scene.Annotate(notes), 1)
	scale := min(w.Scale, largestSide/max(width, height), math.Sqrt(largestArea/(width*height)))
	scene.Build(width, scale)
	scene.Annotate(notes)
	page := ebiten.NewImage(int(math.Ceil(width*scale)), int(math.Ceil(height*scale)))
	defer page.Deallocate()
	s := screen{rebuilt: true}
	s.draw(page, scene)
	size := page.Bounds().Size()
	pixels := make([]byte, 4*size.X*size.Y)
	page.ReadPixels(pixels)
	s.free()
	port.Send(map[string]any{"is": "picture", "id": w.ID, "width": size.X, "height": size.Y, "name": name}, pixels)
}

// fault tells the page what went wrong.
func fault(err error) {
	port.Send(map[string]string{"is": "fault", "message": err.Error()}, nil)
}
