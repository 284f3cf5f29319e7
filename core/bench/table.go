package bench

import (
	"fmt"
	"slices"
	"strings"
)

// A Platform is where results were measured.
type Platform struct {
	Name    string // such as native or Chromium
	Results []Result
}

func (p *Platform) find(name string) *Result {
	for i := range p.Results {
		if p.Results[i].Name == name {
			return &p.Results[i]
		}
	}
	return nil
}

// Table renders results of several platforms as Markdown, a row for each step
// and for each kernel.
func Table(platforms ...Platform) string {
	var b strings.Builder
	section := func(title string, columns []string, prefix, suffix string, cells func(*Platform, *Result) []string) {
		var names []string
		for _, p := range platforms {
			for _, r := range p.Results {
				name, ok := strings.CutPrefix(r.Name, prefix)
				name, ends := strings.CutSuffix(name, suffix)
				if ok && ends && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		if names == nil {
			return
		}
		fmt.Fprintf(&b, "| %s |", title)
		for _, p := range platforms {
			for _, c := range columns {
				fmt.Fprintf(&b, " %s: %s |", p.Name, c)
			}
		}
		fmt.Fprintf(&b, "\n| --- |%s\n", strings.Repeat(" ---: |", len(columns)*len(platforms)))
		for _, name := range names {
			fmt.Fprintf(&b, "| %s |", name)
			for _, p := range platforms {
				row := make([]string, len(columns))
				if r := p.find(prefix + name + suffix); r != nil {
					row = cells(&p, r)
				}
				for _, c := range row {
					fmt.Fprintf(&b, " %s |", c)
				}
			}
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	section("step", []string{"steps/s", "products GFLOP/s", "products' share", "B/op"}, "Step/", "", stepCells)
	section("kernel", []string{"GFLOP/s", "twin", "GB/s"}, "Kernel/", "/impl=fast", kernelCells)
	section("sweep", []string{"steps/s"}, "Sweep/", "", func(_ *Platform, r *Result) []string { return []string{rate(r)} })
	return b.String()
}

func rate(r *Result) string {
	v, _ := r.Rate()
	return short(v)
}

// short prints three digits, or all that stand before the point.
func short(v float64) string {
	if v >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

func stepCells(p *Platform, r *Result) []string {
	cells := []string{rate(r), "", "", fmt.Sprintf("%.0f", r.Bytes)}
	if products := p.find("Products/" + strings.TrimPrefix(r.Name, "Step/")); products != nil {
		cells[1] = rate(products)
		cells[2] = fmt.Sprintf("%.0f %%", 100*products.Median()/r.Median())
	}
	return cells
}

func kernelCells(p *Platform, r *Result) []string {
	cells := []string{"", "", short(r.Move / r.Median())}
	if r.Flop > 0 {
		cells[0] = rate(r)
	}
	if twin := p.find(strings.TrimSuffix(r.Name, "fast") + "twin"); twin != nil {
		cells[1] = rate(twin)
	}
	return cells
}
