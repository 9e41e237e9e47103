package office_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/office/rules"
)

func correct(t *testing.T, o *office.Office, set map[string]string, works ...string) correction.Report {
	t.Helper()
	r, err := o.Corrections().CorrectWorks(t.Context(), correction.Correction{Works: works, Set: set, Reason: "公示更正"})
	must(t, err)
	return r
}

func refuseCorrection(
	t *testing.T, o *office.Office, code judging.Code, text, work, field, value string,
) {
	t.Helper()
	_, err := o.Corrections().CorrectWorks(t.Context(), correction.Correction{
		Works: []string{work}, Set: map[string]string{field: value}, Reason: "更正",
	})
	wantCode(t, err, code, text)
}

// movable is a contest by the bundled rules with the clock that its program reads.
func movable(t *testing.T) (*office.Office, *time.Time) {
	t.Helper()
	cfg := config(t)
	now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	book, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	o, err := office.Create(t.Context(), cfg, "法治文化作品征集", "示例县司法局", book)
	must(t, err)
	return o, &now
}

// noticeOver decides the awards, shows them, and makes them final when the notice is over.
func noticeOver(t *testing.T, o *office.Office, now *time.Time) {
	t.Helper()
	_, err := o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	_, err = o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{Days: 3})
	must(t, err)
	*now = now.AddDate(0, 0, 20)
	_, err = o.Notices().FinalizeAwards(t.Context())
	must(t, err)
}

func printAll(t *testing.T, o *office.Office) report.CertificateReport {
	t.Helper()
	r, err := o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
		Out: filepath.Join(t.TempDir(), "证书.pdf"),
	}, words(t))
	must(t, err)
	return r
}

func TestACorrectionChangesWhatItNamesAndKeepsItsTrace(t *testing.T) {
	o := published(t, 6)
	before, err := o.Work(t.Context(), "w000002")
	must(t, err)
	r := correct(t, o, map[string]string{"authors": "张壹，李 四", "phone": "13900000000"}, "w000002", "w000002")
	if r.Act != "k001" || len(r.Works) != 1 || !slices.Equal(r.Look, []judging.WorkID{"w000002"}) ||
		len(r.Reissue) != 0 {
		t.Errorf("%+v", r)
	}
	w, err := o.Work(t.Context(), "w000002")
	must(t, err)
	want := before
	want.Authors, want.Phone = []string{"张壹", "李 四"}, "13900000000"
	a, _ := json.Marshal(want)
	b, _ := json.Marshal(w)
	if string(a) != string(b) {
		t.Errorf("want %s\ngot  %s", a, b)
	}
	list, err := o.Corrections().WorkHistory(t.Context(), "w000002")
	must(t, err)
	wantChanges := []judging.WorkChange{
		{Field: "authors", Old: "甲某2", New: "张壹、李 四"}, {Field: "phone", Old: "13800000001", New: "13900000000"},
	}
	if len(list) != 1 || list[0].By != "organiser" || list[0].Reason != "公示更正" ||
		!slices.Equal(list[0].Changes, wantChanges) {
		t.Errorf("%+v", list)
	}
	entries, err := o.Journal(t.Context())
	must(t, err)
	last := entries[len(entries)-1]
	if text := string(last.Before) + string(last.After); last.Verb != "works.correct" ||
		!strings.Contains(text, "甲某") || strings.Contains(text, "13900000000") {
		t.Errorf("%s %s", last.Verb, text)
	}
	// the same again changes nothing and leaves no entry
	if r = correct(t, o, map[string]string{"phone": "13900000000"}, "w000002"); r.Act != "" {
		t.Errorf("%+v", r)
	}
	if again, _ := o.Journal(t.Context()); len(again) != len(entries) {
		t.Error("a correction of nothing is in the journal")
	}
}

