package assignment

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
)

type judgesOffice interface {
	Judges(ctx context.Context) ([]judging.Judge, error)
	AddJudge(ctx context.Context, j judging.Judge) (judging.Judge, error)
	AddNamesake(ctx context.Context, j judging.Judge) (judging.Judge, error)
	judgeLists
	Rules(ctx context.Context) (judging.Rules, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	Conflicts(ctx context.Context) ([]judging.Conflict, error)
	conflictsOffice
	scoredOffice
	rosterOffice
	page.PinOffice
}

// judgesPage is the list of judges and, on its second part, who must not score what.
type judgesPage struct {
	sh        kit.Shell
	office    judgesOffice
	head      *header.Header
	tab       string
	body      *fyne.Container
	filter    *filter.Bar
	table     *table.Table[judging.Judge]
	conflicts *conflictList
	scored    *scoredList
	parts     *fyne.Container // the choice of the part
	data      judgesData
	fixes     []judgeFix // cells changed since the page was opened, the last one last
}

// The parts of the page.
const (
	tabJudges    = "judges"
	tabConflicts = "conflicts"
	tabScored    = page.ConflictedScores // scores whose judge's conflict was declared later
)

func newJudgesPage(sh kit.Shell, o judgesOffice, tab string) *judgesPage {
	if tab == "" {
		tab = tabJudges
	}
	return &judgesPage{sh: sh, office: o, tab: tab}
}

// Keep keeps the part shown.
func (p *judgesPage) Keep() any { return p.tab }

// Restore takes it back.
func (p *judgesPage) Restore(state any) { p.tab, _ = state.(string) }

// Title is the page's name.
func (p *judgesPage) Title() string { return p.sh.T("app.judges", nil) }

// Content builds both parts and shows one.
func (p *judgesPage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(),
		button.New(p.sh.T("fair.judges_title", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Severity}) }),
		button.New(p.sh.T("app.judge_add", nil), p.onAdd),
		button.NewPrimary(p.sh.T("app.judges_import", nil), p.onImport),
	).WithMore(p.sh.T("kit.more_acts", nil))
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.table = table.New(
		func(j judging.Judge) string { return string(j.ID) }, judgeColumns(p.sh)...,
	).Keep(p.sh, "judges")
	p.table.Edit(p.cells())
	p.table.OnOpen = p.onEdit
	p.table.Acts = func(j judging.Judge) []*fyne.MenuItem {
		return append(
			[]*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("app.judge_edit", nil), func() { p.onEdit(j) })},
			p.rosterActs(func(do func(judging.Judge)) func() { return func() { do(j) } })...,
		)
	}
	p.table.SetEmpty(status.NewEmpty(p.sh.T("app.judges_empty", nil), p.sh.T("app.judges_empty_text", nil), nil))
	p.conflicts = newConflictList(p.sh, p.office)
	p.scored = newScoredList(p.sh, p.office, p.reload)
	p.conflicts.declared = p.reload
	p.body, p.parts = container.NewStack(), container.NewStack()
	p.choose()
	p.place()
	return header.Page(p.head, lay.Fill(p.parts, p.body, nil))
}

// choose draws the choice of the part. Scores that wait for a word have one while there are any, or it is open.
func (p *judgesPage) choose() {
	options := []choice.Option{
		{Key: tabJudges, Title: p.sh.T("app.judges_list", nil)},
		{Key: tabConflicts, Title: p.sh.T("app.conflicts", nil)},
	}
	if n := len(p.scored.all); n > 0 || p.tab == tabScored {
		options = append(options, choice.Option{
			Key: tabScored, Title: p.sh.T("conflicts.scored", judging.Args{"N": n}),
		})
	}
	page.SetBody(p.parts, lay.Row(0, choice.NewSegments(options, p.tab, func(tab string) { p.tab = tab; p.place() })))
}

// reload reads everything again and shows what waits for a word where something does.
func (p *judgesPage) reload() { p.Load(); p.sh.Reload() }

