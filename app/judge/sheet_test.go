package judge_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/mark"
	"fayi/judging"
)

// atWork is a desk with the first work of its list open.
func atWork(t *testing.T, book judging.Ballots) *bench {
	t.Helper()
	b := sit(t, book)
	kittest.Tap(t, b.root, "去评分")
	return b
}

func (b *bench) fields() []*mark.Field { return kittest.All[*mark.Field](b.root) }

// comment is the field of several lines.
func (b *bench) comment() fyne.Focusable {
	b.t.Helper()
	var hit fyne.Focusable
	kittest.Walk(b.root, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if f, ok := o.(fyne.Focusable); ok && strings.HasSuffix(fmt.Sprintf("%T", o), ".comment") {
			hit = f
		}
		return true
	})
	if hit == nil {
		b.t.Fatal("no comment field")
	}
	return hit
}

// reason fills the form of the last question and answers it.
func (b *bench) reason(text string) error {
	b.t.Helper()
	q := b.Asked[len(b.Asked)-1]
	q.Content.(*field.Text).SetText(text)
	return b.Answer(b.t)
}

func TestAMarkOutOfRangeIsToldAtOnceAndNotSaved(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	b.typing("99")
	b.shows("超出范围", "还没保存")
	b.press(fyne.KeyReturn)
	if b.Win.Canvas().Focused() != b.fields()[0].Entry() {
		t.Error("the cursor went on")
	}
	b.typing("5")
	if got := b.ballot(0); got.State != judging.Open || len(got.Marks) > 0 {
		t.Errorf("kept %+v", got)
	}
}

func TestOneWrongFieldKeepsNoOtherFromBeingSavedAndNobodyFromLeaving(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	b.typing("15")
	b.press(fyne.KeyReturn)
	b.typing("ab")
	b.shows("还没保存")
	if got := b.ballot(0); got.State != judging.Started || got.Total != 15 {
		t.Errorf("beside a wrong field kept %+v", got)
	}
	b.press(fyne.KeyEscape)
	b.shows("去评分")
	n := b.Told[len(b.Told)-1]
	if !strings.Contains(n.Text, "“ab”") || n.Do == nil {
		t.Fatalf("told %+v", n)
	}
	n.Do()
	b.shows("第 1 件", "还没保存")
	if got := b.texts(); got[0] != "15" || got[1] != "ab" {
		t.Errorf("back at the work the fields read %q", got)
	}
	kittest.Tap(t, b.root, "交还电脑")
	if b.left != 1 {
		t.Error("a wrong field keeps the judge here")
	}
}

func TestAnIncompleteBallotIsNotTakenForDone(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	b.typing("5")
	kittest.Tap(t, b.root, "保存并下一件 ↵")
	b.shows("第 1 件", "还有评分项没有打分", fmt.Sprintf("0/%d", len(b.duties().Works)))
	if b.Win.Canvas().Focused() != b.fields()[1].Entry() {
		t.Error("the cursor is not in the first empty mark")
	}
	if got := b.ballot(0); got.State != judging.Started || got.Total != 5 {
		t.Errorf("kept %+v", got)
	}
}

func TestASkippedWorkComesAgainAfterTheOpenOnes(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	d := b.duties()
	kittest.Tap(t, b.root, "跳过")
	b.shows("第 2 件", "跳过 1")
	for _, w := range d.Works[1:] {
		b.marks(d.Rubrics[w.Category])
	}
	b.shows("第 1 件", "您跳过了这件作品")
	b.marks(d.Rubrics[d.Works[0].Category])
	b.shows("核对并提交")
	if got := b.ballot(0); got.State != judging.Scored {
		t.Errorf("kept %+v", got)
	}
}

func TestRecusalAndAbstentionNeedAReasonAndCanBeTakenBack(t *testing.T) {
	for act, state := range map[string]judging.BallotState{"回避…": judging.Recused, "弃权…": judging.Abstained} {
		b := atWork(t, deskOf(t, 4))
		b.typing("5")
		kittest.Tap(t, b.root, act)
		if err := b.reason("  "); err != kit.ErrShown || b.ballot(0).State == state {
			t.Errorf("%s without a reason: %v", state, err)
		}
		if err := b.reason("师生关系"); err != nil {
			t.Fatal(err)
		}
		b.shows("第 2 件")
		if got := b.ballot(0); got.State != state || got.Reason != "师生关系" || len(got.Marks) > 0 || got.Total != 0 {
			t.Errorf("kept %+v", got)
		}
		kittest.Tap(t, b.root, "上一件")
		b.shows("师生关系")
		if !b.fields()[0].Entry().Disabled() {
			t.Error("a work put aside can be marked")
		}
		kittest.Tap(t, b.root, "改为评分")
		b.typing("7")
		if got := b.ballot(0); got.State != judging.Started || got.Reason != "" || got.Total != 7 {
			t.Errorf("taken back, kept %+v", got)
		}
	}
}

