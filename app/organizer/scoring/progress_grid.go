package scoring

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/filter"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/scoring"
)

// gridRow is one judge of the grid.
type gridRow struct {
	scoring.JudgeStatus
	row scoring.ProgressRow
}

// behindQuick narrows the grid to judges who are behind.
const behindQuick = "behind"

// gridRows returns the judges that f lets through.
func gridRows(p scoring.Progress, f kit.Filter) []gridRow {
	out := []gridRow{}
	for i, j := range p.Judges {
		if f.Quick == behindQuick && !p.Rows[i].Behind {
			continue
		}
		rest := f
		if f.Quick == behindQuick {
			rest.Quick = ""
		}
		if len(statusRows([]scoring.JudgeStatus{j}, rest)) > 0 {
			out = append(out, gridRow{j, p.Rows[i]})
		}
	}
	return out
}

// gridQuicks counts judges by how far they are.
func gridQuicks(t kit.Texter, p scoring.Progress) []filter.Quick {
	out := judgeQuicks(t, p.Judges)
	if n := len(gridRows(p, kit.Filter{Quick: behindQuick})); n > 0 {
		out = append(
			out, filter.Quick{Key: behindQuick, Title: t.T("progress.behind", nil), Count: n, Tone: look.Waiting},
		)
	}
	return out
}

// rows draws head and judges; the head's columns stand above those of the rows.
func (p *progressPage) rows() fyne.CanvasObject {
	list := lay.Stack(lay.Gap4)
	wide := p.rowActs(gridRow{}).MinSize().Width
	for _, r := range gridRows(p.status, p.filter.Filter()) {
		list.Add(p.row(r, wide))
	}
	if len(list.Objects) == 0 {
		list.Add(status.NewEmpty(p.sh.T("progress.nobody", nil), "", nil))
	}
	// Many categories in large type want more room than there is: the grid scrolls sideways by itself, the page's
	// buttons stay.
	return page.NewListed(container.NewHScroll(lay.Fill(
		page.ClearOfBar(p.headRow(wide)), lay.VScroll(page.ClearOfBar(list)), nil,
	)), p.sheet)
}

// sheet is the grid in words, as it is printed.
func (p *progressPage) sheet() kit.Sheet {
	s := kit.Sheet{Heads: []string{p.sh.T("app.col_judge", nil), p.sh.T("progress.all", nil)}}
	s.Heads = append(append(s.Heads, p.status.Categories...), p.sh.T("app.col_status", nil))
	s.Right = make([]bool, len(s.Heads))
	for _, r := range gridRows(p.status, p.filter.Filter()) {
		row := []string{r.Call, partText(scoring.Part{Done: r.Done, Total: r.Total})}
		for _, c := range r.row.Cells {
			word, _ := partWord(c)
			row = append(row, word)
		}
		word, _ := p.stateWord(r)
		s.Rows = append(s.Rows, append(row, word))
	}
	return s
}

func (p *progressPage) headRow(wide float32) fyne.CanvasObject {
	cells := []fyne.CanvasObject{look.NewText(p.sh.T("progress.all", nil), look.Note, look.Quiet)}
	for _, c := range p.status.Categories {
		cells = append(cells, look.NewCutText(c, look.Note, look.Quiet))
	}
	name := container.NewStack(
		lay.Blank(p.nameWidth(), 0), look.NewText(p.sh.T("app.col_judge", nil), look.Note, look.Quiet),
	)
	return lay.Inset(lay.Gap8, container.NewBorder(nil, nil, name, lay.Blank(wide, 0), p.columns(cells)))
}

// nameWidth is how wide the names stand: as wide as the longest needs, within bounds, for what tells namesakes apart
// stands at their ends.
func (p *progressPage) nameWidth() float32 {
	least, most, ruler := look.Em(7), look.Em(14), look.RulerFor(look.Body.Size(), false)
	for _, j := range p.status.Judges {
		least = max(least, min(most, ruler.Width(j.Call)+1))
	}
	return least
}

// columns sets the sum wide and the categories next to it, in every row alike whatever they hold.
func (p *progressPage) columns(cells []fyne.CanvasObject) fyne.CanvasObject {
	return container.New(gridColumns{}, cells...)
}

// gridColumns gives the first object twice the width of each other one.
type gridColumns struct{}

// MinSize lets "12/45" be read in each column.
func (gridColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(float32(2*len(objects)+2)*look.Em(1.7), height)
}

