package organizer

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/draft"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/prepare"
)

// newPage is the form for a new contest.
type newPage struct {
	sh    kit.Shell
	doors Doors
	kind  *field.Choice
	name  *field.Text
	host  *field.Text
	year  *field.Number
	form  *field.Form
	paths newPaths
	edit  *choice.Check
	state newState
	draft *draft.Draft
}

// newPaths are the lines that say where something lies or comes from.
type newPaths struct {
	about, folder *look.Para
	source        *fyne.Container // chooses what the rules come from, where that is no template
	from          *look.Para
}

// newState is what the user wrote, kept over a change of language or size.
type newState struct {
	NewContest
	Kind string // a template's key, kindLike or kindFile
}

// The kinds that are no templates: like an earlier contest, by a rule file of one's own.
const (
	kindLike = "like"
	kindFile = "file"
)

// NewNew returns the form for a new contest.
func NewNew(sh kit.Shell, doors Doors) kit.Page {
	s := newState{NewContest{Folder: doors.Home(), Year: doors.Now().Year()}, prepare.Usual}
	if recent := doors.Recent(); len(recent) > 0 && !recent[0].Missing {
		s.Like = recent[0].Dir
	}
	p := &newPage{sh: sh, doors: doors, state: s}
	p.state.Name = p.suggested()
	return p
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
	p.state.Year = 0
	if year, ok := p.year.Value(); ok {
		p.state.Year = int(year)
	}
}

// Restore takes it back.
func (p *newPage) Restore(state any) { p.state, _ = state.(newState) }

// suggested is the name that a contest of the kind and year would usually have.
func (p *newPage) suggested() string {
	kind := p.state.Kind
	if kind == kindLike || kind == kindFile {
		kind = prepare.Usual
	}
	name := p.sh.T("template.name_"+kind, nil)
	if p.state.Year == 0 {
		return name
	}
	return p.sh.T("template.full_name", judging.Args{"Year": p.state.Year, "Name": name})
}

// Content builds the form.
func (p *newPage) Content() fyne.CanvasObject {
	p.kind = field.NewChoice(p.sh, p.sh.T("newcontest.kind", nil), "", "", p.kinds())
	p.kind.SetKey(p.state.Kind)
	p.kind.OnChange = p.onKind
	p.name = field.NewText(
		p.sh, p.sh.T("app.new_name", nil), p.sh.T("app.new_name_help", nil), field.TextRule{Required: true, Limit: 60},
	)
	p.host = field.NewText(
		p.sh, p.sh.T("app.new_host", nil), p.sh.T("app.new_host_help", nil), field.TextRule{Limit: 60},
	)
	p.year = field.NewNumber(p.sh, p.sh.T("newcontest.year", nil), "", "", field.Range{Low: 1900, High: 2999}, true)
	p.name.SetText(p.state.Name)
	p.host.SetText(p.state.Host)
	if p.state.Year > 0 {
		p.year.SetValue(float64(p.state.Year))
	}
	p.name.OnChange = func(string) { p.showPlace() }
	p.year.OnChange = func(v float64, ok bool) {
		if ok {
			p.rename(func() { p.state.Year = int(v) })
		}
	}
	p.edit = choice.NewCheck(p.sh.T("ruleedit.edit_first", nil), nil)
	p.edit.SetChecked(p.state.Edit)
	p.paths = newPaths{
		about:  look.NewPara("", look.Note, look.Quiet, 34).Fluid(),
		folder: look.NewPara("", look.Body, look.Plain, pathChars),
		from:   look.NewPara("", look.Body, look.Plain, pathChars),
		source: container.NewStack(),
	}
	p.showKind() // before anything is laid out: rows are as high as their text then
	p.showPlace()
	return p.sheet()
}

// sheet sets what the contest is like next to what it is called, so that all is seen on a small screen. Where that is
// too narrow, the name follows the kind at once: the cursor begins there, and what it goes by must be in sight. The
// buttons stand below where they are always seen.
func (p *newPage) sheet() fyne.CanvasObject {
	folder := field.New(
		p.sh.T("app.new_folder", nil), p.sh.T("app.new_folder_help", nil),
		p.withButton(p.paths.folder, "app.new_folder_change", p.onFolder),
	)
	p.form = field.NewForm(p.kind, p.year, p.name, p.host, folder)
	rest := lay.Stack(lay.Gap16, p.paths.about, p.paths.source, field.NewForm(p.year), p.edit)
	written := lay.Stack(
		lay.Gap16, lay.Tiles(lay.Gap24, look.Em(28), field.NewForm(p.kind), field.NewForm(p.name)),
		lay.Tiles(lay.Gap24, look.Em(28), rest, field.NewForm(p.host, folder)),
	)
	p.draft = draft.Watch(p.sh, "new", written)
	act := lay.Row(
		lay.Gap8, button.NewPrimary(p.sh.T("app.new_create", nil), p.onCreate),
		button.New(p.sh.T("kit.cancel", nil), p.onCancel),
		button.NewPlain(p.sh.T("app.start_prepare_act", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Prepare}) }),
	)
	body := fyne.CanvasObject(written)
	if bar := p.draft.Offer(); bar != nil {
		body = lay.Stack(lay.Gap16, bar, written)
	}
	column := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(&columnLayout{most: look.Em(66)}, o)
	}
	head := header.New(p.Title()).WithBack(p.sh.Back)
	return header.Page(head, lay.Fill(
		nil, lay.VScroll(column(lay.Stack(lay.Gap4, lay.Surface(page.ClearOfBar(body))))), column(act),
	))
}

