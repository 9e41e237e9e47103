package works

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/correction"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/problems"
	"fayi/judging/office/workfiles"
)

type worksOffice interface {
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	page.Reviewer
	ExportWorks(ctx context.Context, path string, f office.WorkFilter, words page.Words) (int, error)
	page.ThumbOffice
	mediaOffice
	correction.Office
	WaitingWorks(ctx context.Context) ([]judging.Work, error)
	ListProblems(ctx context.Context, f problems.Filter) ([]problems.Problem, error)
}

// worksPage is the list of all works, with what is known of the one selected.
type worksPage struct {
	sh     kit.Shell
	office worksOffice
	head   *header.Header
	wrong  *button.Button // to the rows that could not be taken as they are
	filter *filter.Bar
	table  *table.Table[judging.Work]
	detail *workDetail
	all    []judging.Work
	start  kit.Filter // what the filter begins with
	keep   string     // work to be selected again
	picks  bool       // the choices are filled
	pics   *worksGallery
	media  *worksMedia
	sheet  *correction.Sheet
	foot   fyne.CanvasObject
}

// newWorksPage makes the list in the state that the route's Tab names, narrowed to its ID: what a search found, a
// unit or a work.
func newWorksPage(sh kit.Shell, o worksOffice, r kit.Route) *worksPage {
	p := &worksPage{
		sh: sh, office: o, start: kit.Filter{Text: r.ID, Quick: r.Tab}, media: &worksMedia{sh: sh, office: o},
	}
	p.sheet = correction.NewSheet(sh, o, func() { p.foot.Refresh() })
	return p
}

// worksState is what is kept while one is elsewhere.
type worksState struct {
	filter   kit.Filter
	selected string
	look     string // asList or asPictures
}

// Keep keeps filter and selection.
func (p *worksPage) Keep() any {
	w, _ := p.table.Selected()
	return worksState{p.filter.Filter(), string(w.ID), p.pics.choice.Chosen()}
}

// Restore takes them back.
func (p *worksPage) Restore(state any) {
	if s, ok := state.(worksState); ok {
		p.start, p.keep, p.media.look = s.filter, s.selected, s.look
	}
}

// Title is the page's name.
func (p *worksPage) Title() string { return p.sh.T("app.works", nil) }

// Content builds the list next to the details.
func (p *worksPage) Content() fyne.CanvasObject {
	p.wrong = button.New(p.sh.T("problems.open", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Problems}) })
	p.wrong.Hide() // until there are some
	p.head = header.New(
		p.Title(), p.wrong, page.ReviewMenu(p.sh),
		button.New(p.sh.T("units.button", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Units}) }),
		button.New(p.sh.T("inbox.button", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Inbox}) }),
		button.New(p.sh.T("blind.button", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Blind}) }),
		button.New(p.sh.T("app.works_export", nil), p.onExport),
		button.NewPrimary(p.sh.T("app.import", nil), p.onImport),
	).WithMore(p.sh.T("kit.more_acts", nil))
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.table = table.New(
		func(w judging.Work) string { return string(w.ID) }, p.sheet.Columns(p.media.state)...,
	).Keep(p.sh, "works")
	p.table.Edit(p.sheet.Editing())
	p.detail = newWorkDetail(p.sh, p.office)
	p.detail.history, p.detail.state = correction.NewHistory(p.sheet), p.media.state
	p.pics = newWorksGallery(p.sh, p.office, p.table, p.showSelected)
	split := lay.Split(lay.Gap16, []float32{1, 0}, p.pics.stack, p.detail)
	p.detail.short, p.detail.open = p.media.told, p.onView
	p.table.Acts = func(judging.Work) []*fyne.MenuItem { return p.detail.menu() }
	p.table.OnOpen, p.pics.grid.OnOpen = func(judging.Work) { p.onView() }, func(judging.Work) { p.onView() }
	p.pics.grid.OnSelect = func(w judging.Work) { p.table.Select(string(w.ID)) }
	p.detail.closed = func() { p.table.Select(""); p.detail.clear(); split.Refresh() }
	p.table.OnSelect = func(w judging.Work) { p.detail.show(w); split.Refresh() }
	bulk := button.New(p.sh.T("mend.bulk", nil), func() { p.sheet.Bulk(p.table.Ticked(), p.all) })
	p.foot = page.WithBulkReview(
		p.sh, p.office, p.table, container.NewBorder(nil, nil, nil, p.pics.choice, p.filter), split,
		page.BulkMore{Keep: p.sheet.Buttons(), Acts: []fyne.CanvasObject{bulk}},
	)
	return header.Page(p.head, p.foot)
}

// Undo takes the last correction back.
func (p *worksPage) Undo() { p.sheet.Undo() }

