package evidence

import (
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/field"
)

// joined are the fields of which a table may have several columns: their values are put together.
var joined = map[field.Field]bool{
	field.CoAuthor: true,
	field.FileName: true,
	field.Meta:     true,
	field.None:     true,
	field.Leave:    true,
	field.RowNo:    true,
	"confirm":      true,
	field.Role:     true,
}

// serial are the fields of which several columns are put together when their headers count them, 作者1 and 作者2.
var serial = map[field.Field]bool{
	field.Author: true, field.Teacher: true, field.Categories: true, "link": true,
	field.AvoidUnit: true, field.Avoid: true, field.AvoidOne: true,
}

// quiet are the fields of which many columns are common and none is used: scores and remarks of a former round.
var quiet = map[field.Field]bool{
	"score":      true,
	"award":      true,
	"similarity": true,
	"published":  true,
	"pieces":     true,
	"original":   true,
	"consent":    true,
	"remark":     true,
	"bank":       true,
}

// tellRepeats tells of columns whose head names a field that another column has, or asks which of two is meant.
func (t *Table) tellRepeats(voc *field.Vocabulary, open []*Column, shared map[field.Field]bool) {
	var fields []field.Field
	heads := map[field.Field][]*Column{}
	for _, c := range open {
		f := c.Meaning.Means
		if f == field.None || shared[f] || c.Field != f && c.Field != field.None {
			continue
		}
		if heads[f] = append(heads[f], c); len(heads[f]) == 2 {
			fields = append(fields, f)
		}
	}
	for _, f := range fields {
		if !slices.ContainsFunc(t.Cols, func(c *Column) bool { return c.Field == f && c.asked }) {
			t.tellRepeat(f, heads[f], voc)
		}
	}
}

func (t *Table) tellRepeat(f field.Field, list []*Column, voc *field.Vocabulary) {
	kept := slices.IndexFunc(list, func(c *Column) bool { return c.Field == f })
	used := slices.DeleteFunc(slices.Clone(list), func(c *Column) bool { return len(c.Values) == 0 })
	if kept < 0 || len(used) == 1 || quiet[f] || together(list) {
		return // the others are kept under their heads
	}
	if len(used) > 1 {
		list = used
	}
	best := slices.MaxFunc(list, func(a, b *Column) int {
		return int(a.Meaning.Sure*1000) - int(b.Meaning.Sure*1000)
	})
	sure := slices.DeleteFunc(slices.Clone(list), func(c *Column) bool {
		return c.Meaning.Sure < best.Meaning.Sure-0.01
	})
	if len(sure) > 1 && slices.Contains([]field.Field{field.Title, field.Author, field.Name}, f) {
		t.Usable = false
		t.Problem(t.Heading.Bottom, sure[1], true, "sheet.two_columns", judging.Args{
			"Field":   voc.Spelling(f),
			"Columns": called(sure...),
		})
		return
	}
	for _, c := range list {
		if c.Field == f {
			best = c
		}
	}
	t.Problem(t.Heading.Bottom, best, false, "sheet.two_columns_kept", judging.Args{
		"Field":   voc.Spelling(f),
		"Columns": called(list...),
		"Kept":    called(best),
	})
}

// together reports whether columns stand under one merged header and no more than one holds values.
func together(list []*Column) bool {
	used := 0
	for _, c := range list {
		if c.block == 0 || c.block != list[0].block {
			return false
		}
		if len(c.Values) > 0 {
			used++
		}
	}
	return used <= 1
}

// countsUp reports whether columns are one series: each counted or under one merged header.
func countsUp(list []*Column) bool {
	seen := map[string]bool{}
	for i, c := range list {
		together := c.block > 0 && c.block == list[0].block
		if c.Order == "" && i > 0 && !together || !together && seen[c.Order] {
			return false
		}
		seen[c.Order] = true
	}
	return true
}
