package paper

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/terms"
)

var rubricWidths = []float64{18, 9, 42, 52}

// writeRubrics writes the sheet of the rubrics: for each category what is looked at, for how many points, and the
// words for them.
func writeRubrics(k *ink, name string, pages []scorePage, votes bool, words Words) error {
	if err := setPrinting(k.f, name, printing{}, words); err != nil {
		return err
	}
	if err := k.f.ProtectSheet(name, &excelize.SheetProtectionOptions{
		SelectLockedCells:   true,
		SelectUnlockedCells: true,
		FormatRows:          true,
		FormatColumns:       true,
	}); err != nil {
		return err
	}
	rows := -1
	for _, p := range pages {
		if votes {
			rows += 3
			continue
		}
		rows += 3 + len(p.rubric.Criteria) + min(1, len(p.rubric.Bands))
		rows += len(rubricWriter{words: words}.terms(p.rubric))
	}
	sw, err := newStream(k.f, name, len(rubricWidths), rows)
	if err != nil {
		return err
	}
	for i, w := range rubricWidths {
		if err := sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	r := rubricWriter{k: k, sw: sw, words: words}
	for _, p := range pages {
		if votes {
			r.wide(lookSection, p.category)
			r.wide(lookLine, strings.TrimSpace(p.mayGive(words)))
			r.row++
			continue
		}
		r.write(p.category, p.rubric)
	}
	if r.err != nil {
		return r.err
	}
	return sw.Flush()
}

type rubricWriter struct {
	k     *ink
	sw    *excelize.StreamWriter
	words Words
	row   int
	err   error
}

var (
	lookSection = look{face: faceHead, size: 14, across: "left"}
	lookCell    = look{face: faceBody, size: 12, across: "center", wrap: true, boxed: true}
	lookText    = look{face: faceBody, size: 12, across: "left", wrap: true, boxed: true}
	lookLine    = look{face: faceBody, size: 12, across: "left", wrap: true}
)

func (r *rubricWriter) write(category string, rubric judging.Rubric) {
	args := map[string]any{
		"Category": category,
		"Scale":    judging.Exact(rubric.Scale).String(),
		"Step":     judging.Exact(rubric.Step).String(),
	}
	r.wide(lookSection, r.words("paper.rubric_title", args))
	r.cells(
		[]look{lookHead, lookHead, lookHead, lookHead}, r.words("paper.rubric_criterion", nil),
		r.words("paper.rubric_weight", nil),
		r.words("paper.rubric_hint", nil),
		r.words("paper.rubric_bands", nil),
	)
	for i, c := range rubric.Criteria {
		r.cells([]look{lookCell, lookCell, lookText, lookText}, c.Name, rangeText(c.Limits, c.Weight), c.Hint,
			bandsText(criterionBands(rubric, i)))
	}
	for _, line := range r.terms(rubric) {
		r.wide(lookLine, line)
	}
	if len(rubric.Bands) > 0 {
		r.wide(lookLine, r.words("paper.rubric_total_bands", map[string]any{"Bands": bandsText(rubric.Bands)}))
	}
	r.row++
}

// rangeText writes what a mark may be: "0–40", "24–40".
func rangeText(l terms.Limits, full float64) string {
	least, most := l.Within(full)
	return judging.Exact(least).String() + "–" + judging.Exact(most).String()
}

// terms says what a rubric asks beyond marks: the limits of a total, when a comment is compulsory, and what need not
// apply.
func (r rubricWriter) terms(rubric judging.Rubric) (out []string) {
	if rubric.Limits != (terms.Limits{}) {
		out = append(out, r.words("paper.total_limits", map[string]any{
			"Range": rangeText(rubric.Limits, rubric.Scale),
		}))
	}
	tell := func(name string, c terms.Comment) {
		if c.When != "" {
			out = append(out, r.words("paper.comment_"+string(c.When), map[string]any{
				"Name": name, "At": judging.Exact(c.At).String(),
			}))
		}
	}
	tell("", rubric.Comment)
	for _, c := range rubric.Criteria {
		tell(c.Name, c.Comment)
		if c.Optional {
			out = append(out, r.words("paper.optional", map[string]any{"Name": c.Name}))
		}
	}
	return out
}

func (r *rubricWriter) wide(l look, text string) {
	r.row++
	width := joinedUnits(rubricWidths)
	r.keep(r.sw.SetRow(grid.Ref(1, r.row), []any{r.k.cell(l, text)}, excelize.RowOpts{
		Height: lineHeight(textLines(text, l.size, width), l.size),
	}))
	r.keep(r.sw.MergeCell(grid.Ref(1, r.row), grid.Ref(len(rubricWidths), r.row)))
}

func (r *rubricWriter) cells(looks []look, texts ...string) {
	r.row++
	cells, lines := make([]any, len(texts)), 1
	for i, t := range texts {
		cells[i] = r.k.cell(looks[i], t)
		lines = max(lines, textLines(t, looks[i].size, rubricWidths[i]))
	}
	r.keep(r.sw.SetRow(grid.Ref(1, r.row), cells, excelize.RowOpts{Height: lineHeight(lines, 12)}))
}

func (r *rubricWriter) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

// bandsText writes bands as "优秀 90–100；良好 80–89".
func bandsText(bands []judging.Band) string {
	var parts []string
	for _, b := range bands {
		from, to := judging.Exact(b.From).String(), judging.Exact(b.To).String()
		if from != to {
			from += "–" + to
		}
		parts = append(parts, b.Label+" "+from)
	}
	return strings.Join(parts, "；")
}

// criterionBands gives the words for the marks of criterion i: its own, or the rubric's in proportion, found mark
// by mark.
func criterionBands(r judging.Rubric, i int) []judging.Band {
	c := r.Criteria[i]
	steps := judging.Exact(c.Weight) / max(1, judging.Exact(r.Step))
	if len(c.Bands) > 0 || len(r.Bands) == 0 || steps > 1000 {
		return c.Bands
	}
	var out []judging.Band
	for n := steps; n >= 0; n-- {
		mark := (n * judging.Exact(r.Step)).Float()
		label := r.CriterionLabel(i, mark)
		if last := len(out) - 1; last >= 0 && out[last].Label == label {
			out[last].From = mark
		} else if label != "" {
			out = append(out, judging.Band{Label: label, From: mark, To: mark})
		}
	}
	return out
}
