package main

import (
	"bytes"
	"fmt"
	"strings"
)

// save answers with a file of what there is to take away.
func (t *trainer) save(q request) {
	if q.ID == nil {
		return
	}
	if t.run == nil {
		t.answer(q.ID, errNoRun)
		return
	}
	t.run.Snapshot(&t.snap)
	var b bytes.Buffer
	var err error
	kind, ending := "text/csv", q.What
	switch q.What {
	case "curves.csv":
		err = t.snap.WriteCurves(&b)
	case "fields.csv":
		err = t.snap.WriteFields(&b)
	case "field.npy":
		var file []byte
		file, err = t.snap.NPY(q.Field)
		b.Write(file)
		kind, ending = "application/octet-stream", q.Field+".npy"
	case "weights.json":
		var file []byte
		file, err = t.run.Weights()
		b.Write(file)
		kind = "application/json"
	default:
		err = fmt.Errorf("there is no file %q", q.What)
	}
	if err != nil {
		t.answer(q.ID, err)
		return
	}
	c := t.run.Config()
	problem := c.Preset
	if problem == "" {
		problem = "problem"
	}
	name := fmt.Sprintf("pinnlab-%s-%s-it%d-%s", problem, strings.ReplaceAll(c.Short(), " · ", "-"), t.run.Iteration(), ending)
	t.send(saved{Re: *q.ID, Name: name, Type: kind}, b.Bytes())
}
