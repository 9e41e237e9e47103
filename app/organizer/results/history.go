package results

import (
	"context"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/results"
)

// onHistory shows everything a judge said of the work: which score came when and which way, and why one is void.
func (p *explainPage) onHistory(j results.ExplainedScore) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]judging.Score, error) {
		return p.office.ScoreHistory(ctx, p.work)
	}, func(all []judging.Score) {
		var lines []string
		for _, s := range all {
			if s.Judge == j.Judge {
				lines = historyLines(p.sh, s)
			}
		}
		p.sh.Ask(kit.Question{
			Title:   p.sh.T("fair.history_of", judging.Args{"Name": j.Name}),
			Content: look.NewPara(strings.Join(lines, "\n"), look.Body, look.Plain, 36),
		})
	})
}

// historyLines tells the versions of a score, oldest first; the last one holds.
func historyLines(t kit.Texter, s judging.Score) []string {
	var out []string
	for i, v := range s.Versions {
		word := t.T("ballot.state_"+string(v.State), nil)
		if v.State == judging.Scored || v.State == judging.Started {
			word = t.T("fair.history_total", judging.Args{"Total": judging.Exact(v.Total).String()})
		}
		key := "fair.history_was"
		if i == len(s.Versions)-1 {
			key = "fair.history_holds"
		}
		out = append(out, t.T(key, judging.Args{
			"At": kit.DateTime(t, v.At.Local()), "Way": t.T("score.source_"+string(v.Source), nil), "Score": word,
		}))
	}
	if s.Void != "" {
		out = append(out, t.T("fair.history_void", judging.Args{"Reason": s.Void}))
	}
	return out
}
