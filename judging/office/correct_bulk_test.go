package office_test

import (
	"bytes"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
)

func bulk(t *testing.T, o *office.Office, c correction.Correction) correction.Report {
	t.Helper()
	r, err := o.Corrections().CorrectWorks(t.Context(), c)
	must(t, err)
	return r
}

func TestABulkCorrectionIsSeenBeforeAndIsOneEntry(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	set := correction.Correction{
		Works: []string{"w000001", "w000002", "w000004"}, Set: map[string]string{"unit": "示例第1小学"}, DryRun: true,
	}
	n := len(journalOf(t, o))
	r := bulk(t, o, set)
	if len(r.Works) != 2 || len(r.Same) != 1 || r.Same[0] != "w000001" || len(r.Refused) != 0 || r.Act != "" ||
		r.NeedsReason || len(journalOf(t, o)) != n {
		t.Errorf("%+v", r)
	}
	if w, _ := o.Work(t.Context(), "w000002"); w.Unit == "示例第1小学" {
		t.Error("the preview was written")
	}
	set.DryRun = false // no reason needed yet
	if r = bulk(t, o, set); r.Act != "k001" || len(r.Works) != 2 || len(journalOf(t, o)) != n+1 {
		t.Errorf("%+v", r)
	}
	// the title of two works of one author and category: the second would be the first
	twins := correction.Correction{
		Works: []string{"w000001", "w000004"}, Set: map[string]string{"title": "同题", "authors": "甲某"}, DryRun: true,
	}
	r = bulk(t, o, twins)
	if len(r.Works) != 1 || len(r.Refused) != 1 || r.Refused[0].Work != "w000004" ||
		r.Refused[0].Text != "correct.twin" {
		t.Errorf("%+v", r)
	}
	twins.DryRun = false
	_, err := o.Corrections().CorrectWorks(t.Context(), twins)
	wantCode(t, err, judging.Clash, "correct.twin")
	twins.Skip = true
	if r = bulk(t, o, twins); len(r.Works) != 1 || len(r.Refused) != 1 {
		t.Errorf("%+v", r)
	}
}

func TestALateCorrectionAsksWhy(t *testing.T) {
	o := published(t, 6)
	fix := correction.Correction{Works: []string{"w000001"}, Set: map[string]string{"unit": "县一中"}, DryRun: true}
	if r := bulk(t, o, fix); !r.NeedsReason || r.Final || len(r.Works) != 1 {
		t.Errorf("%+v", r)
	}
	fix.DryRun, fix.Reason = false, "  "
	_, err := o.Corrections().CorrectWorks(t.Context(), fix)
	wantCode(t, err, judging.Invalid, "works.needs_reason")
	_, err = o.Corrections().UndoCorrection(t.Context(), "", "")
	wantCode(t, err, judging.Invalid, "works.needs_reason")
	late := correction.Correction{
		Works: []string{"w000001"}, Set: map[string]string{"category": "绘画"}, DryRun: true,
	}
	if r := bulk(t, o, late); len(r.Refused) != 1 || r.Refused[0].Text != "correct.category_late" {
		t.Errorf("%+v", r)
	}
}

func TestUndoAndRedoGoBackAndForthInOrder(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 3)}})
	unit := func() string {
		w, err := o.Work(t.Context(), "w000001")
		must(t, err)
		return w.Unit
	}
	set := func(u string) {
		bulk(t, o, correction.Correction{Works: []string{"w000001"}, Set: map[string]string{"unit": u}})
	}
	undo := func() { _, err := o.Corrections().UndoCorrection(t.Context(), "", ""); must(t, err) }
	redo := func() { _, err := o.Corrections().RedoCorrection(t.Context(), ""); must(t, err) }
	first := unit()
	set("一")
	set("二")
	for i, step := range []struct {
		do   func()
		want string
	}{
		{undo, "一"}, {undo, first}, {redo, "一"}, {redo, "二"}, {undo, "一"}, {redo, "二"}, {undo, "一"}, {undo, first},
	} {
		if step.do(); unit() != step.want {
			t.Fatalf("step %d: %s, want %s", i, unit(), step.want)
		}
	}
	_, err := o.Corrections().UndoCorrection(t.Context(), "", "")
	wantCode(t, err, judging.NotFound, "correct.no_act")
	set("三") // from here there is nothing to do again
	_, err = o.Corrections().RedoCorrection(t.Context(), "")
	wantCode(t, err, judging.NotFound, "correct.no_redo")
	acts, err := o.Corrections().ListCorrections(t.Context())
	must(t, err)
	if acts.Undo != acts.Acts[0].Act || acts.Redo != "" || len(acts.Acts) != 11 || acts.Acts[0].Works != 1 ||
		strings.Join(acts.Acts[0].Fields, "") != "unit" {
		t.Errorf("%+v", acts)
	}
}

