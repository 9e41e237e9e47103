package reconcile

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/intake"
)

// showChoice says what the button would join.
func (p *reconcilePage) showChoice() {
	w, hasWork := p.works.Selected()
	var f intake.WaitingFile
	files := marked(p.files)
	if len(files) > 0 {
		f = files[0]
	}
	p.loose.set(f, len(files) > 0, w, hasWork, len(files))
}

// certain is how sure the best offer must be for Enter to take it: below, a person chooses.
const certain = 0.8

// isCertain reports whether a file's best offer leaves no doubt but a person's last word.
func isCertain(f intake.WaitingFile) bool { return len(f.Offers) > 0 && f.Offers[0].Score >= certain }

// marked are the files marked with Ctrl or Shift, or the one selected.
func marked(t *table.Table[intake.WaitingFile]) []intake.WaitingFile {
	if all := t.Ticked(); len(all) > 0 {
		return all
	}
	if f, ok := t.Selected(); ok {
		return []intake.WaitingFile{f}
	}
	return nil
}

// among returns what a press on f means: all files marked, if it is one of them.
func among(f intake.WaitingFile, t *table.Table[intake.WaitingFile]) []intake.WaitingFile {
	all := t.Ticked()
	if slices.ContainsFunc(all, func(o intake.WaitingFile) bool { return o.ID == f.ID }) {
		return all
	}
	return []intake.WaitingFile{f}
}

// give is a file that goes to a work.
type give struct {
	file  intake.WaitingFile
	work  judging.WorkID
	title string
}

// onJoin gives the marked files without a work to the selected work.
func (p *reconcilePage) onJoin() {
	if w, ok := p.works.Selected(); ok {
		p.giveAll(marked(p.files), w)
	}
}

// giveAll gives files to one work.
func (p *reconcilePage) giveAll(files []intake.WaitingFile, w intake.FilelessWork) {
	var gifts []give
	for _, f := range files {
		gifts = append(gifts, give{f, w.Work, w.Title})
	}
	p.attach(gifts)
}

// onEnter takes the best offer of a file if it is certain; else it says that a choice is wanted.
func (p *reconcilePage) onEnter(f intake.WaitingFile) {
	if !isCertain(f) {
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("mend.choose_offer", judging.Args{"N": len(f.Offers)})})
		return
	}
	p.onTake(f, 0)
}

// onTake takes the n-th offer.
func (p *reconcilePage) onTake(f intake.WaitingFile, n int) {
	if n < len(f.Offers) {
		p.attach([]give{{f, f.Offers[n].Work, f.Offers[n].Title}})
	}
}

// onCertain takes the best offers of all files that leave no doubt.
func (p *reconcilePage) onCertain() {
	var gifts []give
	for _, f := range p.got.Doubtful {
		if isCertain(f) {
			gifts = append(gifts, give{f, f.Offers[0].Work, f.Offers[0].Title})
		}
	}
	p.attach(gifts)
}

func (p *reconcilePage) attach(gifts []give) {
	if len(gifts) == 0 {
		return
	}
	text := p.sh.T("reconcile.attached", judging.Args{"File": gifts[0].file.File.Name, "Title": gifts[0].title})
	if len(gifts) > 1 {
		text = p.sh.T("mend.attached_many", judging.Args{"N": len(gifts)})
	}
	p.act(func(ctx context.Context) error {
		for _, g := range gifts {
			if err := p.office.AttachFile(ctx, g.file.ID, g.work, g.file.File.Aside); err != nil {
				return err
			}
		}
		return nil
	}, kit.Notice{
		Tone: look.Done, Text: text, Action: p.sh.T("reconcile.undo", nil), Undo: true,
		Do: func() { p.undoAttach(gifts) },
	})
}

// undoAttach takes the files off again.
func (p *reconcilePage) undoAttach(gifts []give) {
	p.act(func(ctx context.Context) error {
		for _, g := range gifts {
			if err := p.takeOff(ctx, g); err != nil {
				return err
			}
		}
		return nil
	}, kit.Notice{Text: p.backText(len(gifts), gifts[0].file)})
}

func (p *reconcilePage) backText(n int, first intake.WaitingFile) string {
	if n > 1 {
		return p.sh.T("mend.undone_many", judging.Args{"N": n})
	}
	return p.sh.T("reconcile.undone", judging.Args{"File": first.File.Name})
}

func (p *reconcilePage) takeOff(ctx context.Context, g give) error {
	w, err := p.office.Work(ctx, string(g.work))
	if err != nil {
		return err
	}
	for i, o := range w.Files {
		if o.Sum == g.file.File.Sum {
			return p.office.DetachFile(ctx, g.work, i)
		}
	}
	return nil
}

// onDismiss puts files away as nobody's.
func (p *reconcilePage) onDismiss(files []intake.WaitingFile) {
	if len(files) == 0 {
		return
	}
	set := func(on bool) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			for _, f := range files {
				if err := p.office.DismissFile(ctx, f.ID, on); err != nil {
					return err
				}
			}
			return nil
		}
	}
	text := p.sh.T("reconcile.put_away", judging.Args{"File": files[0].File.Name})
	if len(files) > 1 {
		text = p.sh.T("mend.put_away_many", judging.Args{"N": len(files)})
	}
	p.act(set(true), kit.Notice{
		Text: text, Action: p.sh.T("reconcile.undo", nil), Undo: true,
		Do: func() { p.act(set(false), kit.Notice{Text: p.backText(len(files), files[0])}) },
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
			p.pairs.TickAll(false)
			p.files.TickAll(false)
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
	case key.Name == fyne.KeyDelete && len(p.files.Ticked()) > 0:
		p.onDismiss(p.files.Ticked())
	case key.Name == fyne.KeyDelete && ok:
		p.onDismiss(among(f, p.pairs))
	case ok && len(key.Name) == 1 && key.Name >= "1" && key.Name <= "8":
		p.onTake(f, int(key.Name[0]-'1'))
	default:
		return false
	}
	return true
}
