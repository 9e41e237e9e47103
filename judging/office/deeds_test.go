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

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	call "fayi/judging/office/collect"
	"fayi/judging/office/correction"
	"fayi/judging/office/duplicates"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/office/rules"
	"fayi/judging/sheet/paper"
	"fayi/judging/store/bolt"
)

// stages makes the folder of a contest at a stage (甲.fayi) and one of things to read (in), and returns the folder
// of both.
func stages(t *testing.T, name string) string {
	t.Helper()
	root := t.TempDir()
	in := filepath.Join(root, "in")
	must(t, os.MkdirAll(filepath.Join(in, "来稿"), 0o755))
	files := plantedFiles(t)
	for name, data := range map[string][]byte{
		"来稿/法治之光1-1.jpg":  files["1.jpg"],
		"来稿/法治之光1-2.docx": files["2.docx"],
		"来稿/法治之光4.pdf":    files["3.pdf"],
		"来稿/法治之光2.txt":    []byte(lent),
		"来稿/法治之光3.txt":    []byte(lent + "我陪他走到社区的法律服务站。"),
		"来稿/无主.txt":       []byte("无主"),
		"来稿/又一.txt":       []byte("又一"),
		"往年/旧作.txt":       []byte("从前有一件事。" + lent),
		"补交/新作.txt":       []byte("新作"),
	} {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(in, name)), 0o755))
		must(t, os.WriteFile(filepath.Join(in, name), data, 0o600))
	}
	must(t, os.WriteFile(filepath.Join(in, "作品.xlsx"), content(t, worksFile(t, 12)), 0o600))
	must(
		t,
		os.WriteFile(
			filepath.Join(in, "补交.xlsx"),
			content(t, table(t, "补交.xlsx", header, []any{"新作", "书法", "小学组", "新某", "示例一小", "", ""})), 0o600,
		),
	)
	must(
		t,
		os.WriteFile(
			filepath.Join(in, "评委.xlsx"),
			content(t, table(t, "评委.xlsx", []any{"姓名", "单位", "擅长类别"}, []any{"评委甲", "示例馆", "书法"})), 0o600,
		),
	)
	must(t, os.WriteFile(filepath.Join(in, "单位.xlsx"),
		content(t, table(t, "单位.xlsx", []any{"单位名称", "联系人"}, []any{"示例一小", "某人"})), 0o600))
	rounds := ""
	if name == "second round" {
		rounds = "\n[[rounds]]\nname = \"复评\"\ntake = { percent = 50 }\ncarry = \"pooled\"\n"
	}
	dir := filepath.Join(root, "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	must(t, err)
	rules, err := rules.ParseRules(strings.NewReader(withRules("\n[combine]\n", rounds+"\n[combine]\n")))
	must(t, err)
	o, err := office.Create(t.Context(), office.Config{
		DB:     db,
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: new(chance),
		Actor:  "organiser",
		Cache:  os.TempDir(),
	}, "甲", "示例县司法局", rules)
	must(t, err)
	importAll(t, o, intake.ImportRequest{
		Sources: []string{filepath.Join(in, "作品.xlsx")},
		Media:   []string{filepath.Join(in, "来稿")},
	})
	addJudges(t, o, 6)
	_, err = o.Secrets().SetPIN(t.Context(), "j001", "1234")
	must(t, err)
	_, err = o.Passes().IssuePasses(t.Context(), []judging.JudgeID{"j001"})
	must(t, err)
	for _, next := range []struct {
		stage string
		do    func() error
	}{
		{"arrived", func() error {
			_, err := o.Duplicates().AddReferences(t.Context(), duplicates.ReferenceRequest{
				Set:  "往年",
				Path: filepath.Join(in, "往年"),
			}, nil)
			must(t, err)
			_, err = o.Duplicates().FindDuplicates(t.Context(), nil)
			must(t, err)
			_, err = o.Review().ReviewWorks(t.Context(), []judging.WorkID{"w000011", "w000012"}, judging.Finding{
				Status: judging.Returned,
				Note:   "缺页",
			})
			must(t, err)
			must(t, reads(o.Collect().TakeParcel(t.Context(), call.TakeRequest{
				Sources: []string{filepath.Join(in, "作品.xlsx")}, Unit: "示例一小",
			}, nil)))
			must(t, reads(o.Collect().LayAside(t.Context(), filepath.Join(in, "来稿"), false)))
			return reads(o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{Seed: &seven}, nil))
		}},
		{"scoring", func() error {
			_, err := o.Review().UndoReview(t.Context(), 0)
			must(t, err)
			must(t, reads(o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{Seed: &seven}, nil)))
			must(t, reads(o.Assignment().PublishPlan(office.Ticking(t.Context(), "duplicates"), "")))
			return o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
				Judge:  "j001",
				Work:   "w000001",
				Reason: "亲属",
			})
		}},
		{"scored", func() error { scoreAll(t, o); return keepConflicted(o) }},
		{"second round", func() error {
			if rounds == "" {
				return nil
			}
			return reads(o.Awards().NextRound(t.Context(), false))
		}},
		{"closed", func() error { return reads(o.Scoring().CloseRound(t.Context(), "评完了")) }},
		{"decided", func() error {
			must(t, reads(o.Awards().DecideAwards(t.Context(), false)))
			must(t, reads(o.Awards().RuleAward(t.Context(), award.Ruling{
				Kind:   award.RuleDisqualify,
				Work:   "w000001",
				Reason: "查实抄袭",
			})))
			return reads(o.Awards().DecideAwards(t.Context(), false))
		}},
		{"over", func() error {
			must(t, o.Awards().RecallRuling(t.Context(), "u001", "查无实据"))
			must(t, reads(o.Awards().DecideAwards(t.Context(), false)))
			must(t, reads(o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
				Out: filepath.Join(root, "证书.pdf"),
			}, plainWords)))
			ctx := office.Ticking(t.Context(), "disputes")
			return reads(o.Notices().PublishAwards(ctx, awards.NoticeRequest{From: "2020-05-06", Days: 1, Past: true}))
		}},
		{"objected", func() error { return reads(o.Notices().FileObjection(t.Context(), "w000001", "抄袭", "某人")) }},
		{"final", func() error {
			must(t, reads(o.Notices().AnswerObjection(t.Context(), "b001", false, false, "不属实")))
			return reads(o.Notices().FinalizeAwards(t.Context()))
		}},
	} {
		must(t, next.do())
		if next.stage == name {
			break
		}
	}
	must(t, o.Close())
	return root
}

