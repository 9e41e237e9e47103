package awards

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

type noticeOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	ListNotices(ctx context.Context) (awards.NoticeBoard, error)
	PublishAwards(ctx context.Context, req awards.NoticeRequest) (judging.Notice, error)
	FileObjection(ctx context.Context, work, text, from string) (judging.Objection, error)
	AnswerObjection(ctx context.Context, id string, uphold, reopen bool, answer string) (judging.Objection, error)
	CorrectNotice(ctx context.Context, req awards.NoticeRequest, reason string) (judging.Notice, error)
	RecallNotice(ctx context.Context, reason string) (judging.Notice, error)
	PlanAnswer(ctx context.Context, id string, uphold, reopen bool) (awards.AnswerPlan, error)
	RetractAnswer(ctx context.Context, id, reason string) (judging.Objection, error)
	FinalizeAwards(ctx context.Context) (judging.Notice, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	ReportNotice(ctx context.Context, path string, w page.Words) (awards.NoticeReport, error)
}

// noticePage runs the public notice: its days, the objections, and making the awards final.
type noticePage struct {
	sh     kit.Shell
	office noticeOffice
	head   *fyne.Container
	body   *fyne.Container
	data   awards.NoticeBoard
	ready  bool // awards are decided
	works  map[judging.WorkID]judging.Work
}

func newNoticePage(sh kit.Shell, o noticeOffice) *noticePage { return &noticePage{sh: sh, office: o} }

// Title is the page's name.
func (p *noticePage) Title() string { return p.sh.T("noticepage.title", nil) }

// Content builds the frame.
func (p *noticePage) Content() fyne.CanvasObject {
	p.head, p.body = container.NewStack(header.New(p.Title())), container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads how the notice stands.
func (p *noticePage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (awards.NoticeBoard, error) {
		works, err := p.office.Works(ctx, office.WorkFilter{})
		if err != nil {
			return awards.NoticeBoard{}, err
		}
		sum, err := p.office.ShowContest(ctx)
		if err != nil {
			return awards.NoticeBoard{}, err
		}
		p.ready = sum.Decided > 0
		p.works = map[judging.WorkID]judging.Work{}
		for _, w := range works {
			p.works[w.ID] = w
		}
		return p.office.ListNotices(ctx)
	}, func(b awards.NoticeBoard) {
		p.data = b
		p.show()
	})
}

func (p *noticePage) show() {
	n := p.data.Notice
	if n == nil {
		page.SetBody(p.head, header.New(p.Title(), p.exports()))
		page.SetBody(p.body, lay.Fill(lay.Surface(p.intro()), lay.VScroll(p.objections()), nil))
		return
	}
	object := button.New(p.sh.T("noticepage.object", nil), p.onObject)
	final := button.NewPrimary(p.sh.T("noticepage.finish", nil), p.onFinal)
	correct := button.New(p.sh.T("noticepage.correct", nil), func() { p.onCorrect(*n) })
	recall := button.New(p.sh.T("noticepage.recall", nil), func() { p.onRecall(*n) })
	if n.State == judging.Final {
		object.Disable()
		correct.Disable()
		recall.Disable()
	}
	if n.State == judging.Final || !p.data.Over || p.data.Open > 0 {
		final.Disable()
	}
	page.SetBody(p.head, header.New(p.Title(), p.exports(), correct, recall, object, final))
	page.SetBody(p.body, lay.Fill(p.standing(*n), lay.VScroll(p.objections()), nil))
}

// intro says what comes first while no notice stands. The days are asked for only once there are awards to show.
func (p *noticePage) intro() fyne.CanvasObject {
	title, act := "noticepage.empty", button.NewPrimary(p.sh.T("noticepage.begin", nil), p.onBegin)
	if !p.ready {
		title = "noticepage.undecided"
		act = button.New(p.sh.T("certificates.to_results", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Results})
		})
	}
	return status.NewEmpty(p.sh.T(title, nil), p.sh.T("noticepage.empty_text", nil), act)
}

