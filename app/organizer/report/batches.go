package report

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

type batchesOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	Batches(ctx context.Context) ([]superior.Batch, error)
	PlanBatch(ctx context.Context, to superior.Level, only []judging.WorkID) (report.BatchPlan, error)
	PackBatch(
		ctx context.Context, req report.BatchRequest, w page.Words, progress func(done, total int),
	) (report.BatchReport, error)
	WithdrawBatch(ctx context.Context, id, reason string) (superior.Batch, error)
	SetSuperior(ctx context.Context, req report.SuperiorRequest) (*page.FormTold, error)
	ImportAnswers(ctx context.Context, path string, to superior.Level) (report.AnswerReport, error)
}

// batchesPage reports winners to an office above in numbered batches, and takes its answers back.
type batchesPage struct {
	sh     kit.Shell
	office batchesOffice
	body   *fyne.Container
	table  *table.Table[batchRow]
	rooms  *fyne.Container
	level  superior.Level
	part   string // partNext or partPast
	data   batchesData

	packedTable *table.Table[pastBatch]
}

// The parts of the page.
const (
	partNext = "next" // the batch to be packed
	partPast = "past" // those that were
)

// batchesPlace is what the page keeps.
type batchesPlace struct {
	level superior.Level
	part  string
}

// batchesData is all that the page shows.
type batchesData struct {
	office.Summary
	plan    report.BatchPlan
	batches []superior.Batch
}

// batchRow is a winner, with what became of it above.
type batchRow struct {
	report.BatchWork
	answer string
}

func newBatchesPage(sh kit.Shell, o batchesOffice, level superior.Level) *batchesPage {
	if level == "" {
		level = superior.City
	}
	return &batchesPage{sh: sh, office: o, level: level, part: partNext}
}

// Keep keeps level and part.
func (p *batchesPage) Keep() any { return batchesPlace{p.level, p.part} }

// Restore takes them back.
func (p *batchesPage) Restore(state any) {
	if at, ok := state.(batchesPlace); ok {
		p.level, p.part = at.level, at.part
	}
}

// Title is the page's name.
func (p *batchesPage) Title() string { return p.sh.T("batches.title", nil) }

// Content builds the head and the list of winners.
func (p *batchesPage) Content() fyne.CanvasObject {
	head := header.New(
		p.Title(), button.New(p.sh.T("batches.wants", nil), p.onWants),
		button.New(p.sh.T("batches.answers", nil), p.onAnswers),
		button.NewPrimary(p.sh.T("batches.pack", nil), p.onPack),
	)
	p.body, p.rooms = container.NewStack(), container.NewStack()
	p.table = table.New(
		func(r batchRow) string { return string(r.Work) }, batchColumns(p.sh)...,
	).WithTicks().Keep(p.sh, "batches")
	p.table.OnTicks = func(int) { p.showRooms() }
	p.packedTable = p.newPastTable()
	return header.Page(head, p.body)
}

func batchColumns(t kit.Texter) []table.Column[batchRow] {
	return []table.Column[batchRow]{
		table.TextColumn(t.T("app.col_title", nil), 10, 3, func(r batchRow) string { return r.Title }),
		table.TextColumn(t.T("app.col_category", nil), 5, 0, func(r batchRow) string { return r.Category }),
		table.TextColumn(t.T("app.col_award", nil), 5, 0, func(r batchRow) string { return r.Honours }),
		table.TextColumn(t.T("app.col_unit", nil), 8, 2, func(r batchRow) string { return r.Unit }),
		{Title: t.T("batches.files", nil), Min: 4, Number: true, Cell: func(r batchRow) table.Cell {
			if r.Files == 0 {
				return table.Cell{Text: t.T("batches.no_files", nil), Tone: look.Waiting}
			}
			return table.Cell{Text: fmt.Sprint(r.Files)}
		}},
		{Title: t.T("app.col_status", nil), Min: 9, Weight: 1.2, Cell: func(r batchRow) table.Cell {
			switch {
			case r.answer != "":
				return table.Cell{Text: t.T("batches.answered", judging.Args{"Award": r.answer}), Tone: look.Done}
			case r.Reported != "":
				return table.Cell{
					Text: t.T("batches.reported", judging.Args{"Batch": batchName(t, r.Reported)}), Tone: look.Info,
				}
			}
			return table.Cell{Text: t.T("batches.waiting", nil), Tone: look.Quiet}
		}},
	}
}

// batchName writes the identity of a batch as people say it: 第2批.
func batchName(t kit.Texter, id string) string {
	return t.T("batches.nth", judging.Args{"N": superior.BatchNumber(id)})
}

