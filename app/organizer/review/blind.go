package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/kit/zoom"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/review"
)

type blindOffice interface {
	blindSource
	BlindnessReport(ctx context.Context) ([]review.BlindState, error)
	BlindWorks(ctx context.Context, progress func(done, total int)) (review.BlindReady, error)
	WriteBlindness(ctx context.Context, path string, words page.Words) (int, error)
	SetMasks(ctx context.Context, id judging.WorkID, n int, masks []judging.Mask) error
	PrepareBlind(ctx context.Context, id judging.WorkID) (review.BlindReady, error)
	LookedAt(ctx context.Context, id judging.WorkID, n int, yes bool) error
}

// blindPage is where somebody looks at all that judges will see before they do: a list next to the thing itself,
// large, to be covered by dragging.
type blindPage struct {
	sh     kit.Shell
	office blindOffice
	head   *header.Header
	filter *filter.Bar
	table  *table.Table[blindItem]
	side   *fyne.Container
	editor *zoom.Covers
	all    []blindItem
	item   blindItem // being looked at
	sight  blindSight
	start  kit.Filter
}

func newBlindPage(sh kit.Shell, o blindOffice) *blindPage {
	return &blindPage{sh: sh, office: o, start: kit.Filter{}}
}

// Keep keeps the filter.
func (p *blindPage) Keep() any { return p.filter.Filter() }

// Restore takes it back.
func (p *blindPage) Restore(state any) {
	if f, ok := state.(kit.Filter); ok {
		p.start = f
	}
}

// Title is the page's name.
func (p *blindPage) Title() string { return p.sh.T("blind.title", nil) }

// Content builds the list next to the view.
func (p *blindPage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(), button.New(p.sh.T("blind.export", nil), p.onExport),
		button.New(p.sh.T("blind.prepare", nil), p.onPrepare),
	).WithBack(p.sh.Back)
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.table.SetRows(blindRows(p.all, p.filter.Filter())) })
	p.table = table.New(blindItem.key, blindColumns(p.sh)...).Keep(p.sh, "blind").LettersToPage()
	p.table.OnSelect = p.onSelect
	p.editor = zoom.NewCovers()
	p.editor.OnChange = func() { p.saveMasks(p.editor.Covers()) }
	p.side = container.NewStack()
	p.showSide()
	return header.Page(
		p.head, lay.Fill(p.filter, lay.Split(lay.Gap16, []float32{3, 5}, p.table, lay.Surface(p.side)), nil),
	)
}

// Load reads the report.
func (p *blindPage) Load() {
	kit.Fetch(
		p.sh, p.sh.T("blind.loading", nil), func(ctx context.Context, _ kit.Progress) ([]review.BlindState, error) {
			return p.office.BlindnessReport(ctx)
		},
		p.loaded,
	)
}

func (p *blindPage) loaded(list []review.BlindState) {
	p.all = blindItems(list)
	open := blindRows(p.all, kit.Filter{Quick: blindOpen})
	works := map[judging.WorkID]bool{} // the rail and the open points count these
	for _, i := range open {
		works[i.work] = true
	}
	key := "blind.open_count"
	if len(open) == 0 {
		key = "blind.all_seen"
	}
	p.head.SetCount(p.sh.T(key, judging.Args{"Open": len(open), "Works": len(works), "All": len(p.all)}))
	p.filter.SetQuick(blindQuicks(p.sh, p.all)...)
	if len(p.all) == 0 {
		p.table.SetEmpty(status.NewEmpty(p.sh.T("blind.empty", nil), p.sh.T("blind.empty_text", nil), nil))
	} else {
		p.table.SetEmpty(status.NewEmpty(
			p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), p.filter.Clear),
		))
	}
	if !p.start.Empty() {
		p.filter.SetFilter(p.start)
		p.start = kit.Filter{}
	}
	p.table.SetRows(blindRows(p.all, p.filter.Filter()))
	for _, i := range p.all {
		if i.key() == p.item.key() {
			p.item = i
			p.showSide()
		}
	}
}

func (p *blindPage) onSelect(i blindItem) {
	if i.key() != p.item.key() || p.sight.work.ID == "" {
		p.open(i, i.firstPage())
	}
}

// open reads page of i and shows it, if it still is what is wanted when it has come.
func (p *blindPage) open(i blindItem, page int) {
	p.item, p.sight = i, blindSight{}
	p.showSide()
	var s blindSight
	p.sh.Run(p.sh.T("blind.opening", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		s, err = readSight(ctx, p.office, i, page)
		return err
	}, func(err error) {
		if p.item.key() != i.key() {
			return
		}
		p.sh.ShowError(err)
		p.sight = s
		p.editor.SetPicture(s.pic, p.covers())
		p.showSide()
	})
}

