package reconcile

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

type reconcileOffice interface {
	Reconcile(ctx context.Context) (intake.Reconciliation, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	Work(ctx context.Context, idOrCode string) (judging.Work, error)
	AttachFile(ctx context.Context, file string, work judging.WorkID, aside bool) error
	DetachFile(ctx context.Context, work judging.WorkID, n int) error
	DismissFile(ctx context.Context, file string, dismissed bool) error
	WaitingThumbnail(ctx context.Context, file string, size int) ([]byte, error)
}

// reconcilePage settles which file belongs to which work, in three columns: works without a file, files that may
// belong to one of a few works, files without a work. A file is dragged onto a work, or both are selected and
// joined.
type reconcilePage struct {
	sh     kit.Shell
	office reconcileOffice
	head   *header.Header
	works  *table.Table[intake.FilelessWork]
	pairs  *table.Table[intake.WaitingFile]
	files  *table.Table[intake.WaitingFile]
	titles [3]*look.CutText
	pair   *pairPane
	loose  *loosePane
	search *field.SearchEntry
	sure   *button.Button // takes all that is certain
	here   bool           // the keyboard is on the list
	got    intake.Reconciliation
	all    []judging.Work // to be searched
}

func newReconcilePage(sh kit.Shell, o reconcileOffice) *reconcilePage {
	return &reconcilePage{sh: sh, office: o}
}

// Title is the page's name.
func (p *reconcilePage) Title() string { return p.sh.T("reconcile.title", nil) }

// Content builds the three columns.
func (p *reconcilePage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title()).WithBack(p.sh.Back)
	for i := range p.titles {
		p.titles[i] = look.NewStrongCut("", look.Section)
	}
	p.works = table.New(func(w intake.FilelessWork) string { return string(w.Work) },
		table.TextColumn(
			p.sh.T("reconcile.col_work", nil), 4, 3, func(w intake.FilelessWork) string { return w.Title },
		),
		table.NameColumn(p.sh.T("reconcile.col_author", nil), 3, 1, func(w intake.FilelessWork) string {
			return strings.Join(w.Authors, "、")
		}))
	p.pairs = p.fileTable(
		table.Column[intake.WaitingFile]{Title: p.sh.T("reconcile.col_best", nil), Min: 4, Weight: 2, Cell: p.bestCell},
		table.Column[intake.WaitingFile]{
			Title: p.sh.T("reconcile.col_sure", nil), Min: 2.5, Number: true, Cell: sureCell,
		},
	)
	p.files = p.fileTable()
	p.pair, p.loose = newPairPane(p), newLoosePane(p)
	p.search = field.NewSearchEntry(p.sh, func(string) { p.showWorks() })
	p.wire()
	left := lay.Fill(lay.Stack(lay.Gap8, p.titles[0], p.search), p.works, nil)
	p.sure = button.New("", p.onCertain)
	p.sure.Hide()
	top := container.NewBorder(nil, nil, nil, p.sure, p.titles[1])
	middle := lay.Fill(top, container.New(&halves{}, p.pairs, p.pair), nil)
	right := lay.Fill(p.titles[2], p.files, p.loose)
	return header.Page(
		p.head,
		lay.Fill(
			nil, lay.Split(lay.Gap16, []float32{3, 5, 3}, left, middle, right),
			look.NewText(p.sh.T("reconcile.hint", nil), look.Note, look.Quiet),
		),
	)
}

// wire says what presses, keys and drags do.
func (p *reconcilePage) wire() {
	p.works.SetEmpty(status.NewEmpty(p.sh.T("reconcile.no_missing", nil), "", nil))
	p.pairs.SetEmpty(status.NewEmpty(p.sh.T("reconcile.no_doubt", nil), "", nil))
	p.files.SetEmpty(status.NewEmpty(p.sh.T("reconcile.no_loose", nil), "", nil))
	p.works.OnSelect = func(intake.FilelessWork) { p.showChoice() }
	p.works.OnOpen = func(intake.FilelessWork) { p.onJoin() }
	p.pairs.OnSelect = p.pair.show
	p.pairs.OnOpen = p.onEnter
	p.files.OnSelect = func(intake.WaitingFile) { p.showChoice() }
	p.files.OnTicks = func(int) { p.showChoice() }
	p.files.OnOpen = func(intake.WaitingFile) { p.onJoin() }
	for _, t := range []*table.Table[intake.WaitingFile]{p.pairs, p.files} {
		t.OnDrag = func(_ intake.WaitingFile, at fyne.Position) {
			if w, ok := p.works.RowAt(at); ok {
				p.works.Select(string(w.Work))
			}
		}
		t.OnDrop = func(f intake.WaitingFile, at fyne.Position) {
			if w, ok := p.works.RowAt(at); ok {
				p.giveAll(among(f, t), w)
			}
		}
	}
}

