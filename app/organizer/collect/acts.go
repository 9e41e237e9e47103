package collect

import (
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
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	call "fayi/judging/office/collect"
)

// acts are what can be done with a unit.
func (p *inboxPage) acts(u call.UnitState) []*fyne.MenuItem {
	out := []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("units.show_works", nil), func() {
		p.sh.Navigate(kit.Route{Kind: page.Works, ID: u.Unit})
	})}
	if u.Listed {
		out = append(out, fyne.NewMenuItem(p.sh.T("inbox.kit_one", nil), func() { p.writeKit(u.Unit) }))
	}
	if u.State == call.Nothing {
		return append(out, fyne.NewMenuItem(p.sh.T("inbox.reminder", nil), func() { p.copyReminders(u.Unit) }))
	}
	return append(out, fyne.NewMenuItem(p.sh.T("inbox.receipt", nil), func() { p.copyReceipt(u.Unit) }))
}

// parcelActs are what can be done with a parcel.
func (p *inboxPage) parcelActs(a call.InboxParcel) []*fyne.MenuItem {
	keep := "inbox.drop"
	if a.Dropped {
		keep = "inbox.keep"
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem(p.sh.T("inbox.whose", nil), func() { p.onWhose(a) }),
		fyne.NewMenuItem(p.sh.T(keep, nil), func() {
			p.correct(call.ParcelChange{ID: a.ID, Drop: !a.Dropped, Keep: a.Dropped})
		}),
	}
}

// onWhose asks from whom a parcel came.
func (p *inboxPage) onWhose(a call.InboxParcel) {
	unit := field.NewText(p.sh, p.sh.T("call.list_unit", nil), "", field.TextRule{Required: true, Limit: 100})
	unit.SetText(a.Unit)
	if a.Like != "" {
		unit.SetText(a.Like)
	}
	form := field.NewForm(unit)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("inbox.whose", nil), Action: p.sh.T("inbox.whose_act", nil), Content: unit,
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			p.correct(call.ParcelChange{ID: a.ID, Unit: unit.Text()})
			return nil
		},
	})
}

func (p *inboxPage) correct(c call.ParcelChange) {
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		_, err := p.office.CorrectParcel(ctx, c)
		return err
	}, func(err error) {
		if err != nil {
			p.sh.ShowError(err)
			return
		}
		p.Load()
	})
}

// onTerms asks until when and where works are sent.
func (p *inboxPage) onTerms() {
	t := p.got.Terms
	text := func(key, now string) *field.Text {
		f := field.NewText(
			p.sh, p.sh.T("inbox.term_"+key, nil), p.sh.T("inbox.help_"+key, nil), field.TextRule{Limit: 100},
		)
		f.SetText(now)
		return f
	}
	day, to := text("deadline", t.Deadline), text("to", t.To)
	contact, phone := text("contact", t.Contact), text("phone", t.Phone)
	form := field.NewForm(day, to, contact, phone)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("inbox.terms", nil), Action: p.sh.T("inbox.terms_keep", nil),
		Content: lay.Stack(lay.Gap8, day, to, contact, phone),
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			said := [4]string{day.Text(), to.Text(), contact.Text(), phone.Text()}
			_, err := p.office.SetTerms(context.Background(), call.TermsChange{
				Deadline: &said[0], To: &said[1], Contact: &said[2], Phone: &said[3],
			})
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}

func (p *inboxPage) onKit() { p.writeKit("") }

// writeKit writes the kits into a new folder within one that is chosen: of all units, or of one.
func (p *inboxPage) writeKit(unit string) {
	p.sh.SaveIn(func(dir string) {
		name := p.sh.T("inbox.kit_folder", nil)
		req := call.KitRequest{}
		if unit != "" {
			name, req.Units = judging.LegalName(name+" "+unit, ""), []string{unit}
		}
		req.Dir = filepath.Join(dir, name)
		kit.Fetch(p.sh, p.sh.T("reports.making", nil),
			func(ctx context.Context, _ kit.Progress) (call.KitReport, error) {
				return p.office.WriteKit(ctx, req, p.sh.T)
			},
			func(r call.KitReport) {
				p.done("inbox.kit_made", judging.Args{"Units": len(r.Units), "Folder": filepath.Base(r.Path)})
			})
	})
}

// onReceipts writes the receipts into a new folder within one that is chosen.
func (p *inboxPage) onReceipts() {
	p.sh.SaveIn(func(dir string) {
		req := call.ReceiptRequest{Dir: filepath.Join(dir, p.sh.T("inbox.receipts_folder", nil))}
		kit.Fetch(p.sh, p.sh.T("reports.making", nil),
			func(ctx context.Context, _ kit.Progress) ([]call.Receipt, error) {
				return p.office.Receipts(ctx, req, p.sh.T)
			},
			func(list []call.Receipt) {
				p.done("inbox.receipts_made", judging.Args{"N": len(list), "Folder": filepath.Base(req.Dir)})
			})
	})
}

