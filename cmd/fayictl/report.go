package main

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
)

// reportCommands are the commands of the noun report, in the order of their work.
var reportCommands = []declaration{
	behind("report", reportAwards), behind("report", reportNotice), reportSuperior, behind("batch", reportBatch),
	reportBatches, reportWithdraw, reportDue, reportAnswers, reportCheck,
	behind("certificates", reportCertificates), reportVerify, reportRules, behind("report", reportMatrix),
	behind("report", reportStatistics), reportReturns,
}

// written makes the handler of a command that writes one file of a contest, named by --out.
func written(write func(c *call, o *office.Office, path string) (result, error), out *string) handler {
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) { return write(c, o, *out) })
}

func reportRules(cmd *command) handler {
	cmd.use("report rules CONTEST", "report rules 2020.fayi --out 评审规则.pdf")
	return written(func(c *call, o *office.Office, path string) (result, error) {
		r, err := o.RuleBook().ReportRules(c.ctx, path, c.text.T)
		return newResult(r, func(pr *printer) {
			pr.say("report.rules_written", judging.Args{"Version": r.Version, "Hash": r.Hash, "Path": path})
		}).unless(err)
	}, cmd.must("out", "FILE.pdf|FILE.xlsx", "flag.out"))
}

func reportNotice(cmd *command) handler {
	cmd.use("report notice CONTEST", "report notice 2020.fayi --out 公示.docx")
	return written(func(c *call, o *office.Office, path string) (result, error) {
		r, err := o.Notices().ReportNotice(c.ctx, path, c.text.T)
		key := "noticelist.written"
		if r.Draft {
			key = "noticelist.draft_written"
		}
		return newResult(r, func(pr *printer) {
			pr.say(key, judging.Args{"Awards": r.Awards, "Units": r.Units, "Mentors": r.Mentors, "Path": path})
		}).unless(err)
	}, cmd.must("out", "FILE.xlsx|FILE.docx", "flag.out"))
}

func reportMatrix(cmd *command) handler {
	cmd.use("report matrix CONTEST", "report matrix 2020.fayi --out 评分矩阵.xlsx")
	return written(func(c *call, o *office.Office, path string) (result, error) {
		r, err := o.Results().ReportMatrix(c.ctx, path, c.text.T)
		return newResult(r, func(pr *printer) {
			pr.say("report.matrix_written", judging.Args{"Works": r.Works, "Judges": r.Judges, "Scores": r.Scores,
				"Path": path})
		}).unless(err)
	}, cmd.must("out", "FILE.xlsx", "flag.out"))
}

// reportStatistics prints the counts; with --out it writes them too.
func reportStatistics(cmd *command) handler {
	cmd.use("report statistics CONTEST", "report statistics 2020.fayi --out 统计.xlsx")
	out := cmd.str("out", "FILE.xlsx|FILE.csv", "flag.out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		var s results.Statistics
		var err error
		if *out != "" {
			s, err = o.Results().ReportStatistics(c.ctx, *out, c.text.T)
		} else {
			s, err = o.Results().Statistics(c.ctx)
		}
		if err != nil {
			return result{}, err
		}
		return answer(s, func(pr *printer) {
			rows := [][]string{pr.head("name", "works", "accepted", "award")}
			for _, list := range [][]results.StatCount{s.Categories, s.Groups, s.Units} {
				for _, n := range list {
					rows = append(rows, []string{n.Name, fmt.Sprint(n.Works), fmt.Sprint(n.Accepted),
						fmt.Sprint(n.Awards)})
				}
			}
			pr.table(rows)
			if *out != "" {
				pr.say("report.written", judging.Args{"Path": *out})
			}
		})
	})
}

func reportAwards(cmd *command) handler {
	cmd.use("report awards CONTEST", "report awards 2020.fayi --out 获奖名单.xlsx")
	var req report.AwardListRequest
	out := cmd.must("out", "FILE.xlsx|FILE.csv", "flag.out")
	cmd.strVar(&req.Title, "title", "TITLE", "flag.list_title")
	cmd.yesVar(&req.OneSheet, "one-sheet", "flag.one_sheet")
	cmd.yesVar(&req.Scores, "scores", "flag.scores")
	cmd.strVar(&req.Form, "form", "city|province", "flag.form")
	cmd.strVar(&req.Template, "template", "FILE.xlsx", "flag.template_awards")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		r, err := o.Report().WriteAwards(c.ctx, *out, req, c.text.T)
		if err != nil {
			return result{}, err
		}
		return answer(r, func(pr *printer) {
			pr.say("cli.awards_written", judging.Args{"Count": r.Awards, "Path": *out})
		})
	})
}