// covers are the masks of the page that is shown.
func (p *blindPage) covers() []zoom.Cover {
	var out []zoom.Cover
	for _, m := range p.masks() {
		if m.Page == p.sight.page {
			out = append(out, zoom.Cover{X: m.X, Y: m.Y, W: m.W, H: m.H})
		}
	}
	return out
}

func (p *blindPage) masks() []judging.Mask {
	if p.item.n < 1 || p.item.n > len(p.sight.work.Files) {
		return nil
	}
	return p.sight.work.Files[p.item.n-1].Masks
}

// saveMasks keeps the covers of the page that is shown, and the masks of other pages as they were.
func (p *blindPage) saveMasks(covers []zoom.Cover) {
	var masks []judging.Mask
	for _, m := range p.masks() {
		if m.Page != p.sight.page {
			masks = append(masks, m)
		}
	}
	for _, c := range covers {
		masks = append(masks, judging.Mask{Page: p.sight.page, X: c.X, Y: c.Y, W: c.W, H: c.H})
	}
	if err := p.office.SetMasks(context.Background(), p.item.work, p.item.n-1, masks); err != nil {
		p.editor.SetCovers(p.covers())
		p.sh.ShowError(err)
		return
	}
	p.sight.work.Files[p.item.n-1].Masks = masks
	id := p.item.work
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		_, err := p.office.PrepareBlind(ctx, id)
		return err
	}, func(err error) {
		p.sh.ShowError(err)
		p.Load()
	})
	p.showSide()
}

func (p *blindPage) onTakeOff() {
	if p.editor.TakeOff() {
		p.saveMasks(p.editor.Covers())
	}
}

// onLooked notes that the item was looked at and goes on to the next that is open.
func (p *blindPage) onLooked() {
	if p.item.work == "" {
		return
	}
	if err := p.office.LookedAt(context.Background(), p.item.work, p.item.n-1, true); err != nil {
		p.sh.ShowError(err)
		return
	}
	p.item.file.Looked = true
	p.onNext()
	p.Load()
}

func (p *blindPage) onUnlook() {
	if err := p.office.LookedAt(context.Background(), p.item.work, p.item.n-1, false); err != nil {
		p.sh.ShowError(err)
		return
	}
	p.Load()
}

func (p *blindPage) onNext() {
	if next, ok := nextOpen(p.table.Rows(), p.item.key()); ok {
		p.table.Select(next.key())
		p.open(next, next.firstPage())
	}
}

func (p *blindPage) onPage(by int) {
	if to := p.sight.page + by; to >= 0 && to < p.sight.pages {
		p.open(p.item, to)
	}
}

// zoomKey is how much a key enlarges.
const zoomKey = 1.5

// TypedKey: Space has looked, N goes on, Delete takes a cover off, the arrows turn pages, + and - enlarge and shrink.
func (p *blindPage) TypedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeySpace:
		p.onLooked()
	case fyne.KeyN:
		p.onNext()
	case fyne.KeyDelete, fyne.KeyBackspace:
		p.onTakeOff()
	case fyne.KeyLeft, fyne.KeyPageUp:
		p.onPage(-1)
	case fyne.KeyRight, fyne.KeyPageDown:
		p.onPage(1)
	case fyne.KeyPlus, fyne.KeyEqual:
		p.editor.ZoomBy(zoomKey)
	case fyne.KeyMinus:
		p.editor.ZoomBy(1 / zoomKey)
	default:
		return false
	}
	return true
}

// Find puts the cursor in the search field.
func (p *blindPage) Find() { p.filter.Find() }

func (p *blindPage) onPrepare() {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("blind.prepare", nil), Text: p.sh.T("blind.prepare_ask", nil),
		Action: p.sh.T("blind.prepare_act", nil), Do: func() error {
			kit.Fetch(
				p.sh, p.sh.T("blind.preparing", nil),
				func(ctx context.Context, progress kit.Progress) (review.BlindReady, error) {
					return p.office.BlindWorks(ctx, progress)
				},
				func(r review.BlindReady) {
					p.sh.Tell(kit.Notice{
						Tone: look.Done,
						Text: p.sh.T("blind.prepared", judging.Args{
							"Clean": r.Clean, "Failed": r.Failed, "Names": r.Names,
						}),
					})
					p.Load()
				},
			)
			return nil
		},
	})
}

func (p *blindPage) onExport() {
	p.sh.SaveFile(p.sh.T("blind.export_file", nil)+".xlsx", func(path string) {
		kit.Fetch(p.sh, p.sh.T("blind.exporting", nil), func(ctx context.Context, _ kit.Progress) (int, error) {
			return p.office.WriteBlindness(ctx, path, p.sh.T)
		}, func(open int) { page.TellWritten(p.sh, path, p.sh.T("blind.exported", judging.Args{"Open": open})) })
	})
}
