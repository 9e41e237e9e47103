package office_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
	"fayi/judging/superior"
)

// pointed is a contest in which one kind of point is open, on the way to one gate.
type pointed struct {
	o     *office.Office
	works []judging.WorkID // that the point must name; nil: not looked at
	count int
}

// eight is a contest of eight works in one list, judged by three: the official scores fall from 94 by three a work.
// extra is added to its rules.
func eight(t *testing.T, extra string, cfg ...office.Config) *office.Office {
	t.Helper()
	o := eightPlanned(t, extra, cfg...)
	scoreEight(t, o)
	return o
}

const eightRules = `
title = "测试"
scores_per_work = 3
total_without_marks = true
ties = ["all_scores", "criteria", "top_scores", "range"]
%s
[combine]
method = "mean"
trim_from = 5
decimals = 2
[[awards]]
name = "一等奖"
count = 1
[[awards]]
name = "二等奖"
count = 2
[[awards]]
name = "三等奖"
count = 3
[[groups]]
name = "成人组"
[[categories]]
name = "书法"
prefix = "SF"
rubric = "通用"
%s
[[rubrics]]
name = "通用"
scale = 100
step = 1
criteria = [ { name = "主题", weight = 50 }, { name = "技法", weight = 50 } ]
bands = [ { label = "优", from = 60, to = 100 }, { label = "差", from = 0, to = 59 } ]
`

func eightPlanned(t *testing.T, extra string, cfg ...office.Config) *office.Office {
	t.Helper()
	o := eightIn(t, extra, cfg...)
	publish(t, o)
	return o
}

func eightIn(t *testing.T, extra string, cfg ...office.Config) *office.Office {
	t.Helper()
	top, groups := extra, ""
	if strings.HasPrefix(extra, "groups") {
		top, groups = "", extra
	}
	if !strings.Contains(top, "tie_at_cut") {
		top = "tie_at_cut = \"share\"\n" + top
	}
	r, err := rules.ParseRules(strings.NewReader(fmt.Sprintf(eightRules, top, groups)))
	must(t, err)
	c := append(cfg, config(t))[0]
	o, err := office.Create(t.Context(), c, "测试", "示例县司法局", r)
	must(t, err)
	rows := [][]any{header}
	for i, title := range []string{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"} {
		rows = append(rows, []any{title, "书法", "", fmt.Sprintf("张某%d", i+1), fmt.Sprintf("第%d中学", i+1), "", ""})
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}})
	addJudges(t, o, 3)
	return o
}

// scoreEight fills and hands in all lists: work k has 95-3k+1, +2 and +3.
func scoreEight(t *testing.T, o *office.Office) {
	t.Helper()
	for j := 1; j <= 3; j++ {
		for k := 1; k <= 8; k++ {
			enter(t, o, j, k, float64(95-3*k+j))
		}
		must(t, o.Scoring().SubmitScores(t.Context(), judging.JudgeID(fmt.Sprintf("j%03d", j))))
	}
}

func enter(t *testing.T, o *office.Office, judge, work int, total float64) {
	t.Helper()
	_, err := o.Scoring().EnterScore(t.Context(), judging.JudgeID(fmt.Sprintf("j%03d", judge)), fmt.Sprintf("w%06d",
		work),
		judging.Ballot{Total: total}, scoring.TakeNone, false)
	must(t, err)
}

func decideNow(t *testing.T, o *office.Office) {
	t.Helper()
	must(t, reads(o.Awards().DecideAwards(t.Context(), false)))
}

// leaveOneOut imports a list with one row, which has no title.
func leaveOneOut(t *testing.T, o *office.Office) {
	t.Helper()
	path := table(t, "缺.xlsx", header, []any{"", "书法", "", "某人", "某校", "", ""})
	importAll(t, o, intake.ImportRequest{Sources: []string{path}})
}

// listUnits imports a list of the units of the first n works.
func listUnits(t *testing.T, o *office.Office, n int) {
	t.Helper()
	rows := [][]any{{"单位名称", "联系人"}}
	for i := range n {
		rows = append(rows, []any{fmt.Sprintf("第%d中学", i+1), "某人"})
	}
	must(t, reads(o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: table(t, "单位.xlsx", rows...)})))
}

// compareThenImport compares all works; then one more comes.
func compareThenImport(t *testing.T, o *office.Office) {
	t.Helper()
	must(t, reads(o.Duplicates().FindDuplicates(t.Context(), nil)))
	path := table(t, "迟.xlsx", header, []any{"迟来", "书法", "", "某人", "某校", "", ""})
	importAll(t, o, intake.ImportRequest{Sources: []string{path}})
}

