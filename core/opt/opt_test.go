package opt

import (
	"math"
	"testing"
)

// step takes one step on one parameter.
func step(t *testing.T, o Optimiser[float64], theta []float64, g, rate float64) {
	t.Helper()
	if err := o.Step(theta, &Point[float64]{Rate: rate, Gradient: []float64{g}}); err != nil {
		t.Fatal(err)
	}
}

// TestAdamByHand follows the paper's algorithm for two steps on one parameter.
func TestAdamByHand(t *testing.T) {
	a := NewAdam[float64](1)
	theta := []float64{1}
	step(t, a, theta, 2, 0.1)
	// m̂ = 2, v̂ = 4: the first step has the length of the learning rate.
	if want := 1 - 0.1*2/(2+1e-8); !(math.Abs(theta[0]-want) < 1e-15) {
		t.Errorf("after one step %v, want %v", theta[0], want)
	}
	before := theta[0]
	step(t, a, theta, -1, 0.1)
	m := (0.9*0.1*2 + 0.1*-1) / (1 - 0.81)
	v := (0.999*0.001*4 + 0.001*1) / (1 - 0.999*0.999)
	if want := before - 0.1*m/(math.Sqrt(v)+1e-8); !(math.Abs(theta[0]-want) < 1e-14) {
		t.Errorf("after two steps %v, want %v", theta[0], want)
	}
}

// TestAdamIgnoresScale: Adam's path does not depend on the size of the gradient,
// but for ε.
func TestAdamIgnoresScale(t *testing.T) {
	run := func(scale float64) float64 {
		a := NewAdam[float64](1)
		theta := []float64{3}
		for range 200 {
			step(t, a, theta, scale*theta[0], 0.01)
		}
		return theta[0]
	}
	if a, b := run(1), run(1e6); !(math.Abs(a-b) < 1e-6) {
		t.Errorf("path ends at %v, with larger gradients at %v", a, b)
	}
}

func TestDecay(t *testing.T) {
	d := Decay{Rate: 0.9, Steps: 1000}
	for _, tt := range []struct {
		iteration int
		want      float64
	}{{0, 1}, {500, math.Sqrt(0.9)}, {1000, 0.9}, {40000, math.Pow(0.9, 40)}} {
		if got := d.At(tt.iteration); !(math.Abs(got-tt.want) < 1e-14) {
			t.Errorf("At(%d) = %v, want %v", tt.iteration, got, tt.want)
		}
	}
	if got := (Decay{Rate: 1, Steps: 1}).At(1e6); got != 1 {
		t.Errorf("a rate of 1 decays to %v", got)
	}
}
