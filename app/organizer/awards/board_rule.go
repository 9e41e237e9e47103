package awards

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/terms"
)

// onOpen shows what can be done with a work.
func (p *boardPage) onOpen(work string, at fyne.Position) {
	w, prize, ok := findCard(p.now(), judging.WorkID(work))
	if !ok {
		return
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(p.sh.T("fair.why", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Explain, ID: work}) }),
	}
	if !p.data.Final {
		items = append(items, fyne.NewMenuItemSeparator())
		for _, s := range p.now().Slots {
			if s.Award != prize {
				items = append(
					items,
					fyne.NewMenuItem(p.sh.T("awardboard.give", judging.Args{"Award": s.Award}), func() {
						p.ask(w, award.RuleGive, s.Award)
					}),
				)
			}
		}
		for _, h := range p.data.Specials {
			if h.By == terms.ByNomination {
				items = append(items, fyne.NewMenuItem(
					p.sh.T("awardboard.nominate", judging.Args{"Award": h.Prize}),
					func() { p.ask(w, award.RuleNominate, h.Prize) },
				))
			}
		}
		if prize != "" {
			items = append(
				items,
				fyne.NewMenuItem(p.sh.T("awardboard.withhold", nil), func() { p.ask(w, award.RuleWithhold, "") }),
			)
		}
		items = append(
			items,
			fyne.NewMenuItem(p.sh.T("awardboard.disqualify", nil), func() { p.ask(w, award.RuleDisqualify, "") }),
		)
	}
	button.ShowMenu(p.board, at, items...)
}

// onMove rules as the column says that a card was dragged to.
func (p *boardPage) onMove(work, column string) {
	w, _, ok := findCard(p.now(), judging.WorkID(work))
	if !ok || p.data.Final {
		return
	}
	switch column {
	case columnRest:
		p.ask(w, award.RuleWithhold, "")
	case columnOut:
		p.ask(w, award.RuleDisqualify, "")
	default:
		p.ask(w, award.RuleGive, column)
	}
}

// findCard finds a work on the board and its prize, "" for none.
func findCard(l awards.BoardList, id judging.WorkID) (awards.BoardWork, string, bool) {
	for _, s := range l.Slots {
		for _, w := range s.Works {
			if w.Work == id {
				return w, s.Award, true
			}
		}
	}
	for _, list := range [][]awards.BoardWork{l.Alternates, l.Rest, l.Out} {
		for _, w := range list {
			if w.Work == id {
				return w, "", true
			}
		}
	}
	return awards.BoardWork{}, "", false
}

// ask wants the reason of a ruling.
func (p *boardPage) ask(w awards.BoardWork, kind award.RulingKind, prize string) {
	args := judging.Args{"Work": w.Code, "Title": w.Title, "Place": w.Place, "Award": prize}
	p.askRuling(
		p.sh.T("awardboard.ask_"+string(kind), args), award.Ruling{Kind: kind, Work: w.Work, Award: prize},
		kind == award.RuleDisqualify,
	)
}

func (p *boardPage) askRuling(text string, u award.Ruling, danger bool) {
	reason := field.NewText(
		p.sh, p.sh.T("awardboard.reason", nil), p.sh.T("awardboard.reason_help", nil),
		field.TextRule{Required: true, Limit: 300, Lines: 3},
	)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("awardboard.rule", nil), Text: text, Action: p.sh.T("awardboard.record", nil), Danger: danger,
		Content: reason, Draft: "ruling/" + string(u.Kind) + "/" + string(u.Work), Do: func() error {
			u.Reason = reason.Text()
			_, err := p.office.RuleAward(context.Background(), u)
			if err == nil {
				p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("awardboard.recorded", nil)})
				p.Load()
			}
			return err
		},
	})
}

