package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// settings is the page of language, look, safety, copies and where things are.
type settings struct {
	sh      kit.Shell
	session *Session
	body    *fyne.Container
	copies  *fyne.Container

	password *fyne.Container // what can be done with it, and what it protects
}

func newSettings(sh kit.Shell, s *Session) *settings { return &settings{sh: sh, session: s} }

// Title is the page's name.
func (p *settings) Title() string { return p.sh.T("app.settings", nil) }

// Content builds the sections; the copies come with Load.
func (p *settings) Content() fyne.CanvasObject {
	p.copies = lay.Stack(lay.Gap4)
	p.body = lay.Stack(
		lay.Gap16, p.section("settings.look", p.look()), p.section("settings.safety", p.safety()),
		p.section("settings.copies", p.copies), p.section("settings.places", p.places()),
	)
	return header.Page(
		header.New(p.Title()),
		lay.VScroll(container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), p.body)),
	)
}

func (p *settings) section(key string, o fyne.CanvasObject) fyne.CanvasObject {
	return lay.Surface(lay.Stack(lay.Gap8, look.NewStrong(p.sh.T(key, nil), look.Section, look.Plain), o))
}

// line is a name with what can be chosen next to it.
func (p *settings) line(key string, o fyne.CanvasObject) fyne.CanvasObject {
	name := container.NewStack(lay.Blank(look.Em(9), 0), look.NewText(p.sh.T(key, nil), look.Body, look.Plain))
	return lay.Row(lay.Gap8, name, o)
}

func (p *settings) look() fyne.CanvasObject {
	a := p.session.app
	langs := []choice.Option{{Key: "zh-Hans", Title: "中文"}, {Key: "en", Title: "English"}}
	var sizes, modes []choice.Option
	for _, s := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		sizes = append(sizes, choice.Option{Key: string(s), Title: a.T("shell.size_"+string(s), nil)})
	}
	for _, m := range []look.Mode{look.Light, look.Dark, look.System} {
		modes = append(modes, choice.Option{Key: string(m), Title: a.T("shell.mode_"+string(m), nil)})
	}
	return lay.Stack(lay.Gap8,
		p.line("settings.language", choice.NewSegments(langs, a.Lang(), a.SetLang)),
		p.line(
			"settings.size",
			choice.NewSegments(sizes, string(a.look.Size), func(key string) { a.SetTextSize(look.TextSize(key)) }),
		),
		p.line(
			"settings.mode",
			choice.NewSegments(modes, string(a.look.Mode), func(key string) { a.SetMode(look.Mode(key)) }),
		))
}

func (p *settings) safety() fyne.CanvasObject {
	var minutes []choice.Option
	for _, n := range lockChoices {
		title := p.sh.T("settings.minutes", judging.Args{"N": n})
		if n == 0 {
			title = p.sh.T("guard.lock_never", nil)
		}
		minutes = append(minutes, choice.Option{Key: strconv.Itoa(n), Title: title})
	}
	g := p.session.guard
	lock := choice.NewSegments(minutes, strconv.Itoa(g.minutes()), func(key string) {
		n, _ := strconv.Atoi(key) // from the options above
		p.session.prefs.SetInt(prefLock, n)
	})
	p.password = lay.Stack(lay.Gap8)
	return lay.Stack(lay.Gap8, p.password, p.line("settings.lock", lock))
}

// showPassword says what the organiser's password protects, and what anyone at this computer can read without one.
func (p *settings) showPassword(has bool) {
	s := p.session
	text, tone := "seal.state_none", look.Waiting
	acts := []fyne.CanvasObject{button.New(p.sh.T("settings.set_password", nil), s.guard.askPassword)}
	switch {
	case s.now().Secrets().Sealed():
		text, tone = "seal.state_sealed", look.Quiet
		acts = []fyne.CanvasObject{
			button.New(p.sh.T("seal.change", nil), s.askChange), button.New(p.sh.T("seal.recode", nil), s.askRecode),
			button.NewPlain(p.sh.T("seal.clear", nil), s.askUnseal),
		}
	case has:
		text = "seal.state_gate"
		acts = append(acts, button.NewPlain(p.sh.T("seal.drop_gate", nil), p.onDropGate))
	}
	p.password.RemoveAll()
	p.password.Add(p.line("guard.password", lay.Row(lay.Gap8, acts...)))
	p.password.Add(look.NewPara(p.sh.T(text, nil), look.Note, tone, 44))
	p.body.Refresh()
}

