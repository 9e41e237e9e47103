package rules

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/live"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/terms"
)

// RuleReport names the rules that were printed.
type RuleReport struct {
	Version int    `json:"version"`
	Hash    string `json:"hash"`
	Path    string `json:"path"`
}

// ReportRules writes all rules of the contest on one page that a leader can sign: .xlsx as a workbook, else as PDF.
// Errors: Unavailable.
func (o Stage) ReportRules(ctx context.Context, path string, words paper.Words) (RuleReport, error) {
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return RuleReport{}, err
	}
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return RuleReport{}, err
	}
	p := diploma.RulePage{Title: words("rulesheet.title", map[string]any{"Contest": c.Title()}), Made: o.rec.Now(),
		Stamp:    words("rulesheet.stamp", map[string]any{"Version": rules.Version, "Hash": rules.Hash()}),
		Sign:     []string{words("rulesheet.sign", map[string]any{"Host": c.Host}), words("diploma.sign_date", nil)},
		Sections: ruleTale{rules, words}.sections()}
	report := RuleReport{Version: rules.Version, Hash: rules.Hash(), Path: path}
	return report, records.WriteFile(path, func(w io.Writer) error {
		if strings.EqualFold(filepath.Ext(path), ".xlsx") {
			return paper.WritePapers(w, p.Title, []paper.Paper{rulePaper(p, words)}, words)
		}
		return diploma.RuleSheet(w, p)
	})
}

// rulePaper sets the sections in two columns.
func rulePaper(p diploma.RulePage, words paper.Words) paper.Paper {
	out := paper.Paper{
		Name:    words("rulesheet.sheet", nil),
		Title:   p.Title,
		Note:    p.Stamp,
		Upright: true,
		Foot:    p.Sign,
		Signed:  len(p.Sign),
		Columns: []paper.PaperColumn{{
			Head:  words("rulesheet.item", nil),
			Least: 14,
			Most:  18,
		}, {
			Head:   words("rulesheet.content", nil),
			Least:  76,
			Most:   76,
			Across: "left",
		}},
	}
	for _, s := range p.Sections {
		out.Rows = append(out.Rows, []any{s.Head, strings.Join(s.Lines, "\n")})
	}
	return out
}

// TellRules tells rules in words, as they stand on the sheet a leader signs.
func TellRules(rules judging.Rules, words paper.Words) []diploma.RuleSection {
	return ruleTale{rules, words}.sections()
}

// ruleTale tells rules in words.
type ruleTale struct {
	judging.Rules
	words paper.Words
}

func (t ruleTale) say(key string, args judging.Args) string { return t.words("rulesheet."+key, args) }

func (t ruleTale) sections() []diploma.RuleSection {
	out := []diploma.RuleSection{
		{Head: t.say("head_rubric", nil), Lines: append(t.rubrics(), t.terms()...)},
		{Head: t.say("head_score", nil), Lines: t.scoring()},
		{Head: t.say("head_ties", nil), Lines: t.ties()},
		{Head: t.say("head_awards", nil), Lines: t.awards()},
	}
	if lines := t.prizes(); len(lines) > 0 {
		out = append(out, diploma.RuleSection{Head: t.say("head_prizes", nil), Lines: lines})
	}
	if lines := t.rounds(); len(lines) > 0 {
		out = append(out, diploma.RuleSection{Head: t.say("head_rounds", nil), Lines: lines})
	}
	if lines := t.stage(); len(lines) > 0 {
		out = append(out, diploma.RuleSection{Head: t.say("head_stage", nil), Lines: lines})
	}
	out = append(out, diploma.RuleSection{Head: t.say("head_gaps", nil), Lines: t.gaps()})
	if lines := t.public(); len(lines) > 0 {
		out = append(out, diploma.RuleSection{Head: t.say("head_public", nil), Lines: lines})
	}
	if t.Feedback != terms.FeedbackNone {
		line := t.say("feedback_"+string(t.Feedback), nil)
		out = append(out, diploma.RuleSection{Head: t.say("head_feedback", nil), Lines: []string{line}})
	}
	if t.Pledge != "" {
		lines := append([]string{t.say("pledge", nil)}, strings.Split(string(t.Pledge), "\n")...)
		out = append(out, diploma.RuleSection{Head: t.say("head_pledge", nil), Lines: lines})
	}
	return out
}