// exports offers the list for public notice as a workbook or a letter.
func (p *noticePage) exports() fyne.CanvasObject {
	return button.NewMenu(
		p.sh.T("noticepage.export", nil),
		fyne.NewMenuItem(p.sh.T("noticepage.export_xlsx", nil), func() { page.ExportNotice(p.sh, p.office, ".xlsx") }),
		fyne.NewMenuItem(p.sh.T("noticepage.export_docx", nil), func() { page.ExportNotice(p.sh, p.office, ".docx") }),
	)
}

// standing shows the notice's days and what still keeps it from being final.
func (p *noticePage) standing(n judging.Notice) fyne.CanvasObject {
	tone, key := look.Waiting, "noticepage.running"
	switch {
	case n.State == judging.Final:
		tone, key = look.Done, "noticepage.final"
	case p.data.Open > 0:
		tone, key = look.Problem, "noticepage.objections_open"
	case p.data.Over:
		tone, key = look.Done, "noticepage.over"
	}
	days := lay.Row(
		lay.Gap24, status.NewTile(p.sh.T("noticepage.from", nil), kit.Date(p.sh, n.From), look.Plain),
		status.NewTile(p.sh.T("noticepage.until", nil), kit.Date(p.sh, n.Until), look.Plain),
		status.NewTile(p.sh.T("noticepage.days", nil), strconv.Itoa(n.Days), look.Plain),
		status.NewTile(p.sh.T("noticepage.open", nil), strconv.Itoa(p.data.Open), tone),
	)
	box := lay.Stack(
		lay.Gap16, days,
		page.Marked(tone, p.sh.T(key, judging.Args{"Until": kit.Date(p.sh, n.Until), "N": p.data.Open})),
	)
	if n.Contact != "" {
		box.Add(
			look.NewPara(
				p.sh.T("noticepage.contact_line", judging.Args{"Contact": n.Contact}), look.Body, look.Quiet, 60,
			).Fluid(),
		)
	}
	for _, was := range n.Before {
		box.Add(look.NewPara(p.sh.T("noticepage.was", judging.Args{
			"From": kit.Date(p.sh, was.From), "Until": kit.Date(p.sh, was.Until), "Reason": was.Reason,
		}), look.Note, look.Quiet, 60).Fluid())
	}
	return lay.Surface(box)
}

// objections lists what was brought forward, newest first.
func (p *noticePage) objections() fyne.CanvasObject {
	box := lay.Stack(lay.Gap8)
	all := p.data.Objections
	if len(all) == 0 {
		return box
	}
	box.Add(look.NewStrong(p.sh.T("noticepage.objections", judging.Args{"N": len(all)}), look.Section, look.Plain))
	for i := len(all) - 1; i >= 0; i-- {
		box.Add(p.objection(all[i]))
	}
	return page.NewListed(page.ClearOfBar(box), p.objectionSheet)
}

// objectionSheet is the objections in words, as they are printed. Who brought one forward stays out of it.
func (p *noticePage) objectionSheet() kit.Sheet {
	s := kit.Sheet{Title: p.sh.T("noticepage.objections", judging.Args{"N": len(p.data.Objections)})}
	for _, head := range []string{
		"app.col_time", "app.col_status", "app.col_code", "app.col_title", "noticepage.text", "noticepage.answer_text",
	} {
		s.Heads = append(s.Heads, p.sh.T(head, nil))
	}
	s.Right = make([]bool, len(s.Heads))
	for i := len(p.data.Objections) - 1; i >= 0; i-- {
		x := p.data.Objections[i]
		w := p.works[x.Work]
		s.Rows = append(s.Rows, []string{
			kit.Date(p.sh, x.At.Local().Format(day.Form)), p.sh.T("notice.objection_"+string(x.State), nil),
			string(w.Code), w.Title, x.Text, x.Answer,
		})
	}
	return s
}

