package organizer

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/rules"
	"fayi/judging"
	"fayi/judging/office"
)

type historyOffice interface {
	Journal(ctx context.Context) ([]judging.Entry, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	Judges(ctx context.Context) ([]judging.Judge, error)
	CheckContest(ctx context.Context, against string, progress func(done, total int)) (office.CheckReport, error)
}

// deed is an entry of the journal in words.
type deed struct {
	seq  int
	at   time.Time
	by   string // who really did it, in words
	what string
	of   string // what it was done to
}

// historyPage lists everything that was done, the newest first, and checks that nobody has altered it since.
type historyPage struct {
	sh     kit.Shell
	office historyOffice
	head   *header.Header
	filter *filter.Bar
	table  *table.Table[deed]
	all    []deed
	start  kit.Filter
}

func newHistoryPage(sh kit.Shell, o historyOffice) *historyPage {
	return &historyPage{sh: sh, office: o}
}

// Keep keeps what is searched for.
func (p *historyPage) Keep() any { return p.filter.Filter() }

// Restore takes it back.
func (p *historyPage) Restore(state any) { p.start, _ = state.(kit.Filter) }

// Title is the page's name.
func (p *historyPage) Title() string { return p.sh.T("history.title", nil) }

// Content builds the list.
func (p *historyPage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title(), button.New(p.sh.T("history.against", nil), p.onAgainst),
		button.New(p.sh.T("history.check", nil), func() { p.check("", "") })).WithBack(p.sh.Back)
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.filter.SetFilter(p.start)
	key := func(d deed) string { return rules.NumberID(d.seq) }
	p.table = table.New(key, p.columns()...).Keep(p.sh, "history")
	p.table.SetEmpty(status.NewEmpty(
		p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), p.filter.Clear),
	))
	return header.Page(p.head, lay.Fill(p.filter, p.table, nil))
}

func (p *historyPage) columns() []table.Column[deed] {
	at := table.Column[deed]{
		Title: p.sh.T("history.at", nil), Min: 11,
		Cell:    func(d deed) table.Cell { return table.Cell{Text: kit.DateTime(p.sh, d.at.Local())} },
		Compare: func(a, b deed) int { return a.seq - b.seq },
	}
	return []table.Column[deed]{at,
		table.NameColumn(p.sh.T("history.by", nil), 6, 1, func(d deed) string { return d.by }),
		table.TextColumn(p.sh.T("history.what", nil), 14, 2, func(d deed) string { return d.what }),
		table.TextColumn(p.sh.T("history.of", nil), 10, 1, func(d deed) string { return d.of })}
}

// Load reads the journal and the names of what it speaks of.
func (p *historyPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]deed, error) {
		entries, err := p.office.Journal(ctx)
		if err != nil {
			return nil, err
		}
		works, err := p.office.Works(ctx, office.WorkFilter{})
		if err != nil {
			return nil, err
		}
		judges, err := p.office.Judges(ctx)
		return deeds(p.sh, entries, works, judges), err
	}, func(all []deed) {
		p.all = all
		p.show()
	})
}

// deeds puts entries into words, the newest first. What is no longer there is left without a name.
func deeds(t kit.Texter, entries []judging.Entry, works []judging.Work, judges []judging.Judge) []deed {
	names, people := map[string]string{}, map[string]string{}
	for _, w := range works {
		names[string(w.ID)] = t.T("kit.work", judging.Args{"Code": w.Code, "Title": w.Title})
	}
	for _, j := range judges {
		names[string(j.ID)], people[string(j.ID)] = j.Name, j.Name
	}
	out := make([]deed, 0, len(entries))
	for _, e := range slices.Backward(entries) {
		out = append(out, deed{e.Seq, e.At, office.ReadDeed(e).Words(t.T, people),
			tale{e.At, e.Verb, 1, e.After}.words(t), names[e.Of]})
	}
	return out
}

func (p *historyPage) show() {
	f := p.filter.Filter()
	rows := slices.DeleteFunc(slices.Clone(p.all), func(d deed) bool {
		return !f.Finds(d.by, d.what, d.of)
	})
	p.head.SetCount(p.sh.T("history.count", judging.Args{"N": len(p.all)}))
	p.table.SetRows(rows)
}

// Find puts the cursor in the search field.
func (p *historyPage) Find() { p.filter.Find() }
