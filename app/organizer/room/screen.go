package room

import (
	"context"
	"net/url"

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
)

// screenPage shows the address of the big screen: large, as a picture for a camera, to be copied, and to be opened on
// this computer.
type screenPage struct {
	sh     kit.Shell
	keeper *Keeper
	office *office.Office
	acts   []*button.Button
	head   *header.Header
	body   *fyne.Container
	link   string // that is drawn
}

// NewScreen returns the page of the big screen's address.
func NewScreen(sh kit.Shell, k *Keeper, o *office.Office) kit.Page {
	return &screenPage{sh: sh, keeper: k, office: o}
}

// Title names the page.
func (p *screenPage) Title() string { return p.sh.T("stagepage.screen_title", nil) }

// Content builds the frame.
func (p *screenPage) Content() fyne.CanvasObject {
	p.acts = []*button.Button{
		button.New(p.sh.T("stagepage.screen_renew", nil), p.onRenew),
		button.New(p.sh.T("stagepage.screen_copy", nil), p.onCopy),
		button.NewPrimary(p.sh.T("stagepage.screen_open", nil), p.onOpen),
	}
	p.head = header.New(p.Title(), p.acts[0], p.acts[1], p.acts[2]).WithBack(p.sh.Back)
	p.offer(false)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

func (p *screenPage) offer(on bool) {
	for _, b := range p.acts {
		b.Hidden = !on
	}
	p.head.Refresh()
}

// Load finds the address. Only an open room answers to it.
func (p *screenPage) Load() {
	r := p.keeper.of(p.office)
	if r == nil {
		act := button.NewPrimary(p.sh.T("progress.room", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Room}) })
		p.none(p.sh.T("stagepage.screen_closed", nil), p.sh.T("stagepage.screen_closed_text", nil), act)
		return
	}
	var link string
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		link, err = r.Screen(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.none(p.Title(), p.sh.Err(err), button.New(p.sh.T("stagepage.read_again", nil), p.Load))
			return
		}
		p.show(link)
	})
}

func (p *screenPage) none(title, text string, act *button.Button) {
	p.link = ""
	p.offer(false)
	page.SetBody(p.body, lay.Surface(status.NewEmpty(title, text, act)))
}

func (p *screenPage) show(link string) {
	if p.offer(true); link == p.link {
		return
	}
	p.link = link
	how := lay.Stack(
		lay.Gap16, look.NewPara(p.sh.T("stagepage.screen_how", nil), look.Body, look.Plain, 30).Fluid(),
		look.NewPara(link, look.Title, look.Plain, 24).Fluid(),
		look.NewPara(p.sh.T("stagepage.screen_safe", nil), look.Note, look.Quiet, 40).Fluid(),
	)
	code := newCode(p.sh, link, look.Em(12))
	page.SetBody(p.body, lay.Surface(lay.Split(lay.Gap24, []float32{1, 1}, code, lay.VScroll(how))))
}

func (p *screenPage) onCopy() {
	fyne.CurrentApp().Clipboard().SetContent(p.link)
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("stagepage.screen_copied", nil)})
}

// onOpen opens the screen in this computer's browser.
func (p *screenPage) onOpen() {
	at, err := url.Parse(p.link)
	if err == nil {
		err = fyne.CurrentApp().OpenURL(at)
	}
	if err != nil {
		p.sh.ShowError(judging.Fail(judging.Unavailable, "stagepage.no_browser", nil).Because(err))
		return
	}
	p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("stagepage.screen_opened", nil)})
}

// onRenew ends the address that there is.
func (p *screenPage) onRenew() {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("stagepage.screen_renew", nil), Text: p.sh.T("stagepage.screen_renew_text", nil),
		Action: p.sh.T("stagepage.screen_renew_do", nil), Danger: true,
		Do: func() error {
			if _, err := p.office.Passes().ScreenPass(context.Background(), true); err != nil {
				return err
			}
			p.Load()
			return nil
		},
	})
}

// TypedKey goes back by Escape.
func (p *screenPage) TypedKey(key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeyEscape {
		return false
	}
	p.sh.Back()
	return true
}
