package table

import (
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
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
	t := &table{evTable: newEvTable(
		mapping.Mapping{File: at.File, Sheet: at.Sheet, FirstRow: at.Row, Columns: columns}, rules,
	)}
	t.usable = true
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
		col := &column{Column: c}
		col.Meaning = field.Meaning{Means: c.Field, Sure: c.Confidence, Role: field.RoleOf(c.Field)}
		col.tick = t.tickOf(c)
		cell := grid.Cell{}
		if i < len(cells) {
			cell.Text = cells[i]
			col.values = []string{cells[i]}
		}
		line.Cells = append(line.Cells, cell)
		t.addColumn(col)
	}
	row := t.work(t.newRecord(held{Line: line}))
	row.Cells = cells
	if w := &row.Work; w.Sender == "" && given[propose.Sender] != "" {
		w.Sender = given[propose.Sender]
	}
	return row
}

// tickOf returns the category or group that a tick in a column means, "" where its cells say it themselves.
func (t *evTable) tickOf(c mapping.Column) string {
	own := c.Header // 作品类别/书法, 类别：书法
	if i := strings.LastIndexAny(own, "/:："); i >= 0 {
		own = strings.TrimLeft(own[i:], "/:：")
	}
	if own == c.Header {
		return ""
	}
	name := ""
	switch c.Field {
	case field.Category:
		name, _ = celltext.MatchCategory(t.rules, own)
	case field.Group:
		name, _ = celltext.MatchGroup(t.rules, own)
	}
	return name
}
