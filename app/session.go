package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer"
	"fayi/app/organizer/page"
	"fayi/app/organizer/room"
	"fayi/app/organizer/sending"
	"fayi/app/recent"
	"fayi/app/seal"
	"fayi/app/settings"
	"fayi/app/shared"
	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/packet"
	"fayi/judging/sample"
)

// Session is the contest that is open in the window, and the ways into another one. All methods belong to the UI
// thread, but for what Config hands out as Status.
type Session struct {
	recent.Contests

	files  Files
	app    *App
	follow func(work func()) // runs what lasts as long as the contest is open

	mu     sync.RWMutex // status asks from off the UI thread
	office *office.Office
	saved  time.Time
	stop   chan struct{}

	packet *packet.Packet // of a judge on a computer of the judge's own
	guard  *guard         // of this computer while judges come one after another

	settings *settings.Settings
	room     *room.Keeper    // of judges who score on devices of their own
	sending  *sending.Keeper // of what units send
}

var _ organizer.Doors = (*Session)(nil)

// NewSession shows a window on fa with no contest open.
func NewSession(fa fyne.App, texts *assets.Catalogue, files Files, runner Runner) *Session {
	s := &Session{Contests: recent.Contests{Prefs: fa.Preferences()}, files: files}
	s.guard = &guard{session: s}
	s.app = New(fa, Config{
		Catalogue: texts,
		Pages:     s.pages(),
		Home:      kit.Route{Kind: page.Start},
		Search:    s.searchRoute,
		Help:      s.help,
		Status:    s.status,
		Menus:     s.menus,
		Closing:   s.askClosing,
		Closed:    s.close,
		Ways:      page.Ways,
		Called:    s.called,
		Runner:    runner,
		Guard:     s.guard,
		Scope:     s.scope,
		Dropped:   s.dropped,
	})
	s.settings = settings.New(settingsHost{s.app, s})
	s.room, s.sending = s.newKeeper(), sending.NewKeeper(sending.Config{Texts: texts, Now: s.files.Now})
	s.follow = s.app.cfg.Runner.Start
	return s
}

// Window returns the window.
func (s *Session) Window() *App { return s.app }

func (s *Session) pages() map[string]Maker {
	out := map[string]Maker{
		page.Start: func(sh kit.Shell, _ kit.Route) kit.Page { return organizer.NewStart(sh, s) },
		page.New:   func(sh kit.Shell, _ kit.Route) kit.Page { return organizer.NewNew(sh, s) },
		page.Prepare: func(sh kit.Shell, _ kit.Route) kit.Page {
			return organizer.NewPrepare(sh, s.files.Now, s.contest, s.now() != nil)
		},
	}
	for kind, maker := range organizer.Pages(s.now, s.files.Open) {
		out[kind] = maker
	}
	out[page.Room] = func(sh kit.Shell, r kit.Route) kit.Page { return room.NewPage(sh, s.room, s.now(), r) }
	out[page.Sending] = func(sh kit.Shell, _ kit.Route) kit.Page { return sending.NewPage(sh, s.sending, s.now()) }
	out[page.Screen] = func(sh kit.Shell, _ kit.Route) kit.Page { return room.NewScreen(sh, s.room, s.now()) }
	out[page.Settings] = func(sh kit.Shell, _ kit.Route) kit.Page { return s.settings.Page(sh) }
	out[helpKind] = func(sh kit.Shell, r kit.Route) kit.Page { return newHelp(sh, r) }
	s.rescuePages(out)
	out[seal.Kind] = func(sh kit.Shell, r kit.Route) kit.Page { return seal.NewUnlock(sh, opener{s}, r.ID) }
	s.packetPages(out)
	return s.guard.pages(out)
}

// help opens the manual where it speaks of the page shown.
func (s *Session) help(sh kit.Shell) {
	if here := s.app.Route(); here.Kind != helpKind {
		sh.Navigate(kit.Route{Kind: helpKind, ID: here.Kind})
	}
}

