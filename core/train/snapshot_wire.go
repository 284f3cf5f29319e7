package train

// snapshotVersion is the first byte of an encoded Snapshot.
const snapshotVersion = 5

// AppendBinary appends the encoded snapshot to b. The format is the fields of
// Snapshot in their order, Residuals and Sides last; see wire.go.
func (s *Snapshot) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, snapshotVersion)
	b = putOrigin(b, s.Origin)
	b = putString(b, s.Model)
	b = append(b, byte(s.Status))
	b = putString(putString(b, s.Reason), s.Undefined)
	b = putU64(b, s.Step)
	for _, v := range []float64{s.Rate, s.LearningRate, s.RelL2, s.LInf, s.Published, s.Authors, s.PublishedAuthors} {
		b = putF64(b, v)
	}
	b = putString(putU32(b, int(s.Omitted)), s.OmittedAt)
	b = append(putString(b, s.Corner), s.CornerTerms[:]...)
	b = putU32(b, len(s.Terms))
	for _, t := range s.Terms {
		b = append(putString(b, t.Name), t.Group)
		for _, v := range []float64{t.Loss, t.Held.Loss, t.Held.Worst, t.Held.Zero, t.Held.Flat, t.Held.Scale} {
			b = putF64(b, v)
		}
	}
	b = putU32(b, len(s.Groups))
	for _, g := range s.Groups {
		b = putString(b, g.Name)
		for _, v := range []float64{g.Lambda, g.LambdaHat, g.GradMax, g.GradMean, g.GradNorm, g.Cosine} {
			b = putF64(b, v)
		}
	}
	b = putU32(b, len(s.Axes))
	for _, a := range s.Axes {
		b = putF64(putF64(putString(b, a.Name), a.Lo), a.Hi)
		b = putU32(b, int(a.N))
	}
	b = putU32(b, len(s.Fields))
	for _, f := range s.Fields {
		b = putF32s(putF32s(putString(b, f.Name), f.Pred), f.Exact)
	}
	b = putU32(b, len(s.Layers))
	for _, l := range s.Layers {
		b = putString(b, l.Name)
		b = putU32(b, len(l.Hist))
		for _, h := range l.Hist {
			b = putU32(b, int(h.Zero))
			b = putU32s(putU32s(b, h.Neg), h.Pos)
		}
		b = putU32(b, len(l.Size))
		for _, z := range l.Size {
			b = putF64(putF64(putF64(putF64(b, z.Max), z.Mean), z.Norm), z.Cosine)
		}
	}
	b = putU32(b, len(s.Points))
	for _, c := range s.Points {
		b = putF32s(append(putString(b, c.Name), c.Group), c.At)
	}
	b = putBool(b, s.Frozen)
	for _, t := range []*Series{&s.Losses, &s.Errors, &s.Held, &s.Bands, &s.Norms} {
		b = putSeries(b, t)
	}
	b = s.Stiffness.append(b)
	b = putU32(b, len(s.Residuals))
	for _, r := range s.Residuals {
		b = putF32s(putString(b, r.Name), r.Values)
	}
	b = putU32(b, len(s.Sides))
	for _, d := range s.Sides {
		b = append(putString(b, d.Name), d.Group, d.Face)
		b = putF32s(putF64(b, d.At), d.Values)
	}
	return b, nil
}

func (s *Stiffness) append(b []byte) []byte {
	b = putString(b, s.Subset)
	b = putF64(putF64(putF64(b, s.Budget), s.Share), s.Pending)
	b = putBool(b, s.Asked)
	b = putU32(b, len(s.Peaks))
	for _, p := range s.Peaks {
		b = putU64(b, p.Step)
		b = putF64(putF64(putF64(putF64(b, p.Total), p.Residual), p.Conditions), p.Bound)
	}
	b = putU64(b, s.DensityAt)
	b = putU32(b, len(s.Densities))
	for _, d := range s.Densities {
		b = putF64s(putF64s(putString(b, d.Part), d.Values), d.Masses)
	}
	return b
}

