package main

import (
	"errors"
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// A Ghost is a run that was replaced, of which the curves stay.
type Ghost struct {
	ID   string
	Slot string // whose it was
	Name string // at the ends of its curves

	snap record.Snapshot
}

// mostGhosts is how many there may be.
const mostGhosts = 32

// Haunt takes a run that was replaced, by its last Snapshot.
func (b *Board) Haunt(id, slot, name string, data []byte) error {
	if !known(slot) {
		return errSlot
	}
	g := &Ghost{ID: id, Slot: slot, Name: name}
	switch err := g.snap.UnmarshalBinary(data); {
	case errors.Is(err, record.ErrVersion):
		return nil // kept by an earlier program: it can be brought back, and has no curves
	case err != nil:
		return err
	}
	g.snap.Fields, g.snap.Layers, g.snap.Clouds = nil, nil, nil // what is not drawn takes no memory
	b.ghosts = slices.DeleteFunc(b.ghosts, func(old *Ghost) bool { return old.ID == id })
	if b.ghosts = append(b.ghosts, g); len(b.ghosts) > mostGhosts {
		b.ghosts = slices.Delete(b.ghosts, 0, 1)
	}
	b.changes++
	return nil
}

// Lay drops all ghosts but those named.
func (b *Board) Lay(stay []string) {
	b.ghosts = slices.DeleteFunc(b.ghosts, func(g *Ghost) bool { return !slices.Contains(stay, g.ID) })
}

// hauntedBy lists the ghosts that are of the problem shown: those of a slot, or
// all if it is nil.
func (b *Board) hauntedBy(s *Slot) (list []*Ghost) {
	for _, g := range b.ghosts {
		if g.snap.Origin.Problem == b.cast.Problem && (s == nil || s.Key == g.Slot) {
			list = append(list, g)
		}
	}
	return list
}

// snaps lists the Snapshots that curves are drawn of.
func (b *Board) snaps() (list []*record.Snapshot) {
	for _, s := range slices.Concat(b.Slots, b.others) {
		list = append(list, &s.Snap)
	}
	for _, g := range b.hauntedBy(nil) {
		list = append(list, &g.snap)
	}
	return list
}

// ghosts draws the curves of a name of runs that were replaced, of all slots or
// of one, and returns their right ends.
func (s *Scene) ghosts(p *plot.Panel, name string, own *Slot) (ends []ending) {
	for _, g := range s.board.hauntedBy(own) {
		for k, h := range s.board.histories(&g.snap, name) {
			colour := s.theme.colour(g.Slot)
			if own != nil && h.Group != record.NoGroup {
				colour, _ = s.theme.group(int(h.Group))
			}
			ends = append(ends, s.ghost(p, g, k, h.count(), h.x, h.value, colour))
		}
	}
	return ends
}

// ghostSums draws the sums of each group's curves of a name.
func (s *Scene) ghostSums(p *plot.Panel, name string, own *Slot) {
	for _, g := range s.board.hauntedBy(own) {
		all := s.board.histories(&g.snap, name)
		for k := range own.Snap.Groups {
			colour, _ := s.theme.group(k)
			if n, step, value := sumOf(ofGroup(all, k)); n > 0 {
				s.ghost(p, g, k, n, step, value, colour)
			}
		}
	}
}

// ghost draws curve k of a ghost and returns its right end.
func (s *Scene) ghost(p *plot.Panel, g *Ghost, k, n int, step, value func(int) float64, colour plot.Colour) ending {
	colour = colour.Fade(0.6)
	s.trace(p, n, step, value, 1.25, colour, dashes[2])
	if n == 0 || k > 0 {
		return ending{}
	}
	return ending{value(n - 1), step(n - 1), g.Name, colour}
}

// ghostEntry explains them, if there are any.
func (s *Scene) ghostEntry() []entry {
	if len(s.board.hauntedBy(nil)) == 0 {
		return nil
	}
	return []entry{{name: "earlier runs, by their numbers under Back", colour: s.theme.Muted.Fade(0.6), width: 1.25, dash: dashes[2]}}
}
