package review

import (
	"context"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/review"
)

type reviewOffice interface {
	page.Reviewer
	WaitingWorks(ctx context.Context) ([]judging.Work, error)
	OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error)
	ReportReturns(
		ctx context.Context, dir string, req review.ReturnsRequest, words page.Words,
	) (review.ReturnsReport, error)
}

// reviewPage walks through the works that wait for review, each with its picture or text next to it.
type reviewPage struct {
	sh     kit.Shell
	office reviewOffice
	head   *header.Header
	filter *filter.Bar
	table  *table.Table[judging.Work]
	side   *reviewSide
	all    []judging.Work
	keep   string // work to be selected after the next load
	picks  bool   // the choices are filled
}

func newReviewPage(sh kit.Shell, o reviewOffice) *reviewPage { return &reviewPage{sh: sh, office: o} }

// Title is the page's name.
func (p *reviewPage) Title() string { return p.sh.T("review.title", nil) }

// Keep keeps the selected work.
func (p *reviewPage) Keep() any {
	w, _ := p.table.Selected()
	return string(w.ID)
}

// Restore takes it back.
func (p *reviewPage) Restore(state any) { p.keep, _ = state.(string) }

// Content builds the list next to the work.
func (p *reviewPage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title(), button.New(p.sh.T("returns.button", nil), p.onReturns))
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	columns := page.WorkColumns(p.sh)
	p.table = table.New(
		func(w judging.Work) string { return string(w.ID) }, columns[0], columns[1],
	).WithTicks().Keep(p.sh, "review").LettersToPage()
	p.side = newReviewSide(p.sh, p.office, p.onReview)
	p.table.OnSelect = func(w judging.Work) { p.side.show(w) }
	p.table.OnTicks = p.side.ticked
	return header.Page(p.head, lay.Fill(p.filter, lay.Split(lay.Gap16, []float32{2, 3}, p.table, p.side), nil))
}

// Load reads the works that wait.
func (p *reviewPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]judging.Work, error) {
		return p.office.WaitingWorks(ctx)
	}, p.loaded)
}

func (p *reviewPage) loaded(all []judging.Work) {
	p.all = all
	p.head.SetCount(p.sh.T("review.count", judging.Args{"N": len(all)}))
	if !p.picks && len(all) > 0 {
		p.picks = true
		p.filter.AddPick(
			"category", p.sh.T("app.col_category", nil),
			page.WorkOptions(all, func(w judging.Work) string { return w.Category })...,
		)
		p.filter.AddPick(
			"unit", p.sh.T("app.col_unit", nil),
			page.WorkOptions(all, func(w judging.Work) string { return w.Unit })...,
		)
	}
	p.show()
}

func (p *reviewPage) show() {
	if len(p.all) == 0 {
		p.table.SetEmpty(status.NewEmpty(p.sh.T("review.none", nil), p.sh.T("review.none_text", nil), nil))
	} else {
		p.table.SetEmpty(status.NewEmpty(
			p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), p.filter.Clear),
		))
	}
	p.table.SetRows(page.WorkRows(p.all, p.filter.Filter()))
	if p.keep != "" {
		p.table.Select(p.keep)
		p.keep = ""
	}
	rows := p.table.Rows()
	if _, ok := p.table.Selected(); !ok && len(rows) > 0 {
		p.table.Select(string(rows[0].ID))
	}
	if w, ok := p.table.Selected(); ok {
		p.side.show(w)
	} else {
		p.side.clear()
	}
}

// Find puts the cursor in the search field.
func (p *reviewPage) Find() { p.filter.Find() }

// TypedKey walks through the works and reviews them: A accepts, R returns, X rejects.
func (p *reviewPage) TypedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyA:
		p.onReview(judging.Accepted)
	case fyne.KeyR:
		p.onReview(judging.Returned)
	case fyne.KeyX:
		p.onReview(judging.Rejected)
	case fyne.KeyDown, fyne.KeyRight:
		p.step(1)
	case fyne.KeyUp, fyne.KeyLeft:
		p.step(-1)
	default:
		return false
	}
	return true
}

// step selects the work by places below.
func (p *reviewPage) step(by int) {
	w, _ := p.table.Selected()
	rows := p.table.Rows()
	for i := range rows {
		if rows[i].ID == w.ID {
			p.table.Select(string(rows[min(max(i+by, 0), len(rows)-1)].ID))
			return
		}
	}
}

// onReview reviews the ticked works, or the selected one, and goes on to the next.
func (p *reviewPage) onReview(status judging.WorkStatus) {
	works := p.table.Ticked()
	current, ok := p.table.Selected()
	if len(works) == 0 && ok {
		works = []judging.Work{current}
	}
	chosen := map[judging.WorkID]bool{}
	for _, w := range works {
		chosen[w.ID] = true
	}
	p.keep = ""
	passed := false
	for _, w := range p.table.Rows() {
		if passed && !chosen[w.ID] && p.keep == "" {
			p.keep = string(w.ID)
		}
		passed = passed || w.ID == current.ID
	}
	page.AskReview(p.sh, p.office, works, status)
}

// onReturns writes the lists of what goes back to its senders into a folder.
func (p *reviewPage) onReturns() {
	p.sh.SaveIn(func(path string) {
		kit.Fetch(
			p.sh, p.sh.T("app.exporting", nil),
			func(ctx context.Context, _ kit.Progress) (review.ReturnsReport, error) {
				return p.office.ReportReturns(ctx, path, review.ReturnsRequest{}, p.sh.T)
			},
			func(r review.ReturnsReport) {
				page.TellWritten(
					p.sh, filepath.Join(path, r.Files[0]),
					p.sh.T("returns.written", judging.Args{"N": r.Works, "Units": r.Units}),
				)
			},
		)
	})
}