// searchRoute leads to the search once a contest is open.
func (s *Session) searchRoute() (kit.Route, bool) {
	return kit.Route{Kind: page.Search}, s.now() != nil
}

func (s *Session) now() *office.Office {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.office
}

// status tells the frame where the contest stands.
func (s *Session) status(ctx context.Context, text kit.Texter) (Status, error) {
	o := s.now()
	if o == nil {
		return Status{}, nil
	}
	sum, err := organizer.Stand(ctx, page.StagesOf(o))
	if err != nil {
		return Status{}, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	saved := text.T("app.saves_itself", nil)
	if !s.saved.IsZero() {
		saved = text.T("app.saved", judging.Args{"Clock": s.saved.Format("15:04")})
	}
	if o.ReadOnly() {
		saved = text.T("app.look_only", nil)
	}
	stages := s.room.Mark(text, organizer.Rail(text, sum))
	saved, tone := shared.Saved(text, s.files.Door, o.Dir(), saved)
	return Status{Subject: sum.Title(), Stages: stages, Saved: saved, Tone: tone}, nil
}

// menus returns the menu of the contest; none while a judge sits at the desk.
func (s *Session) menus(sh kit.Shell) []*fyne.Menu {
	if atDesk(sh.(*App).Route()) {
		return nil
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(sh.T("app.menu_new", nil), func() { sh.Navigate(kit.Route{Kind: page.New}) }),
		fyne.NewMenuItem(sh.T("app.menu_open", nil), func() { sh.OpenFolder(s.Open) }),
		fyne.NewMenuItem(sh.T("packet.menu_open", nil), s.AskPacket),
	}
	if s.now() != nil {
		items = append(
			items, fyne.NewMenuItem(sh.T("app.menu_backup", nil), s.backup),
			fyne.NewMenuItem(sh.T("app.menu_rehearse", nil), s.askRehearsal),
			fyne.NewMenuItemSeparator(),
			s.guard.menu(),
			fyne.NewMenuItem(sh.T("guard.menu_password", nil), s.guard.askPassword),
		)
	}
	return []*fyne.Menu{fyne.NewMenu(sh.T("app.menu_contest", nil), items...)}
}

func (s *Session) backup() {
	o := s.now()
	kit.Fetch(
		s.app, s.app.T("app.backing_up", nil),
		func(ctx context.Context, _ kit.Progress) (string, error) { return o.BackupContest(ctx) },
		func(path string) {
			s.app.Tell(kit.Notice{Tone: look.Done, Text: s.app.T("app.backed_up", judging.Args{"Path": path})})
		},
	)
}

// sampleSeed draws the same sample for everyone, so that manuals can speak of it.
const sampleSeed = 1

// Sample writes the sample's material below dir, brings it into a new contest and opens that.
func (s *Session) Sample(dir string) {
	s.room.AskClose(s.app, room.Changing, func() { s.sample(dir) })
}

func (s *Session) sample(dir string) {
	text := s.app.text
	kit.Fetch(s.app, s.app.T("app.sampling", nil), func(ctx context.Context, p kit.Progress) (*office.Office, error) {
		home, err := freeFolder(dir, text.T("app.sample_folder", nil))
		if err != nil {
			return nil, err
		}
		o, err := s.makeSample(ctx, home, text, p)
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(home))
		}
		return o, nil
	}, func(o *office.Office) {
		s.enter(o)
		s.app.Tell(kit.Notice{
			Tone:   look.Info,
			Text:   s.app.T("app.sample_made", judging.Args{"Path": filepath.Dir(o.Dir())}),
			Action: s.app.T("help.guide", nil),
			Do:     func() { s.app.Navigate(kit.Route{Kind: helpKind, ID: page.Start}) },
		})
	})
}

