package office_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/diploma"
	onstage "fayi/judging/live"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/audience"
	"fayi/judging/office/awards"
	"fayi/judging/office/collecting"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/live"
	"fayi/judging/office/packets"
	"fayi/judging/office/passes"
	"fayi/judging/office/problems"
	"fayi/judging/office/report"
	"fayi/judging/office/scoring"
	"fayi/judging/office/sending"
	"fayi/judging/packet"
	"fayi/judging/room/sign"
	"fayi/judging/superior"
)

// readyDeeds are deeds that need something done before, by their stage; ready says what.
var readyDeeds = map[string][]deed{
	"arrived": {
		{"note a hint", noteFirst, ""},
		{"recall a note", recallFirst, ""},
		{"set a pin", func(c attempt) error { return reads(c.Secrets().SetPIN(c.ctx, "j002", "2345")) }, ""},
		{"set a password", func(c attempt) error { return c.Secrets().SetPassword(c.ctx, "口令四个字") }, ""},
		{"clear a password", func(c attempt) error { return c.Secrets().ClearPassword(c.ctx) }, ""},
		{"note a restore", func(c attempt) error { return c.NoteRestored(c.ctx, office.State{}) }, ""},
		{"add a namesake", func(c attempt) error {
			return reads(c.Assignment().AddNamesake(c.ctx, judging.Judge{Name: "甲", Unit: "乙"}))
		}, ""},
		{"correct a judge", func(c attempt) error {
			return reads(c.Assignment().CorrectJudge(c.ctx, "j002", map[string]string{"unit": "别馆"}, "写错"))
		}, ""},
		{"remove a judge", func(c attempt) error {
			return c.Assignment().RemoveJudge(c.ctx, "j007", "不来")
		}, ""},
		{"undo judges", func(c attempt) error { return reads(c.Assignment().UndoJudges(c.ctx)) }, ""},
		{"correct works", func(c attempt) error {
			return reads(c.Corrections().CorrectWorks(c.ctx, correction.Correction{
				Works: []string{"w000003"}, Set: map[string]string{"title": "另一个题目"}, Reason: "写错",
			}))
		}, ""},
		{"rename a unit", func(c attempt) error {
			w, err := c.Work(c.ctx, "w000001")
			if err != nil {
				return err
			}
			return reads(c.Units().RenameUnit(c.ctx, w.Unit, "改名小学", "改名", false))
		}, ""},
		{"merge units", mergeUnits, ""},
		{"forget an alias", func(c attempt) error {
			return c.Units().ForgetAlias(c.ctx, "示例第1小学")
		}, ""},
		{"undo a correction", func(c attempt) error {
			return reads(c.Corrections().UndoCorrection(c.ctx, "", "不该改"))
		}, ""},
		{"redo a correction", func(c attempt) error {
			return reads(c.Corrections().RedoCorrection(c.ctx, "该改"))
		}, ""},
		{"undo units", func(c attempt) error { return reads(c.Units().UndoUnits(c.ctx)) }, ""},
		{"fix rows", func(c attempt) error {
			id, err := misnamed(c)
			if err != nil {
				return err
			}
			return reads(c.Problems().FixRows(c.ctx, problems.Fixing{Problem: id, Value: "绘画"}))
		}, "counter badrow"},
		{"dismiss rows", func(c attempt) error {
			id, err := misnamed(c)
			if err != nil {
				return err
			}
			return reads(c.Problems().DismissRows(c.ctx, id, nil, "不参赛"))
		}, ""},
		{"return a list", func(c attempt) error {
			return reads(c.Problems().ReturnList(c.ctx, filepath.Join(c.in, "问题.xlsx"), "问题.xlsx", false))
		}, "counter badrow"},
		{"save rules", func(c attempt) error {
			r, err := c.Rules(c.ctx)
			if err != nil {
				return err
			}
			r.Combine.Method = judging.Mean
			return reads(c.RuleBook().SaveRules(c.ctx, r, true))
		}, ""},
		{"open the big screen", func(c attempt) error {
			return reads(c.Passes().ScreenPass(c.ctx, true))
		}, "room_key counter journal"},
		{"admit a device", func(c attempt) error {
			door, err := c.Passes().Door(c.ctx)
			if err != nil {
				return err
			}
			pass, err := os.ReadFile(filepath.Join(c.in, "pass"))
			if err != nil {
				return err
			}
			return door.Admit(c.ctx, string(pass), "a device", "phone")
		}, "room_key counter journal"},
		{"open sending", func(c attempt) error {
			return reads(c.Sending().OpenSending(c.ctx, sending.OpenRequest{Public: true}))
		}, ""},
		{"draw links", func(c attempt) error {
			return reads(c.Sending().IssueLinks(c.ctx, []string{"示例一小", "示例二小"}))
		}, ""},
		{"end a link", func(c attempt) error { return c.Sending().RevokeLink(c.ctx, "示例一小") }, ""},
		{"close sending", func(c attempt) error { return reads(c.Sending().CloseSending(c.ctx)) }, ""},
		{"a delivery arrives", func(c attempt) error {
			return reads(sending.DoorOf(c.Sending()).Keep(c.ctx, aDelivery("又一份"), strings.NewReader("又一份")))
		}, "counter/delivery"},
		{"a file is not taken", func(c attempt) error {
			why := judging.Fail(judging.Invalid, "sending.empty", judging.Args{"Name": "空.zip"})
			return sending.DoorOf(c.Sending()).Refuse(c.ctx, aDelivery("空"), why)
		}, ""},
		{"take a delivery", func(c attempt) error {
			return reads(c.Sending().TakeDelivery(c.ctx, "s001", false, nil))
		}, "counter/intake counter/parcel"},
		{"refuse a delivery", func(c attempt) error {
			return reads(c.Sending().RefuseDelivery(c.ctx, "s001", "缺件"))
		}, ""},
		{"clear deliveries", func(c attempt) error { return reads(c.Sending().ClearDeliveries(c.ctx, false)) }, ""},
		{"make an authority", func(c attempt) error { return reads(c.Passes().Authority(c.ctx)) }, ""},
	},
	"scoring": {
		{"come in by name", func(c attempt) error {
			door, err := c.Passes().Door(c.ctx)
			if err != nil {
				return err
			}
			all, err := c.Passes().Entrances(c.ctx)
			if err != nil {
				return err
			}
			of := slices.IndexFunc(all, func(e passes.Entrance) bool { return e.Judge == "j002" && e.Why == "" })
			if of < 0 {
				return fmt.Errorf("j002 can't come in by name: %+v", all)
			}
			return reads(door.Enter(c.ctx, all[of].Name, "2345", "a device", "phone"))
		}, "room_key counter journal secret"},
		{"seal all", func(c attempt) error {
			return reads(
				c.Packets().SealPackets(office.Replacing(c.ctx), filepath.Join(c.out, "包"),
					packets.SealOptions{Passphrase: phrase}, diploma.Words(plainWords), nil),
			)
		}, "reply_key counter journal blind_copy packet secret"},
		{"preview sheets", func(c attempt) error { return collectSheet(c, c.Collecting().PreviewCollect) }, ""},
		{
			"collect sheets",
			func(c attempt) error { return collectSheet(c, c.Collecting().CollectScores) },
			"collection collected counter journal score tally_judge tally_work",
		},
		{"undo a collection", func(c attempt) error {
			return reads(c.Scoring().UndoCollect(c.ctx, "", "收错了"))
		}, ""},
		// Work by work; what is missing comes with the next reading.
		{"collect a reply", func(c attempt) error {
			return reads(
				c.Packets().CollectReply(c.ctx, filepath.Join(c.in, "回执"+packet.ReplyEnding), scoring.TakeNone),
			)
		}, "collection collected counter journal score packet reply reply_key tally_judge tally_work"},
		{"void and restore", func(c attempt) error {
			code, err := firstCode(c)
			if err != nil {
				return err
			}
			return c.Scoring().RestoreScore(c.ctx, "j001", string(code), "作废错了")
		}, ""},
		{"verify a score", func(c attempt) error {
			code, err := firstCode(c)
			if err != nil {
				return err
			}
			return reads(c.DoubleEntry().VerifyScore(c.ctx, "j001", string(code), 80, "某人"))
		}, ""},
		{"confirm a score", func(c attempt) error {
			code, err := firstCode(c)
			if err != nil {
				return err
			}
			return c.DoubleEntry().ConfirmScore(c.ctx, "j001", string(code), "某人", "核对过")
		}, ""},
		{"see to a flag", func(c attempt) error {
			code, err := firstCode(c)
			if err != nil {
				return err
			}
			return c.Scoring().HandleFlag(c.ctx, "j001", string(code), "看过了")
		}, ""},
		{"decide a clash", func(c attempt) error {
			all, err := c.Scoring().Clashes(c.ctx)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				return judging.Fail(judging.NotFound, "packet.no_clash", nil)
			}
			return c.Scoring().ResolveClash(c.ctx, "j001", string(all[0].Work), scoring.TakePacket)
		}, ""},
		{"hand in", func(c attempt) error { return c.Scoring().Desk("j001").Submit(c.ctx, "1234") }, "secret"},
		{"hand in for a judge", func(c attempt) error { return c.Scoring().SubmitScores(c.ctx, "j001") }, ""},
		{"strike a judge", func(c attempt) error {
			return reads(c.ScoredJudges().StrikeJudge(c.ctx, "j001", "void", "除名"))
		}, ""},
		{"merge judges", func(c attempt) error {
			return reads(c.ScoredJudges().MergeJudges(c.ctx, "j002", "j001", "into", "同一人"))
		}, ""},
		{"add points", func(c attempt) error { return reads(c.Offsets().Give(c.ctx, "w000001", -2, "超时")) }, ""},
		{"take points back", func(c attempt) error {
			all, err := c.Offsets().List(c.ctx)
			if err != nil {
				return err
			}
			return c.Offsets().Recall(c.ctx, all[0].ID, "没有超时")
		}, ""},
		{"take votes of an audience", func(c attempt) error { return takeVotes(c) }, ""},
		{"withdraw votes of an audience", func(c attempt) error {
			return c.Audience().Withdraw(c.ctx, "a0001", "重新统计")
		}, ""},
		{"draw lots", func(c attempt) error { return drawLots(c) }, ""},
		{"move a turn", func(c attempt) error {
			order, err := c.Live().Order(c.ctx)
			if err != nil {
				return err
			}
			return reads(c.Live().Move(c.ctx, string(order[0].Work), 2))
		}, ""},
		{"call", func(c attempt) error { return reads(c.Live().Call(c.ctx, "")) }, ""},
		{"call back", func(c attempt) error { return reads(c.Live().Back(c.ctx)) }, ""},
		{"start the clock", func(c attempt) error { return reads(c.Live().Start(c.ctx)) }, ""},
		{"stop the clock", func(c attempt) error { return reads(c.Live().Stop(c.ctx)) }, ""},
		{"close a turn", func(c attempt) error {
			return reads(c.Live().Close(c.ctx, live.CloseRequest{Early: true, Reason: "超时"}))
		}, ""},
		{"reopen a turn", func(c attempt) error { return reads(c.Live().Reopen(c.ctx, "")) }, ""},
		{"release a turn", func(c attempt) error { return reads(c.Live().Release(c.ctx, "")) }, ""},
		{"break", func(c attempt) error { return c.Live().Break(c.ctx, "休息十分钟") }, ""},
	},
	"scored": {
		{"accept a spread", func(c attempt) error {
			return reads(c.Awards().SettleDispute(c.ctx, "w000002", judging.Accept, "", "合议维持"))
		}, ""},
		{"ask for scores again", func(c attempt) error {
			return reads(c.Awards().SettleDispute(c.ctx, "w000002", judging.Rescore, "", "重评"))
		}, ""},
	},
	"second round": {
		{"replace an entrant", func(c attempt) error {
			on, err := c.Awards().RoundWorks(c.ctx, 0)
			if err != nil {
				return err
			}
			_, _, err = c.Awards().ReplaceEntrant(c.ctx, string(on[0].ID), "", "作者退出")
			return err
		}, ""},
		{"enter a work", func(c attempt) error {
			all, err := c.Awards().RoundWorks(c.ctx, 1)
			if err != nil {
				return err
			}
			on, err := c.Awards().RoundWorks(c.ctx, 0)
			if err != nil {
				return err
			}
			in := map[judging.WorkID]bool{}
			for _, w := range on {
				in[w.ID] = true
			}
			for _, w := range all {
				if !in[w.ID] {
					return reads(c.Awards().EnterWork(c.ctx, string(w.ID), "补录"))
				}
			}
			return judging.Fail(judging.NotFound, "rounds.not_in", nil)
		}, ""},
	},
	"decided": {
		{"withdraw a batch", func(c attempt) error {
			all, err := c.Report().Batches(c.ctx)
			if err != nil {
				return err
			}
			return reads(c.Report().WithdrawBatch(c.ctx, all[0].ID, "报错了"))
		}, ""},
		{"answers from above", func(c attempt) error {
			return reads(c.Report().ImportAnswers(c.ctx, filepath.Join(c.in, "市名单.xlsx"), superior.City))
		}, ""},
	},
	"over": {
		{"correct a notice", func(c attempt) error {
			return reads(
				c.Notices().CorrectNotice(c.ctx, awards.NoticeRequest{From: "2020-05-06", Days: 2, Past: true}, "写错"),
			)
		}, ""},
		{"call a notice back", func(c attempt) error { return reads(c.Notices().RecallNotice(c.ctx, "日期写错")) }, ""},
	},
	"objected": {
		{"retract an answer", func(c attempt) error {
			return reads(c.Notices().RetractAnswer(c.ctx, "b001", "又有新证据"))
		}, ""},
	},
}

