package scoring

import (
	"context"
	"slices"

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
	"fayi/judging/office/doubleentry"
)

type verifyOffice interface {
	Verifications(ctx context.Context) ([]doubleentry.Verification, error)
	VerifyScore(
		ctx context.Context, judge judging.JudgeID, work string, total float64, by string,
	) (doubleentry.Verification, error)
	ConfirmScore(ctx context.Context, judge judging.JudgeID, work, by, reason string) error
}

// verifyPage has a second person type the totals of collected sheets once more, code after code, and lists where
// the two differ.
type verifyPage struct {
	sh     kit.Shell
	office verifyOffice
	head   *header.Header
	body   *fyne.Container
	by     *field.Text
	total  *field.Number
	at     doubleentry.Verification // asked for now
	typed  string                   // who verifies, kept while the page is rebuilt
}

func newVerifyPage(sh kit.Shell, o verifyOffice) *verifyPage { return &verifyPage{sh: sh, office: o} }

// Title is the page's name.
func (p *verifyPage) Title() string { return p.sh.T("verify.title", nil) }

// Keep keeps the name over a change of size or language.
func (p *verifyPage) Keep() any { return p.by.Text() }

// Restore takes it back.
func (p *verifyPage) Restore(state any) { p.typed, _ = state.(string) }

// Content builds the frame and the two fields, which stay over all codes.
func (p *verifyPage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title()).WithBack(p.sh.Back)
	p.body = container.NewStack()
	p.by = field.NewText(
		p.sh, p.sh.T("verify.by", nil), p.sh.T("verify.by_help", nil), field.TextRule{Required: true, Limit: 20},
	)
	p.by.SetText(p.typed)
	p.by.Entry().OnSubmitted = func(string) { p.sh.Focus(p.total.Entry()) }
	p.total = field.NewNumber(
		p.sh, p.sh.T("verify.total", nil), "", p.sh.T("verify.points", nil), field.Range{Low: 0, High: 1000, Places: 3},
		true,
	)
	p.total.Entry().OnSubmitted = func(string) { p.onVerify() }
	return header.Page(p.head, p.body)
}

// Load reads what waits and what differs.
func (p *verifyPage) Load() {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]doubleentry.Verification, error) {
			return p.office.Verifications(ctx)
		},
		p.show,
	)
}

func (p *verifyPage) show(all []doubleentry.Verification) {
	by := map[doubleentry.VerifyState][]doubleentry.Verification{}
	for _, v := range all {
		by[v.State] = append(by[v.State], v)
	}
	p.head.SetCount(p.sh.T("verify.count", judging.Args{
		"Done": len(by[doubleentry.VerifyEqual]) + len(by[doubleentry.VerifyConfirmed]), "Total": len(all),
	}))
	if len(all) == 0 {
		back := button.NewPrimary(p.sh.T("verify.empty_act", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Progress})
		})
		p.put(lay.Surface(status.NewEmpty(p.sh.T("verify.empty", nil), p.sh.T("verify.empty_text", nil), back)))
		return
	}
	waiting := by[doubleentry.VerifyWaiting]
	i := slices.IndexFunc(waiting, func(v doubleentry.Verification) bool {
		return v.Judge == p.at.Judge && v.Code == p.at.Code
	})
	p.at = doubleentry.Verification{}
	if len(waiting) > 0 {
		p.at = waiting[max(i, 0)]
	}
	p.put(lay.Split(
		lay.Gap16, []float32{1, 1}, lay.Surface(p.asking(len(waiting))),
		lay.Surface(p.differences(by[doubleentry.VerifyDiffers])),
	))
	p.begin()
}

func (p *verifyPage) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// begin puts the cursor where typing goes on.
func (p *verifyPage) begin() {
	switch {
	case p.at.Code == "":
	case p.by.Text() == "":
		p.sh.Focus(p.by.Entry())
	default:
		p.sh.Focus(p.total.Entry())
	}
}

