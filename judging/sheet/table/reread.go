package table

import (
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/read"
)

// ReadRow reads one row again whose cells a person mended, by the columns of its sheet. given says what goes for it
// where its own cells say nothing, by field. What a cell's type or colour said when the sheet was read is not known
// any more.
func ReadRow(columns []Column, cells []string, given map[string]string, at judging.Place, rules judging.Rules) WorkRow {
	t := &table{
		Mapping: Mapping{File: at.File, Sheet: at.Sheet, FirstRow: at.Row, Columns: columns},
		rules:   rules,
		usable:  true,
		memo:    map[Field]map[string]string{},
	}
	t.categories, t.groups = categoryWords(rules), groupWords(rules)
	var fill propose.Choices
	for _, f := range propose.Fields {
		if v := given[f]; v != "" {
			fill = append(fill, propose.Choice{Field: f, Value: v})
		}
	}
	t.ledger = propose.Ledger{File: at.File, Sheet: at.Sheet, Choices: fill}
	line := read.Line{Row: at.Row}
	for i, c := range columns {
		c.Index = i // of the line made here
		col := &column{Column: c, meaning: meaning{field: c.Field, confidence: c.Confidence, role: roleOf(c.Field)}}
		col.tick = t.tickOf(c)
		cell := read.Cell{}
		if i < len(cells) {
			cell.Text = cells[i]
			col.values = []string{cells[i]}
		}
		line.Cells = append(line.Cells, cell)
		t.cols = append(t.cols, col)
	}
	row := t.work(t.newRecord(held{Line: line}))
	row.Cells = cells
	if w := &row.Work; w.Sender == "" && given[propose.Sender] != "" {
		w.Sender = given[propose.Sender]
	}
	return row
}

// tickOf returns the category or group that a tick in a column means, "" where its cells say it themselves.
func (t *table) tickOf(c Column) string {
	own := c.Header[strings.LastIndex(c.Header, "/")+1:]
	if own == c.Header {
		return ""
	}
	name := ""
	switch c.Field {
	case FieldCategory:
		name, _ = matchCategory(t.rules, own)
	case FieldGroup:
		name, _ = matchGroup(t.rules, own)
	}
	return name
}
