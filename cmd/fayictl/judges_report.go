package main

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
)

// fairnessCommands are the commands of the noun judges that say how judges scored.
var fairnessCommands = []declaration{judgesReport, judgesSpread}

// judgesSpread prints how scores lie and how far judges agree: the numbers behind the charts.
func judgesSpread(cmd *command) handler {
	cmd.use("judges spread CONTEST", "judges spread 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Results().ScoreSpreads(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{append(pr.head("category", "judge", "name", "scores"),
				titles(pr, "charts.col_", "least", "median", "most")...)}
			row := func(category, judge, name string, scores []float64) {
				rows = append(rows, []string{category, judge, name, fmt.Sprint(len(scores)),
					fmt.Sprintf("%.2f", scores[0]),
					fmt.Sprintf("%.2f", scores[len(scores)/2]), fmt.Sprintf("%.2f", scores[len(scores)-1])})
			}
			for _, s := range all {
				row(s.Category, "", "", s.Scores)
				for _, j := range s.Judges {
					row(s.Category, string(j.Judge), j.Name, j.Scores)
				}
			}
			pr.table(rows)
			for _, s := range all {
				a := s.Agreement
				pr.say("charts.agreement", judging.Args{"Category": s.Category, "ICC": fmt.Sprintf("%.2f", a.ICC),
					"Low":  fmt.Sprintf("%.2f", a.ICCLow),
					"High": fmt.Sprintf("%.2f", a.ICCHigh), "Panel": fmt.Sprintf("%.2f", a.Panel),
					"Alpha": fmt.Sprintf("%.2f", a.Alpha)})
			}
		})
	})
}

func judgesReport(cmd *command) handler {
	cmd.use("judges report CONTEST", "judges report 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Results().JudgeReports(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{append(pr.head("category", "judge", "name", "scores"),
				titles(pr, "analysis.col_", "mean", "severity", "scale", "noise", "reliability", "outfit", "agreement",
					"ties", "drift")...)}
			for _, r := range all {
				rows = append(rows, []string{r.Category, string(r.Judge), r.Name, fmt.Sprint(r.N),
					fmt.Sprintf("%.2f", r.Mean),
					fmt.Sprintf("%+.2f±%.2f", r.Severity, r.SE), fmt.Sprintf("%.2f", r.Scale),
					fmt.Sprintf("%.2f", r.Noise), fmt.Sprintf("%.2f", r.Reliability),
					fmt.Sprintf("%.2f", r.Outfit), fmt.Sprintf("%.2f", r.Agreement), fmt.Sprintf("%.0f%%", 100*r.Ties),
					fmt.Sprintf("%+.2f", r.Drift)})
			}
			pr.table(rows)
			for _, r := range all {
				printHints(pr, r)
			}
		})
	})
}

func printHints(pr *printer, r results.JudgeReport) {
	who := judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Category": r.Category}
	for _, h := range r.Hints {
		pr.say(h, who)
	}
	for _, s := range r.Odd {
		pr.say("analysis.hint_odd", judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Work": string(s.Work),
			"Total": judging.Exact(s.Total).String(),
			"Z":     fmt.Sprintf("%+.1f", s.Z)})
	}
	for _, u := range r.Units {
		pr.say("analysis.hint_unit", judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Category": r.Category,
			"Unit": u.Unit, "Works": u.N,
			"Mean": fmt.Sprintf("%+.1f", u.Mean), "Z": fmt.Sprintf("%+.1f", u.Z)})
	}
}
