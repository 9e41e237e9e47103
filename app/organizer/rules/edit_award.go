package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// awards is what there is to win: awards, single lists' own quotas, prizes of units and teachers, and later rounds.
func (p *editRulesPage) awards() fyne.CanvasObject {
	return lay.Stack(
		lay.Gap16, lay.Surface(p.awardLines()), lay.Surface(p.totals()), lay.Surface(p.quotaGrid()),
		lay.Surface(p.unitPrizes()), lay.Surface(p.mentors()), lay.Surface(p.specials()), lay.Surface(p.rounds()),
	)
}

func (p *editRulesPage) awardLines() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(
		p.column("award", 6, 2), p.column("places", 6, 1), p.column("rounding", 6, 1), p.column("least", 5, 1),
		field.LineColumn{Min: actsChars},
	)
	p.lines.lists["awards"] = lines
	for i := range r.Awards {
		a := &r.Awards[i]
		id, known := page.RuleAwards+"/a"+NumberID(i), a.Name
		note := lines.Add(
			field.NewCell(a.Name, "", func(s string) { known = p.renameAward(a, known, s) }),
			p.shareCell(id+"/share", &a.Share, "8%"), p.roundingCell(&a.Share, judging.Nearest),
			p.number(id+"/least", field.Range{High: 1e6, Places: 4}, a.MinScore, func(v float64) { a.MinScore = v }),
			p.lineActs(func() { movedUp(r.Awards, i); p.reshape() }, func() { p.dropAward(i, known) }),
		)
		p.note(note, speaksOf(page.RuleAwards, id, a.Name))
	}
	add := button.New(p.sh.T("ruleedit.add_award", nil), func() {
		p.grow("awards", func() { r.Awards = append(r.Awards, judging.Award{}) })
	})
	sum := status.NewChip("", look.Info)
	p.watch = append(p.watch, func() {
		total := 0.0
		for _, a := range r.Awards {
			total += a.Percent
		}
		tone := look.Info
		if total > 100 {
			tone = look.Problem
		}
		sum.Set(p.sh.T("ruleedit.percent_sum", judging.Args{"Sum": judging.Exact(total).String()}), tone)
	})
	return lay.Stack(lay.Gap16, p.head("awards"), lines, lay.Spread(add, sum))
}

// dropAward takes an award away that the rules speak of as known, with its quotas, its points for units and as a
// ground for prizes of teachers: no line would show them any more.
func (p *editRulesPage) dropAward(i int, known string) {
	r := &p.draft.Rules
	r.Awards = slices.Delete(r.Awards, i, i+1)
	r.Quotas = slices.DeleteFunc(r.Quotas, func(q judging.Quota) bool { return q.Award == known })
	for i := range r.UnitPrizes {
		delete(r.UnitPrizes[i].Points, known)
	}
	for i := range r.Mentors {
		r.Mentors[i].From = slices.DeleteFunc(
			slices.Clone(r.Mentors[i].From), func(a string) bool { return a == known },
		)
	}
	for i := range r.Totals {
		r.Totals[i].Awards = slices.DeleteFunc(
			slices.Clone(r.Totals[i].Awards), func(a string) bool { return a == known },
		)
	}
	for i := range r.Specials {
		r.Specials[i].From = slices.DeleteFunc(
			slices.Clone(r.Specials[i].From), func(a string) bool { return a == known },
		)
	}
	p.reshape()
}