func TestACorrectionIsUndoneOnceAndNeverOverALaterOne(t *testing.T) {
	o := published(t, 6)
	correct(t, o, map[string]string{"unit": "县一中"}, "w000001", "w000002")
	correct(t, o, map[string]string{"unit": "县二中"}, "w000002")
	_, err := o.Corrections().UndoCorrection(t.Context(), "k001", "弄错")
	wantCode(t, err, judging.Clash, "correct.changed_since")
	if w, _ := o.Work(t.Context(), "w000001"); w.Unit != "县一中" {
		t.Error("half an undo: " + w.Unit)
	}
	for _, act := range []string{"k002", "k001"} { // the last one that holds, each time
		r, err := o.Corrections().UndoCorrection(t.Context(), "", "弄错")
		must(t, err)
		list, _ := o.Corrections().WorkHistory(t.Context(), string(r.Works[0].Work))
		if last := list[len(list)-1]; last.Undoes != act {
			t.Errorf("undid %s, want %s", last.Undoes, act)
		}
	}
	for id, unit := range map[string]string{"w000001": "示例第1小学", "w000002": "示例第2小学"} {
		if w, _ := o.Work(t.Context(), id); w.Unit != unit {
			t.Errorf("%s of %s", id, w.Unit)
		}
	}
	_, err = o.Corrections().UndoCorrection(t.Context(), "", "弄错")
	wantCode(t, err, judging.NotFound, "correct.no_act")
}

func TestWhatACorrectionMayChangeFollowsTheStage(t *testing.T) {
	o, now := movable(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	addJudges(t, o, 6)
	was, _ := o.Work(t.Context(), "w000001")
	r := correct(t, o, map[string]string{"category": "绘画"}, "w000001") // nobody has it yet
	is, _ := o.Work(t.Context(), "w000001")
	if is.Category != "绘画" || !strings.HasPrefix(string(is.Code), "HH-") || is.Code == was.Code {
		t.Errorf("%s is %s: %+v", is.Category, is.Code, r)
	}
	refuseCorrection(t, o, judging.Invalid, "judges.unknown_category", "w000001", "category", "杂技")
	refuseCorrection(t, o, judging.Invalid, "correct.unknown_group", "w000001", "group", "幼儿组")
	refuseCorrection(t, o, judging.Invalid, "correct.needs_authors", "w000001", "authors", " ， ")
	refuseCorrection(t, o, judging.Invalid, "correct.needs_title", "w000001", "title", "")
	refuseCorrection(t, o, judging.Invalid, "correct.unknown_field", "w000001", "code", "SF-1")
	refuseCorrection(t, o, judging.Invalid, "correct.too_long", "w000001", "unit", strings.Repeat("长", 501))
	refuseCorrection(t, o, judging.NotFound, "works.missing", "w999999", "unit", "县一中")
	publish(t, o)
	refuseCorrection(t, o, judging.Closed, "correct.category_late", "w000001", "category", "书法")
	correct(t, o, map[string]string{"group": "成人组"}, "w000001") // no score yet
	correct(t, o, map[string]string{"group": ""}, "w000002")
	scoreAll(t, o)
	refuseCorrection(t, o, judging.Closed, "correct.group_late", "w000001", "group", "小学组")
	correct(t, o, map[string]string{"group": "小学组"}, "w000002") // one that was never given
	noticeOver(t, o, now)
	refuseCorrection(t, o, judging.Closed, "correct.final", "w000001", "phone", "1")
	correct(t, o, map[string]string{"teachers": "丙老师"}, "w000001")
	list, _ := o.Corrections().WorkHistory(t.Context(), "w000001")
	if last := list[len(list)-1]; !last.Final {
		t.Errorf("no corrected document: %+v", last)
	}
}

func TestAWorkIsNeverMadeTheSameAsAnother(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 6)}})
	_, err := o.Corrections().CorrectWorks(t.Context(), correction.Correction{
		Works:  []string{"w000003", "w000004"}, // both of these
		Set:    map[string]string{"title": "法治之光1", "authors": "甲某1", "unit": "示例第1小学"},
		Reason: "更正",
	})
	wantCode(t, err, judging.Clash, "correct.twin") // 书法 is w000001 and w000004
	if w, _ := o.Work(t.Context(), "w000003"); w.Title != "法治之光3" {
		t.Error("a part of a refused correction was kept")
	}
}

