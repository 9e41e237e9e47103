package table_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/kit/table"
)

// change is what a table asked to keep.
type change struct {
	row    string
	column int
	text   string
}

// editTable is a table of three columns, of which the middle one may not be changed. The last one is chosen where
// options are given. What it asks to keep is answered with what answer returns.
func editTable(
	t *testing.T, options []choice.Option, answer func(text string) table.Kept,
) (*table.Table[fruit], *kittest.Shell, *[]change) {
	t.Helper()
	sh := kittest.New(t)
	name := func(f fruit) string { return f.name }
	all := table.New(
		name, table.TextColumn("名称", 6, 1, name), table.TextColumn("产地", 6, 1, func(fruit) string { return "安平" }),
		table.TextColumn("备注", 6, 1, func(f fruit) string { return "备" + f.name }),
	)
	var kept []change
	all.Edit(table.Editing[fruit]{
		Value: func(f fruit, column int) (string, bool) {
			return []string{f.name, "安平", "备"}[column], column != 1
		},
		Choices: func(_ fruit, column int) []choice.Option {
			if column == 2 {
				return options
			}
			return nil
		},
		Keep: func(f fruit, column int, text string, done func(table.Kept)) {
			kept = append(kept, change{f.name, column, text})
			done(answer(text))
		},
	})
	all.SetRows([]fruit{{"梨", 1}, {"杏", 2}, {"桃", 3}})
	sh.Put(all)
	all.Select("梨")
	all.Focus()
	return all, sh, &kept
}

func taken(string) table.Kept { return table.Kept{} }

func TestACellIsKeptWithEnterWhichGoesDown(t *testing.T) {
	all, sh, kept := editTable(t, nil, taken)
	kittest.Press(sh.Win, fyne.KeyF2)
	test.Type(sh.Win.Canvas().Focused(), "子")
	kittest.Press(sh.Win, fyne.KeyReturn)
	if want := []change{{"梨", 0, "梨子"}}; !slices.Equal(*kept, want) {
		t.Errorf("kept %v, want %v", *kept, want)
	}
	if row, _ := all.Selected(); row.name != "杏" || kittest.Top(sh.Win) != nil {
		t.Errorf("on %v, open: %v", row, kittest.Top(sh.Win))
	}
}

func TestACellGivenUpOrUnchangedIsNotKept(t *testing.T) {
	all, sh, kept := editTable(t, nil, taken)
	all.EditCell()
	test.Type(sh.Win.Canvas().Focused(), "子")
	kittest.Press(sh.Win, fyne.KeyEscape)
	all.EditCell()
	kittest.Press(sh.Win, fyne.KeyReturn)
	if len(*kept) != 0 || kittest.Top(sh.Win) != nil {
		t.Errorf("kept %v, open: %v", *kept, kittest.Top(sh.Win))
	}
	if row, _ := all.Selected(); row.name != "杏" {
		t.Errorf("Enter over an unchanged cell went to %v", row)
	}
}

func TestTabGoesToTheNextCellThatMayBeChanged(t *testing.T) {
	all, sh, kept := editTable(t, nil, taken)
	all.EditCell()
	test.Type(sh.Win.Canvas().Focused(), "子")
	kittest.Press(sh.Win, fyne.KeyTab)
	test.Type(sh.Win.Canvas().Focused(), "注")
	kittest.Press(sh.Win, fyne.KeyTab)
	if want := []change{{"梨", 0, "梨子"}, {"梨", 2, "备注"}}; !slices.Equal(*kept, want) {
		t.Errorf("kept %v, want %v", *kept, want)
	}
	if row, _ := all.Selected(); row.name != "梨" || kittest.Top(sh.Win) != nil {
		t.Errorf("Tab in the last cell: on %v, open: %v", row, kittest.Top(sh.Win))
	}
}

func TestAWrongCellStaysOpenAndSaysSo(t *testing.T) {
	all, sh, kept := editTable(t, nil, func(text string) table.Kept {
		if text == "梨子" {
			return table.Kept{Wrong: "已有此名"}
		}
		return table.Kept{}
	})
	all.EditCell()
	test.Type(sh.Win.Canvas().Focused(), "子")
	kittest.Press(sh.Win, fyne.KeyReturn)
	top := kittest.Top(sh.Win)
	if top == nil || !kittest.Shows(top, "已有此名") {
		t.Fatalf("nothing says what is wrong: %v", top)
	}
	test.Type(sh.Win.Canvas().Focused(), "一")
	kittest.Press(sh.Win, fyne.KeyReturn)
	if want := []change{{"梨", 0, "梨子"}, {"梨", 0, "梨子一"}}; !slices.Equal(*kept, want) {
		t.Errorf("kept %v, want %v", *kept, want)
	}
	if kittest.Top(sh.Win) != nil {
		t.Error("the cell stays open")
	}
}

func TestACellThatADialogAsksAboutStaysOnItsRow(t *testing.T) {
	all, sh, _ := editTable(t, nil, func(string) table.Kept { return table.Kept{Asks: true} })
	all.EditCell()
	test.Type(sh.Win.Canvas().Focused(), "子")
	kittest.Press(sh.Win, fyne.KeyReturn)
	if row, _ := all.Selected(); row.name != "梨" || kittest.Top(sh.Win) != nil {
		t.Errorf("on %v, open: %v", row, kittest.Top(sh.Win))
	}
}

func TestACellThatMayNotBeChangedDoesNotOpen(t *testing.T) {
	all, sh, _ := editTable(t, nil, taken)
	kittest.Press(sh.Win, fyne.KeyRight)
	if all.EditCell() || kittest.Top(sh.Win) != nil {
		t.Error("a locked cell opens")
	}
	kittest.Press(sh.Win, fyne.KeyRight)
	kittest.Press(sh.Win, fyne.KeyRight) // there is none further
	if !all.EditCell() || kittest.Top(sh.Win) == nil {
		t.Error("the last cell does not open")
	}
}

func TestACellWithChoicesOffersThemAndKeepsTheOneTaken(t *testing.T) {
	options := []choice.Option{{Key: "备", Title: "备用"}, {Key: "正", Title: "正式"}}
	all, sh, kept := editTable(t, options, taken)
	kittest.Press(sh.Win, fyne.KeyRight)
	kittest.Press(sh.Win, fyne.KeyRight)
	all.EditCell()
	kittest.TapText(t, kittest.Top(sh.Win), "备用")
	if len(*kept) != 0 {
		t.Errorf("what stands there already was kept: %v", *kept)
	}
	all.EditCell()
	kittest.TapText(t, kittest.Top(sh.Win), "正式")
	if want := []change{{"梨", 2, "正"}}; !slices.Equal(*kept, want) {
		t.Errorf("kept %v, want %v", *kept, want)
	}
}
