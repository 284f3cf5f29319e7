package record

import (
	"errors"
	"fmt"

	"pinnlab/core/wire"
)

// snapshotVersion is the first byte of an encoded Snapshot.
const snapshotVersion = 7

// ErrVersion says that an encoded Snapshot is another program's.
var ErrVersion = errors.New("record: a Snapshot of version")

// AppendBinary appends the encoded snapshot to b.
func (s *Snapshot) AppendBinary(b []byte) ([]byte, error) {
	c := wire.Writer(append(b, snapshotVersion))
	s.fields(c)
	return c.Bytes(), nil
}

// UnmarshalBinary decodes b into s, reusing its slices. Malformed input, or one
// whose parts do not fit together, gives an error, and s is then unspecified.
func (s *Snapshot) UnmarshalBinary(b []byte) error {
	c, err := open(b)
	if err != nil {
		return err
	}
	s.fields(c)
	if err := c.End(); err != nil {
		return err
	}
	return s.consistent()
}

// OriginOf reads of an encoded Snapshot only what it is of.
func OriginOf(b []byte) (o Origin, err error) {
	c, err := open(b)
	if err != nil {
		return o, err
	}
	o.fields(c)
	if c.Bad() {
		return Origin{}, wire.ErrMalformed
	}
	return o, nil
}

// open returns a reader of what follows the version.
func open(b []byte) (*wire.Coder, error) {
	if len(b) == 0 {
		return nil, wire.ErrMalformed
	}
	if b[0] != snapshotVersion {
		return nil, fmt.Errorf("%w %d; this program reads %d", ErrVersion, b[0], snapshotVersion)
	}
	return wire.Reader(b[1:]), nil
}

// fields is the format of an encoded Snapshot after its version. Its Origin
// comes first; see OriginOf.
func (s *Snapshot) fields(c *wire.Coder) {
	s.Origin.fields(c)
	c.Text(&s.Model)
	c.U8((*uint8)(&s.Status))
	c.Text(&s.Reason, &s.Undefined)
	c.U64(&s.Step)
	c.F64(&s.Rate, &s.LearningRate, &s.RelL2, &s.LInf, &s.Published, &s.Authors, &s.PublishedAuthors)
	c.U32(&s.Omitted)
	c.Text(&s.OmittedAt, &s.Corner)
	c.U8(&s.CornerTerms[0], &s.CornerTerms[1])
	wire.List(c, &s.Terms, (*TermState).fields)
	wire.List(c, &s.Groups, (*GroupState).fields)
	wire.List(c, &s.Axes, (*Axis).fields)
	wire.List(c, &s.Fields, (*Field).fields)
	wire.List(c, &s.Layers, (*LayerGradients).fields)
	wire.List(c, &s.Clouds, (*Cloud).fields)
	c.Bool(&s.Frozen)
	wire.List(c, &s.Histories, (*Series).fields)
	s.Stiffness.fields(c)
	wire.List(c, &s.Residuals, (*Residual).fields)
	wire.List(c, &s.Sides, (*Side).fields)
}

func (o *Origin) fields(c *wire.Coder) {
	c.Text(&o.Problem, &o.Contestant)
	c.U64(&o.Run)
}

func (t *TermState) fields(c *wire.Coder) {
	c.Text(&t.Name)
	c.U8(&t.Group)
	c.F64(&t.Loss, &t.Held.Loss, &t.Held.Worst, &t.Held.Zero, &t.Held.Flat, &t.Held.Scale)
}

func (g *GroupState) fields(c *wire.Coder) {
	c.Text(&g.Name)
	c.F64(&g.Lambda, &g.LambdaHat, &g.GradMax, &g.GradMean, &g.GradNorm, &g.Cosine)
}

func (a *Axis) fields(c *wire.Coder) {
	c.Text(&a.Name)
	c.F64(&a.Lo, &a.Hi)
	c.U32(&a.N)
}

func (f *Field) fields(c *wire.Coder) {
	c.Text(&f.Name)
	wire.Numbers(c, &f.Pred)
	wire.Numbers(c, &f.Exact)
}

func (l *LayerGradients) fields(c *wire.Coder) {
	c.Text(&l.Name)
	wire.List(c, &l.Hist, (*Histogram).fields)
	wire.List(c, &l.Size, (*GradientSize).fields)
}

func (h *Histogram) fields(c *wire.Coder) {
	c.U32(&h.Zero)
	wire.Numbers(c, &h.Neg)
	wire.Numbers(c, &h.Pos)
}

func (z *GradientSize) fields(c *wire.Coder) { c.F64(&z.Max, &z.Mean, &z.Norm, &z.Cosine) }

func (p *Cloud) fields(c *wire.Coder) {
	c.Text(&p.Name)
	c.U8(&p.Group)
	wire.Numbers(c, &p.At)
}

func (s *Stiffness) fields(c *wire.Coder) {
	c.Text(&s.Subset)
	c.F64(&s.Budget, &s.Share, &s.Pending)
	c.Bool(&s.Asked)
	wire.List(c, &s.Peaks, (*Peak).fields)
	c.U64(&s.DensityAt)
	wire.List(c, &s.Densities, (*Density).fields)
	s.Modes.fields(c)
}

func (m *Modes) fields(c *wire.Coder) {
	c.U64(&m.At)
	for _, v := range []*[]float32{&m.Kappa, &m.Start, &m.Now, &m.Conditions} {
		wire.Numbers(c, v)
		c.Refuse(len(*v) == len(m.Kappa))
	}
}

func (p *Peak) fields(c *wire.Coder) {
	c.U64(&p.Step)
	c.F64(&p.Total, &p.Residual, &p.Conditions, &p.Bound)
}

func (d *Density) fields(c *wire.Coder) {
	c.Text(&d.Part)
	wire.Numbers(c, &d.Values)
	wire.Numbers(c, &d.Masses)
	c.Refuse(len(d.Values) == len(d.Masses))
}

func (r *Residual) fields(c *wire.Coder) {
	c.Text(&r.Name)
	wire.Numbers(c, &r.Values)
}

func (d *Side) fields(c *wire.Coder) {
	c.Text(&d.Name)
	c.U8(&d.Group, &d.Face)
	c.F64(&d.At)
	wire.Numbers(c, &d.Values)
}
