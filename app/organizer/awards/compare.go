package awards

import (
	"context"
	"slices"
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
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/comparisons"
)

type compareOffice interface {
	Lines(ctx context.Context) ([]comparisons.Line, error)
	List(ctx context.Context) ([]comparisons.Status, error)
	Open(ctx context.Context, q comparisons.Request) (comparisons.Status, error)
	Preview(ctx context.Context, id string) (comparisons.Settlement, error)
	Settle(ctx context.Context, id, reason string, open bool) (comparisons.Settlement, error)
	Undo(ctx context.Context, id, reason string) (int, error)
	Drop(ctx context.Context, id, reason string) error
	Export(ctx context.Context, id, path string) (int, error)
}

// comparePage is where works at the line of an award are compared in pairs: one line, or one comparison, at a time.
type comparePage struct {
	sh     kit.Shell
	office compareOffice
	head   *fyne.Container
	body   *fyne.Container
	chosen string // key of what is shown
	begin  *beginning
	data   compareData
}

type compareData struct {
	lines []comparisons.Line // where nothing is compared yet
	all   []comparisons.Status
}

func newComparePage(sh kit.Shell, o compareOffice) *comparePage {
	return &comparePage{sh: sh, office: o}
}

// Keep keeps what is shown.
func (p *comparePage) Keep() any { return p.chosen }

// Restore takes it back.
func (p *comparePage) Restore(state any) { p.chosen, _ = state.(string) }

// Title is the page's name.
func (p *comparePage) Title() string { return p.sh.T("comparepage.title", nil) }

// Content builds the frame.
func (p *comparePage) Content() fyne.CanvasObject {
	p.head, p.body = container.NewStack(header.New(p.Title()).WithBack(p.sh.Back)), container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads where works may be compared, and how comparisons stand.
func (p *comparePage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (d compareData, err error) {
		if d.lines, err = p.office.Lines(ctx); err != nil {
			return d, err
		}
		d.lines = slices.DeleteFunc(d.lines, func(l comparisons.Line) bool { return l.Open != "" })
		d.all, err = p.office.List(ctx)
		return d, err
	}, func(d compareData) {
		p.data = d
		p.show()
	})
}

// options name what can be shown: comparisons that are under way, lines, then what is over, the newest first.
func (p *comparePage) options() (out []choice.Option) {
	add := func(s comparisons.Status) {
		out = append(out, choice.Option{Key: s.ID, Title: p.sh.T("comparepage.one", judging.Args{
			"List": listName(s.Category, s.Group), "Award": s.Award, "State": string(s.State),
		})})
	}
	for _, s := range slices.Backward(p.data.all) {
		if s.State == comparisons.Running {
			add(s)
		}
	}
	for _, l := range p.data.lines {
		out = append(out, choice.Option{Key: lineKey(l), Title: p.sh.T("comparepage.line", judging.Args{
			"List": l.List(), "Award": l.Award, "Count": len(l.Works), "Why": l.Why,
		})})
	}
	for _, s := range slices.Backward(p.data.all) {
		if s.State != comparisons.Running {
			add(s)
		}
	}
	return out
}

func lineKey(l comparisons.Line) string {
	return l.Why + "/" + listKey(l.Category, l.Group) + "/" + l.Award
}

func listName(category, group string) string {
	return comparisons.Line{Category: category, Group: group}.List()
}

func (p *comparePage) show() {
	options := p.options()
	if len(options) == 0 {
		page.SetBody(p.body, lay.Surface(status.NewEmpty(
			p.sh.T("comparepage.none", nil), p.sh.T("comparepage.none_text", nil), nil,
		)))
		return
	}
	if !slices.ContainsFunc(options, func(o choice.Option) bool { return o.Key == p.chosen }) {
		p.chosen = options[0].Key
	}
	pick := field.NewChoice(p.sh, p.sh.T("comparepage.which", nil), "", "", options)
	pick.SetKey(p.chosen)
	pick.OnChange = func(key string) { p.chosen = key; p.show() }
	for _, s := range p.data.all {
		if s.ID == p.chosen {
			p.showOne(pick, s)
			return
		}
	}
	for _, l := range p.data.lines {
		if lineKey(l) == p.chosen {
			p.showLine(pick, l)
		}
	}
}

// showLine offers to begin at a line.
func (p *comparePage) showLine(pick fyne.CanvasObject, l comparisons.Line) {
	if !p.begin.of(l) {
		p.begin = newBeginning(p.sh, l)
	}
	begin := p.begin
	page.SetBody(p.head, header.New(
		p.Title(), button.NewPrimary(p.sh.T("comparepage.begin", nil), func() { p.onBegin(begin) }),
	).WithBack(p.sh.Back))
	box := lay.Stack(lay.Gap16, page.Wide(pick), p.para("compare.line_"+l.Why, judging.Args{
		"List": l.List(), "Award": l.Award, "Places": l.Places, "Count": len(l.Works), "Codes": join(p.sh, l.Codes),
	}, look.Section), p.para("comparepage.about_"+l.Why, nil, look.Body), begin.content())
	page.SetBody(p.body, lay.Surface(lay.VScroll(box)))
}

func join(t kit.Texter, words []string) string {
	out := ""
	for i, w := range words {
		if i > 0 {
			out += t.T("app.list_comma", nil)
		}
		out += w
	}
	return out
}

