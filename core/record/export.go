package record

import (
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// WriteCurves writes the histories of s as CSV: a row for each iteration that
// any of them has, with empty cells for the others.
func (s *Snapshot) WriteCurves(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"iteration"}
	for _, h := range s.Histories {
		for _, c := range h.Curves {
			head = append(head, c.Title())
		}
	}
	out.Write(head)
	next := make([]int, len(s.Histories)) // rows written
	for {
		at := uint64(math.MaxUint64)
		for i := range s.Histories {
			if h := &s.Histories[i]; next[i] < h.Len() {
				at = min(at, uint64(next[i])*h.Stride)
			}
		}
		if at == math.MaxUint64 {
			out.Flush()
			return out.Error()
		}
		row := []string{strconv.FormatUint(at, 10)}
		for i := range s.Histories {
			h := &s.Histories[i]
			has := next[i] < h.Len() && uint64(next[i])*h.Stride == at
			for c := range h.Curves {
				cell := ""
				if has {
					cell = number32(h.Rows[next[i]*len(h.Curves)+c])
				}
				row = append(row, cell)
			}
			if has {
				next[i]++
			}
		}
		out.Write(row)
	}
}

// number32 writes a float32 so that reading gives it back, NaN as nothing.
func number32(v float32) string {
	if v != v {
		return ""
	}
	return strconv.FormatFloat(float64(v), 'g', -1, 32)
}

// WriteFields writes all fields of s as CSV: a row for each node of the plot
// grid, its coordinates, then each field's prediction and solution, if one is
// known.
func (s *Snapshot) WriteFields(w io.Writer) error {
	out := csv.NewWriter(w)
	var head []string
	for _, a := range s.Axes {
		head = append(head, a.Name)
	}
	for _, f := range s.Fields {
		head = append(head, f.Name)
		if len(f.Exact) > 0 {
			head = append(head, f.Name+" exact")
		}
	}
	out.Write(head)
	for i := range s.Nodes() {
		record, k := make([]string, 0, len(head)), i
		for _, a := range s.Axes {
			n := int(a.N)
			x := a.Lo
			if n > 1 {
				x += (a.Hi - a.Lo) * float64(k%n) / float64(n-1)
			}
			record = append(record, strconv.FormatFloat(x, 'g', -1, 64))
			k /= n
		}
		for _, f := range s.Fields {
			record = append(record, number32(f.Pred[i]))
			if len(f.Exact) > 0 {
				record = append(record, number32(f.Exact[i]))
			}
		}
		out.Write(record)
	}
	out.Flush()
	return out.Error()
}

// Nodes returns how many nodes the plot grid has.
func (s *Snapshot) Nodes() int {
	n := 1
	for _, a := range s.Axes {
		n *= int(a.N)
	}
	return n
}

// NPY returns a field of s in NumPy's format 1.0: float32, of shape (2, ny, nx),
// prediction and solution, or (1, ny, nx) where none is known; without ny for
// one coordinate. An error says that there is no such field.
func (s *Snapshot) NPY(field string) ([]byte, error) {
	for _, f := range s.Fields {
		if f.Name == field {
			return npy(f, s.Axes), nil
		}
	}
	return nil, fmt.Errorf("there is no field %q", field)
}

func npy(f Field, axes []Axis) []byte {
	shape := []string{"1"}
	if len(f.Exact) > 0 {
		shape[0] = "2"
	}
	for i := len(axes) - 1; i >= 0; i-- {
		shape = append(shape, strconv.Itoa(int(axes[i].N)))
	}
	head := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", strings.Join(shape, ", "))
	const before = len("\x93NUMPY\x01\x00") + 2
	head += strings.Repeat(" ", 63-(before+len(head))%64) + "\n" // data begins at a multiple of 64
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(head)), byte(len(head)>>8))
	b = append(b, head...)
	for _, v := range [][]float32{f.Pred, f.Exact} {
		for _, x := range v {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
	}
	return b
}
