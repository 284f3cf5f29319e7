package main

import (
	"math"
	"math/rand/v2"

	"pinnlab/core/record"
)

// demo returns the bytes of a plausible Snapshot of the Helmholtz problem with
// a = (1, 4): smoother models are further on.
func demo(model string, step uint64) []byte {
	s := demoSnapshot(model, step)
	b, err := s.AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	return b
}

func demoSnapshot(model string, step uint64) *record.Snapshot {
	rng := rand.New(rand.NewPCG(uint64(model[1]), step))
	final := map[string]float64{"M1": 1.94e-1, "M2": 1.44e-2, "M3": 2.12e-2, "M4": 3.30e-3}[model]
	at := func(k float64) float64 { return final + (1.1-final)*math.Exp(-k/2500) }
	s := &record.Snapshot{Origin: record.Origin{Problem: "demo", Contestant: model, Run: 1}, Model: model, Status: record.Running, Step: step, Rate: 213.4 - 60*float64(model[1]&1),
		LearningRate: 1e-3, RelL2: at(float64(step)), Published: final, Authors: math.NaN(), PublishedAuthors: math.NaN()}
	s.Axes = []record.Axis{{Name: "x", Lo: -1, Hi: 1, N: 100}, {Name: "y", Lo: -1, Hi: 1, N: 100}}
	f := record.Field{Name: "u", Pred: make([]float32, 10000), Exact: make([]float32, 10000)}
	for j := range 100 {
		for i := range 100 {
			x, y := -1+2*float64(i)/99, -1+2*float64(j)/99
			u := math.Sin(math.Pi*x) * math.Sin(4*math.Pi*y)
			e := s.RelL2 * (0.8*math.Sin(2*x+3*y) + 0.5*math.Cos(7*x*y) + 0.3*math.Sin(9*x-4*y))
			f.Exact[j*100+i], f.Pred[j*100+i] = float32(u), float32(u+e)
			s.LInf = max(s.LInf, math.Abs(e))
		}
	}
	s.Fields = []record.Field{f}
	bc := 0.02
	if model == "M2" || model == "M4" {
		bc = 0.4
	}
	names := []string{"W1", "W2", "W3", "Wout"}
	if model > "M2" {
		names = append(names, "WU", "WV")
	}
	for l, name := range names {
		layer := record.LayerGradients{Name: name, Hist: make([]record.Histogram, 2), Size: make([]record.GradientSize, 2)}
		for g, width := range []float64{0.9 / (1 + float64(l)/3), bc} {
			h := &layer.Hist[g]
			h.Reset()
			for range 2500 {
				h.Add(rng.NormFloat64() * width * math.Exp(0.6*rng.NormFloat64()))
			}
		}
		s.Layers = append(s.Layers, layer)
	}
	s.Groups = []record.GroupState{{Name: "res", Lambda: 1, GradMax: 5.3, GradMean: 0.4}, {Name: "bcs", Lambda: 1, GradMax: 0.2, GradMean: 0.016}}
	var losses, errors, bands, norms record.Series
	s.Clouds = []record.Cloud{{Name: "res", At: []float32{0.1, 0.2, -0.7, 0.9}}, {Name: "bc1", Group: 1, At: []float32{-1, 0.5}}}
	s.Stiffness = record.Stiffness{Subset: "trunk", Budget: 0.1, Share: 0.09}
	for k := uint64(0); k < step; k += max(step/40, 1) {
		v := 5e5 * (1 - math.Exp(-float64(k)/600)) * math.Exp(0.2*rng.NormFloat64())
		s.Stiffness.Peaks = append(s.Stiffness.Peaks, record.Peak{Step: k, Total: 1.1 * v, Residual: v, Conditions: v / 40, Bound: 2000 * math.Exp(float64(k)/1e4)})
	}
	for i, part := range []string{"total", "res", "bcs"} {
		d := record.Density{Part: part}
		for j := range 30 {
			d.Values = append(d.Values, math.Pow(10, float64(j)/5-1-float64(i/2))-0.5)
			d.Masses = append(d.Masses, 1.0/30)
		}
		s.Stiffness.Densities, s.Stiffness.DensityAt = append(s.Stiffness.Densities, d), step
	}
	for j := range 120 { // slow modes are as at the start, fast ones are gone
		kappa := math.Pow(10, 4-float64(j)/12)
		began := math.Exp(rng.NormFloat64()) * math.Sqrt(kappa)
		m := &s.Stiffness.Modes
		m.At = step
		m.Kappa, m.Start = append(m.Kappa, float32(kappa)), append(m.Start, float32(began))
		m.Now = append(m.Now, float32(began*math.Max(math.Exp(-kappa/3), 1e-6)))
		m.Conditions = append(m.Conditions, float32(j%7)/6)
	}
	lambda := 1.0
	var row [6]float64
	for k := uint64(0); k <= step; k += 50 {
		v := at(float64(k))
		row[0] = 4000*v*v*math.Exp(0.5*rng.NormFloat64()) + 0.01
		for i := 1; i < 5; i++ {
			row[i] = v * v * 0.2 * math.Exp(0.4*rng.NormFloat64()+0.2*float64(i))
		}
		if model == "M2" || model == "M4" {
			lambda += 0.02 * (float64(100*(model[1]-'0')) - lambda) * rng.Float64()
		}
		row[5] = lambda
		for _, x := range row {
			losses.Rows = append(losses.Rows, float32(x))
		}
		if k%100 == 0 {
			errors.Rows = append(errors.Rows, float32(v*math.Exp(0.08*rng.NormFloat64())))
			bands.Rows = append(bands.Rows, float32(v*0.9), float32(v*0.3), float32(v*0.01))
		}
		for l := range names {
			norms.Rows = append(norms.Rows, float32(300*v/float64(l+1)), float32(bc*4*v/float64(l+1)))
		}
		norms.Rows = append(norms.Rows, float32(math.Cos(float64(k)/900)))
	}
	s.Groups[1].Lambda, s.Groups[1].LambdaHat = lambda, lambda
	for i, n := range []string{"res", "bc1", "bc2", "bc3", "bc4"} {
		g := uint8(min(i, 1))
		s.Terms = append(s.Terms, record.TermState{Name: n, Group: g, Loss: row[i]})
		losses.Curves = append(losses.Curves, record.Curve{Name: record.Loss, Of: n, Group: g, Now: row[i]})
	}
	losses.Stride, errors.Stride, bands.Stride, norms.Stride = 50, 100, 100, 50
	losses.Curves = append(losses.Curves, record.Curve{Name: record.Lambda, Of: "bcs", Group: 1, Now: lambda})
	errors.Curves = []record.Curve{{Name: record.RelL2, Group: record.NoGroup, Now: s.RelL2}}
	for _, band := range []string{"low", "middle", "high"} {
		bands.Curves = append(bands.Curves, record.Curve{Name: record.ErrorBand, Of: band, Group: record.NoGroup, Now: math.NaN()})
	}
	for range names {
		for g := range uint8(2) {
			norms.Curves = append(norms.Curves, record.Curve{Name: record.GradientNorm, Group: g, Now: math.NaN()})
		}
	}
	norms.Curves = append(norms.Curves, record.Curve{Name: record.GradientCosine, Of: "bcs", Group: 1, Now: math.NaN()})
	s.Histories = []record.Series{losses, norms, errors, bands}
	return s
}

