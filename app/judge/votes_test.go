package judge_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
)

// votingDesk is the first judge's desk over essays, in a round without marks.
func votingDesk(t *testing.T, rule string) judging.Ballots {
	t.Helper()
	var works []entry
	for i := range 4 {
		works = append(works, entry{fmt.Sprintf("法治之光%d", i+1), "征文", nil})
	}
	file := strings.Replace(
		judgetest.WithoutLeast(rubrics.LegalCulture), "\n[combine]", "\n[voting]\n"+rule+"\n\n[combine]", 1,
	)
	return officeBy(t, works, []byte(file)).Scoring().Desk("j001")
}

// shot keeps a picture of the desk where FAYI_SHOTS names a folder.
func (b *bench) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("FAYI_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		b.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, b.Win.Canvas().Capture()); err != nil {
		b.t.Fatal(err)
	}
}

// oneFirst looks that one button only is drawn as the one to press: a word that was said is not.
func (b *bench) oneFirst() {
	b.t.Helper()
	for _, f := range kittest.Faults(b.Win) {
		b.t.Error(f)
	}
}

func TestAVoteIsAButtonAndVotesAreCounted(t *testing.T) {
	b := atWork(t, votingDesk(t, "kind = \"votes\"\nvotes = 1"))
	b.shows("投一票", "不投", "已投 0 票，还可投 1 票")
	kittest.Tap(t, b.root, "投一票")
	b.shows("已投 1 票，还可投 0 票")
	b.shot("desk_votes")
	b.oneFirst()
	b.press(fyne.KeyReturn)
	if got := b.ballot(0); got.State != judging.Scored || got.Total != 1 {
		t.Errorf("kept %+v", got)
	}
	kittest.Tap(t, b.root, "投一票")
	b.shows("已投 2 票，多投了 1 票")
	b.press(fyne.Key2)
	b.shows("已投 1 票，还可投 0 票")
	b.press(fyne.KeyReturn)
	if got := b.ballot(1); got.State != judging.Scored || got.Total != 0 {
		t.Errorf("kept %+v", got)
	}
}

func TestApprovalHasThreeButtons(t *testing.T) {
	b := atWork(t, votingDesk(t, "kind = \"approval\"\npass = \"2/3\""))
	kittest.Tap(t, b.root, "不确定")
	b.shot("desk_approval")
	b.oneFirst()
	b.press(fyne.KeyReturn)
	b.press(fyne.KeyReturn) // nothing is said of this one yet
	if got := b.ballot(1); got.State != judging.Open {
		t.Errorf("kept %+v", got)
	}
	b.press(fyne.Key1)
	b.press(fyne.KeyReturn)
	for i, want := range []float64{.5, 1} {
		if got := b.ballot(i); got.State != judging.Scored || got.Total != want {
			t.Errorf("kept %+v, not %v", got, want)
		}
	}
	kittest.Tap(t, b.root, "不确定")
	b.press(fyne.KeyEscape)
	b.shows("赞成", "不确定")
	b.shot("desk_approval_list")
}
