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

// rankCommands are the commands of the noun rank, in the order of their work.
var rankCommands = []declaration{rankWorks, rankExplain}

// rankWorks shows the places by the rules with the evidence. Method "rules" leaves the evidence out.
func rankWorks(cmd *command) handler {
	cmd.use("rank CONTEST", "rank 2020.fayi --method hier")
	round := cmd.num("round", "N", "flag.round", 0)
	method := cmd.str("method", "rules|mean|trimmed|zscore|additive|confidence|blup|pairwise|hier", "flag.method")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *method == "rules" && *round == 0 {
			return rankByRules(c, o)
		}
		a, err := o.Results().Analyse(c.ctx, results.AnalysisRequest{
			Round:  judging.Round(*round),
			Method: stats.Method(*method),
		})
		if err != nil {
			return result{}, err
		}
		return answer(a.Standings, func(pr *printer) { printAnalysis(pr, a) })
	})
}

func rankByRules(c *call, o *office.Office) (result, error) {
	all, err := o.Results().Rank(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(orEmpty(all), func(pr *printer) {
		rows := [][]string{pr.head("category", "group", "place", "work", "official", "raw", "scores", "tied")}
		for _, p := range all {
			rows = append(rows, []string{p.Category, p.Group, fmt.Sprint(p.Place), string(p.Work),
				fmt.Sprint(p.Official), fmt.Sprintf("%.4f", p.Raw),
				fmt.Sprint(p.Scores), yes(pr, p.Tied)})
		}
		pr.table(rows)
	})
}

func yes(pr *printer, v bool) string {
	if v {
		return pr.text.T("cli.yes", nil)
	}
	return ""
}

func printAnalysis(pr *printer, a results.Analysis) {
	rows := [][]string{append(pr.head("category", "group", "place", "work", "official", "raw"),
		append(titles(pr, "analysis.col_", "corrected", "se", "range", "p_award"), pr.head("tied")...)...)}
	for _, s := range a.Standings {
		places, chance := "", ""
		if s.Corrected != nil {
			places, chance = fmt.Sprintf("%d–%d", s.PlaceLo, s.PlaceHi), fmt.Sprintf("%.0f%%", 100*s.PAward)
		}
		rows = append(rows, []string{s.Category, s.Group, strconv.Itoa(s.Place), string(s.Work), fmt.Sprint(s.Official),
			fmt.Sprintf("%.4f", s.Raw),
			decimal(s.Corrected), fmt.Sprintf("%.3f", s.SE), places, chance, yes(pr, s.Tied)})
	}
	pr.table(rows)
	for _, k := range a.Categories {
		pr.say("analysis.about", judging.Args{"Category": k.Category, "Works": k.Works, "Judges": k.Judges,
			"Scores": k.Scores,
			"Method": pr.text.T("analysis.method_"+string(k.Method), nil),
			"Advice": pr.text.T(k.Advice.Text, k.Advice.Args)})
		for _, w := range k.Warnings {
			fmt.Fprintln(pr.out, "    "+pr.text.T(w.Text, w.Args))
		}
	}
	for _, l := range a.Lists {
		for _, cut := range l.Cuts {
			if len(cut.Doubtful) > 0 {
				pr.say("analysis.doubtful", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group),
					"Award": cut.Award, "Places": cut.Places,
					"Works": joined(cut.Doubtful, pr.text.T("kit.comma", nil))})
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

func rankExplain(cmd *command) handler {
	cmd.use("rank explain CONTEST", "rank explain 2020.fayi --work w000012")
	work := cmd.must("work", "W", "flag.work")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		e, err := o.Awards().ExplainWork(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		return answer(e, func(pr *printer) {
			for _, s := range e.Sentences {
				fmt.Fprintln(pr.out, pr.text.T(s.Text, s.Args))
			}
		})
	})
}