func (p *reconcilePage) fileTable(more ...table.Column[intake.WaitingFile]) *table.Table[intake.WaitingFile] {
	columns := append(
		[]table.Column[intake.WaitingFile]{
			table.TextColumn(
				p.sh.T("reconcile.col_file", nil), 5, 3, func(f intake.WaitingFile) string { return f.File.Name },
			),
		},
		more...,
	)
	return table.New(func(f intake.WaitingFile) string { return f.ID }, columns...).WithDrag()
}

func (p *reconcilePage) bestCell(f intake.WaitingFile) table.Cell {
	return table.Cell{Text: f.Offers[0].Title}
}

func sureCell(f intake.WaitingFile) table.Cell {
	tone := look.Waiting
	if isCertain(f) {
		tone = look.Done
	}
	return table.Cell{Text: sharePercent(f.Offers[0].Score), Tone: tone}
}

func sharePercent(share float64) string { return fmt.Sprintf("%.0f%%", 100*share) }

// Load weighs all files again.
func (p *reconcilePage) Load() {
	kit.Fetch(
		p.sh, p.sh.T("reconcile.loading", nil),
		func(ctx context.Context, _ kit.Progress) (intake.Reconciliation, error) {
			all, err := p.office.Works(ctx, office.WorkFilter{})
			if err != nil {
				return intake.Reconciliation{}, err
			}
			p.all = all
			return p.office.Reconcile(ctx)
		},
		p.show,
	)
}

func (p *reconcilePage) show(r intake.Reconciliation) {
	at := indexOf(p.pairs)
	p.got = r
	p.head.SetCount(p.sh.T("reconcile.count", judging.Args{"Doubtful": len(r.Doubtful), "Matched": len(r.Matched)}))
	p.titles[1].Set(p.sh.T("reconcile.doubtful", judging.Args{"N": len(r.Doubtful)}), look.Plain)
	p.titles[2].Set(p.sh.T("reconcile.loose", judging.Args{"N": len(r.Loose)}), look.Plain)
	p.showWorks()
	p.pairs.SetRows(r.Doubtful)
	p.files.SetRows(r.Loose)
	if _, ok := p.pairs.Selected(); !ok && len(r.Doubtful) > 0 {
		p.pairs.Select(p.pairs.Rows()[min(max(at, 0), len(r.Doubtful)-1)].ID) // the next one, so that Enter goes on
	}
	n := 0
	for _, f := range r.Doubtful {
		if isCertain(f) {
			n++
		}
	}
	p.sure.SetText(p.sh.T("mend.take_certain", judging.Args{"N": n}))
	p.sure.Hidden = n < 2
	p.sure.Refresh()
	if !p.here && len(r.Doubtful) > 0 {
		p.here = true
		p.pairs.Focus() // Enter works at once
	}
	f, _ := p.pairs.Selected()
	p.pair.show(f)
	p.showChoice()
}

// indexOf is where the selected row stands, -1 for none.
func indexOf(t *table.Table[intake.WaitingFile]) int {
	if f, ok := t.Selected(); ok {
		for i, r := range t.Rows() {
			if r.ID == f.ID {
				return i
			}
		}
	}
	return -1
}

// showWorks lists the works without a file or, while one searches, all works that fit.
func (p *reconcilePage) showWorks() {
	rows := worksFor(p.got.Missing, p.all, p.search.Text)
	key := "reconcile.missing"
	if strings.TrimSpace(p.search.Text) != "" {
		key = "reconcile.found"
	}
	p.titles[0].Set(p.sh.T(key, judging.Args{"N": len(rows)}), look.Plain)
	p.works.SetRows(rows)
}

// worksFor returns the works that a file may be given to.
func worksFor(missing []intake.FilelessWork, all []judging.Work, text string) []intake.FilelessWork {
	if strings.TrimSpace(text) == "" {
		return missing
	}
	f := office.WorkFilter{Text: text}
	out := []intake.FilelessWork{}
	for _, w := range all {
		if f.Match(w) {
			out = append(out, intake.FilelessWork{
				Work: w.ID, Code: w.Code, Number: w.Number, Title: w.Title, Category: w.Category, Authors: w.Authors,
				Unit: w.Unit,
			})
		}
	}
	return out
}
