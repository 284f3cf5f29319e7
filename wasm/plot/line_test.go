package plot

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestDecimateKeepsExtremes: in each column of pixels the thinned curve goes
// as low and as high as the whole one, begins and ends where it does, and has
// four points at most.
func TestDecimateKeepsExtremes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var pts []Point
	for i := range 10000 {
		y := rng.NormFloat64()
		if i == 4321 {
			y = 1000 // one spike
		}
		pts = append(pts, Point{float64(i) * 0.02, y}) // 50 points to a column
	}
	got := Decimate(nil, pts)
	type column struct{ first, lo, hi, last float64 }
	summary := func(pts []Point) (map[int]column, int) {
		m, most, n, at := map[int]column{}, 0, 0, -1
		for _, p := range pts {
			x := int(math.Floor(p.X))
			c, ok := m[x]
			if !ok {
				c = column{p.Y, p.Y, p.Y, p.Y}
			}
			c.lo, c.hi, c.last = min(c.lo, p.Y), max(c.hi, p.Y), p.Y
			m[x] = c
			if x != at {
				n, at = 0, x
			}
			n++
			most = max(most, n)
		}
		return m, most
	}
	want, _ := summary(pts)
	have, most := summary(got)
	if most > 4 {
		t.Errorf("a column has %d points, want 4 at most", most)
	}
	if len(have) != len(want) {
		t.Fatalf("%d columns, want %d", len(have), len(want))
	}
	for x, c := range want {
		if have[x] != c {
			t.Errorf("column %d is %v, want %v", x, have[x], c)
		}
	}
	for i := 1; i < len(got); i++ {
		if got[i].X < got[i-1].X {
			t.Fatalf("x falls from %v to %v", got[i-1].X, got[i].X)
		}
	}
}

func TestDecimateKeepsGaps(t *testing.T) {
	nan := math.NaN()
	got := Decimate(nil, []Point{{0, 1}, {0.1, nan}, {0.2, 3}, {5, 4}})
	want := []float64{1, nan, 3, 4}
	if len(got) != len(want) {
		t.Fatalf("%v, want y of %v", got, want)
	}
	for i, y := range want {
		if got[i].Y != y && y == y || y != y && !broken(got[i]) {
			t.Errorf("point %d is %v, want y %v", i, got[i], y)
		}
	}
}

func TestDash(t *testing.T) {
	corner := []Point{{0, 0}, {10, 0}, {10, 10}}
	var lengths []float64
	l := 0.0
	pts := Dash(nil, corner, 4, 2)
	for i := 1; i < len(pts); i++ {
		switch {
		case broken(pts[i]):
			lengths = append(lengths, l)
			l = 0
		case !broken(pts[i-1]):
			l += math.Hypot(pts[i].X-pts[i-1].X, pts[i].Y-pts[i-1].Y)
		}
	}
	lengths = append(lengths, l)
	want := []float64{4, 4, 4, 2} // 20 = 4+2 + 4+2 + 4+2 + 2
	if len(lengths) != len(want) {
		t.Fatalf("dashes of %v, want %v: %v", lengths, want, pts)
	}
	for i := range want {
		if math.Abs(lengths[i]-want[i]) > 1e-12 {
			t.Errorf("dash %d is %v long, want %v", i, lengths[i], want[i])
		}
	}
	for _, far := range []float64{1e9, math.Inf(1)} {
		if n := len(Dash(nil, []Point{{0, 0}, {far, 0}, {0, 7}}, 4, 2)); n > 3 {
			t.Errorf("a stretch of %v is cut into %d", far, n)
		}
	}
	if whole := Dash(nil, corner, 0, 2); len(whole) != 3 {
		t.Errorf("a solid line became %v", whole)
	}
}

// area sums the triangles of m, each weighted by the mean alpha of its corners.
func area(m *Mesh) float64 {
	sum := 0.0
	for _, c := range m.Used() {
		for i := 0; i < len(c.Indices); i += 3 {
			p, q, r := c.Vertices[c.Indices[i]], c.Vertices[c.Indices[i+1]], c.Vertices[c.Indices[i+2]]
			cross := (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X)
			sum += math.Abs(float64(cross)) / 2 * float64(p.A+q.A+r.A) / 3
		}
	}
	return sum
}

// TestStrokeCovers: a line covers its length times its width, ends apart.
func TestStrokeCovers(t *testing.T) {
	wave := make([]Point, 0, 400)
	length := 0.0
	for i := range 400 {
		x := float64(i) / 2
		wave = append(wave, Point{x, 20 * math.Sin(x/15)})
		if i > 0 {
			length += math.Hypot(0.5, wave[i].Y-wave[i-1].Y)
		}
	}
	tests := []struct {
		name   string
		pts    []Point
		length float64
	}{
		{"straight", []Point{{0, 0}, {200, 0}}, 200},
		{"slanted", []Point{{0, 0}, {120, 160}}, 200},
		{"bent", []Point{{0, 0}, {100, 0}, {190, 45}}, 100 + math.Hypot(90, 45)},
		{"wave", wave, length},
		{"repeated points", []Point{{0, 0}, {0, 0}, {200, 0}, {200, 0}}, 200},
		{"with a gap", []Point{{0, 0}, {100, 0}, {math.NaN(), 0}, {150, 0}, {250, 0}}, 200},
	}
	for _, c := range tests {
		for _, width := range []float64{0.5, 1, 2, 4} {
			var m Mesh
			m.Stroke(c.pts, width, Hex(0xFFFFFF))
			want := c.length * width
			// Ends stick out by a quarter of the width, a few of them.
			if got := area(&m); math.Abs(got-want) > 0.01*want+4*width {
				t.Errorf("%s, width %v: covers %.2f, want %.2f", c.name, width, got, want)
			}
		}
	}
	var m Mesh
	m.Stroke(nil, 2, Hex(0))
	m.Stroke([]Point{{1, 1}}, 2, Hex(0))
	if len(m.Used()) != 0 {
		t.Error("a line without length left triangles")
	}
}

// TestStrokeTurnsSharply: a hairpin has no spike, which a mitre would give it.
func TestStrokeTurnsSharply(t *testing.T) {
	var m Mesh
	m.Stroke([]Point{{0, 0}, {10, 50}, {20, 0}, {20.1, 50}}, 2, Hex(0))
	for _, c := range m.Used() {
		for _, v := range c.Vertices {
			if v.X < -3 || v.X > 24 || v.Y < -3 || v.Y > 53 {
				t.Errorf("a vertex is at (%v, %v)", v.X, v.Y)
			}
		}
	}
}

// TestMeshSplits: indices have 16 bits, so a long mesh becomes chunks, and all
// of it is still there.
func TestMeshSplits(t *testing.T) {
	var m Mesh
	for round := range 2 {
		m.Reset()
		for i := range 20000 {
			m.Rect(Rect{float64(i % 100), 0, 1, 1}, Hex(0))
		}
		m.Stroke([]Point{{0, 0}, {1000, 0}}, 1, Hex(0))
		for i, c := range m.Used() {
			if len(c.Vertices) > maxVertices || len(c.Indices) > maxIndices {
				t.Errorf("chunk %d has %d vertices and %d indices", i, len(c.Vertices), len(c.Indices))
			}
			for _, k := range c.Indices {
				if int(k) >= len(c.Vertices) {
					t.Fatalf("chunk %d: index %d of %d vertices", i, k, len(c.Vertices))
				}
			}
		}
		if got := area(&m); math.Abs(got-21000) > 2 {
			t.Errorf("round %d covers %v, want 21000", round, got)
		}
	}
}
