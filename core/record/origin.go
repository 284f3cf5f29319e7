package record

// An Origin says what a Snapshot is of. Snapshots of several runs are on their
// way at once, some of runs that are no more: by its Origin whoever shows them
// tells them apart. Contestant and Run are the caller's, as Status and Rate.
type Origin struct {
	Problem    string // its key; see train.ProblemKey
	Contestant string // whose run it is, such as M4, or A, of a line-up
	Run        uint64 // another for each run, restored and forked ones too
}
