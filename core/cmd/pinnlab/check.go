package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"pinnlab/core/kern"
	"pinnlab/core/opt"
	"pinnlab/core/pde"
	"pinnlab/core/train"
)

// The largest relative deviations that check accepts.
const (
	checkBound = 1e-9
	eigenBound = 1e-8 // of eigenvalues
)

const checkUsage = `pinnlab check FILE...

Recomputes fixtures in float64 and prints the largest relative deviation of the
losses, of the gradient of each loss term, of what is given at single points, of
the Hessian's product and eigenvalues, of the losses of the Adam run, and of the
residuals, their Jacobian's products, kernel, damped steps and paths; exits 1 if
one is above 1e-9, or 1e-8 for the Hessian's eigenvalues. What a damping μ below
1e-2 makes ill-conditioned may deviate by 1e-11/μ; coefficients of paths are
differences and may by 1e-3. The deviation of a list is the
largest difference over the largest entry; that of a gradient or a product is
its worst matrix's.
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
			if r.skipped {
				fmt.Fprintf(out, "  %-30s not known here, not compared\n", r.what)
				continue
			}
			verdict := ""
			if !(r.deviation <= r.bound) { // NaN fails
				verdict, code = "  ABOVE THE BOUND", 1
			}
			fmt.Fprintf(out, "  %-30s %8.1e%s\n", r.what, r.deviation, verdict)
		}
	}
	return code
}

// A checked row is the deviation of one thing compared, or says that it was not.
type checked struct {
	what             string
	deviation, bound float64
	skipped          bool
}

func compared(what string, deviation float64) checked {
	return checked{what: what, deviation: deviation, bound: checkBound}
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
	var rows []checked
	for _, part := range []func(*objective, []float64) ([]checked, error){
		f.checkLosses, f.checkGradients, f.checkPointwise, f.checkCurvature, f.checkAdam, f.checkResiduals, f.checkNewton,
	} {
		more, err := part(obj, theta)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
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
		rows = append(rows, compared("loss "+t.Name, deviation(obj.Losses[i:i+1], []float64{want})))
	}
	total, ok := f.Loss["total"]
	if !ok {
		return nil, errors.New("no loss of the total")
	}
	rows = append(rows, compared("loss total", deviation([]float64{sum(obj.Losses)}, []float64{total})))
	for _, name := range slices.Sorted(maps.Keys(f.Loss)) {
		if name != "total" && !slices.ContainsFunc(obj.Prob.Terms, func(t pde.Term) bool { return t.Name == name }) {
			rows = append(rows, checked{what: "loss " + name, skipped: true})
		}
	}
	return rows, nil
}

func (f *fixture) checkGradients(obj *objective, theta []float64) (rows []checked, err error) {
	g := make([]float64, len(theta))
	for i, t := range obj.Prob.Terms {
		want, err := f.flatten(obj.Net, f.Grad[t.Name])
		if err != nil {
			return nil, fmt.Errorf("gradient of %s: %w", t.Name, err)
		}
		obj.EvalTerm(theta, i, g)
		rows = append(rows, compared("gradient "+t.Name, worstMatrix(obj, g, want)))
	}
	return rows, nil
}

// worstMatrix returns the largest of the deviations of the parameter matrices.
func worstMatrix(obj *objective, got, want []float64) (worst float64) {
	for _, p := range obj.Net.Layout {
		lo, hi := p.Offset, p.Offset+p.Size()
		worst = max(worst, deviation(got[lo:hi], want[lo:hi]))
	}
	return worst
}

// checkAdam repeats the run on the fixed points and compares the total loss
// before each step.
func (f *fixture) checkAdam(obj *objective, theta []float64) ([]checked, error) {
	if f.Adam == nil {
		return nil, nil
	}
	if len(f.Adam.Loss) == 0 {
		return nil, errors.New("adam: no losses")
	}
	theta = slices.Clone(theta)
	adam := opt.NewAdam[float64](len(theta))
	adam.Beta1, adam.Beta2, adam.Eps = f.Adam.Beta1, f.Adam.Beta2, f.Adam.Eps
	total := make([]float64, len(theta))
	at := &opt.Point[float64]{Rate: f.Adam.LR, Gradient: total}
	worst := 0.0
	for _, want := range f.Adam.Loss {
		obj.Eval(theta)
		worst = max(worst, deviation([]float64{sum(obj.Losses)}, []float64{want}))
		clear(total)
		for _, g := range obj.Grads {
			kern.Add(total, g)
		}
		if err := adam.Step(theta, at); err != nil {
			return nil, err
		}
	}
	return []checked{compared("Adam run", worst)}, nil
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
