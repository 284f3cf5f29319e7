package main

import (
	"fmt"
	"maps"
	"slices"

	"pinnlab/core/diag"
	"pinnlab/core/kern"
	"pinnlab/core/train"
)

// subsetNames are the fixtures' names of the subsets of parameters.
var subsetNames = map[string]diag.Subset{"all_params": diag.All, "weights_only": diag.Weights}

// hessian returns the Hessian of the losses on the objective's points.
func hessian(obj *objective, theta []float64) *train.Hessian[float64] {
	batch := make([]int, len(obj.Prob.Sets))
	points := map[int][]float64{}
	obj.EachSet(func(set int, p []float64) {
		batch[set], points[set] = len(p)/len(obj.Prob.Coords), p
	})
	h := train.NewHessian[float64](obj.Prob, obj.Net, batch)
	h.EachSet(func(set int, p []float64) { copy(p, points[set]) })
	h.SetParameters(theta)
	return h
}

// checkCurvature compares the Hessian's product and its eigenvalues.
func (f *fixture) checkCurvature(obj *objective, theta []float64) (rows []checked, err error) {
	h := hessian(obj, theta)
	plain := make([]float64, len(obj.Prob.Groups)) // every weight 1
	for i := range plain {
		plain[i] = 1
	}
	if f.Hvp != nil {
		if len(f.Hvp.Hv) != len(theta) {
			return nil, fmt.Errorf("hvp: %d entries, the network has %d parameters", len(f.Hvp.Hv), len(theta))
		}
		v, hv := make([]float64, len(theta)), make([]float64, len(theta))
		for i := range v {
			v[i] = kern.Cos(float64(i + 1))
		}
		h.Product(hv, v, plain)
		rows = append(rows, compared("Hessian-vector product", worstMatrix(obj, hv, f.Hvp.Hv)))
	}
	more, err := f.checkEigenvalues(h, plain)
	return append(rows, more...), err
}

// checkEigenvalues compares all eigenvalues, found the dense way, and the extreme
// ones, found by Lanczos, where they are given.
func (f *fixture) checkEigenvalues(h *train.Hessian[float64], plain []float64) (rows []checked, err error) {
	var dense *diag.Dense
	for _, part := range slices.Sorted(maps.Keys(f.Eigenvalues)) {
		for _, name := range slices.Sorted(maps.Keys(f.Eigenvalues[part])) {
			what, want := fmt.Sprintf("%s, %s", part, name), f.Eigenvalues[part][name]
			subset, known := subsetNames[name]
			if !known || !slices.Contains(diag.Parts(), diag.Part(part)) {
				rows = append(rows, checked{what: "eigenvalues " + what, skipped: true})
				continue
			}
			if n := subset.Size(h.Net()); len(want) != n {
				return nil, fmt.Errorf("eigenvalues %s: %d, the network has %d", what, len(want), n)
			}
			if dense == nil {
				dense = diag.NewDense(h)
				for dense.Step() {
				}
			}
			weights := diag.Part(part).Weights(plain)
			rows = append(rows,
				checked{what: "eigenvalues " + what, deviation: allDeviate(dense.Eigen(subset, weights), want), bound: eigenBound},
				checked{what: "extremes " + what, deviation: endsDeviate(diag.NewCurvature(h, subset, weights), want), bound: eigenBound})
		}
	}
	return rows, nil
}

func allDeviate(e *diag.Eigen, want []float64) float64 {
	for e.Step() {
	}
	return deviation(e.Values(), want)
}

func endsDeviate(op diag.Operator, want []float64) float64 {
	ends := diag.NewLanczos(op, diag.Options{Tolerance: eigenBound}).Run()
	return deviation([]float64{ends.Lo, ends.Hi}, []float64{want[0], want[len(want)-1]})
}
