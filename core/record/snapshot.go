package record

// A Snapshot is what one look at a running trainer shows. It is plain data:
// the trainer writes it, the canvas draws it, and neither holds the other.
type Snapshot struct {
	Origin Origin
	Model  string // the short name of its method, such as M4
	Status Status
	Reason string // in words, where Status is Failed

	Undefined string // what has no value in a formula, and where, if that is why; see train.Diverged

	Step         uint64
	Rate         float64 // steps per second over the last slice, 0 if unknown
	LearningRate float64 // after decay
	RelL2        float64 // relative L2 error on the plot grid; NaN without a solution
	LInf         float64 // largest |error| on the plot grid; NaN without a solution
	Omitted      uint32  // nodes of the grid that errors leave out: the exact solution is not finite there
	OmittedAt    string  // the box that holds them, such as x = 0, t from 0 to 1
	Published    float64 // the paper's relative L2 of this model; NaN if none fits this Config

	// The error of a cavity in the authors' measure, the spectral norm of the
	// speed's error against an emulation of their reference, relative to it; ours
	// and the paper's. NaN for other problems.
	Authors, PublishedAuthors float64

	// Corner says where conditions contradict each other, such as T is 1 by l but 3
	// by b at x = 0, y = 0; empty if they do not. CornerTerms are the two, of Terms.
	Corner      string
	CornerTerms [2]uint8

	Terms  []TermState  // in the problem's order
	Groups []GroupState // Groups[0] is the residual
	Axes   []Axis       // one or two; fields are row-major with Axes[0] fastest
	Fields []Field
	Layers []LayerGradients // in parameter order
	Clouds []Cloud          // the collocation points of the latest step, by point set
	Frozen bool             // the weights lambda stay as they are

	Histories []Series // of the curves, those of one cadence together; see Curves

	Residuals []Residual // of the equation on the plot grid; empty unless surveyed
	Sides     []Side     // of the conditions along the domain's sides; likewise

	Stiffness Stiffness // what has been measured; the caller's, as Status and Rate
}

// Status of a run.
type Status uint8

const (
	Ready   Status = iota // built, no step taken
	Running               // steps are being taken
	Paused                // between steps
	Failed                // a loss is not finite; no further step is possible
)

// TermState is one loss term at the latest step.
type TermState struct {
	Name  string
	Group uint8   // index into Snapshot.Groups
	Loss  float64 // mean square, unweighted
	Held  Held    // on points that no step trains on, for the present parameters
}

// Held is one loss term on the points held out, beside what it would be for
// simpler predictions: with these a run is judged where no solution is known.
type Held struct {
	Loss  float64 // mean square, unweighted
	Worst float64 // largest square at one point
	Zero  float64 // mean square if the fields were zero
	Flat  float64 // mean square if the fields were their means, everywhere
	// Scale is the mean square of the residual's parts: of its value for zero
	// fields, and of each quantity that it reads, in the box, times the residual's
	// derivative with respect to it. Where Loss is as large, the parts do not
	// balance. A derivative counts for no less than that of half a wave from end to
	// end of the box with the field's variance, so that u_xx = 0 has a scale too.
	// NaN or infinite if a part has no value.
	Scale float64
}

// GroupState is one group of loss terms that share a weight lambda, and the
// statistics of its gradient at the latest step, NaN where none was taken since
// the start or since a checkpoint: maximum and mean over the
// parameters that the weighting rule counts, norm and cosine over all. The
// residual is Groups[0]; its Lambda is 1.
type GroupState struct {
	Name      string
	Lambda    float64 // weight in use
	LambdaHat float64 // the latest estimate; NaN before the first
	GradMax   float64 // max |grad L_i|, unweighted
	GradMean  float64 // mean |grad L_i|, unweighted
	GradNorm  float64 // Euclidean norm of grad L_i, unweighted
	Cosine    float64 // of the angle between grad L_i and the residual's gradient; NaN if one vanishes
}

// Axis is one coordinate of the plot grid: N uniform nodes from Lo to Hi, ends
// included.
type Axis struct {
	Name   string
	Lo, Hi float64
	N      uint32
}

// Field is one quantity on the plot grid.
type Field struct {
	Name  string
	Pred  []float32
	Exact []float32 // empty where no solution is known
}

// LayerGradients holds, for one weight matrix, a histogram of the entries of
// the gradient of each group's unweighted loss: Hist[g] belongs to
// Snapshot.Groups[g].
type LayerGradients struct {
	Name string // W0, W1, ..., then WU, WV
	Hist []Histogram
	Size []GradientSize // by group
}

// GradientSize says how large the entries of a group's unweighted gradient are
// in one layer, and how it lies to the residual's.
type GradientSize struct {
	Max, Mean float64 // of |g|
	Norm      float64 // Euclidean
	Cosine    float64 // of the angle to the residual's gradient in this layer; NaN if one vanishes
}

// Cloud is the points of one point set: At holds the coordinates of the first,
// then of the second, and so on, of at most CloudPoints of them.
type Cloud struct {
	Name  string
	Group uint8 // of the first loss term that uses the set
	At    []float32
}

// CloudPoints bounds the points of a Cloud.
const CloudPoints = 1024

// A Residual is one term of the equation's residual on the plot grid; of
// several formulas, their Euclidean norm.
type Residual struct {
	Name   string
	Values []float32
}

// A Side is the size of one condition's residual along the face where it holds:
// at the nodes of the plot grid there, or at the one point that a face of a line
// is. Where the condition prescribes the solution it is the error.
type Side struct {
	Name   string  // of the loss term
	Group  uint8   // into Snapshot.Groups
	Face   uint8   // the coordinate that is fixed ...
	At     float64 // ... and its value
	Values []float32
}

// Stiffness is the curvature of the loss as far as it has been measured beside
// the training: the largest eigenvalues of its Hessian over the iterations, and
// the spectral densities that were asked for last.
type Stiffness struct {
	Subset  string  // of the parameters: all, weights or trunk
	Budget  float64 // the share of the time that it may take, 0 for none
	Share   float64 // the share that it took lately
	Pending float64 // how far the present measurement is, 0 to 1
	Asked   bool    // densities are asked for and not there yet

	Peaks     []Peak
	DensityAt uint64    // the step of Densities
	Densities []Density // of the total, the residual and the conditions; empty before the first
	Modes     Modes
}

// Peak is the largest eigenvalue of the Hessian of the weighted loss and of its
// two parts at one step, NaN where it was not found, beside the bound that
// gradient descent's learning rate sets: 2/eta.
type Peak struct {
	Step                        uint64
	Total, Residual, Conditions float64
	Bound                       float64
}

// Density is a spectral density as point masses that sum to 1: an estimate, or
// every eigenvalue with the same mass.
type Density struct {
	Part   string // total, res or bcs
	Values []float64
	Masses []float64
}

// Modes are those of the tangent kernel J Jᵀ of a run's residuals at some points,
// each residual times the root of its weight over their number, so that the loss
// there is the sum of all squares. Along the gradient flow dθ/dt = -∇L a mode with
// eigenvalue κ falls as exp(-2κt). Largest first; none before they are asked for.
type Modes struct {
	At         uint64    // the step
	Kappa      []float32 // eigenvalues
	Start, Now []float32 // the squared component of the residuals in each: at the run's start, and now
	Conditions []float32 // how much of the mode is in the conditions, 0 to 1
}

// Counted reports whether Values is every eigenvalue.
func (d *Density) Counted() bool {
	for _, m := range d.Masses {
		if m != 1/float64(len(d.Masses)) {
			return false
		}
	}
	return true
}
