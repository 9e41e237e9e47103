package sending

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	deliveries "fayi/judging/office/sending"
)

// sendingPage shows whether units may send, their links, and what arrived.
type sendingPage struct {
	sh     kit.Shell
	keeper *Keeper
	office *office.Office
	head   *header.Header
	open   *button.Button
	close  *button.Button
	state  *fyne.Container
	links  *table.Table[deliveries.Link]
	came   *table.Table[deliveries.Delivery]
	units  *fyne.Container // the links, next to side
	side   *fyne.Container // the code of the unit that is selected
	got    deliveries.Standing
}

// NewPage returns the page over a contest.
func NewPage(sh kit.Shell, k *Keeper, o *office.Office) kit.Page {
	k.of(o)
	return &sendingPage{sh: sh, keeper: k, office: o}
}

// Title is the page's name.
func (p *sendingPage) Title() string { return p.sh.T("sendpage.title", nil) }

// Content builds the units next to what arrived.
func (p *sendingPage) Content() fyne.CanvasObject {
	item := func(key string, do func()) *fyne.MenuItem { return fyne.NewMenuItem(p.sh.T("sendpage."+key, nil), do) }
	p.open = button.NewPrimary(p.sh.T("sendpage.open", nil), p.onOpen)
	p.close = button.New(p.sh.T("sendpage.close", nil), p.onClose)
	p.head = header.New(
		p.Title(),
		button.NewMenu(p.sh.T("sendpage.links", nil), item("links_new", p.onLinks), item("links_copy", p.onCopyAll),
			item("slips", p.onSlips)),
		button.NewMenu(p.sh.T("sendpage.posters", nil), item("poster_a4", func() { p.onPoster(false) }),
			item("poster_a3", func() { p.onPoster(true) }), item("kit", p.onKit)),
		button.NewMenu(p.sh.T("sendpage.where", nil), item("serve", p.onServe), item("unserve", p.onUnserve),
			item("hall", p.onHall)),
		button.New(p.sh.T("sendpage.clear", nil), p.onClear), p.close, p.open,
	).WithBack(p.sh.Back).WithMore(p.sh.T("kit.more_acts", nil))
	p.state, p.side = container.NewStack(), container.NewStack()
	p.links = table.New(func(l deliveries.Link) string { return l.Unit }, p.linkColumns()...).Keep(p.sh, "send_links")
	p.links.Acts, p.links.OnSelect = p.linkActs, func(deliveries.Link) { p.showCode() }
	p.came = table.New(func(d deliveries.Delivery) string { return d.ID }, p.deliveryColumns()...).Keep(p.sh, "sent")
	p.came.Acts, p.came.OnOpen = p.deliveryActs, p.look
	p.units = container.NewStack()
	came := lay.Fill(look.NewStrongCut(p.sh.T("sendpage.came", nil), look.Section), p.came, nil)
	return header.Page(p.head, lay.Fill(p.state, lay.Split(lay.Gap16, []float32{6, 5}, p.units, came), nil))
}

func (p *sendingPage) linkColumns() []table.Column[deliveries.Link] {
	return []table.Column[deliveries.Link]{
		table.TextColumn(p.sh.T("sending.list_unit", nil), 4, 3, func(l deliveries.Link) string { return l.Unit }),
		{
			Title: p.sh.T("sending.list_link", nil), Min: 3,
			Cell: func(l deliveries.Link) table.Cell {
				if l.Issued.IsZero() {
					return table.Cell{Text: p.sh.T("sendpage.no_link", nil), Tone: look.Quiet}
				}
				return table.Cell{Text: l.Issued.Local().Format("01-02")}
			},
			Compare: func(a, b deliveries.Link) int { return a.Issued.Compare(b.Issued) },
		},
	}
}

// tones are those of states.
var tones = map[string]look.Tone{
	deliveries.Waiting: look.Waiting, deliveries.Taken: look.Done, deliveries.Refused: look.Quiet,
	deliveries.Misfit: look.Problem,
}

func (p *sendingPage) deliveryColumns() []table.Column[deliveries.Delivery] {
	return []table.Column[deliveries.Delivery]{
		table.TextColumn(p.sh.T("sending.list_at", nil), 5, 2, func(d deliveries.Delivery) string {
			return d.At.Local().Format("01-02 15:04")
		}),
		table.TextColumn(p.sh.T("sending.list_unit", nil), 5, 3, func(d deliveries.Delivery) string { return d.Unit }),
		table.TextColumn(p.sh.T("sendpage.holds", nil), 5, 2, p.holds),
		{
			Title: p.sh.T("sending.list_state", nil), Min: 4,
			Cell: func(d deliveries.Delivery) table.Cell {
				return table.Cell{Text: p.sh.T("sending.state_"+d.State, nil), Tone: tones[d.State]}
			},
			Compare: func(a, b deliveries.Delivery) int { return cmp.Compare(a.State, b.State) },
		},
	}
}

