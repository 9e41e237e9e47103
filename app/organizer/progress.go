package organizer

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
)

type progressOffice interface {
	ScoresStatus(ctx context.Context) (office.Status, error)
	WriteScoreSheets(ctx context.Context, dir string, only judging.JudgeID, words words) ([]string, error)
	CollectScores(ctx context.Context, path string) (office.CollectReport, error)
	SubmitScores(ctx context.Context, judge judging.JudgeID) error
}

// progressPage shows how far each judge is, and is the door to all ways of scoring: at this computer, or by sheets sent out and collected.
type progressPage struct {
	sh        kit.Shell
	office    progressOffice
	head      *kit.PageHeader
	acts      []*kit.Button
	filter    *kit.FilterBar
	list      *fyne.Container
	body      *fyne.Container
	status    office.Status
	collected []collected // of the last collecting, until it is put away
}

func newProgressPage(sh kit.Shell, o progressOffice) *progressPage {
	return &progressPage{sh: sh, office: o}
}

// Title is the page's name.
func (p *progressPage) Title() string { return p.sh.T("app.progress", nil) }

// Content builds the list of judges.
func (p *progressPage) Content() fyne.CanvasObject {
	p.acts = []*kit.Button{kit.NewButton(p.sh.T("packets.title", nil), func() { p.sh.Navigate(kit.Route{Kind: Packets}) }), kit.NewButton(p.sh.T("app.sheets_all", nil), func() { p.onSheets("") }),
		kit.NewButton(p.sh.T("app.collect_folder", nil), p.onCollectFolder), kit.NewPrimary(p.sh.T("app.collect", nil), p.onCollect)}
	p.head = kit.NewPageHeader(p.Title(), p.acts[0], p.acts[1], p.acts[2], p.acts[3])
	p.filter = kit.NewFilterBar(p.sh, func(kit.Filter) { p.show() })
	p.list, p.body = kit.Stack(kit.Gap4), container.NewStack()
	return kit.PageBody(p.head, p.body)
}

// Load reads how far everybody is. Without a published plan nothing is wrong: it is only too early.
func (p *progressPage) Load() {
	var status office.Status
	p.sh.Run(p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		status, err = p.office.ScoresStatus(ctx)
		return err
	}, func(err error) {
		if judging.CodeOf(err) == judging.Closed {
			p.showEarly()
			return
		}
		p.sh.ShowError(err)
		p.status = status
		p.show()
	})
}

// showEarly says what has to come first.
func (p *progressPage) showEarly() {
	for _, b := range p.acts {
		b.Disable()
	}
	act := kit.NewPrimary(p.sh.T("app.next_assign_act", nil), func() { p.sh.Navigate(kit.Route{Kind: Assign}) })
	p.body.Objects = []fyne.CanvasObject{kit.Surface(kit.NewEmptyState(p.sh.T("app.progress_early", nil), p.sh.T("app.progress_early_text", nil), act))}
	p.body.Refresh()
}

func (p *progressPage) show() {
	p.head.SetCount(p.sh.T("app.progress_count", judging.Args{"Done": p.status.Done, "Total": p.status.Total}))
	p.filter.SetQuick(judgeQuicks(p.sh, p.status.Judges)...)
	p.list.RemoveAll()
	for _, j := range statusRows(p.status.Judges, p.filter.Filter()) {
		p.list.Add(p.row(j))
	}
	top := kit.Stack(kit.Gap8, p.filter)
	if full := statusRows(p.status.Judges, kit.Filter{Quick: "full"}); len(full) > 0 {
		top.Add(kit.NewNotice(kit.Notice{Tone: kit.Waiting, Text: p.sh.T("app.full", judging.Args{"N": len(full)}), Action: p.sh.T("app.submit_all", nil),
			Do: func() { p.onSubmitAll(full) }}, nil))
	}
	body := fyne.CanvasObject(kit.Fill(top, container.NewVScroll(clearOfBar(p.list)), nil))
	if len(p.collected) > 0 {
		body = collectView(p.sh, p.collected, func() { p.collected = nil; p.show() })
	}
	p.body.Objects = []fyne.CanvasObject{body}
	p.body.Refresh()
}

// row is one judge: name, bar, state, and what can be done for the judge.
func (p *progressPage) row(j office.JudgeStatus) fyne.CanvasObject {
	name := container.NewStack(kit.Blank(kit.Em(7), 0), kit.NewCutText(j.Name, kit.Body, kit.Plain))
	line := kit.NewProgressLine("", 0)
	line.Set("", j.Done, j.Total)
	word, tone := judgeState(p.sh, j)
	state := container.NewStack(kit.Blank(kit.Em(8), 0), kit.Row(0, kit.NewChip(word, tone)))
	score := kit.NewButton(p.sh.T("app.score_here", nil), func() { p.onScore(j) })
	sheet := kit.NewPlain(p.sh.T("app.sheet_one", nil), func() { p.onSheets(j.Judge) })
	acts := kit.Row(kit.Gap8, state, sheet, score)
	switch {
	case j.Submitted:
		acts = kit.Row(kit.Gap8, state)
	case j.Done == j.Total && j.Total > 0:
		acts = kit.Row(kit.Gap8, state, sheet, kit.NewButton(p.sh.T("app.submit_for", nil), func() { p.onSubmit(j) }), score)
	}
	return kit.Sheet(kit.Gap8, container.NewBorder(nil, nil, kit.Row(kit.Gap8, kit.Blank(kit.Gap4, kit.RowHeight()), name), acts, kit.Inset(kit.Gap8, line)))
}

