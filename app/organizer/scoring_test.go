package organizer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
	"fayi/judging/office/review"
	"fayi/judging/office/scoring"
)

func TestAPlanIsMadeLookedAtAndPublished(t *testing.T) {
	o := withJudges(t, 6)
	sh := kittest.New(t)
	p := newAssignPage(sh, stagesOf(o))
	root := sh.Open(p)
	if !kittest.Shows(root, "6 件作品，4 位评委") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.perWork.Entry().SetText("2")
	p.seed.Entry().SetText("7")
	kittest.Tap(t, root, "生成分配")
	for _, want := range []string{"草案", "每位评委 3 至 3 件", "抽签号 7", "赵一"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "发布分配")
	if q := sh.Asked[0]; q.Check == "" || !strings.Contains(q.Text, "共 12 次评分") {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, err := o.Review().BlindnessReport(t.Context()); err != nil || len(all) != 6 || slices.ContainsFunc(all, unprepared) {
		t.Errorf("copies for judges are not ready: %+v %v", all, err)
	}
	p.Load()
	if !kittest.Shows(root, "已发布") {
		t.Fatalf("%q", kittest.Texts(root))
	}
}

func unprepared(s review.BlindState) bool {
	return slices.ContainsFunc(s.Files, func(f review.BlindFileState) bool { return slices.Contains(f.Needs, review.NeedPrepare) })
}

func TestTooFewJudgesAreToldInSums(t *testing.T) {
	o := withJudges(t, 6)
	sh := kittest.New(t)
	p := newAssignPage(sh, stagesOf(o))
	root := sh.Open(p)
	p.perWork.Entry().SetText("4")
	kittest.Tap(t, root, "生成分配")
	if len(p.short) == 0 || !kittest.Shows(root, "评委不够") || len(sh.Errors) > 0 {
		t.Fatalf("%v %v %q", p.short, sh.Errors, kittest.Texts(root))
	}
	p.perWork.Entry().SetText("60")
	kittest.Tap(t, root, "生成分配")
	if ran := len(sh.Ran); sh.Ran[ran-1] == "正在分配" && p.perWork.Wrong() == "" {
		t.Fatal("a plan with 60 judges a work was tried")
	}
}

func TestTheVerdictSaysWhatThePlanIsWorth(t *testing.T) {
	text := chinese(t)
	for want, proof := range map[string]judging.PlanProof{
		"可以比较":   {MinLoad: 3, MaxLoad: 4, Components: 1, Comparability: 0.95},
		"粗略比较":   {MinLoad: 3, MaxLoad: 4, Components: 1, Comparability: 0.5},
		"分成 2 拨": {MinLoad: 3, MaxLoad: 4, Components: 2, Comparability: 0.95},
	} {
		if got := verdict(text, proof); !strings.Contains(got, want) || !strings.Contains(got, "3 至 4 件") {
			t.Errorf("%q: %s", want, got)
		}
	}
}

func TestSheetsGoOutAndComeBack(t *testing.T) {
	o := withPlan(t, 6)
	sh := kittest.New(t)
	sh.Path = t.TempDir()
	p := newProgressPage(sh, papers{stagesOf(o)})
	root := sh.Open(p)
	p.onSheets("")
	dir := filepath.Join(sh.Path, "评分表")
	files := sheetFiles([]string{dir})
	if len(files) != 4 || len(sh.Told) != 1 {
		t.Fatalf("%v %v", files, sh.Told)
	}
	write(t, filepath.Join(dir, "~$打开着.xlsx"), nil)
	write(t, filepath.Join(dir, "别的.xlsx"), []byte("no workbook"))
	p.Dropped([]string{dir})
	if len(p.collected) != 5 || !kittest.Shows(root, "收取 4 份，没有收取 1 份") || !kittest.Shows(root, "别的.xlsx") {
		t.Fatalf("%+v %q", p.collected, kittest.Texts(root))
	}
	kittest.Tap(t, root, "知道了")
	if !kittest.Shows(root, "还没开始") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.Dropped([]string{t.TempDir()})
	if n := len(sh.Told); sh.Told[n-1].Tone != kit.Waiting {
		t.Fatalf("%+v", sh.Told)
	}
}

func TestAJudgeSitsDownAndFinishedListsAreHandedIn(t *testing.T) {
	o := withPlan(t, 6)
	sh := kittest.New(t)
	p := newProgressPage(sh, papers{stagesOf(o)})
	root := sh.Open(p)
	p.onScore(p.status.Judges[0])
	if err := sh.Answer(t); err != nil || !slices.Equal(sh.Routes, []kit.Route{{Kind: HandOver, ID: "j001"}}) {
		t.Fatalf("%v %v", sh.Routes, err)
	}
	all, _ := o.Assignment().Assignments(t.Context())
	for _, d := range all {
		if _, err := o.Scoring().EnterScore(t.Context(), d.Judge, string(d.Work), judging.Ballot{Total: 80}, scoring.TakeNone, false); err != nil {
			t.Fatal(err)
		}
	}
	p.Load()
	kittest.Tap(t, root, "全部提交")
	if q := sh.Asked[1]; q.Check == "" || !strings.Contains(q.Text, "4 位") {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if s, _ := o.ShowContest(t.Context()); !s.Finished || !kittest.Shows(root, "已提交") {
		t.Fatalf("%+v", s)
	}
}

func TestScoringWaitsForThePlan(t *testing.T) {
	o := withJudges(t, 6)
	sh := kittest.New(t)
	root := sh.Open(newProgressPage(sh, papers{stagesOf(o)}))
	if !kittest.Shows(root, "还不能评分") || len(sh.Errors) > 0 {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root))
	}
	kittest.Tap(t, root, "去分配")
	if sh.Routes[0].Kind != Assign {
		t.Fatal(sh.Routes)
	}
}