// rows are what came and what was not taken, the newest first.
func (p *sendingPage) rows() []deliveries.Delivery {
	out := slices.Clone(p.got.Deliveries)
	for _, u := range p.got.Unfit {
		d := u.Delivery
		d.Why = u.Said(p.sh.T)
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b deliveries.Delivery) int { return b.At.Compare(a.At) })
	return out
}

func (p *sendingPage) holds(d deliveries.Delivery) string {
	if d.State == deliveries.Misfit {
		return d.Name
	}
	if d.Kind == deliveries.Workbook {
		return p.sh.T("sendpage.list", nil)
	}
	return p.sh.T("sendpage.works", judging.Args{"N": d.Works, "Files": d.Files})
}

// Load reads how it stands.
func (p *sendingPage) Load() {
	var got deliveries.Standing
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		got, err = p.office.Sending().Standing(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.sh.ShowError(err)
			return
		}
		p.got = got
		p.show()
	})
}

func (p *sendingPage) show() {
	p.open.SetText(p.sh.T("sendpage.open", nil))
	if p.got.IsOpen {
		p.open.Hide()
		p.close.Show()
	} else {
		p.open.Show()
		p.close.Hide()
	}
	p.links.SetRows(p.got.Links)
	if len(p.got.Links) == 0 {
		list := button.New(p.sh.T("sendpage.units", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Units}) })
		text := p.sh.T("sendpage.no_units_text", nil)
		page.SetBody(p.units, status.NewEmpty(p.sh.T("sendpage.no_units", nil), text, list))
	} else {
		page.SetBody(p.units, lay.Split(lay.Gap8, []float32{5, 4}, p.links, lay.Surface(p.side)))
	}
	p.came.SetEmpty(status.NewEmpty(p.sh.T("sendpage.nothing", nil), "", nil))
	p.came.SetRows(p.rows())
	p.head.SetCount(p.sh.T("sendpage.count", judging.Args{"N": p.got.Count(deliveries.Waiting)}))
	if _, ok := p.links.Selected(); !ok && len(p.got.Links) > 0 {
		p.links.Select(p.got.Links[0].Unit)
	}
	p.tell()
	p.showCode()
}

// tell says in a sentence or two whether units can send, and where.
func (p *sendingPage) tell() {
	at, local := p.keeper.address()
	n := kit.Notice{Tone: look.Info, Text: p.sh.T("sendpage.is_closed", nil)}
	switch {
	case !p.got.IsOpen:
	case at == "":
		n.Tone, n.Text = look.Waiting, p.sh.T("sendpage.nowhere", nil)
		n.Action, n.Do = p.sh.T("sendpage.serve", nil), p.onServe
	default:
		n.Tone, n.Text = look.Done, p.sh.T("sendpage.is_open", judging.Args{"At": at})
		if !p.got.Until.IsZero() {
			n.Text = p.sh.T("sendpage.is_open_until",
				judging.Args{"At": at, "Until": p.got.Until.Local().Format("2006-01-02 15:04")})
		}
		if local {
			n.Text += p.sh.T("sendpage.stay", nil)
		}
	}
	page.SetBody(p.state, status.NewNotice(n, nil))
}

// showCode shows the code of the unit that is selected, where this window drew it.
func (p *sendingPage) showCode() {
	l, ok := p.links.Selected()
	if !ok {
		page.SetBody(p.side, lay.Stack(0))
		return
	}
	name := look.NewCutText(l.Unit, look.Section, look.Plain)
	link := p.keeper.link(l.Unit)
	fresh := button.New(p.sh.T("sendpage.link_new", nil), func() { p.onLink(l) })
	if link == "" {
		key := "sendpage.once"
		switch {
		case l.Issued.IsZero():
			key = "sendpage.none"
		case p.keeper.knows(l.Unit):
			key = "sendpage.where_first"
		}
		said := look.NewPara(p.sh.T(key, nil), look.Body, look.Quiet, 16).Fluid()
		page.SetBody(p.side, lay.Fill(name, said, lay.Row(0, fresh)))
		return
	}
	copied := button.New(p.sh.T("sendpage.copy", nil), func() { p.copyText(link) })
	page.SetBody(p.side, lay.Fill(name, newCode(p.sh, link), lay.Flow(lay.Gap8, copied, fresh)))
}

func (p *sendingPage) linkActs(l deliveries.Link) []*fyne.MenuItem {
	out := []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("sendpage.link_new", nil), func() { p.onLink(l) })}
	if !l.Issued.IsZero() {
		out = append(out, fyne.NewMenuItem(p.sh.T("sendpage.unlink", nil), func() { p.onUnlink(l) }))
	}
	return out
}

func (p *sendingPage) deliveryActs(d deliveries.Delivery) []*fyne.MenuItem {
	if d.State != deliveries.Waiting {
		return nil
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem(p.sh.T("sendpage.take", nil), func() { p.look(d) }),
		fyne.NewMenuItem(p.sh.T("sendpage.refuse", nil), func() { p.onRefuse(d) }),
	}
}

func (p *sendingPage) copyText(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	p.done("inbox.copied", nil)
}

func (p *sendingPage) done(key string, args judging.Args) {
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T(key, args)})
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f", float64(n)/(1<<20)) }
