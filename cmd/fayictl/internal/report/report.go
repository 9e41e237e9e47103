package report

import (
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
)

// ReportCommands are the commands of the noun report, in the order of their work.
var ReportCommands = []command.Declaration{
	command.Behind("report", reportAwards), command.Behind("report", reportNotice),
	reportSuperior, command.Behind("batch", reportBatch), reportBatches, reportWithdraw, reportDue, reportAnswers,
	reportCheck, command.Behind("certificates", reportCertificates), reportVerify, reportRules,
	command.Behind("report", reportMatrix), command.Behind("report", reportStatistics), reportReturns,
	command.Behind("certificates", reportLetters), command.Behind("report", reportParticipation),
	command.Behind("certificates", reportExhibition), command.Behind("certificates", reportAlbum),
}

// written makes the handler of a command that writes one file of a contest, named by --out.
func written(
	write func(c *command.Call, o *office.Office, path string) (command.Result, error), out *string,
) command.Handler {
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		return write(c, o, *out)
	})
}

func reportRules(cmd *command.Command) command.Handler {
	cmd.Use("report rules CONTEST", "report rules 2020.fayi --out 评审规则.pdf")
	return written(func(c *command.Call, o *office.Office, path string) (command.Result, error) {
		r, err := o.RuleBook().ReportRules(c.Ctx, path, c.Text.T)
		return command.NewResult(r, func(pr *command.Printer) {
			pr.Say("report.rules_written", judging.Args{"Version": r.Version, "Hash": r.Hash, "Path": path})
		}).Unless(err)
	}, cmd.Must("out", "FILE.pdf|FILE.xlsx", "flag.out"))
}

func reportNotice(cmd *command.Command) command.Handler {
	cmd.Use("report notice CONTEST", "report notice 2020.fayi --out 公示.docx")
	return written(func(c *command.Call, o *office.Office, path string) (command.Result, error) {
		r, err := o.Notices().ReportNotice(c.Ctx, path, c.Text.T)
		key := "noticelist.written"
		if r.Draft {
			key = "noticelist.draft_written"
		}
		return command.NewResult(r, func(pr *command.Printer) {
			pr.Say(key, judging.Args{"Awards": r.Awards, "Units": r.Units, "Mentors": r.Mentors, "Path": path})
		}).Unless(err)
	}, cmd.Must("out", "FILE.xlsx|FILE.docx", "flag.out"))
}

func reportMatrix(cmd *command.Command) command.Handler {
	cmd.Use("report matrix CONTEST", "report matrix 2020.fayi --out 评分矩阵.xlsx")
	unnamed := cmd.Yes("unnamed", "flag.unnamed")
	return written(func(c *command.Call, o *office.Office, path string) (command.Result, error) {
		r, err := o.Results().ReportMatrix(c.Ctx, path, *unnamed, c.Text.T)
		return command.NewResult(r, func(pr *command.Printer) {
			pr.Say("report.matrix_written", judging.Args{"Works": r.Works, "Judges": r.Judges, "Scores": r.Scores,
				"Path": path})
		}).Unless(err)
	}, cmd.Must("out", "FILE.xlsx", "flag.out"))
}

// reportStatistics prints the counts; with --out it writes them too.
func reportStatistics(cmd *command.Command) command.Handler {
	cmd.Use("report statistics CONTEST", "report statistics 2020.fayi --out 统计.xlsx")
	out := cmd.Str("out", "FILE.xlsx|FILE.csv", "flag.out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		var s results.Statistics
		var err error
		if *out != "" {
			s, err = o.Results().ReportStatistics(c.Ctx, *out, c.Text.T)
		} else {
			s, err = o.Results().Statistics(c.Ctx)
		}
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(s, func(pr *command.Printer) {
			rows := [][]string{pr.Head("name", "works", "accepted", "award")}
			for _, list := range [][]results.StatCount{s.Categories, s.Groups, s.Units} {
				for _, n := range list {
					rows = append(rows, []string{n.Name, fmt.Sprint(n.Works), fmt.Sprint(n.Accepted),
						fmt.Sprint(n.Awards)})
				}
			}
			pr.Table(rows)
			if *out != "" {
				pr.Say("report.written", judging.Args{"Path": *out})
			}
		})
	})
}

func reportAwards(cmd *command.Command) command.Handler {
	cmd.Use("report awards CONTEST", "report awards 2020.fayi --out 获奖名单.xlsx")
	var req report.AwardListRequest
	out := cmd.Must("out", "FILE.xlsx|FILE.csv", "flag.out")
	cmd.StrVar(&req.Title, "title", "TITLE", "flag.list_title")
	cmd.YesVar(&req.OneSheet, "one-sheet", "flag.one_sheet")
	cmd.YesVar(&req.Scores, "scores", "flag.scores")
	cmd.StrVar(&req.Form, "form", "city|province", "flag.form")
	cmd.StrVar(&req.Template, "template", "FILE.xlsx", "flag.template_awards")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		r, err := o.Report().WriteAwards(c.Ctx, *out, req, c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) {
			pr.Say("cli.awards_written", judging.Args{"Count": r.Awards, "Path": *out})
		})
	})
}