func TestDocumentsWithTheOldNameAreNamed(t *testing.T) {
	o, now := movable(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 6)
	publish(t, o)
	scoreAll(t, o)
	noticeOver(t, o, now)
	won, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	printed := printAll(t, o)
	r := correct(t, o, map[string]string{"authors": "张壹"}, string(won[0].Work))
	var kinds []string
	for _, d := range r.Reissue {
		kinds = append(kinds, d.Kind)
	}
	if !slices.Equal(kinds, []string{"certificate", "notice"}) || r.Reissue[0].Name != printed.First {
		t.Errorf("%+v after %+v", r.Reissue, printed)
	}
	again, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	if !slices.Equal(again[0].Authors, []string{"张壹"}) || again[0].Award != won[0].Award {
		t.Errorf("%+v", again[0])
	}
	if second := printAll(t, o); second.First != fmt.Sprintf("〔2020〕第%04d号", printed.Certificates+1) ||
		second.Numbers != fmt.Sprintf("〔2020〕第0002–%04d号", printed.Certificates+1) {
		t.Errorf("after a correction %+v", second)
	}
}

func TestALaterListDoesNotBringAMistakeBack(t *testing.T) {
	for _, name := range []string{"作品.xlsx", "再报.xlsx"} {
		o := published(t, 3)
		correct(t, o, map[string]string{"authors": "甲壹"}, "w000001")
		r := importAll(t, o, intake.ImportRequest{Sources: []string{
			table(t, name, header, []any{"法治之光1", "书法", "小学组", "甲某1", "示例第1小学", "丁老师", "13800000000"}),
		}})
		w, _ := o.Work(t.Context(), "w000001")
		if r.Changed != 1 || !slices.Equal(w.Teachers, []string{"丁老师"}) || !slices.Equal(w.Authors, []string{"甲壹"}) ||
			len(r.Rows[0].Problems) != 1 || r.Rows[0].Problems[0].Text != "import.corrected_kept" {
			t.Errorf("%s: %+v: %+v", name, r.Rows, w)
		}
		list, _ := o.Corrections().WorkHistory(t.Context(), "w000001")
		if len(list) != 2 || list[1].Reason != name || list[1].Changes[0].Old != "乙老师" {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

func TestALateListCorrectsNamesAndRefusesCategoriesByRow(t *testing.T) {
	o := published(t, 9)
	scoreSome(t, o, "j001", 1)
	list := table(t, "更正.xlsx", header,
		[]any{"法治之光1", "书法", "小学组", "甲某壹", "示例第1小学", "", ""}, // the author, by one character
		[]any{"法治之光2", "书法", "小学组", "甲某2", "示例第2小学", "", ""}, // another category
		[]any{"法治之光3", "征文", "小学组", "甲某3", "县三小", "", ""},    // the unit
		[]any{"法治之光4", "书法", "小学组", "全不像", "示例第4小学", "", ""}, // nobody that is known
	)
	dry := importAll(t, o, intake.ImportRequest{Sources: []string{list}, DryRun: true, Leave: onlyChanged})
	r := importAll(t, o, intake.ImportRequest{Sources: []string{list}, Leave: onlyChanged})
	if r.Changed != 2 || r.Accepted != 0 || r.Rejected != 1 || dry.Changed != 2 || dry.Rejected != 1 {
		t.Errorf("%+v, dry %+v", r.RowTally, dry.RowTally)
	}
	if p := r.Rows[1].Problems; len(p) != 1 || p[0].Text != "correct.category_late" {
		t.Errorf("%+v", p)
	}
	one, _ := o.Work(t.Context(), "w000001")
	two, _ := o.Work(t.Context(), "w000002")
	three, _ := o.Work(t.Context(), "w000003")
	if one.Authors[0] != "甲某壹" || two.Category != "绘画" || three.Unit != "县三小" {
		t.Errorf("%v %v %v", one.Authors, two.Category, three.Unit)
	}
	if all, _ := o.Works(t.Context(), office.WorkFilter{}); len(all) != 9 {
		t.Errorf("%d works", len(all))
	}
	_, err := o.Intake().UndoImport(t.Context(), "")
	must(t, err)
	if one, _ = o.Work(t.Context(), "w000001"); one.Authors[0] != "甲某1" {
		t.Errorf("after the undo %v", one.Authors)
	}
}

var onlyChanged = []judging.RowStatus{judging.RowAccepted}

func TestALateWorkComesInAlikeUntilScoringIsOver(t *testing.T) {
	late := func() string {
		return table(t, "迟.xlsx", header, []any{"迟到之作", "书法", "小学组", "迟某", "县九中", "", ""})
	}
	takes := func(o *office.Office) {
		t.Helper()
		r := importAll(t, o, intake.ImportRequest{Sources: []string{late()}})
		if r.Accepted != 1 || !slices.Equal(r.WithoutJudges, []judging.WorkID{"w000013"}) {
			t.Fatalf("%+v %+v", r.RowTally, r.WithoutJudges)
		}
		plan, moves, err := o.Assignment().AdjustPlan(t.Context(), nil, nil)
		must(t, err)
		for _, m := range moves {
			if m.Work != "w000013" {
				t.Errorf("another work moved: %+v", m)
			}
		}
		_, err = o.Assignment().PublishPlan(t.Context(), plan.ID)
		must(t, err)
		if n := panelsOf(t, o)["w000013"]; n != 3 {
			t.Errorf("%d judges for the late work", n)
		}
		if left, _ := o.Assignment().WithoutJudges(t.Context()); len(left) != 0 {
			t.Errorf("still without judges: %v", left)
		}
	}
	o := published(t, 12)
	takes(o)
	_, err := o.Intake().UndoImport(t.Context(), "")
	wantCode(t, err, judging.Closed, "import.assigned")
	o = published(t, 12)
	scoreSome(t, o, "j001", 3)
	takes(o)
	if got := codesOf(t, o, "j001"); countScored(got) != 3 {
		t.Errorf("scores of the judge: %v", got)
	}
	for _, o := range []*office.Office{scoredOut(t, 12), decided(t, 12)} {
		r := importAll(t, o, intake.ImportRequest{Sources: []string{late()}})
		if r.Accepted != 0 || r.Rejected != 1 || r.Rows[0].Problems[0].Text != "import.late_over" {
			t.Errorf("%+v", r)
		}
	}
}

func countScored(of map[judging.WorkCode]judging.BallotState) (n int) {
	for _, s := range of {
		if s == judging.Scored {
			n++
		}
	}
	return n
}

func scoredOut(t *testing.T, n int) *office.Office {
	t.Helper()
	o := published(t, n)
	scoreAll(t, o)
	return o
}

func TestAChangedCategoryIsNeverASecondWorkUnsaid(t *testing.T) {
	row := func(o *office.Office, leave ...judging.RowStatus) intake.RowReport {
		t.Helper()
		list := table(t, "改类.xlsx", header, []any{"法治之光1", "绘画", "小学组", "甲某1", "示例第1小学", "", ""})
		return importAll(t, o, intake.ImportRequest{Sources: []string{list}, Leave: leave}).Rows[0]
	}
	early := newOffice(t)
	importAll(t, early, intake.ImportRequest{Sources: []string{worksFile(t, 3)}})
	if r := row(early); r.Status != judging.RowAccepted || r.Problems[0].Text != "import.like_category" {
		t.Errorf("before the plan: %+v", r)
	}
	other := newOffice(t)
	importAll(t, other, intake.ImportRequest{Sources: []string{worksFile(t, 3)}})
	if r := row(other, onlyChanged...); r.Status != judging.RowChanged || r.Work != "w000001" {
		t.Errorf("as a change: %+v", r)
	}
	if r := row(published(t, 3)); r.Status != judging.RowRejected || r.Problems[0].Text != "import.like_category" {
		t.Errorf("after the plan: %+v", r)
	}
}

func TestAJudgeIsPutRightRemovedAndNotDoubled(t *testing.T) {
	o := published(t, 12)
	scoreSome(t, o, "j001", 2)
	_, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "评委A", Away: true})
	wantCode(t, err, judging.Clash, "judges.namesake")
	other, err := o.Assignment().AddNamesake(t.Context(), judging.Judge{Name: "评委A"})
	must(t, err)
	if other.ID != "j007" {
		t.Errorf("%+v", other)
	}
	j, err := o.Assignment().CorrectJudge(t.Context(), "j001", map[string]string{"name": "评委甲"}, "姓名有误")
	must(t, err)
	if j.ID != "j001" || countScored(codesOf(t, o, "j001")) != 2 {
		t.Errorf("%+v", j)
	}
	_, err = o.Assignment().CorrectJudge(
		t.Context(), "j007", map[string]string{"name": "评委甲", "unit": "示例协会0"}, "弄错",
	)
	wantCode(t, err, judging.Clash, "judges.twin")
	wantCode(t, o.Assignment().RemoveJudge(t.Context(), "j001", "录错"), judging.Closed, "judges.has_scores")
	must(t, o.Assignment().RemoveJudge(t.Context(), "j002", "录错"))
	must(t, o.Assignment().RemoveJudge(t.Context(), "j007", "录错"))
	plan, _, err := o.Assignment().AdjustPlan(t.Context(), nil, nil)
	must(t, err)
	_, err = o.Assignment().PublishPlan(t.Context(), plan.ID)
	must(t, err)
	for w, n := range panelsOf(t, o) {
		if n != 3 {
			t.Errorf("%s has %d judges", w, n)
		}
	}
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 5 {
		t.Errorf("%d judges", len(all))
	}
}

func TestAStruckJudgesScoresAreVoidOrKeptAsAsked(t *testing.T) {
	for _, c := range []struct {
		scores           string
		void, kept, open int
	}{{"void", 2, 0, 6}, {"keep", 0, 2, 4}} { // 12 works × 3 ÷ 6 judges = 6 each
		o := published(t, 12)
		scoreSome(t, o, "j001", 2)
		_, err := o.ScoredJudges().StrikeJudge(t.Context(), "j001", "", "除名")
		wantCode(t, err, judging.Clash, "judges.strike_asks")
		planned, err := o.ScoredJudges().PlanStrike(t.Context(), "j001", c.scores)
		must(t, err)
		s, err := o.ScoredJudges().StrikeJudge(t.Context(), "j001", c.scores, "除名")
		must(t, err)
		if planned != s {
			t.Errorf("the preview said %+v, it did %+v", planned, s)
		}
		if s.Void != c.void || s.Kept != c.kept || s.Open != c.open {
			t.Errorf("%+v", s)
		}
		plan, _, err := o.Assignment().AdjustPlan(t.Context(), nil, nil)
		must(t, err)
		_, err = o.Assignment().PublishPlan(t.Context(), plan.ID)
		must(t, err)
		// a list of judges that comes again does not bring them back
		j, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "评委A", Unit: "示例协会0"})
		must(t, err)
		if !j.Away || j.Struck != "除名" {
			t.Errorf("%+v", j)
		}
		pairs, _ := o.Assignment().Assignments(t.Context())
		mine := slices.DeleteFunc(pairs, func(d assignment.Duty) bool { return d.Judge != "j001" })
		if len(mine) != c.kept {
			t.Errorf("%s: %d works left", c.scores, len(mine))
		}
	}
}

