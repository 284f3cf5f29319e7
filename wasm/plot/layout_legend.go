package plot

// Distances of a legend.
const (
	LegendLine = 20.0  // from line to line
	LegendGap  = 20.0  // from entry to entry
	titleRoom  = 320.0 // the widest heading, with a gap
)

// Flow divides entries of the given widths into lines no wider than room: line
// i has the entries from the i-th number returned to the next, or to the end.
// An entry that is wider has a line of its own.
func Flow(widths []float64, room float64) (starts []int) {
	x := 0.0
	for i, w := range widths {
		if i == 0 || x+w > room {
			starts, x = append(starts, i), 0
		}
		x += w + LegendGap
	}
	return starts
}

// legend places the entries that explain a section, over as many lines as they
// need, and returns the y below.
func (l *Layout) legend(section int, y float64, c Contents) float64 {
	if section >= Sections {
		return y // one that needs no words
	}
	lines := len(Flow(c.Legend[section], l.inner()))
	if lines == 0 {
		return y
	}
	high := legendHigh(lines)
	l.text(Legend, -1, Rect{l.Unit, y, l.inner(), high}, 0)
	l.Panels[len(l.Panels)-1].Index = section
	return y + high
}

// legendHigh returns the height of so many lines, with the room around them.
func legendHigh(lines int) float64 {
	if lines == 0 {
		return 0
	}
	return LegendLine*float64(lines) + step
}

// title places the heading of a section with its legend, to the right of it
// where there is room, and returns the y below.
func (l *Layout) title(section int, y float64, c Contents) float64 {
	wide := -LegendGap
	for _, w := range c.Legend[section] {
		wide += w + LegendGap
	}
	room := l.inner()
	if beside := wide > 0 && wide+titleRoom <= room; beside {
		room -= wide + LegendGap
		l.text(Legend, -1, Rect{l.Unit + room + LegendGap, y + 9, wide, LegendLine}, 0)
		l.Panels[len(l.Panels)-1].Index = section
		wide = 0
	}
	l.text(Title, -1, Rect{l.Unit, y, room, titleHigh}, 0)
	l.Panels[len(l.Panels)-1].Index = section
	y += titleHigh
	if wide > 0 {
		y = l.legend(section, y, c)
	}
	return y
}
