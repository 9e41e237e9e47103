package report

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/superior"
)

// pastBatch is a batch that was packed, with the title and the award of each of its works.
type pastBatch struct {
	superior.Batch
	to string // the superior's name, or the level where it has none
}

// past lists the batches for the level shown, the newest first.
func (p *batchesPage) past() []pastBatch {
	var out []pastBatch
	for _, b := range p.data.batches {
		if b.To == p.level {
			out = append([]pastBatch{{b, p.superior()}}, out...)
		}
	}
	return out
}

// superior names the office that batches go to: by its name, or by its level where none was set.
func (p *batchesPage) superior() string {
	if name := p.data.plan.Superior.Name; name != "" {
		return name
	}
	return p.sh.T("batches.for_"+string(p.level), nil)
}

// showPast lists what was packed.
func (p *batchesPage) showPast(top fyne.CanvasObject) {
	p.packedTable.SetRows(p.past())
	foot := lay.Spread(
		look.NewText(p.sh.T("batches.past_hint", nil), look.Note, look.Quiet),
		lay.Row(
			lay.Gap8, button.New(p.sh.T("batches.look", nil), p.onPast(p.look)),
			button.New(p.sh.T("batches.withdraw", nil), p.onPast(p.onWithdraw)),
		),
	)
	page.SetBody(p.body, lay.Fill(top, p.packedTable, foot))
}

// newPastTable is the list of batches; opening a row shows what is in it.
func (p *batchesPage) newPastTable() *table.Table[pastBatch] {
	t := table.New(
		func(b pastBatch) string { return b.ID }, pastColumns(p.sh)...,
	).Keep(p.sh, "batches-past")
	t.OnOpen = p.look
	t.Acts = func(b pastBatch) []*fyne.MenuItem {
		out := []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("batches.look", nil), func() { p.look(b) })}
		if withdrawable(b) {
			out = append(out, fyne.NewMenuItem(p.sh.T("batches.withdraw", nil), func() { p.onWithdraw(b) }))
		}
		return out
	}
	t.SetEmpty(status.NewEmpty(p.sh.T("batches.none_before", nil), p.sh.T("batches.past_empty", nil), nil))
	return t
}

// onPast does something with the batch selected, or says that none is.
func (p *batchesPage) onPast(do func(pastBatch)) func() {
	return func() {
		if b, ok := p.packedTable.Selected(); ok {
			do(b)
			return
		}
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("batches.select", nil)})
	}
}

func withdrawable(b pastBatch) bool { return b.Withdrawn == nil && len(b.Answer) == 0 }

func pastColumns(t kit.Texter) []table.Column[pastBatch] {
	number := func(key string, of func(pastBatch) int) table.Column[pastBatch] {
		return table.Column[pastBatch]{
			Title: t.T(key, nil), Min: 4, Number: true,
			Cell:    func(b pastBatch) table.Cell { return table.Cell{Text: fmt.Sprint(of(b))} },
			Compare: func(a, b pastBatch) int { return of(a) - of(b) },
		}
	}
	return []table.Column[pastBatch]{
		{Title: t.T("batches.col_batch", nil), Min: 5,
			Cell: func(b pastBatch) table.Cell {
				return table.Cell{Text: t.T("batches.nth", judging.Args{"N": b.Number})}
			},
			Compare: func(a, b pastBatch) int { return a.Number - b.Number }},
		{Title: t.T("batches.col_at", nil), Min: 11,
			Cell:    func(b pastBatch) table.Cell { return table.Cell{Text: kit.DateTime(t, b.At.Local())} },
			Compare: func(a, b pastBatch) int { return a.At.Compare(b.At) }},
		table.TextColumn(t.T("batches.col_to", nil), 8, 2, func(b pastBatch) string { return b.to }),
		number("batches.col_works", func(b pastBatch) int { return len(b.Works) }),
		number("batches.files", func(b pastBatch) int { return b.Files }),
		number("batches.col_corrections", func(b pastBatch) int { return len(b.Corrections) }),
		{Title: t.T("app.col_status", nil), Min: 9, Weight: 3, Cell: func(b pastBatch) table.Cell {
			return pastState(t, b)
		}},
	}
}

