package intake

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/sheet/propose"
)

type importOffice interface {
	ImportWorks(
		ctx context.Context, req intake.ImportRequest, progress func(done, total int),
	) (intake.ImportReport, error)
	Intakes(ctx context.Context) ([]judging.Intake, error)
	UndoImport(ctx context.Context, id judging.IntakeID) (judging.Intake, error)
}

// importPage brings works in, in three steps on one page: choose, look at what was understood, see what came of it.
type importPage struct {
	sh      kit.Shell
	office  importOffice
	head    *fyne.Container
	body    *fyne.Container
	state   importState
	running bool // a trial reading is under way
	mapping *mapping
	diff    *importDiff
	fill    *proposals
	faults  *table.Problems
	shown   *intake.ImportReport // whose differences are ticked
}

// importState is what is kept over a change of language or size.
type importState struct {
	paths   []string
	columns map[string]string // header -> field, as corrected
	fill    propose.Choices   // what rows get that say nothing themselves
	merge   bool              // rows that agree in all are one work
	report  *intake.ImportReport
	done    bool // report is of the real import
	tab     string
}

// The parts of the second step.
const (
	tabColumns  = "columns"
	tabProblems = "problems"
	tabDiff     = "diff"
	tabFill     = "fill"
	tabAccount  = "account" // of the last step
)

func newImportPage(sh kit.Shell, o importOffice, paths string) *importPage {
	p := &importPage{sh: sh, office: o}
	if paths != "" {
		p.state.paths = strings.Split(paths, "\n")
	}
	return p
}

// Keep keeps how far the import is.
func (p *importPage) Keep() any { return p.state }

// Restore takes it back.
func (p *importPage) Restore(state any) { p.state, _ = state.(importState) }

// Title is the page's name.
func (p *importPage) Title() string { return p.sh.T("app.import", nil) }

// Content builds the frame of all three steps.
func (p *importPage) Content() fyne.CanvasObject {
	p.head, p.body = container.NewStack(), container.NewStack()
	p.mapping = newMapping(p.sh, p.onCorrect)
	p.diff = newImportDiff(p.sh, p.showAct)
	p.fill = newProposals(p.sh, p.onFill)
	p.faults = page.NewProblems(p.sh, p.lines)
	return header.Page(p.head, p.body)
}

// Load shows the step one is at.
func (p *importPage) Load() {
	switch {
	case p.state.report != nil:
		p.show()
	case len(p.state.paths) > 0:
		p.try()
	default:
		kit.Fetch(
			p.sh, p.sh.T("app.loading", nil),
			func(ctx context.Context, _ kit.Progress) ([]judging.Intake, error) { return p.office.Intakes(ctx) },
			p.choose,
		)
	}
}

func (p *importPage) setHead(count string, acts ...fyne.CanvasObject) {
	head := header.New(p.Title(), acts...).WithBack(p.sh.Back)
	head.SetCount(count)
	p.head.Objects = []fyne.CanvasObject{head}
	p.head.Refresh()
}

