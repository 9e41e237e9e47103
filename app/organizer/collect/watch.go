package collect

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/arrival"
	"fayi/judging/mail"
	call "fayi/judging/office/collect"
)

// lookEvery is how long the page waits between two looks at the folder.
const lookEvery = arrival.Quiet

// watching is the folder that is looked at while the page is shown. It is remembered for each contest on this computer.
type watching struct {
	key   string // under which the folder is remembered
	watch *arrival.Watch
	timer kit.Timer
	busy  bool
	left  bool // the page was left
}

// watchOf takes the folder up that was watched before.
func watchOf(contest string) *watching {
	w := &watching{key: "inbox.watch:" + contest}
	if app := fyne.CurrentApp(); app != nil {
		w.set(app.Preferences().String(w.key))
	}
	return w
}

func (w *watching) set(dir string) {
	w.watch = nil
	if dir != "" {
		w.watch = arrival.NewWatch(dir, time.Now)
	}
}

// keep watches another folder from now on; "" watches none.
func (w *watching) keep(dir string) {
	w.set(dir)
	if app := fyne.CurrentApp(); app != nil {
		app.Preferences().SetString(w.key, dir)
	}
}

// arrivalColumns are those of what lies in the folder.
func (p *inboxPage) arrivalColumns() []table.Column[call.Arrival] {
	return []table.Column[call.Arrival]{
		table.TextColumn(p.sh.T("call.arrival_name", nil), 8, 3, func(a call.Arrival) string { return a.Name }),
		{Title: p.sh.T("call.arrival_state", nil), Min: 5, Cell: func(a call.Arrival) table.Cell {
			tone := look.Waiting
			if a.State == call.Growing {
				tone = look.Plain
			}
			return table.Cell{Text: a.StateText(p.sh.T), Tone: tone}
		}},
	}
}

// arrivalActs are what can be done with something in the folder.
func (p *inboxPage) arrivalActs(a call.Arrival) []*fyne.MenuItem {
	if a.State != call.Waiting {
		return nil
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem(p.sh.T("inbox.take_it", nil), func() { p.look(a.Path) }),
		fyne.NewMenuItem(p.sh.T("inbox.lay_aside", nil), func() { p.onAside(a) }),
	}
}

// onAside lays something aside and offers to put it back.
func (p *inboxPage) onAside(a call.Arrival) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (call.Aside, error) {
			return p.office.LayAside(ctx, a.Path, false)
		},
		func(call.Aside) {
			p.lookNow()
			p.sh.Tell(kit.Notice{
				Tone: look.Done, Text: p.sh.T("cli.call_aside", judging.Args{"Name": a.Name}),
				Action: p.sh.T("inbox.put_back", nil), Undo: true, Do: func() { p.putBack(a.Path) },
			})
		})
}

func (p *inboxPage) putBack(path string) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (call.Aside, error) {
			return p.office.LayAside(ctx, path, true)
		},
		func(call.Aside) { p.lookNow() })
}

// onWatch asks for the folder to be watched.
func (p *inboxPage) onWatch() {
	p.sh.OpenFolder(func(dir string) {
		p.watching.keep(dir)
		p.lookNow()
	})
}

func (p *inboxPage) onWatchNone() {
	p.watching.keep("")
	p.showArrivals(nil)
}

// lookNow looks at the folder and again after a while, as long as the page is shown.
func (p *inboxPage) lookNow() {
	w := p.watching
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
	if w.watch == nil || w.busy || w.left {
		return
	}
	w.busy = true
	watch := w.watch
	var found []call.Arrival
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		list, _, err := watch.Look(ctx)
		if err == nil {
			found, err = p.office.Arrivals(ctx, list)
		}
		return err
	}, func(err error) {
		w.busy = false
		switch {
		case watch != w.watch: // another folder was chosen meanwhile
		case err != nil:
			p.watchNote.SetText(p.sh.Err(err))
		default:
			p.showArrivals(found)
		}
		if !w.left {
			w.timer = p.sh.After(lookEvery, p.lookNow)
		}
	})
}