// situations open one kind of point each.
var situations = map[string]func(t *testing.T) pointed{
	"import_problems": func(t *testing.T) pointed {
		o := eightIn(t, "")
		leaveOneOut(t, o)
		return pointed{o, nil, 1}
	},
	"deliveries_waiting": func(t *testing.T) pointed {
		o := eightIn(t, "")
		sentOnline(t, o)
		return pointed{o, nil, 1}
	},
	"duplicates_stale": func(t *testing.T) pointed {
		o := eightIn(t, "")
		compareThenImport(t, o)
		return pointed{o, []judging.WorkID{"w000009"}, 1}
	},
	"unit_not_listed": func(t *testing.T) pointed {
		o := eightIn(t, "")
		listUnits(t, o, 2)
		return pointed{o, idsUpTo(8)[2:], 6}
	},
	"broken_files": func(t *testing.T) pointed {
		o := eightIn(t, "")
		must(t, openings["broken_files"].do(t, o, imported, "publish"))
		return pointed{o, []judging.WorkID{"w000001"}, 1}
	},
	"files_unopened": func(t *testing.T) pointed {
		o := eightIn(t, "")
		whole := plantedPhoto(t)
		must(t, files(t, o, map[string][]byte{"甲.jpg": whole[:len(whole)/2]}))
		return pointed{o, []judging.WorkID{"w000001"}, 1}
	},
	"no_group": func(t *testing.T) pointed { return pointed{eightIn(t, "groups = [\"成人组\"]\n"), nil, 8} },
	"no_files": func(t *testing.T) pointed {
		o := newOffice(t)
		dir := t.TempDir()
		must(t, writeText(filepath.Join(dir, "法治之光1.txt"), "正文"))
		importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 6)}, Media: []string{dir}})
		addJudges(t, o, 6)
		return pointed{o, []judging.WorkID{"w000002", "w000003", "w000004", "w000005", "w000006"}, 5}
	},
	"blind_unseen": func(t *testing.T) pointed {
		o := eightIn(t, "")
		must(t, files(t, o, map[string][]byte{"甲.jpg": plantedPhoto(t)}))
		return pointed{o, []judging.WorkID{"w000001"}, 1}
	},
	"duplicates": func(t *testing.T) pointed {
		o := eightIn(t, "")
		must(t, files(t, o, map[string][]byte{"甲.txt": []byte(lent), "乙.txt": []byte(lent + "我陪他走到社区的法律服务站。")}))
		must(t, reads(o.Duplicates().FindDuplicates(t.Context(), nil)))
		return pointed{o, []judging.WorkID{"w000001", "w000002"}, 1}
	},
	"flags": func(t *testing.T) pointed {
		o := eight(t, "")
		must(t, openings["flags"].do(t, o, handedIn, "decide"))
		return pointed{o, []judging.WorkID{"w000002"}, 1}
	},
	"clashes": func(t *testing.T) pointed {
		o := eight(t, "")
		must(t, clashNow(t, o))
		return pointed{o, nil, 1}
	},
	"not_reviewed": func(t *testing.T) pointed {
		o := eightIn(t, "")
		must(t, reads(o.Review().ReviewWorks(t.Context(), []judging.WorkID{"w000001", "w000002"},
			judging.Finding{Status: judging.Accepted})))
		return pointed{o, nil, 6}
	},
	"lists_open": func(t *testing.T) pointed {
		o := eightPlanned(t, "")
		enter(t, o, 1, 1, 80)
		return pointed{o, nil, 3}
	},
	"pledges_open": func(t *testing.T) pointed {
		o := eightPlanned(t, "")
		must(t, ask(t.Context(), o, promise))
		must(t, o.Signed().NotePledge(t.Context(), "j002", false, ""))
		return pointed{o, nil, 2}
	},
	"conflicted_scores": func(t *testing.T) pointed {
		o := eight(t, "")
		must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{Judge: "j001", Work: "w000002",
			Reason: "师生"}))
		return pointed{o, []judging.WorkID{"w000002"}, 1}
	},
	"disputes": func(t *testing.T) pointed {
		o := eightPlanned(t, "dispute = { range = 20 }")
		for j := 1; j <= 3; j++ {
			for k := 1; k <= 8; k++ {
				enter(t, o, j, k, float64(95-3*k-20*j*(1/k)))
			}
			must(t, o.Scoring().SubmitScores(t.Context(), judging.JudgeID(fmt.Sprintf("j%03d", j))))
		}
		return pointed{o, []judging.WorkID{"w000001"}, 1}
	},
	"reopened": func(t *testing.T) pointed {
		o := eight(t, "")
		must(t, reads(o.Awards().SettleDispute(t.Context(), "w000003", judging.Rescore, "", "请重评")))
		return pointed{o, []judging.WorkID{"w000003"}, 1}
	},
	"judge_short": func(t *testing.T) pointed {
		o := eight(t, "missing_judges = \"rank_by_rest\"")
		must(t, o.Scoring().VoidScore(t.Context(), "j001", "w000004", "误评"))
		return pointed{o, []judging.WorkID{"w000004"}, 1}
	},
	"rulings_pending": func(t *testing.T) pointed {
		o := eight(t, "")
		decideNow(t, o)
		rule(t, o, award.Ruling{Kind: award.RuleWithhold, Work: "w000005", Reason: "材料不全"})
		return pointed{o, []judging.WorkID{"w000005"}, 1}
	},
	"awards_stale": func(t *testing.T) pointed {
		o := eight(t, "")
		decideNow(t, o)
		must(t, o.Scoring().VoidScore(t.Context(), "j003", "w000006", "误评")) // 78 and 79 are left: still sixth
		must(t, o.Scoring().VoidScore(t.Context(), "j001", "w000007", "误评"))
		must(t, o.Scoring().VoidScore(t.Context(), "j002", "w000007", "误评"))
		must(t, reads(o.Review().ReviewWorks(t.Context(), []judging.WorkID{"w000007"},
			judging.Finding{Status: judging.Accepted})))
		must(t, reads(o.Review().ReviewWorks(t.Context(), []judging.WorkID{"w000006"},
			judging.Finding{Status: judging.Withdrawn, Note: "弃权"})))
		return pointed{o, []judging.WorkID{"w000006", "w000007"}, 2}
	},
	"out_awarded": func(t *testing.T) pointed {
		o := eight(t, "")
		decideNow(t, o)
		must(t, reads(o.Review().ReviewWorks(t.Context(), []judging.WorkID{"w000001"},
			judging.Finding{Status: judging.Rejected, Note: "抄袭"})))
		return pointed{o, []judging.WorkID{"w000001"}, 1}
	},
	"ties_held": func(t *testing.T) pointed {
		o := eightPlanned(t, "tie_at_cut = \"hold\"")
		for j := 1; j <= 3; j++ {
			for k := 1; k <= 8; k++ {
				enter(t, o, j, k, float64(95-3*max(2, k))) // 甲 and 乙 are equal
			}
			must(t, o.Scoring().SubmitScores(t.Context(), judging.JudgeID(fmt.Sprintf("j%03d", j))))
		}
		decideNow(t, o)
		return pointed{o, []judging.WorkID{"w000001", "w000002"}, 2}
	},
	"two_formulas": func(t *testing.T) pointed {
		o := eight(t, "missing_judges = \"rank_by_rest\"")
		r, err := o.Rules(t.Context())
		must(t, err)
		r.Combine = judging.Combine{Method: judging.Trimmed, TrimFrom: 3, Decimals: 2}
		must(t, reads(o.RuleBook().SaveRules(t.Context(), r, true)))
		must(t, o.Scoring().VoidScore(t.Context(), "j001", "w000004", "误评"))
		return pointed{o, []judging.WorkID{"w000004"}, 1}
	},
	"hints": func(t *testing.T) pointed { return pointed{sixOnEach(t, true), nil, 1} },
	"comparisons_open": func(t *testing.T) pointed {
		o := eight(t, "")
		compareFirst(t, o)
		return pointed{o, []judging.WorkID{"w000001", "w000002"}, 1}
	},
	"votes_missing": func(t *testing.T) pointed {
		o := eight(t, "")
		must(t, hears(t, o))
		must(t, reads(voted(t, o, "公众号", func(w judging.Work) (string, bool) { return "12", w.ID != "w000003" })))
		return pointed{o, []judging.WorkID{"w000003"}, 1}
	},
	"unranked": func(t *testing.T) pointed {
		o := eight(t, "missing_judges = \"needs\"\nmin_scores = 3")
		must(t, o.Scoring().VoidScore(t.Context(), "j001", "w000008", "误评"))
		return pointed{o, []judging.WorkID{"w000008"}, 1}
	},
	"objections": func(t *testing.T) pointed {
		o := eight(t, "")
		decideNow(t, o)
		must(t, reads(o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{})))
		must(t, reads(o.Notices().FileObjection(t.Context(), "w000002", "雷同", "")))
		return pointed{o, []judging.WorkID{"w000002"}, 1}
	},
	"notice_differs": func(t *testing.T) pointed {
		o := eight(t, "")
		decideNow(t, o)
		must(t, reads(o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{})))
		rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: "w000006", Reason: "抄袭"})
		decideNow(t, o)
		return pointed{o, []judging.WorkID{"w000006", "w000007"}, 2}
	},
	"notice_not_over": func(t *testing.T) pointed {
		o := eight(t, "")
		decideNow(t, o)
		return pointed{o, nil, 1}
	},
	"reported_changed": func(t *testing.T) pointed {
		o := eight(t, "")
		decideNow(t, o)
		must(t, reads(o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over"),
			report.BatchRequest{To: superior.City, Dir: filepath.Join(t.TempDir(), "批")}, keyWords, nil)))
		rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: "w000001", Reason: "抄袭"})
		decideNow(t, o)
		return pointed{o, []judging.WorkID{"w000001", "w000002", "w000004"}, 3}
	},
}

