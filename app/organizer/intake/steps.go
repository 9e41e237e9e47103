package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/intake"
	"fayi/judging/sheet/ledger"
)

// choose is the first step: where files are dropped or chosen, and the imports made before.
func (p *importPage) choose(before []judging.Intake) {
	p.setHead("")
	acts := lay.Row(
		lay.Gap8, button.NewPrimary(p.sh.T("app.import_folder", nil), p.onFolder),
		button.New(p.sh.T("app.import_file", nil), p.onFile),
	)
	icon := container.NewGridWrap(fyne.NewSquareSize(look.Em(2)), page.IconOf(theme.DownloadIcon()))
	words := lay.Stack(
		lay.Gap8, container.NewCenter(icon),
		container.NewCenter(look.NewText(p.sh.T("app.import_drop", nil), look.Section, look.Plain)),
		container.NewCenter(look.NewPara(p.sh.T("app.import_drop_text", nil), look.Body, look.Quiet, 40)),
		container.NewCenter(acts),
	)
	zone := lay.Surface(words)
	if look.Short() && len(before) > 0 { // the list below needs the room
		zone = lay.Surface(lay.Spread(
			lay.Row(lay.Gap8, icon, look.NewText(p.sh.T("app.import_drop", nil), look.Body, look.Plain)), acts,
		))
	}
	if len(before) == 0 {
		p.setBody(lay.Fill(zone, lay.Blank(0, 0), nil))
		return
	}
	slices.Reverse(before)
	table := table.New(
		func(i judging.Intake) string { return string(i.ID) }, intakeColumns(p.sh)...,
	).Keep(p.sh, "intakes")
	table.SetRows(before)
	table.OnOpen = func(i judging.Intake) { p.sh.Navigate(kit.Route{Kind: page.Account, ID: string(i.ID)}) }
	table.Acts = func(i judging.Intake) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("account.open", nil), func() { table.OnOpen(i) })}
	}
	undo := button.NewDanger(p.sh.T("app.undo_last", nil), func() { p.onUndo(before) })
	if lastLive(before) == nil {
		undo.Disable()
	}
	title := lay.Spread(look.NewStrong(p.sh.T("app.import_before", nil), look.Section, look.Plain), undo)
	p.setBody(lay.Fill(zone, lay.Fill(lay.Stack(0, lay.Blank(0, lay.Gap8), title), table, nil), nil))
}

func (p *importPage) onFolder() {
	p.sh.OpenFolder(func(path string) { p.begin([]string{path}) })
}

func (p *importPage) onFile() {
	p.sh.OpenFile(
		append([]string{".zip"}, filetype.TableEndings...), func(path string) { p.begin([]string{path}) },
	)
}

// lastLive returns the newest import that counts, nil without one. all is newest first.
func lastLive(all []judging.Intake) *judging.Intake {
	i := slices.IndexFunc(all, func(i judging.Intake) bool { return i.State == judging.Live })
	if i < 0 {
		return nil
	}
	return &all[i]
}

func (p *importPage) onUndo(all []judging.Intake) {
	last := lastLive(all)
	p.askUndo(last.ID, last.Tally)
}

// askUndo takes an import back, after saying what that does in numbers.
func (p *importPage) askUndo(id judging.IntakeID, tally judging.RowTally) {
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("app.undo_import", nil),
		Text:   p.sh.T("app.undo_ask", judging.Args{"Accepted": tally.Accepted, "Changed": tally.Changed}),
		Action: p.sh.T("app.undo_do", nil),
		Danger: true,
		Do: func() error {
			_, err := p.office.UndoImport(context.Background(), id)
			if err == nil {
				p.state = importState{}
				p.Load()
			}
			return err
		},
	})
}

// showDone is the third step: what came in, what did not and why.
func (p *importPage) showDone(r intake.ImportReport) {
	acts := []fyne.CanvasObject{
		button.NewPrimary(p.sh.T("app.import_see", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Works}) }),
	}
	if r.Files.Doubtful+r.Files.Unmatched > 0 { // what is to be done next
		acts = []fyne.CanvasObject{
			button.New(p.sh.T("app.import_see", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Works}) }),
			button.NewPrimary(
				p.sh.T("reconcile.title", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Reconcile}) },
			),
		}
	}
	if len(page.ProblemLines(p.sh, rowProblems(r))) > 0 {
		acts = append([]fyne.CanvasObject{
			button.New(p.sh.T("problems.open", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Problems}) }),
		}, acts...)
	}
	if r.Intake != "" {
		acts = append(
			[]fyne.CanvasObject{
				button.NewDanger(p.sh.T("app.undo_import", nil), func() { p.askUndo(r.Intake, r.RowTally) }),
			},
			acts...,
		)
	}
	acts = append([]fyne.CanvasObject{button.New(p.sh.T("app.import_more", nil), p.onAgain)}, acts...)
	p.setHead("", acts...)
	notice := kit.Notice{
		Tone: look.Done,
		Text: p.sh.T("app.import_done", judging.Args{
			"Accepted": r.Accepted, "Changed": r.Changed, "Files": r.Files.Attached,
		}),
	}
	if r.Intake == "" {
		notice = kit.Notice{Tone: look.Info, Text: p.sh.T("app.import_nothing", nil)}
	}
	p.setBody(lay.Fill(
		lay.Stack(lay.Gap16, status.NewNotice(notice, nil), tallyTiles(p.sh, r, "app.did_"), p.doneTabs(r)),
		p.doneBody(r), nil,
	))
}

