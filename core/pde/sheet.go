package pde

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pinnlab/core/expr"
)

// A Sheet is a whole problem as people write it, typeset.
type Sheet struct {
	Equations []Line    `json:"equations"` // the residuals' alone, for a headline
	Sections  []Section `json:"sections"`
}

// A Section is one part of a Sheet, such as the conditions.
type Section struct {
	Title string `json:"title"`
	Lines []Line `json:"lines"`
}

// A Line says one thing, in up to three ways.
type Line struct {
	Label  string `json:"label,omitempty"`  // the name it has in tables and curves
	MathML string `json:"mathml,omitempty"` // a math element
	Text   string `json:"text,omitempty"`   // the same in the language of formulas
	Note   string `json:"note,omitempty"`   // in words
}

// Sheet typesets s with the given values of parameters and points per set; its
// errors are those of Problem.
func (s *Spec) Sheet(params map[string]float64, points int) (*Sheet, error) {
	p, err := s.Problem(params)
	if err != nil {
		return nil, err
	}
	b := builder{Spec: s}
	b.setScope(p.Params)
	w := sheetWriter{&b, p, expr.Notation{Scope: b.scope, Star: exact}}
	sheet := &Sheet{}
	for i, r := range s.Residuals {
		sheet.Equations = append(sheet.Equations, w.equation(p.Terms[i].Name, r.Formula))
	}
	add := func(title string, lines []Line) {
		if len(lines) > 0 {
			sheet.Sections = append(sheet.Sections, Section{title, lines})
		}
	}
	add("The network computes", w.unknowns())
	add("In the domain", slices.Concat(sheet.Equations, w.forcings()))
	add("Where", w.derived())
	add("On its faces", w.conditions())
	add("Parameters", w.parameters())
	add("Solution", w.solution())
	add("Loss", w.loss(points))
	add("Error", w.error())
	return sheet, nil
}

// Symbols typesets the names of the parameters, each as a math element.
func (s *Spec) Symbols() map[string]string {
	note := expr.Notation{Scope: new(expr.Scope)}
	symbols := make(map[string]string)
	for _, p := range s.Params {
		symbols[p.Name] = expr.Math(note.Name(p.Name), p.Name)
	}
	return symbols
}

// sheetWriter makes the lines of a problem that has been built without errors.
type sheetWriter struct {
	*builder
	p    *Problem
	note expr.Notation
}

func (w *sheetWriter) formula(text string) *expr.Formula { return w.parse("", text) }

// typeset returns the line of a relation between two formulas.
func (w *sheetWriter) typeset(label string, left, right *expr.Formula) Line {
	return line(label, w.note.MathML(left)+"<mo>=</mo>"+w.note.MathML(right), left.String()+" = "+right.String())
}

func line(label, content, text string) Line {
	return Line{Label: label, MathML: expr.Math(content, text), Text: text}
}

func (w *sheetWriter) equation(label, formula string) Line {
	left, right := w.sides(formula)
	return w.typeset(label, left, right)
}

// sides writes that a formula vanishes as an equation.
func (w *sheetWriter) sides(formula string) (left, right *expr.Formula) {
	return w.scope.Sides(w.formula(formula), forcing)
}

func (w *sheetWriter) unknowns() []Line {
	args, texts, boxes, bounds := "", "", "", ""
	for i, c := range w.Coords {
		if i > 0 {
			args, texts, boxes, bounds = args+"<mo>,</mo>", texts+", ", boxes+"<mo>×</mo>", bounds+" x "
		}
		args, texts = args+w.note.Name(c.Name), texts+c.Name
		boxes += "<mo>[</mo>" + expr.Number(c.Lo) + "<mo>,</mo>" + expr.Number(c.Hi) + "<mo>]</mo>"
		bounds += fmt.Sprintf("[%g, %g]", c.Lo, c.Hi)
	}
	var lines []Line
	for _, name := range w.Fields {
		lines = append(lines, line("", w.note.Name(name)+"<mo>\u2061</mo><mrow><mo>(</mo>"+args+"<mo>)</mo></mrow>", name+"("+texts+")"))
	}
	if len(w.Coords) > 1 {
		args, texts = "<mrow><mo>(</mo>"+args+"<mo>)</mo></mrow>", "("+texts+")"
	}
	domain := line("", args+"<mo>∈</mo>"+boxes, texts+" in "+bounds)
	domain.Note = "the domain"
	return append(lines, domain)
}

// forcings are the right-hand sides that residuals read as f.
func (w *sheetWriter) forcings() (lines []Line) {
	for _, t := range w.p.Terms[:len(w.Residuals)] {
		if t.Forcing == "" {
			continue
		}
		l := w.typeset("", w.formula(forcing), w.formula(t.Forcing))
		l.Note = "the forcing"
		if len(w.Residuals) > 1 {
			l.Note += " of " + t.Name
		}
		if !w.given(t.Name) {
			l.Note += ", so that the solution below solves the equation"
		}
		lines = append(lines, l)
	}
	return lines
}

// given reports whether the residual name has a forcing of its own.
func (w *sheetWriter) given(name string) bool {
	for _, r := range w.Residuals {
		if r.Name == name {
			return r.F != ""
		}
	}
	return false
}