// notes says what is special about a list, and the rulings that hold, each with a way to take it back. It is nil
// when there is nothing to say.
func (p *boardPage) notes(l awards.BoardList) fyne.CanvasObject {
	box := lay.Stack(lay.Gap4)
	name := strings.TrimSpace(l.Category + " " + l.Group)
	for _, n := range l.Notes {
		line := look.NewPara(
			p.sh.T(n.Why, n.Args(name)),
			look.Note, look.Waiting, 70,
		).Fluid()
		if !strings.HasPrefix(n.Why, "awards.tie_") || p.data.Final {
			box.Add(line)
			continue
		}
		box.Add(container.NewBorder(
			nil, nil, nil, button.NewMenu(p.sh.T("awardboard.settle_tie", nil), p.exits(l, n)...), line,
		))
	}
	for _, h := range p.data.Specials {
		for _, s := range h.Works {
			if s.Category == l.Category && s.Group == l.Group {
				box.Add(look.NewPara(p.sh.T("awardboard.special", judging.Args{
					"Prize": h.Prize, "What": p.sh.T("kit.work", judging.Args{"Code": s.Code, "Title": s.Title}),
					"By": string(h.By), "Percent": s.Percent(), "Votes": s.Votes,
				}), look.Note, look.Plain, 70).Fluid())
			}
		}
	}
	for _, u := range p.rulingsOf(l) {
		what := strings.TrimSpace(u.Category + " " + u.Group)
		if w, _, ok := findCard(l, u.Work); ok {
			what = p.sh.T("kit.work", judging.Args{"Code": w.Code, "Title": w.Title})
		}
		text := p.rulingText(u, what)
		back := button.NewPlain(p.sh.T("awardboard.recall", nil), func() { p.onRecall(u, text) })
		if p.data.Final {
			back.Disable()
		}
		box.Add(container.NewBorder(nil, nil, nil, back, look.NewPara(text, look.Note, look.Plain, 70).Fluid()))
	}
	if len(box.Objects) == 0 {
		return nil
	}
	scroll := lay.VScroll(page.ClearOfBar(box))
	scroll.SetMinSize(fyne.NewSize(0, min(box.MinSize().Height, 120)))
	return scroll
}

// rulingText says what was ruled on and why.
func (p *boardPage) rulingText(u award.Ruling, what string) string {
	return p.sh.T("awardboard.ruled_"+string(u.Kind), judging.Args{
		"What": what, "Award": u.Award, "Exit": p.exitWord(u.Exit), "Reason": u.Reason,
	})
}

func (p *boardPage) exitWord(exit judging.TieAtCut) string {
	if exit == "" {
		return ""
	}
	return p.sh.T("awardboard.exit_"+string(exit), nil)
}

// exits are the legal ways out of a tie at a cut.
func (p *boardPage) exits(l awards.BoardList, n award.Note) (out []*fyne.MenuItem) {
	for _, exit := range []judging.TieAtCut{judging.TieShare, judging.TieHold, judging.TieEmpty} {
		out = append(out, fyne.NewMenuItem(page.Capital(p.exitWord(exit)), func() {
			p.askRuling(p.sh.T("awardboard.ask_tie", judging.Args{"Award": n.Award, "Exit": p.exitWord(exit)}),
				award.Ruling{Kind: award.RuleTie, Category: l.Category, Group: l.Group, Award: n.Award, Exit: exit},
				false)
		}))
	}
	return append(out, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(p.sh.T("comparepage.open_page", nil), func() {
		p.sh.Navigate(kit.Route{Kind: page.Compare})
	}))
}

// rulingsOf lists the rulings on works or cuts of a list.
func (p *boardPage) rulingsOf(l awards.BoardList) (out []award.Ruling) {
	for _, u := range p.data.Rulings {
		_, _, here := findCard(l, u.Work)
		if u.Kind == award.RuleTie && u.Category == l.Category && u.Group == l.Group ||
			u.Kind != award.RuleTie && here {
			out = append(out, u)
		}
	}
	return out
}

func (p *boardPage) onRecall(u award.Ruling, what string) {
	reason := field.NewText(p.sh, p.sh.T("awardboard.reason", nil), "", field.TextRule{Required: true, Limit: 300})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("awardboard.recall", nil), Text: p.sh.T("awardboard.recall_ask", judging.Args{"Ruling": what}),
		Action: p.sh.T("awardboard.recall", nil), Content: reason, Draft: "recall/" + u.ID, Do: func() error {
			err := p.office.RecallRuling(context.Background(), u.ID, reason.Text())
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}
