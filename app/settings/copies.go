package settings

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// mostCopies bounds how many copies are listed.
const mostCopies = 15

// copies are the backups of the contest.
type copies struct {
	all    []office.Backup
	sealed bool            // the contest is
	plain  map[string]bool // names of those that anyone can read
}

// loadCopies lists the backups, and of a sealed contest those that anyone can read.
func (p *settingsPage) loadCopies() {
	o := p.s.host.Office()
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (c copies, err error) {
		c.sealed, c.plain = o.Secrets().Sealed(), map[string]bool{}
		if c.sealed {
			for _, name := range sealing.PlainCopies(o.Dir()) {
				c.plain[name] = true
			}
		}
		c.all, err = o.Backups(ctx)
		return c, err
	}, p.showCopies)
}

func (p *settingsPage) showCopies(c copies) {
	p.copies.RemoveAll()
	above := func(text *look.Para, act *button.Button) {
		p.copies.Add(container.NewBorder(nil, nil, nil, lay.Stack(0, act), text.Fluid()))
	}
	above(look.NewPara(p.sh.T("settings.copies_about", nil), look.Note, look.Quiet, 44),
		button.New(p.sh.T("app.menu_backup", nil), p.s.host.Backup))
	if n := len(c.plain); n > 0 {
		above(look.NewPara(p.sh.T("settings.copies_plain", judging.Args{"Count": n}), look.Note, look.Waiting, 40),
			button.New(p.sh.T("settings.seal_copies", nil), func() { p.s.host.Seals().SealCopies(p.loadCopies) }))
	}
	if len(c.all) == 0 {
		p.copies.Add(look.NewText(p.sh.T("settings.no_copies", nil), look.Body, look.Quiet))
	}
	for _, b := range c.all[:min(len(c.all), mostCopies)] {
		p.copies.Add(p.copyRow(b, c.plain[filepath.Base(b.Path)]))
	}
	p.body.Refresh()
}

// copyRow is one backup: when and why it was made, its size, and whether anyone can read it although the contest is
// encrypted.
func (p *settingsPage) copyRow(b office.Backup, plain bool) fyne.CanvasObject {
	when := container.NewStack(
		lay.Blank(look.Em(13), 0), look.NewText(kit.DateTime(p.sh, b.At.Local()), look.Body, look.Plain),
	)
	why := container.NewStack(
		lay.Blank(look.Em(10), 0), look.NewText(p.sh.T("backup.why_"+b.Why, nil), look.Body, look.Quiet),
	)
	parts := []fyne.CanvasObject{when, why, look.NewText(kit.Bytes(b.Bytes), look.Note, look.Quiet)}
	if plain {
		parts = append(parts, look.NewText(p.sh.T("settings.copy_plain", nil), look.Note, look.Waiting))
	}
	return lay.Spread(
		lay.Row(lay.Gap8, parts...),
		button.NewPlain(p.sh.T("settings.restore", nil), func() { p.s.AskRestore(b) }),
	)
}