func TestStatusRowsKeepTheFilter(t *testing.T) {
	all := []scoring.JudgeStatus{{Judge: "j1", Name: "赵一", Total: 5}, {Judge: "j2", Name: "钱二", Total: 5, Done: 2}, {Judge: "j3", Name: "孙三", Total: 5, Done: 5},
		{Judge: "j4", Name: "李四", Total: 5, Done: 5, Submitted: true}, {Judge: "j5", Name: "周五"}, {Judge: "j6", Name: "吴六", Total: 5, Skipped: 1}}
	for quick, want := range map[string]string{"": "j1 j2 j3 j4 j5 j6", "none": "j1", "begun": "j2 j6", "full": "j3", "submitted": "j4", "idle": "j5"} {
		var got []string
		for _, j := range statusRows(all, kit.Filter{Quick: quick}) {
			got = append(got, string(j.Judge))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", quick, got)
		}
	}
	if word, tone := judgeState(chinese(t), all[5]); word != "跳过 1 件" || tone != kit.Waiting {
		t.Errorf("%s", word)
	}
}

func TestResultsAreDecidedAndExported(t *testing.T) {
	o := withPlan(t, 30)
	score(t, o)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "名单.xlsx")
	p := newResultsPage(sh, papers{stagesOf(o)})
	root := sh.Open(p)
	if len(p.data.rows) != 30 || !kittest.Shows(root, "评分已全部提交") {
		t.Fatalf("%d %q", len(p.data.rows), kittest.Texts(root))
	}
	kittest.Tap(t, root, "评定奖项")
	if q := sh.Asked[0]; q.Check != "" {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
		t.Fatal(err, sh.Errors)
	}
	p.Load()
	if p.data.Granted == 0 || !kittest.Shows(root, "一等奖") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "导出获奖名单")
	if _, err := os.Stat(sh.Path); err != nil || !strings.Contains(sh.Told[len(sh.Told)-1].Text, sh.Path) {
		t.Fatalf("%v %v", err, sh.Told)
	}
}

func TestDecidingBeforeTheEndWantsATick(t *testing.T) {
	o := withPlan(t, 6)
	all, _ := o.Assignment().Assignments(t.Context())
	if _, err := o.Scoring().EnterScore(t.Context(), all[0].Judge, string(all[0].Work), judging.Ballot{Total: 90}, scoring.TakeNone, false); err != nil {
		t.Fatal(err)
	}
	sh := kittest.New(t)
	p := newResultsPage(sh, papers{stagesOf(o)})
	root := sh.Open(p)
	kittest.Tap(t, root, "评定奖项")
	if q := sh.Asked[0]; q.Check == "" || !q.Danger || !strings.Contains(q.Text, "已评 1 / 共 18 次") {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
		t.Fatal(err, sh.Errors)
	}
}