// stage tells how long a performance may take, what overtime costs, and what the big screen shows.
func (t ruleTale) stage() (out []string) {
	if t.Live == nil {
		return nil
	}
	r := *t.Live
	if r.Minutes > 0 {
		out = append(out, t.say("stage_time", judging.Args{
			"Minutes": judging.Exact(r.Minutes).String(), "Grace": r.Grace,
		}))
	}
	if r.Points > 0 {
		out = append(out, t.say("stage_overtime", judging.Args{
			"Points": judging.Exact(r.Points).String(), "Step": r.Step, "Most": judging.Exact(r.Most).String(),
			"Limited": r.Most > 0,
		}))
	}
	return append(out, t.say("stage_show_"+string(cmp.Or(r.Show, live.ShowCode)), nil))
}

// rubrics tells each rubric with the categories that use it.
func (t ruleTale) rubrics() []string {
	var out []string
	for _, r := range t.Rubrics {
		var used, marks []string
		for _, c := range t.Categories {
			if c.Rubric == r.Name {
				used = append(used, c.Name)
			}
		}
		if len(used) == 0 {
			continue
		}
		for _, c := range r.Criteria {
			marks = append(marks, c.Name+" "+judging.Exact(c.Weight).String())
		}
		out = append(out, t.say("rubric", judging.Args{
			"Categories": strings.Join(used, "、"),
			"Scale":      judging.Exact(r.Scale).String(),
			"Step":       judging.Exact(r.Step).String(),
			"Criteria":   strings.Join(marks, "，"),
		}))
	}
	return out
}

// scoring says how many judges there are and how their totals become a score, by their number.
func (t ruleTale) scoring() []string {
	out := []string{t.say("per_work", judging.Args{"N": t.PerWork})}
	for _, c := range t.Categories {
		if c.PerWork > 0 && c.PerWork != t.PerWork {
			out = append(out, t.say("per_work_of", judging.Args{"Category": c.Name, "N": c.PerWork}))
		}
	}
	if t.Voting != nil {
		return append(append(out, t.voting(*t.Voting)), t.audience()...)
	}
	if t.TotalOnly {
		out = append(out, t.say("total_only", nil))
	} else {
		out = append(out, t.say("all_marks", nil))
	}
	return append(append(out, t.combine()...), t.audience()...)
}

// combine says how the scores of a work become one.
func (t ruleTale) combine() (out []string) {
	c := t.Combine
	low, high := c.Trims()
	args := judging.Args{
		"Decimals": c.Decimals, "Best": c.Best, "From": c.From(), "Below": c.From() - 1,
		"Low": low, "High": high, "Both": low > 0 && high > 0,
	}
	switch {
	case t.Official != judging.ByRules:
		return []string{t.say("official_"+string(t.Official), args)}
	case c.Method == judging.Trimmed && (low != 1 || high != 1):
		out = append(out, t.say("trimmed_some", args))
	default:
		out = append(out, t.say(string(c.Method), args))
	}
	if c.Method == judging.Trimmed && c.Uniform {
		out = append(out, t.say("uniform", args))
	}
	if c.ByCriterion {
		out = append(out, t.say("by_criterion", nil))
	}
	if len(t.Panels) > 0 {
		out = append(out, t.say("panels", judging.Args{"Panels": t.panels(), "First": t.Panels[0].Name}))
	}
	return out
}

// panels tells the panels with what they weigh.
func (t ruleTale) panels() string {
	var out []string
	for _, p := range t.Panels {
		out = append(out, p.Name+" "+judging.Exact(p.Weight).String()+"%")
	}
	return strings.Join(out, "，")
}

func (t ruleTale) ties() []string {
	var steps []string
	for i, s := range t.Ties {
		steps = append(steps, fmt.Sprintf("%d) %s", i+1, t.say("tie_"+string(s), nil)))
	}
	first := t.say("ties_none", nil)
	if len(steps) > 0 {
		first = t.say("ties", judging.Args{"Steps": strings.Join(steps, "；")})
	}
	cut := t.say("cut_"+string(t.TieAtCut), nil)
	if t.TieAtCut == judging.TieShare && t.TieTakesNext {
		cut = t.say("cut_share_next", nil)
	}
	return []string{first, cut}
}