// UnmarshalBinary decodes b into s, reusing its slices. Malformed input, or one
// whose parts do not fit together, gives an error, and s is then unspecified.
func (s *Snapshot) UnmarshalBinary(b []byte) error {
	r := &reader{b: b}
	if r.u8() != snapshotVersion {
		return errMalformed
	}
	s.Origin = r.origin()
	s.Model = r.string()
	s.Status = Status(r.u8())
	s.Reason, s.Undefined = r.string(), r.string()
	s.Step = r.u64()
	for _, v := range []*float64{&s.Rate, &s.LearningRate, &s.RelL2, &s.LInf, &s.Published, &s.Authors, &s.PublishedAuthors} {
		*v = r.f64()
	}
	s.Omitted, s.OmittedAt = r.u32(), r.string()
	s.Corner, s.CornerTerms = r.string(), [2]uint8{r.u8(), r.u8()}
	s.Terms = grow(s.Terms, r.count(53))
	for i := range s.Terms {
		s.Terms[i] = TermState{r.string(), r.u8(), r.f64(), Held{r.f64(), r.f64(), r.f64(), r.f64(), r.f64()}}
	}
	s.Groups = grow(s.Groups, r.count(52))
	for i := range s.Groups {
		s.Groups[i] = GroupState{r.string(), r.f64(), r.f64(), r.f64(), r.f64(), r.f64(), r.f64()}
	}
	s.Axes = grow(s.Axes, r.count(24))
	for i := range s.Axes {
		s.Axes[i] = Axis{r.string(), r.f64(), r.f64(), r.u32()}
	}
	s.Fields = grow(s.Fields, r.count(12))
	for i := range s.Fields {
		f := &s.Fields[i]
		f.Name, f.Pred, f.Exact = r.string(), r.f32s(f.Pred), r.f32s(f.Exact)
	}
	s.Layers = grow(s.Layers, r.count(8))
	for i := range s.Layers {
		l := &s.Layers[i]
		l.Name = r.string()
		l.Hist = grow(l.Hist, r.count(12))
		for j := range l.Hist {
			h := &l.Hist[j]
			h.Zero, h.Neg, h.Pos = r.u32(), r.u32s(h.Neg), r.u32s(h.Pos)
		}
		l.Size = grow(l.Size, r.count(32))
		for j := range l.Size {
			l.Size[j] = GradientSize{r.f64(), r.f64(), r.f64(), r.f64()}
		}
	}
	s.Points = grow(s.Points, r.count(9))
	for i := range s.Points {
		c := &s.Points[i]
		c.Name, c.Group, c.At = r.string(), r.u8(), r.f32s(c.At)
	}
	s.Frozen = r.bool()
	for _, t := range []*Series{&s.Losses, &s.Errors, &s.Held, &s.Bands, &s.Norms} {
		r.series(t)
	}
	s.Stiffness.read(r)
	s.Residuals = grow(s.Residuals, r.count(8))
	for i := range s.Residuals {
		d := &s.Residuals[i]
		d.Name, d.Values = r.string(), r.f32s(d.Values)
	}
	s.Sides = grow(s.Sides, r.count(18))
	for i := range s.Sides {
		d := &s.Sides[i]
		d.Name, d.Group, d.Face, d.At, d.Values = r.string(), r.u8(), r.u8(), r.f64(), r.f32s(d.Values)
	}
	if err := r.end(); err != nil {
		return err
	}
	return s.consistent()
}

func (s *Stiffness) read(r *reader) {
	s.Subset = r.string()
	s.Budget, s.Share, s.Pending, s.Asked = r.f64(), r.f64(), r.f64(), r.bool()
	s.Peaks = grow(s.Peaks, r.count(40))
	for i := range s.Peaks {
		s.Peaks[i] = Peak{r.u64(), r.f64(), r.f64(), r.f64(), r.f64()}
	}
	s.DensityAt = r.u64()
	s.Densities = grow(s.Densities, r.count(12))
	for i := range s.Densities {
		d := &s.Densities[i]
		d.Part, d.Values, d.Masses = r.string(), r.f64s(d.Values), r.f64s(d.Masses)
		r.bad = r.bad || len(d.Values) != len(d.Masses)
	}
}
