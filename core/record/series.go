package record

import "pinnlab/core/wire"

// Series is a table of rows recorded every Stride steps, starting at step 0:
// Rows[r*Cols+c] is column c at step r*Stride. When full it drops every other
// row and doubles Stride. NaN marks what is not known.
type Series struct {
	Stride uint64
	Cols   uint32
	Rows   []float32
}

// seriesRows is the most rows of a Series.
const seriesRows = 1024

// NewSeries returns an empty Series with room for all its rows.
func NewSeries(stride, cols int) Series {
	return Series{Stride: uint64(stride), Cols: uint32(cols), Rows: make([]float32, 0, seriesRows*cols)}
}

// CopyTo copies s into d's memory.
func (s *Series) CopyTo(d *Series) {
	*d = Series{s.Stride, s.Cols, append(d.Rows[:0], s.Rows...)}
}

// Due reports whether a row is to be recorded at a step.
func (s *Series) Due(step int) bool { return uint64(step)%s.Stride == 0 }

// Add records a row; steps come in order, each that is due.
func (s *Series) Add(row []float64) {
	if len(s.Rows) == seriesRows*int(s.Cols) {
		s.halve()
	}
	for _, v := range row {
		s.Rows = append(s.Rows, float32(v))
	}
}

// halve drops every other row.
func (s *Series) halve() {
	c := int(s.Cols)
	for r := 0; 2*r*c < len(s.Rows); r++ {
		copy(s.Rows[r*c:(r+1)*c], s.Rows[2*r*c:(2*r+1)*c])
	}
	s.Rows = s.Rows[:len(s.Rows)/2]
	s.Stride *= 2
}

// Len returns the number of rows.
func (s *Series) Len() int {
	if s.Cols == 0 {
		return 0
	}
	return len(s.Rows) / int(s.Cols)
}

// Code writes or reads s, into its memory.
func (s *Series) Code(c *wire.Coder) {
	c.U64(&s.Stride)
	c.U32(&s.Cols)
	wire.Numbers(c, &s.Rows)
	c.Refuse(s.Stride != 0 && (len(s.Rows) == 0 || s.Cols != 0 && len(s.Rows)%int(s.Cols) == 0))
}
