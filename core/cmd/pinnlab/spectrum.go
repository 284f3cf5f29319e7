package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"

	"pinnlab/core/diag"
	"pinnlab/core/train"
)

// spectrumOptions is what the flags of spectrum say.
type spectrumOptions struct {
	of     subject
	subset diag.Subset
	out    string
	modes  string // empty: not asked for
}

// Random vectors, and products with each, for the density of a spectrum that is
// too large to compute.
const (
	spectrumProbes = 4
	spectrumDegree = 100
)

// modeDecades is over how many decades of eigenvalues modes are summed up in words:
// beyond, they are rounding.
const modeDecades = 14

// spectrumCommand writes the spectra of a run's Hessian; it returns the exit
// code.
func spectrumCommand(args []string, out, errOut io.Writer) int {
	o, err := spectrumFlags(args, errOut)
	if err != nil {
		return refuse("spectrum", err, errOut)
	}
	ctx, stop := interruptible()
	defer stop()
	err = writable(o.out)
	if err == nil && o.modes != "" {
		err = writable(o.modes)
	}
	var run *train.Run
	if err == nil {
		run, err = o.of.run(ctx, errOut)
	}
	if err == nil {
		stop() // a second Ctrl-C ends the program
		err = o.measure(run, out, errOut)
	}
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab spectrum:", err)
		return 1
	}
	return 0
}

func spectrumFlags(args []string, errOut io.Writer) (*spectrumOptions, error) {
	o := &spectrumOptions{}
	fs := newFlags("spectrum", fmt.Sprintf("writes the eigenvalues of the Hessian of the total, the residual's and the conditions' loss of a run: all of them if the network has %d parameters at most, else an estimate of their density", diag.MaxDense))
	subset := fs.String("subset", string(diag.All), "parameters that count: trunk (its weight matrices, as in the paper), weights or all")
	fs.StringVar(&o.out, "out", "spectrum.csv", "write the eigenvalues and their masses to this `file`")
	fs.StringVar(&o.modes, "modes", "", "write to this `file` what the modes of the tangent kernel J Jᵀ have of the loss, now and at the start")
	if err := o.of.read(fs, args, errOut); err != nil {
		return nil, err
	}
	if o.subset = diag.Subset(*subset); !slices.Contains(diag.Subsets(), o.subset) {
		return nil, fmt.Errorf("subset: must be trunk, weights or all, not %q", *subset)
	}
	return o, nil
}

// measure writes the spectra and prints their ends beside 2/η.
func (o *spectrumOptions) measure(run *train.Run, out, errOut io.Writer) error {
	var m train.Moment
	run.Observe(&m)
	h := train.NewHessian[float64](m.Prob, m.Net, m.Batch)
	h.EachSet(m.Draw())
	h.SetParameters(m.Theta)

	how := fmt.Sprintf("density from %d products", spectrumProbes*spectrumDegree)
	var dense *diag.Dense
	if n := m.Net.Layout.Size(); n <= diag.MaxDense {
		how = "all eigenvalues"
		dense = diag.NewDense(h)
		bar := newProgress(errOut, float64(n), "columns")
		for dense.Step() {
			bar.add(1)
		}
		bar.end()
	}
	fmt.Fprintf(out, "iteration %s, %d parameters, %d of them (%s): %s; 2/η = %.4g\n", thousands(m.Iteration),
		m.Net.Layout.Size(), o.subset.Size(m.Net), subsetInWords[o.subset], how, 2/m.Rate)
	rows := [][]string{{"part", "eigenvalue", "mass"}}
	for _, part := range diag.Parts() {
		s := o.spectrum(h, dense, part.Weights(m.Weights))
		for i, v := range s.Values {
			rows = append(rows, []string{string(part), exact(v), exact(s.Masses[i])})
		}
		fmt.Fprintf(out, "  %-6s from %11.4e to %11.4e, %.0f %% below zero, %.0f %% within 1e-3 of the largest\n", part,
			slices.Min(s.Values), slices.Max(s.Values), 100*s.Below(0), 100*nearZero(s))
	}
	fmt.Fprintln(out, o.out)
	if err := writeRows(o.out, rows); err != nil || o.modes == "" {
		return err
	}
	return o.writeModes(&m, out)
}

// writeModes writes the modes of the tangent kernel, and prints by decades of their
// eigenvalues what is left of the loss.
func (o *spectrumOptions) writeModes(m *train.Moment, out io.Writer) error {
	modes := diag.ModesOf(m)
	if len(modes.Kappa) == 0 {
		return errors.New("modes: the residuals or their gradients are not finite")
	}
	rows := [][]string{{"kappa", "start", "now", "conditions"}}
	for i, k := range modes.Kappa {
		row := []string{}
		for _, v := range []float32{k, modes.Start[i], modes.Now[i], modes.Conditions[i]} {
			row = append(row, exact(float64(v)))
		}
		rows = append(rows, row)
	}
	fmt.Fprintf(out, "  %s modes of J Jᵀ, by the decades of κ below the largest, %.3g\n", thousands(len(modes.Kappa)), modes.Kappa[0])
	for d := range modeDecades {
		hi, lo := math.Pow(10, -float64(d)), math.Pow(10, -float64(d+1))
		n, start, now, conditions := 0, 0.0, 0.0, 0.0
		for i, k := range modes.Kappa {
			if part := float64(k / modes.Kappa[0]); part <= hi && part > lo {
				n++
				start += float64(modes.Start[i])
				now += float64(modes.Now[i])
				conditions += float64(modes.Conditions[i])
			}
		}
		if n > 0 {
			fmt.Fprintf(out, "  1e-%d %4d modes, %3.0f %% conditions: loss %.2e, at the start %.2e, ratio %.2g\n", d, n, 100*conditions/float64(n), now, start, now/start)
		}
	}
	fmt.Fprintln(out, o.modes)
	return writeRows(o.modes, rows)
}

// spectrum returns the eigenvalues of a weighted sum of the groups' losses,
// rising, with equal masses, or an estimate where dense is nil.
func (o *spectrumOptions) spectrum(h *train.Hessian[float64], dense *diag.Dense, weights []float64) diag.Spectrum {
	if dense == nil {
		op := diag.NewCurvature(h, o.subset, weights)
		d := diag.NewDensity(op, spectrumProbes, min(spectrumDegree, op.Size()), 1)
		for d.Step() {
		}
		return d.Spectrum()
	}
	e := dense.Eigen(o.subset, weights)
	for e.Step() {
	}
	s := diag.Spectrum{Values: e.Values()}
	for range s.Values {
		s.Masses = append(s.Masses, 1/float64(len(s.Values)))
	}
	return s
}

// nearZero returns the share of eigenvalues that are below a thousandth of the
// largest, in absolute value.
func nearZero(s diag.Spectrum) (share float64) {
	size := max(math.Abs(slices.Min(s.Values)), math.Abs(slices.Max(s.Values)))
	for i, v := range s.Values {
		if math.Abs(v) < 1e-3*size {
			share += s.Masses[i]
		}
	}
	return share
}

func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// writeRows writes a file of comma-separated values.
func writeRows(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(csv.NewWriter(f).WriteAll(rows), f.Close())
}
