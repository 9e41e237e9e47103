package app

import (
	"context"
	"io"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/listing"
	"fayi/app/organizer/page"
	"fayi/internal/atomicfile"
	"fayi/judging"
)

// lists lets people take along what a page lists: every page with a table has it, by one way.
type lists struct{ app *App }

// items are what the menu offers for the page shown.
func (l *lists) items() []*fyne.MenuItem {
	print := fyne.NewMenuItem(l.app.T("lists.print", nil), l.PrintPage)
	print.Shortcut = ctrl(fyne.KeyP)
	clip := fyne.NewMenuItem(l.app.T("lists.copy", nil), l.copy)
	clip.Shortcut = &desktop.CustomShortcut{
		KeyName: fyne.KeyC, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift,
	}
	return []*fyne.MenuItem{print, fyne.NewMenuItem(l.app.T("lists.excel", nil), l.saveExcel), clip}
}

// sheets are the lists of the page shown, with what the page says before them.
func (l *lists) sheets() []kit.Sheet {
	if l.app.frame == nil {
		return nil
	}
	all := listing.Collect(l.app.frame.page)
	if r, ok := l.app.page.(kit.Reporter); ok {
		if lines := r.Report(); len(lines) > 0 {
			all = append([]kit.Sheet{{Lines: lines}}, all...)
		}
	}
	return all
}

// some are the lists of the page shown; where there is none, that is said.
func (l *lists) some() ([]kit.Sheet, bool) {
	all := l.sheets()
	if listing.Rows(all) == 0 {
		l.app.Tell(kit.Notice{Tone: look.Info, Text: l.app.T("lists.none", nil)})
		return nil, false
	}
	return all, true
}

func (l *lists) copy() {
	if all, ok := l.some(); ok {
		l.app.fyne.Clipboard().SetContent(listing.Clip(all))
		l.app.Tell(kit.Notice{Tone: look.Done, Text: l.app.T("lists.copied", judging.Args{"N": listing.Rows(all)})})
	}
}

func (l *lists) saveExcel() {
	title := l.app.page.Title()
	l.save(".xlsx", func(w io.Writer, all []kit.Sheet) error { return listing.WriteExcel(w, l.app, title, all) })
}

// PrintPage writes the lists of the page shown as they are printed, and offers to open them.
func (l *lists) PrintPage() {
	title, text, foot, made := l.app.page.Title(), l.app.text, l.app.frame.status.Subject, time.Now()
	l.save(".pdf", func(w io.Writer, all []kit.Sheet) error {
		return listing.WritePDF(w, text, title, foot, made, all)
	})
}

// save asks for a place and writes there in the background.
func (l *lists) save(ending string, write func(w io.Writer, all []kit.Sheet) error) {
	all, ok := l.some()
	if !ok {
		return
	}
	l.app.SaveFile(page.FileName(l.app.page.Title())+ending, func(path string) {
		kit.Fetch(l.app, l.app.T("reports.making", nil), func(context.Context, kit.Progress) (string, error) {
			return path, atomicfile.Write(path, 0o644, func(w io.Writer) error { return write(w, all) })
		}, func(path string) { page.TellMade(l.app, path) })
	})
}
