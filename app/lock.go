package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/organizer/page"
	"fayi/app/seats"
	"fayi/judging"
)

// guard 评委模式 keeps the computer to judges who come to it one after another: the whole screen, no menu, no page but
// the list of names, the PIN and the desk of who gave it. It is left with the organiser's password, if there is
// one, also after the program was started again.
type guard struct {
	session *Session

	on     bool
	seated judging.JudgeID // who has proved to be here; "" at the list and behind the lock
	seen   time.Time       // when somebody last pressed a key or moved the pointer
	stop   chan struct{}
}

var _ Guard = (*guard)(nil)

const (
	prefGuarded = "judge_mode"   // the contest's folder while the computer is handed over
	prefLock    = "lock_minutes" // 0: never

	usualLock = 10
	lookEvery = 10 * time.Second
)

// lockChoices are the minutes to choose from; 0 is never.
var lockChoices = []int{3, 5, 10, 20, 0}

// On reports whether the computer is handed over.
func (g *guard) On() bool { return g.on }

// Seen notes that somebody is here.
func (g *guard) Seen() { g.seen = g.session.files.Now() }

// Closing asks for the organiser's password, if there is one. The computer stays handed over: opened again, the
// contest shows the list of names.
func (g *guard) Closing(close func()) {
	g.ifPassword(func() { g.askProof("guard.close_title", close) }, close)
}

// begin hands the computer over.
func (g *guard) begin() {
	if g.on {
		return
	}
	s := g.session
	g.on, g.stop = true, make(chan struct{})
	g.Seen()
	s.Prefs.SetString(prefGuarded, s.now().Dir())
	s.app.win.SetFullScreen(true)
	ended, closed := g.stop, s.stop
	s.follow(func() { s.app.every(lookEvery, g.lockDeserted, ended, closed) })
}

// end gives the computer back to the organiser.
func (g *guard) end() {
	if !g.on {
		return
	}
	close(g.stop)
	g.on, g.seated = false, ""
	g.session.Prefs.RemoveValue(prefGuarded)
	g.session.app.win.SetFullScreen(false)
}

// lockDeserted hides a desk at which nobody has been for too long. While something plays, somebody is there.
func (g *guard) lockDeserted() {
	if p, ok := g.session.app.page.(kit.Awake); ok && p.Awake() {
		g.Seen() // a film is longer than people sit still at a page
	}
	after := time.Duration(g.minutes()) * time.Minute
	if g.on && g.seated != "" && after > 0 && g.session.files.Now().Sub(g.seen) >= after {
		g.lock()
	}
}

// lock hides the desk with all that lies on it. What is not saved is saved as at leaving a page; the place is kept.
func (g *guard) lock() {
	a, judge := g.session.app, g.seated
	g.seated = ""
	overlays := a.win.Canvas().Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		overlays.Remove(top)
	}
	a.Navigate(kit.Route{Kind: seats.Kind, ID: string(judge), Tab: seats.Locked})
}

// sit opens the desk of a judge who has proved to be here; one who was locked out returns to where they were.
func (g *guard) sit(judge judging.JudgeID, locked bool) {
	g.seated = judge
	g.Seen()
	a := g.session.app
	desk := kit.Route{Kind: page.Desk, ID: string(judge)}
	if n := len(a.trail.back); locked && n > 0 && a.trail.back[n-1] == desk {
		a.Back()
		return
	}
	a.Restart(desk)
}

// rise takes a judge's hand off the computer; the next one finds the list of names.
func (g *guard) rise() {
	g.seated = ""
	g.session.app.Restart(kit.Route{Kind: page.HandOver})
}

// home is where an opened contest begins: at the list of names, when the computer was handed over as the program
// ended.
func (g *guard) home(dir string) kit.Route {
	if kept := g.session.Prefs.String(prefGuarded); kept != "" && sameFolder(kept, dir) {
		return kit.Route{Kind: page.HandOver}
	}
	return kit.Route{Kind: page.Overview}
}

