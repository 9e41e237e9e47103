package office_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
	"fayi/judging/superior"
)

// refusal is a deed that is not possible as things are.
type refusal struct {
	name string
	do   func(context.Context, *office.Office) error
	code judging.Code
	text string
}

// refused expects each refusal, and that nobody finds a trace of them.
func refused(t *testing.T, o *office.Office, all []refusal) {
	t.Helper()
	before, err := o.Journal(t.Context())
	must(t, err)
	for _, r := range all {
		t.Run(r.name, func(t *testing.T) { wantCode(t, r.do(t.Context(), o), r.code, r.text) })
	}
	if after, err := o.Journal(t.Context()); err != nil || len(after) != len(before) {
		t.Errorf("%d entries became %d, %v", len(before), len(after), err)
	}
}

// judge is a judge to be added, with what is wrong with them.
func judge(change func(*judging.Judge)) func(context.Context, *office.Office) error {
	j := judging.Judge{Name: "评委甲", Unit: "示例馆"}
	change(&j)
	return func(ctx context.Context, o *office.Office) error { return reads(o.Assignment().AddJudge(ctx, j)) }
}

func TestWhatCannotBeDoneBeforeAPlanIsRefusedInWords(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{
		Sources: []string{worksFile(t, 12)},
		Media:   []string{mediaFolder(t, "法治之光1.txt")},
	})
	addJudges(t, o, 6)
	refused(t, o, []refusal{
		{"close", func(ctx context.Context, o *office.Office) error {
			return reads(o.Scoring().CloseRound(ctx, "评完了"))
		}, judging.Closed, "scores.no_plan"},
		{
			"plan the closing",
			func(ctx context.Context, o *office.Office) error { return reads(o.Scoring().PlanClosing(ctx)) },
			judging.Closed, "scores.no_plan",
		},
		{
			"flags", func(ctx context.Context, o *office.Office) error { return reads(o.Scoring().Flags(ctx)) },
			judging.Closed, "scores.no_plan",
		},
		{
			"decide",
			func(ctx context.Context, o *office.Office) error { return reads(o.Awards().DecideAwards(ctx, true)) },
			judging.Closed, "scores.no_plan",
		},
		{"object", func(ctx context.Context, o *office.Office) error {
			return reads(o.Notices().FileObjection(ctx, "w000001", "抄袭", ""))
		}, judging.Closed, "notice.none"},
		{"object to nothing", func(ctx context.Context, o *office.Office) error {
			return reads(o.Notices().FileObjection(ctx, "w000001", " ", ""))
		}, judging.Invalid, "notice.needs_text"},
		{"answer with nothing", func(ctx context.Context, o *office.Office) error {
			return reads(o.Notices().AnswerObjection(ctx, "b001", false, false, ""))
		}, judging.Invalid, "notice.needs_text"},
		{
			"make final",
			func(ctx context.Context, o *office.Office) error { return reads(o.Notices().FinalizeAwards(ctx)) },
			judging.Closed, "notice.none",
		},
		{"answers from above", func(ctx context.Context, o *office.Office) error {
			return reads(o.Report().ImportAnswers(ctx, "名单.xlsx", superior.City))
		}, judging.Closed, "batch.none_reported"},
		{"settle without a reason", func(ctx context.Context, o *office.Office) error {
			return reads(o.Awards().SettleDispute(ctx, "w000001", judging.Accept, "", " "))
		}, judging.Invalid, "awards.needs_reason"},
		{
			"recall without a reason",
			func(ctx context.Context, o *office.Office) error { return o.Awards().RecallRuling(ctx, "u001", "\n") },
			judging.Invalid, "awards.needs_reason",
		},
		{
			"recall what is not there",
			func(ctx context.Context, o *office.Office) error { return o.Awards().RecallRuling(ctx, "u001", "错") },
			judging.NotFound, "awards.no_ruling",
		},
		{
			"a round before the first",
			func(ctx context.Context, o *office.Office) error { return reads(o.Awards().RoundWorks(ctx, -1)) },
			judging.NotFound, "analysis.no_round",
		},
		{
			"a round not begun",
			func(ctx context.Context, o *office.Office) error { return reads(o.Awards().RoundWorks(ctx, 2)) },
			judging.NotFound, "analysis.no_round",
		},
		{"text of no file", func(ctx context.Context, o *office.Office) error {
			return reads(o.WorkFiles().WorkText(ctx, "w000001", 1))
		}, judging.NotFound, "works.no_file"},
		{
			"a file before the first",
			func(ctx context.Context, o *office.Office) error {
				return reads(o.WorkFiles().OpenWorkFile(ctx, "w000001", -1))
			},
			judging.NotFound, "works.no_file",
		},
		{"a mask on words", func(ctx context.Context, o *office.Office) error {
			return o.Review().SetMasks(ctx, "w000001", 0, []judging.Mask{{X: 0.1, Y: 0.1, W: 0.2, H: 0.2}})
		}, judging.Invalid, "blind.cannot_mask"},
		{"a page of words", func(ctx context.Context, o *office.Office) error {
			return reads(o.WorkFiles().WorkPage(ctx, "w000001", 0, 0, 100))
		}, judging.Invalid, "blind.no_pages"},
		{
			"a backup before tea",
			func(ctx context.Context, o *office.Office) error { return o.AutoBackup(ctx, "tea") }, judging.Invalid,
			"contest.no_backup",
		},
		{"type again without a name", func(ctx context.Context, o *office.Office) error {
			return reads(o.DoubleEntry().VerifyScores(ctx, "j001", "表.xlsx", " "))
		}, judging.Invalid, "verify.needs_name"},
		{"a judge without a name", judge(func(j *judging.Judge) { j.Name = " " }), judging.Invalid, "judges.no_name"},
		{
			"a judge of minus one work", judge(func(j *judging.Judge) { j.MaxLoad = -1 }), judging.Invalid,
			"judges.bad_load",
		},
		{
			"a judge of at least minus one work", judge(func(j *judging.Judge) { j.MinLoad = -1 }), judging.Invalid,
			"judges.load_range",
		},
		{"a judge of at least more than most", judge(func(j *judging.Judge) {
			j.MinLoad = 9
			j.MaxLoad = 8
		}), judging.Invalid, "judges.load_range"},
		{
			"a judge of no category", judge(func(j *judging.Judge) { j.Categories = []string{"冰雕"} }), judging.Invalid,
			"judges.unknown_category",
		},
		{"rules that lose a category in use", func(ctx context.Context, o *office.Office) error {
			rules, err := o.Rules(ctx)
			if err != nil {
				return err
			}
			for i, c := range rules.Categories {
				if c.Name == "书法" {
					rules.Categories = append(rules.Categories[:i:i], rules.Categories[i+1:]...)
					break
				}
			}
			return reads(o.RuleBook().SaveRules(ctx, rules, true))
		}, judging.Clash, "rules.category_in_use"},
	})
}

