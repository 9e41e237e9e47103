package settings

import (
	"cmp"
	"path/filepath"
	"strconv"

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
	"fayi/judging"
)

// settingsPage is the page of language, look, safety, copies and where things are.
type settingsPage struct {
	sh     kit.Shell
	s      *Settings
	body   *fyne.Container
	copies *fyne.Container
	second *fyne.Container // where else the contest is kept
	shared *fyne.Container // with whom

	password *fyne.Container // what can be done with it, and what it protects
}

// Page returns the page of the settings in sh.
func (s *Settings) Page(sh kit.Shell) kit.Page { return &settingsPage{sh: sh, s: s} }

// Title is the page's name.
func (p *settingsPage) Title() string { return p.sh.T("app.settings", nil) }

// Content builds the sections; the copies come with Load.
func (p *settingsPage) Content() fyne.CanvasObject {
	p.copies, p.second, p.shared = lay.Stack(lay.Gap4), container.NewStack(), container.NewStack()
	p.body = lay.Stack(
		lay.Gap16, p.section("settings.look", p.look()),
		p.section("settings.safety", p.safety()),
		p.section("settings.copies", lay.Stack(lay.Gap16, p.second, p.copies)),
		p.section("sharing.section", p.shared),
		p.section("settings.places", p.places()),
	)
	return header.Page(
		header.New(p.Title()),
		lay.VScroll(container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), p.body)),
	)
}

func (p *settingsPage) section(key string, o fyne.CanvasObject) fyne.CanvasObject {
	return lay.Surface(lay.Stack(lay.Gap8, look.NewStrong(p.sh.T(key, nil), look.Section, look.Plain), o))
}

// line is a name with what can be chosen next to it; a line without a key goes on with the one above.
func (p *settingsPage) line(key string, o fyne.CanvasObject) fyne.CanvasObject {
	title := ""
	if key != "" {
		title = p.sh.T(key, nil)
	}
	name := container.NewStack(lay.Blank(look.Em(9), 0), look.NewText(title, look.Body, look.Plain))
	return lay.Row(lay.Gap8, name, o)
}

func (p *settingsPage) look() fyne.CanvasObject {
	h := p.s.host
	langs := []choice.Option{{Key: "zh-Hans", Title: "中文"}, {Key: "en", Title: "English"}}
	var sizes, modes []choice.Option
	for _, s := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		sizes = append(sizes, choice.Option{Key: string(s), Title: h.T("shell.size_"+string(s), nil)})
	}
	for _, m := range []look.Mode{look.Light, look.Dark, look.System} {
		modes = append(modes, choice.Option{Key: string(m), Title: h.T("shell.mode_"+string(m), nil)})
	}
	return lay.Stack(lay.Gap8,
		p.line("settings.language", choice.NewSegments(langs, h.Lang(), h.SetLang)),
		p.line(
			"settings.size",
			choice.NewSegments(sizes, string(h.Look().Size), func(key string) { h.SetTextSize(look.TextSize(key)) }),
		),
		p.line(
			"settings.mode",
			choice.NewSegments(modes, string(h.Look().Mode), func(key string) { h.SetMode(look.Mode(key)) }),
		))
}

func (p *settingsPage) safety() fyne.CanvasObject {
	var minutes []choice.Option
	for _, n := range p.s.host.LockChoices() {
		title := p.sh.T("settings.minutes", judging.Args{"N": n})
		if n == 0 {
			title = p.sh.T("guard.lock_never", nil)
		}
		minutes = append(minutes, choice.Option{Key: strconv.Itoa(n), Title: title})
	}
	lock := choice.NewSegments(minutes, strconv.Itoa(p.s.host.LockMinutes()), func(key string) {
		n, _ := strconv.Atoi(key) // from the options above
		p.s.host.LockAfter(n)
	})
	p.password = lay.Stack(lay.Gap8)
	return lay.Stack(lay.Gap8, p.password, p.line("settings.lock", lock))
}

// places tells where the contest lies, and writes what support wants to know.
func (p *settingsPage) places() fyne.CanvasObject {
	dir := p.s.host.Office().Dir()
	open := button.New(p.sh.T("app.show_folder", nil), func() {
		page.ShowFolder(p.sh, filepath.Join(dir, "contest.db"))
	})
	return lay.Stack(lay.Gap8,
		p.machine(),
		p.line("settings.version", look.NewText(page.Version(p.sh), look.Body, look.Plain)),
		p.line("settings.folder", lay.Row(lay.Gap8, look.NewPara(dir, look.Body, look.Plain, 34), open)),
		p.line(
			"settings.diagnostics",
			lay.Stack(
				lay.Gap4, lay.Row(0, button.New(p.sh.T("settings.diagnostics_write", nil), p.onDiagnose)),
				look.NewText(p.sh.T("settings.diagnostics_about", nil), look.Note, look.Quiet),
			),
		))
}

// machine says what this computer is called, and lets it be named.
func (p *settingsPage) machine() fyne.CanvasObject {
	computer := p.s.host.Computer()
	name := look.NewText(cmp.Or(computer.Called(), p.sh.T("settings.machine_none", nil)), look.Body, look.Plain)
	return p.line("settings.machine", lay.Row(lay.Gap8, name, button.New(p.sh.T("settings.machine_name", nil), func() {
		f := field.NewText(p.sh, p.sh.T("settings.machine_field", nil), p.sh.T("settings.machine_help", nil),
			field.TextRule{Limit: 30})
		f.SetText(computer.Called())
		p.sh.Ask(kit.Question{
			Title: p.sh.T("settings.machine", nil), Content: f, Action: p.sh.T("settings.machine_do", nil),
			Do: func() error {
				if err := computer.Call(f.Text()); err != nil {
					return judging.Fail(judging.Unavailable, "settings.machine_failed", nil).Because(err)
				}
				name.Text = cmp.Or(computer.Called(), p.sh.T("settings.machine_none", nil))
				p.body.Refresh()
				return nil
			},
		})
	})))
}

// Load lists the copies.
func (p *settingsPage) Load() {
	p.second.Objects = []fyne.CanvasObject{p.elsewhere()}
	p.second.Refresh()
	p.shared.Objects = []fyne.CanvasObject{p.s.Sharing().Section(p.line)}
	p.shared.Refresh()
	p.loadCopies()
	p.s.host.Seals().Show(p.password, func(acts fyne.CanvasObject) fyne.CanvasObject {
		return p.line("guard.password", acts)
	})
}
