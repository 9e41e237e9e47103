package office_test

import (
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/exhibition"
	"fayi/judging/office/letters"
	"fayi/judging/office/packets"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/office/scoring"
	"fayi/judging/store/bolt"
	"fayi/judging/superior"
)

// scoringDeeds are done while judges score.
var scoringDeeds = []deed{
	{"duties", func(c attempt) error { return reads(c.Scoring().Desk("j001").Duties(c.ctx)) }, ""},
	{"save", func(c attempt) error {
		code, err := firstCode(c)
		if err != nil {
			return err
		}
		return reads(c.Scoring().Desk("j001").Save(c.ctx, judging.Ballot{Code: code, Total: 80}))
	}, ""},
	{"load and history", func(c attempt) error {
		code, err := firstCode(c)
		if err != nil {
			return err
		}
		if _, err := c.Scoring().Desk("j001").Load(c.ctx, code); err != nil {
			return err
		}
		return reads(c.Scoring().Desk("j001").History(c.ctx, code))
	}, ""},
	{"enter", func(c attempt) error {
		code, err := firstCode(c)
		if err != nil {
			return err
		}
		return reads(
			c.Scoring().EnterScore(c.ctx, "j001", string(code), judging.Ballot{Total: 80}, scoring.TakeNone, false),
		)
	}, ""},
	{"calibrate", func(c attempt) error {
		return c.Calibration().ChooseCalibration(c.ctx, scoring.CalibrationRequest{PerCategory: 1, Seed: &seven})
	}, ""},
	{"recuse", func(c attempt) error {
		code, err := firstCode(c)
		if err != nil {
			return err
		}
		return reads(c.Scoring().RecuseJudge(c.ctx, "j001", string(code), "亲属", ""))
	}, "conflict counter journal roster plan"},
	{"substitutes", func(c attempt) error {
		code, err := firstCode(c)
		if err != nil {
			return err
		}
		return reads(c.Scoring().Substitutes(c.ctx, "j001", string(code)))
	}, ""},
	{
		"top up", func(c attempt) error { return reads(c.Assignment().TopUpPlan(c.ctx, 4, &seven, nil)) },
		"roster counter/plan",
	},
	{"adjust", func(c attempt) error {
		_, _, err := c.Assignment().AdjustPlan(c.ctx, &seven, nil)
		return err
	}, "roster counter/plan"},
	{"sheets", func(c attempt) error {
		return reads(c.Scoring().WriteScoreSheets(c.ctx, filepath.Join(c.out, "表"), "j001", plainWords))
	}, ""},
	{"seal", func(c attempt) error {
		return reads(c.Packets().SealPacket(c.ctx, "j001", filepath.Join(c.out, "甲.fayipkt"), packets.SealOptions{
			Passphrase: phrase,
		}, nil))
	}, "reply_key counter journal blind_copy"},
	{"packets", func(c attempt) error { return reads(c.Packets().ListPackets(c.ctx)) }, ""},
	{"clashes", func(c attempt) error { return reads(c.Scoring().Clashes(c.ctx)) }, ""},
	{"overlap", func(c attempt) error { return reads(c.Assignment().PlanOverlap(c.ctx, "p002")) }, ""},
	{"loads", func(c attempt) error { return reads(c.Assignment().PlanLoads(c.ctx, "p002")) }, ""},
	{"assignments", func(c attempt) error { return reads(c.Assignment().Assignments(c.ctx)) }, ""},
	{"remind", func(c attempt) error { return reads(c.Scoring().Reminders(c.ctx, plainWords)) }, ""},
}

// firstCode is the code of the first work of j001.
func firstCode(c attempt) (judging.WorkCode, error) {
	d, err := c.Scoring().Desk("j001").Duties(c.ctx)
	if err != nil {
		return "", err
	}
	return d.Works[0].Code, nil
}

