package train

// seriesRows is the most rows of a Series.
const seriesRows = 1024

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
