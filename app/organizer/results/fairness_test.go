package results

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
	"fayi/judging/stats"
)

func TestPlacesAreShownWithTheirIntervalsAndLeadToTheReasons(t *testing.T) {
	o := pagetest.Scored(t, 30)
	sh := kittest.New(t)
	p := newFairnessPage(sh, page.StagesOf(o), "书法 小学组")
	root := sh.Open(p)
	for _, want := range []string{"可能名次", "一等奖到第", "评委"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	l := p.chosen()
	if l.Category != "书法" || len(l.rows) != 15 || len(p.table.Rows()) != 15 {
		t.Fatalf("%s has %d rows", l.name, len(l.rows))
	}
	kittest.Tap(t, root, "为什么是这个名次")
	if len(sh.Routes) != 0 || len(sh.Told) != 1 {
		t.Fatal("nothing was selected")
	}
	p.table.Select(string(l.rows[2].Work))
	kittest.Tap(t, root, "为什么是这个名次")
	if len(sh.Routes) != 1 || sh.Routes[0] != (kit.Route{Kind: page.Explain, ID: string(l.rows[2].Work)}) {
		t.Fatalf("%v", sh.Routes)
	}
}

func TestOnlyWorksInDoubtAreShownOnDemand(t *testing.T) {
	o := pagetest.Scored(t, 30)
	sh := kittest.New(t)
	p := newFairnessPage(sh, page.StagesOf(o), "")
	root := sh.Open(p)
	l := p.chosen()
	kittest.Tap(t, root, sh.T("fair.only_open", judging.Args{"N": l.open()}))
	if l.open() == 0 || len(p.table.Rows()) != l.open() {
		t.Fatalf("%d of %d rows", len(p.table.Rows()), l.open())
	}
	for _, r := range p.table.Rows() {
		if s := r.span(l.ListAnalysis); len(r.open) == 0 || !s.Open || s.Tone != look.Waiting {
			t.Errorf("%s: %+v", r.Work, s)
		}
		for _, c := range r.open {
			if c.P <= .1 || c.P >= .9 {
				t.Errorf("%s is no doubt: %v", r.Work, c)
			}
		}
	}
}

// sampleAnalysis is a list of five works and one award of two places; the second and third are in doubt, the last
// has no score.
func sampleAnalysis() results.Analysis {
	a := results.Analysis{Categories: []results.CategoryAnalysis{{Category: "书法", Method: stats.Mean}},
		Lists: []results.ListAnalysis{
			{
				Category: "书法", Ranked: 4,
				Cuts: []results.Cut{{Award: "一等奖", Places: 2, Doubtful: []judging.WorkID{"w2", "w3"}}},
			},
		}}
	for i, v := range []float64{90, 84, 85, 70} {
		s := results.Standing{
			Placing:   judging.Placing{Work: judging.WorkID("w" + string(rune('1'+i))), Category: "书法", Place: i + 1},
			Corrected: &v, PlaceLo: max(i, 1), PlaceHi: i + 2,
			PAward:  .5,
			Chances: []results.Chance{{Award: "一等奖", P: .5}},
		}
		a.Standings = append(a.Standings, s)
	}
	a.Standings = append(a.Standings, results.Standing{Placing: judging.Placing{Work: "w5", Category: "书法"}})
	return a
}

func TestListsPutRawAndCorrectedPlacesAndAwardLinesSideBySide(t *testing.T) {
	l := fairnessLists(sampleAnalysis())[0]
	for i, want := range []struct {
		corrected int
		open, cut bool
	}{{1, false, false}, {3, true, true}, {2, true, false}, {4, false, false}, {0, false, false}} {
		r := l.rows[i]
		if r.corrected != want.corrected || (len(r.open) > 0) != want.open || r.cut != want.cut {
			t.Errorf("%s: %+v", r.Work, r)
		}
	}
	if s := l.scale(); s.Low != .5 || s.High != 4.5 || len(s.Lines) != 1 || s.Lines[0].At != 2.5 {
		t.Errorf("%+v", s)
	}
	if s := l.rows[1].span(l.ListAnalysis); s.Also == nil || *s.Also != 3 || s.At != 2 || s.Low != .5 || s.High != 3.5 {
		t.Errorf("%+v", s)
	}
	if l.rows[4].span(l.ListAnalysis).Drawn || chanceText(l.rows[4]) != "—" {
		t.Error("a work without a score is drawn")
	}
}

func TestAListWithoutAnyScoreIsLeftOut(t *testing.T) {
	a := sampleAnalysis()
	for i := range a.Standings {
		a.Standings[i].Corrected = nil
	}
	if l := fairnessLists(a); len(l) != 0 {
		t.Fatalf("%+v", l)
	}
}

func TestNearlyCertainIsNotCertain(t *testing.T) {
	for p, want := range map[float64]string{0: "0%", 0.004: "<1%", 0.5: "50%", 0.994: ">99%", 1: "100%"} {
		if got := percentOf(p); got != want {
			t.Errorf("%v: %s", p, got)
		}
	}
}

func TestAWorkIsExplainedWithEveryMark(t *testing.T) {
	o := pagetest.Scored(t, 30)
	placings, _ := o.Results().Rank(t.Context())
	sh := kittest.New(t)
	root := sh.Open(newExplainPage(sh, page.StagesOf(o), string(placings[0].Work)))
	for _, want := range []string{"名次：", "计入", "赵一", "一等奖", "可能名次", "3 位评委的打分"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	if len(sh.Errors) > 0 {
		t.Fatal(sh.Errors)
	}
}

func TestMarksThatDoNotCountAreCrossed(t *testing.T) {
	text := pagetest.Chinese(t)
	for name, c := range map[string]struct {
		score results.ExplainedScore
		want  string
		tone  look.Tone
	}{
		"counts":  {results.ExplainedScore{}, "计入", look.Plain},
		"dropped": {results.ExplainedScore{Dropped: true}, "× 最高或最低，去掉", look.Quiet},
		"void":    {results.ExplainedScore{Void: "误录"}, "× 已作废", look.Quiet},
	} {
		if got := countCell(text, c.score); got.Text != c.want || countTone(c.score) != c.tone {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSeverityIsAWordAndANumber(t *testing.T) {
	text := pagetest.Chinese(t)
	for want, v := range map[string][2]float64{
		"偏宽 +2.4 ± 0.5": {2.44, .5}, "偏严 −1.5 ± 0.7": {-1.5, .7}, "适中 +0.3 ± 0.5": {.3, .5}, "—": {1, 0},
	} {
		if got := severityCell(text, v[0], v[1]); got.Text != want {
			t.Errorf("%q, want %q", got.Text, want)
		}
	}
}

func TestJudgesAreShownByCategoryWithWhatIsWorthALook(t *testing.T) {
	o := pagetest.Scored(t, 30)
	sh := kittest.New(t)
	p := newSeverityPage(sh, page.StagesOf(o), "书法")
	root := sh.Open(p)
	if !kittest.Shows(root, "赵一") || !kittest.Shows(root, "宽严") || len(sh.Errors) > 0 {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root))
	}
	if o := p.categories(); len(o) != 2 || !strings.Contains(o[0].Title, "4 位") {
		t.Fatalf("%v", o)
	}
}

func TestHintsAndOddScoresAreToldWithTheirWorks(t *testing.T) {
	text := pagetest.Chinese(t)
	rows := []results.JudgeReport{
		{Judge: "j1", Name: "赵一", N: 20, SE: .5, Severity: 4, Hints: []string{"analysis.hint_lenient"},
			Odd: []results.OddScore{{Work: "w1", Total: 41, Z: -3.7}}},
	}
	lines, works := lookLines(text, rows, map[judging.WorkID]judging.Work{"w1": {Code: "SF-0001"}})
	if len(lines) != 2 || works[0] != "" || works[1] != "w1" {
		t.Fatalf("%v %v", lines, works)
	}
	for i, want := range []string{"明显偏宽", "SF-0001 给了 41 分，比其他分数预期的低"} {
		if !strings.Contains(lines[i].Text, want) || lines[i].Place != "赵一" {
			t.Errorf("%+v", lines[i])
		}
	}
	if got := tagCell(text, rows[0]); got.Text != "明显偏宽、偏离的分 1 个" || got.Tone != look.Waiting {
		t.Errorf("%+v", got)
	}
}

func TestNumbersThatSayLittleAreToldSo(t *testing.T) {
	good := results.JudgeReport{N: 20, Group: 1, SE: .5}
	few, apart := good, good
	few.N, apart.Group = 4, 2
	for want, rows := range map[string][]results.JudgeReport{
		"": {good, good}, "fair.judges_few": {good, few}, "fair.judges_apart": {few, apart},
	} {
		if got := severityCaution(rows); got != want {
			t.Errorf("%s, want %q", got, want)
		}
	}
	s := severityScale(pagetest.Chinese(t), []results.JudgeReport{{Severity: -3.2, SE: .5}, {Severity: 2, SE: .1}})
	if s.Low != -4 || s.High != 4 {
		t.Errorf("%+v", s)
	}
}

func TestWithoutScoresThePagesSayWhatIsMissing(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	for name, make := range map[string]func(sh kit.Shell) kit.Page{
		"places": func(sh kit.Shell) kit.Page { return newFairnessPage(sh, page.StagesOf(o), "") },
		"judges": func(sh kit.Shell) kit.Page { return newSeverityPage(sh, page.StagesOf(o), "") },
	} {
		sh := kittest.New(t)
		root := sh.Open(make(sh))
		if !kittest.Shows(root, "还没有评分") || len(sh.Errors) > 0 {
			t.Errorf("%s: %v %q", name, sh.Errors, kittest.Texts(root))
		}
	}
	all, _ := o.Works(t.Context(), office.WorkFilter{})
	sh := kittest.New(t)
	if root := sh.Open(newExplainPage(sh, page.StagesOf(o), string(all[0].ID))); !kittest.Shows(root, "还没有评分") {
		t.Errorf("%v %q", sh.Errors, kittest.Texts(root))
	}
}

func TestFairPagesFit(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	pagetest.Shots(t, "fair-empty", func(sh kit.Shell) kit.Page { return newFairnessPage(sh, page.StagesOf(o), "") })
	pagetest.Score(t, o)
	placings, _ := o.Results().Rank(t.Context())
	pagetest.Shots(t, "fair", func(sh kit.Shell) kit.Page { return newFairnessPage(sh, page.StagesOf(o), "") })
	pagetest.Shots(t, "explain", func(sh kit.Shell) kit.Page {
		return newExplainPage(sh, page.StagesOf(o), string(placings[0].Work))
	})
	pagetest.Shots(t, "severity", func(sh kit.Shell) kit.Page { return newSeverityPage(sh, page.StagesOf(o), "") })
}

// What a clerk reads first names works: those whose side of an award line the scores tell least about.
func TestTheWorksNearestToALineAreNamed(t *testing.T) {
	row := func(code string, chances ...results.Chance) fairnessRow {
		r := fairnessRow{open: chances}
		r.Code, r.Title = judging.WorkCode(code), "题"+code
		return r
	}
	text := pagetest.Chinese(t)
	first := func(p float64) results.Chance { return results.Chance{Award: "一等奖", P: p} }
	second := func(p float64) results.Chance { return results.Chance{Award: "二等奖", P: p} }
	l := fairnessList{rows: []fairnessRow{
		row("SF-0001"), row("SF-0002", first(.85)), row("SF-0003", first(.55), second(.88)),
		row("SF-0004", second(.52)),
		row("SF-0005", second(.3)), row("SF-0006"),
	}}
	got := l.say(text)
	want := "建议请评委会再看一看 SF-0004《题SF-0004》、SF-0003《题SF-0003》、SF-0005《题SF-0005》：就在二等奖、一等奖的线上"
	if !strings.HasPrefix(got, want) || !strings.Contains(got, "另有 1 件") || strings.Contains(got, "SF-0001") {
		t.Error(got)
	}
	for i := range l.rows {
		l.rows[i].Title = strings.Repeat("法治", 30)
	}
	if got := l.say(text); !strings.Contains(got, "法治法…》") || len([]rune(got)) > 160 {
		t.Errorf("long titles leave no room for the table: %s", got)
	}
	l.rows = l.rows[:1]
	if got := l.say(text); got != text.T("fair.say_settled", nil) {
		t.Error(got)
	}
	l.rows = []fairnessRow{row("SF-0007", first(.5))}
	if got := l.say(text); strings.Contains(got, "另有") || !strings.Contains(got, "SF-0007") {
		t.Error(got)
	}
}
