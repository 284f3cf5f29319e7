package train

// A Snapshot is what one look at a running trainer shows. It is plain data:
// the trainer writes it, the canvas draws it, and neither holds the other.
type Snapshot struct {
	Model  string // M1 to M4
	Status Status
	Reason string // in words, where Status is Failed

	Step         uint64
	Rate         float64 // steps per second over the last slice, 0 if unknown
	LearningRate float64 // after decay
	RelL2        float64 // relative L2 error on the plot grid; NaN without a solution
	LInf         float64 // largest |error| on the plot grid; NaN without a solution
	Published    float64 // the paper's relative L2 of this model; NaN if none fits this Config

	// The error of a cavity in the authors' measure, the spectral norm of the
	// speed's error against an emulation of their reference, relative to it; ours
	// and the paper's. NaN for other problems.
	Authors, PublishedAuthors float64

	Terms  []TermState  // in the problem's order
	Groups []GroupState // Groups[0] is the residual
	Axes   []Axis       // one or two; fields are row-major with Axes[0] fastest
	Fields []Field
	Layers []LayerGradients // in parameter order

	Losses Series // columns: one per term (unweighted), then lambda of Groups[1:]
	Errors Series // one column: relative L2
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
}

// GroupState is one group of loss terms that share a weight lambda, and the
// statistics of its gradient at the latest step, over the parameters that the
// weighting rule counts. The residual is Groups[0]; its Lambda is 1.
type GroupState struct {
	Name      string
	Lambda    float64 // weight in use
	LambdaHat float64 // the latest estimate; NaN before the first
	GradMax   float64 // max |grad L_i|, unweighted
	GradMean  float64 // mean |grad L_i|, unweighted
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
}

// Series is a table of rows recorded every Stride steps, starting at step 0:
// Rows[r*Cols+c] is column c at step r*Stride. When full it drops every other
// row and doubles Stride. NaN marks what is not known.
type Series struct {
	Stride uint64
	Cols   uint32
	Rows   []float32
}