func (s *Session) makeSample(
	ctx context.Context, home string, text assets.Text, p kit.Progress,
) (*office.Office, error) {
	material := filepath.Join(home, text.T("app.sample_material", nil))
	if _, err := sample.Write(material, sampleSeed); err != nil {
		return nil, err
	}
	name := text.T("app.sample_name", nil)
	o, err := s.files.create(ctx, organizer.NewContest{
		Name: name, Host: text.T("app.sample_host", nil), Folder: home,
	})
	if err != nil {
		return nil, err
	}
	if err := fillSample(ctx, o, material, p); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

func fillSample(ctx context.Context, o *office.Office, material string, p kit.Progress) error {
	req := intake.ImportRequest{
		Sources: []string{filepath.Join(material, "来稿")},
		Media:   []string{filepath.Join(material, "作品")},
		// the sample sends some works twice, as offices do
		MergeSame: true,
	}
	if _, err := o.Intake().ImportWorks(ctx, req, p); err != nil {
		return err
	}
	_, err := o.Assignment().ImportJudges(ctx, assignment.JudgesRequest{Path: filepath.Join(material, "评委.xlsx")})
	return err
}

// freeFolder makes a folder called name below dir, with a number after it if there is one already.
func freeFolder(dir, name string) (string, error) {
	path := page.FreeName(filepath.Join(dir, name), "")
	if err := os.MkdirAll(path, 0o755); err != nil {
		return "", judging.Fail(judging.Unavailable, "media.unwritable", nil).Because(err)
	}
	return path, nil
}

// enter makes o the open contest and shows its overview.
func (s *Session) enter(o *office.Office) {
	old := s.now()
	if o != old {
		s.swap(o)
		s.follow(s.watch(o, s.stop))
	}
	s.app.Restart(s.guard.home(o.Dir()))
	if old != nil && old != o {
		s.app.ShowError(old.Close())
	}
	s.remember(o)
	if o.ReadOnly() {
		s.app.Tell(kit.Notice{Tone: look.Waiting, Text: s.app.T("app.look_only_text", nil)})
	}
	if found := o.Found(); len(found) > 0 && o != old {
		var words []string
		for _, f := range found {
			words = append(words, s.app.T("store.found_"+string(f), nil))
		}
		s.app.Tell(kit.Notice{Tone: look.Problem, Text: s.app.T("store.found", judging.Args{
			"What": strings.Join(words, " "),
		})})
	}
}

// swap puts o in the place of the open contest and tells the one that watched it to stop.
func (s *Session) swap(o *office.Office) {
	s.room.Drop(s.app)
	s.app.ShowError(s.sending.Close()) // who is sending goes on when it is opened again
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		close(s.stop)
	}
	s.office, s.saved, s.stop = o, time.Time{}, make(chan struct{})
}

// watch returns work that reloads the visible page at each change of o, until stop is closed.
func (s *Session) watch(o *office.Office, stop <-chan struct{}) func() {
	rings, leave := o.Subscribe()
	return func() {
		defer leave()
		for {
			select {
			case <-stop:
				return
			case <-rings:
				s.heard()
			}
		}
	}
}

// heard notes the time of a change and has the window reload. It may be called from any goroutine.
func (s *Session) heard() {
	s.mu.Lock()
	s.saved = s.files.Now()
	s.mu.Unlock()
	s.app.Changed()
}

func (s *Session) close() {
	_ = s.closePacket()   // as with the contest
	_, _ = s.room.Close() // that was asked about
	_ = s.sending.Close()
	if o := s.now(); o != nil {
		close(s.stop)
		_ = o.Close() // each change is on disk already, and there is no window left to tell in
	}
}

func (s *Session) remember(o *office.Office) {
	kit.Fetch(
		s.app, s.app.T("app.opening", nil),
		func(ctx context.Context, _ kit.Progress) (judging.Contest, error) { return o.Contest(ctx) },
		func(c judging.Contest) {
			s.Opened(organizer.RecentContest{Name: c.Title(), Dir: o.Dir()})
		},
	)
}

// Home is the folder 法艺评审 in the user's own folder.
func (s *Session) Home() string { return homeIn(s.app) }

// homeIn is Home, named in the language of t.
func homeIn(t kit.Texter) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	return filepath.Join(home, t.T("app.home_folder", nil))
}
