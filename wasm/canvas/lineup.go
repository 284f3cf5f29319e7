package main

import (
	"errors"
	"maps"
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// A Lineup is what the page shows: one problem, and the run of each contestant
// that is the present one. A Snapshot of anything else is on its way from
// before, and not drawn.
type Lineup struct {
	Problem string            `json:"problem"` // by train.ProblemKey
	Runs    map[string]uint64 `json:"runs"`    // by slot
	Colours map[string]int    `json:"colours"` // of slots, by their places in a Theme, where not the usual
	Seeds   map[string]string `json:"seeds"`   // slots that differ in the seed alone from another, which is drawn for all of them
}

var (
	// errStale is no fault: such Snapshots come whenever runs are replaced.
	errStale = errors.New("canvas: a Snapshot of what is no longer shown")
	errShape = errors.New("canvas: a Snapshot that does not go with those beside it")
)

// has reports whether a Snapshot of the given origin belongs into a slot.
func (l *Lineup) has(key string, o record.Origin) bool {
	run, ok := l.Runs[key]
	return ok && o == record.Origin{Problem: l.Problem, Contestant: key, Run: run}
}

// Cast takes a line-up over: what is of another is dropped.
func (b *Board) Cast(l Lineup) error {
	for key := range l.Runs {
		if !known(key) {
			return errSlot
		}
	}
	if len(l.Runs) > plot.MostModels {
		return errSlot
	}
	if l.Problem == b.cast.Problem && maps.Equal(l.Runs, b.cast.Runs) && maps.Equal(l.Seeds, b.cast.Seeds) {
		b.cast.Colours = l.Colours
		return nil
	}
	b.cast = l
	b.Casting++
	b.arrivals = slices.DeleteFunc(b.arrivals, func(a arrival) bool { return !l.has(a.key, a.origin) })
	all := slices.Concat(b.Slots, b.others)
	b.Slots, b.others = b.Slots[:0], b.others[:0]
	for _, s := range all {
		b.insert(s) // where it stands now
		if !l.has(s.Key, s.Snap.Origin) {
			b.drop(s.Key)
		}
	}
	b.changes++
	return nil
}

// Complete reports whether every contestant has a Snapshot.
func (b *Board) Complete() bool { return len(b.Slots)+len(b.others) == len(b.cast.Runs) }

// fits reports whether a Snapshot can be drawn beside those of other slots: of
// the same axes, fields, terms and groups.
func (b *Board) fits(key string, s *record.Snapshot) bool {
	for _, other := range b.Slots {
		if other.Key != key {
			return sameShape(&other.Snap, s)
		}
	}
	return true
}

func sameShape(a, b *record.Snapshot) bool {
	return slices.Equal(a.Axes, b.Axes) &&
		slices.EqualFunc(a.Fields, b.Fields, func(f, g record.Field) bool {
			return f.Name == g.Name && len(f.Exact) == len(g.Exact)
		}) &&
		slices.EqualFunc(a.Terms, b.Terms, func(t, u record.TermState) bool { return t.Name == u.Name && t.Group == u.Group }) &&
		slices.EqualFunc(a.Groups, b.Groups, func(g, h record.GroupState) bool { return g.Name == h.Name })
}
