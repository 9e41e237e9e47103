package main

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
)

// judgesSpread prints how scores lie and how far judges agree: the numbers behind the charts.
func judgesSpread(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Results().ScoreSpreads(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{append(c.head("category", "judge", "name", "scores"), c.titles("charts.col_", "least", "median", "most")...)}
			row := func(category, judge, name string, scores []float64) {
				rows = append(rows, []string{category, judge, name, fmt.Sprint(len(scores)), fmt.Sprintf("%.2f", scores[0]),
					fmt.Sprintf("%.2f", scores[len(scores)/2]), fmt.Sprintf("%.2f", scores[len(scores)-1])})
			}
			for _, s := range all {
				row(s.Category, "", "", s.Scores)
				for _, j := range s.Judges {
					row(s.Category, string(j.Judge), j.Name, j.Scores)
				}
			}
			c.table(rows)
			for _, s := range all {
				a := s.Agreement
				c.say("charts.agreement", judging.Args{"Category": s.Category, "ICC": fmt.Sprintf("%.2f", a.ICC), "Low": fmt.Sprintf("%.2f", a.ICCLow),
					"High": fmt.Sprintf("%.2f", a.ICCHigh), "Panel": fmt.Sprintf("%.2f", a.Panel), "Alpha": fmt.Sprintf("%.2f", a.Alpha)})
			}
		})
	})
}
