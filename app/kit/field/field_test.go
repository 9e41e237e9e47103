package field_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
)

func TestRangeParse(t *testing.T) {
	sh := kittest.New(t)
	r := field.Range{Low: 0, High: 40, Places: 1}
	for text, want := range map[string]struct {
		value float64
		wrong string
	}{
		"26":    {26, ""},
		"0":     {0, ""},
		"40":    {40, ""},
		"26.5":  {26.5, ""},
		"２６．５":  {26.5, ""},
		"26。5":  {26.5, ""},
		" 7 ":   {7, ""},
		"1,0":   {0, "请填数字，例如 32。"}, // ten, or one and no tenths: nobody can tell
		"1，0":   {0, "请填数字，例如 32。"},
		"41":    {0, "41 超出范围：应在 0 到 40 之间。"},
		"-1":    {0, "-1 超出范围：应在 0 到 40 之间。"},
		"26.55": {0, "最多保留 1 位小数。"},
		"二十":    {0, "请填数字，例如 32。"},
		"":      {0, "请填数字，例如 32。"},
		"1e1":   {0, "请填数字，例如 32。"},
		"NaN":   {0, "请填数字，例如 32。"},
		"0x1":   {0, "请填数字，例如 32。"},
		"Inf":   {0, "请填数字，例如 32。"},
	} {
		if value, wrong := r.Parse(sh, text); value != want.value || wrong != want.wrong {
			t.Errorf("%q: %v %q", text, value, wrong)
		}
	}
	if _, wrong := (field.Range{Low: 1, High: 9}).Parse(sh, "2.5"); wrong != "请填整数。" {
		t.Errorf("whole numbers: %q", wrong)
	}
	if v, wrong := (field.Range{Places: 2}).Parse(sh, "-1234.56"); v != -1234.56 || wrong != "" {
		t.Errorf("no bounds: %v %q", v, wrong)
	}
	for _, text := range []string{"1,234,567.5", "１，２３４，５６７．５"} {
		if v, wrong := (field.Range{Places: 1}).Parse(sh, text); v != 1234567.5 || wrong != "" {
			t.Errorf("%s: %v %q", text, v, wrong)
		}
	}
}

func TestNumberFieldTellsAtOnceWhatIsWrong(t *testing.T) {
	sh := kittest.New(t)
	f := field.NewNumber(sh, "每件几位评委", "一般 3 到 5 位。", "位", field.Range{Low: 1, High: 9}, true)
	var ok []bool
	f.OnChange = func(_ float64, good bool) { ok = append(ok, good) }
	root := sh.Put(lay.Stack(0, f))
	if f.Wrong() != "" || !kittest.Shows(root, "一般 3 到 5 位。") {
		t.Fatal("an untouched field scolds or hides its help")
	}
	test.Type(f.Entry(), "12")
	if f.Wrong() != "12 超出范围：应在 1 到 9 之间。" || !kittest.Shows(root, f.Wrong()) {
		t.Errorf("told %q, shown %q", f.Wrong(), kittest.Texts(root))
	}
	f.SetValue(3)
	if v, good := f.Value(); v != 3 || !good || f.Wrong() != "" {
		t.Errorf("value %v %v %q", v, good, f.Wrong())
	}
	if len(ok) != 2 || !ok[0] || ok[1] {
		t.Errorf("told %v: 1 is right, 12 is wrong, setting is quiet", ok)
	}
	f.Clear()
	if f.Valid() {
		t.Error("an empty required field is valid")
	}
}

func TestTextFieldKeepsItsRules(t *testing.T) {
	sh := kittest.New(t)
	f := field.NewText(sh, "名称", "", field.TextRule{Required: true, Limit: 4, Check: func(s string) string {
		if strings.Contains(s, "/") {
			return "不能有斜线。"
		}
		return ""
	}})
	for text, want := range map[string]string{
		"":      "这一项必须填写。",
		"法治文化":  "",
		"法治文化作": "太长：最多 4 个字，现在 5 个。",
		"a/b":   "不能有斜线。",
	} {
		f.SetText(text)
		if f.Wrong() != "" {
			t.Errorf("%q: setting scolds", text)
		}
		if ok := f.Valid(); ok != (want == "") || f.Wrong() != want {
			t.Errorf("%q: %v %q", text, ok, f.Wrong())
		}
	}
}

func TestTextFieldTellsChanges(t *testing.T) {
	sh := kittest.New(t)
	f := field.NewText(sh, "名称", "", field.TextRule{})
	var got string
	f.OnChange = func(s string) { got = s }
	sh.Put(lay.Stack(0, f))
	test.Type(f.Entry(), "ab")
	if got != "ab" || f.Text() != "ab" {
		t.Errorf("told %q", got)
	}
}

func TestChoiceField(t *testing.T) {
	sh := kittest.New(t)
	f := field.NewChoice(sh, "类别", "", "请选择类别", []choice.Option{{Key: "sf", Title: "书法"}, {Key: "hh", Title: "绘画"}})
	var got []string
	f.OnChange = func(key string) { got = append(got, key) }
	root := sh.Put(lay.Stack(0, f))
	if !kittest.Shows(root, "请选择类别") || f.Valid() || f.Wrong() != "请选一项。" {
		t.Errorf("nothing chosen: %q", f.Wrong())
	}
	f.Select().SetSelected("绘画")
	f.SetKey("sf")
	if f.Key() != "sf" || !f.Valid() || len(got) != 1 || got[0] != "hh" {
		t.Errorf("key %q, told %v", f.Key(), got)
	}
	f.SetKey("gone")
	if f.Key() != "" {
		t.Errorf("a key that is not there chose %q", f.Key())
	}
}

func TestFormShowsAllFaultsAndGoesToTheFirst(t *testing.T) {
	sh := kittest.New(t)
	a := field.NewText(sh, "甲", "", field.TextRule{})
	b := field.NewText(sh, "乙", "", field.TextRule{Required: true})
	c := field.NewNumber(sh, "丙", "", "", field.Range{Low: 1, High: 2}, true)
	form := field.NewForm(a, b, c)
	sh.Put(form)
	if form.Valid() || b.Wrong() == "" || c.Wrong() == "" || a.Wrong() != "" {
		t.Errorf("faults %q %q %q", a.Wrong(), b.Wrong(), c.Wrong())
	}
	if sh.Win.Canvas().Focused() != b.Entry() {
		t.Error("the cursor is not in the first wrong field")
	}
	b.SetText("x")
	c.SetValue(1)
	if !form.Valid() {
		t.Error("a right form is wrong")
	}
}

func TestFieldTellsWhatOnlyTheOfficeKnows(t *testing.T) {
	sh := kittest.New(t)
	f := field.New("编号", "四位数字", field.NewEntry())
	root := sh.Put(lay.Stack(0, f))
	f.Tell("编号 0012 已有人用。")
	if !kittest.Shows(root, "编号 0012 已有人用。") || kittest.Shows(root, "四位数字") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
	f.Tell("")
	if !kittest.Shows(root, "四位数字") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
}