// renameAward renames an award wherever the rules speak of it as known, as renameCategory does.
func (p *editRulesPage) renameAward(a *judging.Award, known, name string) string {
	a.Name = strings.TrimSpace(name)
	r := &p.draft.Rules
	if a.Name == "" || a.Name == known ||
		countOf(r.Awards, func(x judging.Award) bool { return x.Name == a.Name }) > 1 {
		p.changed()
		return known
	}
	for i := range r.Quotas {
		if r.Quotas[i].Award == known {
			r.Quotas[i].Award = a.Name
		}
	}
	for i := range r.UnitPrizes {
		if v, ok := r.UnitPrizes[i].Points[known]; ok {
			delete(r.UnitPrizes[i].Points, known)
			r.UnitPrizes[i].Points[a.Name] = v
		}
	}
	for i := range r.Mentors {
		if at := slices.Index(r.Mentors[i].From, known); at >= 0 {
			r.Mentors[i].From = slices.Clone(r.Mentors[i].From)
			r.Mentors[i].From[at] = a.Name
		}
	}
	for i := range r.Totals {
		if at := slices.Index(r.Totals[i].Awards, known); at >= 0 {
			r.Totals[i].Awards = slices.Clone(r.Totals[i].Awards)
			r.Totals[i].Awards[at] = a.Name
		}
	}
	for i := range r.Specials {
		if at := slices.Index(r.Specials[i].From, known); at >= 0 {
			r.Specials[i].From = slices.Clone(r.Specials[i].From)
			r.Specials[i].From[at] = a.Name
		}
	}
	p.changed()
	return a.Name
}

// wholeWords say, before or after a number, that it is counted over all lists together.
var wholeWords = []string{"全部名单合计", "全部名单共", "全部共", "全场共", "合计", "总共", "一共", "共", "in all", "in total"}

// parseShare reads places as people write them: 3, 3件, 8%, 8％, 共 10 件, 通过的全部 or 并列的. Empty means no share.
func parseShare(t kit.Texter, text string, was judging.Share) (judging.Share, string) {
	was.Count, was.Percent, was.Passed, was.Tied, was.Whole = 0, 0, false, false, false
	begins := func(key string) bool {
		said := judging.Fold(text)
		return said != "" && strings.HasPrefix(judging.Fold(t.T(key, nil)), said)
	}
	switch {
	case begins("app.share_passed"):
		return judging.Share{Passed: true}, ""
	case begins("app.share_tied"):
		return judging.Share{Tied: true}, ""
	}
	text = strings.NewReplacer("％", "%", "件", "", "个", "", " ", "").Replace(strings.ToLower(text))
	if text == "" {
		return was, ""
	}
	for _, word := range wholeWords {
		if rest := strings.ReplaceAll(text, strings.ReplaceAll(word, " ", ""), ""); rest != text {
			text, was.Whole = rest, true
			break
		}
	}
	number, percent := strings.CutSuffix(text, "%")
	if percent {
		v, wrong := field.Range{High: 100, Places: 4}.Parse(t, number)
		was.Percent = v
		return was, wrong
	}
	v, wrong := field.Range{High: 100000}.Parse(t, number)
	was.Count = int(v)
	return was, wrong
}

// shareWords writes places as parseShare reads them.
func shareWords(t kit.Texter, s judging.Share) string {
	switch {
	case s.Passed:
		return t.T("app.share_passed", nil)
	case s.Tied:
		return t.T("app.share_tied", nil)
	}
	out := ""
	switch {
	case s.Percent != 0:
		out = judging.Exact(s.Percent).String() + "%"
	case s.Count != 0:
		out = field.Range{}.Show(float64(s.Count))
	}
	if s.Whole {
		return t.T("app.share_whole", judging.Args{"Share": out})
	}
	return out
}

// shareCell is an input for places: a number, or a percentage.
func (p *editRulesPage) shareCell(id string, s *judging.Share, hint string) *field.Entry {
	text, wrong := p.draft.Bad[id]
	if !wrong {
		text = shareWords(p.sh, *s)
	}
	return field.NewCell(text, hint, func(text string) {
		p.tookShare(id, text, *s, func(v judging.Share) { *s = v })
	})
}

func (p *editRulesPage) tookShare(id, text string, was judging.Share, set func(judging.Share)) {
	v, wrong := parseShare(p.sh, text, was)
	if wrong != "" {
		if p.draft.Bad == nil {
			p.draft.Bad = map[string]string{}
		}
		p.draft.Bad[id] = text
	} else {
		delete(p.draft.Bad, id)
		set(v)
	}
	p.changed()
}

