package organizer

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/draft"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
)

// newPage is the form for a new contest.
type newPage struct {
	sh     kit.Shell
	doors  Doors
	name   *field.Text
	host   *field.Text
	form   *field.Form
	folder *look.Para
	rules  *look.Para
	edit   *widget.Check
	state  newState
	draft  *draft.Draft
}

// newState is what the user wrote, kept over a change of language or size.
type newState struct{ NewContest }

// NewNew returns the form for a new contest.
func NewNew(sh kit.Shell, doors Doors) kit.Page {
	return &newPage{sh: sh, doors: doors, state: newState{NewContest{Folder: doors.Home()}}}
}

// Title is the page's name.
func (p *newPage) Title() string { return p.sh.T("app.start_new", nil) }

// Bare hides the rail.
func (p *newPage) Bare() bool { return true }

// Keep keeps what was written.
func (p *newPage) Keep() any {
	p.write()
	return p.state
}

// write takes over what stands in the form.
func (p *newPage) write() {
	p.state.Name, p.state.Host, p.state.Edit = p.name.Text(), p.host.Text(), p.edit.Checked
}

// Restore takes it back.
func (p *newPage) Restore(state any) { p.state, _ = state.(newState) }

// Content builds the form.
func (p *newPage) Content() fyne.CanvasObject {
	p.name = field.NewText(
		p.sh, p.sh.T("app.new_name", nil), p.sh.T("app.new_name_help", nil), field.TextRule{Required: true, Limit: 60},
	)
	p.host = field.NewText(
		p.sh, p.sh.T("app.new_host", nil), p.sh.T("app.new_host_help", nil), field.TextRule{Limit: 60},
	)
	p.name.SetText(p.state.Name)
	p.host.SetText(p.state.Host)
	p.name.OnChange = func(string) { p.ShowFolder() }
	p.folder, p.rules = look.NewPara(
		"", look.Body, look.Plain, pathChars,
	), look.NewPara("", look.Body, look.Plain, pathChars)
	p.ShowFolder() // before anything is laid out: rows are as high as their text then
	folder := field.New(
		p.sh.T("app.new_folder", nil), p.sh.T("app.new_folder_help", nil),
		p.withButton(p.folder, "app.new_folder_change", p.onFolder),
	)
	rules := field.New(
		p.sh.T("app.new_rules", nil), p.sh.T("app.new_rules_help", nil),
		p.withButton(p.rules, "app.new_rules_change", p.onRules),
	)
	p.edit = widget.NewCheck(p.sh.T("ruleedit.edit_first", nil), nil)
	p.edit.SetChecked(p.state.Edit)
	p.form = field.NewForm(p.name, p.host, folder, rules)
	written := lay.Stack(lay.Gap8, p.form, p.edit)
	p.draft = draft.Watch(p.sh, "new", written)
	act := lay.Row(
		lay.Gap8, button.NewPrimary(p.sh.T("app.new_create", nil), p.onCreate),
		button.New(p.sh.T("kit.cancel", nil), p.onCancel),
	)
	sheet := lay.Stack(lay.Gap24, written, act)
	if bar := p.draft.Offer(); bar != nil {
		sheet = lay.Stack(lay.Gap24, bar, written, act)
	}
	body := lay.Surface(sheet)
	head := header.New(p.Title()).WithBack(p.sh.Back)
	return header.Page(
		head, lay.VScroll(container.New(&columnLayout{most: look.Em(36)}, container.NewVBox(body))),
	)
}

// pathChars is the width of the text before a button, in Chinese characters.
const pathChars = 18

// withButton is a text with a button after it, as wide as a field.
func (p *newPage) withButton(text *look.Para, key string, tapped func()) fyne.CanvasObject {
	return lay.Spread(
		lay.Row(0, container.NewStack(lay.Blank(look.Em(pathChars), 0), text)),
		lay.Row(0, button.New(p.sh.T(key, nil), tapped)),
	)
}

// Load puts the cursor in the name.
func (p *newPage) Load() { p.sh.Focus(p.name.Entry()) }

func (p *newPage) ShowFolder() {
	p.folder.SetText(filepath.Join(p.state.Folder, page.FolderName(p.name.Text())))
	rules := p.sh.T("app.new_rules_bundled", nil)
	if p.state.Rules != "" {
		rules = filepath.Base(p.state.Rules)
	}
	p.rules.SetText(rules)
}

func (p *newPage) onFolder() {
	p.sh.SaveIn(func(path string) {
		p.state.Folder = path
		p.ShowFolder()
	})
}

func (p *newPage) onRules() {
	p.sh.OpenFile([]string{".toml"}, func(path string) {
		p.state.Rules = path
		p.ShowFolder()
	})
}

func (p *newPage) onCancel() {
	p.draft.Drop()
	p.sh.Back()
}

func (p *newPage) onCreate() {
	if !p.form.Valid() {
		return
	}
	p.write()
	p.draft.Drop()
	p.doors.Create(p.state.NewContest)
}
