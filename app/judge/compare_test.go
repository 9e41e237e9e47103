package judge_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/comparisons"
)

// comparing is a contest of three works that share the first place, which all judges are asked about.
func comparing(t *testing.T) *office.Office {
	t.Helper()
	var works []entry
	for i := range 3 {
		works = append(works, entry{fmt.Sprintf("法治之光%d", i+1), "书法", map[string][]byte{
			fmt.Sprintf("甲某%d的书法.png", i+1): pictureOf(t, 400+10*i, 300),
		}})
	}
	o := officeOf(t, works)
	all, err := o.Assignment().Assignments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if _, err := o.Scoring().EnterScore(
			t.Context(), d.Judge, string(d.Work), judging.Ballot{Total: 90}, "", false,
		); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := o.Comparisons().Lines(t.Context())
	if err != nil || len(lines) == 0 || lines[0].Why != "tie" {
		t.Fatalf("%+v, %v", lines, err)
	}
	if _, err := o.Comparisons().Open(t.Context(), comparisons.Request{
		Why: "tie", Category: lines[0].Category, Group: lines[0].Group, Award: lines[0].Award,
	}); err != nil {
		t.Fatal(err)
	}
	return o
}

func status(t *testing.T, o *office.Office) comparisons.Status {
	t.Helper()
	s, err := o.Comparisons().Show(t.Context(), "k001")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAJudgeSaysByTheArrowsWhichOfTwoWorksIsBetter(t *testing.T) {
	o := comparing(t)
	b := sit(t, o.Scoring().Desk("j001"), judge.Comparing(o.Comparisons().Desk("j001")))
	b.shows("哪一件更好", "左边更好", "右边更好", "分不出")
	b.shot("pairs")
	b.oneFirst()
	pair, err := o.Comparisons().Desk("j001").Ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.shows(string(pair.Left.Code), string(pair.Right.Code))
	for _, shown := range kittest.Texts(b.root) {
		if strings.Contains(shown, "甲某") || strings.Contains(shown, "90") {
			t.Errorf("a judge sees %q", shown)
		}
	}
	b.press(fyne.KeyLeft)
	s := status(t, o)
	if s.Answers != 1 {
		t.Fatalf("%d answers; asked %+v", s.Answers, b.Asked)
	}
	for _, w := range s.Order {
		if (w.Wins == 1) != (w.Code == pair.Left.Code) {
			t.Errorf("%s has %v wins", w.Code, w.Wins)
		}
	}
	b.shows("第 2 次")
	b.page.(kit.Undoer).Undo()
	if s = status(t, o); s.Answers != 0 || s.Back != 1 {
		t.Errorf("%d answers, %d back", s.Answers, s.Back)
	}
	b.shows("第 1 次", string(pair.Left.Code))
	b.press(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight)
	if s = status(t, o); s.Answers != 3 {
		t.Errorf("%d answers", s.Answers)
	}
	b.shows("比较完了", "您比较了 3 次")
	b.press(fyne.KeyLeft) // nothing is asked any more
	kittest.Tap(t, b.root, "看评分清单")
	b.shows("核对并提交")
	if len(b.Errors) > 0 {
		t.Error(b.Errors)
	}
}

// A judge who has not looked at a work is asked once whether to answer all the same, and nothing is kept before.
func TestAWorkThatWasNotLookedAtIsAskedAbout(t *testing.T) {
	o := comparing(t)
	b := sit(t, o.Scoring().Desk("j001"), judge.Comparing(&blindDesk{o.Comparisons().Desk("j001")}))
	b.press(fyne.KeyLeft)
	if len(b.Asked) != 1 || status(t, o).Answers != 0 {
		t.Fatalf("asked %d, answers %d", len(b.Asked), status(t, o).Answers)
	}
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if status(t, o).Answers != 1 {
		t.Error("the answer was not kept")
	}
}

// blindDesk has no file.
type blindDesk struct{ comparisons.Desk }

// OpenFile fails.
func (*blindDesk) OpenFile(context.Context, judging.WorkCode, int, int) (judging.OpenFile, error) {
	return judging.OpenFile{}, judging.Fail(judging.Unavailable, "works.no_file", judging.Args{"Work": "", "N": 1})
}

func TestComparingFitsASmallWindow(t *testing.T) {
	o := comparing(t)
	for _, size := range []look.TextSize{look.Normal, look.Huge} {
		for _, lang := range []string{"zh-Hans", "en"} {
			b := sit(t, o.Scoring().Desk("j001"), judge.Comparing(o.Comparisons().Desk("j001")))
			b.Speak(lang)
			b.Look(look.Look{Mode: look.Light, Size: size, Short: true})
			b.Win.Resize(fyne.NewSize(1280, 680))
			b.page = judge.NewDesk(b.Shell, b.book, func() {}, judge.Comparing(o.Comparisons().Desk("j001")))
			b.root = b.Open(b.page)
			b.shot(fmt.Sprintf("pairs-%s-%v", lang, size))
			for _, f := range kittest.Misfits(b.Win) {
				t.Errorf("%s %v: %s", lang, size, f)
			}
		}
	}
}

// The keys that are listed are those of comparing, not of scoring, and Ctrl+Z with nothing to take back says so.
func TestComparingTellsItsKeysAndThatNothingIsToTakeBack(t *testing.T) {
	o := comparing(t)
	b := sit(t, o.Scoring().Desk("j001"), judge.Comparing(o.Comparisons().Desk("j001")))
	b.press(fyne.KeySlash)
	if len(b.Asked) != 1 || !strings.Contains(b.Asked[0].Text, "右边更好") || strings.Contains(b.Asked[0].Text, "打分") {
		t.Errorf("%+v", b.Asked)
	}
	b.page.(kit.Undoer).Undo()
	if len(b.Told) != 1 || !strings.Contains(b.Told[0].Text, "没有可以撤回的") || status(t, o).Back != 0 {
		t.Errorf("%+v", b.Told)
	}
}