func TestATotalMayBeTypedUntilThereAreMarks(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	fields := b.fields()
	total := fields[len(fields)-1]
	b.Focus(total.Entry())
	b.typing("88")
	if total.Entry().Text != "88" || kittest.Shows(b.root, "合计") {
		t.Errorf("the total is %q, shown %q", total.Entry().Text, kittest.Texts(b.root))
	}
	if got := b.ballot(0); got.State != judging.Scored || got.Total != 88 || len(got.Marks) > 0 {
		t.Errorf("kept %+v", got)
	}
	b.Focus(fields[0].Entry())
	b.typing("9")
	if got := b.ballot(0); got.State != judging.Started || got.Total != 9 || !total.Entry().Disabled() {
		t.Errorf("kept %+v", got)
	}
}

// asking is a desk whose rules want to know how sure a judge is.
type asking struct{ judging.Ballots }

func (a asking) Duties(ctx context.Context) (judging.Duties, error) {
	d, err := a.Ballots.Duties(ctx)
	d.AskConfidence = true
	return d, err
}

func TestCertaintyAndCommentAreKeptWithTheMarks(t *testing.T) {
	b := atWork(t, asking{deskOf(t, 4)})
	b.typing("5")
	kittest.Tap(t, b.root, "高")
	b.Focus(b.comment())
	test.Type(b.comment(), "气韵生动")
	b.press(fyne.KeyReturn)
	test.Type(b.comment(), "可再推敲")
	if got := b.ballot(0); got.Confidence != 3 || got.Comment != "气韵生动\n可再推敲" {
		t.Errorf("kept %+v", got)
	}
	kittest.Tap(t, b.root, "下一件")
	kittest.Tap(t, b.root, "上一件")
	if e := b.comment().(interface{ SelectedText() string }); e.SelectedText() != "" || b.ballot(0).Confidence != 3 {
		t.Error("coming back changed the ballot")
	}
	kittest.Tap(t, b.root, "低")
	if got := b.ballot(0); got.Confidence != 1 || got.Comment != "气韵生动\n可再推敲" || got.Total != 5 {
		t.Errorf("kept %+v", got)
	}
}

func TestACommentTooLongIsToldAndNotSaved(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	b.typing("5")
	b.Focus(b.comment())
	b.comment().(interface{ SetText(string) }).SetText(strings.Repeat("好", 2001))
	b.shows("太长", "还没保存")
	b.press(fyne.KeyEscape)
	if n := b.Told[len(b.Told)-1]; !strings.Contains(n.Text, "评语太长") {
		t.Errorf("told %+v", n)
	}
	if got := b.ballot(0); got.Comment != "" || got.Total != 5 {
		t.Errorf("kept %d characters", len([]rune(got.Comment)))
	}
}

func TestBlankAndQuestionMarkInAMarkDoNotSpoilIt(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	b.typing("1 ")
	b.typing("?2")
	if got := b.fields()[0].Entry().Text; got != "12" {
		t.Errorf("the mark reads %q", got)
	}
	if len(b.Asked) != 1 || !strings.Contains(b.Asked[0].Text, "空格") {
		t.Errorf("asked %v", b.Asked)
	}
}

func TestKeysTurnOverWorksWhenNoFieldHasTheCursor(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	n := len(b.duties().Works)
	for i, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyLeft, fyne.KeyUp,
		fyne.KeyPageUp, fyne.KeyPageUp} {
		b.Win.Canvas().Unfocus()
		b.press(k)
		b.shows(fmt.Sprintf("第 %d 件 / 共 %d 件", []int{2, 3, 4, 3, 2, 1, 1}[i], n))
	}
	b.press(fyne.KeyEscape)
	b.shows("去评分")
}

