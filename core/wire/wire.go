package wire

import (
	"encoding/binary"
	"errors"
	"math"
)

// ErrMalformed says that bytes are not what a description of fields asks for.
var ErrMalformed = errors.New("wire: malformed data")

// A Coder goes through the fields of a value, each given by its address, and
// writes or reads them. Once a read has failed, fields become zero and lists
// empty, and End says so.
type Coder struct {
	mode mode
	b    []byte // written so far, or left to read
	bad  bool
	size int // counted so far
	spot [8]byte
}

type mode uint8

const (
	writing  mode = iota
	reading       // takes values off the front of b
	counting      // writes nothing
)

// Writer returns a coder that appends to b.
func Writer(b []byte) *Coder { return &Coder{b: b} }

// Reader returns a coder that reads b from its front.
func Reader(b []byte) *Coder { return &Coder{mode: reading, b: b} }

// Reading reports whether the coder reads.
func (c *Coder) Reading() bool { return c.mode == reading }

// Bytes returns what is written so far, or what is left to read.
func (c *Coder) Bytes() []byte { return c.b }

// Refuse makes the read fail unless a value is as it must be.
func (c *Coder) Refuse(unless bool) { c.bad = c.bad || !unless }

// Bad reports whether a read has failed.
func (c *Coder) Bad() bool { return c.bad }

// End returns ErrMalformed unless all was read and well formed.
func (c *Coder) End() error {
	if c.bad || c.mode == reading && len(c.b) != 0 {
		return ErrMalformed
	}
	return nil
}

// next returns the next n bytes, to be filled or read. Where there are none it
// returns zeros, of eight bytes at the most, and nil for more.
func (c *Coder) next(n int) []byte {
	switch {
	case c.mode == writing:
		old := len(c.b)
		c.b = append(c.b, make([]byte, n)...)
		return c.b[old:]
	case c.mode == counting:
		c.size += n
	case !c.bad && n <= len(c.b):
		out := c.b[:n]
		c.b = c.b[n:]
		return out
	default:
		c.bad, c.b = true, nil
	}
	if n > len(c.spot) {
		return nil
	}
	c.spot = [8]byte{}
	return c.spot[:n]
}

// U8 codes bytes, one after the other.
func (c *Coder) U8(values ...*uint8) {
	for _, v := range values {
		b := c.next(1)
		if c.mode == reading {
			*v = b[0]
		} else {
			b[0] = *v
		}
	}
}

// Bool codes a bool as a byte, 0 or 1.
func (c *Coder) Bool(v *bool) {
	n := uint8(0)
	if *v {
		n = 1
	}
	c.U8(&n)
	c.Refuse(n <= 1)
	*v = n == 1
}

// U32 codes numbers of four bytes, one after the other.
func (c *Coder) U32(values ...*uint32) {
	for _, v := range values {
		code32(c, c.next(4), v)
	}
}

// U64 codes a number of eight bytes.
func (c *Coder) U64(v *uint64) {
	code64(c, c.next(8), v)
}

// F64 codes numbers of eight bytes, one after the other.
func (c *Coder) F64(values ...*float64) {
	for _, v := range values {
		bits := math.Float64bits(*v)
		c.U64(&bits)
		*v = math.Float64frombits(bits)
	}
}

// Text codes strings, one after the other.
func (c *Coder) Text(values ...*string) {
	for _, v := range values {
		b := c.next(c.count(len(*v), 1))
		switch {
		case c.mode == writing:
			copy(b, *v)
		case c.mode == reading && string(b) != *v: // one that is the same needs no memory
			*v = string(b)
		}
	}
}

func code32(c *Coder, b []byte, v *uint32) {
	if c.mode == reading {
		*v = binary.LittleEndian.Uint32(b)
	} else {
		binary.LittleEndian.PutUint32(b, *v)
	}
}

func code64(c *Coder, b []byte, v *uint64) {
	if c.mode == reading {
		*v = binary.LittleEndian.Uint64(b)
	} else {
		binary.LittleEndian.PutUint64(b, *v)
	}
}

// Blob codes bytes preceded by their number. A reader's are those it reads from.
func (c *Coder) Blob(v *[]byte) {
	b := c.next(c.count(len(*v), 1))
	switch c.mode {
	case writing:
		copy(b, *v)
	case reading:
		*v = b
	}
}

// count codes the length of a list whose elements take at least size bytes. A
// reader returns the one that is there, 0 if so much is not left.
func (c *Coder) count(length, size int) int {
	n := uint32(length)
	c.U32(&n)
	if c.mode == reading && int(n) > len(c.b)/size {
		c.bad, c.b = true, nil
		return 0
	}
	return int(n)
}
