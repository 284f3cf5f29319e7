package train

import (
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// An oracle computes residuals with complex numbers, by the formulas of the
// textbooks, one point and one parameter at a time: a step i·1e-30 in a
// parameter leaves the derivative in the imaginary part, to the last digit. It
// shares with the engine the order of the parameters and nothing else.
type oracle struct {
	kind   string
	layout ad.Layout
	theta  []complex128
	coords []pde.Coord
	depth  int
}

// A ray is a value with its first and second derivative along a coordinate.
type ray [3]complex128

func (a ray) plus(b ray) ray { return ray{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }

func (a ray) times(b ray) ray {
	return ray{a[0] * b[0], a[1]*b[0] + a[0]*b[1], a[2]*b[0] + 2*a[1]*b[1] + a[0]*b[2]}
}

// through applies a function, given its value and its two derivatives.
func (a ray) through(f, f1, f2 complex128) ray { return ray{f, f1 * a[1], f1*a[2] + f2*a[1]*a[1]} }

func (a ray) tanh() ray {
	y := cmplx.Tanh(a[0])
	return a.through(y, 1-y*y, -2*y*(1-y*y))
}

func each(h []ray, f func(ray) ray) (out []ray) {
	for _, v := range h {
		out = append(out, f(v))
	}
	return out
}

func (o *oracle) matrix(name string) (p ad.Param, entries []complex128) {
	i := slices.IndexFunc(o.layout, func(p ad.Param) bool { return p.Name == name })
	p = o.layout[i]
	return p, o.theta[p.Offset : p.Offset+p.Rows*p.Cols]
}

// product is h W; with a sign and a shift, shift + sign h W.
func (o *oracle) product(h []ray, name string) []ray {
	w, entries := o.matrix("W" + name)
	out := make([]ray, w.Cols)
	for i, v := range h {
		for j := range out {
			out[j] = out[j].plus(v.times(ray{entries[i*w.Cols+j]}))
		}
	}
	return out
}

func (o *oracle) bias(h []ray, name string) []ray {
	_, b := o.matrix("b" + name)
	out := slices.Clone(h)
	for j := range out {
		out[j][0] += b[j]
	}
	return out
}

// field returns the network's output at a point, along coordinate dir.
func (o *oracle) field(point []float64, dir int) ray {
	var h []ray
	for j, c := range o.coords {
		sigma := (c.Hi - c.Lo) / math.Sqrt(12)
		r := ray{complex((point[j]-(c.Lo+c.Hi)/2)/sigma, 0)}
		if j == dir {
			r[1] = complex(1/sigma, 0)
		}
		h = append(h, r)
	}
	if o.kind == "fourier" || o.kind == "fourier-modified" {
		waves := o.product(h, "F")
		h = append(each(waves, func(a ray) ray { return a.through(cmplx.Cos(a[0]), -cmplx.Sin(a[0]), -cmplx.Cos(a[0])) }),
			each(waves, func(a ray) ray { return a.through(cmplx.Sin(a[0]), cmplx.Cos(a[0]), -cmplx.Sin(a[0])) })...)
	}
	var u, v []ray
	if o.kind == "modified" || o.kind == "modified-2020" || o.kind == "fourier-modified" {
		u, v = each(o.bias(o.product(h, "U"), "U"), ray.tanh), each(o.bias(o.product(h, "V"), "V"), ray.tanh)
	}
	for k := range o.depth {
		name := fmt.Sprint(k)
		hw := o.product(h, name)
		h = each(o.bias(hw, name), ray.tanh)
		if u == nil {
			continue
		}
		other := each(h, func(z ray) ray { return ray{1 - z[0], -z[1], -z[2]} })
		if o.kind == "modified-2020" {
			flipped := each(hw, func(a ray) ray { return ray{1 - a[0], -a[1], -a[2]} })
			other = each(o.bias(flipped, name), ray.tanh)
		}
		for j := range h {
			h[j] = h[j].times(u[j]).plus(other[j].times(v[j]))
		}
	}
	return o.bias(o.product(h, fmt.Sprint(o.depth)), fmt.Sprint(o.depth))[0]
}

// residual is a term's residual at a point, the parameters being the presets'
// own; the forcing is worked out by hand.
func (o *oracle) residual(preset, term string, p []float64) complex128 {
	u := func(dir int) ray { return o.field(p, dir) }
	real := func(v float64) complex128 { return complex(v, 0) }
	const pi = math.Pi
	switch preset + " " + term {
	case "helmholtz res":
		exact := math.Sin(pi*p[0]) * math.Sin(4*pi*p[1])
		return u(0)[2] + u(1)[2] + u(0)[0] - real((1-17*pi*pi)*exact)
	case "helmholtz bc1", "helmholtz bc2", "helmholtz bc3", "helmholtz bc4":
		return u(0)[0]
	case "klein_gordon res":
		t, x := p[0], p[1]
		exact := x*math.Cos(5*pi*t) + math.Pow(t*x, 3)
		tt, xx := -25*pi*pi*x*math.Cos(5*pi*t)+6*t*x*x*x, 6*t*t*t*x
		v := u(0)[0]
		return u(0)[2] - u(1)[2] + v*v*v - real(tt-xx+exact*exact*exact)
	case "klein_gordon ic_u":
		return u(0)[0] - real(p[1])
	case "klein_gordon ic_ut":
		return u(0)[1]
	case "klein_gordon bc1":
		return u(0)[0]
	case "klein_gordon bc2":
		return u(0)[0] - real(math.Cos(5*pi*p[0])+math.Pow(p[0], 3))
	case "poisson res":
		return u(0)[2] + real(16*math.Sin(4*p[0]))
	}
	return u(0)[0] - real(math.Sin(4*p[0])) // the ends of poisson
}

// A judged group is what the oracle finds of a group's loss.
type judged struct {
	loss, trace float64
	grad        []float64
}

// judge returns each group's loss, gradient and trace at theta on the points of
// the sets.
func (o *oracle) judge(prob *pde.Problem, preset string, theta []float64, points [][][]float64) []judged {
	groups := make([]judged, len(prob.Groups))
	for i := range groups {
		groups[i].grad = make([]float64, len(theta))
	}
	o.theta = make([]complex128, len(theta))
	for i, v := range theta {
		o.theta[i] = complex(v, 0)
	}
	const h = 1e-30
	for _, term := range prob.Terms {
		g := &groups[term.Group]
		n := float64(len(points[term.Set]))
		for _, p := range points[term.Set] {
			r := real(o.residual(preset, term.Name, p))
			g.loss += r * r / n
			for k := range theta {
				o.theta[k] = complex(theta[k], h)
				slope := imag(o.residual(preset, term.Name, p)) / h
				o.theta[k] = complex(theta[k], 0)
				g.grad[k] += 2 / n * r * slope
				g.trace += slope * slope / n
			}
		}
	}
	return groups
}

// TestAgainstComplexSteps trains thirty small networks for three steps, every
// network of the table with both weightings that came after the paper, and
// compares losses, gradients, weights and parameters with the oracle's: 1e-9.
func TestAgainstComplexSteps(t *testing.T) {
	for i, preset := range []string{"helmholtz", "klein_gordon", "poisson"} {
		for k, network := range []string{nn.MLP, nn.Modified, nn.Modified2020, "fourier", "fourier-modified"} {
			for j, weighting := range []string{"gradnorm", "ntk"} {
				t.Run(preset+"/"+network+"/"+weighting, func(t *testing.T) {
					run := newRun(t, preset, "M1", func(c *Config) {
						c.Network, c.Weighting, c.Precision = network, weighting, Float64
						c.Width, c.Depth, c.Batch, c.Period, c.Alpha, c.Seed = 4+(i+k)%2, 1+k%2, 5, 1, 0.3, uint64(10*i+k)
						if j == 1 {
							c.Sampler = "pool"
							c.Own = map[string]any{"pool": 7.0, "redraw": 2.0, "sequence": []string{"halton", "r2", "uniform"}[i]}
						}
					}).engine.(*engine[float64])
					compareWithOracle(t, run, preset, network, weighting)
				})
			}
		}
	}
}

func compareWithOracle(t *testing.T, run *engine[float64], preset, network, weighting string) {
	o := &oracle{kind: network, layout: run.net.Layout, coords: run.prob.Coords, depth: run.cfg.Depth}
	n := len(run.theta)
	lambda := slices.Repeat([]float64{1}, len(run.prob.Groups))
	m, v := make([]float64, n), make([]float64, n)
	for step := 1; step <= 3; step++ {
		theta := slices.Clone(run.theta)
		steps(t, run, 1)
		groups := o.judge(run.prob, preset, theta, pointsOf(run))
		sum, mean := make([]float64, n), 0.0
		size := func(g judged) float64 {
			if weighting == "ntk" {
				return g.trace
			}
			return math.Sqrt(kern.Dot(g.grad, g.grad))
		}
		for i, g := range groups {
			mean += size(g) / float64(len(groups))
			near(t, "loss of "+run.prob.Groups[i], []float64{run.grads.Loss(i)}, []float64{g.loss})
			near(t, "gradient of "+run.prob.Groups[i], run.obj.Grads[i], g.grad)
		}
		for i, g := range groups {
			lambda[i] = 0.7*lambda[i] + 0.3*mean/size(g)
			for k, v := range g.grad {
				sum[k] += lambda[i] * v
			}
		}
		near(t, "weights", run.weigh.Lambda, lambda)
		rate := 1e-3 * math.Pow(run.cfg.Decay, float64(step-1)/1000)
		for k, g := range sum {
			m[k], v[k] = 0.9*m[k]+0.1*g, 0.999*v[k]+0.001*g*g
			theta[k] -= rate * m[k] / (1 - math.Pow(0.9, float64(step))) / (math.Sqrt(v[k]/(1-math.Pow(0.999, float64(step)))) + 1e-8)
		}
		near(t, "parameters", run.theta, theta)
	}
}

// pointsOf returns the points of the latest step, by set.
func pointsOf(run *engine[float64]) [][][]float64 {
	d := len(run.prob.Coords)
	points := make([][][]float64, len(run.prob.Sets))
	run.obj.EachSet(func(set int, all []float64) {
		points[set] = nil
		for p := range slices.Chunk(all, d) {
			points[set] = append(points[set], slices.Clone(p))
		}
	})
	return points
}

// near fails t unless the largest difference is 1e-9 of the largest entry.
func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	largest, worst := 0.0, 0.0
	for i, w := range want {
		largest, worst = max(largest, math.Abs(w)), max(worst, math.Abs(got[i]-w))
	}
	if !(worst <= 1e-9*largest) {
		t.Errorf("%s: off by %.2g of %.2g", what, worst, largest)
	}
}
