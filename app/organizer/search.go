package organizer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
)

type searchOffice interface {
	Finder(ctx context.Context) (*office.Finder, error)
}

// mostHits bounds how many hits are shown.
const mostHits = 200

// hitPage is a page of this program, found by its title.
const hitPage office.HitKind = "page"

// titled are the pages that can be gone to as they are, with the keys of their titles.
var titled = []struct{ kind, title string }{
	{page.Overview, "app.overview"}, {page.Works, "app.works"}, {page.Units, "units.title"},
	{page.Inbox, "inbox.title"}, {page.UnitMap, "inbox.map_title"}, {page.Sending, "sendpage.title"},
	{page.Problems, "problems.title"},
	{page.Reconcile, "reconcile.title"},
	{page.Review, "review.title"}, {page.Duplicates, "duplicates.title"}, {page.Blind, "blind.title"},
	{page.Judges, "app.judges"}, {page.Assign, "app.assign"}, {page.Progress, "app.progress"},
	{page.Packets, "packets.title"}, {page.Verify, "verify.title"}, {page.Audience, "audiencepage.title"},
	{page.Results, "app.results"},
	{page.Fairness, "fair.title"}, {page.Severity, "fair.judges_title"}, {page.Charts, "charts.title"},
	{page.Board, "awardboard.title"}, {page.Compare, "comparepage.title"}, {page.Disputes, "disputes.title"},
	{page.Rounds, "rounds.title"},
	{page.Notice, "noticepage.title"}, {page.Batches, "batches.title"}, {page.Reports, "reports.title"},
	{page.Certificates, "certificates.title"}, {page.Due, "due.title"}, {page.Rules, "app.rules"},
	{page.EditRules, "ruleedit.title"}, {page.History, "history.title"}, {page.Settings, "app.settings"},
}

// pageHits are the pages as things to be found.
func pageHits(t kit.Texter) (out []office.Hit) {
	for _, p := range titled {
		out = append(out, office.Hit{Kind: hitPage, ID: p.kind, Title: t.T(p.title, nil)})
	}
	return out
}

// searchPage searches everything: pages, works, judges, units. What is found is opened by Enter or a double click.
type searchPage struct {
	sh     kit.Shell
	office searchOffice
	entry  *field.SearchEntry
	count  *look.CutText
	table  *table.Table[office.Hit]
	finder *office.Finder // nil until it is read
	typed  string
}

func newSearchPage(sh kit.Shell, o searchOffice) *searchPage { return &searchPage{sh: sh, office: o} }

// Keep keeps what was typed.
func (p *searchPage) Keep() any { return p.typed }

// Restore takes it back.
func (p *searchPage) Restore(state any) { p.typed, _ = state.(string) }

// Title is the page's name.
func (p *searchPage) Title() string { return p.sh.T("search.title", nil) }

// Content builds field and list.
func (p *searchPage) Content() fyne.CanvasObject {
	p.entry = field.NewSearchEntry(p.sh, p.onType)
	p.entry.PlaceHolder = p.sh.T("search.hint", nil)
	p.entry.OnSubmitted = func(string) { p.openFirst() }
	p.count = look.NewCutText("", look.Note, look.Quiet)
	p.table = table.New(func(h office.Hit) string { return string(h.Kind) + h.ID },
		table.TextColumn(p.sh.T("search.kind", nil), 4, 0, func(h office.Hit) string {
			return p.sh.T("search.kind_"+string(h.Kind), nil)
		}),
		table.TextColumn(p.sh.T("search.name", nil), 10, 2, func(h office.Hit) string { return h.Title }),
		table.TextColumn(p.sh.T("search.note", nil), 12, 3, p.noteOf)).Keep(p.sh, "search")
	p.table.OnOpen = p.open
	p.showEmpty()
	return header.Page(
		header.New(p.Title()).WithBack(p.sh.Back),
		lay.Fill(container.NewBorder(nil, nil, nil, nil, p.entry), p.table, p.count),
	)
}

func (p *searchPage) noteOf(h office.Hit) string {
	if h.Kind == office.HitUnit {
		return p.sh.T("search.unit_note", judging.Args{"N": h.Note})
	}
	return h.Note
}

// Load reads what can be searched.
func (p *searchPage) Load() {
	p.sh.Focus(p.entry)
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (*office.Finder, error) { return p.office.Finder(ctx) },
		func(f *office.Finder) {
			p.finder = f.With(pageHits(p.sh)...)
			if p.typed != "" && p.entry.Text == "" {
				p.entry.SetText(p.typed)
				return
			}
			p.onType(p.entry.Text)
		},
	)
}

// Find puts the cursor in the field.
func (p *searchPage) Find() { p.sh.Focus(p.entry) }

func (p *searchPage) onType(text string) {
	p.typed = text
	if p.finder == nil {
		return
	}
	hits, total := p.finder.Find(text, mostHits)
	p.showEmpty()
	p.table.SetRows(hits)
	switch {
	case text == "":
		p.count.Set("", look.Quiet)
	case total > len(hits):
		p.count.Set(p.sh.T("search.more", judging.Args{"Shown": len(hits), "N": total}), look.Quiet)
	default:
		p.count.Set(p.sh.T("search.found", judging.Args{"N": total}), look.Quiet)
	}
}

// showEmpty says in the empty list what to type, or that nothing was found.
func (p *searchPage) showEmpty() {
	title, text := "search.empty", "search.empty_text"
	if strings.TrimSpace(p.typed) != "" {
		title, text = "search.nothing", "search.nothing_text"
	}
	p.table.SetEmpty(status.NewEmpty(p.sh.T(title, nil), p.sh.T(text, nil), nil))
}

func (p *searchPage) openFirst() {
	if rows := p.table.Rows(); len(rows) > 0 {
		p.open(rows[0])
	}
}

func (p *searchPage) open(h office.Hit) { p.sh.Navigate(hitRoute(h)) }

// hitRoute is where a hit is shown.
func hitRoute(h office.Hit) kit.Route {
	switch h.Kind {
	case hitPage:
		return kit.Route{Kind: h.ID}
	case office.HitJudge:
		return kit.Route{Kind: page.Judges}
	case office.HitUnit:
		return kit.Route{Kind: page.Works, ID: h.ID}
	}
	return kit.Route{Kind: page.Works, ID: h.ID}
}
