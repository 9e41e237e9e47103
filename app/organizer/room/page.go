package room

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/passes"
	"fayi/judging/room/host"
	"fayi/judging/room/lan"
)

// roomPage opens the room, shows who is here and what each judge scans, and closes it.
type roomPage struct {
	sh     kit.Shell
	keeper *Keeper
	office *office.Office
	head   *header.Header
	ahead  []*button.Button // of a room that is to be opened: look for networks again, open it
	acts   []*button.Button // of an open room: close it, print slips
	body   *fyne.Container
	form   *form // of a room that is to be opened
	view   *view // of the one that is open, nil where none is
	place  place // to be restored
}

// place is what the page keeps while another one is shown.
type place struct {
	judge string // selected
	ip    string
	port  float64
	names bool
	way   string
	files host.Secure
}

// NewPage returns the page of the room over a contest, or, with a judge as ID, that of their code.
func NewPage(sh kit.Shell, k *Keeper, o *office.Office, r kit.Route) kit.Page {
	if r.ID != "" {
		return &codePage{sh: sh, keeper: k, office: o, judge: judging.JudgeID(r.ID)}
	}
	return &roomPage{sh: sh, keeper: k, office: o}
}

// Title is the page's name.
func (p *roomPage) Title() string { return p.sh.T("roompage.title", nil) }

// Content builds the frame.
func (p *roomPage) Content() fyne.CanvasObject {
	p.ahead = []*button.Button{
		button.New(p.sh.T("roompage.again", nil), p.Load), button.NewPrimary(p.sh.T("roompage.open", nil), p.onOpen),
	}
	p.acts = []*button.Button{
		button.New(p.sh.T("roompage.close", nil), p.onClose),
		button.NewPrimary(p.sh.T("roompage.slips", nil), p.onSlips),
	}
	p.head = header.New(p.Title(), p.ahead[0], p.ahead[1], p.acts[0], p.acts[1]).WithBack(p.sh.Back)
	p.offer(nil)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// offer shows those of the page's acts, and hides all others.
func (p *roomPage) offer(these []*button.Button) {
	for _, all := range [][]*button.Button{p.ahead, p.acts} {
		for _, b := range all {
			if len(these) > 0 && these[0] == all[0] {
				b.Show()
			} else {
				b.Hide()
			}
		}
	}
	p.head.Refresh()
}

// Keep keeps who is selected and what was typed.
func (p *roomPage) Keep() any {
	p.note()
	return p.place
}

// Restore takes it up.
func (p *roomPage) Restore(state any) { p.place, _ = state.(place) }

// note notes what is selected and typed now.
func (p *roomPage) note() {
	if p.view != nil {
		p.place.judge = string(p.view.judge)
	}
	if p.form != nil {
		p.place.ip = p.form.chosen
		p.place.port, _ = p.form.port.Value()
		p.place.names, p.place.way, p.place.files = p.form.names.Checked, p.form.safety.way, p.form.safety.files
	}
}

// Load reads who is here, or where a room can be opened. Without a published plan it is too early.
func (p *roomPage) Load() {
	r := p.keeper.of(p.office)
	var rows []host.Row
	var all []lan.Address
	var who []passes.Entrance
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		if r != nil {
			rows, err = r.Rows(ctx)
			return err
		}
		if who, err = p.office.Passes().Entrances(ctx); err != nil {
			return err
		}
		all, err = readAddresses(ctx, p.keeper)
		return err
	}, func(err error) {
		switch {
		case p.keeper.of(p.office) != r:
			p.Load() // it was opened or closed while this was read
		case judging.CodeOf(err) == judging.Closed && r == nil:
			p.showEarly()
		case r != nil:
			p.showOpen(r, rows, err)
		case err != nil:
			p.sh.ShowError(err)
		default:
			p.showForm(all, who)
		}
	})
}

// showEarly says what has to come first.
func (p *roomPage) showEarly() {
	p.form, p.view = nil, nil
	p.offer(nil)
	act := button.NewPrimary(p.sh.T("app.next_assign_act", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Assign}) })
	page.SetBody(p.body, lay.Surface(status.NewEmpty(
		p.sh.T("app.progress_early", nil), p.sh.T("roompage.early", nil), act)))
}

func (p *roomPage) showForm(all []lan.Address, who []passes.Entrance) {
	p.offer(p.ahead)
	p.head.SetCount(p.sh.T("roompage.is_closed", nil))
	if p.form == nil {
		p.note()
		p.view, p.form = nil, newForm(p.sh, p.place)
		page.SetBody(p.body, lay.Surface(p.form.whole))
	}
	p.form.set(all)
	p.form.tellWho(who)
	if len(all) == 0 {
		p.ahead[1].Disable()
	} else {
		p.ahead[1].Enable()
	}
}

// showOpen shows the open room. What can't be read is said in the page: the window reads it again and again, and must
// not ask for an answer each time.
func (p *roomPage) showOpen(r *opened, rows []host.Row, fault error) {
	p.offer(p.acts)
	if p.view == nil || p.view.room != r {
		p.note()
		p.form, p.view = nil, newView(p.sh, r, viewActs{
			again: p.onLook, elsewhere: p.onElsewhere, issue: p.onIssue, release: p.onRelease, revoke: p.onRevoke,
			slip: p.onSlip,
		})
		p.view.judge = judging.JudgeID(p.place.judge)
		page.SetBody(p.body, p.view.whole)
	}
	if p.view.fault = fault; fault != nil {
		p.view.tell()
		return
	}
	p.head.SetCount(p.sh.T("roompage.is_open", judging.Args{"Here": r.Here(), "Judges": len(rows)}))
	p.view.set(rows)
	if _, looked := r.seen(); !looked {
		p.onLook()
	}
}

// onOpen opens the room where the form says. A port that is taken is said next to it.
func (p *roomPage) onOpen() {
	at, ok := p.form.place()
	if !ok {
		return
	}
	secure, ok := p.form.safety.secure()
	if !ok {
		return
	}
	as := how{at, p.form.names.Checked, secure}
	p.sh.Run(p.sh.T("roompage.opening", nil), func(ctx context.Context, _ kit.Progress) error {
		return p.keeper.open(ctx, p.office, as, p.sh.T("roompage.awake_why", nil))
	}, func(err error) {
		if judging.CodeOf(err) == judging.Busy && p.form != nil {
			p.form.port.Tell(p.sh.Err(err))
			p.form.port.Focus()
			return
		}
		p.sh.ShowError(err)
		p.sh.Reload()
	})
}

// onLook looks whether the room can be reached, and shows what came of it.
func (p *roomPage) onLook() {
	r := p.view.room
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		r.look(ctx)
		return ctx.Err()
	}, func(err error) {
		p.sh.ShowError(err)
		if p.view != nil && p.view.room == r {
			p.view.tell()
		}
	})
}

// done says in a notice that something was done.
func (p *roomPage) done(text string) { p.sh.Tell(kit.Notice{Tone: look.Done, Text: text}) }
