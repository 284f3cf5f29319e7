package train

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"pinnlab/core/expr"
)

// misfit says why a JSON value is not what the field at p holds, and what to
// write instead.
func misfit(raw json.RawMessage, p any) string {
	kind := "a number"
	switch p.(type) {
	case *int, *uint64:
		kind = "a whole number"
	case *string:
		kind = "a word"
	}
	var text string
	switch {
	case string(raw) == "null":
		return fmt.Sprintf("is empty: give %s or leave it out", kind)
	case json.Unmarshal(raw, &text) != nil || kind == "a word":
		return fmt.Sprintf("%s is not %s", short(raw), kind)
	case strings.TrimSpace(text) == "":
		return fmt.Sprintf("is empty: give %s", kind)
	case decimalComma.MatchString(strings.TrimSpace(text)):
		return fmt.Sprintf("%s is not %s: the decimal sign is a point, as in %s", short(raw), kind, strings.Replace(strings.TrimSpace(text), ",", ".", 1))
	}
	if v, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && !math.IsInf(v, 0) && !math.IsNaN(v) {
		return fmt.Sprintf("%s is in quotes: write %s", short(raw), strings.TrimSpace(text))
	}
	return fmt.Sprintf("%s is not %s", short(raw), kind)
}

var decimalComma = regexp.MustCompile(`^[+-]?[0-9]*,[0-9]+(e[+-]?[0-9]+)?$`)

// asInteger returns a number such as 1e3 or 50.0 as the integer it is, where p holds
// one; anything else as it stands.
func asInteger(raw json.RawMessage, p any) json.RawMessage {
	switch p.(type) {
	case *int, *uint64:
	default:
		return raw
	}
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || v != math.Trunc(v) || math.Abs(v) >= 1<<53 || isInteger(raw) {
		return raw
	}
	return json.RawMessage(strconv.FormatFloat(v, 'f', -1, 64))
}

// isInteger reports whether raw is written as a whole number.
func isInteger(raw json.RawMessage) bool {
	digits := strings.TrimPrefix(string(raw), "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

// outermost sets an integer to one beyond all bounds; it is false for what p is
// no integer.
func outermost(p any, below bool) bool {
	switch v := p.(type) {
	case *uint64:
		*v = math.MaxUint64
	case *int:
		if *v = math.MaxInt; below {
			*v = math.MinInt
		}
	default:
		return false
	}
	return true
}

// otherNames are what other programs call the settings.
var otherNames = map[string]string{
	"lr": "learningRate", "learning_rate": "learningRate", "rate": "learningRate", "neurons": "width", "layers": "depth",
	"batchSize": "batch", "batch_size": "batch", "dtype": "precision", "problem": "preset", "parameters": "params", "random_seed": "seed",
	"decay_rate": "decay", "decay_steps": "decaySteps",
}

// settingNames are the fields of a Config.
func settingNames() []string {
	names := []string{"preset", "spec", "params"}
	for _, f := range Fields() {
		if !f.Was {
			names = append(names, f.Name)
		}
	}
	return names
}

// similar says which name was probably meant, or which there are.
func similar(name string, known []string) string {
	like := otherNames[name]
	for _, k := range known {
		if k == like {
			return fmt.Sprintf("; did you mean %q?", like)
		}
	}
	if like = expr.Closest(name, known); like != "" {
		return fmt.Sprintf("; did you mean %q?", like)
	}
	if len(known) == 0 {
		return "; it has none"
	}
	return "; there are " + strings.Join(known, ", ")
}

// unwrapped refuses a problem that stands where a Config should.
func (r *resolver) unwrapped() {
	if _, own := r.given["spec"]; own || r.given["residuals"] == nil {
		return
	}
	r.fail("config", "", `is a problem without settings: write {"spec": ... } around it`)
	r.given = map[string]json.RawMessage{}
}

// short returns what was given, cut to a length that fits a message.
func short(raw json.RawMessage) string {
	if text := []rune(string(raw)); len(text) > 40 {
		return string(text[:40]) + "…"
	}
	return string(raw)
}