// onDropGate takes away a password that seals nothing.
func (p *settings) onDropGate() {
	o := p.session.now()
	p.sh.Ask(kit.Question{
		Title: p.sh.T("seal.drop_gate", nil), Text: p.sh.T("guard.no_password", nil), Action: p.sh.T("seal.clear", nil),
		Do: func() error {
			err := o.Secrets().ClearPassword(context.Background())
			p.Load()
			return err
		},
	})
}

// places tells where the contest lies, and writes what support wants to know.
func (p *settings) places() fyne.CanvasObject {
	dir := p.session.now().Dir()
	open := button.New(p.sh.T("app.show_folder", nil), func() {
		page.ShowFolder(p.sh, filepath.Join(dir, "contest.db"))
	})
	return lay.Stack(lay.Gap8,
		p.line("settings.version", look.NewText(versionText(p.sh), look.Body, look.Plain)),
		p.line("settings.folder", lay.Row(lay.Gap8, look.NewPara(dir, look.Body, look.Plain, 34), open)),
		p.line(
			"settings.diagnostics",
			lay.Row(
				lay.Gap8, button.New(p.sh.T("settings.diagnostics_write", nil), p.onDiagnose),
				look.NewText(p.sh.T("settings.diagnostics_about", nil), look.Note, look.Quiet),
			),
		))
}

// Load lists the copies.
func (p *settings) Load() {
	o := p.session.now()
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]office.Backup, error) { return o.Backups(ctx) }, p.showCopies,
	)
	has := false
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		has, err = o.Secrets().HasPassword(ctx)
		return err
	}, func(err error) {
		p.sh.ShowError(err)
		p.showPassword(has)
	})
}

// mostCopies bounds how many copies are listed.
const mostCopies = 15

func (p *settings) showCopies(all []office.Backup) {
	p.copies.RemoveAll()
	head := look.NewPara(p.sh.T("settings.copies_about", nil), look.Note, look.Quiet, 44)
	p.copies.Add(lay.Spread(head, button.New(p.sh.T("app.menu_backup", nil), p.session.backup)))
	if len(all) == 0 {
		p.copies.Add(look.NewText(p.sh.T("settings.no_copies", nil), look.Body, look.Quiet))
	}
	for _, b := range all[:min(len(all), mostCopies)] {
		when := container.NewStack(
			lay.Blank(look.Em(13), 0), look.NewText(kit.DateTime(p.sh, b.At.Local()), look.Body, look.Plain),
		)
		why := container.NewStack(
			lay.Blank(look.Em(10), 0), look.NewText(p.sh.T("backup.why_"+b.Why, nil), look.Body, look.Quiet),
		)
		size := look.NewText(sizeText(b.Bytes), look.Note, look.Quiet)
		p.copies.Add(lay.Spread(
			lay.Row(lay.Gap8, when, why, size),
			button.NewPlain(p.sh.T("settings.restore", nil), func() { p.session.askRestore(b) }),
		))
	}
	p.body.Refresh()
}

func sizeText(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// onDiagnose writes what support needs: versions, counts and what was done when; no name, no title, no number of a
// person.
func (p *settings) onDiagnose() {
	o := p.session.now()
	p.sh.SaveFile(p.sh.T("settings.diagnostics_file", nil)+".txt", func(path string) {
		kit.Fetch(p.sh, p.sh.T("app.exporting", nil), func(ctx context.Context, _ kit.Progress) (string, error) {
			text, err := diagnose(ctx, o)
			if err != nil {
				return "", err
			}
			return path, writeText(path, text)
		}, func(string) {
			page.TellWritten(p.sh, path, p.sh.T("settings.diagnosed", judging.Args{"Path": path}))
		})
	})
}

func writeText(path, text string) error {
	err := atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		return judging.Fail(judging.Unavailable, "app.unwritable", judging.Args{"Path": path}).Because(err)
	}
	return nil
}

