package diag

import (
	"math"
	"sync"
)

// What the cases without an exact solution ought to give, by closed forms,
// series, Runge-Kutta and finite differences that share nothing with the engine.
// A truth returns its views at a point.
type truth func(x, t float64) []float64

var truths = map[string]func() truth{
	"04-beam-si":      func() truth { return beam(2e11*3.3333333333e-09, 7850*0.0004, 50000, 20*math.Pi, 0.5) },
	"04b-beam-scaled": func() truth { return beam(0.0142, 0.000419, 1, 2*math.Pi, 1) },
	"06-well-nosol": func() truth {
		return func(x, _ float64) []float64 { return []float64{math.Sqrt2 * math.Sin(math.Pi*x)} }
	},
	"07b-fractional-positive":      kinetics,
	"10b-sphere-scaled":            func() truth { return robin.at },
	"11a-two-materials-step-nosol": func() truth { return twoMaterials },
	"12-corner-conflict":           func() truth { return plate },
	"13c-reaction-nosol":           func() truth { return reaction },
	"14-lorenz":                    lorenz,
	"21-butler-volmer":             func() truth { return electrode.at },
	"23-particle-flux":             func() truth { return particle.at },
	"24-heat-rod":                  func() truth { return rod.at },
	"34-inviscid-burgers":          func() truth { return shock.at },
	"35c-fokker-planck-norm":       fokkerPlanck,
	"37-allen-cahn":                func() truth { return allenCahn.at },
}

// beam is the series of modes of k w”” + m w_tt = f sin ωt, pinned at 0 and l.
func beam(k, m, f, omega, l float64) truth {
	return func(x, t float64) []float64 {
		w := 0.0
		for n := 1.0; n < 40; n += 2 {
			own := math.Sqrt(k/m) * math.Pow(n*math.Pi/l, 2)
			q := 4 * f / (n * math.Pi * m) / (own*own - omega*omega)
			w += q * (math.Sin(omega*t) - omega/own*math.Sin(own*t)) * math.Sin(n*math.Pi*x/l)
		}
		return []float64{w}
	}
}

func twoMaterials(x, y float64) []float64 {
	return []float64{293.15 + 200*(min(y, 1)/1.38+max(y-1, 0)/400)}
}

func reaction(x, t float64) []float64 {
	h := math.Exp(-math.Pow(x-math.Pi, 2) / (2 * math.Pow(math.Pi/4, 2)))
	return []float64{h * math.Exp(5*t) / (h*math.Exp(5*t) + 1 - h)}
}

// plate is the series for Laplace's equation with 1, 2, 3 and 4 at x = 0, x = 1,
// y = 0 and y = 1.
func plate(x, y float64) []float64 {
	side := func(along, from float64) (sum float64) {
		for n := 1.0; n < 400; n += 2 {
			a := n * math.Pi
			fall := (math.Exp(-a*from) - math.Exp(-a*(2-from))) / (1 - math.Exp(-2*a))
			sum += 4 / a * math.Sin(a*along) * fall
		}
		return sum
	}
	return []float64{side(y, x) + 2*side(y, 1-x) + 3*side(x, y) + 4*side(x, 1-y)}
}

// rungeKutta integrates y' = f(t, y) with n steps of order 4 and keeps them all.
func rungeKutta(f func(t float64, y, dy []float64), y []float64, end float64, n int) truth {
	h := end / float64(n)
	rows := [][]float64{append([]float64(nil), y...)}
	k := [4][]float64{}
	for i := range k {
		k[i] = make([]float64, len(y))
	}
	z := make([]float64, len(y))
	for s := range n {
		t := float64(s) * h
		for i, part := range []float64{0, 0.5, 0.5, 1} {
			for j := range z {
				z[j] = y[j]
				if i > 0 {
					z[j] += part * h * k[i-1][j]
				}
			}
			f(t+part*h, z, k[i])
		}
		for j := range y {
			y[j] += h / 6 * (k[0][j] + 2*k[1][j] + 2*k[2][j] + k[3][j])
		}
		rows = append(rows, append([]float64(nil), y...))
	}
	return func(t, _ float64) []float64 { return rows[int(math.Round(t/h))] }
}

func lorenz() truth {
	return rungeKutta(func(_ float64, y, dy []float64) {
		dy[0], dy[1], dy[2] = 10*(y[1]-y[0]), y[0]*(15-y[2])-y[1], y[0]*y[1]-8./3*y[2]
	}, []float64{-8, 7, 27}, 3, 30000)
}

func kinetics() truth {
	return rungeKutta(func(t float64, y, dy []float64) {
		r, v := 1.1*math.Pow(3-y[1], 1.5)*math.Pow(y[0], 3.5), math.Pow(y[1], 2.2)
		dy[0], dy[1] = 2+math.Sin(t)-r+1.3*v, 1+math.Cos(t)+r-2.4*v
	}, []float64{1, 1}, 2*math.Pi, 100000)
}

// fokkerPlanck is the density without flux and its integral.
func fokkerPlanck() truth {
	const n = 4400
	var p, c [n + 1]float64
	at := func(i int) float64 { return -2.2 + 4.4*float64(i)/n }
	for i := range p {
		x := at(i)
		p[i] = math.Exp(2 / 0.25 * (0.15*x*x - 0.125*x*x*x*x))
		if i > 0 {
			c[i] = c[i-1] + (p[i]+p[i-1])/2*4.4/n
		}
	}
	return func(x, _ float64) []float64 {
		i := int(math.Round((x + 2.2) / 4.4 * n))
		return []float64{p[i] / c[n], c[i] / c[n]}
	}
}