func (p *comparePage) para(key string, args judging.Args, size look.Role) fyne.CanvasObject {
	return look.NewPara(p.sh.T(key, args), size, look.Plain, 60).Fluid()
}

// showOne shows a comparison: how sure it is, the works, the judges.
func (p *comparePage) showOne(pick fyne.CanvasObject, s comparisons.Status) {
	page.SetBody(p.head, header.New(p.Title(), p.acts(s)...).WithMore(p.sh.T("kit.more_acts", nil)).WithBack(p.sh.Back))
	words := lay.Stack(lay.Gap4)
	for _, r := range s.Remarks() {
		words.Add(p.para(r.Text, r.Args, look.Body))
	}
	works := table.New(func(w comparisons.Standing) string { return string(w.Work) }, p.workColumns(s)...).
		Keep(p.sh, "compare")
	works.OnOpen = func(w comparisons.Standing) { p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(w.Work)}) }
	works.SetRows(s.Order)
	judges := table.New(func(j comparisons.Asked) string { return string(j.Judge) }, p.judgeColumns()...).
		Keep(p.sh, "comparejudges")
	judges.OnOpen = func(j comparisons.Asked) {
		if s.State == comparisons.Running && j.More {
			p.callJudge(j.Judge)
		}
	}
	judges.SetRows(s.Panel)
	page.SetBody(p.body, lay.Fill(
		lay.Stack(lay.Gap8, page.Wide(pick), words), lay.Split(lay.Gap16, []float32{3, 2}, works, judges), nil,
	))
}

// Report is what is said of the comparison that is shown, for the list that is printed or taken along.
func (p *comparePage) Report() (lines []string) {
	for _, s := range p.data.all {
		if s.ID != p.chosen {
			continue
		}
		for _, r := range s.Remarks() {
			lines = append(lines, p.sh.T(r.Text, r.Args))
		}
	}
	return lines
}

// acts are what can be done with a comparison.
func (p *comparePage) acts(s comparisons.Status) (out []fyne.CanvasObject) {
	act := func(key string, do func()) *button.Button {
		b := button.New(p.sh.T(key, nil), do)
		out = append(out, b)
		return b
	}
	if s.Answers > 0 {
		act("comparepage.export", func() {
			p.sh.SaveFile(p.sh.T("comparepage.file", nil), func(path string) { p.onExport(s, path) })
		})
	}
	switch s.State {
	case comparisons.Settled:
		act("comparepage.undo", func() { p.onUndo(s) })
	case comparisons.Running:
		act("comparepage.drop", func() { p.onDrop(s) })
		if s.Why == "tie" && s.Parted {
			b := act("comparepage.settle", func() { p.onSettle(s) })
			if s.Sure {
				b.Rank = button.Primary
			}
		}
		if s.Turn != "" {
			b := act("comparepage.call", func() { p.callJudge(s.Turn) })
			if !s.Sure {
				b.Rank = button.Primary
			}
		}
	}
	return out
}

// callJudge hands the computer over to a judge.
func (p *comparePage) callJudge(judge judging.JudgeID) {
	p.sh.Navigate(kit.Route{Kind: page.HandOver, ID: string(judge)})
}

func (p *comparePage) workColumns(s comparisons.Status) []table.Column[comparisons.Standing] {
	type row = comparisons.Standing
	within := table.TextColumn(p.sh.T("comparepage.col_within", nil), 5, 1, func(w row) string {
		switch {
		case !s.Parted:
			return "—"
		case w.Within:
			return s.Award
		}
		return ""
	})
	return []table.Column[row]{
		{
			Title: p.sh.T("app.col_place", nil), Min: 3, Number: true,
			Cell:    func(w row) table.Cell { return page.PlaceNumber(w.Place) },
			Compare: func(a, b row) int { return a.Place - b.Place },
		},
		table.TextColumn(p.sh.T("app.col_code", nil), 5, 0, func(w row) string { return string(w.Code) }),
		table.TextColumn(p.sh.T("app.col_title", nil), 7, 3, func(w row) string { return w.Title }),
		{
			Title: p.sh.T("comparepage.col_wins", nil), Min: 4, Number: true,
			Cell: func(w row) table.Cell {
				return table.Cell{Text: judging.Decimal(w.Wins, 1) + " / " + strconv.Itoa(w.N)}
			},
		},
		within,
	}
}

func (p *comparePage) judgeColumns() []table.Column[comparisons.Asked] {
	type row = comparisons.Asked
	return []table.Column[row]{
		table.TextColumn(p.sh.T("comparepage.col_judge", nil), 5, 2, func(j row) string { return j.Name }),
		{
			Title: p.sh.T("comparepage.col_answers", nil), Min: 3, Number: true,
			Cell: func(j row) table.Cell { return table.Cell{Text: strconv.Itoa(j.N)} },
		},
		table.TextColumn(p.sh.T("app.col_status", nil), 5, 1, func(j row) string {
			switch {
			case j.More:
				return p.sh.T("comparepage.judge_more", nil)
			case j.Kept > 0 && j.N == 0:
				return p.sh.T("comparepage.judge_kept", nil)
			}
			return p.sh.T("comparepage.judge_done", nil)
		}),
	}
}