// restored is what a copy holds and what would be lost by going back to it.
type restored struct {
	office.Peek
	now   int  // journal entries of the contest
	proof bool // its awards are final, and the organiser has a password
}

// lookAt reads the copy and the contest that it would replace.
func (s *Session) lookAt(ctx context.Context, o *office.Office, copy string) (r restored, err error) {
	if r.Peek, err = s.files.Peek(ctx, copy); err != nil {
		return r, err
	}
	entries, err := o.Journal(ctx)
	if err != nil {
		return r, err
	}
	r.now = len(entries)
	board, err := o.Notices().ListNotices(ctx)
	if err != nil || board.Notice == nil || board.Notice.State != judging.Final {
		return r, err
	}
	r.proof, err = o.Secrets().HasPassword(ctx)
	return r, err
}

// askRestore shows what a copy holds, then puts it in the contest's place. Over awards that are final it asks for the
// organiser's password.
func (s *Session) askRestore(b office.Backup) {
	o := s.now()
	var r restored
	s.app.Run(
		s.app.T("settings.looking", nil), func(ctx context.Context, _ kit.Progress) (err error) {
			r, err = s.lookAt(ctx, o, b.Path)
			return err
		},
		func(err error) {
			if sealing.Shut(err) { // under the password of another time
				s.askCopy(b.Path, func(office.Peek) { s.askRestore(b) })
				return
			}
			if err != nil {
				s.app.ShowError(err)
				return
			}
			holds := s.app.T("backup.holds", judging.Args{
				"Name":   r.Title(),
				"Works":  r.Works[judging.Accepted],
				"Judges": r.Judges,
				"Scored": r.Scored,
				"Last":   kit.DateTime(s.app, r.Last.Local()),
			})
			text := strings.Join([]string{holds, s.app.T("settings.restore_ask", judging.Args{
				"N": max(0, r.now-r.Entries),
			})}, "\n")
			s.confirmRestore(o, b.Path, text, r.proof)
		},
	)
}

// confirmRestore asks for the tick, and for the organiser's password where it must be proven that the organiser asks.
func (s *Session) confirmRestore(o *office.Office, copy, text string, proof bool) {
	q := kit.Question{
		Title:  s.app.T("settings.restore_title", nil),
		Text:   text,
		Check:  s.app.T("settings.restore_check", nil),
		Action: s.app.T("settings.restore_do", nil),
		Danger: true,
	}
	word := field.NewText(
		s.app, s.app.T("guard.password", nil), s.app.T("settings.restore_proof", nil),
		field.TextRule{Required: true, Limit: 64, Secret: true},
	)
	if proof {
		q.Content = word
	}
	q.Do = func() error {
		if proof && word.Text() == "" { // it is not tried in vain: wrong ones are counted
			return judging.Fail(judging.Invalid, "kit.empty", nil)
		}
		was, err := o.MayRestore(context.Background(), word.Text())
		if err == nil {
			s.restore(copy, was)
		}
		return err
	}
	s.app.Ask(q)
}

// restore closes the contest, puts the copy in its place and opens it again; the data as they were stay next to it
// as a copy of their own, and the journal tells what was replaced.
func (s *Session) restore(copy string, was office.State) {
	o := s.now()
	dir := o.Dir()
	s.swap(nil)
	s.app.Restart(kit.Route{Kind: page.Start})
	kit.Fetch(
		s.app, s.app.T("settings.restoring", nil), func(ctx context.Context, _ kit.Progress) (*office.Office, error) {
			if err := o.Close(); err != nil {
				return nil, err
			}
			if err := s.files.Restore(ctx, dir, copy); err != nil {
				return nil, err
			}
			again, err := s.files.Open(ctx, dir)
			if err != nil {
				return nil, err
			}
			if err := again.NoteRestored(ctx, was); err != nil {
				return nil, errors.Join(err, again.Close())
			}
			return again, nil
		},
		func(again *office.Office) {
			s.enter(again)
			s.app.Tell(kit.Notice{Tone: look.Done, Text: s.app.T("settings.restored", nil)})
		},
	)
}
