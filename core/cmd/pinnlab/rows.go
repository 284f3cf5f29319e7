package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pinnlab/core/pde"
	"pinnlab/core/train"
	"pinnlab/core/weigh"
)

// A table arranges the records of one problem and training.
type table struct {
	records []*entry
	prob    *pde.Problem // of the first entry
	models  []string
	rows    []*row
}

// A row is one network, rule, gate and set of parameters. A run of M1 belongs to
// every rule and gate, one of M2 to every gate, one of M3 to every rule.
type row struct {
	width, depth int
	rule, gate   string
	params       map[string]float64
	prob         *pde.Problem
	cells        map[string][]*entry // by model, seeds
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
			blocks = append(blocks, &row{width: c.Width, depth: c.Depth, params: c.Params, prob: prob})
		}
		members[k] = append(members[k], r)
		t.models = addNew(t.models, c.Model)
	}
	slices.Sort(t.models)
	t.prob = blocks[0].prob
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
	both := func(rule, gate string) bool { // some M4 has them; an empty word stands for any
		return slices.ContainsFunc(records, func(r *entry) bool {
			return r.Config.Model == "M4" && (rule == "" || ruleLabel(r.Config, b.prob) == rule) && (gate == "" || r.Config.Gated == gate)
		})
	}
	for _, rule := range rules {
		for _, gate := range gates {
			// A row without an M4 would repeat its M2 and M3 if others show them.
			if !both(rule, gate) && both(rule, "") && both("", gate) {
				continue
			}
			next := *b
			next.rule, next.gate, next.cells = rule, gate, map[string][]*entry{}
			for _, r := range records {
				c := r.Config
				if anneals(c.Model) && ruleLabel(c, b.prob) != rule || modified(c.Model) && c.Gated != gate {
					continue
				}
				next.cells[c.Model] = append(next.cells[c.Model], r)
			}
			rows = append(rows, &next)
		}
	}
	return rows
}

// rulesOf lists the rules that records use, in the order of the table of weightings.
func rulesOf(records []*entry, prob *pde.Problem) []string {
	order := weigh.Names()
	var labels []string
	for _, r := range records {
		if anneals(r.Config.Model) {
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
		if modified(r.Config.Model) {
			gates = addNew(gates, r.Config.Gated)
		}
	}
	if gates == nil {
		return []string{""}
	}
	slices.Sort(gates)
	return gates
}

// ruleLabel names a rule, with α and period where they are not the usual ones.
func ruleLabel(c train.Config, prob *pde.Problem) string {
	label := c.Rule
	kind, _ := weigh.Find(c.Rule)
	if !kind.Still && c.Alpha != kind.Alpha {
		label += fmt.Sprintf(", α = %v", c.Alpha)
	}
	if c.Period != cmp.Or(kind.Period, prob.Settings.Period) {
		label += fmt.Sprintf(", every %d", c.Period)
	}
	return label
}
