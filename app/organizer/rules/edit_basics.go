package rules

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/terms"
)

// basics is how judges speak in each round, and how scores become places.
func (p *editRulesPage) basics() fyne.CanvasObject {
	kinds := lay.Surface(p.kinds())
	counting := lay.Surface(lay.Stack(lay.Gap24, p.scoring(), p.panelLines(), p.audience()))
	return lay.Stack(lay.Gap24, kinds, lay.Tiles(lay.Gap24, look.Em(18), counting, lay.Surface(p.deciding())))
}

// scoring is how the scores of a work become one.
func (p *editRulesPage) scoring() fyne.CanvasObject {
	r := &p.draft.Rules
	title := field.NewText(p.sh, p.sh.T("ruleedit.name", nil), "", field.TextRule{Limit: titleMost})
	title.SetText(r.Title)
	title.OnChange = func(s string) { r.Title = s; p.changed() }
	return lay.Stack(lay.Gap16, title,
		p.count("per_work", "unit_judges", 50, &r.PerWork, "rules.per_work"),
		p.tick("total_only", &r.TotalOnly), p.tick("confidence", &r.Confidence), p.pledge(),
		p.combining(),
		p.count("decimals", "unit_places", 4, &r.Combine.Decimals, "rules.decimals"),
		p.choice(
			"official",
			[]string{
				"rules", string(judging.ZScore), string(judging.Additive), string(judging.Confidence),
				string(judging.Hier), string(judging.Hier1),
			},
			OrWord(string(r.Official), "rules"), func(k string) {
				r.Official = judging.Official(k)
				if k == "rules" {
					r.Official = judging.ByRules
				}
			},
			"official",
		))
}

// combining is how the scores of a work become one: the fields that the chosen way has.
func (p *editRulesPage) combining() fyne.CanvasObject {
	c := &p.draft.Rules.Combine
	out := lay.Stack(lay.Gap16, p.choice(
		"method",
		[]string{
			string(judging.Trimmed), string(judging.Mean), string(judging.Median), string(judging.Best),
			string(judging.RankSum),
		},
		string(c.Method), func(k string) {
			c.Method = judging.CombineMethod(k)
			p.reshape()
		}, "combine.method",
	))
	switch c.Method {
	case judging.Trimmed:
		out.Add(p.count("trim_from", "unit_scores", 50, &c.TrimFrom, "rules.trim_from"))
		out.Add(lay.Tiles(lay.Gap16, look.Em(9),
			p.count("drop_low", "unit_scores", 10, &c.DropLow, "rules.trim_count"),
			p.count("drop_high", "unit_scores", 10, &c.DropHigh, "")))
		out.Add(p.tick("uniform", &c.Uniform))
	case judging.Best:
		out.Add(p.count("best", "unit_scores", 50, &c.Best, "rules.best"))
	}
	if c.Method == judging.RankSum {
		out.Add(look.NewPara(p.sh.T("ruleedit.rank_sum_help", nil), look.Note, look.Quiet, 40).Fluid())
	}
	out.Add(p.tick("by_criterion", &c.ByCriterion))
	return out
}

// deciding is what becomes of ties, missing and disputed scores, and who can't be granted an award.
func (p *editRulesPage) deciding() fyne.CanvasObject {
	r := &p.draft.Rules
	return lay.Stack(lay.Gap16, p.ties(),
		p.choice(
			"cut", []string{string(judging.TieShare), string(judging.TieHold), string(judging.TieEmpty)},
			string(r.TieAtCut), func(k string) { r.TieAtCut = judging.TieAtCut(k) }, "tie_at_cut",
		),
		p.tick("tie_next", &r.TieTakesNext),
		p.choice(
			"missing", []string{string(judging.Wait), string(judging.RankByRest), string(judging.NeedScores)},
			OrWord(string(r.Missing), string(judging.Wait)), func(k string) { r.Missing = judging.Missing(k) },
			"missing_judges",
		),
		p.count("min_scores", "unit_scores", 50, &r.MinScores, "rules.min_scores"),
		p.points("dispute", &r.Dispute.Range, "dispute.range"),
		p.choice(
			"exit",
			[]string{string(judging.Third), string(judging.Rescore), string(judging.Consensus), string(judging.Accept)},
			OrWord(string(r.Dispute.Exit), string(judging.Third)),
			func(k string) { r.Dispute.Exit = judging.DisputeExit(k) }, "dispute.exit",
		),
		p.choice(
			"minors", []string{string(terms.Whole), string(terms.Surname), string(terms.UnitOnly)},
			OrWord(string(r.Minors), string(terms.Whole)), func(k string) { r.Minors = terms.Minors(k) }, "minors",
		),
		p.choice(
			"feedback", []string{"none", string(terms.FeedbackComments), string(terms.FeedbackTotal)},
			OrWord(string(r.Feedback), "none"), func(k string) {
				if r.Feedback = terms.Feedback(k); k == "none" {
					r.Feedback = terms.FeedbackNone
				}
			}, "feedback",
		),
		p.count("alternates", "unit_works", 20, &r.Alternates, ""),
		p.count("cap_unit", "unit_works", 9999, &r.Caps.PerUnit, ""),
		p.choice(
			"cap_kind", []string{string(judging.AuthorUnit), string(judging.SenderUnit)}, string(r.Caps.UnitKind()),
			func(k string) { r.Caps.Unit = judging.CapUnit(k) }, "caps.unit",
		),
		p.count("cap_author", "unit_works", 9999, &r.Caps.PerAuthor, ""), p.tick("cap_enforce", &r.Caps.Enforce))
}

