package plot

// Vertex is a corner of a triangle: where it lies, which texel of the glyph
// atlas it shows, and its colour, red, green and blue premultiplied by alpha.
type Vertex struct{ X, Y, U, V, R, G, B, A float32 }

// A Chunk is a list of triangles with 16-bit indices, as a graphics card
// takes it.
type Chunk struct {
	Vertices []Vertex
	Indices  []uint16
}

const (
	maxVertices = 1 << 16
	maxIndices  = 1 << 16 / 3 * 3
)

// Mesh collects triangles, in drawing order. Reset keeps its memory.
type Mesh struct {
	Chunks []Chunk
	used   int // chunks in use; the last of them grows
}

// Reset empties m.
func (m *Mesh) Reset() {
	for i := range m.Chunks {
		m.Chunks[i].Vertices = m.Chunks[i].Vertices[:0]
		m.Chunks[i].Indices = m.Chunks[i].Indices[:0]
	}
	m.used = 0
}

// Used returns the chunks that have triangles.
func (m *Mesh) Used() []Chunk { return m.Chunks[:m.used] }

// room returns a chunk that takes so many vertices and indices more.
func (m *Mesh) room(vertices, indices int) *Chunk {
	if m.used > 0 {
		c := &m.Chunks[m.used-1]
		if len(c.Vertices)+vertices <= maxVertices && len(c.Indices)+indices <= maxIndices {
			return c
		}
	}
	m.used++ // pointers into Chunks are good until here
	if m.used > len(m.Chunks) {
		m.Chunks = append(m.Chunks, Chunk{})
	}
	return &m.Chunks[m.used-1]
}

// solid is the texel of the glyph atlas that is opaque white.
const solid = 0.5

// paint is a colour as vertices carry it.
func paint(c Colour, alpha float64) Vertex {
	a := float64(c.A) / 255 * alpha
	return Vertex{U: solid, V: solid,
		R: float32(float64(c.R) / 255 * a), G: float32(float64(c.G) / 255 * a),
		B: float32(float64(c.B) / 255 * a), A: float32(a)}
}

// at returns v moved to (x, y).
func (v Vertex) at(x, y float64) Vertex {
	v.X, v.Y = float32(x), float32(y)
	return v
}

// Rect adds a filled rectangle.
func (m *Mesh) Rect(r Rect, c Colour) {
	v := paint(c, 1)
	m.quad(v.at(r.X, r.Y), v.at(r.X+r.W, r.Y), v.at(r.X, r.Y+r.H), v.at(r.X+r.W, r.Y+r.H))
}

// Glyph adds the w×h texels of the atlas from (u, v), tinted, at (x, y).
func (m *Mesh) Glyph(x, y, w, h, u, v float64, c Colour) {
	p := paint(c, 1)
	corner := func(dx, dy float64) Vertex {
		q := p.at(x+dx, y+dy)
		q.U, q.V = float32(u+dx), float32(v+dy)
		return q
	}
	m.quad(corner(0, 0), corner(w, 0), corner(0, h), corner(w, h))
}

// quad adds two triangles over a, b (above) and c, d (below).
func (m *Mesh) quad(a, b, c, d Vertex) {
	k := m.room(4, 6)
	n := uint16(len(k.Vertices))
	k.Vertices = append(k.Vertices, a, b, c, d)
	k.Indices = append(k.Indices, n, n+1, n+2, n+1, n+3, n+2)
}

// Triangle adds a filled triangle.
func (m *Mesh) Triangle(a, b, c Point, colour Colour) {
	v, k := paint(colour, 1), m.room(3, 3)
	n := uint16(len(k.Vertices))
	k.Vertices = append(k.Vertices, v.at(a.X, a.Y), v.at(b.X, b.Y), v.at(c.X, c.Y))
	k.Indices = append(k.Indices, n, n+1, n+2)
}

// Fill adds the area between the curve pts, whose x do not decrease, and the
// horizontal line at base. A point that is NaN leaves a gap.
func (m *Mesh) Fill(pts []Point, base float64, c Colour) {
	v := paint(c, 1)
	for i := 1; i < len(pts); i++ {
		p, q := pts[i-1], pts[i]
		if broken(p) || broken(q) {
			continue
		}
		m.quad(v.at(p.X, p.Y), v.at(q.X, q.Y), v.at(p.X, base), v.at(q.X, base))
	}
}

func broken(p Point) bool { return p.X != p.X || p.Y != p.Y }
