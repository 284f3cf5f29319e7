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

// Table renders results of several platforms as Markdown, a row for each step,
// kernel and place of a sweep; what is to be compared stands side by side.
func Table(platforms ...Platform) string {
	var b strings.Builder
	section := func(title string, columns []string, prefix, suffix string, cells func(*Platform, *Result) []string) {
		rows := [][]string{{title}}
		for _, c := range columns {
			for _, p := range platforms {
				rows[0] = append(rows[0], p.Name+" "+c)
			}
		}
		for _, name := range namesOf(platforms, prefix, suffix) {
			row := make([]string, len(rows[0]))
			row[0] = plain(name)
			for k, p := range platforms {
				if r := p.find(prefix + name + suffix); r != nil {
					for i, c := range cells(&p, r) {
						row[1+i*len(platforms)+k] = c
					}
				}
			}
			rows = append(rows, row)
		}
		if len(rows) > 1 {
			writeRows(&b, rows)
		}
	}
	section("step", []string{"steps/s", "products GFLOP/s", "products' share", "B/step"}, "Step/", "", stepCells)
	section("kernel", []string{"GFLOP/s", "twin GFLOP/s", "GB/s"}, "Kernel/", "/impl=fast", kernelCells)
	section("sweep", []string{"steps/s"}, "Sweep/", "", func(_ *Platform, r *Result) []string { return []string{rate(r)} })
	return b.String()
}

// namesOf returns what stands between prefix and suffix in the names of
// results, each once.
func namesOf(platforms []Platform, prefix, suffix string) (names []string) {
	for _, p := range platforms {
		for _, r := range p.Results {
			name, ok := strings.CutPrefix(r.Name, prefix)
			name, ends := strings.CutSuffix(name, suffix)
			if ok && ends && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// plain makes a name for benchstat one for people: what is said by its value
// alone stands without its key.
func plain(name string) string {
	return strings.NewReplacer("preset=", "", "model=", "", "type=", "", "along=", "", "/", " ").Replace(name)
}

// writeRows writes a table whose columns line up as text too: the first on the
// left, numbers on the right.
func writeRows(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], len([]rune(c)))
		}
	}
	for k, row := range rows {
		for i, c := range row {
			space := strings.Repeat(" ", widths[i]-len([]rune(c)))
			if i == 0 {
				fmt.Fprintf(b, "| %s%s |", c, space)
			} else {
				fmt.Fprintf(b, " %s%s |", space, c)
			}
		}
		b.WriteByte('\n')
		if k > 0 {
			continue
		}
		for i, w := range widths {
			if i == 0 {
				fmt.Fprintf(b, "| %s |", strings.Repeat("-", w))
			} else {
				fmt.Fprintf(b, " %s: |", strings.Repeat("-", w-1))
			}
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
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