// kinds are the templates and the other sources of rules.
func (p *newPage) kinds() []choice.Option {
	var out []choice.Option
	all, err := prepare.Templates()
	if err != nil {
		p.sh.ShowError(err)
	}
	for _, t := range all {
		out = append(out, choice.Option{Key: t.Key, Title: p.sh.T("template.kind_"+t.Key, nil)})
	}
	return append(
		out, choice.Option{Key: kindLike, Title: p.sh.T("newcontest.like", nil)},
		choice.Option{Key: kindFile, Title: p.sh.T("newcontest.file", nil)},
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

// Choose chooses a kind as its field does: a template's key, "like" or "file".
func (p *newPage) Choose(kind string) { p.kind.SetKey(kind); p.onKind(kind) }

// onKind shows what the kind brings along.
func (p *newPage) onKind(key string) {
	p.rename(func() { p.state.Kind = key })
	p.showKind()
}

// rename does change, and gives the contest the name that is usual then unless the user wrote one of their own.
func (p *newPage) rename(change func()) {
	own := p.name.Text() != p.suggested() && strings.TrimSpace(p.name.Text()) != ""
	change()
	if !own {
		p.name.SetText(p.suggested())
		p.showPlace()
	}
}

// showKind says what the kind brings along, and asks for the contest or file that the rules come from.
func (p *newPage) showKind() {
	p.paths.source.Objects = nil
	switch p.state.Kind {
	case kindLike:
		p.paths.about.SetText(p.sh.T("newcontest.like_text", nil))
		p.source("newcontest.like_from", "newcontest.choose", p.state.Like, p.onLike)
	case kindFile:
		p.paths.about.SetText(p.sh.T("app.new_rules_help", nil))
		p.source("app.new_rules", "newcontest.choose", p.state.Rules, p.onRules)
	default:
		t, err := prepare.Find(p.state.Kind)
		if err != nil {
			p.paths.about.SetText(p.sh.Err(err))
			break
		}
		p.paths.about.SetText(aboutTemplate(p.sh, t))
	}
	p.paths.source.Hidden = len(p.paths.source.Objects) == 0
	p.paths.source.Refresh()
}

// source asks for the contest or the file that the rules come from.
func (p *newPage) source(label, choose, path string, tapped func()) {
	if path == "" {
		path = p.sh.T("newcontest.none", nil)
	}
	p.paths.from.SetText(path)
	p.paths.source.Objects = []fyne.CanvasObject{
		field.NewForm(field.New(p.sh.T(label, nil), "", p.withButton(p.paths.from, choose, tapped))),
	}
}

// aboutTemplate says in a sentence what a template brings along.
func aboutTemplate(t kit.Texter, tpl prepare.Template) string {
	mark := t.T("newcontest.mark", nil)
	var categories, groups, awards []string
	for _, c := range tpl.Rules.Categories {
		categories = append(categories, c.Name)
	}
	for _, g := range tpl.Rules.Groups {
		groups = append(groups, g.Name)
	}
	for _, a := range tpl.Rules.Awards {
		awards = append(awards, a.Name)
	}
	in := t.T("template.no_groups", nil)
	if len(groups) > 0 {
		in = t.T("template.groups", judging.Args{"Names": strings.Join(groups, mark)})
	}
	return t.T("template.about", judging.Args{
		"Categories": strings.Join(categories, mark), "Groups": in, "PerWork": tpl.Rules.PerWork,
		"Awards": strings.Join(awards, mark),
	})
}

func (p *newPage) showPlace() {
	p.paths.folder.SetText(filepath.Join(p.state.Folder, page.FolderName(p.name.Text())))
}

func (p *newPage) onFolder() {
	p.sh.SaveIn(func(path string) {
		p.state.Folder = path
		p.showPlace()
	})
}

func (p *newPage) onLike() {
	p.sh.OpenFolder(func(path string) {
		p.state.Like = path
		p.showKind()
	})
}

func (p *newPage) onRules() {
	p.sh.OpenFile([]string{".toml"}, func(path string) {
		p.state.Rules = path
		p.showKind()
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
	n := p.state.NewContest
	switch p.state.Kind {
	case kindLike:
		n.Rules = ""
	case kindFile:
		n.Like = ""
	default:
		n.Template, n.Rules, n.Like = p.state.Kind, "", ""
	}
	if p.state.Kind == kindLike && n.Like == "" || p.state.Kind == kindFile && n.Rules == "" {
		p.sh.Tell(kit.Notice{Tone: look.Problem, Text: p.sh.T("newcontest.missing_"+p.state.Kind, nil)})
		return
	}
	p.draft.Drop()
	p.doors.Create(n)
}