func init() {
	for stage, deeds := range readyDeeds {
		deedsOf[stage] = append(deedsOf[stage][:len(deedsOf[stage]):len(deedsOf[stage])], deeds...)
	}
}

// mergeUnits makes the unit of the first work that of the second.
func mergeUnits(c attempt) error {
	var units []string
	for _, id := range []string{"w000001", "w000002"} {
		w, err := c.Work(c.ctx, id)
		if err != nil {
			return err
		}
		units = append(units, w.Unit)
	}
	return reads(c.Units().MergeUnits(c.ctx, correction.UnitMerge{From: units[:1], To: units[1], Reason: "同一所学校"}))
}

// misnamed is the problem of rows whose category is not one.
func misnamed(c attempt) (string, error) {
	all, err := c.Problems().ListProblems(c.ctx, problems.Filter{})
	if err != nil {
		return "", err
	}
	for _, p := range all {
		if p.Count == 2 {
			return p.ID, nil
		}
	}
	return "", judging.Fail(judging.NotFound, "problems.none", nil)
}

// collectSheet returns what is wrong with the one sheet there is, too.
func collectSheet(
	c attempt, by func(context.Context, []string, collecting.Options) (collecting.Collected, error),
) error {
	got, err := by(c.ctx, []string{filepath.Join(c.in, "评分表.xlsx")}, collecting.Options{})
	for _, f := range got.Files {
		err = errors.Join(err, f.Err)
	}
	return err
}

