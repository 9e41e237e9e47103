package organizer

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/prepare"
)

// preparePage is the list of what to have ready for a contest, and when, to be printed.
type preparePage struct {
	sh      kit.Shell
	now     func() time.Time
	contest func(ctx context.Context) (judging.Contest, bool) // the open one, false for none
	open    bool
	state   prepareState
	kind    *field.Choice
	start   *field.Day
	head    *header.Header
	list    *fyne.Container
}

// prepareState is what is shown.
type prepareState struct {
	Read       bool // the open contest was asked
	Kind, Day  string
	Name, Host string // of the open contest
}

// NewPrepare returns the list, of the open contest if contest says that there is one.
func NewPrepare(
	sh kit.Shell, now func() time.Time, contest func(context.Context) (judging.Contest, bool), open bool,
) kit.Page {
	return &preparePage{
		sh: sh, now: now, contest: contest, open: open,
		state: prepareState{Kind: prepare.Usual, Day: now().Format(day.Form)},
	}
}

// Title is the page's name.
func (p *preparePage) Title() string { return p.sh.T("prepare.title", nil) }

// Bare hides the rail while no contest is open.
func (p *preparePage) Bare() bool { return !p.open }

// Keep keeps what is shown.
func (p *preparePage) Keep() any { return p.state }

// Restore takes it back.
func (p *preparePage) Restore(state any) { p.state, _ = state.(prepareState) }

// Content builds the fields above the list.
func (p *preparePage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(), button.NewPrimary(p.sh.T("prepare.print", nil), p.onWrite),
	).WithBack(p.sh.Back)
	var kinds []choice.Option
	all, err := prepare.Templates()
	if err != nil {
		p.sh.ShowError(err)
	}
	for _, t := range all {
		kinds = append(kinds, choice.Option{Key: t.Key, Title: p.sh.T("template.kind_"+t.Key, nil)})
	}
	p.kind = field.NewChoice(p.sh, p.sh.T("prepare.kind", nil), "", "", kinds)
	p.kind.OnChange = func(key string) { p.state.Kind = key; p.show() }
	p.start = field.NewDay(p.sh, p.sh.T("prepare.start", nil), "", field.DayRule{
		Now: p.now, Parse: parseDay, Check: func(text string) string {
			if _, err := day.Parse(text, p.now()); err != nil {
				return p.sh.Err(err)
			}
			return ""
		},
	})
	p.start.OnChange = func(text string) {
		if day, err := day.Parse(text, p.now()); err == nil {
			p.state.Day = day
			p.show()
		}
	}
	p.list = lay.Stack(lay.Gap16)
	p.fill()
	fields := lay.Tiles(lay.Gap24, look.Em(18), p.kind, p.start)
	return header.Page(p.head, lay.VScroll(page.ClearOfBar(lay.Stack(lay.Gap16, fields, p.list))))
}

func parseDay(text string, now time.Time) (time.Time, bool) {
	day, err := day.Parse(text, now)
	if err != nil {
		return time.Time{}, false
	}
	at, err := time.Parse(time.DateOnly, day)
	return at, err == nil
}

// fill writes what is chosen into the fields, and the list.
func (p *preparePage) fill() {
	p.kind.SetKey(p.state.Kind)
	p.start.SetText(kit.Date(p.sh, p.state.Day))
	p.show()
}

// Load takes kind and day of the open contest, once.
func (p *preparePage) Load() {
	if p.state.Read || !p.open {
		return
	}
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (prepareState, error) {
		c, ok := p.contest(ctx)
		if !ok {
			return p.state, nil
		}
		s := prepareState{true, c.Template, c.Created.Local().Format(day.Form), c.Title(), c.Host}
		if s.Kind == "" {
			s.Kind = prepare.Usual
		}
		return s, nil
	}, func(s prepareState) {
		p.state = s
		p.fill()
	})
}

// checklist is what is shown as a paper.
func (p *preparePage) checklist() (prepare.Checklist, error) {
	t, err := prepare.Find(p.state.Kind)
	at, wrong := time.Parse(day.Form, p.state.Day)
	if wrong != nil {
		at = p.now()
	}
	return prepare.Checklist{Template: t, Name: p.state.Name, Host: p.state.Host, Start: at}, err
}

func (p *preparePage) show() {
	c, err := p.checklist()
	if err != nil {
		p.sh.ShowError(err)
		return
	}
	days := lay.Stack(lay.Gap4)
	for _, d := range c.Template.Schedule(c.Start) {
		day := container.NewStack(lay.Blank(look.Em(9), 0), look.NewText(kit.Date(p.sh, d.Day), look.Body, look.Quiet))
		words := look.NewPara(p.sh.T("template.step_"+d.Name, nil), look.Body, look.Plain, 16).Fluid()
		days.Add(container.NewBorder(nil, nil, day, nil, words))
	}
	needs := lay.Stack(lay.Gap4)
	for _, n := range c.Template.Needs {
		box := lay.Stack(lay.Gap4, lay.Row(0, widget.NewIcon(theme.CheckButtonIcon()), lay.Blank(lay.Gap8, 0)))
		words := look.NewPara(p.sh.T("template.need_"+n, nil), look.Body, look.Plain, 40).Fluid()
		needs.Add(container.NewBorder(nil, nil, box, nil, words))
	}
	part := func(title string, o ...fyne.CanvasObject) fyne.CanvasObject {
		words := look.NewStrong(p.sh.T(title, nil), look.Section, look.Plain)
		return lay.Surface(lay.Stack(lay.Gap8, append([]fyne.CanvasObject{words}, o...)...))
	}
	note := look.NewPara(p.sh.T("prepare.days_text", nil), look.Note, look.Quiet, 30).Fluid()
	p.list.Objects = []fyne.CanvasObject{part("prepare.needs", needs), part("prepare.days", note, days)}
	p.list.Refresh()
}

// onWrite saves the list as a document to print.
func (p *preparePage) onWrite() {
	c, err := p.checklist()
	if err != nil {
		p.sh.ShowError(err)
		return
	}
	p.sh.SaveFile(p.sh.T("prepare.file", nil)+".docx", func(path string) {
		p.sh.Run(p.sh.T("prepare.making", nil), func(context.Context, kit.Progress) error {
			return c.Write(path, p.sh.T, func(day string) string { return kit.Date(p.sh, day) })
		}, func(err error) {
			if err != nil {
				p.sh.ShowError(err)
				return
			}
			page.TellWritten(p.sh, path, p.sh.T("prepare.written", judging.Args{"Path": path}))
		})
	})
}