func (w *sheetWriter) derived() (lines []Line) {
	for _, d := range w.Derived {
		lines = append(lines, w.typeset("", w.formula(d.Name), w.formula(d.Formula)))
	}
	return lines
}

// conditions are one line each: what holds, and on which face.
func (w *sheetWriter) conditions() (lines []Line) {
	for i, c := range w.Conditions {
		t := w.p.Terms[len(w.Residuals)+i]
		content, texts := "", ""
		for j, text := range c.Formula {
			if j > 0 {
				content, texts = content+`<mo rspace="0.6em">,</mo>`, texts+", "
			}
			l, r := w.sides(text)
			content += w.note.MathML(l) + "<mo>=</mo>" + w.note.MathML(r)
			texts += l.String() + " = " + r.String()
		}
		axis, at, _ := w.face(c.Face)
		name := w.Coords[axis].Name
		content += `<mspace width="1em"></mspace><mtext>at</mtext><mspace width="0.3em"></mspace>` + w.note.Name(name) + "<mo>=</mo>" + expr.Number(at)
		l := line(c.Name, content, texts+fmt.Sprintf(" at %s = %g", name, at))
		if len(w.p.Groups) > 2 {
			l.Note = "weighted with " + w.p.Groups[t.Group]
		}
		lines = append(lines, l)
	}
	return lines
}

func (w *sheetWriter) parameters() (lines []Line) {
	for _, p := range w.Params {
		v := w.p.Params[p.Name]
		l := line("", w.note.Name(p.Name)+"<mo>=</mo>"+expr.Number(v), p.Name+" = "+strconv.FormatFloat(v, 'g', -1, 64))
		l.Note = p.Description
		lines = append(lines, l)
	}
	return lines
}

func (w *sheetWriter) solution() (lines []Line) {
	for _, name := range w.Fields {
		if text := w.Solution[name]; text != "" {
			lines = append(lines, w.typeset("", w.formula(name+exact), w.formula(text)))
		}
	}
	switch {
	case len(lines) > 0:
		lines[0].Note = "exact: errors are measured against it"
	case w.Reference != "":
		lines = []Line{{Note: "No formula: errors are measured against the reference solver “" + w.Reference + "”."}}
	default:
		lines = []Line{{Note: "None is known, so no error can be measured; the losses say how well the equation and the conditions hold."}}
	}
	return lines
}

// loss is the sum that is minimised; it weights the terms of a group alike.
func (w *sheetWriter) loss(points int) []Line {
	sum, text, first := "", "", true
	for g, group := range w.p.Groups {
		var names []string
		for _, t := range w.p.Terms {
			if t.Group == g {
				names = append(names, t.Name)
			}
		}
		if len(names) == 0 {
			continue
		}
		terms := make([]string, len(names))
		for i, n := range names {
			terms[i] = "<msub><mi>L</mi><mtext>" + n + "</mtext></msub>"
		}
		part, plain := strings.Join(terms, "<mo>+</mo>"), "L_"+strings.Join(names, " + L_")
		if g > 0 {
			if len(names) > 1 {
				part, plain = "<mrow><mo>(</mo>"+part+"<mo>)</mo></mrow>", "("+plain+")"
			}
			part, plain = "<msub><mi>λ</mi><mtext>"+group+"</mtext></msub><mo rspace=\"0.17em\">\u2062</mo>"+part, "lambda_"+group+"*"+plain
		}
		if !first {
			sum, text = sum+"<mo>+</mo>", text+" + "
		}
		sum, text, first = sum+part, text+plain, false
	}
	whole := line("", "<mi>L</mi><mo>=</mo>"+sum, "L = "+text)
	whole.Note = "each a mean of squares, of what should vanish, over its points; M1 and M3 keep every λ at 1"
	sets := make([]string, len(w.p.Sets))
	for i, s := range w.p.Sets {
		sets[i] = s.Name
	}
	return []Line{whole, {Note: fmt.Sprintf("%d random points on each of %s, fresh at each iteration (res is the inside)", points, list(sets))}}
}

// error is the norm that the error is measured in.
func (w *sheetWriter) error() []Line {
	if len(w.p.Errors) == 0 {
		return nil
	}
	content, text := "", ""
	for i, v := range w.p.Errors {
		if i > 0 {
			content, text = content+"<mo>,</mo>", text+", "
		}
		content, text = content+w.note.Name(w.p.Views[v].Name), text+w.p.Views[v].Name
	}
	if len(w.p.Errors) > 1 {
		content, text = "<mrow><mo>(</mo>"+content+"<mo>)</mo></mrow>", "("+text+")"
	}
	star := "<msup>" + content + "<mo>∗</mo></msup>"
	norm := func(inner string) string {
		return `<msub><mrow><mo form="prefix">‖</mo>` + inner + `<mo form="postfix">‖</mo></mrow><mn>2</mn></msub>`
	}
	l := line("", "<mfrac>"+norm(content+"<mo>−</mo>"+star)+norm(star)+"</mfrac>", fmt.Sprintf("|%s - %s_exact| / |%s_exact|", text, text, text))
	nodes := make([]string, len(w.p.Grid))
	for i, n := range w.p.Grid {
		nodes[i] = strconv.Itoa(n)
	}
	l.Note = "the relative L² error, on a grid of " + strings.Join(nodes, " × ") + " nodes"
	return []Line{l}
}