// asking is the code to be looked up on paper and the field for its total.
func (p *verifyPage) asking(left int) fyne.CanvasObject {
	if left == 0 {
		return status.NewEmpty(
			p.sh.T("verify.all_done", nil), p.sh.T("verify.all_done_text", nil),
			button.NewPrimary(p.sh.T("verify.empty_act", nil), p.sh.Back),
		)
	}
	what := lay.Stack(
		lay.Gap4, look.NewText(p.sh.T("verify.next", judging.Args{"Name": p.at.Name}), look.Body, look.Quiet),
		look.NewStrong(string(p.at.Code), look.Title, look.Plain),
		look.NewPara(p.at.Category+"　"+p.at.Title, look.Body, look.Plain, 30).Fluid(),
	)
	return lay.VScroll(lay.Stack(
		lay.Gap16, look.NewPara(p.sh.T("verify.text", nil), look.Body, look.Quiet, 30).Fluid(), field.NewForm(p.by),
		lay.Line(), what,
		field.NewForm(p.total),
		lay.Row(0, button.NewPrimary(p.sh.T("verify.go", nil), p.onVerify)),
	))
}

// differences lists what has to be looked up.
func (p *verifyPage) differences(all []doubleentry.Verification) fyne.CanvasObject {
	head := look.NewStrong(p.sh.T("verify.differences", judging.Args{"N": len(all)}), look.Section, look.Plain)
	if len(all) == 0 {
		return lay.Stack(
			lay.Gap8, head, look.NewPara(p.sh.T("verify.no_differences", nil), look.Body, look.Quiet, 30).Fluid(),
		)
	}
	list := lay.Stack(lay.Gap16)
	for _, v := range all {
		both := p.sh.T("verify.both", judging.Args{"First": points(v.First), "Second": points(v.Second), "By": v.By})
		list.Add(lay.Stack(
			lay.Gap4, lay.Line(), look.NewPara(
				string(v.Code)+"　"+v.Name+"　"+v.Title, look.Body, look.Plain, 30,
			).Fluid(),
			look.NewPara(both, look.Body, look.Problem, 30).Fluid(),
			lay.Row(0, button.New(p.sh.T("verify.confirm", nil), func() { p.onConfirm(v) })),
		))
	}
	text := look.NewPara(p.sh.T("verify.settle_text", nil), look.Body, look.Quiet, 30).Fluid()
	return lay.Fill(lay.Stack(lay.Gap8, head, text), lay.VScroll(page.ClearOfBar(list)), nil)
}

func points(v float64) string { return judging.Exact(v).String() }

// onVerify keeps the total and goes on, or says which field wants something.
func (p *verifyPage) onVerify() {
	if !p.by.Changed() {
		p.sh.Focus(p.by.Entry())
		return
	}
	total, ok := p.total.Value()
	if !p.total.Changed() || !ok {
		p.sh.Focus(p.total.Entry())
		return
	}
	kit.Fetch(
		p.sh, p.sh.T("verify.title", nil), func(ctx context.Context, _ kit.Progress) (doubleentry.Verification, error) {
			return p.office.VerifyScore(ctx, p.at.Judge, string(p.at.Code), total, p.by.Text())
		},
		func(v doubleentry.Verification) {
			p.tell(v)
			p.total.Clear()
			p.Load()
		},
	)
}

func (p *verifyPage) tell(v doubleentry.Verification) {
	if v.State == doubleentry.VerifyDiffers {
		p.sh.Tell(kit.Notice{
			Tone: look.Problem,
			Text: p.sh.T("verify.differs_told", judging.Args{
				"Work": v.Code, "First": points(v.First), "Second": points(v.Second),
			}),
		})
		return
	}
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("verify.equal_told", judging.Args{"Work": v.Code})})
}

// onConfirm settles a difference where the sheet is right.
func (p *verifyPage) onConfirm(v doubleentry.Verification) {
	reason := field.NewText(
		p.sh, p.sh.T("app.fact_reason", nil), p.sh.T("verify.reason_help", nil),
		field.TextRule{Required: true, Limit: 100},
	)
	by := field.NewText(p.sh, p.sh.T("verify.by", nil), "", field.TextRule{Required: true, Limit: 20})
	by.SetText(p.by.Text())
	p.sh.Ask(kit.Question{
		Title:   p.sh.T("verify.confirm_title", judging.Args{"Name": v.Name, "Work": v.Code}),
		Content: field.NewForm(by, reason),
		Text:    p.sh.T("verify.confirm_text", judging.Args{"First": points(v.First), "Second": points(v.Second)}),
		Action:  p.sh.T("verify.confirm_act", nil),
		Do: func() error {
			err := p.office.ConfirmScore(context.Background(), v.Judge, string(v.Code), by.Text(), reason.Text())
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}