func drawLots(c attempt) error {
	return reads(c.Live().Draw(c.ctx, live.DrawRequest{Categories: []string{"书法"}, Seed: &seven}))
}

// score lets j001 score n works.
func score(n int) func(c attempt) {
	return func(c attempt) { scoreSome(c.t, c.Office, "j001", n) }
}

// played brings a stage so far.
func played(steps ...func(c attempt) error) func(c attempt) {
	return func(c attempt) {
		setLiveRule(c.t, c.Office, onstage.Rule{Minutes: 5, Points: 1, Show: onstage.ShowCode})
		for _, do := range steps {
			must(c.t, do(c))
		}
	}
}

func calls(c attempt) error { return reads(c.Live().Call(c.ctx, "")) }

// marks are given by all judges to the work that is on the stage.
func marks(c attempt) error {
	order, err := c.Live().Order(c.ctx)
	if err != nil {
		return err
	}
	judges, err := c.Assignment().Judges(c.ctx)
	for _, j := range judges {
		d, failed := c.Scoring().Desk(j.ID).Duties(c.ctx)
		err = errors.Join(err, failed)
		for _, w := range d.Works {
			if w.Code == order[0].Code {
				err = errors.Join(err, reads(c.Scoring().Desk(j.ID).Save(c.ctx, judging.Ballot{
					Code: w.Code, Marks: fill(d.Rubrics[w.Category], 0.8),
				})))
			}
		}
	}
	return err
}