// Find puts the cursor in the search field.
func (p *progressPage) Find() { p.filter.Find() }

// onScore hands the window over to a judge.
func (p *progressPage) onScore(j office.JudgeStatus) {
	p.sh.Ask(kit.Question{Title: p.sh.T("app.score_here_title", judging.Args{"Name": j.Name}), Text: p.sh.T("app.score_here_text", judging.Args{"Total": j.Total, "Done": j.Done}),
		Action: p.sh.T("app.score_here_act", nil), Do: func() error { p.sh.Restart(kit.Route{Kind: HandOver, ID: string(j.Judge)}); return nil }})
}

// onSheets writes score sheets into a folder: of one judge, or of all.
func (p *progressPage) onSheets(only judging.JudgeID) {
	p.sh.OpenFolder(func(dir string) {
		dir = filepath.Join(dir, p.sh.T("app.sheets_folder", nil))
		kit.Fetch(p.sh, p.sh.T("app.sheets_writing", nil), func(ctx context.Context, _ kit.Progress) ([]string, error) {
			return p.office.WriteScoreSheets(ctx, dir, only, p.sh.T)
		}, func(paths []string) {
			tellWritten(p.sh, filepath.Join(dir, "x"), p.sh.T("app.sheets_written", judging.Args{"N": len(paths), "Path": dir}))
		})
	})
}

// onSubmit hands in for a judge whose list came by sheets.
func (p *progressPage) onSubmit(j office.JudgeStatus) {
	p.sh.Ask(kit.Question{Title: p.sh.T("app.submit_for", nil), Text: p.sh.T("app.submit_ask", judging.Args{"Name": j.Name, "Total": j.Total}),
		Action: p.sh.T("app.submit_do", nil), Do: func() error { return p.office.SubmitScores(context.Background(), j.Judge) }})
}

// onSubmitAll hands in for all judges whose lists are complete.
func (p *progressPage) onSubmitAll(full []office.JudgeStatus) {
	p.sh.Ask(kit.Question{Title: p.sh.T("app.submit_all", nil), Text: p.sh.T("app.submit_all_ask", judging.Args{"N": len(full)}),
		Action: p.sh.T("app.submit_do", nil), Check: p.sh.T("app.submit_all_check", nil), Do: func() error {
			for _, j := range full {
				if err := p.office.SubmitScores(context.Background(), j.Judge); err != nil {
					return err
				}
			}
			return nil
		}})
}

func (p *progressPage) onCollect() {
	p.sh.OpenFile([]string{".xlsx"}, func(path string) { p.collect([]string{path}) })
}

func (p *progressPage) onCollectFolder() {
	p.sh.OpenFolder(func(dir string) { p.collect([]string{dir}) })
}

// Dropped collects the sheets dropped.
func (p *progressPage) Dropped(paths []string) { p.collect(paths) }

// collect reads all sheets; one that is refused doesn't keep the others out.
func (p *progressPage) collect(paths []string) {
	kit.Fetch(p.sh, p.sh.T("app.collecting", nil), func(ctx context.Context, progress kit.Progress) ([]collected, error) {
		var out []collected
		files := sheetFiles(paths)
		for i, path := range files {
			r, err := p.office.CollectScores(ctx, path)
			out = append(out, collected{filepath.Base(path), r, err})
			progress(i+1, len(files))
			if ctx.Err() != nil {
				break // what was collected stays collected: it is to be told
			}
		}
		return out, nil
	}, p.onCollected)
}

func (p *progressPage) onCollected(got []collected) {
	if len(got) == 0 {
		p.sh.Tell(kit.Notice{Tone: kit.Waiting, Text: p.sh.T("app.collect_none", nil)})
		return
	}
	p.collected = got
	p.sh.Tell(kit.Notice{Tone: kit.Info, Text: collectText(p.sh, got)})
	p.Load()
}

// sheetFiles lists the workbooks among paths; a folder stands for those directly in it. Hidden files and those an office program holds open are left out.
func sheetFiles(paths []string) []string {
	var out []string
	for _, path := range paths {
		entries, err := os.ReadDir(path)
		if err != nil {
			out = append(out, path)
			continue
		}
		for _, e := range entries {
			name := e.Name()
			if strings.EqualFold(filepath.Ext(name), ".xlsx") && !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".") {
				out = append(out, filepath.Join(path, name))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
