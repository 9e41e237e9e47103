package intake

import (
	"context"
	"path"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// showChoice says what the button would join.
func (p *reconcilePage) showChoice() {
	w, hasWork := p.works.Selected()
	f, hasFile := p.files.Selected()
	p.loose.set(f, hasFile, w, hasWork)
}

// onJoin gives the selected file without a work to the selected work.
func (p *reconcilePage) onJoin() {
	w, hasWork := p.works.Selected()
	if f, ok := p.files.Selected(); ok && hasWork {
		p.attach(f, w.Work, w.Title)
	}
}

// onTake takes the n-th offer.
func (p *reconcilePage) onTake(f intake.WaitingFile, n int) {
	if n < len(f.Offers) {
		p.attach(f, f.Offers[n].Work, f.Offers[n].Title)
	}
}

func (p *reconcilePage) attach(f intake.WaitingFile, work judging.WorkID, title string) {
	p.act(func(ctx context.Context) error { return p.office.AttachFile(ctx, f.ID, work, f.File.Aside) },
		kit.Notice{
			Tone: kit.Done, Text: p.sh.T("reconcile.attached", judging.Args{"File": f.File.Name, "Title": title}),
			Action: p.sh.T("reconcile.undo", nil),
			Do:     func() { p.undoAttach(f, work) },
		})
}

// undoAttach takes the file off again.
func (p *reconcilePage) undoAttach(f intake.WaitingFile, work judging.WorkID) {
	p.act(func(ctx context.Context) error {
		all, err := p.office.Works(ctx, office.WorkFilter{})
		for _, w := range all {
			for i, o := range w.Files {
				if w.ID == work && o.Sum == f.File.Sum {
					return p.office.DetachFile(ctx, work, i)
				}
			}
		}
		return err
	}, kit.Notice{Text: p.sh.T("reconcile.undone", judging.Args{"File": f.File.Name})})
}

// onDismiss puts a file away as nobody's.
func (p *reconcilePage) onDismiss(f intake.WaitingFile) {
	set := func(on bool) func(ctx context.Context) error {
		return func(ctx context.Context) error { return p.office.DismissFile(ctx, f.ID, on) }
	}
	p.act(set(true), kit.Notice{
		Text: p.sh.T("reconcile.put_away", judging.Args{"File": f.File.Name}), Action: p.sh.T("reconcile.undo", nil),
		Do: func() {
			p.act(set(false), kit.Notice{Text: p.sh.T("reconcile.undone", judging.Args{"File": f.File.Name})})
		},
	})
}

// act does one small write, reports it and reads again.
func (p *reconcilePage) act(do func(ctx context.Context) error, told kit.Notice) {
	p.sh.Run(
		p.sh.T("reconcile.saving", nil), func(ctx context.Context, _ kit.Progress) error { return do(ctx) },
		func(err error) {
			if err != nil {
				p.sh.ShowError(err)
				return
			}
			p.sh.Tell(told)
			p.Load()
		},
	)
}

// Find puts the cursor in the search field.
func (p *reconcilePage) Find() { p.sh.Focus(p.search) }

// TypedKey takes 1-8 for the offers of the selected file, and Delete for a file that is nobody's.
func (p *reconcilePage) TypedKey(key *fyne.KeyEvent) bool {
	f, ok := p.pairs.Selected()
	switch {
	case key.Name == fyne.KeyDelete && ok:
		p.onDismiss(f)
	case ok && len(key.Name) == 1 && key.Name >= "1" && key.Name <= "8":
		p.onTake(f, int(key.Name[0]-'1'))
	default:
		return false
	}
	return true
}

// folderOf is the folder a file came in, "" for none.
func folderOf(f intake.WaitingFile) string {
	if d := path.Dir(f.Path); d != "." {
		return d
	}
	return ""
}