func starts(c attempt) error { return reads(c.Live().Start(c.ctx)) }
func shuts(c attempt) error {
	return reads(c.Live().Close(c.ctx, live.CloseRequest{Early: true}))
}

// ready is done before a deed, by its name; the deed's disk and its rival come after.
var ready = map[string]func(c attempt){
	"end a link":        links,
	"close sending":     sends,
	"take a delivery":   arrives,
	"refuse a delivery": arrives,
	"clear deliveries": func(c attempt) {
		arrives(c)
		must(c.t, reads(c.Sending().RefuseDelivery(c.ctx, "s001", "缺件")))
	},
	"undo judges": func(c attempt) {
		must(c.t, reads(c.Assignment().ImportJudges(c.ctx,
			assignment.JudgesRequest{Path: filepath.Join(c.in, "评委.xlsx")})))
	},
	"clear a password": func(c attempt) { must(c.t, c.Secrets().SetPassword(c.ctx, "口令四个字")) },
	"remove a judge":   func(c attempt) { addJudge(c.t, c.Office, "新评委") },
	"add a namesake": func(c attempt) {
		must(c.t, reads(c.Assignment().AddJudge(c.ctx, judging.Judge{Name: "甲", Unit: "乙"})))
	},
	"forget an alias":   func(c attempt) { must(c.t, mergeUnits(c)) },
	"undo a correction": func(c attempt) { must(c.t, mergeUnits(c)) },
	"redo a correction": func(c attempt) {
		must(c.t, mergeUnits(c))
		must(c.t, reads(c.Corrections().UndoCorrection(c.ctx, "", "不该改")))
	},
	"undo units": func(c attempt) {
		must(c.t, reads(c.Units().ImportUnits(c.ctx, correction.UnitsRequest{Path: filepath.Join(c.in, "单位.xlsx")})))
	},
	"fix rows":     importWrong,
	"dismiss rows": importWrong,
	"return a list": func(c attempt) {
		importWrong(c)
		path := filepath.Join(c.in, "问题.xlsx")
		must(c.t, os.RemoveAll(path))
		must(c.t, reads(c.Problems().ExportProblems(c.ctx, path, "", words(c.t))))
		amend(c.t, path, "雕塑", "绘画")
	},
	"admit a device": func(c attempt) {
		issued, err := c.Passes().IssuePasses(c.ctx, []judging.JudgeID{"j002"})
		must(c.t, err)
		key, err := sign.KeyOf(issued[0].Token)
		must(c.t, err)
		must(c.t, os.WriteFile(filepath.Join(c.in, "pass"), []byte(key.ID()), 0o600))
	},
	"come in by name": func(c attempt) {
		must(c.t, reads(c.Passes().IssuePasses(c.ctx, []judging.JudgeID{"j002"})))
		must(c.t, reads(c.Secrets().SetPIN(c.ctx, "j002", "2345")))
	},
	"preview sheets": fillOne, "collect sheets": fillOne,
	"undo a collection": func(c attempt) {
		fillOne(c)
		must(c.t, collectSheet(c, c.Collecting().CollectScores))
	},
	"collect a reply": func(c attempt) { reply(c, 0.5) },
	"decide a clash": func(c attempt) {
		reply(c, 0.5)
		score(1)(c)
		must(
			c.t,
			reads(c.Packets().CollectReply(c.ctx, filepath.Join(c.in, "回执"+packet.ReplyEnding), scoring.TakeNone)),
		)
	},
	"void and restore": func(c attempt) {
		score(1)(c)
		code, err := firstCode(c)
		must(c.t, err)
		must(c.t, c.Scoring().VoidScore(c.ctx, "j001", string(code), "误评"))
	},
	"verify a score": entered, "confirm a score": func(c attempt) {
		entered(c)
		code, err := firstCode(c)
		must(c.t, err)
		must(c.t, reads(c.DoubleEntry().VerifyScore(c.ctx, "j001", string(code), 80, "某人")))
	},
	"see to a flag": func(c attempt) {
		code, err := firstCode(c)
		must(c.t, err)
		must(c.t, reads(c.Scoring().Desk("j001").Save(c.ctx, judging.Ballot{Code: code, Total: 80,
			Flags: []judging.Flag{judging.Copied}})))
	},
	"hand in": everything, "hand in for a judge": everything,
	"strike a judge": score(2), "merge judges": score(2),
	"take points back":              func(c attempt) { must(c.t, reads(c.Offsets().Give(c.ctx, "w000001", 2, "加分"))) },
	"withdraw votes of an audience": func(c attempt) { must(c.t, takeVotes(c)) },
	"note a hint":                   copied,
	"recall a note": func(c attempt) {
		copied(c)
		must(c.t, noteFirst(c))
	},
	"draw lots":        played(),
	"move a turn":      played(drawLots),
	"call":             played(drawLots),
	"call back":        played(drawLots, calls),
	"start the clock":  played(drawLots, calls),
	"stop the clock":   played(drawLots, calls, starts),
	"close a turn":     played(drawLots, calls),
	"reopen a turn":    played(drawLots, calls, shuts),
	"release a turn":   played(drawLots, calls, marks, shuts),
	"break":            played(drawLots),
	"withdraw a batch": reportedUp,
	"answers from above": func(c attempt) {
		reportedUp(c)
		all, err := c.Report().Batches(c.ctx)
		must(c.t, err)
		w, err := c.Work(c.ctx, string(all[0].Works[0]))
		must(c.t, err)
		must(c.t, os.WriteFile(filepath.Join(c.in, "市名单.xlsx"), content(c.t, table(
			c.t,
			"市名单.xlsx",
			[]any{
				"编号",
				"作品名称",
				"作者",
				"单位",
				"奖项",
			},
			[]any{string(w.Code), w.Title, w.Authors[0], w.Unit, "一等奖"},
		)), 0o600))
	},
	"retract an answer": func(c attempt) {
		must(c.t, reads(c.Notices().AnswerObjection(c.ctx, "b001", false, false, "查无实据")))
	},
}

