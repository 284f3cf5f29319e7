package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pinnlab/core/jsonwords"
	"pinnlab/wasm/plot"
	"pinnlab/wasm/port"
)

// The page's messages. Each is a JSON head and, for show, the bytes of a
// Snapshot:
//
//	{"do":"view", ...}          any of the members of request below it
//	{"do":"show","slot":"M1"}   body: Snapshot
//	{"do":"ghost","ghost":"...","slot":"M1","name":"#1"}   body: the last Snapshot of a run that was replaced
//	{"do":"picture","id":N,"scale":2,"part":"all","notes":[...]}
//
// What view leaves out stays as it is. Nothing is shown before a view says the
// line-up, and nothing that is not of it. The canvas answers with
//
//	{"is":"ready"}                    once, when it listens
//	{"is":"size","height":H}          CSS pixels it would like at its width
//	{"is":"reading","text":"..."}     what is under the pointer; "" for nothing
//	{"is":"panels","panels":[...]}    id and title of what can be a picture
//	{"is":"enlarge","id":"M1-error"}  what a click wants enlarged; "" for all panels
//	{"is":"picture","id":N, ...}      with the pixels as body
//	{"is":"fault","message":"..."}    what it could not use
//	{"is":"crash","message":"..."}    last, after a panic: the page starts it again
type request struct {
	Do   string `json:"do"`
	Slot string `json:"slot"`

	Lineup     *Lineup           `json:"lineup"`
	Theme      *string           `json:"theme"`      // light or dark
	Background *string           `json:"background"` // #rrggbb; "" for the theme's own
	Field      *string           `json:"field"`
	GradAxis   *string           `json:"gradAxis"` // linear or log
	ErrorAxis  *string           `json:"errorAxis"`
	Title      *string           `json:"title"`
	Titles     map[string]string `json:"titles"` // of slots, instead of the usual
	DPR        *float64          `json:"dpr"`    // device pixels per CSS pixel

	Tab      *string         `json:"tab"`          // overview, gradients, stiffness or curves
	Height   *float64        `json:"height"`       // CSS pixels there are for the overview
	Weighted *string         `json:"gradWeighted"` // before or after weighting
	Pooled   *string         `json:"gradPooled"`   // layers or pooled
	Points   *string         `json:"points"`       // off or on
	Over     *string         `json:"over"`         // what curves are drawn over: iterations, time, or auto
	Past     json.RawMessage `json:"past"`         // the kept iteration that is shown; null for the present
	Enlarge  *string         `json:"enlarge"`      // the id of a panel that has all of the canvas; "" for none
	Shown    *string         `json:"shown"`        // error, sides, or the name of a term of the residual
	Callouts *string         `json:"callouts"`     // off or on
	Marks    []Marks         `json:"marks"`
	Ghosts   []string        `json:"ghosts"` // that stay, by name; the others are gone

	Ghost string `json:"ghost"` // its name among ghosts
	Name  string `json:"name"`  // what is written at its curves

	ID    int      `json:"id"` // of a picture
	Scale float64  `json:"scale"`
	Part  string   `json:"part"`  // all, or the id of a panel
	Notes []string `json:"notes"` // paragraphs below the picture, before those of Scene.Moments
}

// tallest is the most height in CSS pixels that the overview is fitted into.
const tallest = 8192

var (
	errSlot    = errors.New("canvas: a slot is one of M1 to M4, GN and A to F, and there are at most six")
	errRequest = errors.New("canvas: unknown message")
)

// Handle acts on a message of the page. It returns the new pixel ratio if the
// message sets one, and 0 if not.
func (b *Board) Handle(m port.Message) (dpr float64, err error) {
	var r request
	if err := jsonwords.Unmarshal(m.Head, &r); err != nil {
		return 0, fmt.Errorf("canvas: a message: %w", err)
	}
	switch r.Do {
	case "show":
		return 0, b.Arrive(r.Slot, m.Body)
	case "view":
		return b.look(&r)
	case "ghost":
		return 0, b.Haunt(r.Ghost, r.Slot, r.Name, m.Body)
	case "picture":
		b.Wanted = append(b.Wanted, Wish{r.ID, min(max(r.Scale, 1), 4), r.Part, r.Notes})
		return 0, nil
	}
	return 0, errRequest
}

// look takes what r says about the view.
func (b *Board) look(r *request) (dpr float64, err error) {
	v := &b.View
	b.changes++
	if r.Lineup != nil {
		if err := b.Cast(*r.Lineup); err != nil {
			return 0, err
		}
	}
	err = errors.Join(
		choose(r.Theme, "theme", "light", "dark", &v.Dark),
		choose(r.GradAxis, "gradAxis", "linear", "log", &v.LogGrad),
		choose(r.ErrorAxis, "errorAxis", "log", "linear", &v.LinearErr),
		choose(r.Weighted, "gradWeighted", "before", "after", &v.Weighted),
		choose(r.Pooled, "gradPooled", "layers", "pooled", &v.Pooled),
		choose(r.Points, "points", "off", "on", &v.Points),
		v.over(r.Over),
		choose(r.Callouts, "callouts", "off", "on", &v.Callouts),
		v.choose(r.Tab))
	if r.Height != nil {
		v.Height = min(max(*r.Height, 0), tallest)
	}
	if r.Past != nil {
		v.Past = string(r.Past) != "null"
	}
	if r.Shown != nil {
		v.Shown = strings.TrimPrefix(*r.Shown, "error")
	}
	if r.Enlarge != nil {
		v.Enlarge = *r.Enlarge
	}
	if r.Marks != nil {
		v.Marks = r.Marks
	}
	if r.Ghosts != nil {
		b.Lay(r.Ghosts)
	}
	if r.Background != nil {
		rgb, e := strconv.ParseUint(strings.TrimPrefix(*r.Background, "#"), 16, 24)
		v.Background = plot.Hex(uint32(rgb))
		if *r.Background == "" || e != nil {
			v.Background = plot.Colour{}
		}
	}
	if r.Field != nil {
		v.Field = *r.Field
	}
	if r.Title != nil {
		v.Title = *r.Title
	}
	if r.Titles != nil {
		v.Names = r.Titles
	}
	if r.DPR != nil {
		dpr = *r.DPR
	}
	return dpr, err
}

// tabs are the names of the arrangements.
var tabs = [...]string{plot.OverviewTab: "overview", plot.GradientsTab: "gradients", plot.StiffnessTab: "stiffness", plot.CurvesTab: "curves"}

// choose takes the name of a tab; nil leaves it.
func (v *View) choose(tab *string) error {
	if tab == nil {
		return nil
	}
	i := index(tabs[:], *tab)
	if i < 0 {
		return errors.New("canvas: tab is one of " + strings.Join(tabs[:], ", "))
	}
	v.Tab = plot.Tab(i)
	return nil
}

// overs are what curves can be drawn over; auto is the time where some contestants'
// steps are worth hundreds of others', else iterations.
var overs = [...]string{"auto", "iterations", "time"}

// over takes one of them; nil leaves it.
func (v *View) over(word *string) error {
	if word == nil {
		return nil
	}
	if index(overs[:], *word) < 0 {
		return errors.New("canvas: over is one of " + strings.Join(overs[:], ", "))
	}
	v.Over = *word
	return nil
}

// choose sets dst to whether value is the second of two words; nil leaves it.
func choose(value *string, name, no, yes string, dst *bool) error {
	switch {
	case value == nil:
	case *value == yes:
		*dst = true
	case *value == no:
		*dst = false
	default:
		return errors.New("canvas: " + name + " is " + no + " or " + yes)
	}
	return nil
}