// Layout sets the objects side by side, centred in height.
func (gridColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	part, at := size.Width/float32(2*len(objects)+2), float32(0)
	for i, o := range objects {
		wide := 2 * part
		if i == 0 {
			wide = 4 * part
		}
		high := o.MinSize().Height
		o.Move(fyne.NewPos(at, (size.Height-high)/2))
		gap := float32(lay.Gap8)
		if i == 0 {
			gap = lay.Gap24 // its count must not read on into that of the first category
		}
		o.Resize(fyne.NewSize(wide-gap, high))
		at += wide
	}
}

// row is one judge: name, how far in all and in each category, state, and what can be done.
func (p *progressPage) row(r gridRow, wide float32) fyne.CanvasObject {
	cells := []fyne.CanvasObject{sumCell(r.JudgeStatus)}
	for _, c := range r.row.Cells {
		cells = append(cells, partCell(c))
	}
	name := container.NewStack(
		lay.Blank(p.nameWidth(), look.RowHeight()), look.NewCutText(r.Call, look.Body, look.Plain),
	)
	acts := container.NewStack(lay.Blank(wide, 0), container.NewBorder(nil, nil, nil, p.rowActs(r)))
	return lay.Sheet(
		lay.Gap4, container.NewBorder(nil, nil, lay.Row(0, lay.Blank(lay.Gap4, 0), name), acts, p.columns(cells)),
	)
}

// sumCell is a bar with the count after it, which takes the same room in each row.
func sumCell(j scoring.JudgeStatus) fyne.CanvasObject {
	line := status.NewProgress("", 0)
	line.Set("", j.Done, j.Total)
	return line
}

// partCell is done of total, or a dash where the judge has nothing.
func partCell(c scoring.Part) fyne.CanvasObject {
	word, tone := partWord(c)
	return look.NewCutText(word, look.Body, tone)
}

func partWord(c scoring.Part) (string, look.Tone) {
	switch {
	case c.Total == 0:
		return "–", look.Quiet
	case c.Done == c.Total:
		return partText(c), look.Done
	}
	return partText(c), look.Plain
}

func partText(c scoring.Part) string {
	return judging.Serial("", 1, c.Done) + "/" + judging.Serial("", 1, c.Total)
}

// rowState shows stateWord.
func (p *progressPage) rowState(r gridRow) fyne.CanvasObject {
	word, tone := p.stateWord(r)
	return container.NewStack(lay.Blank(look.Em(8), 0), lay.Row(0, status.NewChip(word, tone)))
}

// stateWord says how far a judge is, or that they are behind, or how much they reported.
func (p *progressPage) stateWord(r gridRow) (string, look.Tone) {
	word, tone := judgeState(p.sh, r.JudgeStatus)
	switch {
	case r.row.Raised > 0:
		word, tone = p.sh.T("progress.raised", judging.Args{"N": r.row.Raised}), look.Waiting
	case len(r.row.Unseen) > 0:
		word, tone = p.sh.T("progress.unseen", judging.Args{"N": len(r.row.Unseen)}), look.Waiting
	case r.row.Behind:
		word, tone = p.sh.T("progress.behind", nil), look.Waiting
	}
	return word, tone
}

// rowActs is the state with the menu of a row.
func (p *progressPage) rowActs(r gridRow) fyne.CanvasObject {
	return lay.Row(lay.Gap8, p.rowState(r), button.NewMenu(p.sh.T("progress.more", nil), p.rowMenu(r)...))
}

func (p *progressPage) rowMenu(r gridRow) []*fyne.MenuItem {
	item := func(key string, do func()) *fyne.MenuItem { return fyne.NewMenuItem(p.sh.T(key, nil), do) }
	open := p.status.Closed == nil
	var items []*fyne.MenuItem
	add := func(holds bool, more ...*fyne.MenuItem) {
		if holds {
			items = append(items, more...)
		}
	}
	add(
		open && !r.Submitted, item("app.score_here", func() { p.onScore(r.JudgeStatus) }),
		item("progress.remind", func() { p.onRemind(r.Judge) }),
	)
	add(open && judgeStage(r.JudgeStatus) == "full", item("app.submit_for", func() { p.onSubmit(r.JudgeStatus) }))
	add(
		true, item("progress.pin", func() { p.onPIN(r.JudgeStatus) }),
		item("app.sheet_one", func() { p.onSheets(r.Judge) }),
	)
	add(r.Submitted, item("progress.signoff", func() { p.onSignOff(r.JudgeStatus) }))
	add(open && r.Submitted, item("progress.reopen", func() { p.onReopen(r.JudgeStatus) }))
	return items
}