// doneTabs lets one choose between what became of each sheet, and what is to be looked at.
func (p *importPage) doneTabs(r intake.ImportReport) fyne.CanvasObject {
	options := []choice.Option{
		{Key: tabAccount, Title: p.sh.T("account.tab", judging.Args{"N": len(r.Sheets)})},
		{Key: tabProblems, Title: p.sh.T("account.tab_left", judging.Args{"N": len(p.lines())})},
	}
	tabs := choice.NewSegments(options, p.doneTab(), func(tab string) { p.state.tab = tab; p.show() })
	hint := "account.hint_sheet"
	switch {
	case p.doneTab() == tabProblems:
		return lay.Row(0, tabs)
	case r.Intake == "":
		hint = "account.hint_none"
	}
	words := look.NewCutText(p.sh.T(hint, nil), look.Note, look.Quiet)
	return container.NewBorder(nil, nil, lay.Row(0, tabs), nil, container.NewBorder(
		nil, nil, lay.Blank(lay.Gap16, 0), nil, words,
	))
}

func (p *importPage) doneTab() string {
	if p.state.tab == tabProblems {
		return tabProblems
	}
	return tabAccount
}

// doneBody shows the part of the last step that is chosen. Where the import wrote nothing there is no place that keeps
// its rows, so that sheets lead nowhere.
func (p *importPage) doneBody(r intake.ImportReport) fyne.CanvasObject {
	if p.doneTab() == tabProblems {
		return p.faults
	}
	var open func(ledger.Account)
	if r.Intake != "" {
		open = func(a ledger.Account) {
			p.sh.Navigate(kit.Route{Kind: page.Account, ID: string(r.Intake), Tab: page.AccountKey(a)})
		}
	}
	table := page.NewAccounts(p.sh, "account.works", open)
	table.SetRows(r.Sheets)
	table.SetEmpty(status.NewEmpty(p.sh.T("account.none_read", nil), "", nil))
	sum := look.NewPara(page.AccountLine(p.sh, "account.works", r.Sheets), look.Body, look.Plain, 60).Fluid()
	return lay.Fill(sum, table, nil)
}

// tallyTiles shows an import in numbers; those that are nothing and mean no harm are left out.
func tallyTiles(t kit.Texter, r intake.ImportReport, prefix string) fyne.CanvasObject {
	row := lay.Flow(lay.Gap24)
	add := func(name string, n int, tone look.Tone, always bool) {
		if n == 0 && !always {
			return
		}
		if n == 0 {
			tone = look.Quiet
		}
		row.Add(status.NewTile(t.T(prefix+name, nil), fmt.Sprint(n), tone))
	}
	add("accept", r.Accepted, look.Plain, true)
	add("change", r.Changed, look.Info, false)
	add("same", r.Unchanged, look.Quiet, false)
	add("gone", len(r.Gone), look.Waiting, false)
	add("reject", r.Rejected, look.Problem, true)
	add("files", r.Files.Matched, look.Plain, true)
	add("doubtful", r.Files.Doubtful, look.Waiting, false)
	add("loose", r.Files.Unmatched, look.Waiting, false)
	add("copies", r.Files.Copies, look.Quiet, false)
	return row
}

// intakeColumns are the columns of the list of imports.
func intakeColumns(t kit.Texter) []table.Column[judging.Intake] {
	number := func(key string, of func(judging.Intake) int) table.Column[judging.Intake] {
		return table.Column[judging.Intake]{
			Title: t.T(key, nil), Min: 6.5, Number: true,
			Cell: func(i judging.Intake) table.Cell { return table.Cell{Text: fmt.Sprint(of(i))} },
		}
	}
	return []table.Column[judging.Intake]{
		table.TextColumn(t.T("app.col_time", nil), 11, 0, func(i judging.Intake) string {
			return kit.DateTime(t, i.At.Local())
		}),
		table.TextColumn(t.T("app.sheet_file", nil), 10, 2, func(i judging.Intake) string {
			return strings.Join(i.Sources, "、")
		}),
		number("app.did_accept", func(i judging.Intake) int { return i.Tally.Accepted }),
		number("app.did_change", func(i judging.Intake) int { return i.Tally.Changed }),
		number("app.did_reject", func(i judging.Intake) int { return i.Tally.Rejected }),
		{Title: t.T("app.col_status", nil), Min: 4, Cell: func(i judging.Intake) table.Cell {
			tone := look.Done
			if i.State != judging.Live {
				tone = look.Quiet
			}
			return table.Cell{Text: t.T("intake.state_"+string(i.State), nil), Tone: tone}
		}},
	}
}
