package train

// seriesRows is the most rows of a Series.
const seriesRows = 1024

// newSeries returns an empty Series with room for all its rows.
func newSeries(stride, cols int) Series {
	return Series{Stride: uint64(stride), Cols: uint32(cols), Rows: make([]float32, 0, seriesRows*cols)}
}

// copyTo copies s into d's memory.
func (s *Series) copyTo(d *Series) {
	*d = Series{s.Stride, s.Cols, append(d.Rows[:0], s.Rows...)}
}

// due reports whether a row is to be recorded at a step.
func (s *Series) due(step int) bool { return uint64(step)%s.Stride == 0 }

// add records a row; steps come in order, each that is due.
func (s *Series) add(row []float64) {
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
