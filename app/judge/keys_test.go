package judge_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

// digits types each digit where the cursor is then, and counts the keys.
func (b *bench) digits(text string) int {
	b.t.Helper()
	for _, r := range text {
		b.typing(string(r))
	}
	return len(text)
}

func TestAWorkOfFourCriteriaTakesNineKeys(t *testing.T) {
	b := atWork(t, essayDesk(t, "甲文", "乙文"))
	r := b.duties().Rubrics["征文"]
	if len(r.Criteria) != 4 {
		t.Fatalf("the rubric has %d criteria", len(r.Criteria))
	}
	keys := b.digits("28271918")
	b.press(fyne.KeyReturn)
	keys++
	b.shows("第 2 件", "1/2")
	if got := b.ballot(0); got.State != judging.Scored || got.Total != 92 || got.Marks[r.Criteria[3].Name] != 18 {
		t.Errorf("kept %+v", got)
	}
	if keys > 9 {
		t.Errorf("%d keys", keys)
	}
}

func TestEnterAndTabStillGoOnAfterAWholeMark(t *testing.T) {
	b := atWork(t, essayDesk(t, "甲文"))
	b.digits("28")
	b.press(fyne.KeyReturn)
	b.digits("7")
	b.press(fyne.KeyReturn)
	b.digits("1918")
	if got := b.texts(); !slices.Equal(got[:4], []string{"28", "7", "19", "18"}) {
		t.Errorf("marks %q", got)
	}
}

func TestASlipOfADigitIsNeverSplitOverTwoMarks(t *testing.T) {
	for _, c := range []struct{ typed, first, said string }{
		{"100", "100", "100 超出范围"}, {"101", "101", "101 超出范围"}, {"1,8", "1,8", "请填数字"}, {"285", "285", "285 超出范围"},
	} {
		b := atWork(t, essayDesk(t, "甲文"))
		b.digits(c.typed)
		b.press(fyne.KeyReturn)
		if got := b.texts(); got[0] != c.first || got[1] != "" {
			t.Errorf("%s ⏎: marks %q", c.typed, got)
		}
		if !kittest.Shows(b.root, c.said) {
			t.Errorf("%s: not told; shown %q", c.typed, kittest.Texts(b.root))
		}
		if got := b.ballot(0); len(got.Marks) > 0 {
			t.Errorf("%s: kept %+v", c.typed, got)
		}
		if b.Win.Canvas().Focused() != b.fields()[0].Entry() {
			t.Errorf("%s: the cursor is not in the field to be changed", c.typed)
		}
	}
}

func TestAMarkBegunByADigitTooManyCountsOnlyWhenItIsWhole(t *testing.T) {
	b := atWork(t, essayDesk(t, "甲文"))
	b.digits("282")
	if got := b.ballot(0); got.Total != 28 {
		t.Errorf("kept %+v", got)
	}
	b.digits("7")
	if got := b.ballot(0); got.Total != 55 {
		t.Errorf("kept %+v", got)
	}
	b.Win.Canvas().Unfocus()
	if got := b.texts(); got[0] != "28" || got[1] != "27" {
		t.Errorf("marks %q", got)
	}
}

func TestByMouseAloneBandsAndStepsGiveMarks(t *testing.T) {
	b := atWork(t, essayDesk(t, "甲文"))
	first := b.fields()[0]
	kittest.TapText(t, first, "良好")
	v, ok := first.Value()
	if !ok || b.duties().Rubrics["征文"].CriterionLabel(0, v) != "良好" {
		t.Fatalf("the band gave %v", v)
	}
	kittest.TapText(t, first, "+")
	kittest.TapText(t, first, "+")
	kittest.TapText(t, first, "−")
	if got, _ := first.Value(); got != v+1 {
		t.Errorf("%v and twice more, once less gave %v", v, got)
	}
	if got := b.ballot(0); got.Total != v+1 {
		t.Errorf("kept %+v", got)
	}
}

func TestUndoSaysWhatItTookBackAndCanBeDoneAgain(t *testing.T) {
	b := atWork(t, asking{essayDesk(t, "甲文", "乙文")})
	b.digits("28")
	kittest.Tap(t, b.root, "高")
	page := b.page.(kit.Undoer)
	page.Undo()
	if n := b.Told[len(b.Told)-1]; n.Text != "已撤销：把握" {
		t.Errorf("told %+v", n)
	}
	if got := b.ballot(0); got.Confidence != 0 || got.Total != 28 {
		t.Errorf("kept %+v", got)
	}
	page.Undo()
	n := b.Told[len(b.Told)-1]
	if n.Text != "已撤销：主题思想 28 → 没有填" || b.ballot(0).Total != 0 {
		t.Errorf("told %+v, kept %+v", n, b.ballot(0))
	}
	n.Do()
	page.Redo()
	if got := b.ballot(0); got.Total != 28 || got.Confidence != 3 {
		t.Errorf("done again: %+v", got)
	}
	kittest.Tap(t, b.root, "弃权…")
	if err := b.reason("打不开\t\n"); err != nil {
		t.Fatal(err)
	}
	page.Undo()
	n = b.Told[len(b.Told)-1]
	if n.Do == nil || !strings.Contains(n.Action, "回到") {
		t.Fatalf("told %+v", n)
	}
	n.Do()
	if got := b.ballot(0); got.State != judging.Abstained || got.Reason != "打不开" {
		t.Errorf("kept %+v", got)
	}
	page.Undo()
	if got := b.ballot(0); got.State != judging.Started || got.Total != 28 {
		t.Errorf("the abstention taken back: %+v", got)
	}
}

