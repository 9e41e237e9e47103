package intake

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/sheet/propose"
)

// proposals shows what rows that say nothing get from titles, lines and names, each to be changed for all its rows.
type proposals struct {
	widget.BaseWidget

	sh     kit.Shell
	choose func(propose.Choice)
	table  *table.Table[proposalRow]
}

// proposalRow is one proposal of one sheet.
type proposalRow struct {
	propose.Proposal

	file, sheet string
}

func (r proposalRow) key() string {
	return strings.Join([]string{r.file, r.sheet, r.Field, r.Value, string(r.From), string(r.State)}, "\x1f")
}

func newProposals(sh kit.Shell, choose func(propose.Choice)) *proposals {
	p := &proposals{sh: sh, choose: choose}
	p.table = table.New(proposalRow.key,
		table.TextColumn(sh.T("import.col_proposal", nil), 8, 2, func(r proposalRow) string {
			return page.Capital(sh.T("field."+r.Field, nil)) + " " + r.Value
		}),
		table.Column[proposalRow]{Title: sh.T("app.col_status", nil), Min: 7, Weight: 1.5, Cell: p.stateCell},
		table.Column[proposalRow]{
			Title: sh.T("import.col_rows", nil), Min: 3, Number: true,
			Cell: func(r proposalRow) table.Cell { return table.Cell{Text: fmt.Sprint(r.Rows)} },
		},
		table.TextColumn(sh.T("import.col_reason", nil), 10, 3, p.reason),
		table.TextColumn(sh.T("import.col_place", nil), 6, 2, func(r proposalRow) string {
			return strings.TrimSpace(r.sheet + " " + r.file)
		}))
	p.table.OnOpen = p.onOpen
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *proposals) CreateRenderer() fyne.WidgetRenderer {
	hint := look.NewCutText(p.sh.T("import.proposal_hint", nil), look.Note, look.Quiet)
	change := button.New(p.sh.T("import.proposal_change", nil), func() {
		if r, ok := p.table.Selected(); ok {
			p.onOpen(r)
		}
	})
	return widget.NewSimpleRenderer(lay.Fill(container.NewBorder(nil, nil, nil, change, hint), p.table, nil))
}

func (p *proposals) stateCell(r proposalRow) table.Cell {
	tone := map[propose.State]look.Tone{
		propose.Taken: look.Done, propose.Open: look.Waiting, propose.Changed: look.Info, propose.Declined: look.Quiet,
	}[r.State]
	text := p.sh.T("propose.state_"+string(r.State), judging.Args{"Given": r.Given})
	return table.Cell{Text: page.Capital(text), Tone: tone}
}

func (p *proposals) reason(r proposalRow) string {
	return page.Capital(p.sh.T("propose.from_"+string(r.From), judging.Args{"Words": r.Words}))
}

// set shows the proposals of a report, those that wait for a person first.
func (p *proposals) set(r intake.ImportReport) {
	var open, rest []proposalRow
	for _, m := range r.Mappings {
		for _, x := range m.Proposals {
			row := proposalRow{x, m.File, m.Sheet}
			if x.State == propose.Open {
				open = append(open, row)
			} else {
				rest = append(rest, row)
			}
		}
	}
	p.table.SetRows(append(open, rest...))
	if _, ok := p.table.Selected(); !ok && len(open)+len(rest) > 0 {
		p.table.Select(p.table.Rows()[0].key())
	}
}

// onOpen asks what the rows of a proposal get.
func (p *proposals) onOpen(r proposalRow) {
	take := p.sh.T("import.proposal_take", judging.Args{"Value": r.Value})
	label := p.sh.T("field."+r.Field, nil)
	how := field.NewChoice(p.sh, label, "", "", []choice.Option{
		{Key: propose.AsProposed, Title: take},
		{Key: "-", Title: p.sh.T("import.proposal_leave", nil)},
		{Key: "other", Title: p.sh.T("import.proposal_value", nil)},
	})
	other := field.NewText(p.sh, p.sh.T("import.proposal_value", nil), "", field.TextRule{Limit: 60})
	other.OnChange = func(string) { how.SetKey("other") }
	how.SetKey(propose.AsProposed)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("import.proposal_title", judging.Args{"Field": label, "Rows": r.Rows}),
		Text: p.sh.T("import.proposal_text", judging.Args{
			"Value": r.Value, "Reason": p.sh.T("propose.from_"+string(r.From), judging.Args{"Words": r.Words}),
		}),
		Content: field.NewForm(how, other), Action: p.sh.T("kit.ok", nil),
		Do: func() error {
			c := propose.Choice{File: r.file, Sheet: r.sheet, Field: r.Field, From: r.From, Proposed: r.Value}
			switch how.Key() {
			case "-":
			case "other":
				c.Value = judging.Tidy(other.Text())
			default:
				c.Value = propose.AsProposed
			}
			p.choose(c)
			return nil
		},
	})
}

// onFill reads again with what a person chose.
func (p *importPage) onFill(c propose.Choice) {
	fill := append(append(propose.Choices{}, p.state.fill...), c)
	p.again(importState{columns: p.state.columns, fill: fill, merge: p.state.merge, tab: tabFill})
}

// mergeNote says how many rows agree in all and offers to take them as one work; nil where there are none.
func (p *importPage) mergeNote(r intake.ImportReport) fyne.CanvasObject {
	merge := func(on bool) func() {
		return func() {
			p.again(importState{columns: p.state.columns, fill: p.state.fill, merge: on, tab: p.state.tab})
		}
	}
	switch {
	case p.state.merge:
		return status.NewNotice(kit.Notice{
			Tone: look.Info, Text: p.sh.T("import.merged", nil),
			Action: p.sh.T("import.unmerge", nil), Do: merge(false),
		}, nil)
	case r.Alike > 0:
		return status.NewNotice(kit.Notice{
			Tone: look.Waiting, Text: p.sh.T("import.alike", judging.Args{"N": r.Alike}),
			Action: p.sh.T("import.merge", nil), Do: merge(true),
		}, nil)
	}
	return nil
}

// isReturnedList reports whether an import was refused because the file is a list of problems that a unit sent back.
func isReturnedList(err error) bool {
	var told *judging.Error
	return errors.As(err, &told) && told.Text == "problems.is_list"
}

// onReturned takes such a file back where it belongs.
func (p *importPage) onReturned() {
	path := p.state.paths[0]
	p.state = importState{}
	p.sh.Navigate(kit.Route{Kind: page.Problems, ID: path})
}
