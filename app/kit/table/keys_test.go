package table_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/kit/kittest"
	"fayi/app/kit/table"
)

// plainTable is a table without ticks.
func plainTable(t *testing.T, rows ...fruit) (*table.Table[fruit], *kittest.Shell) {
	sh := kittest.New(t)
	return plainTableIn(sh, rows...), sh
}

func plainTableIn(sh *kittest.Shell, rows ...fruit) *table.Table[fruit] {
	table := table.New(
		func(f fruit) string { return f.name },
		table.TextColumn("名称", 6, 1, func(f fruit) string { return f.name }),
		table.TextColumn(
			"备注",
			6,
			1,
			func(f fruit) string { return strings.Repeat("=", f.count) + f.name },
		),
	).Keep(sh, "fruit")
	table.SetRows(rows)
	sh.Put(table)
	return table
}

// press taps the row that shows name with keys held.
func press(t *testing.T, table fyne.CanvasObject, name string, held fyne.KeyModifier) {
	t.Helper()
	done := false
	kittest.Walk(table, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if m, ok := o.(desktop.Mouseable); ok && !done && slices.Contains(kittest.Texts(o), name) {
			m.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: held})
			o.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(60, 5)})
			done = true
		}
		return true
	})
	if !done {
		t.Fatalf("no row %s", name)
	}
}

func TestTableTakesSeveralRowsWithShiftAndCtrl(t *testing.T) {
	table, sh := plainTable(t, fruit{"梨", 0}, fruit{"杏", 0}, fruit{"桃", 0}, fruit{"李", 0}, fruit{"枣", 0})
	ctrl, shift := fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	for _, step := range []struct {
		row  string
		held fyne.KeyModifier
		want []string
	}{
		{"杏", 0, nil},
		{"李", shift, []string{"杏", "桃", "李"}},
		{"梨", shift, []string{"梨", "杏"}}, // from the same row as before
		{"枣", ctrl, []string{"梨", "杏", "枣"}},
		{"梨", ctrl, []string{"杏", "枣"}},
		{"桃", 0, nil},
		{"李", ctrl, []string{"桃", "李"}}, // the row selected before is one of them
	} {
		press(t, table, step.row, step.held)
		if got := names(table.Ticked()); !slices.Equal(got, step.want) {
			t.Errorf("after %s: %v, want %v", step.row, got, step.want)
		}
	}
	sh.Win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	if n := len(table.Ticked()); n != 5 {
		t.Errorf("Ctrl+A took %d", n)
	}
}

func TestTableCopiesCellsThatNoSpreadsheetRuns(t *testing.T) {
	table, sh := plainTable(t, fruit{"梨\"甲\"", 0}, fruit{"-3.5", 0}, fruit{"@杏\t乙", 1})
	table.Focus()
	table.TickAll(true)
	sh.Win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	want := "\"梨\"\"甲\"\"\"\t\"梨\"\"甲\"\"\"\r\n-3.5\t-3.5\r\n\"'@杏\t乙\"\t\"'=@杏\t乙\"\r\n"
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	if len(sh.Told) != 1 || !strings.Contains(sh.Told[0].Text, "3") {
		t.Errorf("told %v", sh.Told)
	}
}

func TestTableMenuKeyOffersActsAndCopying(t *testing.T) {
	table, sh := plainTable(t, fruits...)
	table.Acts = func(f fruit) []*fyne.MenuItem { return []*fyne.MenuItem{fyne.NewMenuItem("吃"+f.name, func() {})} }
	table.Select("苹果")
	table.Focus()
	kittest.Press(sh.Win, desktop.KeyMenu)
	top := kittest.Top(sh.Win)
	if top == nil || !kittest.Shows(top, "吃苹果") {
		t.Fatal("no menu with the act")
	}
	kittest.TapText(t, top, "连同表头复制")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "名称\t备注\r\n苹果\t'==========苹果\r\n" {
		t.Errorf("copied %q", got)
	}
}

func TestTableFindsARowByLettersAndInitials(t *testing.T) {
	for typed, want := range map[string]string{
		"fzz":  "《法治中国》",
		"宪":    "宪法",
		"sf-0": "SF-0012",
		"F":    "《法治中国》",
		"yyy":  "法治河池",
	} {
		table, sh := plainTable(t, fruit{"法治河池", 0}, fruit{"《法治中国》", 0}, fruit{"宪法", 0}, fruit{"SF-0012", 0})
		table.Select("法治河池")
		table.Focus()
		for _, r := range typed {
			sh.Win.Canvas().Focused().TypedRune(r)
		}
		if got, _ := table.Selected(); got.name != want {
			t.Errorf("%s found %q, want %q", typed, got.name, want)
		}
	}
}

// heads returns the place of each column's words.
func heads(table fyne.CanvasObject, titles ...string) []float32 {
	var out []float32
	kittest.Walk(table, func(o fyne.CanvasObject, at fyne.Position) bool {
		if c, ok := o.(*canvas.Text); ok && slices.Contains(titles, c.Text) {
			out = append(out, at.X)
		}
		return true
	})
	return out
}

func TestTableKeepsWidthsThatWereDragged(t *testing.T) {
	table, sh := plainTable(t, fruits...)
	before := heads(table, "名称", "备注")
	var head fyne.Draggable
	kittest.Walk(table, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if d, ok := o.(fyne.Draggable); ok && slices.Contains(kittest.Texts(o), "名称") { // the innermost
			head = d
		}
		return true
	})
	edge := before[1] - 8 // a cell keeps a gap of 8
	drag := func(from, to float32) {
		head.Dragged(&fyne.DragEvent{
			PointEvent: fyne.PointEvent{Position: fyne.NewPos(to, 5)},
			Dragged:    fyne.NewDelta(to-from, 0),
		})
		head.DragEnd()
	}
	drag(200, 300) // in the middle of a column nothing happens
	if got := heads(table, "名称", "备注"); !slices.Equal(got, before) {
		t.Fatalf("moved from %v to %v", before, got)
	}
	drag(edge, edge-100)
	after := heads(table, "名称", "备注")
	if d := before[1] - after[1]; d < 99 || d > 101 {
		t.Errorf("moved by %.1f", d)
	}
	again := plainTableIn(sh, fruits...)
	if got := heads(again, "名称", "备注"); got[1] < after[1]-1 || got[1] > after[1]+1 {
		t.Errorf("kept %v, want %v", got, after)
	}
}