// Redo makes it again.
func (p *worksPage) Redo() { p.sheet.Redo() }

// listedWorks are all works, which of them wait for review, and which want something.
type listedWorks struct {
	all     []judging.Work
	waiting map[judging.WorkID]bool
	short   []workfiles.WorkCheck
	wrong   bool // rows of some import could not be taken as they are
}

// Load reads all works.
func (p *worksPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (listedWorks, error) {
		waiting, err := p.office.WaitingWorks(ctx)
		if err != nil {
			return listedWorks{}, err
		}
		l := listedWorks{waiting: make(map[judging.WorkID]bool, len(waiting))}
		for _, w := range waiting {
			l.waiting[w.ID] = true
		}
		open, err := p.office.ListProblems(ctx, problems.Filter{Rows: 1})
		if err != nil {
			return listedWorks{}, err
		}
		l.wrong = len(open) > 0
		if l.short, err = p.office.CheckWorks(ctx); err != nil {
			return listedWorks{}, err
		}
		l.all, err = p.office.Works(ctx, office.WorkFilter{})
		return l, err
	}, func(l listedWorks) {
		p.wrong.Hidden = !l.wrong
		p.media.waiting = l.waiting
		p.media.know(l.short)
		p.loaded(l.all)
	})
	p.sheet.Load()
}

func (p *worksPage) loaded(all []judging.Work) {
	p.all = all
	p.head.SetCount(p.sh.T("app.works_count", judging.Args{"N": len(all)}))
	p.filter.SetQuick(append(workQuicks(p.media, all), p.media.quick()...)...)
	if !p.picks && len(all) > 0 {
		p.picks = true
		p.filter.AddPick(
			"category", p.sh.T("app.col_category", nil),
			page.WorkOptions(all, func(w judging.Work) string { return w.Category })...,
		)
		p.filter.AddPick(
			"group", p.sh.T("app.col_group", nil),
			page.WorkOptions(all, func(w judging.Work) string { return w.Group })...,
		)
		p.filter.AddPick(
			"unit", p.sh.T("app.col_unit", nil),
			page.WorkOptions(all, func(w judging.Work) string { return w.ShownUnit() })...,
		)
		p.filter.SetFilter(p.start)
	}
	p.show()
	if p.media.look != "" {
		p.pics.choose(p.media.look)
		p.media.look = ""
	}
	if p.keep != "" {
		p.table.Select(p.keep)
		p.keep = ""
	}
	p.showSelected()
	p.media.prepare(p.checked)
	if w, ok := p.table.Selected(); ok {
		p.detail.show(w)
	} else {
		p.detail.clear()
	}
}

func (p *worksPage) show() {
	rows := p.media.rows(p.all, p.filter.Filter())
	if len(p.all) == 0 {
		p.table.SetEmpty(status.NewEmpty(p.sh.T("app.works_empty", nil), p.sh.T("app.works_empty_text", nil), nil))
	} else {
		p.table.SetEmpty(status.NewEmpty(
			p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), p.filter.Clear),
		))
	}
	p.table.SetRows(rows)
	p.pics.setRows(rows)
}

// checked shows what the check of the files found.
func (p *worksPage) checked() {
	p.filter.SetQuick(append(workQuicks(p.media, p.all), p.media.quick()...)...)
	p.show()
	if w, ok := p.table.Selected(); ok {
		p.detail.show(w)
	}
}

// showSelected marks the work selected in the list among the pictures too.
func (p *worksPage) showSelected() {
	if w, ok := p.table.Selected(); ok && p.pics.pictures() {
		p.pics.grid.Select(string(w.ID))
	}
}

// onView shows the files of the work selected.
func (p *worksPage) onView() {
	if w, ok := p.table.Selected(); ok {
		p.sh.Navigate(kit.Route{Kind: page.View, ID: string(w.ID), Filter: p.filter.Filter()})
	}
}

// Find puts the cursor in the search field.
func (p *worksPage) Find() { p.filter.Find() }

// Dropped goes on to the import with what was dropped.
func (p *worksPage) Dropped(paths []string) { p.sh.Navigate(page.ImportRoute(p.sh, paths...)) }

func (p *worksPage) onImport() { p.sh.Navigate(page.ImportRoute(p.sh)) }

func (p *worksPage) onExport() {
	p.sh.SaveFile(p.sh.T("app.works_file", nil)+".xlsx", func(path string) {
		kit.Fetch(p.sh, p.sh.T("app.exporting", nil), func(ctx context.Context, _ kit.Progress) (int, error) {
			return p.office.ExportWorks(ctx, path, office.WorkFilter{}, p.sh.T)
		}, func(n int) {
			page.TellWritten(p.sh, path, p.sh.T("app.works_exported", judging.Args{"N": n, "Path": path}))
		})
	})
}