// place shows the part chosen.
func (p *judgesPage) place() {
	part := fyne.CanvasObject(p.conflicts)
	if p.tab == tabScored {
		part = p.scored
	}
	if p.tab == tabJudges {
		hint := p.sh.T("app.judges_hint", nil)
		if look.Short() { // the acts take the line
			hint = ""
		}
		foot := lay.Spread(
			look.NewText(hint, look.Note, look.Quiet),
			lay.Row(
				lay.Gap8, button.New(p.sh.T("app.judges_undo", nil), p.onUndo),
				button.NewMenu(p.sh.T("judgeform.more", nil), p.rosterActs(p.onSelected)...),
				button.New(p.sh.T("judgeform.pin", nil), p.onPIN),
				button.New(p.sh.T("app.judge_edit", nil), p.onEditSelected),
			),
		)
		part = lay.Fill(p.filter, p.table, foot)
	}
	p.body.Objects = []fyne.CanvasObject{part}
	p.body.Refresh()
}

// Load reads judges and conflicts.
func (p *judgesPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), p.read, p.loaded)
	p.conflicts.load()
	p.scored.load(p.choose)
}

// judgesData is all that the first part shows.
type judgesData struct {
	all   []judging.Judge
	rules judging.Rules
	works []judging.Work
	said  []judging.Conflict // declared and cleared
}

func (p *judgesPage) read(ctx context.Context, _ kit.Progress) (judgesData, error) {
	var d judgesData
	var err error
	if d.rules, err = p.office.Rules(ctx); err != nil {
		return d, err
	}
	if d.works, err = p.office.Works(ctx, office.WorkFilter{}); err != nil {
		return d, err
	}
	if d.said, err = p.office.Conflicts(ctx); err != nil {
		return d, err
	}
	d.all, err = p.office.Judges(ctx)
	return d, err
}

func (p *judgesPage) loaded(d judgesData) {
	p.data = d
	p.head.SetCount(p.sh.T("app.judges_count", judging.Args{"N": len(d.all)}))
	p.conflicts.judges = d.all
	p.show()
}

func (p *judgesPage) show() { p.table.SetRows(judgeRows(p.data.all, p.filter.Filter())) }

// Find puts the cursor in the search field.
func (p *judgesPage) Find() { p.filter.Find() }

// Dropped imports the first file dropped.
func (p *judgesPage) Dropped(paths []string) { p.importFile(paths[0]) }

func (p *judgesPage) onAdd() { p.ask(judging.Judge{}) }

func (p *judgesPage) onEditSelected() { p.onSelected(p.onEdit)() }

func (p *judgesPage) onPIN() {
	p.onSelected(func(j judging.Judge) { page.AskPIN(p.sh, p.office, j.ID, p.called(j)) })()
}

// onSelected does something with the judge selected, or says that nobody is.
func (p *judgesPage) onSelected(do func(judging.Judge)) func() {
	return func() {
		if j, ok := p.table.Selected(); ok {
			do(j)
			return
		}
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("app.judge_select", nil)})
	}
}

func (p *judgesPage) onEdit(j judging.Judge) { p.ask(j) }

// ask shows the form of a judge, a new one when it has no identity.
func (p *judgesPage) ask(j judging.Judge) {
	form := newJudgeForm(p.sh, p.data, j)
	title := p.sh.T("app.judge_add", nil)
	if j.ID != "" {
		title = p.called(j)
	}
	p.sh.Ask(kit.Question{
		Title: title, Action: p.sh.T("kit.save", nil), Content: form.content, Draft: "judge/" + string(j.ID),
		Do: func() error {
			j, err := form.judge()
			if err != nil {
				return err
			}
			_, err = p.office.AddJudge(context.Background(), j)
			if e := (*judging.Error)(nil); errors.As(err, &e) && e.Text == "judges.namesake" {
				p.askNamesake(j)
				return nil
			}
			return err
		},
	})
}

// askNamesake adds a judge whose name is there already, once the user has said that they are another person.
func (p *judgesPage) askNamesake(j judging.Judge) {
	p.sh.Ask(kit.Question{
		Title: j.Name, Text: p.sh.T("judges.namesake_ask", nil), Action: p.sh.T("judges.namesake_add", nil),
		Do: func() error {
			_, err := p.office.AddNamesake(context.Background(), j)
			return err
		},
	})
}