// scoredDeeds are done when all lists are in.
var scoredDeeds = []deed{
	{"status", func(c attempt) error { return reads(c.Scoring().ScoresStatus(c.ctx)) }, ""},
	{"progress", func(c attempt) error { return reads(c.Scoring().Progress(c.ctx)) }, ""},
	{"reopen", func(c attempt) error { return c.Scoring().ReopenScores(c.ctx, "j001", "看错行") }, ""},
	{"close", func(c attempt) error { return reads(c.Scoring().CloseRound(c.ctx, "评完了")) }, ""},
	{"plan closing", func(c attempt) error { return reads(c.Scoring().PlanClosing(c.ctx)) }, ""},
	{"sign off", func(c attempt) error {
		return c.Signed().SignOff(c.ctx, "j001", filepath.Join(c.out, "甲.pdf"), plainWords)
	}, ""},
	{"void", func(c attempt) error {
		code, err := firstCode(c)
		if err != nil {
			return err
		}
		return c.Scoring().VoidScore(c.ctx, "j001", string(code), "亲属")
	}, ""},
	{"score history", func(c attempt) error { return reads(c.Scoring().ScoreHistory(c.ctx, "w000001")) }, ""},
	{"flags", func(c attempt) error { return reads(c.Scoring().Flags(c.ctx)) }, ""},
	{"spreads", func(c attempt) error { return reads(c.Results().ScoreSpreads(c.ctx)) }, ""},
	{"verifications", func(c attempt) error { return reads(c.DoubleEntry().Verifications(c.ctx)) }, ""},
	{"calibrations", func(c attempt) error { return reads(c.Calibration().Calibrations(c.ctx)) }, ""},
	{"rank", func(c attempt) error { return reads(c.Results().Rank(c.ctx)) }, ""},
	{"analyse", func(c attempt) error { return reads(c.Results().Analyse(c.ctx, results.AnalysisRequest{})) }, ""},
	{"vote agreement", func(c attempt) error { return reads(c.Results().VoteAgreement(c.ctx, 0)) }, ""},
	{"explain", func(c attempt) error { return reads(c.Awards().ExplainWork(c.ctx, "w000001")) }, ""},
	{"judge reports", func(c attempt) error { return reads(c.Results().JudgeReports(c.ctx)) }, ""},
	{"disputes", func(c attempt) error { return reads(c.Awards().Disputes(c.ctx)) }, ""},
	{
		"decide", func(c attempt) error { return reads(c.Awards().DecideAwards(c.ctx, false)) },
		"decision counter/deciding",
	},
	{"board", func(c attempt) error { return reads(c.Awards().AwardBoard(c.ctx)) }, ""},
	{"influence", func(c attempt) error { return reads(c.Awards().AwardInfluence(c.ctx)) }, ""},
	{"matrix", func(c attempt) error {
		return reads(c.Results().ReportMatrix(c.ctx, filepath.Join(c.out, "矩阵.xlsx"), false, plainWords))
	}, ""},
	{"rounds", func(c attempt) error { return reads(c.Awards().Rounds(c.ctx)) }, ""},
	{"rehearse", func(c attempt) error {
		dir := filepath.Join(c.out, "演练.fayi")
		db, blobs, err := bolt.Create(dir)
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		made, err := c.Rehearse(c.ctx, office.Config{
			DB:     db,
			Blobs:  blobs,
			Dir:    dir,
			Now:    clock(),
			Random: new(chance),
			Actor:  "organiser",
		}, 3, nil)
		if err != nil {
			blobs.Close()
			db.Close()
			return err
		}
		return made.Close()
	}, ""},
}

// secondRoundDeeds are done when the second round has begun.
var secondRoundDeeds = []deed{
	{"rounds", func(c attempt) error { return reads(c.Awards().Rounds(c.ctx)) }, ""},
	{"works of the round", func(c attempt) error { return reads(c.Awards().RoundWorks(c.ctx, 2)) }, ""},
	{"undo the round", func(c attempt) error { return c.Awards().UndoRound(c.ctx, "还没评完") }, ""},
	{"undo and go on", func(c attempt) error {
		if err := c.Awards().UndoRound(c.ctx, "还没评完"); err != nil {
			return err
		}
		return reads(c.Awards().NextRound(c.ctx, false))
	}, "contest entry counter/journal journal"},
}

// closedDeeds are done when the round is closed.
var closedDeeds = []deed{
	{"reopen the round", func(c attempt) error { return c.Scoring().ReopenRound(c.ctx, "再等等") }, ""},
	{"status", func(c attempt) error { return reads(c.Scoring().ScoresStatus(c.ctx)) }, ""},
	{"desk", func(c attempt) error { return reads(c.Scoring().Desk("j001").Duties(c.ctx)) }, ""},
}