func TestEachKindOfPointIsFoundWithItsWorks(t *testing.T) {
	for _, kind := range office.PointKinds() {
		make, some := situations[kind]
		if !some {
			t.Errorf("%s has no situation", kind)
			continue
		}
		t.Run(kind, func(t *testing.T) {
			s := make(t)
			all, err := s.o.OpenPoints(t.Context())
			must(t, err)
			i := slices.IndexFunc(all, func(p office.Point) bool { return p.Kind == kind })
			if i < 0 {
				t.Fatalf("not found in %+v", all)
			}
			again, err := s.o.OpenPoints(t.Context())
			must(t, err)
			whole, err := s.o.OpenPointsAt(t.Context(), "")
			must(t, err)
			if !reflect.DeepEqual(all, whole) || !reflect.DeepEqual(again, whole) {
				t.Errorf("first %+v, then %+v, found whole %+v", all, again, whole)
			}
			if p := all[i]; p.Count != s.count || s.works != nil && !slices.Equal(p.Works, s.works) || p.Place == "" {
				t.Errorf("%+v, want %d: %v", p, s.count, s.works)
			}
			if text := words(t)(all[i].Text, all[i].Args); strings.Contains(text, "no value") ||
				strings.Contains(text, "open.") {
				t.Errorf("in words: %s", text)
			}
		})
	}
}

