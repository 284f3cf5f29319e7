package wire

import (
	"bytes"
	"math"
	"slices"
	"testing"
)

// thing has a field of every kind.
type thing struct {
	u8     uint8
	yes    bool
	u32    uint32
	u64    uint64
	f64    float64
	text   string
	blob   []byte
	counts []uint32
	narrow []float32
	wide   []float64
	raw    [2]float32
	parts  []thing
}

func (v *thing) fields(c *Coder) {
	c.U8(&v.u8)
	c.Bool(&v.yes)
	c.U32(&v.u32)
	c.U64(&v.u64)
	c.F64(&v.f64)
	c.Text(&v.text)
	c.Blob(&v.blob)
	Numbers(c, &v.counts)
	Numbers(c, &v.narrow)
	Numbers(c, &v.wide)
	Raw(c, v.raw[:])
	List(c, &v.parts, (*thing).fields)
}

// known is a thing as the documentation says, by hand.
var known = []byte{
	7, 1, 4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1,
	0, 0, 0, 0, 0, 0, 0xf8, 0x3f, // 1.5
	2, 0, 0, 0, 'h', 'i', 1, 0, 0, 0, 9,
	1, 0, 0, 0, 5, 0, 0, 0,
	1, 0, 0, 0, 0, 0, 0x80, 0x3f, // 1
	1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0, // -2
	0, 0, 0, 0x40, 0, 0, 0x80, 0xbf, // 2, -1
	0, 0, 0, 0,
}

func TestBytes(t *testing.T) {
	v := thing{7, true, 0x01020304, 0x0102030405060708, 1.5, "hi", []byte{9}, []uint32{5}, []float32{1}, []float64{-2}, [2]float32{2, -1}, nil}
	w := Writer(nil)
	v.fields(w)
	if !bytes.Equal(w.Bytes(), known) {
		t.Errorf("%v, want %v", w.Bytes(), known)
	}
	v.parts = []thing{v, v}
	w = Writer(nil)
	v.fields(w)
	var again thing
	for range 2 { // the second time into used memory
		c := Reader(w.Bytes())
		again.fields(c)
		if c.End() != nil {
			t.Fatal("refused")
		}
	}
	if len(again.parts) != 2 || again.parts[1].text != "hi" || !slices.Equal(again.parts[1].wide, v.wide) {
		t.Errorf("read %+v", again)
	}
}

// TestMalformed cuts bytes short, and gives counts that are too large.
func TestMalformed(t *testing.T) {
	for n := range known {
		c := Reader(known[:n])
		(&thing{}).fields(c)
		if c.End() == nil {
			t.Errorf("%d of %d bytes are accepted", n, len(known))
		}
	}
	long := append(slices.Clone(known), 0)
	huge := slices.Clone(known)
	copy(huge[len(huge)-4:], []byte{0xff, 0xff, 0xff, 0xff})
	two := slices.Clone(known)
	two[1] = 2
	for name, b := range map[string][]byte{"more": long, "a count": huge, "a bool": two} {
		c := Reader(b)
		(&thing{}).fields(c)
		if c.End() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	c := Reader([]byte{3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8})
	if Exactly(c, make([]float32, 2)); c.End() == nil {
		t.Error("a list of another length is accepted")
	}
}

func TestNothingIsAllocated(t *testing.T) {
	b, list, x := make([]byte, 0, 1000), make([]float32, 100), math.Pi
	if n := testing.AllocsPerRun(10, func() {
		c := Writer(b)
		c.F64(&x)
		Raw(c, list)
		r := Reader(c.Bytes())
		r.F64(&x)
		Raw(r, list)
	}); n != 0 {
		t.Errorf("allocates %v times, want 0", n)
	}
}
