package table

import (
	"fayi/judging"
	"fayi/judging/sheet/evidence"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/propose"
)

// ReadRow reads one row again whose cells a person fixed, by the columns of its sheet. given says what goes for it
// where its own cells say nothing, by field. What a cell's type or colour said when the sheet was read is not known
// any more.
func ReadRow(
	columns []mapping.Column, cells []string, given map[string]string, at judging.Place, rules judging.Rules,
) WorkRow {
	t := &table{Table: evidence.New(
		mapping.Mapping{File: at.File, Sheet: at.Sheet, FirstRow: at.Row, Columns: columns}, rules,
	)}
	t.Usable = true
	var fill propose.Choices
	for _, f := range propose.Fields {
		if v := given[f]; v != "" {
			fill = append(fill, propose.Choice{Field: f, Value: v})
		}
	}
	t.ledger = propose.Ledger{File: at.File, Sheet: at.Sheet, Choices: fill}
	line := grid.Line{Row: at.Row}
	for i, c := range columns {
		c.Index = i // of the line made here
		col := &evidence.Column{Column: c}
		col.Meaning = field.Meaning{Means: c.Field, Sure: c.Confidence, Role: field.RoleOf(c.Field)}
		col.Tick = t.TickOf(c)
		cell := grid.Cell{}
		if i < len(cells) {
			cell.Text = cells[i]
			col.Values = []string{cells[i]}
		}
		line.Cells = append(line.Cells, cell)
		t.Add(col)
	}
	row := t.work(t.newRecord(held{Line: line}))
	row.Cells = cells
	if w := &row.Work; w.Sender == "" && given[propose.Sender] != "" {
		w.Sender = given[propose.Sender]
	}
	return row
}
