package organizer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
)

// gridRow is one judge of the grid.
type gridRow struct {
	office.JudgeStatus
	row office.ProgressRow
}

// behindQuick narrows the grid to judges who are behind.
const behindQuick = "behind"

// gridRows returns the judges that f lets through.
func gridRows(p office.Progress, f kit.Filter) []gridRow {
	out := []gridRow{}
	for i, j := range p.Judges {
		if f.Quick == behindQuick && !p.Rows[i].Behind {
			continue
		}
		rest := f
		if f.Quick == behindQuick {
			rest.Quick = ""
		}
		if len(statusRows([]office.JudgeStatus{j}, rest)) > 0 {
			out = append(out, gridRow{j, p.Rows[i]})
		}
	}
	return out
}

// gridQuicks counts judges by how far they are.
func gridQuicks(t kit.Texter, p office.Progress) []kit.Quick {
	out := judgeQuicks(t, p.Judges)
	if n := len(gridRows(p, kit.Filter{Quick: behindQuick})); n > 0 {
		out = append(out, kit.Quick{Key: behindQuick, Title: t.T("progress.behind", nil), Count: n, Tone: kit.Waiting})
	}
	return out
}

// rows draws head and judges; the head's columns stand above those of the rows.
func (p *progressPage) rows() fyne.CanvasObject {
	list := kit.Stack(kit.Gap4)
	wide := p.rowActs(gridRow{}).MinSize().Width
	for _, r := range gridRows(p.status, p.filter.Filter()) {
		list.Add(p.row(r, wide))
	}
	if len(list.Objects) == 0 {
		list.Add(kit.NewEmptyState(p.sh.T("progress.nobody", nil), "", nil))
	}
	return kit.Fill(clearOfBar(p.headRow(wide)), container.NewVScroll(clearOfBar(list)), nil)
}

func (p *progressPage) headRow(wide float32) fyne.CanvasObject {
	cells := []fyne.CanvasObject{kit.NewText(p.sh.T("progress.all", nil), kit.Note, kit.Quiet)}
	for _, c := range p.status.Categories {
		cells = append(cells, kit.NewCutText(c, kit.Note, kit.Quiet))
	}
	name := container.NewStack(kit.Blank(kit.Em(7), 0), kit.NewText(p.sh.T("app.col_judge", nil), kit.Note, kit.Quiet))
	return kit.Inset(kit.Gap8, container.NewBorder(nil, nil, name, kit.Blank(wide, 0), p.columns(cells)))
}

// columns sets the sum wide and the categories beside it.
func (p *progressPage) columns(cells []fyne.CanvasObject) fyne.CanvasObject {
	weights := make([]float32, len(cells))
	for i := range weights {
		weights[i] = 2
	}
	weights[0] = 3
	return kit.Split(kit.Gap8, weights, cells...)
}

// row is one judge: name, how far in all and in each category, state, and what can be done.
func (p *progressPage) row(r gridRow, wide float32) fyne.CanvasObject {
	whole := kit.NewProgressLine("", 0)
	whole.Set("", r.Done, r.Total)
	cells := []fyne.CanvasObject{whole}
	for _, c := range r.row.Cells {
		cells = append(cells, partCell(c))
	}
	name := container.NewStack(kit.Blank(kit.Em(7), kit.RowHeight()), kit.NewCutText(r.Name, kit.Body, kit.Plain))
	acts := container.NewStack(kit.Blank(wide, 0), container.NewBorder(nil, nil, nil, p.rowActs(r)))
	return kit.Sheet(kit.Gap4, container.NewBorder(nil, nil, kit.Row(0, kit.Blank(kit.Gap4, 0), name), acts, p.columns(cells)))
}

// partCell is done of total, or a dash where the judge has nothing.
func partCell(c office.Part) fyne.CanvasObject {
	text, tone := "–", kit.Quiet
	if c.Total > 0 {
		text, tone = partText(c), kit.Plain
	}
	if c.Total > 0 && c.Done == c.Total {
		tone = kit.Done
	}
	return kit.NewCutText(text, kit.Body, tone)
}

func partText(c office.Part) string {
	return judging.Serial("", 1, c.Done) + "/" + judging.Serial("", 1, c.Total)
}

// rowState says how far a judge is, or that he is behind, or how much he told the organiser.
func (p *progressPage) rowState(r gridRow) fyne.CanvasObject {
	word, tone := judgeState(p.sh, r.JudgeStatus)
	switch {
	case r.row.Raised > 0:
		word, tone = p.sh.T("progress.raised", judging.Args{"N": r.row.Raised}), kit.Waiting
	case r.row.Behind:
		word, tone = p.sh.T("progress.behind", nil), kit.Waiting
	}
	return container.NewStack(kit.Blank(kit.Em(8), 0), kit.Row(0, kit.NewChip(word, tone)))
}

// rowActs is the state with the buttons of a row.
func (p *progressPage) rowActs(r gridRow) fyne.CanvasObject {
	row := kit.Row(kit.Gap8, p.rowState(r))
	if !r.Submitted && p.status.Closed == nil {
		row.Add(kit.NewButton(p.sh.T("app.score_here", nil), func() { p.onScore(r.JudgeStatus) }))
	}
	row.Add(kit.NewMenuButton(p.sh.T("progress.more", nil), p.rowMenu(r)...))
	return row
}

func (p *progressPage) rowMenu(r gridRow) []*fyne.MenuItem {
	item := func(key string, do func()) *fyne.MenuItem { return fyne.NewMenuItem(p.sh.T(key, nil), do) }
	items := []*fyne.MenuItem{item("progress.remind", func() { p.onRemind(r.Judge) }), item("progress.pin", func() { p.onPIN(r.JudgeStatus) }),
		item("app.sheet_one", func() { p.onSheets(r.Judge) })}
	if r.Submitted {
		items = items[1:]
		items = append(items, item("progress.signoff", func() { p.onSignOff(r.JudgeStatus) }))
		if p.status.Closed == nil {
			items = append(items, item("progress.reopen", func() { p.onReopen(r.JudgeStatus) }))
		}
	} else if r.Done == r.Total && r.Total > 0 {
		items = append(items, item("app.submit_for", func() { p.onSubmit(r.JudgeStatus) }))
	}
	return items
}