func TestTwoEntriesOfOneJudgeBecomeOne(t *testing.T) {
	o := published(t, 12)
	mine, others := firstDuty(t, o, "j001"), firstDuty(t, o, "j002")
	shared := map[judging.WorkCode]bool{}
	for _, w := range mine.Works {
		shared[w.Code] = slices.ContainsFunc(others.Works, func(x judging.Duty) bool { return x.Code == w.Code })
	}
	both := 0
	for _, yes := range shared {
		if yes {
			both++
		}
	}
	give := func(j judging.JudgeID, d judging.Duties, share float64) {
		for _, w := range d.Works {
			_, err := o.Scoring().Desk(j).Save(t.Context(), judging.Ballot{
				Code: w.Code, Marks: fill(d.Rubrics[w.Category], share),
			})
			must(t, err)
		}
	}
	give("j001", mine, 0.9)
	give("j002", others, 0.5)
	m, err := o.ScoredJudges().MergeJudges(t.Context(), "j002", "j001", "", "同一人")
	if both == 0 {
		t.Fatal("the two share no work: the case shows nothing")
	}
	wantCode(t, err, judging.Clash, "judges.merge_asks")
	if len(m.Clashes) != both || m.Clashes[0].From >= m.Clashes[0].Into {
		t.Errorf("%+v, shared %d", m.Clashes, both)
	}
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 6 {
		t.Error("a refused merge removed a judge")
	}
	planned, err := o.ScoredJudges().PlanMerge(t.Context(), "j002", "j001")
	must(t, err)
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 6 {
		t.Error("a preview removed a judge")
	}
	m, err = o.ScoredJudges().MergeJudges(t.Context(), "j002", "j001", "into", "同一人")
	must(t, err)
	if !reflect.DeepEqual(planned, m) {
		t.Errorf("the preview said %+v, it did %+v", planned, m)
	}
	if m.Scores != len(others.Works) || m.Works != len(others.Works)-both {
		t.Errorf("%+v", m)
	}
	now := firstDuty(t, o, "j001")
	for _, w := range now.Works {
		low := !slices.ContainsFunc(mine.Works, func(x judging.Duty) bool { return x.Code == w.Code })
		history, _ := o.Scoring().Desk("j001").History(t.Context(), w.Code)
		if n := len(history); w.State != judging.Scored || (w.Total < 60) != low || shared[w.Code] != (n == 2) {
			t.Errorf("%s: %v, of the other entry %v, %d versions", w.Code, w.Total, low, n)
		}
	}
	if len(now.Works) != len(mine.Works)+len(others.Works)-both {
		t.Errorf("%d works", len(now.Works))
	}
}

