package record

import "pinnlab/core/wire"

// maxNodes bounds the nodes of a plot grid.
const maxNodes = 1 << 24

// consistent checks that the parts of a Snapshot fit together, as whoever draws
// it relies on. Numbers that are not finite may stand wherever something is
// measured, and only there.
func (s *Snapshot) consistent() error {
	if s.Status > Failed || len(s.Groups) == 0 || len(s.Groups) > NoGroup {
		return wire.ErrMalformed
	}
	for _, t := range s.Terms {
		if int(t.Group) >= len(s.Groups) {
			return wire.ErrMalformed
		}
	}
	for _, i := range s.CornerTerms {
		if s.Corner != "" && int(i) >= len(s.Terms) {
			return wire.ErrMalformed
		}
	}
	if !s.gridFits() || !s.layersFit() || !s.seriesFit() {
		return wire.ErrMalformed
	}
	return nil
}

// gridFits checks the axes and what lies in the plane or on the line of them.
func (s *Snapshot) gridFits() bool {
	if len(s.Axes) < 1 || len(s.Axes) > 2 {
		return false
	}
	nodes := 1
	for _, a := range s.Axes {
		if a.N < 2 || nodes > maxNodes/int(a.N) || !(a.Lo < a.Hi) || !finite(a.Lo) || !finite(a.Hi) {
			return false
		}
		nodes *= int(a.N)
	}
	for _, f := range s.Fields {
		if len(f.Pred) != nodes || len(f.Exact) != nodes && len(f.Exact) != 0 {
			return false
		}
	}
	for _, r := range s.Residuals {
		if len(r.Values) != nodes {
			return false
		}
	}
	for _, d := range s.Sides {
		if int(d.Face) >= len(s.Axes) || int(d.Group) >= len(s.Groups) || len(d.Values) == 0 || !finite(d.At) {
			return false
		}
	}
	for _, c := range s.Clouds {
		if len(c.At)%len(s.Axes) != 0 || int(c.Group) >= len(s.Groups) {
			return false
		}
	}
	return true
}

func (s *Snapshot) layersFit() bool {
	for _, l := range s.Layers {
		if len(l.Hist) != len(s.Groups) || len(l.Size) != len(s.Groups) {
			return false
		}
		for _, h := range l.Hist {
			if len(h.Neg) != HistBins || len(h.Pos) != HistBins {
				return false
			}
		}
	}
	return true
}

// seriesFit checks that every curve's group is one. What a name stands for is for
// those who draw it.
func (s *Snapshot) seriesFit() bool {
	for _, h := range s.Histories {
		for _, c := range h.Curves {
			if int(c.Group) >= len(s.Groups) && c.Group != NoGroup {
				return false
			}
		}
	}
	return true
}
