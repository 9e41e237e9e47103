package judge_test

import (
	"bytes"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/judge"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/terms"
)

// looseDesk is the first judge's desk over essays whose 语言文字 and 创新性, of 20 points each, need not apply.
func looseDesk(t *testing.T, titles ...string) judging.Ballots {
	t.Helper()
	var works []entry
	for _, title := range titles {
		works = append(works, entry{title, "征文", nil})
	}
	file := bytes.ReplaceAll(rubrics.LegalCulture, []byte("weight = 20, "), []byte("weight = 20, optional = true, "))
	return officeBy(t, works, file).Scoring().Desk("j001")
}

// A judge says by one key that a criterion does not apply; the total is what the rest makes, and undo takes it back.
func TestAJudgeSaysThatACriterionDoesNotApply(t *testing.T) {
	b := atWork(t, looseDesk(t, "甲文", "乙文"))
	r := b.duties().Rubrics["征文"]
	if len(r.Criteria) != 4 || !r.Criteria[3].Optional || r.Criteria[0].Optional {
		t.Fatalf("%+v", r.Criteria)
	}
	b.digits("282719")
	b.press(fyne.KeyReturn)
	b.digits("n")
	b.shows("92.5 分") // 74 of 80
	b.press(fyne.KeyReturn)
	b.shows("第 2 件", "1/2")
	got := b.ballot(0)
	if got.State != judging.Scored || got.Total != 92.5 || got.Marks[r.Criteria[3].Name] != terms.NotApplicable {
		t.Errorf("kept %+v", got)
	}
	b.digits("2827")
	kittest.TapText(t, b.root, "不适用") // of the last that has it
	if texts := b.texts(); texts[2] != "" || texts[3] != "不适用" {
		t.Errorf("marks %q", texts)
	}
	b.Focus(b.fields()[2].Entry())
	b.digits("18")
	b.press(fyne.KeyReturn, fyne.KeyReturn)
	if got := b.ballot(1); got.State != judging.Scored || got.Total != 91.25 { // 73 of 80
		t.Errorf("kept %+v", got)
	}
}

// The word next to each mark leaves all else its room, in every type size and language.
func TestTheWordFitsAtEverySize(t *testing.T) {
	for _, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		for _, lang := range []string{"zh-Hans", "en"} {
			b := &bench{Shell: kittest.New(t), t: t, book: looseDesk(t, "甲文", "乙文")}
			b.Look(look.Look{Size: size})
			b.Speak(lang)
			b.page = judge.NewDesk(b.Shell, b.book, func() {})
			b.root = b.Open(b.page)
			kittest.Tap(t, b.root, b.T("desk.go_on", nil))
			b.digits("2827")
			b.press(fyne.KeyReturn)
			b.digits("n")
			b.Win.Resize(fyne.NewSize(1280, 600)) // only a change of size lays out again
			b.Win.Resize(fyne.NewSize(1280, 610)) // what the frame leaves of 720
			for _, m := range kittest.Faults(b.Win) {
				t.Errorf("%s %s: %s", size, lang, m)
			}
			kittest.Shot(t, b.Win, fmt.Sprintf("desk-off-%s-%s", size, lang))
		}
	}
}