// Consent that comes on paper, after the list, is entered where the work stands, also when the awards are final.
func TestConsentIsPutRightAsAYesANoOrUnknown(t *testing.T) {
	o := newOffice(t)
	file := table(t, "一小.xlsx", []any{"作品名称", "类别", "组别", "作者", "单位", "是否同意展示"},
		[]any{"守法", "书法", "小学组", "甲某", "示例一小", "待问家长"})
	importAll(t, o, intake.ImportRequest{Sources: []string{file}})
	all, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	set := func(said string) error {
		return reads(o.Corrections().CorrectWorks(t.Context(), correction.Correction{
			Works: []string{string(all[0].ID)}, Set: map[string]string{judging.ConsentField: said}, Reason: "补交授权书",
		}))
	}
	for _, said := range []string{"是", "否", ""} {
		must(t, set(said))
		w, err := o.Work(t.Context(), string(all[0].ID))
		must(t, err)
		if got := w.Field(judging.ConsentField); got != said {
			t.Errorf("%q became %q", said, got)
		}
	}
	r, err := o.Corrections().CorrectWorks(t.Context(), correction.Correction{
		Works: []string{string(all[0].ID)}, Set: map[string]string{judging.ConsentField: "再说"}, Reason: "补交",
	})
	if len(r.Works) > 0 || err == nil && (len(r.Refused) != 1 || r.Refused[0].Text != "correct.unclear_consent") {
		t.Errorf("an answer that is none: %+v, %v", r, err)
	}
	if !slices.Contains(judging.FinalFields, judging.ConsentField) {
		t.Error("it can't be entered once the awards are final")
	}
}