// Load reads the winners and what went up before.
func (p *batchesPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (d batchesData, err error) {
		if d.Summary, err = p.office.ShowContest(ctx); err != nil || d.Granted == 0 {
			return d, err
		}
		if d.batches, err = p.office.Batches(ctx); err != nil {
			return d, err
		}
		d.plan, err = p.office.PlanBatch(ctx, p.level, nil)
		return d, err
	}, func(d batchesData) {
		p.data = d
		p.show()
	})
}

func (p *batchesPage) show() {
	if p.data.Granted == 0 {
		act := button.New(p.sh.T("certificates.to_results", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Results})
		})
		page.SetBody(
			p.body,
			lay.Surface(status.NewEmpty(p.sh.T("batches.empty", nil), p.sh.T("batches.empty_text", nil), act)),
		)
		return
	}
	level := choice.NewSegments(
		[]choice.Option{
			{Key: string(superior.City), Title: p.sh.T("batches.to_city", nil)},
			{Key: string(superior.Province), Title: p.sh.T("batches.to_province", nil)},
		},
		string(p.level),
		func(key string) { p.level = superior.Level(key); p.Load() },
	)
	part := choice.NewSegments(
		[]choice.Option{
			{Key: partNext, Title: p.sh.T("batches.part_next", nil)},
			{Key: partPast, Title: p.sh.T("batches.part_past", judging.Args{"N": len(p.past())})},
		},
		p.part,
		func(key string) { p.part = key; p.show() },
	)
	choice := lay.Row(lay.Gap16, level, part)
	if p.part == partPast {
		p.showPast(lay.Row(0, choice))
		return
	}
	p.showNext(choice)
}

// showNext lists the winners that may be reported, those proposed ticked.
func (p *batchesPage) showNext(choice fyne.CanvasObject) {
	p.table.SetRows(p.rows())
	p.table.TickAll(false)
	for _, w := range p.data.plan.Works {
		if w.Chosen {
			p.table.Tick(string(w.Work), true)
		}
	}
	top := lay.Stack(lay.Gap8, lay.Spread(choice, look.NewText(p.before(), look.Note, look.Quiet)), p.rooms)
	page.SetBody(p.body, lay.Fill(top, p.table, nil))
	p.showRooms()
}

// rows puts the answers next to the winners.
func (p *batchesPage) rows() []batchRow {
	answers := map[judging.WorkID]string{}
	for _, b := range p.data.batches {
		if b.To != p.level {
			continue
		}
		for w, word := range b.Answer {
			answers[w] = word.Award
		}
	}
	var out []batchRow
	for _, w := range p.data.plan.Works {
		out = append(out, batchRow{w, answers[w.Work]})
	}
	return out
}

// before says what went up to this level.
func (p *batchesPage) before() string {
	batches, works := 0, 0
	for _, b := range p.data.batches {
		if b.To == p.level && b.Withdrawn == nil {
			batches++
			works += len(b.Works)
		}
	}
	if batches == 0 {
		return p.sh.T("batches.none_before", nil)
	}
	return p.sh.T("batches.before", judging.Args{"Batches": batches, "Works": works})
}

// chosen lists the ticked works that were not reported.
func (p *batchesPage) chosen() []batchRow {
	return slices.DeleteFunc(slices.Clone(p.table.Ticked()), func(r batchRow) bool { return r.Reported != "" })
}

// roomsOf counts the quotas again for what is ticked.
func roomsOf(plan report.BatchPlan, chosen []batchRow) []superior.Room {
	out := slices.Clone(plan.Rooms)
	for i := range out {
		out[i].Chosen = 0
		for _, r := range chosen {
			if out[i].Category == "" || out[i].Category == r.Category {
				out[i].Chosen++
			}
		}
	}
	return out
}

// showRooms shows how far the quotas are used by what is ticked.
func (p *batchesPage) showRooms() {
	chosen := p.chosen()
	chips := []fyne.CanvasObject{
		look.NewText(
			p.sh.T("batches.chosen", judging.Args{"N": len(chosen), "Number": p.data.plan.Number}), look.Body,
			look.Plain,
		),
	}
	for _, r := range roomsOf(p.data.plan, chosen) {
		name, tone := r.Category, look.Done
		if name == "" {
			name = p.sh.T("batches.in_all", nil)
		}
		if r.Over() {
			tone = look.Problem
		}
		chips = append(
			chips,
			status.NewChip(
				p.sh.T("batches.room", judging.Args{"Name": name, "Used": r.Reported + r.Chosen, "Quota": r.Quota}),
				tone,
			),
		)
	}
	if n := len(p.data.plan.Corrections); n > 0 {
		chips = append(chips, status.NewChip(p.sh.T("batches.corrections_due", judging.Args{"N": n}), look.Waiting))
	}
	page.SetBody(p.rooms, lay.Flow(lay.Gap8, chips...))
}
