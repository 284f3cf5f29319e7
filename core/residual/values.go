package residual

// Columns are numbers for every residual of a system: Columns[term] holds those
// of its first formula at its points, then of the second, and so on.
type Columns [][]float64

// NewColumns returns columns of zeros for the residuals of s.
func (s *System[T]) NewColumns() Columns {
	c := make(Columns, len(s.Prob.Terms))
	for _, p := range s.Passes {
		for _, t := range p.Terms {
			c[t.Index] = make([]float64, t.Count())
		}
	}
	return c
}

// Of returns the part of c that belongs to residual j of a term at n of its
// points from point lo on.
func (c Columns) Of(t *Term, j, lo, n int) []float64 {
	return c[t.Index][j*(t.Hi-t.Lo)+lo:][:n]
}

// Residuals fills r with the residuals at the parameters as loaded last.
func (s *System[T]) Residuals(r Columns) { s.forward(columnVisitor{r, values}) }

// Along fills jv with the residuals' derivatives J v along the direction as
// loaded last.
func (s *System[T]) Along(jv Columns) { s.forward(columnVisitor{jv, tangents}) }

func (s *System[T]) forward(v columnVisitor) {
	s.columns = v
	for _, p := range s.Passes {
		p.Forward(&s.columns)
	}
}

// Reverse adds Jᵀ w to g.
func (s *System[T]) Reverse(g []T, w Columns) {
	s.columns = columnVisitor{w, adjoints}
	for _, p := range s.Passes {
		p.Reverse(0, p.Len(), &s.columns)
		p.AddTo(g)
	}
}

// A columnVisitor copies columns out of the terms or into them.
type columnVisitor struct {
	c    Columns
	what int
}

const (
	values = iota
	tangents
	adjoints
)

// Visit implements [Visitor].
func (v *columnVisitor) Visit(t *Term, lo, n int) bool {
	for j := range t.outputs {
		own := v.c.Of(t, j, lo, n)
		switch v.what {
		case values:
			copy(own, t.Out(j))
		case tangents:
			copy(own, t.Along(j))
		case adjoints:
			copy(t.Bar(j), own)
		}
	}
	return v.what == adjoints
}
