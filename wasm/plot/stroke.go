package plot

import "math"

// Stroke adds the curve through pts as a band of the given width whose edges
// fade over one pixel, which is all the smoothing a line needs. A point that
// is NaN leaves a gap.
func (m *Mesh) Stroke(pts []Point, width float64, c Colour) {
	for len(pts) > 0 {
		n := 0
		for n < len(pts) && !broken(pts[n]) {
			n++
		}
		m.run(pts[:n], width, c)
		pts = pts[min(n+1, len(pts)):]
	}
}

// run strokes points without a gap. At a sharp turn the band ends and another
// begins, both a little longer, since a mitre would stick out.
func (m *Mesh) run(pts []Point, width float64, c Colour) {
	alpha := min(width, 1) // a thinner line is a fainter one
	half := max(width, 1) / 2
	b := band{m: m, body: paint(c, alpha), in: max(half-0.5, 0), out: half + 0.5}
	var last Point // unit vector of the segment before
	for i := 1; i < len(pts); i++ {
		p, q := pts[i-1], pts[i]
		dx, dy := q.X-p.X, q.Y-p.Y
		l := math.Hypot(dx, dy)
		if l < 1e-6 {
			continue
		}
		d := Point{dx / l, dy / l}
		if turn := last.X*d.X + last.Y*d.Y; b.open && turn > 0.5 {
			b.join(p, last, d, turn)
		} else {
			b.end()
			b.edge(Point{p.X - d.X*half/2, p.Y - d.Y*half/2}, Point{-d.Y, d.X}, 1)
		}
		b.tip, b.tail, last = q, d, d
		b.half = half
	}
	b.end()
}

// band is a strip in the making: pairs of edges joined as they come.
type band struct {
	m       *Mesh
	body    Vertex
	in, out float64 // from the middle to where fading begins and ends
	half    float64
	open    bool
	tip     Point // where the strip has come to
	tail    Point // in which direction
	last    [4]Vertex
	chunk   *Chunk // where last is, at the index at
	at      int
}

// join adds the edge at the corner p between directions d and e.
func (b *band) join(p, d, e Point, turn float64) {
	n := Point{-d.Y - e.Y, d.X + e.X}
	l := math.Hypot(n.X, n.Y)
	b.edge(p, Point{n.X / l, n.Y / l}, 1/math.Sqrt((1+turn)/2))
}

// end closes the strip.
func (b *band) end() {
	if !b.open {
		return
	}
	d := b.tail
	b.edge(Point{b.tip.X + d.X*b.half/2, b.tip.Y + d.Y*b.half/2}, Point{-d.Y, d.X}, 1)
	b.open, b.chunk = false, nil
}

// edge adds the line across the strip at p along the normal n, longer by the
// given factor.
func (b *band) edge(p, n Point, longer float64) {
	i, o := b.in*longer, b.out*longer
	clear := Vertex{U: solid, V: solid}
	now := [4]Vertex{
		clear.at(p.X+n.X*o, p.Y+n.Y*o), b.body.at(p.X+n.X*i, p.Y+n.Y*i),
		b.body.at(p.X-n.X*i, p.Y-n.Y*i), clear.at(p.X-n.X*o, p.Y-n.Y*o),
	}
	if b.open {
		k := b.m.room(8, 18)
		if k != b.chunk || len(k.Vertices) != b.at+4 { // else the last edge is there already
			b.at = len(k.Vertices)
			k.Vertices = append(k.Vertices, b.last[:]...)
		}
		for s := range 3 {
			l := uint16(b.at + s)
			k.Indices = append(k.Indices, l, l+1, l+4, l+1, l+5, l+4)
		}
		b.at += 4
		b.chunk = k
		k.Vertices = append(k.Vertices, now[:]...)
	}
	b.last, b.open = now, true
}