func TestResultRowsKeepTheFilter(t *testing.T) {
	placings := []judging.Placing{{Work: "w1", Category: "书法", Group: "小学组", Place: 1, Official: 90, Scores: 3}, {Work: "w2", Category: "书法", Group: "小学组", Place: 2, Tied: true, Official: 80, Scores: 3},
		{Work: "w3", Category: "摄影"}}
	works := []judging.Work{{ID: "w1", Code: "SF-0001", Title: "光"}, {ID: "w2", Code: "SF-0002", Title: "影", Authors: []string{"赵一"}}, {ID: "w3", Code: "SY-0001", Title: "路"}}
	rows := resultRows(placings, works, []judging.Decision{{Category: "书法", Group: "小学组", Grants: []judging.Grant{{Work: "w1", Award: "一等奖"}},
		Notes: []judging.Note{{Award: "一等奖", Places: 1, Given: 1, Why: "awards.tie_shared"}}}})
	for name, c := range map[string]struct {
		f    kit.Filter
		want string
	}{
		"all": {kit.Filter{}, "w1 w2 w3"}, "awarded": {kit.Filter{Quick: stateAwarded}, "w1"}, "tied": {kit.Filter{Quick: stateTied}, "w2"},
		"unscored": {kit.Filter{Quick: stateUnscored}, "w3"}, "a list": {kit.Filter{Picks: map[string]string{"list": "书法 小学组"}}, "w1 w2"},
		"an award": {kit.Filter{Picks: map[string]string{"award": "一等奖"}}, "w1"}, "an author": {kit.Filter{Text: "赵一"}, "w2"},
	} {
		var got []string
		for _, r := range filterResults(rows, c.f) {
			got = append(got, string(r.Work))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if q := resultQuicks(chinese(t), rows); len(q) != 4 {
		t.Errorf("%v", q)
	}
}

func TestNotesOfAllListsAreCut(t *testing.T) {
	d := judging.Decision{Category: "书法"}
	for range 6 {
		d.Notes = append(d.Notes, judging.Note{Award: "一等奖", Why: "awards.too_few"})
	}
	text := chinese(t)
	if n := decisionNotes(text, []judging.Decision{d}, ""); len(n) != mostNotes+1 || !strings.Contains(n[mostNotes], "3") {
		t.Errorf("%v", n)
	}
	if n := decisionNotes(text, []judging.Decision{d}, "书法"); len(n) != 6 {
		t.Errorf("%v", n)
	}
	if n := decisionNotes(text, []judging.Decision{d}, "绘画"); len(n) != 0 {
		t.Errorf("%v", n)
	}
}

func TestScoringAndResultsFit(t *testing.T) {
	o := withJudges(t, 12)
	shots(t, "assign-empty", func(sh kit.Shell) kit.Page { return newAssignPage(sh, stagesOf(o)) })
	shots(t, "results-empty", func(sh kit.Shell) kit.Page { return newResultsPage(sh, papers{stagesOf(o)}) })
	o = withPlan(t, 12)
	shots(t, "assign", func(sh kit.Shell) kit.Page { return newAssignPage(sh, stagesOf(o)) })
	shots(t, "progress", func(sh kit.Shell) kit.Page { return newProgressPage(sh, papers{stagesOf(o)}) })
	score(t, o)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	shots(t, "results", func(sh kit.Shell) kit.Page { return newResultsPage(sh, papers{stagesOf(o)}) })
	shots(t, "rules", func(sh kit.Shell) kit.Page { return newRulesPage(sh, stagesOf(o)) })
}

func TestRulesAreExportedChangedAndLoaded(t *testing.T) {
	o := newContest(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "规则.toml")
	p := newRulesPage(sh, stagesOf(o))
	root := sh.Open(p)
	for _, want := range []string{"第 1 版", "一等奖", "参评件数的 4%（有小数进一）", "80 分，不到就空缺", "书法", "主题内容", "保留 2 位小数"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	choose := func(item string) {
		kittest.Tap(t, root, "规则文件 ▾")
		kittest.TapText(t, kittest.Top(sh.Win), item)
	}
	choose("导出规则文件")
	data, err := os.ReadFile(sh.Path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, sh.Path, []byte(strings.Replace(string(data), "percent = 4.0", "percent = 5.0", 1)))
	choose("载入规则文件…")
	p.Load()
	if !kittest.Shows(root, "第 2 版") || !kittest.Shows(root, "5%") {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root)[:20])
	}
	write(t, sh.Path, []byte("title = "))
	choose("载入规则文件…")
	if len(sh.Errors) != 1 || judging.CodeOf(sh.Errors[0]) != judging.Invalid {
		t.Fatalf("%v", sh.Errors)
	}
	sh.Path = filepath.Join(t.TempDir(), "无此文件夹", "规则.toml")
	choose("导出规则文件")
	if len(sh.Errors) != 2 {
		t.Fatalf("%v", sh.Errors)
	}
}