// pastState is where a batch stands: packed, answered by the superior, or withdrawn and why.
func pastState(t kit.Texter, b pastBatch) table.Cell {
	switch {
	case b.Withdrawn != nil:
		return table.Cell{
			Text: t.T("batches.state_withdrawn", judging.Args{"Reason": b.Withdrawn.Reason}), Tone: look.Quiet,
		}
	case len(b.Answer) > 0:
		return table.Cell{Text: t.T("batches.state_answered", judging.Args{"N": len(b.Answer)}), Tone: look.Done}
	}
	return table.Cell{Text: t.T("batches.state_packed", nil), Tone: look.Info}
}

// look shows the works of a batch and the corrections in it.
func (p *batchesPage) look(b pastBatch) {
	rows := [][]string{{p.sh.T("app.col_title", nil), p.sh.T("app.col_award", nil), p.sh.T("app.col_unit", nil)}}
	for _, w := range b.Works {
		said := p.saidOf(b.Batch, w)
		rows = append(rows, []string{said.Title, said.Award, said.Unit})
	}
	content := lay.Stack(lay.Gap16)
	if len(b.Works) > 0 {
		content.Add(page.Grid([]float32{4, 2, 3}, rows))
	}
	if lines := correctionLines(p.sh, b.Corrections); lines != "" {
		content.Add(look.NewPara(lines, look.Body, look.Plain, 40).Fluid())
	}
	content.Add(lay.Blank(look.Em(40), 0))
	p.sh.Ask(kit.Question{
		Title: p.sh.T("batches.nth", judging.Args{"N": b.Number}) + " · " + b.to,
		Text: p.sh.T("batches.look_text", judging.Args{
			"At": kit.DateTime(p.sh, b.At.Local()), "State": pastState(p.sh, b).Text,
		}),
		Content: content,
	})
}

// saidOf is what a batch said of a work; one packed by an earlier version of the program kept no words, and the work is
// shown as it stands now.
func (p *batchesPage) saidOf(b superior.Batch, id judging.WorkID) superior.Said {
	if said, kept := b.Said[id]; kept {
		return said
	}
	for _, w := range p.data.plan.Works {
		if w.Work == id {
			return superior.Said{Title: w.Title, Award: w.Honours, Unit: w.Unit}
		}
	}
	return superior.Said{Title: p.sh.T("batches.gone", nil)}
}

// correctionLines tells each correction as a line: what it was and what holds now.
func correctionLines(t kit.Texter, all []superior.Correction) string {
	if len(all) == 0 {
		return ""
	}
	lines := []string{t.T("batches.corrections", judging.Args{"N": len(all)})}
	for _, c := range all {
		args := judging.Args{
			"Title": c.Before.Title, "Batch": batchName(t, c.Batch),
			"Before": saidText(c.Before), "Now": saidText(c.Now),
		}
		lines = append(lines, t.T("batches.correction_"+string(c.Kind), args))
	}
	return strings.Join(lines, "\n")
}

func saidText(s superior.Said) string {
	var parts []string
	for _, part := range []string{s.Title, strings.Join(s.Authors, "、"), s.Unit, s.Award} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "，")
}

// onWithdraw takes a batch back that was not sent, after telling what becomes free again.
func (p *batchesPage) onWithdraw(b pastBatch) {
	if !withdrawable(b) {
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("batch.not_to_withdraw", nil)})
		return
	}
	reason := field.NewText(p.sh, p.sh.T("batches.withdraw_reason", nil), "", field.TextRule{
		Required: true, Limit: 200,
	})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("batches.withdraw_title", judging.Args{"N": b.Number}),
		Text: p.sh.T("batches.withdraw_text", judging.Args{
			"N": b.Number, "Works": len(b.Works), "Corrections": len(b.Corrections),
		}),
		Check: p.sh.T("batches.withdraw_check", nil), Action: p.sh.T("batches.withdraw_act", nil), Danger: true,
		Content: reason, Do: func() error {
			if _, err := p.office.WithdrawBatch(context.Background(), b.ID, reason.Text()); err != nil {
				return err
			}
			p.sh.Reload()
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("batches.withdrawn", judging.Args{"N": b.Number})})
			return nil
		},
	})
}