// TestCapsSeeMergedUnits gives each unit at most one award: two works under two names of one school both win, and one
// of them no more once the names are one.
func TestCapsSeeMergedUnits(t *testing.T) {
	book, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	book.Caps = judging.Caps{PerUnit: 1, Enforce: true}
	o, err := office.Create(t.Context(), config(t), "征集", "示例县司法局", book)
	must(t, err)
	school(t, o, "作品", "第一小学", "示例县第一小学", "第二小学", "第三小学", "第四小学", "第五小学", "第六小学", "第七小学",
		"第八小学", "第九小学", "第十小学", "第十一小学")
	addJudges(t, o, 6)
	publish(t, o)
	scoreAll(t, o)
	winners := func() map[string]int {
		t.Helper()
		_, err := o.Awards().DecideAwards(t.Context(), false)
		must(t, err)
		won, err := o.Awards().ListAwards(t.Context())
		must(t, err)
		out := map[string]int{}
		for _, a := range won {
			w, err := o.Work(t.Context(), string(a.Work))
			must(t, err)
			out[w.Unit]++
		}
		return out
	}
	// all winning units become one, so that the cap must take awards away
	before := winners()
	if len(before) < 2 {
		t.Fatalf("only %v won", before)
	}
	var from []string
	for u := range before {
		if u != "第十一小学" {
			from = append(from, u)
		}
	}
	_, err = o.Units().MergeUnits(t.Context(), correction.UnitMerge{From: from, To: "第十一小学", Reason: "同一所学校"})
	must(t, err)
	if after := winners(); after["第十一小学"] != 1 {
		t.Errorf("before %v, after %v", before, after)
	}
}

// Categories are combined and parted after entry: what lists and places become is shown first, all of it is one act
// that can be taken back, and it is refused once judges have the works, with the reason.
func TestCategoriesAreCombinedAndPartedAfterEntry(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 24)}})
	merge := correction.Correction{From: "绘画", Set: map[string]string{"category": "书法"}, DryRun: true}
	r := bulk(t, o, merge)
	if len(r.Works) != 8 || len(r.Lists) != 2 || r.Lists[0].Category != "书法" || r.Lists[0].Was != 8 ||
		r.Lists[0].Is != 16 || len(r.Lists[0].Places) == 0 || r.Lists[1].Is != 0 || r.Act != "" {
		t.Fatalf("%+v", r.Lists)
	}
	before := categoriesOf(t, o)
	merge.DryRun = false
	if r = bulk(t, o, merge); r.Act == "" || len(r.Lists) != 2 || categoriesOf(t, o)["绘画"] != 0 {
		t.Errorf("%+v", r)
	}
	back, err := o.Corrections().UndoCorrection(t.Context(), "", "")
	must(t, err)
	if len(back.Works) != 8 || back.Lists[0].Is != 8 || categoriesOf(t, o)["绘画"] != before["绘画"] {
		t.Errorf("taken back: %+v", back)
	}
	part := correction.Correction{From: "征文", Group: "小学组", Set: map[string]string{"category": "绘画"}}
	if r = bulk(t, o, part); len(r.Works) != 8 {
		t.Errorf("%+v", r)
	}
	for _, c := range []correction.Correction{
		{From: "征文", Set: part.Set}, {From: "绘画", Group: "中学组", Set: part.Set}, {From: "剪纸", Set: part.Set},
		{From: "绘画", Works: []string{"w000001"}, Set: part.Set}, {Set: part.Set},
	} {
		if _, err := o.Corrections().CorrectWorks(t.Context(), c); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%+v: %v", c, err)
		}
	}
	addJudges(t, o, 6)
	publish(t, o)
	merge.Reason = "合并"
	_, err = o.Corrections().CorrectWorks(t.Context(), merge)
	wantCode(t, err, judging.Closed, "correct.category_late")
	merge.DryRun = true
	if r = bulk(t, o, merge); len(r.Refused) != 16 || len(r.Works)+len(r.Lists) != 0 {
		t.Errorf("%d refused, %+v", len(r.Refused), r.Lists)
	}
}

func categoriesOf(t *testing.T, o *office.Office) map[string]int {
	t.Helper()
	all, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	out := map[string]int{}
	for _, w := range all {
		out[w.Category]++
	}
	return out
}