func TestWhatIsTooLateIsRefusedInWords(t *testing.T) {
	o := decided(t, 12)
	other := filepath.Join(t.TempDir(), "别处", "夹", "名单.xlsx")
	refused(t, o, []refusal{
		{
			"undo an import",
			func(ctx context.Context, o *office.Office) error { return reads(o.Intake().UndoImport(ctx, "")) },
			judging.Closed, "import.assigned",
		},
		{"a plan", func(ctx context.Context, o *office.Office) error {
			return reads(o.Assignment().PlanAssignment(ctx, assignment.PlanRequest{Seed: &seven}, nil))
		}, judging.Closed, ""},
		{
			"final without a notice",
			func(ctx context.Context, o *office.Office) error { return reads(o.Notices().FinalizeAwards(ctx)) },
			judging.Closed, "notice.none",
		},
		{"an explanation of no work", func(ctx context.Context, o *office.Office) error {
			return reads(o.Awards().ExplainWork(ctx, "w999999"))
		}, judging.NotFound, ""},
		{"a certificate of nobody", func(ctx context.Context, o *office.Office) error {
			return reads(o.Report().PrintCertificates(ctx, report.CertificateRequest{
				Out:   other,
				Works: []judging.WorkID{"w999999"},
			}, words(t)))
		}, judging.NotFound, ""},
		{"a certificate that was not printed", func(ctx context.Context, o *office.Office) error {
			return reads(o.Report().VerifyCertificate(ctx, "1", "0000"))
		}, judging.NotFound, "report.no_certificate"},
		{"a list into a folder that is not there", func(ctx context.Context, o *office.Office) error {
			return reads(o.Report().ReportAwards(ctx, other, report.AwardListRequest{}, words(t)))
		}, judging.NotFound, ""},
		{"a resolved clash that is none", func(ctx context.Context, o *office.Office) error {
			return o.Scoring().ResolveClash(ctx, "j001", "w000001", scoring.TakeNone)
		}, judging.Invalid, ""},
	})
	if _, err := os.Stat(filepath.Dir(other)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}

func TestRulesFromOutsideAreBounded(t *testing.T) {
	_, err := rules.ParseRules(io.LimitReader(zeros{}, 64<<20))
	wantCode(t, err, judging.Invalid, "rules.too_big")
	_, err = rules.ParseRules(iotest.ErrReader(errors.New("cable out")))
	wantCode(t, err, judging.Unavailable, "rules.unreadable")
}

func TestAContestIsMadeOnceAndOnlyByRulesThatWillDo(t *testing.T) {
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	bad := rules
	bad.PerWork = -1
	cfg := config(t)
	_, err = office.Create(t.Context(), cfg, "甲", "", bad)
	if judging.CodeOf(err) != judging.Invalid {
		t.Errorf("rules that won't do: %v", err)
	}
	_, err = office.Create(t.Context(), cfg, " ", "", rules)
	if judging.CodeOf(err) != judging.Invalid {
		t.Errorf("no name: %v", err)
	}
	broken := cfg
	broken.Random = strings.NewReader("")
	_, err = office.Create(t.Context(), broken, "甲", "", rules)
	wantCode(t, err, judging.Unavailable, "contest.no_random")
	if _, err := office.Open(t.Context(), cfg); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("something was written: %v", err)
	}
	if _, err := office.Create(t.Context(), cfg, "甲", "", rules); err != nil {
		t.Fatal(err)
	}
	_, err = office.Create(t.Context(), cfg, "乙", "", rules)
	wantCode(t, err, judging.Clash, "contest.exists")
	o, err := office.Open(t.Context(), cfg)
	must(t, err)
	if c, err := o.Contest(t.Context()); err != nil || c.Name != "甲" {
		t.Errorf("%+v %v", c, err)
	}
}
