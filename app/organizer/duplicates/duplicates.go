package duplicates

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/duplicates"
)

type duplicatesOffice interface {
	ListDuplicates(ctx context.Context) ([]judging.Duplicate, error)
	ShowContest(ctx context.Context) (office.Summary, error)
	FindDuplicates(ctx context.Context, progress func(done, total int)) ([]judging.Duplicate, error)
	ShowDuplicate(ctx context.Context, id string) (duplicates.Pair, error)
	OpenDuplicate(ctx context.Context, id string, n int) (io.ReadSeekCloser, error)
	DecideDuplicate(ctx context.Context, id string, verdict judging.DuplicateVerdict, why string) error
	AddReferences(
		ctx context.Context, req duplicates.ReferenceRequest, progress func(done, total int),
	) (duplicates.ReferenceReport, error)
}

// duplicatesPage lists pairs that look like one work, shows both side by side and takes what the organiser thinks
// of them.
type duplicatesPage struct {
	sh     kit.Shell
	office duplicatesOffice
	head   *header.Header
	filter *filter.Bar
	table  *table.Table[judging.Duplicate]
	pair   *pairView
	all    []judging.Duplicate
	keep   string // pair to be selected after the next load
	former Opener

	compared bool // at least once: until then, no pair means nothing
	stale    int  // works that came in since
	note     *fyne.Container
}

// lastSearch is what the last comparison found.
type lastSearch struct {
	all  []judging.Duplicate
	made bool
	not  int // works that came in since
}

// Opener opens the contest in the folder dir, next to the one that is open. The caller closes what it returns.
type Opener = func(ctx context.Context, dir string) (*office.Office, error)

func newDuplicatesPage(sh kit.Shell, o duplicatesOffice, former Opener) *duplicatesPage {
	return &duplicatesPage{sh: sh, office: o, former: former}
}

// Title is the page's name.
func (p *duplicatesPage) Title() string { return p.sh.T("duplicates.title", nil) }

// Keep keeps the selected pair.
func (p *duplicatesPage) Keep() any {
	d, _ := p.table.Selected()
	return d.ID()
}

// Restore takes it back.
func (p *duplicatesPage) Restore(state any) { p.keep, _ = state.(string) }

// Content builds the list next to the pair.
func (p *duplicatesPage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(), button.New(p.sh.T("duplicates.add_former", nil), p.onFormer),
		button.NewPrimary(p.sh.T("duplicates.find", nil), p.onFind),
	).WithBack(p.sh.Back)
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.table = table.New(judging.Duplicate.ID, duplicateColumns(p.sh)...).Keep(p.sh, "duplicates")
	p.table.OnSelect = func(d judging.Duplicate) { p.pair.show(d) }
	p.pair = newPairView(p.sh, p.office, p.onDecide)
	p.note = lay.Stack(0)
	split := lay.Split(lay.Gap16, []float32{2, 3}, p.table, p.pair)
	return header.Page(p.head, lay.Fill(lay.Stack(lay.Gap8, p.note, p.filter), split, nil))
}

// Load reads the pairs of the last search.
func (p *duplicatesPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (lastSearch, error) {
		s, err := p.office.ShowContest(ctx)
		if err != nil {
			return lastSearch{}, err
		}
		all, err := p.office.ListDuplicates(ctx)
		return lastSearch{all, s.Compared, s.NotCompared}, err
	}, func(last lastSearch) {
		p.compared, p.stale = last.made, last.not
		p.loaded(last.all)
	})
}

// onFind compares all works again.
func (p *duplicatesPage) onFind() {
	kit.Fetch(
		p.sh, p.sh.T("cli.comparing", nil),
		func(ctx context.Context, progress kit.Progress) ([]judging.Duplicate, error) {
			return p.office.FindDuplicates(ctx, progress)
		},
		func(all []judging.Duplicate) {
			p.compared, p.stale = true, 0
			p.loaded(all)
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("duplicates.found", judging.Args{"N": len(all)})})
		},
	)
}

// onFormer takes the works of a former year in, from a folder of files or of a contest.
func (p *duplicatesPage) onFormer() {
	p.sh.OpenFolder(func(path string) {
		kit.Fetch(
			p.sh, p.sh.T("cli.comparing", nil),
			func(ctx context.Context, progress kit.Progress) (duplicates.ReferenceReport, error) {
				return p.addFormer(ctx, path, progress)
			},
			func(r duplicates.ReferenceReport) {
				p.sh.Tell(kit.Notice{
					Tone: look.Done,
					Text: p.sh.T("duplicates.former_added", judging.Args{
						"Set": r.Set, "Added": r.Added, "Skipped": len(r.Skipped),
					}),
				})
			},
		)
	})
}

// addFormer takes a contest's works in with their titles and authors, of other folders the files.
func (p *duplicatesPage) addFormer(
	ctx context.Context, path string, progress kit.Progress,
) (r duplicates.ReferenceReport, err error) {
	if _, err := os.Stat(filepath.Join(path, "contest.db")); err != nil {
		return p.office.AddReferences(ctx, duplicates.ReferenceRequest{Path: path}, progress)
	}
	from, err := p.former(ctx, path)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	works := from.Duplicates()
	return p.office.AddReferences(ctx, duplicates.ReferenceRequest{From: &works}, progress)
}

