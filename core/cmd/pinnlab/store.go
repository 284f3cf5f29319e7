package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"

	"pinnlab/core/jsonwords"
)

// An entry is one finished run of a table, a line of its file.
type entry struct {
	result
	Iterations int    `json:"iterations"` // asked for; a diverged run took fewer
	Timed      int    `json:"timed"`      // iterations that Seconds counts: those before an interruption are not known
	Go         string `json:"go"`         // version of Go, with its experiments
	OS         string `json:"os"`
	Arch       string `json:"arch"`
	Command    string `json:"command"`
	// Reached says when the error came down to each goal that it came to. Rows that
	// were made before there were goals have none.
	Reached []passage `json:"reached,omitzero"`
}

func newEntry(r result, iterations, timed int, command string, reached []passage) entry {
	return entry{r, iterations, timed, runtime.Version(), runtime.GOOS, runtime.GOARCH, command, reached}
}

func (r *entry) job() job { return job{r.Config, r.Iterations} }

// diverged reports whether the run could not go on; its numbers are then those
// of its last finite step.
func (r *entry) diverged() bool { return r.Iteration < r.Iterations }

// A store is a file of records, one JSON object a line.
type store struct {
	path    string
	records []entry
}

// openStore reads a file; one that does not exist is empty. The piece of a line
// that a crash left at the end is cut off.
func openStore(path string) (*store, error) {
	s := &store{path: path}
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	whole := b[:bytes.LastIndexByte(b, '\n')+1]
	n := 0
	for line := range bytes.Lines(whole) {
		n++
		var r entry
		if err := jsonwords.Unmarshal(line, &r); err != nil {
			if e, ok := err.(*jsonwords.Error); ok {
				e.Line = n
				return nil, fmt.Errorf("%s: %w", path, e)
			}
			return nil, fmt.Errorf("%s: line %d: %w", path, n, err)
		}
		if _, err := problemOf(r.Config); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", path, n, err)
		}
		s.records = append(s.records, r)
	}
	if len(whole) < len(b) {
		return s, os.Truncate(path, int64(len(whole)))
	}
	return s, nil
}

// add appends an entry to the file in one write.
func (s *store) add(r entry) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(s.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	if err = errors.Join(err, f.Close()); err == nil {
		s.records = append(s.records, r)
	}
	return err
}

// writable reports whether a file can be written, before hours are spent on what
// goes into it. An empty path stands for no file.
func writable(path string) error {
	if path == "" {
		return nil
	}
	_, err := os.Stat(path)
	isNew := errors.Is(err, os.ErrNotExist)
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	err = f.Close()
	if isNew {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// of returns the records of the given jobs.
func (s *store) of(jobs []job) []entry {
	want := map[string]bool{}
	for _, j := range jobs {
		want[j.key()] = true
	}
	var found []entry
	for _, r := range s.records {
		if k := r.job().key(); want[k] {
			found = append(found, r)
			delete(want, k) // one line is enough should two programs have run the same
		}
	}
	return found
}

// without returns the jobs that have no entry yet.
func (s *store) without(jobs []job) (rest []job) {
	done := map[string]bool{}
	for _, r := range s.records {
		done[r.job().key()] = true
	}
	for _, j := range jobs {
		if !done[j.key()] {
			rest = append(rest, j)
		}
	}
	return rest
}