// OrWord is word, or other where it is empty.
func OrWord(word, other string) string {
	if word == "" {
		return other
	}
	return word
}

// count is an input for a whole number; empty stands for 0.
func (p *editRulesPage) count(name, unit string, most float64, value *int, key string) fyne.CanvasObject {
	id := page.RuleBasics + "/" + name
	bounds := field.Range{Low: 0, High: most}
	f := field.NewNumber(
		p.sh, p.sh.T("ruleedit."+name, nil), p.sh.T("ruleedit."+name+"_help", nil), p.sh.T("ruleedit."+unit, nil),
		bounds, false,
	)
	p.numberField(f, id, bounds, float64(*value), func(v float64) { *value = int(v) }, keyed(page.RuleBasics, key))
	return f
}

// points is an input for points of a total.
func (p *editRulesPage) points(name string, value *float64, where string) fyne.CanvasObject {
	bounds := field.Range{Low: 0, High: 100000, Places: 4}
	f := field.NewNumber(
		p.sh, p.sh.T("ruleedit."+name, nil), p.sh.T("ruleedit."+name+"_help", nil),
		p.sh.T("ruleedit.unit_points", nil), bounds, false,
	)
	p.numberField(
		f, page.RuleBasics+"/"+name, bounds, *value, func(v float64) { *value = v },
		func(x ruleFault) bool { return x.where == where },
	)
	return f
}

func (p *editRulesPage) numberField(
	f *field.Number, id string, bounds field.Range, value float64, set func(float64), meant func(ruleFault) bool,
) {
	if value != 0 || id == page.RuleBasics+"/decimals" { // elsewhere an empty field is what is meant by 0
		f.SetValue(value)
	}
	if text, wrong := p.draft.Bad[id]; wrong {
		f.Entry().SetText(text)
	}
	f.OnChange = func(float64, bool) { p.took(id, bounds, f.Entry().Text, set) }
	p.lines.other = append(p.lines.other, f)
	p.watch = append(p.watch, func() {
		if _, wrong := p.draft.Bad[id]; !wrong {
			f.Tell(faultText(p.faults, meant))
		}
	})
}

func (p *editRulesPage) tick(name string, value *bool) fyne.CanvasObject {
	c := choice.NewCheck(p.sh.T("ruleedit."+name, nil), nil)
	c.SetChecked(*value)
	c.OnChanged = func(on bool) { *value = on; p.changed() }
	return c
}

// choice is an input for one of a rule's words.
func (p *editRulesPage) choice(
	name string, words []string, word string, set func(string), where string,
) fyne.CanvasObject {
	var options []choice.Option
	for _, w := range words {
		options = append(options, choice.Option{Key: w, Title: p.sh.T("ruleedit."+name+"_"+w, nil)})
	}
	help := ""
	if where == "official" || where == "minors" {
		help = p.sh.T("ruleedit."+name+"_help", nil)
	}
	f := field.NewChoice(p.sh, p.sh.T("ruleedit."+name, nil), help, p.sh.T("kit.choose_one", nil), options)
	f.SetKey(word)
	f.OnChange = func(k string) { set(k); p.changed() }
	p.watch = append(p.watch, func() {
		f.Tell(faultText(p.faults, func(x ruleFault) bool { return x.where == where }))
	})
	return f
}

// ties is the order of steps by which ties are broken: those in use first, to be moved and ticked off.
func (p *editRulesPage) ties() fyne.CanvasObject {
	r := &p.draft.Rules
	list := lay.Stack(lay.Gap4)
	for i, step := range r.Ties {
		tick := choice.NewCheck(
			p.sh.T("ruleedit.tie_line", judging.Args{
				"N": i + 1, "Step": page.Capital(p.sh.T("app.tie_"+string(step), nil)),
			}),
			nil,
		)
		tick.SetChecked(true)
		tick.OnChanged = func(bool) { r.Ties = slices.Delete(r.Ties, i, i+1); p.reshape() }
		up := button.NewIcon(theme.MoveUpIcon(), func() { movedUp(r.Ties, i); p.reshape() })
		if i == 0 {
			up.Disable()
		}
		list.Add(lay.Spread(tick, up))
	}
	for _, step := range terms.TieSteps {
		if slices.Contains(r.Ties, step) {
			continue
		}
		tick := choice.NewCheck(page.Capital(p.sh.T("app.tie_"+string(step), nil)), nil)
		tick.OnChanged = func(bool) { r.Ties = append(r.Ties, step); p.reshape() }
		list.Add(lay.Row(0, tick))
	}
	return field.New(p.sh.T("ruleedit.ties", nil), p.sh.T("ruleedit.ties_help", nil), list)
}