func (p *duplicatesPage) loaded(all []judging.Duplicate) {
	p.all = all
	open := len(duplicateRows(all, kit.Filter{Quick: openPairs}))
	p.head.SetCount(p.sh.T("duplicates.count", judging.Args{"N": len(all), "Open": open}))
	p.filter.SetQuick(duplicateQuicks(p.sh, all)...)
	p.tellStale()
	p.show()
	if p.keep != "" {
		p.table.Select(p.keep)
		p.keep = ""
	}
	if _, ok := p.table.Selected(); !ok && len(p.table.Rows()) > 0 {
		p.table.Select(p.table.Rows()[0].ID())
	}
	if d, ok := p.table.Selected(); ok {
		p.pair.show(d)
	} else {
		p.pair.clear()
	}
}

// tellStale says that works came in since the comparison: no pair means nothing for them.
func (p *duplicatesPage) tellStale() {
	p.note.RemoveAll()
	if p.note.Hidden = p.stale == 0; !p.note.Hidden {
		p.note.Add(status.NewNotice(kit.Notice{
			Tone: look.Waiting, Text: p.sh.T("duplicates.stale", judging.Args{"N": p.stale}),
			Action: p.sh.T("duplicates.again", nil), Do: p.onFind,
		}, nil))
	}
}

func (p *duplicatesPage) show() {
	switch {
	case len(p.all) == 0 && !p.compared:
		p.table.SetEmpty(status.NewEmpty(
			p.sh.T("mend.not_compared", nil), p.sh.T("duplicates.none_text", nil), nil,
		))
	case len(p.all) == 0:
		p.table.SetEmpty(status.NewEmpty(p.sh.T("duplicates.none", nil), p.sh.T("duplicates.none_text", nil), nil))
	default:
		p.table.SetEmpty(status.NewEmpty(
			p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), p.filter.Clear),
		))
	}
	p.table.SetRows(duplicateRows(p.all, p.filter.Filter()))
}

// Find puts the cursor in the search field.
func (p *duplicatesPage) Find() { p.filter.Find() }

// verdictKeys are the keys that decide, in the order of the buttons.
var verdictKeys = map[fyne.KeyName]judging.DuplicateVerdict{
	fyne.Key1: judging.VerdictSame, fyne.Key2: judging.VerdictOther, fyne.Key3: judging.VerdictCopied,
}

// TypedKey walks through the pairs and decides.
func (p *duplicatesPage) TypedKey(key *fyne.KeyEvent) bool {
	if v, ok := verdictKeys[key.Name]; ok {
		p.onDecide(v)
		return true
	}
	d, ok := p.table.Selected()
	rows := p.table.Rows()
	if !ok || key.Name != fyne.KeyDown && key.Name != fyne.KeyUp {
		return false
	}
	for i := range rows {
		if rows[i].ID() == d.ID() {
			step := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[key.Name]
			p.table.Select(rows[min(max(i+step, 0), len(rows)-1)].ID())
			break
		}
	}
	return true
}

// onDecide keeps what the user thinks of the selected pair, all but the same work with a reason, and goes on to the
// next.
func (p *duplicatesPage) onDecide(v judging.DuplicateVerdict) {
	d, ok := p.table.Selected()
	if !ok {
		return
	}
	if v == judging.VerdictSame || v == "" {
		p.sh.ShowError(p.decide(d, v, ""))
		return
	}
	why := field.NewText(
		p.sh, p.sh.T("app.fact_reason", nil), p.sh.T("duplicates.why_help", nil),
		field.TextRule{Required: true, Limit: 200},
	)
	why.SetText(p.sh.T("duplicates.why_"+string(v), nil))
	p.sh.Ask(kit.Question{
		Title:   verdictWord(p.sh, v),
		Text:    p.sh.T("duplicates.ask", judging.Args{"One": d.Titles[0], "Two": d.Titles[1]}),
		Action:  p.sh.T("duplicates.keep", nil),
		Danger:  v == judging.VerdictCopied,
		Content: why,
		Do:      func() error { return p.decide(d, v, why.Text()) },
	})
}

// decide is one small write.
func (p *duplicatesPage) decide(d judging.Duplicate, v judging.DuplicateVerdict, why string) error {
	next := nextPair(p.table.Rows(), d.ID())
	if err := p.office.DecideDuplicate(context.Background(), d.ID(), v, why); err != nil {
		return err
	}
	if v != "" {
		p.keep = next
		p.sh.Tell(kit.Notice{
			Tone: look.Done, Text: p.sh.T("duplicates.kept", judging.Args{"Decision": verdictWord(p.sh, v)}),
			Action: p.sh.T("duplicates.undo", nil), Undo: true, Do: func() {
				p.keep = d.ID()
				p.sh.ShowError(p.decide(d, "", ""))
			},
		})
	}
	return nil
}