func (p *noticePage) objection(x judging.Objection) fyne.CanvasObject {
	w := p.works[x.Work]
	tones := map[judging.ObjectionState]look.Tone{
		judging.Objected: look.Waiting, judging.Upheld: look.Problem, judging.Dismissed: look.Done,
	}
	head := container.NewBorder(
		nil, nil, lay.Stack(0, status.NewChip(p.sh.T("notice.objection_"+string(x.State), nil), tones[x.State])),
		lay.Stack(0, look.NewText(kit.Date(p.sh, x.At.Local().Format(day.Form)), look.Note, look.Quiet)),
		look.NewPara(
			p.sh.T("kit.work", judging.Args{"Code": w.Code, "Title": w.Title}), look.Body, look.Plain, 60,
		).Fluid(),
	)
	box := lay.Stack(lay.Gap8, head, look.NewPara(x.Text, look.Body, look.Plain, 60).Fluid())
	if x.Answer != "" {
		box.Add(
			look.NewPara(
				p.sh.T("noticepage.answer_line", judging.Args{"Answer": x.Answer}), look.Body, look.Quiet, 60,
			).Fluid(),
		)
	}
	if x.State != judging.Objected {
		if p.data.Notice != nil && p.data.Notice.State == judging.Final {
			return lay.Surface(box)
		}
		back := button.New(p.sh.T("noticepage.retract", nil), func() { p.onRetract(x) })
		return lay.Surface(container.NewBorder(nil, nil, nil, lay.Row(lay.Gap8, lay.Blank(0, 0), back), box))
	}
	answer := button.New(p.sh.T("noticepage.answer", nil), func() { p.onAnswer(x) })
	return lay.Surface(container.NewBorder(nil, nil, nil, lay.Row(lay.Gap8, lay.Blank(0, 0), answer), box))
}

// onBegin asks for the days and begins the notice.
func (p *noticePage) onBegin() {
	f := newNoticeForm(p.sh)
	p.sh.Ask(kit.Question{
		Title:   p.sh.T("noticepage.begin", nil),
		Text:    p.sh.T("noticepage.begin_ask", nil),
		Action:  p.sh.T("noticepage.begin", nil),
		Content: f.whole,
		Draft:   "notice",
		Do: func() error {
			return page.Overrule(p.sh, func(ctx context.Context) error { return p.begin(ctx, f.request()) })
		},
	})
}

func (p *noticePage) begin(ctx context.Context, req awards.NoticeRequest) error {
	made, err := p.office.PublishAwards(ctx, req)
	if err == nil {
		p.sh.Tell(kit.Notice{
			Tone: look.Done, Text: p.sh.T("noticepage.begun", judging.Args{"Until": kit.Date(p.sh, made.Until)}),
		})
		p.Load()
	}
	return err
}

// onObject records an objection.
func (p *noticePage) onObject() {
	work := page.NewWorkField(
		p.sh, p.sh.T("noticepage.work", nil), p.sh.T("noticepage.work_help", nil), true,
		slices.Collect(maps.Values(p.works)),
	)
	text := field.NewText(p.sh, p.sh.T("noticepage.text", nil), "", field.TextRule{
		Required: true, Limit: 500, Lines: 3,
	})
	from := field.NewText(
		p.sh, p.sh.T("noticepage.who", nil), p.sh.T("noticepage.who_help", nil), field.TextRule{Limit: 60},
	)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("noticepage.object", nil), Action: p.sh.T("kit.save", nil),
		Content: field.NewForm(work.Line, text, from), Draft: "objection", Do: func() error {
			x, err := p.office.FileObjection(context.Background(), work.Work(), text.Text(), from.Text())
			if err == nil {
				p.Load()
				p.tell("noticepage.filed", x.Work)
			}
			return err
		},
	})
}

// tell says what was done about a work. It takes the place of what was said of an act before, as that the notice began.
func (p *noticePage) tell(key string, work judging.WorkID) {
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T(key, judging.Args{"Work": p.workName(work)})})
}

// workName is a work's code and title.
func (p *noticePage) workName(id judging.WorkID) string {
	w := p.works[id]
	return p.sh.T("kit.work", judging.Args{"Code": w.Code, "Title": w.Title})
}

// onFinal locks the awards for good.
func (p *noticePage) onFinal() {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("noticepage.finish", nil), Text: p.sh.T("noticepage.finish_ask", nil),
		Check:  p.sh.T("noticepage.finish_check", nil),
		Action: p.sh.T("noticepage.finish", nil),
		Danger: true,
		Do: func() error {
			return page.Overrule(p.sh, func(ctx context.Context) error {
				_, err := p.office.FinalizeAwards(ctx)
				if err == nil {
					p.Load()
					p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("noticepage.locked", nil)})
				}
				return err
			})
		},
	})
}
