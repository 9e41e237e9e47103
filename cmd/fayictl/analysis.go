package main

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
	"fayi/judging/stats"
)

// rankWorks shows the places by the rules with the evidence beside them. Method "rules" leaves the evidence out.
func rankWorks(c *call) error {
	fs := c.flags()
	round := fs.Int("round", 0, "")
	method := fs.String("method", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if *method == "rules" && *round == 0 {
			return c.rankByRules(o)
		}
		a, err := o.Results().Analyse(c.ctx, results.AnalysisRequest{Round: judging.Round(*round), Method: stats.Method(*method)})
		if err != nil {
			return err
		}
		return c.answer(a.Standings, func() { c.printAnalysis(a) })
	})
}

func (c *call) rankByRules(o *office.Office) error {
	all, err := o.Results().Rank(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(orEmpty(all), func() {
		rows := [][]string{c.head("category", "group", "place", "work", "official", "raw", "scores", "tied")}
		for _, p := range all {
			rows = append(rows, []string{p.Category, p.Group, fmt.Sprint(p.Place), string(p.Work), fmt.Sprint(p.Official), fmt.Sprintf("%.4f", p.Raw),
				fmt.Sprint(p.Scores), c.yes(p.Tied)})
		}
		c.table(rows)
	})
}

func (c *call) yes(v bool) string {
	if v {
		return c.text.T("cli.yes", nil)
	}
	return ""
}

func (c *call) printAnalysis(a results.Analysis) {
	rows := [][]string{append(c.head("category", "group", "place", "work", "official", "raw"),
		append(c.titles("analysis.col_", "corrected", "se", "range", "p_award"), c.head("tied")...)...)}
	for _, s := range a.Standings {
		places, chance := "", ""
		if s.Corrected != nil {
			places, chance = fmt.Sprintf("%d–%d", s.PlaceLo, s.PlaceHi), fmt.Sprintf("%.0f%%", 100*s.PAward)
		}
		rows = append(rows, []string{s.Category, s.Group, strconv.Itoa(s.Place), string(s.Work), fmt.Sprint(s.Official), fmt.Sprintf("%.4f", s.Raw),
			decimal(s.Corrected), fmt.Sprintf("%.3f", s.SE), places, chance, c.yes(s.Tied)})
	}
	c.table(rows)
	for _, k := range a.Categories {
		c.say("analysis.about", judging.Args{"Category": k.Category, "Works": k.Works, "Judges": k.Judges, "Scores": k.Scores,
			"Method": c.text.T("analysis.method_"+string(k.Method), nil), "Advice": c.text.T(k.Advice.Text, k.Advice.Args)})
		for _, w := range k.Warnings {
			fmt.Fprintln(c.out, "    "+c.text.T(w.Text, w.Args))
		}
	}
	for _, l := range a.Lists {
		for _, cut := range l.Cuts {
			if len(cut.Doubtful) > 0 {
				c.say("analysis.doubtful", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group), "Award": cut.Award, "Places": cut.Places,
					"Works": joined(cut.Doubtful, c.text.T("kit.comma", nil))})
			}
		}
	}
}

func joined[T ~string](list []T, comma string) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return strings.Join(out, comma)
}

func rankExplain(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *work == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		e, err := o.Awards().ExplainWork(c.ctx, *work)
		if err != nil {
			return err
		}
		return c.answer(e, func() {
			for _, s := range e.Sentences {
				fmt.Fprintln(c.out, c.text.T(s.Text, s.Args))
			}
		})
	})
}

func judgesReport(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Results().JudgeReports(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{append(c.head("category", "judge", "name", "scores"),
				c.titles("analysis.col_", "mean", "severity", "scale", "noise", "reliability", "outfit", "agreement", "ties", "drift")...)}
			for _, r := range all {
				rows = append(rows, []string{r.Category, string(r.Judge), r.Name, fmt.Sprint(r.N), fmt.Sprintf("%.2f", r.Mean),
					fmt.Sprintf("%+.2f±%.2f", r.Severity, r.SE), fmt.Sprintf("%.2f", r.Scale), fmt.Sprintf("%.2f", r.Noise), fmt.Sprintf("%.2f", r.Reliability),
					fmt.Sprintf("%.2f", r.Outfit), fmt.Sprintf("%.2f", r.Agreement), fmt.Sprintf("%.0f%%", 100*r.Ties), fmt.Sprintf("%+.2f", r.Drift)})
			}
			c.table(rows)
			for _, r := range all {
				c.printHints(r)
			}
		})
	})
}

func (c *call) printHints(r results.JudgeReport) {
	who := judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Category": r.Category}
	for _, h := range r.Hints {
		c.say(h, who)
	}
	for _, s := range r.Odd {
		c.say("analysis.hint_odd", judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Work": string(s.Work), "Total": judging.Exact(s.Total).String(),
			"Z": fmt.Sprintf("%+.1f", s.Z)})
	}
	for _, u := range r.Units {
		c.say("analysis.hint_unit", judging.Args{"Judge": string(r.Judge), "Name": r.Name, "Category": r.Category, "Unit": u.Unit, "Works": u.N,
			"Mean": fmt.Sprintf("%+.1f", u.Mean), "Z": fmt.Sprintf("%+.1f", u.Z)})
	}
}
