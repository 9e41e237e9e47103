package results

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
	"fayi/judging/stats"
)

// RankCommands are the commands of the noun rank, in the order of their work.
var RankCommands = []command.Declaration{rankWorks, rankExplain, rankAgreement}

// rankWorks shows the places by the rules with the evidence. Method "rules" leaves the evidence out, and so does a
// round without marks.
func rankWorks(cmd *command.Command) command.Handler {
	cmd.Use("rank CONTEST", "rank 2020.fayi --method hier")
	round := cmd.Num("round", "N", "flag.round", 0)
	method := cmd.Str("method", "rules|mean|trimmed|zscore|additive|confidence|blup|pairwise|hier1|hier", "flag.method")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *method == "rules" && *round == 0 {
			return rankByRules(c, o)
		}
		a, err := o.Results().Analyse(c.Ctx, results.AnalysisRequest{
			Round:  judging.Round(*round),
			Method: stats.Method(*method),
		})
		if results.WithoutMarks(err) && *method == "" && *round == 0 {
			return rankByRules(c, o) // there is no evidence
		}
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(a.Standings, func(pr *command.Printer) { printAnalysis(pr, a) })
	})
}

func rankByRules(c *command.Call, o *office.Office) (command.Result, error) {
	all, err := o.Results().Rank(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(command.OrEmpty(all), func(pr *command.Printer) {
		rows := [][]string{pr.Head("category", "group", "place", "work", "official", "raw", "scores", "tied")}
		for _, p := range all {
			rows = append(rows, []string{p.Category, p.Group, fmt.Sprint(p.Place), string(p.Work),
				fmt.Sprint(p.Official), judging.Decimal(p.Raw, 4),
				fmt.Sprint(p.Scores), yes(pr, p.Tied)})
		}
		pr.Table(rows)
	})
}

func yes(pr *command.Printer, v bool) string {
	if v {
		return pr.Text.T("cli.yes", nil)
	}
	return ""
}

func printAnalysis(pr *command.Printer, a results.Analysis) {
	rows := [][]string{append(pr.Head("category", "group", "place", "work", "official", "raw"),
		append(pr.Titles("analysis.col_", "corrected", "se", "range", "p_award"), pr.Head("tied")...)...)}
	for _, s := range a.Standings {
		places, chance := "", ""
		if s.Corrected != nil {
			places, chance = fmt.Sprintf("%d–%d", s.PlaceLo, s.PlaceHi), fmt.Sprintf("%.0f%%", 100*s.PAward)
		}
		rows = append(rows, []string{s.Category, s.Group, strconv.Itoa(s.Place), string(s.Work), fmt.Sprint(s.Official),
			judging.Decimal(s.Raw, 4),
			command.Decimal(s.Corrected), judging.Decimal(s.SE, 3), places, chance, yes(pr, s.Tied)})
	}
	pr.Table(rows)
	for _, k := range a.Categories {
		pr.Say("analysis.about", judging.Args{"Category": k.Category, "Works": k.Works, "Judges": k.Judges,
			"Scores": k.Scores,
			"Method": pr.Text.T("analysis.method_"+string(k.Method), nil),
			"Advice": pr.Text.T(k.Advice.Text, k.Advice.Args)})
		if k.Noise != nil {
			pr.Line("    %s", pr.Text.T(k.Noise.Text, k.Noise.Args))
		}
		for _, w := range k.Warnings {
			pr.Line("    %s", pr.Text.T(w.Text, w.Args))
		}
	}
	for _, l := range a.Lists {
		for _, cut := range l.Cuts {
			if len(cut.Doubtful) > 0 {
				pr.Say("analysis.doubtful", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group),
					"Award": cut.Award, "Places": cut.Places,
					"Works": joined(cut.Doubtful, pr.Text.T("kit.comma", nil))})
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

func rankExplain(cmd *command.Command) command.Handler {
	cmd.Use("rank explain CONTEST", "rank explain 2020.fayi --work w000012")
	work := cmd.Must("work", "W", "flag.work")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		e, err := o.Awards().ExplainWork(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(e, func(pr *command.Printer) {
			for _, s := range e.Sentences {
				pr.Line("%s", pr.Text.T(s.Text, s.Args))
			}
		})
	})
}

// rankAgreement says how far judges agree in a round without marks.
func rankAgreement(cmd *command.Command) command.Handler {
	cmd.Use("rank agreement CONTEST", "rank agreement 2020.fayi")
	round := cmd.Num("round", "N", "flag.round", 0)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Results().VoteAgreement(c.Ctx, judging.Round(*round))
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			if len(all) == 0 {
				pr.Say("analysis.agree_none", nil)
			}
			for _, a := range all {
				r := a.Say()
				pr.Say(r.Text, r.Args)
			}
		})
	})
}