func (p *importPage) setBody(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// Dropped starts again with what was dropped.
func (p *importPage) Dropped(paths []string) { p.begin(paths) }

func (p *importPage) begin(paths []string) {
	p.state = importState{paths: paths}
	p.try()
}

// try reads everything without writing anything.
func (p *importPage) try() {
	if p.running {
		return
	}
	p.running = true
	p.setHead("")
	p.setBody(status.NewEmpty(p.sh.T("app.import_reading", nil), p.sh.T("app.import_reading_text", nil), nil))
	p.run(true, p.sh.T("app.import_reading", nil))
}

// run imports, or tries to; what can't be read at all leads back to the choice.
func (p *importPage) run(dry bool, name string) {
	req := intake.ImportRequest{
		Sources: p.state.paths, Columns: maps.Clone(p.state.columns), Fill: slices.Clone(p.state.fill),
		MergeSame: p.state.merge, DryRun: dry,
	}
	if !dry && isDiff(*p.state.report) {
		p.diff.choose(&req)
	}
	var report intake.ImportReport
	p.sh.Run(name, func(ctx context.Context, progress kit.Progress) (err error) {
		report, err = p.office.ImportWorks(ctx, req, progress)
		return err
	}, func(err error) {
		p.running = false
		if isReturnedList(err) {
			p.onReturned()
			return
		}
		if err != nil {
			p.sh.ShowError(err)
			p.state = importState{}
			p.Load()
			return
		}
		p.state.report, p.state.done = &report, !dry
		p.show()
	})
}

// onCorrect gives a column its meaning and reads again.
func (p *importPage) onCorrect(header, field string) {
	columns := maps.Clone(p.state.columns)
	if columns == nil {
		columns = map[string]string{}
	}
	columns[header] = field
	if field == leaveOut {
		columns[header] = ""
	}
	p.again(importState{columns: columns, fill: p.state.fill, merge: p.state.merge, tab: tabColumns})
}

// again reads once more as a person says.
func (p *importPage) again(state importState) {
	state.paths = p.state.paths
	p.state = state
	p.try()
}

func (p *importPage) onImport() {
	if p.running {
		return
	}
	p.running = true
	p.run(false, p.sh.T("app.importing", nil))
}

func (p *importPage) lines() []table.ProblemLine {
	return page.ProblemLines(p.sh, importProblems(*p.state.report))
}

// show shows what the trial or the import brought.
func (p *importPage) show() {
	r := *p.state.report
	lines := p.lines()
	p.faults.SetLines(lines)
	if p.state.done {
		p.showDone(r)
		return
	}
	p.mapping.set(r)
	p.fill.set(r)
	if p.shown != p.state.report { // ticks stay while one looks at the other parts
		p.shown = p.state.report
		p.diff.set(r)
	}
	p.showAct()
	options := []choice.Option{
		{Key: tabColumns, Title: p.sh.T("app.import_columns", nil)},
		{Key: tabProblems, Title: p.sh.T("app.import_problems", judging.Args{"N": len(lines)})},
	}
	body := fyne.CanvasObject(p.mapping)
	switch p.tab(r) {
	case tabProblems:
		body = p.faults
	case tabDiff:
		body = p.diff
	case tabFill:
		body = p.fill
	}
	if n := len(p.fill.table.Rows()); n > 0 {
		options = slices.Insert(options, 1, choice.Option{
			Key: tabFill, Title: p.sh.T("import.proposals", judging.Args{"N": n}),
		})
	}
	if isDiff(r) {
		options = append(
			[]choice.Option{{Key: tabDiff, Title: p.sh.T("import.diff", judging.Args{"N": len(p.diff.table.Rows())})}},
			options...,
		)
	}
	tabs := choice.NewSegments(options, p.tab(r), func(tab string) { p.state.tab = tab; p.show() })
	top := lay.Stack(lay.Gap16, tallyTiles(p.sh, r, "app.will_"))
	if note := p.mergeNote(r); note != nil {
		top.Add(note)
	}
	top.Add(lay.Row(0, tabs))
	p.setBody(lay.Fill(top, body, nil))
}

// isDiff reports whether what is imported came in before in another form.
func isDiff(r intake.ImportReport) bool { return r.Changed+len(r.Gone) > 0 }

// showAct sets the button that imports, with what it would do by now.
func (p *importPage) showAct() {
	if p.state.report == nil || p.state.done {
		return
	}
	r := *p.state.report
	come, withdrawn := r.Accepted+r.Changed, 0
	if isDiff(r) {
		come, withdrawn = p.diff.counts()
	}
	word := p.sh.T("app.import_do", judging.Args{"N": come})
	if withdrawn > 0 {
		word = p.sh.T("import.do_withdraw", judging.Args{"N": come, "Gone": withdrawn})
	}
	act := button.NewPrimary(word, p.onImport)
	if come+withdrawn+r.Files.Matched+r.Files.Doubtful+r.Files.Unmatched == 0 {
		act.Disable()
	}
	p.setHead("", button.New(p.sh.T("app.import_again", nil), p.onAgain), act)
}

// tab is the part chosen, else the columns; without a sheet there is only what is wrong.
func (p *importPage) tab(r intake.ImportReport) string {
	switch {
	case p.state.tab != "":
		return p.state.tab
	case isDiff(r):
		return tabDiff
	case len(r.Mappings) == 0:
		return tabProblems
	}
	return tabColumns
}

func (p *importPage) onAgain() {
	p.state = importState{}
	p.Load()
}