// keepConflicted lets the scores stand that were given before a conflict was declared.
func keepConflicted(o *office.Office) error {
	ctx := context.Background()
	all, err := o.Scoring().ConflictedScores(ctx)
	for _, s := range all {
		err = errors.Join(err, o.Scoring().SettleConflict(ctx, s.Judge, string(s.Work), true, "不影响"))
	}
	return err
}

// reads drops what a reading deed found.
func reads[T any](_ T, err error) error { return err }

// closes closes what a deed opened.
func closes(f io.Closer, err error) error {
	if err != nil {
		return err
	}
	return f.Close()
}

// thePair is of two works of which one copies the other.
const thePair = "w000002+w000003/similar_text"

var plainWords paper.Words = keyWords

var seven = uint64(7)

// deedsOf are the deeds of an organiser and the judges, by the stage of the contest.
var deedsOf = map[string][]deed{
	"arrived": {
		{"import", func(c attempt) error {
			return reads(c.Intake().ImportWorks(c.ctx, intake.ImportRequest{
				Sources: []string{filepath.Join(c.in, "补交.xlsx")},
				Media:   []string{filepath.Join(c.in, "补交")},
			}, nil))
		}, "counter/intake"},
		{"dry run", func(c attempt) error {
			return reads(c.Intake().ImportWorks(c.ctx, intake.ImportRequest{
				Sources: []string{filepath.Join(c.in, "补交.xlsx")},
				DryRun:  true,
			}, nil))
		}, ""},
		{"undo import", func(c attempt) error { return reads(c.Intake().UndoImport(c.ctx, "")) }, ""},
		{"import judges", func(c attempt) error {
			return reads(c.Assignment().ImportJudges(c.ctx,
				assignment.JudgesRequest{Path: filepath.Join(c.in, "评委.xlsx")}))
		}, ""},
		{"import units", func(c attempt) error {
			return reads(c.Units().ImportUnits(c.ctx, correction.UnitsRequest{Path: filepath.Join(c.in, "单位.xlsx")}))
		}, ""},
		{"inherit units", func(c attempt) error {
			from := formerOffice(c.t).Units()
			return reads(c.Units().InheritUnits(c.ctx, correction.InheritRequest{From: &from}))
		}, ""},
		{"terms", func(c attempt) error {
			day := "2020-06-30"
			return reads(c.Collect().SetTerms(c.ctx, call.TermsChange{Deadline: &day}))
		}, ""},
		{"read terms", func(c attempt) error { return reads(c.Collect().Terms(c.ctx)) }, ""},
		{"take a parcel", func(c attempt) error {
			return reads(c.Collect().TakeParcel(c.ctx, call.TakeRequest{
				Sources: []string{filepath.Join(c.in, "补交.xlsx")}, Unit: "示例一小",
			}, nil))
		}, "counter/intake"},
		{"correct a parcel", func(c attempt) error {
			return reads(c.Collect().CorrectParcel(c.ctx, call.ParcelChange{ID: "p001", Drop: true}))
		}, ""},
		{"lay aside", func(c attempt) error {
			return reads(c.Collect().LayAside(c.ctx, filepath.Join(c.in, "补交.xlsx"), false))
		}, ""},
		{"put back", func(c attempt) error {
			return reads(c.Collect().LayAside(c.ctx, filepath.Join(c.in, "来稿"), true))
		}, ""},
		{"arrivals", func(c attempt) error { return reads(c.Collect().Arrivals(c.ctx, nil)) }, ""},
		{"fetch mail", func(c attempt) error { return reads(c.Collect().FetchMail(c.ctx, mailbox(c), nil)) }, ""},
		{"mailboxes", func(c attempt) error { return reads(c.Collect().Mailboxes(c.ctx)) }, ""},
		{"inbox", func(c attempt) error { return reads(c.Collect().Inbox(c.ctx)) }, ""},
		{"kit", func(c attempt) error {
			return reads(c.Collect().WriteKit(c.ctx, call.KitRequest{Dir: filepath.Join(c.out, "材料")}, plainWords))
		}, ""},
		{"receipts", func(c attempt) error {
			return reads(c.Collect().Receipts(c.ctx, call.ReceiptRequest{Dir: filepath.Join(c.out, "回执")}, plainWords))
		}, ""},
		{"reminders", func(c attempt) error { return reads(c.Collect().Reminders(c.ctx, "", plainWords)) }, ""},
		{"who sent", func(c attempt) error {
			return reads(c.Collect().ReportUnits(c.ctx, filepath.Join(c.out, "报送.xlsx"), plainWords))
		}, ""},
		{"add judge", func(c attempt) error {
			return reads(c.Assignment().AddJudge(c.ctx, judging.Judge{Name: "甲", Unit: "乙"}))
		}, ""},
		{"works", func(c attempt) error {
			return reads(c.Works(c.ctx, office.WorkFilter{Category: "书法", Text: "法治"}))
		}, ""},
		{"export works", func(c attempt) error {
			return reads(c.Report().ExportWorks(
				c.ctx, filepath.Join(c.out, "作品.xlsx"), office.WorkFilter{}, plainWords,
			))
		}, ""},
		{"review", func(c attempt) error {
			return reads(c.Review().ReviewWorks(c.ctx, []judging.WorkID{"w000001", "w000002"}, judging.Finding{
				Status: judging.Returned,
				Note:   "缺页",
			}))
		}, "counter/review"},
		{"waiting", func(c attempt) error { return reads(c.Review().WaitingWorks(c.ctx)) }, ""},
		{"history of reviews", func(c attempt) error { return reads(c.Review().ReviewHistory(c.ctx, "w000001")) }, ""},
		{"check works", func(c attempt) error { return reads(c.WorkFiles().CheckWorks(c.ctx)) }, ""},
		{"measure", func(c attempt) error { return reads(c.WorkFiles().MeasureFiles(c.ctx, nil)) }, ""},
		{"facts", func(c attempt) error { return reads(c.WorkFiles().FileFacts(c.ctx, "w000001")) }, ""},
		{"reconcile", func(c attempt) error { return reads(c.Intake().Reconcile(c.ctx)) }, ""},
		{"open waiting file", func(c attempt) error {
			id, err := looseFile(c)
			if err != nil {
				return err
			}
			return closes(c.Intake().OpenWaitingFile(c.ctx, id))
		}, ""},
		{"attach", func(c attempt) error {
			id, err := looseFile(c)
			if err != nil {
				return err
			}
			return c.Intake().AttachFile(c.ctx, id, "w000005", false)
		}, ""},
		{"dismiss", func(c attempt) error {
			id, err := looseFile(c)
			if err != nil {
				return err
			}
			return c.Intake().DismissFile(c.ctx, id, true)
		}, ""},
		{"detach", func(c attempt) error { return c.Intake().DetachFile(c.ctx, "w000001", 1) }, ""},
		{"order", func(c attempt) error { return c.Intake().OrderFiles(c.ctx, "w000001", []int{1, 0}) }, ""},
		{"aside", func(c attempt) error { return c.Intake().SetFileAside(c.ctx, "w000001", 0, true) }, ""},
		{"mask", func(c attempt) error {
			return c.Review().SetMasks(c.ctx, "w000001", 0, []judging.Mask{{X: 0.1, Y: 0.1, W: 0.2, H: 0.2}})
		}, ""},
		{"looked", func(c attempt) error { return c.Review().LookedAt(c.ctx, "w000001", 0, true) }, ""},
		{"title looked", func(c attempt) error { return c.Review().LookedAt(c.ctx, "w000001", -1, true) }, ""},
		{
			"prepare blind", func(c attempt) error { return reads(c.Review().PrepareBlind(c.ctx, "w000001")) },
			"blind_copy blind_names",
		},
		{
			"blind all", func(c attempt) error { return reads(c.Review().BlindWorks(c.ctx, nil)) },
			"blind_copy blind_names",
		},
		{"blindness", func(c attempt) error {
			return reads(c.Review().WriteBlindness(c.ctx, filepath.Join(c.out, "盲审.xlsx"), plainWords))
		}, ""},
		{"undo review", func(c attempt) error { return reads(c.Review().UndoReview(c.ctx, 0)) }, ""},
		{
			"find duplicates", func(c attempt) error { return reads(c.Duplicates().FindDuplicates(c.ctx, nil)) },
			"match counter journal",
		},
		{"show a pair", func(c attempt) error { return reads(c.Duplicates().ShowDuplicate(c.ctx, thePair)) }, ""},
		{"open a pair", func(c attempt) error { return closes(c.Duplicates().OpenDuplicate(c.ctx, thePair, 0)) }, ""},
		{"decide a pair", func(c attempt) error {
			return c.Duplicates().DecideDuplicate(c.ctx, thePair, judging.VerdictOther, "各写各的")
		}, ""},
		{"references", func(c attempt) error {
			return reads(c.Duplicates().AddReferences(c.ctx, duplicates.ReferenceRequest{
				Set:  "去年",
				Path: filepath.Join(c.in, "往年"),
			}, nil))
		}, "counter/reference reference print"},
		{"list references", func(c attempt) error { return reads(c.Duplicates().References(c.ctx)) }, ""},
		{
			"drop references", func(c attempt) error { return reads(c.Duplicates().DropReferences(c.ctx, "往年")) },
			"reference",
		},
		{"publish", func(c attempt) error {
			return reads(c.Assignment().PublishPlan(office.Ticking(c.ctx, "duplicates"), "p001"))
		}, ""},
		{"plan", func(c attempt) error {
			return reads(c.Assignment().PlanAssignment(c.ctx, assignment.PlanRequest{Seed: &seven}, nil))
		}, "roster counter/plan"},
		{"plans", func(c attempt) error { return reads(c.Assignment().Plans(c.ctx)) }, ""},
		{"conflict", func(c attempt) error {
			return c.Assignment().DeclareConflict(c.ctx, judging.Conflict{Judge: "j001", Work: "w000001", Reason: "亲属"})
		}, ""},
		{"suspects", func(c attempt) error { return reads(c.Assignment().SuspectConflicts(c.ctx)) }, ""},
		{"rules", func(c attempt) error { return c.RuleBook().ExportRules(c.ctx, new(bytes.Buffer)) }, ""},
		{"preview rules", func(c attempt) error {
			return reads(c.RuleBook().PreviewRules(c.ctx, strings.NewReader(withRules("percent = 4", "percent = 5"))))
		}, ""},
		{"load rules", func(c attempt) error {
			return reads(c.RuleBook().LoadRules(
				c.ctx, strings.NewReader(withRules("percent = 4", "percent = 5")), true,
			))
		}, ""},
		{"rule sheet", func(c attempt) error {
			return reads(c.RuleBook().ReportRules(c.ctx, filepath.Join(c.out, "规则.xlsx"), plainWords))
		}, ""},
		{"thumbnails", func(c attempt) error { return reads(c.WorkFiles().MakeThumbnails(c.ctx, nil)) }, ""},
		{"page", func(c attempt) error { return reads(c.WorkFiles().WorkPage(c.ctx, "w000004", 0, 0, 100)) }, ""},
		{"text", func(c attempt) error { return reads(c.WorkFiles().WorkText(c.ctx, "w000001", 1)) }, ""},
		{"show", func(c attempt) error { return reads(c.ShowContest(c.ctx)) }, ""},
		{"check", func(c attempt) error { return reads(c.CheckContest(c.ctx, "", nil)) }, ""},
		{"backup", func(c attempt) error { return reads(c.BackupContest(c.ctx)) }, ""},
		{"journal", func(c attempt) error { return reads(c.Journal(c.ctx)) }, ""},
		{"intakes", func(c attempt) error { return reads(c.Intake().Intakes(c.ctx)) }, ""},
		{"account", func(c attempt) error { return reads(c.Problems().Account(c.ctx, "i001")) }, ""},
		{"sheet lines", func(c attempt) error {
			return reads(c.Problems().SheetLines(c.ctx, "i001", "汇总.xlsx", "书法"))
		}, ""},
		{"find", func(c attempt) error { return reads(c.Finder(c.ctx)) }, ""},
		{"issue a pass", func(c attempt) error {
			return reads(c.Passes().IssuePasses(c.ctx, []judging.JudgeID{"j001", "j002"}))
		}, ""},
		{"release a device", func(c attempt) error { return c.Passes().ReleaseDevice(c.ctx, "j001") }, ""},
		{"revoke a pass", func(c attempt) error { return c.Passes().RevokePass(c.ctx, "j001") }, ""},
		{"door of the room", func(c attempt) error { return reads(c.Passes().Door(c.ctx)) }, ""},
		{"clear pin", func(c attempt) error { return c.Secrets().ClearPIN(c.ctx, "j001") }, ""},
		{"has password", func(c attempt) error { return reads(c.Secrets().HasPassword(c.ctx)) }, ""},
		{"statistics", func(c attempt) error { return reads(c.Results().Statistics(c.ctx)) }, ""},
	},
	"scoring":      scoringDeeds,
	"scored":       scoredDeeds,
	"second round": secondRoundDeeds,
	"closed":       closedDeeds,
	"decided":      decidedDeeds,
	"over":         overDeeds,
	"objected":     objectedDeeds,
	"final":        finalDeeds,
}

// looseFile returns the identity of a file that belongs to no work.
func looseFile(c attempt) (string, error) {
	r, err := c.Intake().Reconcile(c.ctx)
	if err != nil {
		return "", err
	}
	return r.Loose[0].ID, nil
}