func importWrong(c attempt) {
	must(c.t, reads(c.Intake().ImportWorks(c.ctx, intake.ImportRequest{Sources: []string{wrongList(c.t)}}, nil)))
}

func fillOne(c attempt) {
	path := filled(c.t, c.Office, sheetOf(c.t, c.Office), "评分表.xlsx", all(0.7))
	must(c.t, os.WriteFile(filepath.Join(c.in, "评分表.xlsx"), content(c.t, path), 0o600))
}

// reply puts what j001 sends home from a packet next to what there is to read.
func reply(c attempt, share float64) {
	a := sendAway(c.t, c.Office)
	say(c.t, a, 0, share)
	must(c.t, os.WriteFile(filepath.Join(c.in, "回执"+packet.ReplyEnding), content(c.t, a.reply()), 0o600))
}

// entered takes in the sheet of j001.
func entered(c attempt) {
	fillOne(c)
	must(c.t, collectSheet(c, c.Collecting().CollectScores))
}

// everything lets j001 score all there is.
func everything(c attempt) {
	d := firstDuty(c.t, c.Office, "j001")
	scoreSome(c.t, c.Office, "j001", len(d.Works))
}

func copied(c attempt) {
	must(c.t, allScore(office.Ticking(c.ctx, "duplicates"), c.Office, true))
}

