package table

import (
	"regexp"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
)

var optionHead = regexp.MustCompile(`^(.+?)\s*[:：/／\-—_|｜(（\[【]\s*([^:：()（）]+?)\s*[)）\]】]?$`)

// tickColumns finds the columns of choices.
func (t *evTable) tickColumns(voc *field.Vocabulary) {
	if !voc.Compound {
		return
	}
	bare := map[field.Field][]*column{}
	for _, c := range t.cols {
		labels := t.heading.Labels[c.Index]
		if c.asked || len(labels) == 0 || len(c.values) > 0 && c.share(celltext.IsMark) < 0.8 {
			continue
		}
		own := labels[len(labels)-1]
		if len(labels) > 1 && c.Field == field.None && t.option(c, voc.Match(labels[len(labels)-2]).Means, own) {
			continue
		}
		if m := optionHead.FindStringSubmatch(field.Numbering.ReplaceAllString(own, "")); m != nil &&
			(c.Field == field.None || c.share(celltext.IsMark) == 1) && t.option(c, voc.Match(m[1]).Means, m[2]) {
			continue
		}
		folded := judging.Fold(own)
		switch {
		case c.Field != field.None || c.share(celltext.IsTick) == 0:
		case celltext.IsKind(folded, t.categories):
			bare[field.Category] = append(bare[field.Category], c)
		case celltext.IsKind(folded, t.groups):
			bare[field.Group] = append(bare[field.Group], c)
		}
	}
	for _, f := range []field.Field{field.Category, field.Group} {
		if len(bare[f]) < 2 && len(t.of(f)) > 0 {
			continue
		}
		for _, c := range bare[f] {
			t.option(c, f, t.heading.Labels[c.Index][len(t.heading.Labels[c.Index])-1])
		}
	}
}

// option makes a column one of the choices of a field.
func (t *evTable) option(c *column, f field.Field, label string) bool {
	name := ""
	switch f {
	case field.Category:
		name, _ = celltext.MatchCategory(t.rules, label)
	case field.Group:
		name, _ = celltext.MatchGroup(t.rules, label)
	}
	if name == "" {
		return false
	}
	c.Field, c.Confidence, c.tick = f, field.CleanWord, name
	return true
}

// chosen reads a cell of a column of choices into the record; what is no mark is kept under the column's head.
func (t *table) chosen(r *record, row int, c *column, text string) {
	switch had := r.values[c.Field].Text; {
	case celltext.IsUntick(text):
	case !celltext.IsTick(text):
		r.keep(c.Header, celltext.TidyText(text))
	case had != "" && had != c.tick:
		r.problems = append(r.problems, t.cellProblem(row, c, true, "sheet.two_choices", judging.Args{
			"One":   had,
			"Other": c.tick,
		}))
	default:
		v := r.values[c.Field]
		v.Text = c.tick
		r.values[c.Field] = v
		r.columns[c.Field] = c
	}
}
