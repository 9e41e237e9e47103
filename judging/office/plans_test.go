package office_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
)

func TestAPlanCoversEveryWorkAndKeepsConflictsApart(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 40)}})
	addJudges(t, o, 5)
	// teacher of all works
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "乙老师", Unit: "别处"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "丁某", Unit: "示例第1小学"}); err != nil {
		t.Fatal(err)
	}
	plan := publish(t, o)
	if plan.Pairs != 120 || plan.Proof.Components != 1 {
		t.Fatalf("%+v", plan)
	}
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	unit := map[judging.WorkID]string{}
	for _, w := range works {
		unit[w.ID] = w.Unit
	}
	pairs, _ := o.Assignment().Assignments(t.Context())
	count := map[judging.WorkID]int{}
	for _, d := range pairs {
		count[d.Work]++
		if d.Judge == "j006" || d.Judge == "j007" && unit[d.Work] == "示例第1小学" {
			t.Errorf("conflict in the plan: %+v", d)
		}
	}
	for id, n := range count {
		if n != 3 {
			t.Errorf("%s has %d judges", id, n)
		}
	}
}

func TestAClearedSuspicionMayScore(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 5)}})
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "乙老师"}); err != nil {
		t.Fatal(err)
	}
	all, _ := o.Assignment().SuspectConflicts(t.Context())
	if len(all) != 5 || all[0].Kind != judging.IsTeacher {
		t.Fatalf("%+v", all)
	}
	err := o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
		Judge:  "j001",
		Work:   all[0].Work,
		Kind:   judging.NoConflict,
		Reason: "同名不同人",
	})
	if err != nil {
		t.Fatal(err)
	}
	if all, _ = o.Assignment().SuspectConflicts(t.Context()); len(all) != 4 {
		t.Fatalf("%d left", len(all))
	}
}

// TestADeclarationThatTouchesNothingIsListed declares units and people, of whom some are named by no work.
func TestADeclarationThatTouchesNothingIsListed(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 5)}})
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "评委甲"}); err != nil {
		t.Fatal(err)
	}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || works[0].Unit == "" {
		t.Fatal(works, err)
	}
	declare := func(c judging.Conflict) {
		t.Helper()
		c.Judge, c.Reason = "j001", "亲属"
		if err := o.Assignment().DeclareConflict(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	idle := func() (out []string) {
		all, err := o.Assignment().SuspectConflicts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if s.Work == "" {
				out = append(out, s.JudgeName+s.Unit+s.Person)
			}
		}
		return out
	}
	declare(judging.Conflict{Unit: works[0].Unit})
	declare(judging.Conflict{Person: works[0].Authors[0]})
	if got := idle(); got != nil {
		t.Errorf("what touches works is listed as touching none: %q", got)
	}
	declare(judging.Conflict{Unit: works[0].Unit + "（旧）"})
	declare(judging.Conflict{Person: "没有这个人"})
	want := []string{"评委甲" + works[0].Unit + "（旧）", "评委甲没有这个人"}
	if got := idle(); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("listed %q, want %q", got, want)
	}
	declare(judging.Conflict{Unit: works[0].Unit + "（旧）", Kind: judging.NoConflict})
	if got := idle(); !slices.Equal(got, want[1:]) {
		t.Errorf("after one was cleared: %q", got)
	}
}

func TestTooFewJudgesAreToldInSums(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 30)}})
	for _, name := range []string{"甲", "乙", "丙"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
			Name:       name,
			Categories: []string{"书法"},
			MaxLoad:    7,
		}); err != nil {
			t.Fatal(err)
		}
	}
	addJudges(t, o, 0)
	for _, name := range []string{"丁", "戊", "己"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
			Name:       name,
			Categories: []string{"绘画", "征文"},
		}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{}, nil)
	var short *assignment.Shortages
	if !errors.As(err, &short) || len(short.Missing) != 1 {
		t.Fatalf("%v", err)
	}
	if m := short.Missing[0]; m.Category != "书法" || m.Works != 10 || m.Needed != 30 || m.Capacity != 21 ||
		m.Short != 9 || m.Judges != 3 {
		t.Fatalf("%+v", m)
	}
	if judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("code %v", judging.CodeOf(err))
	}
}

