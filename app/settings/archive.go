package settings

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/store/archive"
)

// archived is an archive that was written.
type archived struct {
	archive.Report
	phrase string // that opens it; "" if it is not sealed
	names  []string
}

// onArchive asks whether the file is to be sealed, then where it is to lie.
func (p *settingsPage) onArchive() {
	seal := choice.NewCheck(p.sh.T("settings.archive_seal", nil), nil)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("settings.archive", nil), Text: p.sh.T("settings.archive_text", nil),
		Content: lay.Stack(
			lay.Gap4, seal, look.NewPara(p.sh.T("settings.archive_seal_about", nil), look.Note, look.Quiet, 34),
		),
		Action: p.sh.T("settings.archive_where", nil),
		Do: func() error {
			name := strings.TrimSuffix(filepath.Base(p.s.host.Office().Dir()), ".fayi") + archive.Ending
			p.sh.SaveFile(name, func(path string) { p.archive(path, seal.Checked) })
			return nil
		},
	})
}

// archive writes the file at path.
func (p *settingsPage) archive(path string, seal bool) {
	o := p.s.host.Office()
	kit.Fetch(p.sh, p.sh.T("archive.writing", nil), func(ctx context.Context, pr kit.Progress) (a archived, err error) {
		if seal {
			if a.phrase, err = p.s.host.NewPhrase(); err != nil {
				return a, err
			}
		}
		a.Report, err = o.Copies().Archive(ctx, path, a.phrase, func(done, total int64) {
			pr(int(done>>10), int(total>>10)) // an int of 32 bits counts 2 TB so
		})
		if err == nil {
			a.names, err = p.s.namesOf(ctx, o, a.Damaged)
		}
		return a, err
	}, func(a archived) {
		page.TellWritten(p.sh, a.File, p.sh.T("archive.written", judging.Args{
			"File": a.File, "Count": a.Files, "MB": megabytes(a.Bytes),
		}))
		if n := len(a.Damaged); n > 0 {
			p.s.showDamaged(p.sh.T("settings.archive_damaged", judging.Args{"Count": n}), a.names)
		}
		if a.phrase != "" {
			p.s.showPhrase(a.phrase)
		}
	})
}

// showPhrase shows what opens a sealed archive until somebody says that it is written down: it is kept nowhere.
func (s *Settings) showPhrase(phrase string) {
	copied := look.NewText("", look.Note, look.Quiet)
	act := button.New(s.host.T("settings.phrase_copy", nil), func() {
		fyne.CurrentApp().Clipboard().SetContent(phrase)
		copied.Text = s.host.T("settings.phrase_copied", nil)
		copied.Refresh()
	})
	s.host.Ask(kit.Question{
		Title: s.host.T("settings.phrase_title", nil), Text: s.host.T("settings.phrase_text", nil),
		Content: lay.Stack(
			lay.Gap16, look.NewStrong(phrase, look.Title, look.Plain), lay.Row(lay.Gap8, act, copied),
		),
		Check: s.host.T("settings.phrase_check", nil), Action: s.host.T("settings.phrase_done", nil),
		Do: func() error { return nil },
	})
}
