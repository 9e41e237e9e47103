package rules

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// countingFacts says in words how scores become places.
func countingFacts(t kit.Texter, r judging.Rules) []page.Fact {
	official := combineText(t, r.Combine)
	if len(r.Panels) > 0 {
		var panels []string
		for _, p := range r.Panels {
			panels = append(panels, p.Name+" "+judging.Exact(p.Weight).String()+"%")
		}
		official += t.T("app.combine_panels", judging.Args{"Panels": strings.Join(panels, t.T("kit.comma", nil))})
	}
	if r.Official != judging.ByRules {
		official = page.Capital(t.T("analysis.method_"+string(r.Official), nil))
	}
	official += t.T("app.combine_decimals", judging.Args{"Decimals": r.Combine.Decimals})
	var ties []string
	for _, step := range r.Ties {
		ties = append(ties, t.T("app.tie_"+string(step), nil))
	}
	total := t.T("app.total_marks", nil)
	if r.TotalOnly {
		total = t.T("app.total_only", nil)
	}
	return []page.Fact{
		{Name: t.T("app.per_work", nil), Value: t.T("app.per_work_value", judging.Args{"N": r.PerWork})},
		{Name: t.T("app.rules_marks", nil), Value: total},
		{Name: t.T("app.rules_official", nil), Value: official},
		{Name: t.T("app.rules_ties", nil), Value: page.Capital(strings.Join(ties, " → "))},
		{Name: t.T("app.rules_cut", nil), Value: t.T("app.cut_"+string(r.TieAtCut), nil)},
		{Name: t.T("progress.rule_missing", nil), Value: page.MissingText(t, r.Missing, r.MinScores)},
	}
}

// combineText says how the scores of a work become one.
func combineText(t kit.Texter, c judging.Combine) string {
	low, high := c.Trims()
	key := "app.combine_" + string(c.Method)
	if c.Method == judging.Trimmed && (low != 1 || high != 1) {
		key = "app.combine_trimmed_some"
	}
	out := t.T(key, judging.Args{"From": c.From(), "Low": low, "High": high, "Best": c.Best})
	if c.ByCriterion {
		out += t.T("app.combine_by_criterion", nil)
	}
	return out
}

// awardTable lists the awards: name, places, least score. Quotas of single categories follow.
func awardTable(t kit.Texter, r judging.Rules) [][]string {
	rows := [][]string{{t.T("app.col_award", nil), t.T("app.rules_places", nil), t.T("app.rules_least", nil)}}
	for _, a := range r.Awards {
		rows = append(rows, []string{a.Name, shareText(t, a.Share), leastText(t, a.Share)})
	}
	for _, q := range r.Quotas {
		rows = append(rows, []string{
			strings.TrimSpace(q.Award + " · " + q.Category + " " + q.Group), shareText(t, q.Share),
			leastText(t, q.Share),
		})
	}
	return rows
}

// shareText says how many places there are.
func shareText(t kit.Texter, s judging.Share) string {
	if s.Passed {
		return t.T("app.share_passed", nil)
	}
	if s.Tied {
		return t.T("app.share_tied", nil)
	}
	if s.Whole {
		s.Whole = false
		return t.T("app.share_over_all", judging.Args{"Share": shareText(t, s)})
	}
	if s.Percent == 0 {
		return t.T("app.share_count", judging.Args{"N": s.Count})
	}
	rounding := s.Rounding
	if rounding == "" {
		rounding = judging.Nearest
	}
	return t.T("app.share_percent", judging.Args{
		"Percent": judging.Exact(s.Percent).String(), "Rounding": t.T("app.round_"+string(rounding), nil),
	})
}

func leastText(t kit.Texter, s judging.Share) string {
	if s.MinScore == 0 {
		return t.T("app.least_none", nil)
	}
	return t.T("app.least", judging.Args{"Score": judging.Exact(s.MinScore).String()})
}

func categoryTable(t kit.Texter, r judging.Rules) [][]string {
	rows := [][]string{
		{
			t.T("app.col_category", nil), t.T("app.rules_prefix", nil), t.T("app.per_work_short", nil),
			t.T("app.rules_groups", nil), t.T("app.rules_alias", nil),
		},
	}
	for _, c := range r.Categories {
		groups := t.T("app.groups_none", nil)
		if len(c.Groups) > 0 {
			groups = strings.Join(c.Groups, "、")
		}
		rows = append(rows, []string{
			c.Name, c.Prefix, fmt.Sprint(r.PerWorkOf(c.Name)), groups, strings.Join(c.Alias, "、"),
		})
	}
	return rows
}

func rubricTable(t kit.Texter, r judging.Rubric) [][]string {
	rows := [][]string{{t.T("app.rules_criterion", nil), t.T("app.rules_weight", nil), t.T("app.rules_hint", nil)}}
	for _, c := range r.Criteria {
		rows = append(rows, []string{c.Name, judging.Exact(c.Weight).String(), c.Hint})
	}
	return rows
}

// bandLine names the bands of a rubric in one line: 优秀 90–100.
func bandLine(t kit.Texter, r judging.Rubric) fyne.CanvasObject {
	var words []string
	for _, b := range r.Bands {
		words = append(words, fmt.Sprintf("%s %s–%s", b.Label, judging.Exact(b.From), judging.Exact(b.To)))
	}
	return look.NewPara(
		t.T("app.rules_bands", judging.Args{"Bands": strings.Join(words, "　")}), look.Note, look.Quiet, 70,
	).Fluid()
}

// factTable sets names and values in two columns.
func factTable(facts []page.Fact) fyne.CanvasObject {
	list := lay.Stack(lay.Gap8)
	for _, f := range facts {
		name := container.NewStack(lay.Blank(look.Em(12), 0), look.NewText(f.Name, look.Body, look.Quiet))
		list.Add(container.NewBorder(
			nil, nil, lay.Stack(lay.Gap4, name), nil, look.NewPara(f.Value, look.Body, look.Plain, 50).Fluid(),
		))
	}
	return list
}