// demoLine returns a Snapshot of a problem with one coordinate.
func demoLine(model string, step uint64) []byte {
	s := demoSnapshot(model, step)
	s.Axes = []record.Axis{{Name: "x", Lo: 0, Hi: 1, N: 101}}
	f := record.Field{Name: "u"}
	for i := range 101 {
		u := math.Sin(4 * float64(i) / 100)
		f.Exact = append(f.Exact, float32(u))
		f.Pred = append(f.Pred, float32(u+s.RelL2*math.Cos(9*float64(i)/100)))
	}
	s.Fields = []record.Field{f}
	b, err := s.AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	return b
}

// demoFlow returns a Snapshot of a flow in a square.
func demoFlow(model string, step uint64) []byte {
	s := demoSnapshot(model, step)
	s.Axes = []record.Axis{{Name: "x", Lo: 0, Hi: 1, N: 40}, {Name: "y", Lo: 0, Hi: 1, N: 40}}
	s.Fields = nil
	for _, name := range []string{"speed", "u", "v", "psi"} {
		f := record.Field{Name: name}
		for k := range 1600 {
			x, y := float64(k%40)/39, float64(k/40)/39
			u, v := math.Sin(math.Pi*x)*(3*y*y-2*y), math.Sin(2*math.Pi*x)*y*(1-y)
			w := map[string]float64{"speed": math.Hypot(u, v), "u": u, "v": v, "psi": math.Sin(math.Pi*x) * y * y * (y - 1)}[name]
			f.Exact = append(f.Exact, float32(w))
			f.Pred = append(f.Pred, float32(w*(1-0.5*s.RelL2)))
		}
		s.Fields = append(s.Fields, f)
	}
	s.Authors, s.PublishedAuthors = 0.2, 0.0342
	b, err := s.AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	return b
}
