package collect

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

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
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/arrival"
	"fayi/judging/collect"
	call "fayi/judging/office/collect"
	"fayi/judging/sheet/paper"
)

type inboxOffice interface {
	Inbox(ctx context.Context) (call.Inbox, error)
	Arrivals(ctx context.Context, list []arrival.Entry) ([]call.Arrival, error)
	LayAside(ctx context.Context, path string, back bool) (call.Aside, error)
	Mailboxes(ctx context.Context) ([]call.Mailbox, error)
	FetchMail(
		ctx context.Context, req call.MailRequest, progress func(done, total int),
	) (call.MailReport, error)
	SetTerms(ctx context.Context, c call.TermsChange) (collect.Terms, error)
	TakeParcel(ctx context.Context, req call.TakeRequest, progress func(done, total int)) (call.TakeReport, error)
	CorrectParcel(ctx context.Context, c call.ParcelChange) (call.Parcel, error)
	WriteKit(ctx context.Context, req call.KitRequest, words paper.Words) (call.KitReport, error)
	Receipts(ctx context.Context, req call.ReceiptRequest, words paper.Words) ([]call.Receipt, error)
	Reminders(ctx context.Context, texts string, words paper.Words) ([]call.Reminder, error)
	ReportUnits(ctx context.Context, path string, words paper.Words) (int, error)
}

// inboxPage lists the units by how far they are, next to what came.
type inboxPage struct {
	sh      kit.Shell
	office  inboxOffice
	head    *header.Header
	filter  *filter.Bar
	units   *table.Table[call.UnitState]
	parcels *table.Table[call.InboxParcel]
	facts   *look.Para // of the unit selected
	terms   *look.Para
	left    *fyne.Container
	got     call.Inbox
	wanted  string // the unit to be selected once the units are read
	folderView
}

// folderView is what the page shows of the watched folder.
type folderView struct {
	watching  *watching
	arrivals  *table.Table[call.Arrival]
	watchNote *look.Para
	waiting   *fyne.Container
	right     *fyne.Container
}

// newInboxPage makes the page over a contest, which is known by its folder.
func newInboxPage(sh kit.Shell, o inboxOffice, contest string) *inboxPage {
	return &inboxPage{sh: sh, office: o, folderView: folderView{watching: watchOf(contest)}}
}

// Title is the page's name.
func (p *inboxPage) Title() string { return p.sh.T("inbox.title", nil) }

// Content builds the units next to what came.
func (p *inboxPage) Content() fyne.CanvasObject {
	item := func(key string, do func()) *fyne.MenuItem { return fyne.NewMenuItem(p.sh.T("inbox."+key, nil), do) }
	p.head = header.New(
		p.Title(),
		button.NewMenu(p.sh.T("inbox.kit", nil), item("terms_act", p.onTerms), item("kit_act", p.onKit)),
		button.NewMenu(p.sh.T("inbox.tell", nil),
			item("group", p.onGroup), item("reminders", p.onReminders), item("receipts", p.onReceipts),
			item("list", p.onList)),
		button.New(p.sh.T("inbox.map", nil), func() { p.sh.Navigate(kit.Route{Kind: page.UnitMap}) }),
		button.NewMenu(p.sh.T("inbox.from_where", nil),
			item("take_folder", func() { p.sh.OpenFolder(p.look) }), item("watch", p.onWatch),
			item("watch_none", p.onWatchNone), item("mail", p.onMail)),
		button.New(p.sh.T("sendpage.title", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Sending}) }),
		button.NewPrimary(p.sh.T("inbox.take", nil), p.onTake),
	).WithBack(p.sh.Back).WithMore(p.sh.T("kit.more_acts", nil))
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.units = table.New(func(u call.UnitState) string { return u.Unit }, p.unitColumns()...).Keep(p.sh, "inbox")
	p.units.OnSelect = func(call.UnitState) { p.showFacts() }
	p.units.Acts = p.acts
	p.parcels = table.New(func(a call.InboxParcel) string { return a.ID }, p.parcelColumns()...)
	p.parcels.Acts = p.parcelActs
	p.facts = look.NewPara("", look.Body, look.Plain, 30).Fluid()
	p.facts.Hide()
	p.terms = look.NewPara("", look.Note, look.Quiet, 30).Fluid()
	p.left = lay.Fill(p.filter, p.units, lay.Stack(lay.Gap4, p.facts, p.terms))
	return header.Page(p.head, lay.Split(lay.Gap16, []float32{3, 2}, p.left, p.came()))
}

// came builds what waits in the watched folder over what was taken.
func (p *inboxPage) came() fyne.CanvasObject {
	p.arrivals = table.New(func(a call.Arrival) string { return a.Name }, p.arrivalColumns()...)
	p.arrivals.Acts = p.arrivalActs
	p.watchNote = look.NewPara("", look.Note, look.Quiet, 30).Fluid()
	p.watchNote.Hide()
	p.waiting = container.NewStack(lay.Blank(look.Em(12), look.Em(9)), p.arrivals)
	p.waiting.Hide()
	p.right = lay.Fill(lay.Stack(lay.Gap4, p.watchNote, p.waiting,
		look.NewStrongCut(p.sh.T("inbox.came", nil), look.Section)), p.parcels, nil)
	return p.right
}

