package assignment

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
)

// onTrace shows what was changed of a judge, when and why.
func (p *judgesPage) onTrace(j judging.Judge) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]judging.Entry, error) {
		return p.office.Journal(ctx)
	}, func(all []judging.Entry) {
		lines := traceLines(p.sh, all, j.ID)
		if len(lines) == 0 {
			lines = []string{p.sh.T("roster.changes_none", nil)}
		}
		p.sh.Ask(kit.Question{
			Title:   p.sh.T("roster.changes_title", judging.Args{"Name": p.called(j)}),
			Content: look.NewPara(strings.Join(lines, "\n"), look.Body, look.Plain, 40),
		})
	})
}

// traceEntry is what the journal keeps of a change of a judge.
type traceEntry struct {
	Name   string `json:"name"`
	Unit   string `json:"unit"`
	Reason string `json:"reason"`
}

// traceLines tells the corrections, striking and merging of a judge, newest first.
func traceLines(t kit.Texter, all []judging.Entry, id judging.JudgeID) []string {
	var out []string
	for _, e := range slices.Backward(all) {
		what, _ := strings.CutPrefix(e.Verb, "judges.")
		if !slices.Contains([]string{"correct", "strike", "merge"}, what) || e.Of != string(id) {
			continue
		}
		var before, after traceEntry
		_ = json.Unmarshal(e.Before, &before) // entries of other shapes tell only when and why
		_ = json.Unmarshal(e.After, &after)
		out = append(out, t.T("roster.trace_"+what, judging.Args{
			"At": kit.DateTime(t, e.At.Local()), "Reason": after.Reason,
			"Before": strings.TrimSpace(before.Name + " " + before.Unit),
			"After":  strings.TrimSpace(after.Name + " " + after.Unit),
		}))
	}
	return out
}
