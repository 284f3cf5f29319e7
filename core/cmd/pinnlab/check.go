package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"slices"

	"pinnlab/core/kern"
	"pinnlab/core/opt"
	"pinnlab/core/train"
)

// checkBound is the largest relative deviation that check accepts.
const checkBound = 1e-9

const checkUsage = `pinnlab check FILE...

Recomputes fixtures in float64 and prints the largest relative deviation of the
losses, of the gradient of each loss term, and of the losses of the Adam run;
exits 1 if one is above 1e-9. A gradient's deviation is that of its worst
matrix: the largest difference over the largest entry.
`

// check runs the command; it returns the exit code.
func check(args []string, out, errOut io.Writer) int {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(errOut)
	flags.Usage = func() { fmt.Fprint(errOut, checkUsage) }
	if err := flags.Parse(args); err != nil || flags.NArg() == 0 {
		flags.Usage()
		return 2
	}
	code := 0
	for _, path := range flags.Args() {
		rows, err := checkFile(path)
		if err != nil {
			fmt.Fprintf(errOut, "%s: %v\n", path, err)
			code = 1
			continue
		}
		fmt.Fprintf(out, "%s\n", path)
		for _, r := range rows {
			verdict := ""
			if !(r.deviation <= checkBound) { // NaN fails
				verdict, code = "  ABOVE THE BOUND", 1
			}
			fmt.Fprintf(out, "  %-22s %8.1e%s\n", r.what, r.deviation, verdict)
		}
	}
	return code
}

// A checked row is the deviation of one thing compared.
type checked struct {
	what      string
	deviation float64
}

func checkFile(path string) ([]checked, error) {
	f, err := readFixture(path)
	if err != nil {
		return nil, err
	}
	obj, theta, err := f.objective()
	if err != nil {
		return nil, err
	}
	rows, err := f.checkLosses(obj, theta)
	if err != nil {
		return nil, err
	}
	gradients, err := f.checkGradients(obj, theta)
	if err != nil {
		return nil, err
	}
	rows = append(rows, gradients...)
	if f.Adam != nil {
		rows = append(rows, checked{"Adam run", f.checkAdam(obj, theta)})
	}
	return rows, nil
}

type objective = train.Objective[float64]

func (f *fixture) checkLosses(obj *objective, theta []float64) (rows []checked, err error) {
	obj.Eval(theta)
	for i, t := range obj.Prob.Terms {
		want, ok := f.Loss[t.Name]
		if !ok {
			return nil, fmt.Errorf("no loss of the term %s", t.Name)
		}
		rows = append(rows, checked{"loss " + t.Name, deviation(obj.Losses[i:i+1], []float64{want})})
	}
	return append(rows, checked{"loss total", deviation([]float64{sum(obj.Losses)}, []float64{f.Loss["total"]})}), nil
}

func (f *fixture) checkGradients(obj *objective, theta []float64) (rows []checked, err error) {
	g := make([]float64, len(theta))
	for i, t := range obj.Prob.Terms {
		want, err := f.flatten(obj.Net, f.Grad[t.Name])
		if err != nil {
			return nil, fmt.Errorf("gradient of %s: %w", t.Name, err)
		}
		obj.EvalTerm(theta, i, g)
		worst := 0.0
		for _, p := range obj.Net.Layout {
			lo, hi := p.Offset, p.Offset+p.Size()
			worst = max(worst, deviation(g[lo:hi], want[lo:hi]))
		}
		rows = append(rows, checked{"gradient " + t.Name, worst})
	}
	return rows, nil
}

// checkAdam repeats the run on the fixed points and compares the total loss
// before each step.
func (f *fixture) checkAdam(obj *objective, theta []float64) float64 {
	theta = slices.Clone(theta)
	adam := opt.NewAdam[float64](len(theta))
	adam.Beta1, adam.Beta2, adam.Eps = f.Adam.Beta1, f.Adam.Beta2, f.Adam.Eps
	total := make([]float64, len(theta))
	worst := 0.0
	for _, want := range f.Adam.Loss {
		obj.Eval(theta)
		worst = max(worst, deviation([]float64{sum(obj.Losses)}, []float64{want}))
		clear(total)
		for _, g := range obj.Grads {
			kern.Add(total, g)
		}
		adam.Step(theta, total, f.Adam.LR)
	}
	return worst
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}

// deviation returns the largest difference over the largest entry, NaN if there
// is one.
func deviation(got, want []float64) float64 {
	diff, size := 0.0, 0.0
	for i, w := range want {
		diff, size = max(diff, math.Abs(got[i]-w)), max(size, math.Abs(w))
	}
	if diff == 0 {
		return 0
	}
	return diff / size
}
