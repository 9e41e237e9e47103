package table

import (
	"slices"

	"fayi/judging"
)

// joined are the fields of which a table may have several columns: their values are put together.
var joined = map[Field]bool{
	FieldCoAuthor: true,
	FieldFileName: true,
	fieldMeta:     true,
	FieldNone:     true,
	FieldLeave:    true,
	FieldRowNo:    true,
	"confirm":     true,
	fieldRole:     true,
}

// serial are the fields of which several columns are put together when their headers count them, 作者1 and 作者2.
var serial = map[Field]bool{FieldAuthor: true, FieldTeacher: true, FieldCategories: true, "link": true}

// quiet are the fields of which many columns are common and none is used: scores and remarks of a former round.
var quiet = map[Field]bool{
	"score":      true,
	"award":      true,
	"similarity": true,
	"published":  true,
	"pieces":     true,
	"original":   true,
	"remark":     true,
	"bank":       true,
}

// settleRepeats leaves one column for each field, or asks.
func (t *table) settleRepeats(voc *vocabulary) {
	t.takeNeighbours()
	if len(t.of(FieldPhone)) == 0 {
		for _, c := range t.of(FieldContactPhone) {
			c.Field = FieldPhone
			break
		}
	}
	var fields []Field
	for _, c := range t.cols {
		if !joined[c.Field] && !slices.Contains(fields, c.Field) {
			fields = append(fields, c.Field)
		}
	}
	for _, f := range fields {
		if list := t.of(f); len(list) > 1 && !slices.ContainsFunc(list, func(c *column) bool { return c.tick != "" }) {
			t.settleRepeat(f, list, voc)
		}
	}
}

// takeNeighbours reads 作者 联系电话 指导老师 联系电话: a repeated column of nobody in particular belongs to the person on its
// left.
func (t *table) takeNeighbours() {
	for _, f := range []Field{
		FieldAuthor, FieldPhone, FieldUnit, FieldEmail, FieldIDCard, "position", "gender", "age",
	} {
		list := t.of(f)
		if len(list) < 2 {
			continue
		}
		for _, c := range list {
			if c.role != "" || c.asked {
				continue
			}
			role := t.personBefore(c)
			if g := reassign(role, f); g != FieldNone && g != f {
				c.Field, c.role, c.Confidence = g, role, cleanWord
			}
		}
	}
}

// personBefore returns the role of the nearest column to the left that is a person.
func (t *table) personBefore(c *column) string {
	role := ""
	for _, other := range t.cols {
		if other.Index >= c.Index {
			break
		}
		if other != c && slices.Contains(roles().Persons, roleOf(other.Field)) &&
			(other.Field == FieldTeacher || other.Field == FieldContact || other.Field == FieldAuthor) {
			role = roleOf(other.Field)
		}
	}
	return role
}

func (t *table) settleRepeat(f Field, list []*column, voc *vocabulary) {
	if inUse := slices.DeleteFunc(slices.Clone(list), func(c *column) bool {
		return len(c.values) == 0 && !c.asked
	}); len(inUse) > 0 &&
		len(inUse) < len(list) {
		list = t.keep(list, inUse)
	}
	if asked := slices.DeleteFunc(slices.Clone(list), func(c *column) bool { return !c.asked }); len(asked) > 0 {
		list = t.keep(list, asked)
		if serial[f] {
			return
		}
	}
	if len(list) == 1 || serial[f] && countsUp(list) {
		return
	}
	if together(list) { // one header over several columns
		t.keep(list, list[:1])
		return
	}
	best := slices.MaxFunc(list, func(a, b *column) int { return int(a.Confidence*1000) - int(b.Confidence*1000) })
	sure := slices.DeleteFunc(slices.Clone(list), func(c *column) bool { return c.Confidence < best.Confidence-0.01 })
	if len(sure) > 1 && slices.Contains([]Field{FieldTitle, FieldAuthor, FieldName}, f) {
		t.usable = false
		t.problem(t.heading.bottom, sure[1], true, "sheet.two_columns", judging.Args{
			"Field":   voc.spelling(f),
			"Columns": called(sure...),
		})
		return
	}
	if quiet[f] {
		t.keep(list, list[:1]) // the others are reported apart by their headers
		return
	}
	t.problem(t.heading.bottom, best, false, "sheet.two_columns_kept", judging.Args{
		"Field":   voc.spelling(f),
		"Columns": called(list...),
		"Kept":    called(best),
	})
	t.keep(list, []*column{best})
}

// together reports whether columns stand under one merged header and no more than one holds values.
func together(list []*column) bool {
	used := 0
	for _, c := range list {
		if c.block == 0 || c.block != list[0].block {
			return false
		}
		if len(c.values) > 0 {
			used++
		}
	}
	return used <= 1
}

// keep takes the field from the columns of list that are not in kept; they stay under their headers.
func (t *table) keep(list, kept []*column) []*column {
	for _, c := range list {
		if !slices.Contains(kept, c) {
			c.Field, c.Confidence = FieldNone, 0
		}
	}
	return kept
}

// countsUp reports whether columns are one series: each counted or under one merged header.
func countsUp(list []*column) bool {
	seen := map[string]bool{}
	for i, c := range list {
		together := c.block > 0 && c.block == list[0].block
		if c.order == "" && i > 0 && !together || !together && seen[c.order] {
			return false
		}
		seen[c.order] = true
	}
	return true
}