func (p *inboxPage) unitColumns() []table.Column[call.UnitState] {
	return []table.Column[call.UnitState]{
		table.TextColumn(p.sh.T("call.list_unit", nil), 7, 3, func(u call.UnitState) string { return u.Unit }),
		{
			Title: p.sh.T("call.list_state", nil), Min: 5,
			Cell: func(u call.UnitState) table.Cell { return table.Cell{Text: u.StateText(p.sh.T), Tone: tone(u)} },
			Compare: func(a, b call.UnitState) int {
				return cmp.Compare(slices.Index(call.States, a.State), slices.Index(call.States, b.State))
			},
		},
		{
			Title: p.sh.T("call.list_works", nil), Min: 4, Number: true,
			Cell: func(u call.UnitState) table.Cell {
				text := fmt.Sprint(u.Works)
				if u.Quota > 0 {
					text += "/" + fmt.Sprint(u.Quota)
				}
				return table.Cell{Text: text}
			},
			Compare: func(a, b call.UnitState) int { return cmp.Compare(a.Works, b.Works) },
		},
		table.TextColumn(p.sh.T("call.list_lacks", nil), 6, 3, func(u call.UnitState) string {
			return u.LackText(p.sh.T)
		}),
	}
}

func (p *inboxPage) parcelColumns() []table.Column[call.InboxParcel] {
	return []table.Column[call.InboxParcel]{
		table.TextColumn(p.sh.T("call.list_last", nil), 6, 2, func(a call.InboxParcel) string {
			return a.At.Local().Format("01-02 15:04")
		}),
		table.TextColumn(p.sh.T("call.list_unit", nil), 6, 3, func(a call.InboxParcel) string {
			return cmp.Or(a.Unit, p.sh.T("call.note_nobody", nil))
		}),
		table.TextColumn(p.sh.T("call.list_note_head", nil), 4, 2, func(a call.InboxParcel) string {
			return a.Notes(p.sh.T)
		}),
	}
}

func tone(u call.UnitState) look.Tone {
	switch u.State {
	case call.Nothing:
		return look.Problem
	case call.Complete:
		return look.Done
	}
	return look.Waiting
}

// Load reads the inbox.
func (p *inboxPage) Load() {
	p.watching.left = false
	p.lookNow()
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (call.Inbox, error) { return p.office.Inbox(ctx) },
		func(got call.Inbox) {
			p.got = got
			p.show()
		})
}

func (p *inboxPage) show() {
	quicks := []filter.Quick{{Title: p.sh.T("inbox.all", nil), Count: len(p.got.Units)}}
	for _, s := range call.States {
		quicks = append(quicks, filter.Quick{
			Key: s, Title: page.Capital(p.sh.T("call.state_"+s, nil)), Count: p.got.Count(s),
			Tone: tone(call.UnitState{State: s}),
		})
	}
	p.filter.SetQuick(quicks...)
	f := p.filter.Filter()
	p.units.SetRows(unitRows(p.got.Units, f))
	if p.wanted != "" {
		p.units.Select(p.wanted)
		p.wanted = ""
	}
	if len(p.got.Units) == 0 {
		p.units.SetEmpty(status.NewEmpty(p.sh.T("inbox.no_units", nil), p.sh.T("inbox.no_units_text", nil),
			button.New(p.sh.T("units.import", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Units}) })))
	} else {
		p.units.SetEmpty(status.NewEmpty(
			p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), p.filter.Clear),
		))
	}
	p.parcels.SetEmpty(status.NewEmpty(p.sh.T("inbox.nothing_came", nil), "", nil))
	p.parcels.SetRows(p.got.Parcels)
	p.head.SetCount(p.sh.T("inbox.count", judging.Args{"N": len(p.got.Units) - p.got.Count(call.Nothing)}))
	day := p.sh.T("call.unsaid", nil)
	if at, err := time.Parse(time.DateOnly, p.got.Terms.Deadline); err == nil {
		day = p.sh.T("call.day", judging.Args{"Year": at.Year(), "Month": int(at.Month()), "Day": at.Day()})
	}
	p.terms.SetText(p.sh.T("inbox.deadline", judging.Args{"Day": day}))
	p.showFacts()
}

// unitRows narrows the units.
func unitRows(all []call.UnitState, f kit.Filter) []call.UnitState {
	return slices.DeleteFunc(slices.Clone(all), func(u call.UnitState) bool {
		return f.Quick != "" && f.Quick != u.State || !f.Finds(u.Unit, u.Kind, u.Contact)
	})
}

// showFacts shows whom to call about the unit selected.
func (p *inboxPage) showFacts() {
	u, ok := p.units.Selected()
	said := strings.TrimSpace(u.Contact + " " + u.Phone)
	p.facts.Hidden = !ok || said == ""
	if !p.facts.Hidden {
		p.facts.SetText(p.sh.T("inbox.contact", judging.Args{"Unit": u.Unit, "Contact": said}))
	}
	p.left.Refresh()
}

// Find puts the cursor in the search field.
func (p *inboxPage) Find() { p.filter.Find() }
