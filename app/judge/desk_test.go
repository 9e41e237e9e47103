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
)

func TestQueueShowsTheJudgesOrderAndTrueCounts(t *testing.T) {
	b := sit(t, deskOf(t, 6))
	d := b.duties()
	b.shows("评委A 的评分", fmt.Sprintf("已评 0 / 共 %d", len(d.Works)), "去评分", "交还电脑")
	for _, w := range d.Works {
		b.shows(string(w.Code), w.Title)
	}
	for _, secret := range []string{"甲某", "示例第", ".png", "评委B"} {
		if kittest.Shows(b.root, secret) {
			t.Errorf("%q is shown", secret)
		}
	}
}

// Language and colours may change one right after the other, as when the system goes dark: the desk between has not
// read its list.
func TestADeskBuiltAnewBeforeItsListIsReadHandsOnThePlace(t *testing.T) {
	b := sit(t, deskOf(t, 4))
	kittest.Tap(t, b.root, "去评分")
	b.typing("7")
	between := judge.NewDesk(b.Shell, b.book, func() {})
	between.(kit.Keeper).Restore(b.page.(kit.Keeper).Keep())
	between.Content()
	b.page.(kit.Leaver).Leave()
	b.page = between
	b.again()
	b.shows("第 1 件 / 共 4 件")
}

// What is read again after each save must not bring the usual order back.
func TestTheSortedListIsTheOrderOfScoringUntilItIsSortedAnew(t *testing.T) {
	b := sit(t, essayDesk(t, "丁文", "乙文", "丙文", "甲文"))
	kittest.TapHead(t, b.root, "作品名称")
	var want []string
	for _, s := range kittest.Texts(b.root) {
		if strings.HasSuffix(s, "文") && len([]rune(s)) == 2 {
			want = append(want, s)
		}
	}
	if len(want) < 4 {
		t.Fatalf("the list shows %q", want)
	}
	kittest.Tap(t, b.root, "去评分")
	b.shows(want[0], "第 1 件 / 共 4 件")
	b.digits("2827")
	b.page.Load()
	b.shows(want[0], "第 1 件 / 共 4 件")
	kittest.Tap(t, b.root, "下一件")
	b.shows(want[1], "第 2 件 / 共 4 件")
	b.again()
	b.page.Load()
	b.shows(want[1], "第 2 件 / 共 4 件")
	kittest.Tap(t, b.root, "下一件")
	b.shows(want[2], "第 3 件 / 共 4 件")
}

func TestScoringByKeyboardSavesEachWorkAndGoesOn(t *testing.T) {
	b := sit(t, deskOf(t, 4))
	d := b.duties()
	kittest.Tap(t, b.root, "去评分")
	for i, w := range d.Works {
		b.shows(fmt.Sprintf("第 %d 件 / 共 %d 件", i+1, len(d.Works)), w.Title)
		b.marks(d.Rubrics[w.Category])
		if got := b.ballot(i); got.State != judging.Scored || got.Total == 0 ||
			len(got.Marks) != len(d.Rubrics[w.Category].Criteria) {
			t.Fatalf("work %d: kept %+v", i, got)
		}
	}
	b.shows(fmt.Sprintf("已评 %d / 共 %d", len(d.Works), len(d.Works)), "核对并提交")
	kittest.Tap(t, b.root, "核对并提交")
	kittest.Tap(t, b.root, "提交评分")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if !b.duties().Submitted {
		t.Fatal("not submitted")
	}
	b.shows("评分已提交，不能再改")
	if len(b.Errors) > 0 {
		t.Error(b.Errors)
	}
}

var errDisk = judging.Fail(judging.Unavailable, "store.disk_full", judging.Args{"File": "contest.db"})

// full is a desk whose disk fills up.
type full struct {
	judging.Ballots
	err error
}

func (f *full) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	if f.err != nil {
		return judging.Ballot{}, f.err
	}
	return f.Ballots.Save(ctx, b)
}

func TestMarksStayOnTheScreenWhenSavingFails(t *testing.T) {
	book := &full{deskOf(t, 4), errDisk}
	b := sit(t, book)
	kittest.Tap(t, b.root, "去评分")
	b.typing("7")
	b.shows("没有保存")
	if len(b.Told) == 0 || b.Told[0].Do == nil {
		t.Fatal("the fault was not told")
	}
	b.press(fyne.KeyEscape)
	b.shows("第 1 件")
	book.err = nil
	b.Told[len(b.Told)-1].Do()
	b.shows("已保存")
	if last := b.Told[len(b.Told)-1]; last.Tone != look.Done {
		t.Errorf("the fault is still told: %q", last.Text)
	}
	if got := b.ballot(0); got.State != judging.Started || got.Total != 7 {
		t.Errorf("kept %+v", got)
	}
}
