package main

import (
	"slices"

	"pinnlab/core/record"
	"pinnlab/wasm/plot"
)

// A curvePanel draws curves over the iterations. One more is one more row of
// panels: what a row leaves out is as for any curves of a name.
type curvePanel struct {
	curves string // the name of those it draws, such as record.Loss

	part plot.Part // if the layout knows it, or plot.Iterations, ...
	over plot.Over // ... which go where this says

	id, title string // as a Subject
	caption   string // the strip above; title if empty
	spoken    bool   // a pointer over any panel says its values too

	needs func(*Board) bool                                // when there is something to show
	scale func(*Board) plot.Scale                          // the vertical axis
	draw  func(*Scene, *plot.Panel)                        // the curves and the caption
	probe func(*Scene, *plot.Panel, float64) (at []string) // what is read at an iteration
}

// panels are filled in by init, since what draws one looks it up here.
var panels []curvePanel

func init() {
	for _, p := range []curvePanel{
		{curves: record.Loss, part: plot.Losses, id: "loss", title: "losses", caption: "loss",
			scale: lossScale, draw: (*Scene).losses, probe: (*Scene).lossesAt},
		{curves: record.Lambda, part: plot.Lambdas, id: "lambda", title: "weights λ", caption: "weight λ",
			draw: (*Scene).lambdas, probe: (*Scene).lambdasAt},
		{curves: record.RelL2, part: plot.RelL2, id: "relative-l2", title: "relative L² error", spoken: true,
			scale: errorScale, draw: (*Scene).relL2, probe: (*Scene).relL2At},
		{curves: record.ErrorBand, part: plot.Iterations, over: plot.Over{Tab: plot.CurvesTab, High: 130, Section: plot.Sections},
			id: "bands", title: "error by frequency", needs: (*Board).scored,
			scale: decadesOf(record.ErrorBand, 1e-6), draw: (*Scene).bands, probe: (*Scene).bandsAt},
		{curves: record.GradientNorm, part: plot.Iterations, over: plot.Over{Tab: plot.GradientsTab, High: 150, Section: plot.SectionNorms},
			id: "norms", title: "gradient norms", scale: normScale, draw: (*Scene).norms, probe: (*Scene).normsAt},
		{curves: record.GradientCosine, part: plot.Iterations, over: plot.Over{Tab: plot.GradientsTab, High: 120, Section: plot.Sections, Shared: true},
			id: "cosines", title: "cosines of the gradients", caption: "angle between gradients",
			scale: func(*Board) plot.Scale { return plot.Scale{Lo: -1, Hi: 1} }, draw: (*Scene).cosines, probe: (*Scene).cosinesAt},
		{curves: record.Damping, part: plot.Iterations, over: plot.Over{Tab: plot.CurvesTab, High: 110, Section: plot.Sections, Shared: true},
			id: "damping", title: "damping μ of Gauss-Newton", needs: hasOf(record.Damping)},
		{curves: record.Fall, part: plot.Iterations, over: plot.Over{Tab: plot.CurvesTab, High: 110, Section: plot.Sections, Shared: true},
			id: "fall", title: "fall of the loss in a step, predicted and, dashed, actual", needs: hasOf(record.Fall),
			scale: func(*Board) plot.Scale { return plot.Scale{Lo: 0, Hi: 1} }},
		{curves: record.PathTerms, part: plot.Iterations, over: plot.Over{Tab: plot.CurvesTab, High: 80, Section: plot.Sections, Shared: true},
			id: "terms", title: "terms of the path in a step", needs: hasOf(record.PathTerms),
			scale: func(*Board) plot.Scale { return plot.Scale{Lo: 0, Hi: 6} }},
		{part: plot.Peaks, id: "eigenvalue", title: "largest eigenvalue",
			scale: peakScale, draw: (*Scene).peaks, probe: (*Scene).peaksAt},
	} {
		addPanel(p)
	}
}

// addPanel adds a row, with what is usual for what it leaves out.
func addPanel(p curvePanel) {
	if p.caption == "" {
		p.caption = p.title
	}
	if p.needs == nil {
		p.needs = func(b *Board) bool { return len(b.Slots) == 0 || b.has(p.curves) }
	}
	if p.scale == nil {
		p.scale = decadesOf(p.curves, 0)
	}
	if p.draw == nil {
		p.draw = func(s *Scene, panel *plot.Panel) { s.plain(panel, p.curves, p.caption) }
	}
	if p.probe == nil {
		p.probe = func(s *Scene, panel *plot.Panel, x float64) []string { return s.plainAt(panel, p.curves, x) }
	}
	p.over.Index = len(panels)
	panels = append(panels, p)
}

// rowOf returns the row of a panel in panels, -1 if it shows no curves over the
// iterations.
func rowOf(p *plot.Panel) int {
	if p.Part == plot.Iterations {
		return p.Index
	}
	return slices.IndexFunc(panels, func(row curvePanel) bool { return row.part == p.Part })
}

// overs lists the panels that the layout places as they say.
func (b *Board) overs() (list []plot.Over) {
	for i := range panels {
		if p := &panels[i]; p.part == plot.Iterations && p.needs(b) {
			list = append(list, p.over)
		}
	}
	return list
}

// has reports whether a slot has curves of a name.
func (b *Board) has(name string) bool {
	return slices.ContainsFunc(b.Slots, func(s *Slot) bool { return len(s.Snap.Curves(name)) > 0 })
}

// hasOf returns whether there are curves of a name, for those that few runs have.
func hasOf(name string) func(*Board) bool {
	return func(b *Board) bool { return b.has(name) }
}

// scored reports whether there are relative errors, or nothing at all yet.
func (b *Board) scored() bool {
	return len(b.Slots) == 0 || slices.ContainsFunc(b.Slots, func(s *Slot) bool {
		return s.Snap.RelL2 == s.Snap.RelL2 || s.Snap.Status == record.Failed
	})
}