// gateActs do what each gate guards.
var gateActs = map[office.Gate]func(ctx context.Context, o *office.Office, dir string) error{
	"publish": func(ctx context.Context, o *office.Office, _ string) error {
		return reads(o.Assignment().PublishPlan(ctx, ""))
	},
	"close": func(ctx context.Context, o *office.Office, _ string) error {
		return reads(o.Scoring().CloseRound(ctx, "评完了"))
	},
	"next": func(ctx context.Context, o *office.Office, _ string) error {
		return reads(o.Awards().NextRound(ctx, false))
	},
	"decide": func(ctx context.Context, o *office.Office, _ string) error {
		return reads(o.Awards().DecideAwards(ctx, false))
	},
	"notice": func(ctx context.Context, o *office.Office, _ string) error {
		return reads(o.Notices().PublishAwards(ctx, awards.NoticeRequest{}))
	},
	"final": func(ctx context.Context, o *office.Office, _ string) error {
		return reads(o.Notices().FinalizeAwards(ctx))
	},
	"batch": func(ctx context.Context, o *office.Office, dir string) error {
		return reads(o.Report().PackBatch(ctx, report.BatchRequest{To: superior.Province, Dir: filepath.Join(dir,
			"批")}, keyWords, nil))
	},
	"certificates": func(ctx context.Context, o *office.Office, dir string) error {
		return reads(o.Report().PrintCertificates(ctx, report.CertificateRequest{Out: filepath.Join(dir, "证.pdf")},
			plainWords))
	},
	"report": func(ctx context.Context, o *office.Office, dir string) error {
		return reads(o.Report().WriteAwards(ctx, filepath.Join(dir, "名单.csv"), report.AwardListRequest{}, plainWords))
	},
}

// others are all kinds but one.
func others(kind string) []string {
	return slices.DeleteFunc(office.PointKinds(), func(k string) bool { return k == kind })
}

func TestACleanContestPassesEveryGateWithoutATick(t *testing.T) {
	cfg := config(t)
	now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	o := eightIn(t, "", cfg)
	must(t, reads(o.Review().ReviewWorks(t.Context(), idsUpTo(8), judging.Finding{Status: judging.Accepted})))
	publish(t, o)
	scoreEight(t, o)
	dir := t.TempDir()
	for _, gate := range []office.Gate{"close", "decide", "notice", "report", "certificates", "final", "batch"} {
		if gate == "final" {
			now = time.Date(2020, 5, 18, 9, 0, 0, 0, time.UTC)
		}
		if err := gateActs[gate](t.Context(), o, dir); err != nil {
			t.Errorf("%s: %v", gate, err)
		}
	}
	all, err := o.OpenPoints(t.Context())
	if err != nil || len(all) != 0 {
		t.Errorf("%+v %v", all, err)
	}
}

func writeText(path, text string) error { return os.WriteFile(path, []byte(text), 0o600) }
