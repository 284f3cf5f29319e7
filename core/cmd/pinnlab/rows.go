package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pinnlab/core/method"
	"pinnlab/core/pde"
	"pinnlab/core/train"
	"pinnlab/core/weigh"
)

// A table arranges the records of one problem and training.
type table struct {
	records []*entry
	prob    *pde.Problem // of the first entry
	methods []string
	rows    []*row
}

// A row is one size of network, rule, gate and set of parameters. A run whose
// method leaves no rule open belongs to every rule, and likewise with the gate.
type row struct {
	width, depth int
	rule, gate   string
	params       map[string]float64
	prob         *pde.Problem
	cells        map[string][]*entry // by method, seeds
}

// newTable arranges records, of which there is at least one.
func newTable(records []*entry) (*table, error) {
	t := &table{records: records}
	var blocks []*row // rows without rule and gate
	members := map[string][]*entry{}
	for _, r := range records {
		c := r.Config
		k := blockKey(c.Width, c.Depth, c.Params)
		if members[k] == nil {
			prob, err := problemOf(c)
			if err != nil {
				return nil, err
			}
			if t.prob == nil {
				t.prob = prob
			}
			blocks = append(blocks, &row{width: c.Width, depth: c.Depth, params: c.Params, prob: prob})
		}
		members[k] = append(members[k], r)
		t.methods = addNew(t.methods, label(c, t.prob))
	}
	slices.Sort(t.methods)
	slices.SortFunc(blocks, compareBlocks)
	for _, b := range blocks {
		t.rows = append(t.rows, b.split(members[blockKey(b.width, b.depth, b.params)])...)
	}
	return t, nil
}

func blockKey(width, depth int, params map[string]float64) string {
	return fmt.Sprintf("%d %d %s", width, depth, valuesOf(params))
}

// compareBlocks orders by depth, width, and the parameters by name.
func compareBlocks(a, b *row) int {
	order := cmp.Or(cmp.Compare(a.depth, b.depth), cmp.Compare(a.width, b.width))
	for _, name := range slices.Sorted(maps.Keys(a.params)) {
		order = cmp.Or(order, cmp.Compare(a.params[name], b.params[name]))
	}
	return order
}

// split returns the rows of a block, one for each rule and gate.
func (b *row) split(records []*entry) (rows []*row) {
	rules, gates := rulesOf(records, b.prob), gatesOf(records)
	both := func(rule, gate string) bool { // some run has chosen both so; an empty word stands for any
		return slices.ContainsFunc(records, func(r *entry) bool {
			network, weighting := r.Config.Open()
			return network && weighting && (rule == "" || ruleLabel(r.Config, b.prob) == rule) && (gate == "" || r.Config.Gated == gate)
		})
	}
	for _, rule := range rules {
		for _, gate := range gates {
			// A row without such a run would repeat the others' if rows show them.
			if !both(rule, gate) && both(rule, "") && both("", gate) {
				continue
			}
			next := *b
			next.rule, next.gate, next.cells = rule, gate, map[string][]*entry{}
			for _, r := range records {
				network, weighting := r.Config.Open()
				if weighting && ruleLabel(r.Config, b.prob) != rule || network && r.Config.Gated != gate {
					continue
				}
				name := label(r.Config, b.prob)
				next.cells[name] = append(next.cells[name], r)
			}
			rows = append(rows, &next)
		}
	}
	return rows
}

// rulesOf lists the rules that records use, in the order of the table of weightings.
func rulesOf(records []*entry, prob *pde.Problem) []string {
	order := weigh.Kinds.Names()
	var labels []string
	for _, r := range records {
		if _, open := r.Config.Open(); open {
			labels = addNew(labels, ruleLabel(r.Config, prob))
		}
	}
	if labels == nil {
		return []string{""}
	}
	rank := func(label string) int {
		name, _, _ := strings.Cut(label, ",")
		return slices.Index(order, name)
	}
	slices.SortFunc(labels, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return labels
}

// gatesOf lists the modified networks that records use, today's first.
func gatesOf(records []*entry) []string {
	var gates []string
	for _, r := range records {
		if open, _ := r.Config.Open(); open {
			gates = addNew(gates, r.Config.Gated)
		}
	}
	if gates == nil {
		return []string{""}
	}
	slices.Sort(gates)
	return gates
}

// label names a run's method, with what it has that is not usual.
func label(c train.Config, prob *pde.Problem) string {
	words := []string{c.Short()}
	if c.Weighting != "" {
		words = append(words, unusual(c, prob)...)
	}
	parts := c.Parts()
	row, _ := method.Find(c.Method)
	for _, f := range train.Fields() {
		if v, given := c.Own[f.Name]; given && v != row.Settings[f.Name] && (slices.Contains(f.Of, parts.Network) || slices.Contains(f.Of, parts.Weighting) ||
			slices.Contains(f.Of, parts.Optimiser) || slices.Contains(f.Of, parts.Sampler)) {
			words = append(words, fmt.Sprintf("%s %v", f.Name, v))
		}
	}
	return strings.Join(words, ", ")
}

// ruleLabel names a rule, with α and period where they are not the usual ones.
func ruleLabel(c train.Config, prob *pde.Problem) string {
	return strings.Join(append([]string{c.Rule}, unusual(c, prob)...), ", ")
}

// unusual says which α and period a run has, where its weighting has others.
func unusual(c train.Config, prob *pde.Problem) (words []string) {
	kind, _ := weigh.Kinds.Find(c.Parts().Weighting)
	if !kind.Still && c.Alpha != kind.Alpha {
		words = append(words, fmt.Sprintf("α = %v", c.Alpha))
	}
	if c.Period != cmp.Or(kind.Period, prob.Settings.Period) {
		words = append(words, fmt.Sprintf("every %d", c.Period))
	}
	return words
}
