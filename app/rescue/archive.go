package rescue

import (
	"bufio"
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store/archive"
)

// archivePage restores an archive as a new folder and opens it.
type archivePage struct {
	sh     kit.Shell
	host   Host
	path   string
	phrase *field.Text
	whole  *fyne.Container
	form   *fyne.Container // with the phrase, if the archive is sealed
	sealed bool
	place  *look.CutText
	where  string // the folder that the new one is made in
}

// IsArchive reports whether path is called like an archive.
func IsArchive(path string) bool { return strings.EqualFold(filepath.Ext(path), archive.Ending) }

// NewArchive returns the page of the archive at path.
func NewArchive(sh kit.Shell, host Host, path string) kit.Page {
	return &archivePage{sh: sh, host: host, path: path, where: host.Home()}
}

// Title is the page's name.
func (p *archivePage) Title() string { return p.sh.T("rescue.archive", nil) }

// Bare hides the rail.
func (p *archivePage) Bare() bool { return true }

// Content builds the form. What is typed stays readable: it is on paper next to the keyboard.
func (p *archivePage) Content() fyne.CanvasObject {
	p.phrase = field.NewText(p.sh, p.sh.T("rescue.phrase", nil), p.sh.T("rescue.phrase_help", nil), field.TextRule{
		Required: true, Limit: 200,
	})
	p.phrase.Entry().OnSubmitted = func(string) { p.onRestore() }
	p.form = container.NewStack()
	p.place = look.NewCutText(p.where, look.Body, look.Quiet)
	p.place.Least = 18
	choose := button.New(p.sh.T("rescue.where_choose", nil), func() {
		p.sh.SaveIn(func(dir string) {
			p.where = dir
			p.place.Set(dir, look.Quiet)
		})
	})
	where := lay.Stack(lay.Gap4, look.NewText(p.sh.T("rescue.where", nil), look.Body, look.Plain),
		container.NewBorder(nil, nil, nil, choose, p.place))
	acts := lay.Row(lay.Gap8, button.NewPrimary(p.sh.T("rescue.archive_do", nil), p.onRestore),
		button.New(p.sh.T("kit.cancel", nil), p.sh.Back))
	p.whole = container.NewCenter(lay.Surface(lay.Inset(lay.Gap16, lay.Stack(
		lay.Gap16, look.NewStrong(p.Title(), look.Title, look.Plain),
		look.NewPara(filepath.Base(p.path), look.Body, look.Quiet, 34),
		look.NewPara(p.sh.T("rescue.archive_text", nil), look.Body, look.Plain, 34), p.form, where, acts,
	))))
	return p.whole
}

// Load finds out whether a phrase is needed.
func (p *archivePage) Load() {
	sealed := false
	p.sh.Quietly(func(context.Context, kit.Progress) (err error) {
		sealed, err = isSealed(p.path)
		return err
	}, func(err error) {
		p.sh.ShowError(err)
		if p.sealed = sealed; !sealed || len(p.form.Objects) > 0 {
			return
		}
		p.form.Objects = []fyne.CanvasObject{field.NewForm(p.phrase)}
		p.whole.Refresh() // it is higher now
		p.sh.Focus(p.phrase.Entry())
	})
}

func isSealed(path string) (bool, error) {
	f, err := regular.Open(path)
	if err != nil {
		return false, judging.Fail(judging.Unavailable, "store.unavailable", judging.Args{
			"File": filepath.Base(path),
		}).Because(err)
	}
	defer f.Close()
	return archive.Sealed(bufio.NewReader(f)), nil
}

// onRestore restores the archive, then opens the contest. Files that were damaged when it was written are reported
// before.
func (p *archivePage) onRestore() {
	phrase := ""
	if p.sealed {
		if phrase = p.phrase.Text(); !p.phrase.Changed() {
			return
		}
	}
	name := strings.TrimSuffix(filepath.Base(p.path), filepath.Ext(p.path))
	dir := p.host.Free(filepath.Join(p.where, name), ".fayi")
	var r archive.Report
	p.sh.Run(p.sh.T("rescue.archive_reading", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		r, err = p.host.Unarchive(ctx, p.path, dir, phrase)
		return err
	}, func(err error) {
		switch {
		case p.sealed && judging.CodeOf(err) == judging.Forbidden:
			p.phrase.Tell(p.sh.Err(err))
			p.sh.Focus(p.phrase.Entry())
		case err != nil:
			p.sh.ShowError(err)
		case len(r.Damaged) > 0:
			p.sh.Ask(kit.Question{
				Title: p.Title(), Action: p.sh.T("rescue.open", nil),
				Text: p.sh.T("rescue.archive_done", judging.Args{"Name": r.Contest, "Path": dir}) + "\n" +
					p.sh.T("rescue.archive_damaged", judging.Args{"Count": len(r.Damaged)}),
				Do: func() error { p.host.Open(dir); return nil },
			})
		default:
			p.host.Open(dir)
		}
	})
}