// roundingCell is a choice of what becomes of a part of a place; empty is what no word means.
func (p *editRulesPage) roundingCell(s *judging.Share, empty judging.Rounding) fyne.CanvasObject {
	var options []choice.Option
	for _, w := range []judging.Rounding{judging.Down, judging.Nearest, judging.Up} {
		options = append(
			options, choice.Option{Key: string(w), Title: page.Capital(p.sh.T("app.round_"+string(w), nil))},
		)
	}
	return field.NewChoiceCell(options, OrWord(
		string(s.Rounding), string(empty),
	), func(k string) { s.Rounding = judging.Rounding(k); p.changed() })
}

// quotaGrid has a line for each list and a column for each award; an empty place means the award's own share, which
// is written there in grey.
func (p *editRulesPage) quotaGrid() fyne.CanvasObject {
	r := &p.draft.Rules
	columns := []field.LineColumn{p.column("list", 8, 2)}
	for _, a := range r.Awards {
		columns = append(columns, field.LineColumn{Title: a.Name, Min: 4, Weight: 1})
	}
	lines := field.NewLines(columns...)
	for _, c := range r.Categories {
		for _, g := range append([]string{""}, c.Groups...) {
			p.quotaLine(lines, c.Name, g)
		}
	}
	return lay.Stack(lay.Gap16, p.head("quotas"), lines)
}

func (p *editRulesPage) quotaLine(lines *field.Lines, category, group string) {
	r := &p.draft.Rules
	id := page.RuleAwards + "/q" + category + "/" + group
	name := look.NewCutText(category, look.Body, look.Plain)
	if group != "" {
		name = look.NewCutText("　"+group, look.Body, look.Quiet)
	}
	cells, wheres := []fyne.CanvasObject{name}, []string{}
	for k, a := range r.Awards {
		wheres = append(wheres, a.Name+" · "+category+group)
		var own judging.Share
		if i := quotaAt(*r, a.Name, category, group); i >= 0 {
			own = r.Quotas[i].Share
		}
		text, wrong := p.draft.Bad[id+"/"+a.Name]
		if !wrong {
			text = shareWords(p.sh, own)
		}
		general := a.Share
		if group != "" {
			general = r.ShareOf(a, category, "")
		}
		cells = append(cells, field.NewCell(text, shareWords(p.sh, general), func(text string) {
			p.tookShare(id+"/"+a.Name, text, general, func(s judging.Share) {
				p.setQuota(r.Awards[k].Name, category, group, s) // it may have got its name since
			})
		}))
	}
	p.note(lines.Add(cells...), speaksOf(page.RuleAwards, id, wheres...))
}

// quotaAt returns the place of a quota among those of the rules, or -1.
func quotaAt(r judging.Rules, award, category, group string) int {
	return slices.IndexFunc(r.Quotas, func(q judging.Quota) bool {
		return q.Award == award && q.Category == category && q.Group == group
	})
}

// setQuota sets the places of an award in a list; none means the award's own.
func (p *editRulesPage) setQuota(award, category, group string, s judging.Share) {
	r := &p.draft.Rules
	at := quotaAt(*r, award, category, group)
	switch {
	case s.Count == 0 && s.Percent == 0 && !s.Passed && !s.Tied:
		if at >= 0 {
			r.Quotas = slices.Delete(r.Quotas, at, at+1)
		}
	case at >= 0:
		q := &r.Quotas[at].Share
		if q.Count, q.Percent, q.Passed, q.Tied, q.Whole = s.Count, s.Percent, s.Passed, s.Tied, s.Whole; s.Passed ||
			s.Tied {
			*q = s // stands alone
		}
	default:
		r.Quotas = append(r.Quotas, judging.Quota{Award: award, Category: category, Group: group, Share: s})
	}
}