// decidedDeeds are done when awards are decided.
var decidedDeeds = []deed{
	{"awards", func(c attempt) error { return reads(c.Awards().ListAwards(c.ctx)) }, ""},
	{"decisions", func(c attempt) error { return reads(c.Awards().Decisions(c.ctx)) }, ""},
	{"explain an award", func(c attempt) error {
		all, err := c.Awards().ListAwards(c.ctx)
		if err != nil {
			return err
		}
		return reads(c.Awards().ExplainWork(c.ctx, string(all[0].Work)))
	}, ""},
	{"honours", func(c attempt) error { return reads(c.Awards().Honours(c.ctx)) }, ""},
	{"rule", func(c attempt) error {
		return reads(c.Awards().RuleAward(c.ctx, award.Ruling{
			Kind:   award.RuleWithhold,
			Work:   "w000002",
			Reason: "查实抄袭",
		}))
	}, ""},
	{"rulings", func(c attempt) error { return reads(c.Awards().Rulings(c.ctx)) }, ""},
	{"recall", func(c attempt) error { return c.Awards().RecallRuling(c.ctx, "u001", "查无实据") }, ""},
	{"award list", func(c attempt) error {
		return reads(c.Report().ReportAwards(c.ctx, filepath.Join(c.out, "名单.xlsx"), report.AwardListRequest{
			Scores: true,
		}, plainWords))
	}, ""},
	{"statistics", func(c attempt) error {
		return reads(c.Results().ReportStatistics(c.ctx, filepath.Join(c.out, "统计.xlsx"), plainWords))
	}, ""},
	{"certificates", func(c attempt) error {
		return reads(c.Report().PrintCertificates(c.ctx, report.CertificateRequest{
			Out:     filepath.Join(c.out, "证书.pdf"),
			Honours: true,
			Date:    "二〇二〇年五月",
		}, plainWords))
	}, "certificate counter"},
	{"unprintable", func(c attempt) error { return reads(c.Report().UnprintableNames(c.ctx)) }, ""},
	{"preview", func(c attempt) error {
		return reads(c.Report().PreviewCertificate(c.ctx, report.CertificateRequest{}, 200, plainWords))
	}, ""},
	{"superior", func(c attempt) error {
		return reads(c.Report().SetSuperior(c.ctx, report.SuperiorRequest{
			Settings: superior.Settings{To: superior.City, Name: "示例市司法局", Total: 9},
			Form:     table(c.t, "市表.xlsx", []any{"序号", "作品名称", "类别", "作者", "单位", "奖项"}),
		}))
	}, ""},
	{"superiors", func(c attempt) error { return reads(c.Report().Superiors(c.ctx)) }, ""},
	{"plan batch", func(c attempt) error { return reads(c.Report().PlanBatch(c.ctx, superior.City, nil)) }, ""},
	{"pack batch", func(c attempt) error {
		return reads(c.Report().PackBatch(office.Ticking(c.ctx, "notice_not_over", "no_files"), report.BatchRequest{
			To:  superior.City,
			Dir: filepath.Join(c.out, "上报"),
		}, plainWords, nil))
	}, ""},
	{"batches", func(c attempt) error { return reads(c.Report().Batches(c.ctx)) }, ""},
	{"weigh rules", func(c attempt) error {
		rules, err := c.Rules(c.ctx)
		if err != nil {
			return err
		}
		rules.Combine.Method = judging.Mean
		return reads(c.RuleBook().WeighRules(c.ctx, rules))
	}, ""},
}

// overDeeds are done when the notice to the public has run out.
var overDeeds = []deed{
	{"notices", func(c attempt) error { return reads(c.Notices().ListNotices(c.ctx)) }, ""},
	{"notice", func(c attempt) error {
		return reads(c.Notices().ReportNotice(c.ctx, filepath.Join(c.out, "公示.docx"), plainWords))
	}, ""},
	{"verify a certificate", func(c attempt) error {
		return reads(c.Report().VerifyCertificate(c.ctx, "report.certificate_number", "0000-0000-0000-0000"))
	}, ""},
	{"object", func(c attempt) error { return reads(c.Notices().FileObjection(c.ctx, "w000002", "抄袭", "某人")) }, ""},
	{"finalize", func(c attempt) error { return reads(c.Notices().FinalizeAwards(c.ctx)) }, ""},
	{"show", func(c attempt) error { return reads(c.ShowContest(c.ctx)) }, ""},
}

// objectedDeeds are done when somebody has objected.
var objectedDeeds = []deed{
	{"answer", func(c attempt) error {
		return reads(c.Notices().AnswerObjection(c.ctx, "b001", false, false, "查无实据"))
	}, ""},
	{
		"uphold", func(c attempt) error { return reads(c.Notices().AnswerObjection(c.ctx, "b001", true, true, "属实")) },
		"",
	},
}

// finalDeeds are done when the list of awards is final.
var finalDeeds = []deed{
	{"letters", func(c attempt) error {
		return reads(c.Letters().WriteLetters(c.ctx, letters.Request{
			Dir: filepath.Join(c.out, "告知书"), Comments: true, Certificates: true,
		}, plainWords))
	}, "certificate counter"},
	{"participation", func(c attempt) error {
		return reads(c.Letters().ReportParticipation(c.ctx, filepath.Join(c.out, "参与.xlsx"), plainWords))
	}, ""},
	{"who may be shown", func(c attempt) error { return reads(c.Exhibition().Candidates(c.ctx)) }, ""},
	{"exhibition", func(c attempt) error {
		return reads(c.Exhibition().WriteExhibition(c.ctx, exhibition.Request{
			Out: filepath.Join(c.out, "展览"), Agreed: true, Media: true,
		}, plainWords, nil))
	}, ""},
	{"album", func(c attempt) error {
		return reads(c.Exhibition().WriteAlbum(c.ctx, exhibition.Request{
			Out: filepath.Join(c.out, "作品集.pdf"), Agreed: true,
		}, plainWords, nil))
	}, ""},
}