// What lacks is a senior judge, not judges who can carry more.
func TestLackingSeniorJudgesAreToldAsSuch(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	addJudges(t, o, 4)
	_, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 3, Senior: true},
	}, nil)
	var short *assignment.Shortages
	if !errors.As(err, &short) || len(short.Missing) == 0 {
		t.Fatalf("%v", err)
	}
	for _, m := range short.Missing {
		if m.Cause != assign.NoSenior || m.Text() != "assign.shortage_senior" || m.Needed-m.Capacity != m.Short ||
			m.Short != m.Works {
			t.Errorf("%s: %+v", m.Text(), m)
		}
	}
	wantCode(t, short.Unwrap()[0], judging.Invalid, "assign.shortage_senior")
}

func TestADraftIsOvertakenByNewWorksAndNoPlanAfterScores(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	addJudges(t, o, 4)
	if _, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{}, nil); err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{
		Sources: []string{table(t, "补.xlsx", header, []any{"补交", "书法", "小学组", "迟某", "示例", "", ""})},
	})
	_, err := o.Assignment().PublishPlan(t.Context(), "")
	wantCode(t, err, judging.Closed, "assign.overtaken")
	publish(t, o)
	d := firstDuty(t, o, "j001")
	w := d.Works[0]
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code:  w.Code,
		Marks: fill(d.Rubrics[w.Category], 0.8),
	}); err != nil {
		t.Fatal(err)
	}
	_, err = o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{}, nil)
	wantCode(t, err, judging.Closed, "assign.scores_given")
	_, err = o.Intake().UndoImport(t.Context(), "i001")
	wantCode(t, err, judging.Closed, "import.assigned")
}

func TestTheSameSeedMakesTheSamePlan(t *testing.T) {
	var versions [2]string
	for i := range versions {
		o := newOffice(t)
		importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 30)}})
		addJudges(t, o, 6)
		versions[i] = publish(t, o).Version
	}
	if versions[0] != versions[1] {
		t.Fatalf("%v", versions)
	}
}

func TestARehearsalIsMarkedAndTheRealContestUntouched(t *testing.T) {
	o := published(t, 30)
	before, _ := o.Journal(t.Context())
	r, err := o.Rehearse(t.Context(), config(t), 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := r.Contest(t.Context())
	real, _ := o.Contest(t.Context())
	if !c.Rehearsal || c.ID == real.ID || c.Title() != "【演练】法治文化作品征集" {
		t.Fatalf("%+v", c)
	}
	if _, err := r.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	if n, err := r.Report().ReportAwards(t.Context(), path, report.AwardListRequest{}, words(t)); err != nil || n == 0 {
		t.Fatalf("%d %v", n, err)
	}
	after, _ := o.Journal(t.Context())
	status, _ := o.Scoring().ScoresStatus(t.Context())
	if len(after) != len(before) || status.Done != 0 {
		t.Fatal("the rehearsal changed the real contest")
	}
	if check, err := r.CheckContest(t.Context(), "", nil); err != nil || !check.OK {
		t.Fatalf("%+v %v", check, err)
	}
}

func TestAwardsWaitForAllLists(t *testing.T) {
	o := published(t, 12)
	_, err := o.Awards().DecideAwards(t.Context(), false)
	wantCode(t, err, judging.Clash, "awards.no_scores")
	d := firstDuty(t, o, "j001")
	for _, w := range d.Works {
		if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
			Code:  w.Code,
			Marks: fill(d.Rubrics[w.Category], 0.8),
		}); err != nil {
			t.Fatal(err)
		}
	}
	_, err = o.Awards().DecideAwards(t.Context(), false)
	wantCode(t, err, judging.Closed, "awards.judges_waiting")
	if _, err := o.Awards().DecideAwards(t.Context(), true); err != nil {
		t.Fatal(err)
	}
}
