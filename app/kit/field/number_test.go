package field_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
)

func TestANumberSetOrClearedByTheProgramCallsNothing(t *testing.T) {
	sh := kittest.New(t)
	f := field.NewNumber(sh, "件数", "", "件", field.Range{Low: 1, High: 50, Places: 1}, true)
	sh.Put(f)
	calls := 0
	f.OnChange = func(float64, bool) { calls++ }
	f.SetValue(12.25)
	if v, ok := f.Value(); !ok || v != 12.3 || f.Entry().Text != "12.3" {
		t.Errorf("12.25 with one place is %v %v %q", v, ok, f.Entry().Text)
	}
	f.Clear()
	if _, ok := f.Value(); ok || f.Wrong() != "" || calls != 0 {
		t.Errorf("cleared: ok %v, %q, %d calls", ok, f.Wrong(), calls)
	}
	if f.Valid() || f.Wrong() == "" {
		t.Error("a field that must be filled is taken empty")
	}
	test.Type(f.Entry(), "50")
	if v, ok := f.Value(); !ok || v != 50 || calls != 2 || f.Wrong() != "" {
		t.Errorf("the highest: %v %v, %d calls, %q", v, ok, calls, f.Wrong())
	}
	test.Type(f.Entry(), "1")
	if _, ok := f.Value(); ok || f.Wrong() == "" {
		t.Error("501 is taken")
	}
}

func TestCellsOfLinesStandUnderTheirHeadsAndTellWhatIsWrong(t *testing.T) {
	sh := kittest.New(t)
	lines := field.NewLines(field.LineColumn{Title: "奖项", Min: 6, Weight: 1}, field.LineColumn{Title: "名额", Min: 4})
	var chosen string
	one, two := field.NewCell("一等奖", "", nil), field.NewCell("一个名字很长很长的奖项", "", nil)
	options := []choice.Option{{Key: "a", Title: "甲"}, {Key: "b", Title: "乙"}}
	pick := field.NewChoiceCell(options, "a", func(key string) { chosen = key })
	first := lines.Add(one, field.NewCell("3", "", nil))
	second := lines.Add(two, pick)
	sh.Put(lines)
	if one.Position() != two.Position() || one.Size().Width != two.Size().Width {
		t.Errorf("%v %v and %v %v", one.Position(), one.Size(), two.Position(), two.Size())
	}
	second.Tell("名额不能为空")
	if first.Wrong() != "" || second.Wrong() != "名额不能为空" || !kittest.Shows(lines, "名额不能为空") {
		t.Errorf("%q %q; %q", first.Wrong(), second.Wrong(), kittest.Texts(lines))
	}
	second.Tell("")
	if second.Wrong() != "" || kittest.Shows(lines, "名额不能为空") {
		t.Error("what was wrong is still said")
	}
	box := kittest.All[*choice.Select](pick)[0]
	if box.Selected != "甲" || chosen != "" {
		t.Errorf("%q, called with %q", box.Selected, chosen)
	}
	box.SetSelected("乙")
	if chosen != "b" {
		t.Errorf("called with %q", chosen)
	}
}
