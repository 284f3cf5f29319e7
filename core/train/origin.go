package train

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
)

// An Origin says what a Snapshot is of. Snapshots of several runs are on their
// way at once, some of runs that are no more: by its Origin whoever shows them
// tells them apart. Contestant and Run are the caller's, as Status and Rate.
type Origin struct {
	Problem    string // of the Config; see ProblemKey
	Contestant string // whose run it is, M1 to M4
	Run        uint64 // another for each run, restored and forked ones too
}

// ProblemKey names the problem that a Config states, parameters included: such
// as "helmholtz a1=1 a2=4 k=1". Where the keys of two Configs are equal, so are
// the axes, fields, terms, groups and exact values of their Snapshots. It is
// empty where the Config states none.
func ProblemKey(c Config) string {
	spec, err := c.spec()
	if err != nil {
		return ""
	}
	key := c.Preset
	if len(c.Spec) > 0 {
		var text bytes.Buffer // white space does not make another problem
		if json.Compact(&text, c.Spec) != nil {
			return ""
		}
		sum := fnv.New64a()
		sum.Write(text.Bytes())
		key = fmt.Sprintf("%s#%016x", spec.Name, sum.Sum64())
	}
	values := map[string]float64{}
	for _, p := range spec.Params {
		values[p.Name] = p.Value
	}
	maps.Copy(values, c.Params)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		key += " " + name + "=" + strconv.FormatFloat(values[name], 'g', -1, 64)
	}
	return key
}

// OriginOf reads of an encoded Snapshot only what it is of.
func OriginOf(b []byte) (Origin, error) {
	r := &reader{b: b}
	if r.u8() != snapshotVersion {
		return Origin{}, errMalformed
	}
	o := r.origin()
	if r.bad {
		return Origin{}, errMalformed
	}
	return o, nil
}

func putOrigin(b []byte, o Origin) []byte {
	return putU64(putString(putString(b, o.Problem), o.Contestant), o.Run)
}

func (r *reader) origin() Origin { return Origin{r.string(), r.string(), r.u64()} }
