package diag

import (
	"math"
	"testing"

	"pinnlab/core/jet"
	"pinnlab/core/nn"
)

// TestCompare takes gradients that can be checked by head: a network with one
// neuron and two encoders.
func TestCompare(t *testing.T) {
	net := nn.New(nn.Arch{Kind: nn.Modified, In: 1, Out: 1, Hidden: []int{1}, Activation: jet.TanhOf})
	// W0 b0 W1 b1 WU bU WV bV
	grads := [][]float64{
		{3, 0, -4, 0, 0, 12, 0, 0},
		{4, 1, 3, 0, 0, 0, 0, 0},
		{-6, 0, 8, 0, 0, -24, 0, 0},
	}
	var c Gradients
	for range 2 { // the second time into used memory
		Compare(&c, net, All, grads)
	}
	if len(c.Layers) != 4 || c.Layers[2].Name != "U" {
		t.Fatalf("layers %v", c.Layers)
	}
	if got, want := c.All.Sizes[0], (Size{12, 19. / 8, 13}); got != want {
		t.Errorf("all: %v, want %v", got, want)
	}
	if got, want := c.All.Cosine[0][2], -1.0; math.Abs(got-want) > 1e-15 {
		t.Errorf("all: cosine %v, want %v", got, want)
	}
	if got, want := c.Layers[0].Sizes[1], (Size{4, 2.5, math.Sqrt(17)}); got != want {
		t.Errorf("layer 0: %v, want %v", got, want)
	}
	if got := c.Layers[3].Cosine[0][1]; got == got {
		t.Errorf("cosine of vanishing gradients is %v, want NaN", got)
	}
	Compare(&c, net, Trunk, grads)
	if len(c.Layers) != 2 || c.All.Cosine[0][1] != 0 || c.All.Cosine[1][0] != 0 {
		t.Errorf("trunk: %d layers, cosine %v", len(c.Layers), c.All.Cosine)
	}
	if got, want := c.All.Sizes[0], (Size{4, 3.5, 5}); got != want {
		t.Errorf("trunk: %v, want %v", got, want)
	}
	if got := c.Layers[1].Cosine[0][1]; got != -1 {
		t.Errorf("layer 1: cosine %v, want -1", got)
	}
	grads[1][0] = math.NaN()
	if Compare(&c, net, Weights, grads); c.All.Sizes[1].Max == c.All.Sizes[1].Max || c.All.Sizes[0].Max != 4 {
		t.Errorf("NaN is lost: %v", c.All.Sizes)
	}
}