// lines is u_t = f(u) on the nodes of an interval, by Euler's method with small
// steps, kept at some times.
type lines struct {
	lo, hi, end float64
	nodes       int
	steps       int
	start       func(x float64) float64
	slope       func(u, du []float64, h float64)
	view        func(u float64) []float64
	timeFirst   bool // the coordinates are t and x

	once sync.Once
	kept [][]float64
}

const keptTimes = 100

func (l *lines) at(x, t float64) []float64 {
	if l.timeFirst {
		x, t = t, x
	}
	l.once.Do(l.solve)
	i := min(int((x-l.lo)/(l.hi-l.lo)*float64(l.nodes)), l.nodes-1)
	w := (x-l.lo)/(l.hi-l.lo)*float64(l.nodes) - float64(i)
	k := min(int(t/l.end*keptTimes), keptTimes-1)
	v := t/l.end*keptTimes - float64(k)
	a, b := l.kept[k], l.kept[k+1]
	return l.view((1-v)*((1-w)*a[i]+w*a[i+1]) + v*((1-w)*b[i]+w*b[i+1]))
}

func (l *lines) solve() {
	h := (l.hi - l.lo) / float64(l.nodes)
	u, du := make([]float64, l.nodes+1), make([]float64, l.nodes+1)
	for i := range u {
		u[i] = l.start(l.lo + float64(i)*h)
	}
	for s := range l.steps + 1 {
		if s%(l.steps/keptTimes) == 0 {
			l.kept = append(l.kept, append([]float64(nil), u...))
		}
		clear(du)
		l.slope(u, du, h)
		for i := range u {
			u[i] += l.end / float64(l.steps) * du[i]
		}
	}
}

func single(u float64) []float64 { return []float64{u} }

// curve is u_xx at an inner node.
func curve(u []float64, i int, h float64) float64 { return (u[i-1] - 2*u[i] + u[i+1]) / (h * h) }

// radial fills du with d(u_rr + 2/r u_r) on a ball, with slope out at the surface.
func radial(u, du []float64, h, d, out float64) {
	n := len(u) - 1
	du[0] = d * 6 * (u[1] - u[0]) / (h * h)
	for i := 1; i < n; i++ {
		du[i] = d * (curve(u, i, h) + 2/(float64(i)*h)*(u[i+1]-u[i-1])/(2*h))
	}
	du[n] = d * (2*(u[n-1]-u[n]+h*out)/(h*h) + 2/(float64(n)*h)*out)
}

var (
	robin = &lines{hi: 1, end: 1, nodes: 100, steps: 60000, view: single, start: func(float64) float64 { return 0 },
		slope: func(u, du []float64, h float64) { radial(u, du, h, 0.5, 1-u[len(u)-1]) }}
	particle = &lines{hi: 1, end: 1, nodes: 100, steps: 80000, view: single, start: func(float64) float64 { return 1 },
		slope: func(u, du []float64, h float64) { radial(u, du, h, 1, -0.5) }}
	rod = &lines{hi: 1, end: 60, nodes: 50, steps: 400000, view: single,
		start: func(x float64) float64 {
			return map[float64]float64{0: 70, 1: 40}[x] + map[bool]float64{true: 50}[x > 0 && x < 1]
		},
		slope: func(u, du []float64, h float64) {
			for i := 1; i < len(u)-1; i++ {
				du[i] = curve(u, i, h)
			}
		}}
	allenCahn = &lines{lo: -1, hi: 1, end: 1, nodes: 400, steps: 4000, view: single,
		start: func(x float64) float64 { return x * x * math.Cos(math.Pi*x) },
		slope: func(u, du []float64, h float64) {
			for i := 1; i < len(u)-1; i++ {
				du[i] = 0.001*curve(u, i, h) + 5*(u[i]-u[i]*u[i]*u[i])
			}
		}}
	// a stays 1, so only b moves.
	electrode = &lines{hi: 1, end: 100, nodes: 40, steps: 1000000, start: func(float64) float64 { return 0 },
		view: func(b float64) []float64 { return []float64{1, b} },
		slope: func(u, du []float64, h float64) {
			n := len(u) - 1
			for i := 1; i < n; i++ {
				du[i] = 0.17 * curve(u, i, h)
			}
			flux := math.Exp(5.73*(1-u[n])) - math.Exp(-11.46*(1-u[n]))
			du[n] = 0.17 * 2 * (u[n-1] - u[n] + h*flux) / (h * h)
		}}
	// Godunov's scheme for u ≥ 0, nothing flowing in.
	shock = &lines{hi: 10, end: 20, nodes: 4000, steps: 4000, view: single, timeFirst: true,
		start: func(x float64) float64 { return math.Exp(-(x-3)*(x-3)/2) / (2 * math.Sqrt(math.Pi)) },
		slope: func(u, du []float64, h float64) {
			for i := 1; i < len(u); i++ {
				du[i] = (u[i-1]*u[i-1] - u[i]*u[i]) / (2 * h)
			}
		}}
)