// firstHint is the first hint there is; "none" where the contest stands at no hints.
func firstHint(c attempt) (string, error) {
	all, err := c.Hints().List(c.ctx)
	if judging.CodeOf(err) == judging.Unavailable {
		return "", err
	}
	if err != nil || len(all) == 0 {
		return "none", nil
	}
	return all[0].ID, nil
}

func noteFirst(c attempt) error {
	id, err := firstHint(c)
	if err != nil {
		return err
	}
	return reads(c.Hints().Note(c.ctx, id, "看过了"))
}

func recallFirst(c attempt) error {
	id, err := firstHint(c)
	if err != nil {
		return err
	}
	return c.Hints().Recall(c.ctx, id, "要再看")
}

func reportedUp(c attempt) {
	must(c.t, reads(c.Report().SetSuperior(c.ctx, report.SuperiorRequest{
		Settings: superior.Settings{To: superior.City, Name: "示例市司法局", Total: 9},
	})))
	must(c.t, reads(c.Report().PackBatch(office.Ticking(c.ctx, "notice_not_over", "no_files"), report.BatchRequest{
		To: superior.City, Dir: filepath.Join(c.t.TempDir(), "上报"),
	}, plainWords, nil)))
}

// amend writes another value into the cells of a workbook that hold one.
func amend(t *testing.T, path, old, fresh string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		cells, err := f.SearchSheet(sheet, old)
		must(t, err)
		for _, cell := range cells {
			must(t, f.SetCellStr(sheet, cell, fresh))
		}
	}
	must(t, f.Save())
}

// takeVotes takes in votes for one work.
func takeVotes(c attempt) error {
	works, err := c.Works(c.ctx, office.WorkFilter{})
	if err != nil {
		return err
	}
	path := written(c.t, "作品名称,票数\n"+works[0].Title+",12\n")
	return reads(c.Audience().Take(c.ctx, audience.Request{Path: path, Source: "公众号", Period: "一周"}))
}
