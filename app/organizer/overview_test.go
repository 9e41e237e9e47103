package organizer

import (
	"maps"
	"slices"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

// pageOf makes the page of r over the contest o, as the window does.
func pageOf(sh kit.Shell, o *office.Office, r kit.Route) kit.Page {
	return Pages(func() *office.Office { return o }, nil)[r.Kind](sh, r)
}

func summary(works, judges int, plan judging.PlanState, pairs, scored int, finished bool, decided int) office.Summary {
	s := office.Summary{
		WorksSummary: office.WorksSummary{Works: map[judging.WorkStatus]int{judging.Accepted: works}},
		Judges:       judges, Scored: scored, Finished: finished,
		Decided: decided, Granted: decided * 5,
	}
	if plan != "" {
		s.Plan = &judging.Plan{State: plan, Pairs: pairs}
	}
	return s
}

// final is a contest whose awards are final.
func final(decided, batches int) office.Summary {
	s := summary(12, 4, judging.Published, 36, 36, true, decided)
	s.Notice, s.Batches = &judging.Notice{State: judging.Final, Until: "2026-05-20"}, batches
	return s
}

func TestTheRailMarksTheStageOfTheNextStep(t *testing.T) {
	text := pagetest.Chinese(t)
	for name, c := range map[string]struct {
		in   office.Summary
		next string
	}{
		"nothing yet":   {summary(0, 0, "", 0, 0, false, 0), page.Works},
		"works are in":  {summary(12, 0, "", 0, 0, false, 0), page.Assign},
		"judges are in": {summary(12, 4, "", 0, 0, false, 0), page.Assign},
		"a draft":       {summary(12, 4, judging.Draft, 36, 0, false, 0), page.Assign},
		"published":     {summary(12, 4, judging.Published, 36, 7, false, 0), page.Progress},
		"all scored":    {summary(12, 4, judging.Published, 36, 36, true, 0), page.Results},
		"decided":       {summary(12, 4, judging.Published, 36, 36, true, 3), page.Notice},
		"final":         {final(3, 0), page.Batches},
		"reported":      {final(3, 1), ""},
	} {
		next := ""
		for _, s := range Rail(text, Standing{Summary: c.in}) {
			if s.State == status.Next {
				next += s.Key
			}
		}
		if next != c.next {
			t.Errorf("%s: next is %q, want %q", name, next, c.next)
		}
	}
}

func TestNextStepsLeadOnFromWhereTheContestStands(t *testing.T) {
	text := pagetest.Chinese(t)
	gap := summary(12, 0, "", 0, 0, false, 0)
	gap.NoFiles, gap.Works[judging.Returned] = 3, 2
	for name, c := range map[string]struct {
		in   office.Summary
		want []string // kinds of routes
	}{
		"nothing yet":     {summary(0, 0, "", 0, 0, false, 0), []string{page.Import, page.Judges, page.Prepare}},
		"judges missing":  {gap, []string{page.Judges, page.Works, page.Works}},
		"ready":           {summary(12, 4, "", 0, 0, false, 0), []string{page.Assign}},
		"draft":           {summary(12, 4, judging.Draft, 36, 0, false, 0), []string{page.Assign}},
		"scoring":         {summary(12, 4, judging.Published, 36, 7, false, 0), []string{page.Progress}},
		"scored, not in":  {summary(12, 4, judging.Published, 36, 36, false, 0), []string{page.Progress}},
		"scored and in":   {summary(12, 4, judging.Published, 36, 36, true, 0), []string{page.Results}},
		"decided":         {summary(12, 4, judging.Published, 36, 36, true, 3), []string{page.Notice, page.Results}},
		"final":           {final(3, 0), []string{page.Batches}},
		"final, reported": {final(3, 1), []string{page.Reports}},
		"nothing but draft": {
			summary(0, 0, judging.Draft, 36, 0, false, 0), []string{page.Import, page.Judges, page.Prepare},
		},
	} {
		var got []string
		for _, n := range nextSteps(text, Standing{Summary: c.in}) {
			got = append(got, n.route.Kind)
			if n.text == "" || n.act == "" || n.text == "app.next_"+n.route.Kind {
				t.Errorf("%s: a step says nothing: %+v", name, n)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestTalesJoinEntriesOfOneKind(t *testing.T) {
	at := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	entry := func(minute int, verb, after string) judging.Entry {
		return judging.Entry{At: at.Add(time.Duration(minute) * time.Minute), Verb: verb, After: []byte(after)}
	}
	got := tales(
		[]judging.Entry{
			entry(0, "contest.new", `{}`), entry(1, "works.import", `{"tally":{"accepted":12,"changed":1}}`),
			entry(2, "scores.save", `{}`),
			entry(3, "scores.save", `{}`),
			entry(4, "assign.publish", `{"pairs":36}`),
			entry(5, "strange.verb", `[1]`),
		},
		4,
	)
	want := []string{"其他改动", "发布了分配，共 36 次评分", "收到评分 2 次", "导入作品：新增 12 件，更新 1 件"}
	for i, w := range want {
		if i >= len(got) || got[i].words(pagetest.Chinese(t)) != w {
			t.Fatalf("tale %d: want %q, have %+v", i, w, got)
		}
	}
	if len(got) != 4 || !got[2].at.Equal(at.Add(3*time.Minute)) {
		t.Fatalf("%+v", got)
	}
}

func TestTheOverviewLeadsToTheNextStep(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	sh := kittest.New(t)
	root := sh.Open(newOverviewPage(sh, page.StagesOf(o)))
	for _, want := range []string{"甲县法治作品征集", "甲县司法局", "6 件作品、4 位评委已就绪", "导入作品：新增 6 件", "5 件作品没有文件。"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "去分配")
	kittest.Tap(t, root, "审核")
	if want := []kit.Route{{Kind: page.Assign}, {Kind: page.Review}}; !slices.Equal(sh.Routes, want) {
		t.Fatalf("%v", sh.Routes)
	}
}

func TestTheOverviewFits(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	pagetest.Shots(t, "overview", func(sh kit.Shell) kit.Page { return newOverviewPage(sh, page.StagesOf(o)) })
}

func TestEveryOpenPointLeadsToAPageAndAStage(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	open, err := o.OpenPoints(t.Context())
	must(err)
	rows := openLacks(pagetest.Chinese(t), open)
	if len(rows) == 0 || len(rows) != len(open) {
		t.Fatalf("%d rows for %+v", len(rows), open)
	}
	for _, l := range rows {
		if l.text == "" || pagetest.Chinese(t).T("app.rail_"+l.stage, nil) == "app.rail_"+l.stage {
			t.Errorf("%+v", l)
		}
	}
}

func TestWhatAStageLacksLeadsToWhereItIsSeenTo(t *testing.T) {
	text := pagetest.Chinese(t)
	messy := summary(12, 4, judging.Published, 36, 7, false, 0)
	messy.Loose, messy.NoFiles, messy.Waiting, messy.Flags, messy.Works[judging.Returned] = 2, 3, 5, 1, 4
	contested := summary(12, 4, judging.Published, 36, 36, true, 3)
	contested.Notice, contested.Objections = &judging.Notice{State: judging.Standing}, 2
	for name, c := range map[string]struct {
		in   office.Summary
		want []kit.Route
	}{
		"nothing yet": {summary(0, 0, "", 0, 0, false, 0), []kit.Route{{Kind: page.Import}, {Kind: page.Judges}}},
		"ready":       {summary(12, 4, "", 0, 0, false, 0), []kit.Route{{Kind: page.Assign}}},
		"messy": {
			messy,
			[]kit.Route{
				{Kind: page.Reconcile}, {Kind: page.Works, Tab: string(judging.Returned)}, {Kind: page.Progress},
			},
		},
		"not handed in": {summary(12, 4, judging.Published, 36, 36, false, 0), []kit.Route{{Kind: page.Progress}}},
		"handed in":     {summary(12, 4, judging.Published, 36, 36, true, 0), []kit.Route{{Kind: page.Results}}},
		"decided":       {summary(12, 4, judging.Published, 36, 36, true, 3), []kit.Route{{Kind: page.Notice}}},
		"contested":     {contested, nil},
		"final":         {final(3, 0), []kit.Route{{Kind: page.Batches}}},
		"reported":      {final(3, 1), nil},
	} {
		var got []kit.Route
		for _, l := range lacking(text, c.in) {
			got = append(got, l.route)
			if l.text == "" || l.stage == "" {
				t.Errorf("%s: %+v", name, l)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: leads to %v, want %v", name, got, c.want)
		}
	}
}

// A rehearsal goes through all states of a contest: in each, the rail marks one stage, that of the first step of the
// overview, and the step leads to a page of that stage.
func TestRailAndNextStepAgreeInEveryState(t *testing.T) {
	text := pagetest.Chinese(t)
	agree := func(name string, o *office.Office) {
		t.Helper()
		s, err := Stand(t.Context(), page.StagesOf(o))
		if err != nil {
			t.Fatal(err)
		}
		steps := nextSteps(text, s)
		if len(steps) == 0 {
			t.Fatalf("%s: nothing to do", name)
		}
		first := steps[0]
		var marked []string
		for _, e := range Rail(text, s) {
			if e.State == status.Next {
				marked = append(marked, e.Key)
			}
			if at := first.route.Kind; e.Key == first.stage && e.Key != at && !slices.Contains(e.Holds, at) &&
				!slices.Contains([]string{page.Judges, page.OpenPoint}, at) {
				t.Errorf("%s: the step %+v leads out of its stage", name, first)
			}
		}
		if want := []string{first.stage}; first.stage != page.Reports && !slices.Equal(marked, want) {
			t.Errorf("%s: the rail marks %q, the first step is of %q", name, marked, want)
		}
	}
	agree("empty", pagetest.NewContest(t))
	agree("works", pagetest.WithWorks(t, 6))
	agree("problems", pagetest.WithProblems(t))
	agree("copies", pagetest.WithCopies(t))
	agree("judges", pagetest.WithJudges(t, 6))
	agree("plan", pagetest.WithPlan(t, 6))
	agree("at work", pagetest.AtWork(t))
	agree("scored", pagetest.Scored(t, 12))
	o := pagetest.Awarded(t, 12)
	agree("awarded", o)
}

// Whatever is open: one step is always that to which the contest has come, and no more than three are shown.
func TestTheStepItselfIsShownHoweverMuchIsOpen(t *testing.T) {
	text := pagetest.Chinese(t)
	var all []office.Point
	for _, kind := range office.PointKinds() {
		for place := range pointStages {
			all = append(all, office.Point{
				Kind: kind, Place: place, Count: 2, Text: "open.no_files", Args: judging.Args{"Count": 2},
				Stops: []office.Gate{"notice", "final", "batch"}, Asks: []office.Gate{"publish", "decide", "close"},
			})
			break
		}
	}
	standing := final(3, 0)
	standing.Notice.State = judging.Standing
	for name, c := range map[string]struct {
		in   office.Summary
		main string
	}{
		"judges are in": {summary(12, 4, "", 0, 0, false, 0), "去分配"},
		"a draft":       {summary(12, 4, judging.Draft, 36, 0, false, 0), "查看并发布"},
		"scoring":       {summary(12, 4, judging.Published, 36, 7, false, 0), "去评分"},
		"scored":        {summary(12, 4, judging.Published, 36, 36, false, 0), "去提交"},
		"handed in":     {summary(12, 4, judging.Published, 36, 36, true, 0), "去评定奖项"},
		"decided":       {summary(12, 4, judging.Published, 36, 36, true, 3), "去公示"},
		"notice":        {standing, "查看公示"},
		"final":         {final(3, 0), "去上报"},
	} {
		c.in.Loose, c.in.Waiting, c.in.Flags, c.in.Objections = 1, 2, 3, 4
		steps := nextSteps(text, Standing{Summary: c.in, Open: all})
		if len(steps) > mostSteps || len(steps) < 2 ||
			!slices.ContainsFunc(steps, func(n nextStep) bool { return n.act == c.main }) {
			t.Errorf("%s: %+v", name, steps)
		}
		if name != "scoring" && steps[0].act == c.main {
			t.Errorf("%s: what is open does not come first: %+v", name, steps)
		}
	}
}

func TestWhatIsOpenStandsOnTheRailWithItsNumbers(t *testing.T) {
	text := pagetest.Chinese(t)
	s := Standing{Summary: summary(12, 4, judging.Published, 36, 36, true, 3), Due: 2, Open: []office.Point{
		{Kind: "duplicates", Place: page.Duplicates, Count: 4}, {Kind: "disputes", Place: page.Disputes, Count: 3},
		{Kind: "reopened", Place: page.Disputes, Count: 1}, {Kind: "import_problems", Place: page.Problems, Count: 5},
	}}
	s.Loose, s.Flags = 7, 1
	got := map[string]string{}
	for _, e := range Rail(text, s) {
		for _, o := range e.Below {
			got[e.Key+" "+o.Title] = o.Note
		}
	}
	want := map[string]string{
		"review 疑似重复": "4", "results 分歧作品": "4", "works 导入问题": "5", "works 待核对文件": "7", "progress 评委提问": "1",
		"reports 文件已过时": "2",
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for _, e := range Rail(text, Standing{Summary: s.Summary}) {
		if len(e.Below) > 1 {
			t.Errorf("%+v", e)
		}
	}
}

func TestScoringIsNotDoneWhileAWorkIsScoredAgain(t *testing.T) {
	s := Standing{Summary: summary(12, 4, judging.Published, 36, 36, true, 3)}
	if st := scoringStage(pagetest.Chinese(t), s); !st.done || st.note != "全部提交" {
		t.Errorf("handed in: %+v", st)
	}
	s.Open = []office.Point{{Kind: "reopened", Place: page.Disputes, Count: 2}}
	if st := scoringStage(pagetest.Chinese(t), s); st.done || st.note != "重评中 2 件" || st.tone != look.Waiting {
		t.Errorf("two are scored again: %+v", st)
	}
}

// TestFilesAreCalledCompleteOnlyWhenEachWasOpened ties the card of works to what is open about their files.
func TestFilesAreCalledCompleteOnlyWhenEachWasOpened(t *testing.T) {
	s := Standing{Summary: summary(12, 4, judging.Published, 36, 36, true, 3)}
	if st := worksStage(pagetest.Chinese(t), s); st.note != "都合格，附件齐全" || st.tone != look.Done {
		t.Errorf("all is well: %+v", st)
	}
	for kind, want := range map[string]string{
		"broken_files": "文件打不开 2 件", "files_unopened": "文件未检查 2 件",
	} {
		s.Open = []office.Point{{Kind: "duplicates", Count: 5}, {Kind: kind, Place: page.Works, Count: 2}}
		if st := worksStage(pagetest.Chinese(t), s); st.note != want || st.tone != look.Waiting || !st.done {
			t.Errorf("%s: %+v", kind, st)
		}
	}
}
