package scoring

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/collecting"
	"fayi/judging/office/scoring"
)

func (p *progressPage) onCollect() {
	p.sh.OpenFile([]string{".xlsx"}, func(path string) { p.collect([]string{path}) })
}

func (p *progressPage) onCollectFolder() {
	p.sh.OpenFolder(func(dir string) { p.collect([]string{dir}) })
}

// Dropped collects the sheets dropped.
func (p *progressPage) Dropped(paths []string) { p.collect(paths) }

// collect first shows what the files would change: nothing is written before somebody has seen old and new.
func (p *progressPage) collect(paths []string) {
	files := sheetFiles(paths)
	if len(files) == 0 {
		p.sh.Tell(kit.Notice{Tone: look.Waiting, Text: p.sh.T("app.collect_none", nil)})
		return
	}
	preview := func(ctx context.Context, _ kit.Progress) (collecting.Collected, error) {
		return p.office.PreviewCollect(ctx, files, collecting.Options{})
	}
	kit.Fetch(p.sh, p.sh.T("app.collect_reading", nil), preview, func(got collecting.Collected) {
		if sum := collectSum(got); sum.first+sum.changed+sum.clashes > 0 {
			p.askCollect(files, got)
			return
		}
		p.onCollected(got) // it changes nothing: there is nothing to ask
	})
}

// askCollect shows each old score with the new one, and asks which holds where a sheet was not made on the score that
// holds now.
func (p *progressPage) askCollect(files []string, got collecting.Collected) {
	sum := collectSum(got)
	rows := table.New(func(r changeRow) string { return r.key }, changeColumns(p.sh)...)
	rows.SetRows(changeRows(p.sh, got))
	content := lay.Stack(lay.Gap8, lay.Blank(0, 0))
	take := field.NewChoice(p.sh, p.sh.T("collect.take", nil), p.sh.T("collect.take_help", nil), "", []choice.Option{
		{Key: string(scoring.TakeNone), Title: p.sh.T("collect.take_later", nil)},
		{Key: string(scoring.TakeSheet), Title: p.sh.T("collect.take_sheet", nil)},
		{Key: string(scoring.TakeContest), Title: p.sh.T("collect.take_contest", nil)},
	})
	if sum.clashes > 0 {
		content.Add(take)
	}
	if sum.changed+sum.clashes > 0 {
		content.Add(container.NewStack(lay.Blank(look.Em(36), look.Em(14)), rows))
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("collect.ask", nil), Text: p.sh.T("collect.ask_text", sum.args()),
		Action: p.sh.T("collect.act", nil), Content: content,
		Do: func() error { p.take(files, scoring.Take(take.Key())); return nil },
	})
}

// take collects what was shown.
func (p *progressPage) take(files []string, take scoring.Take) {
	work := func(ctx context.Context, _ kit.Progress) (collecting.Collected, error) {
		return p.office.CollectScores(ctx, files, collecting.Options{Take: take})
	}
	kit.Fetch(p.sh, p.sh.T("app.collecting", nil), work, p.onCollected)
}

func (p *progressPage) onCollected(got collecting.Collected) {
	p.collected = nil
	for _, r := range got.Files {
		p.collected = append(p.collected, collected{r.File, r, r.Err})
	}
	note := kit.Notice{Tone: look.Info, Text: collectText(p.sh, p.collected)}
	if got.ID != "" {
		note.Action, note.Do = p.sh.T("collect.undo", nil), func() { p.undo(got.ID) }
	}
	p.sh.Tell(note)
	p.Load()
}

// undo takes a collection back in one press; the office refuses when something was built on it.
func (p *progressPage) undo(id string) {
	p.sh.Run(p.sh.T("collect.undoing", nil), func(ctx context.Context, _ kit.Progress) error {
		_, err := p.office.UndoCollect(ctx, id, p.sh.T("collect.undo_reason", nil))
		return err
	}, func(err error) {
		if err != nil {
			p.sh.ShowError(err)
			return
		}
		p.collected = nil
		p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("collect.undone", nil)})
		p.Load()
	})
}

// onUndoLast takes the last collection back that still stands, after saying when it was and what it brought.
func (p *progressPage) onUndoLast() {
	read := func(ctx context.Context, _ kit.Progress) ([]scoring.Collection, error) {
		return p.office.Collections(ctx)
	}
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), read, func(all []scoring.Collection) {
		at := slices.IndexFunc(all, func(c scoring.Collection) bool { return c.Undone.IsZero() })
		if at < 0 {
			p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("collect.undo_none", nil)})
			return
		}
		last := all[at]
		p.sh.Ask(kit.Question{
			Title: p.sh.T("collect.undo_last", nil),
			Text: p.sh.T("collect.undo_text", judging.Args{
				"At": kit.DateTime(p.sh, last.At.Local()), "Files": len(last.Files), "Scores": last.Scores,
			}),
			Action: p.sh.T("collect.undo", nil), Danger: true,
			Do: func() error { p.undo(last.ID); return nil },
		})
	})
}

// sheetFiles lists the workbooks among paths; a folder stands for those directly in it. Hidden files and those an
// office program holds open are left out.
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
			if strings.EqualFold(filepath.Ext(name), ".xlsx") && !strings.HasPrefix(name, "~$") &&
				!strings.HasPrefix(name, ".") {
				out = append(out, filepath.Join(path, name))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