// awards tells the shares: those of all lists, then those of single ones.
func (t ruleTale) awards() []string {
	out := []string{t.say("lists", nil) + t.lists()}
	var all []string
	for _, a := range t.Awards {
		all = append(all, a.Name+" "+t.share(a.Share))
	}
	out = append(out, strings.Join(all, "；")+"。")
	for _, total := range t.Totals {
		bound, key := total.Bound(), "award_total"
		if bound.Whole {
			bound.Whole, key = false, "award_total_whole"
		}
		out = append(out, t.say(key, judging.Args{
			"Awards": strings.Join(total.Awards, "、"), "Share": t.share(bound), "Percent": bound.Percent > 0,
			"Next": t.TieAtCut == judging.TieShare,
		}))
	}
	if t.Whole() {
		out = append(out, t.say("whole", nil))
	}
	for _, c := range t.Categories {
		var own []string
		for _, q := range t.Quotas {
			if q.Category == c.Name {
				own = append(own, strings.TrimSpace(q.Group+" "+q.Award)+" "+t.share(q.Share))
			}
		}
		if len(own) > 0 {
			out = append(out, t.say("quota", judging.Args{"Category": c.Name, "Shares": strings.Join(own, "；")}))
		}
	}
	if t.Caps.PerUnit > 0 || t.Caps.PerAuthor > 0 {
		key := "caps_tell"
		if t.Caps.Enforce {
			key = "caps_enforce"
		}
		out = append(out, t.say("caps_of_"+string(t.Caps.UnitKind()), judging.Args{
			"Unit":   t.bound(t.Caps.PerUnit),
			"Author": t.bound(t.Caps.PerAuthor),
		})+t.say(key, nil))
	}
	return append(out, t.say("alternates", judging.Args{"N": t.AlternatesOf()}))
}

// public says how names of children appear in the public notice.
func (t ruleTale) public() []string {
	var groups []string
	for _, g := range t.Groups {
		if g.Minor {
			groups = append(groups, g.Name)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	how := t.Minors
	if how == "" {
		how = terms.Whole
	}
	return []string{t.say("minors_"+string(how), judging.Args{"Groups": strings.Join(groups, "、")})}
}

func (t ruleTale) bound(n int) string {
	if n == 0 {
		return t.say("unbound", nil)
	}
	return t.say("bound", judging.Args{"N": n})
}

// lists names the categories that rank groups apart.
func (t ruleTale) lists() string {
	var out []string
	for _, c := range t.Categories {
		if len(c.Groups) == 0 {
			out = append(out, c.Name)
			continue
		}
		out = append(out, c.Name+"（"+strings.Join(c.Groups, "、")+"）")
	}
	return strings.Join(out, "；") + "。"
}

func (t ruleTale) share(s judging.Share) string {
	if s.Passed {
		return t.say("share_passed", nil)
	}
	if s.Tied {
		return t.say("share_tied", nil)
	}
	out := t.say("share_count", judging.Args{"N": s.Count})
	if s.Percent > 0 {
		rounding := s.Rounding
		if rounding == "" {
			rounding = judging.Nearest
		}
		out = t.say("share_percent", judging.Args{
			"Percent":  judging.Exact(s.Percent).String(),
			"Rounding": t.say("round_"+string(rounding), nil),
		})
	}
	if s.Whole {
		out = t.say("share_whole", judging.Args{"Share": out})
	}
	if s.MinScore > 0 {
		out += t.say("least", judging.Args{"Score": judging.Exact(s.MinScore).String()})
	}
	return out
}

// otherRubrics names the categories that a round judges by a rubric of its own.
func (t ruleTale) otherRubrics(r judging.RoundRule) string {
	out := ""
	for _, c := range t.Categories {
		if name := r.Rubrics[c.Name]; name != "" && name != c.Rubric {
			out += t.say("round_rubric", judging.Args{"Category": c.Name, "Rubric": name}) + t.otherScale(c, name)
		}
	}
	return out
}

// otherScale says how the scores of a rubric of another full mark come to the category's.
func (t ruleTale) otherScale(c judging.Category, rubric string) string {
	other := t.Rules
	other.Categories = []judging.Category{{Name: c.Name, Rubric: rubric}}
	from, to := judging.Exact(other.RubricOf(c.Name).Scale), judging.Exact(t.RubricOf(c.Name).Scale)
	if from == to {
		return ""
	}
	return t.say("round_scale", judging.Args{"From": from.String(), "To": to.String()})
}

// gaps says what becomes of disputes and of judges who do not hand in.
func (t ruleTale) gaps() []string {
	var out []string
	if t.Dispute.Range > 0 {
		exit := t.Dispute.Exit
		if exit == "" {
			exit = judging.Third
		}
		out = append(out, t.say("dispute", judging.Args{
			"Range": judging.Exact(t.Dispute.Range).String(),
		})+t.say("dispute_"+string(exit), nil))
	}
	missing := t.Missing
	if missing == "" {
		missing = judging.Wait
	}
	return append(out, t.say("missing_"+string(missing), judging.Args{"N": t.LeastScores()}), t.say("recusal", nil))
}
