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