// onList writes the units as a workbook.
func (p *inboxPage) onList() {
	p.sh.SaveFile(p.sh.T("call.list_name", nil)+".xlsx", func(path string) {
		kit.Fetch(p.sh, p.sh.T("reports.making", nil),
			func(ctx context.Context, _ kit.Progress) (int, error) { return p.office.ReportUnits(ctx, path, p.sh.T) },
			func(int) { page.TellMade(p.sh, path) })
	})
}

func (p *inboxPage) done(key string, args judging.Args) {
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T(key, args)})
}

// copyText takes a message to the clipboard.
func (p *inboxPage) copyText(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	p.done("inbox.copied", nil)
}

func (p *inboxPage) onGroup() { p.copyText(p.got.GroupText(p.sh.T)) }

func (p *inboxPage) onReminders() { p.copyReminders("") }

// copyReminders copies the reminder of a unit, or of all from which nothing came.
func (p *inboxPage) copyReminders(unit string) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]call.Reminder, error) {
			return p.office.Reminders(ctx, "", p.sh.T)
		},
		func(list []call.Reminder) {
			var texts []string
			for _, r := range list {
				if unit == "" || r.Unit == unit {
					texts = append(texts, r.Text)
				}
			}
			if len(texts) == 0 {
				p.done("inbox.all_sent", nil)
				return
			}
			p.copyText(strings.Join(texts, "\n\n"))
		})
}

func (p *inboxPage) copyReceipt(unit string) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]call.Receipt, error) {
			return p.office.Receipts(ctx, call.ReceiptRequest{Units: []string{unit}}, p.sh.T)
		},
		func(list []call.Receipt) {
			if len(list) > 0 {
				p.copyText(list[0].Text)
			}
		})
}

// onTake asks for what a unit sent.
func (p *inboxPage) onTake() {
	p.sh.OpenFile(append([]string{".zip", ".rar", ".7z"}, filetype.TableEndings...), p.look)
}

// look shows what would come of a parcel.
func (p *inboxPage) look(path string) {
	kit.Fetch(p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, say kit.Progress) (call.TakeReport, error) {
			return p.office.TakeParcel(ctx, call.TakeRequest{Sources: []string{path}, DryRun: true}, say)
		}, func(r call.TakeReport) { p.askTake(path, r) })
}

// askTake asks whether a parcel is taken, and from whom it is. What came before as it is, is only said.
func (p *inboxPage) askTake(path string, r call.TakeReport) {
	a := r.Parcel
	lines := strings.Join(r.Lines(p.sh.T), "\n")
	if r.Same != "" {
		p.sh.Ask(kit.Question{Title: p.sh.T("inbox.take", nil), Text: lines})
		return
	}
	unit := field.NewText(p.sh, p.sh.T("inbox.from", nil), "", field.TextRule{Required: true, Limit: 100})
	parts := []fyne.CanvasObject{look.NewPara(lines, look.Body, look.Plain, 40).Fluid(), unit}
	if r.Asks { // nothing is guessed: a press puts in what may be meant
		parts = append(parts, p.mayBe(unit, a))
	} else {
		unit.SetText(a.Unit)
	}
	problems := r.Import.Problems
	for _, row := range r.Import.Rows {
		problems = append(problems, row.Problems...)
	}
	if told := page.ProblemLines(p.sh, problems); len(told) > 0 {
		list := page.NewProblems(p.sh, func() []table.ProblemLine { return told })
		list.SetLines(told)
		parts = append(parts, container.NewStack(lay.Blank(look.Em(40), look.Em(8)), list))
	}
	form := field.NewForm(unit)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("inbox.take", nil), Text: p.sh.T("cli.call_would_take", takenArgs(a)),
		Action: p.sh.T("inbox.take_act", nil), Content: lay.Stack(lay.Gap8, parts...),
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			req := call.TakeRequest{Sources: []string{path}}
			if r.Asks || unit.Text() != a.Unit {
				req.Unit = unit.Text()
			}
			p.take(req)
			return nil
		},
	})
}

// mayBe are the names that a parcel may be from, to be pressed.
func (p *inboxPage) mayBe(unit *field.Text, a call.Parcel) fyne.CanvasObject {
	var names []fyne.CanvasObject
	for _, name := range []string{a.Like, a.Unit} {
		if name != "" {
			names = append(names, button.New(name, func() { unit.SetText(name) }))
		}
	}
	return container.NewHBox(names...)
}

func takenArgs(a call.Parcel) judging.Args {
	return judging.Args{
		"ID": a.ID, "Accepted": a.Accepted, "Changed": a.Changed, "Unchanged": a.Unchanged, "Rejected": a.Rejected,
		"Files": a.Files.Came(), "Loose": a.Files.Doubtful + a.Files.Unmatched,
	}
}

func (p *inboxPage) take(req call.TakeRequest) {
	kit.Fetch(p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, say kit.Progress) (call.TakeReport, error) {
			return p.office.TakeParcel(ctx, req, say)
		}, func(r call.TakeReport) {
			p.Load()
			if r.Same != "" {
				p.sh.Tell(kit.Notice{Tone: look.Info, Text: strings.Join(r.Lines(p.sh.T), "\n")})
				return
			}
			p.done("cli.call_taken", takenArgs(r.Parcel))
		})
}