func TestADeskBuiltAnewKeepsItsPlaceAndWhatCouldNotBeSaved(t *testing.T) {
	book := &full{deskOf(t, 4), nil}
	b := atWork(t, book)
	b.typing("7")
	b.press(fyne.KeyReturn)
	book.err = errDisk
	b.typing("99")
	b.again()
	b.shows("第 1 件", "超出范围", "还没保存")
	if got := b.fields()[1].Entry().Text; got != "99" {
		t.Errorf("the wrong mark reads %q", got)
	}
	b.Focus(b.fields()[1].Entry())
	b.press(fyne.KeyEnd, fyne.KeyBackspace)
	b.shows("没有保存")
	book.err = nil
	b.again()
	b.shows("已保存")
	if got := b.ballot(0); got.Total != 16 {
		t.Errorf("kept %+v", got)
	}
}

func TestTheComputerIsHandedBackOnlyWhenAllIsSaved(t *testing.T) {
	book := &full{deskOf(t, 4), errDisk}
	b := atWork(t, book)
	b.typing("7")
	kittest.Tap(t, b.root, "交还电脑")
	if b.left != 0 {
		t.Fatal("left with a mark not saved")
	}
	book.err = nil
	kittest.Tap(t, b.root, "交还电脑")
	if b.left != 1 || b.ballot(0).Total != 7 {
		t.Errorf("left %d times, kept %+v", b.left, b.ballot(0))
	}
}

// TestClosingOverAListThatIsScoredAndNotSubmittedAsksOnce holds the window open as the button to leave does.
func TestClosingOverAListThatIsScoredAndNotSubmittedAsksOnce(t *testing.T) {
	desk := deskOf(t, 4)
	d, err := desk.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range d.Works {
		if asks := sit(t, desk).page.(kit.Closer).AskClose(); asks {
			t.Fatalf("it asks with %d of %d scored", i, len(d.Works))
		}
		if _, err := desk.Save(t.Context(), judging.Ballot{Code: w.Code, Total: 80}); err != nil {
			t.Fatal(err)
		}
	}
	b := sit(t, desk)
	page := b.page.(kit.Closer)
	if !page.AskClose() {
		t.Fatal("the window closes over a list that was not submitted")
	}
	if got := b.Asked[len(b.Asked)-1]; !strings.Contains(got.Title, "还没有提交") || !strings.Contains(got.Text, "4 件都已评完") {
		t.Errorf("asked %q: %q", got.Title, got.Text)
	}
	if page.AskClose() {
		t.Error("it asks a second time")
	}
	if err := desk.Submit(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if sit(t, desk).page.(kit.Closer).AskClose() {
		t.Error("it asks after the list was submitted")
	}
}

func TestASubmittedListCanBeReadAndNotChanged(t *testing.T) {
	o := newOffice(t, 4)
	desk, d := handedIn(t, o)
	b := sit(t, asking{desk})
	b.shows("评分已提交，不能再改")
	if kittest.Shows(b.root, "去评分") || kittest.Shows(b.root, "交还电脑提交评分") {
		t.Errorf("shown %q", kittest.Texts(b.root))
	}
	kittest.TapRow(t, b.root, string(d.Works[0].Code), 2)
	b.shows("已提交", "合计 80 分")
	for _, f := range b.fields() {
		if !f.Entry().Disabled() {
			t.Error("a mark can be changed")
		}
	}
	if slices.Contains(kittest.Texts(b.root), "跳过") {
		t.Error("a work can be skipped")
	}
	kittest.Tap(t, b.root, "低")
	if len(b.Told) > 0 || b.ballot(0).Confidence != 0 {
		t.Errorf("told %v", b.Told)
	}
}

func TestWithoutAPlanTheDeskSaysSoAndTriesAgain(t *testing.T) {
	book := &late{
		Ballots: deskOf(t, 4),
		err:     judging.Fail(judging.Closed, "scores.no_plan", nil),
	}
	b := sit(t, book)
	b.shows("现在还不能评分", "分配还没有发布", "交还电脑")
	book.err = nil
	kittest.Tap(t, b.root, "再试一次")
	b.shows("去评分")
}

// late is a desk whose list can't be read yet.
type late struct {
	judging.Ballots
	err error
}

func (l *late) Duties(ctx context.Context) (judging.Duties, error) {
	if l.err != nil {
		return judging.Duties{}, l.err
	}
	return l.Ballots.Duties(ctx)
}

// slow is a shell whose tasks wait until they are let go.
type slow struct {
	*kittest.Shell
	waiting []func()
	on      bool
}

func (s *slow) Run(name string, work kit.Work, done func(error)) {
	if !s.on {
		s.Shell.Run(name, work, done)
		return
	}
	s.waiting = append(s.waiting, func() { s.Shell.Run(name, work, done) })
}

func (s *slow) Quietly(work kit.Work, done func(error)) {
	if !s.on {
		s.Shell.Quietly(work, done)
		return
	}
	s.waiting = append(s.waiting, func() { s.Shell.Quietly(work, done) })
}

// let does the waiting tasks, the last first if backwards is set.
func (s *slow) let(backwards bool) {
	for len(s.waiting) > 0 {
		now := s.waiting
		s.waiting = nil
		if backwards {
			slices.Reverse(now)
		}
		for _, f := range now {
			f()
		}
	}
}

func TestSavedIsShownOnlyAfterTheAnswer(t *testing.T) {
	for _, backwards := range []bool{false, true} {
		b := &bench{Shell: kittest.New(t), t: t, book: deskOf(t, 4)}
		sh := &slow{Shell: b.Shell}
		b.page = judge.NewDesk(sh, b.book, func() {})
		b.root = b.Open(b.page)
		kittest.Tap(t, b.root, "去评分")
		sh.on = true
		b.typing("1")
		b.shows("正在保存")
		b.typing("2")
		if kittest.Shows(b.root, "已保存") {
			t.Error("said to be saved before the answer")
		}
		sh.let(backwards)
		b.shows("已保存", "合计 12 分")
		if got := b.ballot(0); got.Total != 12 {
			t.Errorf("backwards %v: kept %+v", backwards, got)
		}
	}
}

func TestEverythingFitsAtEverySize(t *testing.T) {
	desk := deskOf(t, 4)
	for _, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		for _, lang := range []string{"zh-Hans", "en"} {
			b := &bench{Shell: kittest.New(t), t: t, book: desk}
			b.Look(look.Look{Mode: look.Dark, Size: size})
			b.Speak(lang)
			b.page = judge.NewDesk(b.Shell, b.book, func() {})
			b.root = b.Open(b.page)
			check := func(view string) {
				b.Win.Resize(fyne.NewSize(1280, 600)) // only a change of size lays out again
				b.Win.Resize(fyne.NewSize(1280, 610)) // what the frame leaves of 720
				for _, m := range kittest.Misfits(b.Win) {
					t.Errorf("%s %s %s: %s", size, lang, view, m)
				}
				kittest.Shot(t, b.Win, fmt.Sprintf("desk-%s-%s-%s", view, size, lang))
			}
			check("queue")
			kittest.Tap(t, b.root, b.T("desk.go_on", nil))
			b.typing("99")
			check("ballot")
		}
	}
}

