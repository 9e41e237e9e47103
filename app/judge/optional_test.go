package judge_test

import (
	"bytes"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
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
	kittest.TapText(t, b.root, "不适用") // of the third, the first that has it
	if texts := b.texts(); texts[2] != "不适用" || texts[3] != "" {
		t.Errorf("marks %q", texts)
	}
	b.Focus(b.fields()[3].Entry())
	b.digits("18")
	b.press(fyne.KeyReturn)
	if got := b.ballot(1); got.State != judging.Scored || got.Total != 91.25 { // 73 of 80
		t.Errorf("kept %+v", got)
	}
}
