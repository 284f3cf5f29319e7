// Package record is what is told of a run, as plain data: a [Snapshot] of all
// there is to see, the [State] of its latest step in numbers, the histories and
// histograms in them, whose they are, and their files. The engine writes them,
// and whoever shows them needs nothing else of it.
package record
