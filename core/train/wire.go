package train

import (
	"encoding/binary"
	"errors"
	"math"

	"pinnlab/core/kern"
)

// The binary formats of this package are little-endian. Strings and lists are
// preceded by their length as a uint32; readers compare it with what is left
// before they allocate.

var errMalformed = errors.New("train: malformed data")

func putU64(b []byte, v uint64) []byte  { return binary.LittleEndian.AppendUint64(b, v) }
func putU32(b []byte, v int) []byte     { return binary.LittleEndian.AppendUint32(b, uint32(v)) }
func putF64(b []byte, v float64) []byte { return putU64(b, math.Float64bits(v)) }

func putBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func putString(b []byte, s string) []byte { return append(putU32(b, len(s)), s...) }

func putF64s(b []byte, v []float64) []byte {
	b = putU32(b, len(v))
	for _, x := range v {
		b = putF64(b, x)
	}
	return b
}

func putF32s(b []byte, v []float32) []byte {
	b = putU32(b, len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func putU32s(b []byte, v []uint32) []byte {
	b = putU32(b, len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	return b
}

// putRaw appends numbers without their count.
func putRaw[T kern.Float](b []byte, v []T) []byte {
	switch v := any(v).(type) {
	case []float32:
		for _, x := range v {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
	case []float64:
		for _, x := range v {
			b = putF64(b, x)
		}
	}
	return b
}

func putSeries(b []byte, s *Series) []byte {
	b = putU64(b, s.Stride)
	b = putU32(b, int(s.Cols))
	return putF32s(b, s.Rows)
}

// A reader takes values off the front of b; once bad, it gives zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) u8() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) bool() bool {
	v := r.u8()
	r.bad = r.bad || v > 1
	return v == 1
}

func (r *reader) u32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) u64() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) f64() float64 { return math.Float64frombits(r.u64()) }

// readRaw fills dst with numbers that stand without their count.
func readRaw[T kern.Float](r *reader, dst []T) {
	b := r.take(bytesOf[T]() * len(dst))
	if b == nil {
		return
	}
	switch dst := any(dst).(type) {
	case []float32:
		for i := range dst {
			dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
	case []float64:
		for i := range dst {
			dst[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
	}
}

// bytesOf returns the size of a number.
func bytesOf[T kern.Float]() int {
	var x T
	if _, ok := any(x).(float32); ok {
		return 4
	}
	return 8
}

// count reads the length of a list whose elements take at least size bytes.
func (r *reader) count(size int) int {
	n := int(r.u32())
	if n > len(r.b)/size {
		r.bad, r.b = true, nil
		return 0
	}
	return n
}

func (r *reader) bytes() []byte  { return r.take(r.count(1)) }
func (r *reader) string() string { return string(r.bytes()) }

// The list readers reuse the memory of old.

func (r *reader) f64s(old []float64) []float64 {
	n := r.count(8)
	old = grow(old, n)
	for i := range old {
		old[i] = r.f64()
	}
	return old
}

func (r *reader) f32s(old []float32) []float32 {
	n := r.count(4)
	old = grow(old, n)
	for i := range old {
		old[i] = math.Float32frombits(r.u32())
	}
	return old
}

func (r *reader) u32s(old []uint32) []uint32 {
	n := r.count(4)
	old = grow(old, n)
	for i := range old {
		old[i] = r.u32()
	}
	return old
}

func (r *reader) series(s *Series) {
	s.Stride, s.Cols = r.u64(), r.u32()
	s.Rows = r.f32s(s.Rows)
	if s.Stride == 0 || len(s.Rows) > 0 && (s.Cols == 0 || len(s.Rows)%int(s.Cols) != 0) {
		r.bad = true
	}
}

// end reports whether all was read and well formed.
func (r *reader) end() error {
	if r.bad || len(r.b) != 0 {
		return errMalformed
	}
	return nil
}

// grow returns a slice of length n, in old's memory where it fits.
func grow[E any](old []E, n int) []E {
	if cap(old) < n {
		return make([]E, n)
	}
	return old[:n]
}