// showArrivals shows what waits or grows; the rest was seen to.
func (p *inboxPage) showArrivals(list []call.Arrival) {
	list = slices.DeleteFunc(slices.Clone(list), func(a call.Arrival) bool {
		return a.State == call.TakenIn || a.State == call.SetAside || a.State == call.Doubled
	})
	w := p.watching.watch
	p.arrivals.SetRows(list)
	p.watchNote.Hidden = w == nil
	p.waiting.Hidden = w == nil || len(list) == 0
	if w != nil {
		p.watchNote.SetText(p.sh.T("inbox.watched", judging.Args{"Dir": filepath.Base(w.Dir()), "N": len(list)}))
	}
	p.right.Refresh()
}

// Leave ends looking at the folder.
func (p *inboxPage) Leave() {
	p.watching.left = true
	if p.watching.timer != nil {
		p.watching.timer.Stop()
	}
}

// onMail asks which mailbox is looked at. The password is asked each time and kept nowhere.
func (p *inboxPage) onMail() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]call.Mailbox, error) { return p.office.Mailboxes(ctx) },
		func(list []call.Mailbox) {
			var last call.Mailbox
			for _, m := range list {
				if !m.At.Before(last.At) {
					last = m
				}
			}
			p.sh.SaveIn(func(dir string) { p.askMail(last, dir) })
		})
}

func (p *inboxPage) askMail(last call.Mailbox, dir string) {
	host := field.NewText(p.sh, p.sh.T("mail.col_host", nil), p.sh.T("inbox.mail_host", nil),
		field.TextRule{Required: true, Limit: 200})
	host.SetText(last.Host)
	user := field.NewText(p.sh, p.sh.T("mail.col_user", nil), "", field.TextRule{Required: true, Limit: 200})
	user.SetText(last.User)
	password := field.NewPassword(p.sh, p.sh.T("mail.prompt", nil), p.sh.T("inbox.mail_password", nil))
	form := field.NewForm(host, user, password)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("inbox.mail", nil), Text: p.sh.T("inbox.mail_text", judging.Args{"Dir": filepath.Base(dir)}),
		Action: p.sh.T("inbox.mail_act", nil), Content: lay.Stack(lay.Gap8, host, user, password),
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			account := last.Account
			if host.Text() != last.Host {
				account = mail.Account{}
			}
			account.Host, account.User = host.Text(), user.Text()
			p.fetchMail(call.MailRequest{Account: account, Password: password.Text(), Dir: dir})
			return nil
		},
	})
}

// fetchMail saves attachments of letters, watches their folder from now on, and says what became of each letter.
func (p *inboxPage) fetchMail(req call.MailRequest) {
	kit.Fetch(p.sh, p.sh.T("cli.mailing", nil),
		func(ctx context.Context, say kit.Progress) (call.MailReport, error) {
			return p.office.FetchMail(ctx, req, say)
		},
		func(r call.MailReport) {
			p.watching.keep(req.Dir)
			p.lookNow()
			q := kit.Question{Title: p.sh.T("inbox.mail", nil), Text: p.sh.T("mail.done", r.Args())}
			if r.More > 0 {
				q.Text += "\n" + p.sh.T("mail.more", judging.Args{"N": r.More})
			}
			if len(r.Letters) > 0 {
				q.Content = p.letters(r.Letters)
			}
			p.sh.Ask(q)
		})
}

// letters lists what became of letters.
func (p *inboxPage) letters(list []call.LetterReport) fyne.CanvasObject {
	text := func(title string, min, weight float32, of func(call.LetterReport) string) table.Column[call.LetterReport] {
		return table.TextColumn(p.sh.T("mail.col_"+title, nil), min, weight, of)
	}
	t := table.New(func(l call.LetterReport) string { return l.Received.String() + l.From + l.Subject },
		text("from", 6, 2, func(l call.LetterReport) string { return l.From }),
		text("subject", 8, 3, func(l call.LetterReport) string { return l.Subject }),
		text("state", 10, 3, func(l call.LetterReport) string {
			return strings.Join(l.StateText(p.sh.T), p.sh.T("call.semicolon", nil))
		}))
	t.SetRows(list)
	return container.NewStack(lay.Blank(look.Em(46), look.Em(12)), t)
}