func (b *bench) texts() (out []string) {
	for _, f := range b.fields() {
		out = append(out, f.Entry().Text)
	}
	return out
}

func TestADigitTooManyIsToldWhereTheNextMarkIsThereAlready(t *testing.T) {
	b := atWork(t, essayDesk(t, "甲文"))
	b.digits("2827")
	b.Focus(b.fields()[0].Entry())
	b.press(fyne.KeyEnd)
	b.typing("5")
	b.shows("285 超出范围")
	if got := b.texts(); got[1] != "27" {
		t.Errorf("marks %q", got)
	}
}

func TestUndoTakesBackMarksStepByStep(t *testing.T) {
	b := atWork(t, essayDesk(t, "甲文"))
	b.digits("2827")
	undo := func() { b.fields()[0].Entry().TypedShortcut(&fyne.ShortcutUndo{}) }
	undo()
	if got := b.texts(); got[0] != "28" || got[1] != "" {
		t.Errorf("after one step %q", got)
	}
	undo()
	if got := b.texts(); got[0] != "" || b.ballot(0).State != judging.Open {
		t.Errorf("after two steps %q, kept %+v", got, b.ballot(0))
	}
	undo()
	if n := len(b.Told); n == 0 || b.Told[n-1].Text != "这件作品没有可以撤销的改动。" {
		t.Errorf("told %v", b.Told)
	}
}

func TestHistoryListsOwnChangesLatestFirst(t *testing.T) {
	b := atWork(t, essayDesk(t, "甲文"))
	b.digits("28271918")
	b.fields()[0].SetValue(20)
	b.fields()[0].OnChange(20, true)
	kittest.Tap(t, b.root, "更多 ▾")
	kittest.TapText(t, kittest.Top(b.Win), "我的修改记录")
	said := kittest.Texts(b.Asked[len(b.Asked)-1].Content)
	first := slices.Index(said, "已评 84　主题思想 20、内容结构 27、语言文字 19、创新性 18")
	last := slices.Index(said, "已评 92　主题思想 28、内容结构 27、语言文字 19、创新性 18")
	if first < 0 || last < first {
		t.Errorf("listed %q", said)
	}
}

func TestAFlagReachesTheOrganiserAndLeavesTheMarksAlone(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	b.digits("7")
	kittest.Tap(t, b.root, "举手…")
	form := b.Asked[len(b.Asked)-1].Content
	for _, tick := range kittest.All[*choice.Check](form) {
		tick.SetChecked(tick.Text == "疑似抄袭" || tick.Text == "偏题")
	}
	kittest.All[*field.Text](form)[0].SetText("与去年某件相似")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	b.shows("您已举手：偏题、疑似抄袭、与去年某件相似")
	if got := b.ballot(0); !slices.Equal(got.Flags, []judging.Flag{judging.OffTopic, judging.Copied}) ||
		got.FlagNote == "" ||
		got.Total != 7 {
		t.Errorf("kept %+v", got)
	}
	if d := b.duties(); len(d.Works[0].Flags) != 2 {
		t.Errorf("the list has %v", d.Works[0].Flags)
	}
}

// What is said without a tick would reach nobody: it is refused. No tick takes flags back.
func TestAFlagOfNothingIsRefused(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	for _, said := range []string{"", "与去年某件相似"} {
		kittest.Tap(t, b.root, "举手…")
		form := b.Asked[len(b.Asked)-1].Content
		kittest.All[*field.Text](form)[0].SetText(said)
		err, want := b.Answer(t), "请在上面至少勾选一项，组织者才看得到。"
		if err != kit.ErrShown || !slices.Contains(kittest.Texts(form), want) {
			t.Errorf("%q: %v %q", said, err, kittest.Texts(form))
		}
	}
	for _, on := range []bool{true, false} {
		kittest.Tap(t, b.root, "举手…")
		form := b.Asked[len(b.Asked)-1].Content
		kittest.All[*choice.Check](form)[0].SetChecked(on)
		if err := b.Answer(t); err != nil {
			t.Fatal(err)
		}
		if got := b.ballot(0); (len(got.Flags) == 1) != on {
			t.Errorf("ticked %v: %v", on, got.Flags)
		}
	}
}

func TestPhrasesAreJoinedToTheComment(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	for _, p := range []string{"主题鲜明", "构思新颖"} {
		kittest.Tap(t, b.root, "常用语 ▾")
		kittest.TapText(t, kittest.Top(b.Win), p)
	}
	if got := b.ballot(0).Comment; got != "主题鲜明；构思新颖" {
		t.Errorf("comment %q", got)
	}
}
