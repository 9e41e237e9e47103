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
var serial = map[Field]bool{
	FieldAuthor: true, FieldTeacher: true, FieldCategories: true, "link": true,
	fieldAvoidUnit: true, fieldAvoid: true, fieldAvoidOne: true,
}

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

// tellRepeats tells of columns whose head names a field that another column has, or asks which of two is meant.
func (t *table) tellRepeats(voc *vocabulary, open []*column, shared map[Field]bool) {
	var fields []Field
	heads := map[Field][]*column{}
	for _, c := range open {
		f := c.meaning.field
		if f == FieldNone || shared[f] || c.Field != f && c.Field != FieldNone {
			continue
		}
		if heads[f] = append(heads[f], c); len(heads[f]) == 2 {
			fields = append(fields, f)
		}
	}
	for _, f := range fields {
		if !slices.ContainsFunc(t.cols, func(c *column) bool { return c.Field == f && c.asked }) {
			t.tellRepeat(f, heads[f], voc)
		}
	}
}

func (t *table) tellRepeat(f Field, list []*column, voc *vocabulary) {
	kept := slices.IndexFunc(list, func(c *column) bool { return c.Field == f })
	used := slices.DeleteFunc(slices.Clone(list), func(c *column) bool { return len(c.values) == 0 })
	if kept < 0 || len(used) == 1 || quiet[f] || together(list) {
		return // the others are kept under their heads
	}
	if len(used) > 1 {
		list = used
	}
	best := slices.MaxFunc(list, func(a, b *column) int {
		return int(a.meaning.confidence*1000) - int(b.meaning.confidence*1000)
	})
	sure := slices.DeleteFunc(slices.Clone(list), func(c *column) bool {
		return c.meaning.confidence < best.meaning.confidence-0.01
	})
	if len(sure) > 1 && slices.Contains([]Field{FieldTitle, FieldAuthor, FieldName}, f) {
		t.usable = false
		t.problem(t.heading.bottom, sure[1], true, "sheet.two_columns", judging.Args{
			"Field":   voc.spelling(f),
			"Columns": called(sure...),
		})
		return
	}
	for _, c := range list {
		if c.Field == f {
			best = c
		}
	}
	t.problem(t.heading.bottom, best, false, "sheet.two_columns_kept", judging.Args{
		"Field":   voc.spelling(f),
		"Columns": called(list...),
		"Kept":    called(best),
	})
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
