package table

import (
	"strconv"
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
			line[i] = clipCell(cell(c))
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

// clipCell is text as one cell of tab-separated lines. Text that a spreadsheet would run as a formula begins with
// an apostrophe; numbers stay numbers.
func clipCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			text = "'" + text
		}
	}
	if strings.ContainsAny(text, "\t\r\n\"") {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
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
