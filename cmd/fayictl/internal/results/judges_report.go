package results

import (
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
)

// FairnessCommands are the commands of the noun judges that say how judges scored.
var FairnessCommands = []command.Declaration{
	judgesReport, judgesHints, judgesNoteHint, judgesRecallNote, judgesSpread,
}

// judgesSpread prints how scores lie and how far judges agree: the numbers behind the charts.
func judgesSpread(cmd *command.Command) command.Handler {
	cmd.Use("judges spread CONTEST", "judges spread 2020.fayi")
	cmd.Ends(judging.Invalid) // scores that nothing can be computed from
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Results().ScoreSpreads(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{append(pr.Head("category", "judge", "name", "scores"),
				pr.Titles("charts.col_", "least", "median", "most")...)}
			row := func(category, judge, name string, scores []float64) {
				rows = append(rows, []string{category, judge, name, fmt.Sprint(len(scores)),
					judging.Decimal(scores[0], 2),
					judging.Decimal(scores[len(scores)/2], 2), judging.Decimal(scores[len(scores)-1], 2)})
			}
			for _, s := range all {
				row(s.Category, "", "", s.Scores)
				for _, j := range s.Judges {
					row(s.Category, string(j.Judge), j.Name, j.Scores)
				}
			}
			pr.Table(rows)
			for _, s := range all {
				a := s.Agreement
				pr.Say("charts.agreement", judging.Args{"Category": s.Category, "ICC": judging.Decimal(a.ICC, 2),
					"Low":  judging.Decimal(a.ICCLow, 2),
					"High": judging.Decimal(a.ICCHigh, 2), "Panel": judging.Decimal(a.Panel, 2),
					"Alpha": judging.Decimal(a.Alpha, 2)})
			}
		})
	})
}

func judgesReport(cmd *command.Command) command.Handler {
	cmd.Use("judges report CONTEST", "judges report 2020.fayi")
	cmd.Ends(judging.Invalid) // scores that nothing can be computed from
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Results().JudgeReports(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{append(pr.Head("category", "judge", "name", "scores"),
				pr.Titles("analysis.col_", "mean", "severity", "scale", "noise", "reliability", "outfit", "agreement",
					"ties", "drift")...)}
			for _, r := range all {
				rows = append(rows, []string{r.Category, string(r.Judge), r.Name, fmt.Sprint(r.N),
					judging.Decimal(r.Mean, 2),
					fmt.Sprintf("%+.2f±%.2f", r.Severity, r.SE), judging.Decimal(r.Scale, 2),
					judging.Decimal(r.Noise, 2), judging.Decimal(r.Reliability, 2),
					judging.Decimal(r.Outfit, 2), judging.Decimal(r.Agreement, 2), fmt.Sprintf("%.0f%%", 100*r.Ties),
					fmt.Sprintf("%+.2f", r.Drift)})
			}
			pr.Table(rows)
			for _, r := range all {
				printHints(pr, r)
			}
		})
	})
}

func printHints(pr *command.Printer, r results.JudgeReport) {
	who := judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Category": r.Category}
	for _, h := range r.Hints {
		pr.Say(h, who)
	}
	switch way, points := r.Slid(); way {
	case -1:
		pr.Say("analysis.slid_stricter", judging.Args{"Name": r.Name, "Category": r.Category,
			"Points": judging.Decimal(points, 1)})
	case 1:
		pr.Say("analysis.slid_milder", judging.Args{"Name": r.Name, "Category": r.Category,
			"Points": judging.Decimal(points, 1)})
	}
	for _, s := range r.Odd {
		pr.Say("analysis.hint_odd", judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Work": string(s.Work),
			"Total": judging.Exact(s.Total).String(),
			"Z":     fmt.Sprintf("%+.1f", s.Z)})
	}
}
