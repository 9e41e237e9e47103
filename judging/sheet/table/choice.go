package table

import (
	"regexp"
	"strings"

	"fayi/judging"
)

// Choices as columns: 作品类别 over 书法, 绘画, 摄影; 作品类别:书法; or 书法 alone; with a mark in one of them.

func isTick(s string) bool {
	switch judging.Fold(s) {
	case "√", "✓", "✔", "v", "1", "是", "○", "●", "☑", "■", "*", "y", "yes", "true", "对":
		return true
	}
	return false
}

// isUntick reports whether a cell says that its column is not chosen.
func isUntick(s string) bool {
	switch judging.Fold(s) {
	case "0", "否", "×", "x", "✗", "✘", "□", "☐", "n", "no", "false":
		return true
	}
	return isEmpty(s)
}

func isMark(s string) bool { return isTick(s) || isUntick(s) }

var optionHead = regexp.MustCompile(`^(.+?)\s*[:：/／\-—_|｜(（\[【]\s*([^:：()（）]+?)\s*[)）\]】]?$`)

// tickColumns finds the columns of choices.
func (t *table) tickColumns(voc *vocabulary) {
	if !voc.compound {
		return
	}
	bare := map[Field][]*column{}
	for _, c := range t.cols {
		labels := t.heading.labels[c.Index]
		if c.asked || len(labels) == 0 || len(c.values) > 0 && c.share(isMark) < 0.8 {
			continue
		}
		own := labels[len(labels)-1]
		if len(labels) > 1 && c.Field == FieldNone && t.option(c, voc.match(labels[len(labels)-2]).field, own) {
			continue
		}
		if m := optionHead.FindStringSubmatch(numbering.ReplaceAllString(own, "")); m != nil &&
			(c.Field == FieldNone || c.share(isMark) == 1) && t.option(c, voc.match(m[1]).field, m[2]) {
			continue
		}
		folded := judging.Fold(own)
		switch {
		case c.Field != FieldNone || c.share(isTick) == 0:
		case isKind(folded, t.categories):
			bare[FieldCategory] = append(bare[FieldCategory], c)
		case isKind(folded, t.groups):
			bare[FieldGroup] = append(bare[FieldGroup], c)
		}
	}
	for _, f := range []Field{FieldCategory, FieldGroup} {
		if len(bare[f]) < 2 && len(t.of(f)) > 0 {
			continue
		}
		for _, c := range bare[f] {
			t.option(c, f, t.heading.labels[c.Index][len(t.heading.labels[c.Index])-1])
		}
	}
}

// option makes a column one of the choices of a field.
func (t *table) option(c *column, f Field, label string) bool {
	name := ""
	switch f {
	case FieldCategory:
		name, _ = matchCategory(t.rules, label)
	case FieldGroup:
		name, _ = matchGroup(t.rules, label)
	}
	if name == "" {
		return false
	}
	c.Field, c.Confidence, c.tick = f, cleanWord, name
	return true
}

// chosen reads a cell of a column of choices into the record; what is no mark is kept under the column's head.
func (t *table) chosen(r *record, row int, c *column, text string) {
	switch had := r.values[c.Field].Text; {
	case isUntick(text):
	case !isTick(text):
		r.keep(c.Header, tidyText(text))
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

// spelledField names a field that has no word of its own by whose and what it is: 合作者性别.
func spelledField(v *vocabulary, f Field) string {
	r := roles()
	for _, role := range []string{"work", "author", "co_author", "teacher", "contact", "sender"} {
		for _, part := range sortedKeys(r.Means[role]) {
			if r.Means[role][part] == f {
				whose := v.example[Field(role)]
				if whose == "" {
					whose = r.Roles[role][0]
				}
				return whose + r.Parts[part][0]
			}
		}
	}
	return strings.ReplaceAll(string(f), "_", " ")
}
