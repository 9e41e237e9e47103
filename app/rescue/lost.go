package rescue

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// mostBackups bounds how many whole backups are looked for: each is read from end to end.
const mostBackups = 10

// lostPage offers the whole backups of a contest that can't be opened.
type lostPage struct {
	sh    kit.Shell
	host  Host
	dir   string
	list  *fyne.Container
	word  *field.Text
	typed string // opens sealed backups
}

// NewLost returns the page of the contest in dir.
func NewLost(sh kit.Shell, host Host, dir string) kit.Page {
	return &lostPage{sh: sh, host: host, dir: dir}
}

// Title is the page's name.
func (p *lostPage) Title() string { return p.sh.T("rescue.lost", nil) }

// Bare hides the rail: no contest is open.
func (p *lostPage) Bare() bool { return true }

// Content says what happened; the backups come with Load.
func (p *lostPage) Content() fyne.CanvasObject {
	p.list = lay.Stack(lay.Gap8)
	p.word = field.NewPassword(p.sh, p.sh.T("seal.then", nil), "")
	p.word.Entry().OnSubmitted = func(string) { p.onTyped() }
	acts := lay.Row(lay.Gap8, button.New(p.sh.T("kit.cancel", nil), p.sh.Back),
		button.NewPlain(p.sh.T("app.show_folder", nil), func() {
			page.ShowFolder(p.sh, filepath.Join(p.dir, "contest.db"))
		}))
	head := lay.Stack(lay.Gap8, look.NewStrong(p.Title(), look.Title, look.Plain),
		look.NewPara(p.dir, look.Note, look.Quiet, 44),
		look.NewPara(p.sh.T("rescue.lost_what", nil), look.Body, look.Plain, 44))
	whole := container.NewBorder(head, acts, nil, nil, container.NewBorder(
		lay.Blank(0, lay.Gap8), lay.Blank(0, lay.Gap8), nil, nil,
		lay.VScroll(container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), p.list)),
	))
	return lay.Inset(lay.Around(), whole)
}

// found is what the folder of backups holds.
type found struct {
	whole  []held // newest first
	broken int
	shut   int // sealed, and not opened by what was typed
	why    error
}

// held is a whole backup.
type held struct {
	office.Backup
	office.Peek
}

// Load reads the backups, the newest first.
func (p *lostPage) Load() {
	typed := p.typed
	kit.Fetch(p.sh, p.sh.T("rescue.looking", nil), func(ctx context.Context, pr kit.Progress) (found, error) {
		return p.look(ctx, typed, pr)
	}, p.show)
}

func (p *lostPage) look(ctx context.Context, typed string, progress kit.Progress) (f found, err error) {
	all, err := office.BackupsIn(ctx, p.dir)
	for i, b := range all {
		if err != nil || len(f.whole) == mostBackups {
			break
		}
		progress(i, len(all))
		peek, broken := p.host.Whole(ctx, b.Path, typed)
		switch {
		case broken == nil:
			f.whole = append(f.whole, held{b, peek})
		case sealing.Shut(broken):
			if f.shut++; f.why == nil {
				f.why = broken // of the rest, which may have to wait because this was wrong
			}
		default:
			f.broken++
		}
		err = ctx.Err()
	}
	return f, err
}

func (p *lostPage) show(f found) {
	p.list.RemoveAll()
	if len(f.whole) > 0 {
		p.list.Add(look.NewPara(p.sh.T("rescue.lost_text", nil), look.Body, look.Plain, 44))
	}
	for i, h := range f.whole {
		p.list.Add(p.row(h, i == 0))
	}
	if f.shut > 0 {
		p.list.Add(look.NewPara(p.sh.T("rescue.shut", judging.Args{"Count": f.shut}), look.Body, look.Waiting, 40))
		p.list.Add(field.NewForm(p.word))
		p.list.Add(lay.Row(0, button.New(p.sh.T("rescue.shut_open", nil), p.onTyped)))
	}
	if len(f.whole)+f.shut == 0 {
		p.list.Add(look.NewPara(p.sh.T("rescue.none", nil), look.Body, look.Waiting, 40))
	}
	if f.broken > 0 {
		p.list.Add(look.NewPara(p.sh.T("rescue.broken", judging.Args{"Count": f.broken}), look.Note, look.Quiet, 40))
	}
	p.list.Refresh()
}

// row is a backup with its date, why it was made and what it holds.
func (p *lostPage) row(h held, newest bool) fyne.CanvasObject {
	when := look.NewStrong(kit.DateTime(p.sh, h.At.Local()), look.Body, look.Plain)
	why := look.NewText(p.sh.T("backup.why_"+h.Why, nil), look.Body, look.Quiet)
	holds := look.NewText(p.sh.T("rescue.holds", judging.Args{
		"Works": h.Works[judging.Accepted], "Judges": h.Judges, "Scored": h.Scored,
		"Last": kit.DateTime(p.sh, h.Last.Local()),
	}), look.Note, look.Quiet)
	restore := func() { p.onRestore(h) }
	act := button.New(p.sh.T("rescue.restore", nil), restore)
	if newest {
		act = button.NewPrimary(p.sh.T("rescue.restore", nil), restore)
	}
	name := look.NewCutText(h.Title(), look.Body, look.Plain)
	words := lay.Stack(lay.Gap4, lay.Row(lay.Gap16, when, why), name, holds)
	return lay.Sheet(0, lay.Inset(lay.Gap8, container.NewBorder(nil, nil, nil, container.NewCenter(act), words)))
}

// onRestore puts a backup back. One that carries an organiser's password wants it first: of the contest that can't be
// read nobody can be asked for it.
func (p *lostPage) onRestore(h held) {
	if !h.Guarded {
		p.host.BringBack(p.dir, h.Path)
		return
	}
	word := field.NewPassword(p.sh, p.sh.T("guard.password", nil), "")
	p.sh.Ask(kit.Question{
		Title: p.Title(), Text: p.sh.T("rescue.ask_copy", nil), Content: word, Action: p.sh.T("rescue.restore", nil),
		Do: func() error {
			err := p.host.Prove(context.Background(), h.Path, word.Text())
			if err == nil {
				p.host.BringBack(p.dir, h.Path)
			}
			return err
		},
	})
}

// onTyped looks again with what was typed. What opens none is said in place.
func (p *lostPage) onTyped() {
	if !p.word.Changed() {
		return
	}
	typed := p.word.Text()
	var f found
	p.sh.Run(p.sh.T("rescue.looking", nil), func(ctx context.Context, pr kit.Progress) (err error) {
		f, err = p.look(ctx, typed, pr)
		return err
	}, func(err error) {
		if err != nil {
			p.sh.ShowError(err)
			return
		}
		p.show(f)
		if f.shut > 0 {
			p.word.Tell(p.sh.Err(f.why))
			p.sh.Focus(p.word.Entry())
			return
		}
		p.typed = typed
	})
}