func TestAtLaptopSizesAllMarksTheTotalAndSaveAreInSight(t *testing.T) {
	desk := officeOf(t, []entry{{"甲", "书法", nil}}).Scoring().Desk("j001")
	for _, size := range []look.TextSize{look.Normal, look.Large} {
		for _, window := range []fyne.Size{{Width: 1280, Height: 610}, {Width: 1366, Height: 593}} {
			b := &bench{Shell: kittest.New(t), t: t, book: desk}
			b.Look(look.Look{Mode: look.Light, Size: size})
			b.Win.Resize(window)
			b.page = judge.NewDesk(b.Shell, b.book, func() {})
			b.root = b.Open(b.page)
			kittest.Tap(t, b.root, b.T("desk.go_on", nil))
			kittest.Settle(b.root)
			fields := b.fields()[:5]
			room := kittest.All[*container.Scroll](b.root)
			panel := room[len(room)-1]
			place := fyne.CurrentApp().Driver().AbsolutePositionForObject
			for _, r := range room {
				if place(r).X > window.Width/3 && r.Size().Height > 200 {
					panel = r
				}
			}
			for i, f := range fields {
				if low, end := place(f).Y+f.Size().Height, place(panel).Y+panel.Size().Height; low > end {
					t.Errorf("%s %v: mark %d ends at %v, the panel at %v", size, window, i+1, low, end)
				}
			}
			b.typing("9")
			b.shows("合计", "保存并下一件")
			for _, m := range kittest.Misfits(b.Win) {
				t.Errorf("%s %v: %s", size, window, m)
			}
		}
	}
}