// pages puts the guard before all pages: while the computer is handed over, any but the judges' own leads to the
// list of names, and a desk opens only for who gave its PIN.
func (g *guard) pages(all map[string]Maker) map[string]Maker {
	for kind, maker := range all {
		if kind == helpKind { // a manual tells nothing of the contest
			continue
		}
		all[kind] = func(sh kit.Shell, r kit.Route) kit.Page {
			if g.on {
				return seats.NewNames(sh, g.ways())
			}
			return maker(sh, r)
		}
	}
	all[page.HandOver] = func(sh kit.Shell, r kit.Route) kit.Page {
		g.begin()
		if r.ID != "" {
			return seats.NewSeat(sh, g.ways(), r)
		}
		return seats.NewNames(sh, g.ways())
	}
	all[seats.Kind] = func(sh kit.Shell, r kit.Route) kit.Page {
		g.begin()
		return seats.NewSeat(sh, g.ways(), r)
	}
	all[page.Desk] = func(sh kit.Shell, r kit.Route) kit.Page {
		g.begin()
		if g.seated == "" || string(g.seated) != r.ID {
			return seats.NewNames(sh, g.ways())
		}
		o := g.session.now()
		return judge.NewDesk(sh, o.Scoring().Desk(g.seated), g.rise, judge.Comparing(o.Comparisons().Desk(g.seated)))
	}
	return all
}

// ways are what the pages of judges need of the window.
func (g *guard) ways() seats.Ways {
	o := g.session.now()
	return seats.Ways{
		Scores: o.Scoring().ScoresStatus, Compared: o.Comparisons().List,
		HasPIN: o.Secrets().HasPIN, CheckPIN: o.Secrets().CheckPIN,
		Leave: g.leave, Rise: g.rise, Sit: g.sit,
	}
}

// leave gives the computer back to the organiser, who has to prove it.
func (g *guard) leave() {
	back := func() {
		g.end()
		g.session.app.Restart(kit.Route{Kind: page.Progress})
	}
	proven := func() {
		back()
		g.session.seals().Offer()
	}
	g.ifPassword(func() { g.askProof("guard.leave_title", proven) }, func() {
		a := g.session.app
		a.Ask(kit.Question{
			Title:  a.T("guard.leave_title", nil),
			Text:   a.T("guard.no_password", nil),
			Action: a.T("guard.go_on", nil),
			Do: func() error {
				back()
				return nil
			},
		})
	})
}

// ifPassword goes one way where the organiser has a password and the other where not.
func (g *guard) ifPassword(has, none func()) {
	s, found := g.session, false
	o := s.now()
	s.app.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		found, err = o.Secrets().HasPassword(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			s.app.ShowError(err)
		case found:
			has()
		default:
			none()
		}
	})
}

// askProof asks for the organiser's password, then goes on.
func (g *guard) askProof(title string, then func()) {
	a, o := g.session.app, g.session.now()
	word := field.NewPassword(a, a.T("guard.password", nil), "")
	a.Ask(kit.Question{
		Title:   a.T(title, nil),
		Text:    a.T("guard.password_text", nil),
		Action:  a.T("guard.go_on", nil),
		Content: word,
		Do: func() error {
			if word.Text() == "" {
				return judging.Fail(judging.Invalid, "kit.empty", nil)
			}
			if err := o.Secrets().CheckPassword(context.Background(), word.Text()); err != nil {
				return err
			}
			then()
			return nil
		},
	})
	a.Focus(word.Entry())
}

// askPassword leads to what can be done with the organiser's password.
func (g *guard) askPassword() {
	if s := g.session; s.now().Secrets().Sealed() {
		s.app.Navigate(kit.Route{Kind: page.Settings})
	} else {
		s.seals().AskSeal()
	}
}

// minutes is how long a desk may be deserted; 0 for ever.
func (g *guard) minutes() int { return g.session.Prefs.IntWithFallback(prefLock, usualLock) }

// menu lets the organiser choose after how many minutes a deserted desk is hidden.
func (g *guard) menu() *fyne.MenuItem {
	a := g.session.app
	var items []*fyne.MenuItem
	for _, n := range lockChoices {
		title := a.T("guard.lock_after", map[string]any{"N": n})
		if n == 0 {
			title = a.T("guard.lock_never", nil)
		}
		item := fyne.NewMenuItem(title, func() {
			g.session.Prefs.SetInt(prefLock, n)
			a.rebuild()
		})
		item.Checked = n == g.minutes()
		items = append(items, item)
	}
	lock := fyne.NewMenuItem(a.T("guard.menu_lock", nil), nil)
	lock.ChildMenu = fyne.NewMenu("", items...)
	return lock
}
