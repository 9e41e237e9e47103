package table

import (
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// copyRows puts the ticked rows, or the selected one, on the clipboard as cells for a spreadsheet, below their
// heads if asked for.
func (t *Table[T]) copyRows(heads bool) {
	rows := t.Ticked()
	if row, ok := t.Selected(); ok && len(rows) == 0 {
		rows = []T{row}
	}
	if len(rows) == 0 {
		return
	}
	var out strings.Builder
	line := make([]string, len(t.columns))
	write := func(cell func(Column[T]) string) {
		for i, c := range t.columns {
			line[i] = kit.ClipCell(cell(c))
		}
		out.WriteString(strings.Join(line, "\t") + "\r\n")
	}
	if heads {
		write(func(c Column[T]) string { return c.Title })
	}
	for _, r := range rows {
		write(func(c Column[T]) string { return c.Cell(r).Text })
	}
	fyne.CurrentApp().Clipboard().SetContent(out.String())
	if sh := t.view.kept.sh; sh != nil {
		sh.Tell(kit.Notice{Tone: look.Done, Text: sh.T("tables.copied", map[string]any{"N": len(rows)})})
	}
}

// Sheet is the list as it is shown, all rows of it.
func (t *Table[T]) Sheet() kit.Sheet { return sheetOf(t.columns, t.rows) }

// Sheet is the list as it is shown, without what is drawn.
func (t *Intervals[T]) Sheet() kit.Sheet { return sheetOf(t.columns, t.rows) }

func sheetOf[T any](columns []Column[T], rows []T) (s kit.Sheet) {
	for _, c := range columns {
		if c.Cell != nil {
			s.Heads, s.Right = append(s.Heads, c.Title), append(s.Right, c.Number)
		}
	}
	for _, r := range rows {
		row := make([]string, 0, len(s.Heads))
		for _, c := range columns {
			if c.Cell != nil {
				row = append(row, c.Cell(r).Text)
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// menuOf selects row i and opens its menu at a place of the window.
func (t *Table[T]) menuOf(i int, at fyne.Position) {
	if i >= len(t.rows) {
		return
	}
	if !t.ticked[t.key(t.rows[i])] && t.view.grid.lead == 0 {
		clear(t.ticked)
	}
	t.Focus()
	t.selectRow(i)
	var items []*fyne.MenuItem
	if t.Acts != nil {
		items = t.Acts(t.rows[i])
	}
	if sh := t.view.kept.sh; sh != nil {
		if len(items) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, fyne.NewMenuItem(sh.T("tables.copy", nil), func() { t.copyRows(false) }),
			fyne.NewMenuItem(sh.T("tables.copy_heads", nil), func() { t.copyRows(true) }),
			fyne.NewMenuItem(sh.T("tables.mark_all", nil), func() { t.TickAll(true) }))
	}
	if len(items) > 0 {
		button.ShowMenu(t, at, items...)
	}
}

// menuBelow opens the menu of the selected row below it.
func (t *Table[T]) menuBelow() {
	i := t.find(t.selected)
	if i < 0 {
		return
	}
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.view.list)
	y := float32(i+1)*look.RowHeight() - t.view.list.GetScrollOffset()
	t.menuOf(i, from.AddXY(lay.Gap24, min(max(y, 0), t.view.list.Size().Height)))
}
