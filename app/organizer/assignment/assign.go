package assignment

import (
	"context"
	"errors"
	"fmt"
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
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/review"
)

type assignOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	Rules(ctx context.Context) (judging.Rules, error)
	PlanLoads(ctx context.Context, id judging.PlanID) ([]assignment.Load, error)
	PlanOverlap(ctx context.Context, id judging.PlanID) (assignment.Overlap, error)
	PlanAssignment(
		ctx context.Context, req assignment.PlanRequest, progress func(done, total int),
	) (judging.Plan, error)
	PublishPlan(ctx context.Context, id judging.PlanID) (judging.Plan, error)
	OpenPointsAt(ctx context.Context, gate office.Gate) ([]office.Point, error)
	BlindWorks(ctx context.Context, progress func(done, total int)) (review.BlindReady, error)
}

// assignPage makes a plan of who scores what, shows how good it is, and publishes it.
type assignPage struct {
	sh      kit.Shell
	office  assignOffice
	head    *header.Header
	perWork *field.Number
	seed    *field.Number
	plan    *button.Button
	right   *fyne.Container
	short   []assignment.Shortage // why the last attempt failed
	data    assignData
}

// assignData is all that the page shows.
type assignData struct {
	office.Summary
	rules   judging.Rules
	loads   []assignment.Load
	overlap assignment.Overlap
}

func newAssignPage(sh kit.Shell, o assignOffice) *assignPage { return &assignPage{sh: sh, office: o} }

// Title is the page's name.
func (p *assignPage) Title() string { return p.sh.T("app.assign", nil) }

// Content builds the rule at the left and room for what comes of it at the right.
func (p *assignPage) Content() fyne.CanvasObject {
	p.perWork = field.NewNumber(
		p.sh, p.sh.T("app.per_work", nil), p.sh.T("app.per_work_help", nil), p.sh.T("app.unit_judges", nil),
		field.Range{Low: 1, High: 50}, false,
	)
	p.seed = field.NewNumber(
		p.sh, p.sh.T("app.seed", nil), p.sh.T("app.seed_help", nil), "", field.Range{Low: 0, High: 1 << 52}, false,
	)
	p.plan = button.NewPrimary(p.sh.T("app.plan", nil), p.onPlan)
	p.head = header.New(p.Title())
	p.right = container.NewStack()
	form := lay.Stack(lay.Gap16, field.NewForm(p.perWork, p.seed), lay.Row(0, p.plan),
		look.NewPara(p.sh.T("app.plan_rules", nil), look.Note, look.Quiet, 24).Fluid())
	left := lay.Surface(container.NewStack(lay.Blank(look.Em(17), 0), lay.VScroll(page.ClearOfBar(form))))
	return header.Page(p.head, lay.Split(lay.Gap16, []float32{0, 1}, left, p.right))
}

// Load reads the plan in force, or the newest draft.
func (p *assignPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), p.read, func(d assignData) {
		p.data = d
		p.show()
	})
}

func (p *assignPage) read(ctx context.Context, _ kit.Progress) (assignData, error) {
	var d assignData
	var err error
	if d.Summary, err = p.office.ShowContest(ctx); err != nil {
		return d, err
	}
	if d.rules, err = p.office.Rules(ctx); err != nil {
		return d, err
	}
	if d.Plan == nil {
		return d, nil
	}
	if d.loads, err = p.office.PlanLoads(ctx, d.Plan.ID); err != nil {
		return d, err
	}
	d.overlap, err = p.office.PlanOverlap(ctx, d.Plan.ID)
	return d, err
}

func (p *assignPage) show() {
	p.perWork.Entry().SetPlaceHolder(fmt.Sprint(p.data.rules.PerWork))
	p.plan.Enable()
	p.plan.SetText(p.sh.T("app.plan", nil))
	p.plan.Rank = button.Primary
	var body fyne.CanvasObject
	switch d := p.data; {
	case len(p.short) > 0:
		body = p.shortView()
	case d.Plan != nil:
		p.plan.SetText(p.sh.T("app.plan_again", nil))
		p.plan.Rank = button.Secondary
		if d.Scored > 0 {
			p.plan.Disable()
		}
		body = p.planView()
	case d.Works[judging.Accepted] == 0:
		body = status.NewEmpty(p.sh.T("app.works_empty", nil), p.sh.T("app.assign_no_works", nil), p.to(page.Works))
	case d.Judges == 0:
		body = status.NewEmpty(
			p.sh.T("app.judges_empty", nil), p.sh.T("app.assign_no_judges", nil), p.to(page.Judges),
		)
	default:
		body = status.NewEmpty(
			p.sh.T("app.assign_none", judging.Args{"Works": d.Entered, "Judges": d.Judges}),
			p.sh.T("app.assign_none_text", nil), nil,
		)
	}
	p.right.Objects = []fyne.CanvasObject{body}
	p.right.Refresh()
	p.plan.Refresh()
}

func (p *assignPage) to(kind string) *button.Button {
	return button.New(p.sh.T("app.go_"+kind, nil), func() { p.sh.Navigate(kit.Route{Kind: kind}) })
}

// onPlan makes a new draft.
func (p *assignPage) onPlan() {
	if !p.perWork.Valid() || !p.seed.Valid() {
		return
	}
	req := planRequest(p.perWork, p.seed)
	p.sh.Run(p.sh.T("app.planning", nil), func(ctx context.Context, progress kit.Progress) error {
		_, err := p.office.PlanAssignment(ctx, req, progress)
		return err
	}, p.planned)
}

// planRequest reads the form; empty fields leave the choice to the rules and to chance.
func planRequest(perWork, seed *field.Number) assignment.PlanRequest {
	var req assignment.PlanRequest
	if n, ok := perWork.Value(); ok {
		req.PerWork = int(n)
	}
	if n, ok := seed.Value(); ok {
		s := uint64(n)
		req.Seed = &s
	}
	return req
}

// planned shows the draft, or in sums why a plan is impossible.
func (p *assignPage) planned(err error) {
	var short *assignment.Shortages
	p.short = nil
	if errors.As(err, &short) {
		p.short = short.Missing
		p.show()
		return
	}
	p.sh.ShowError(err)
	p.Load()
}

// publishing is the gate before judges begin.
const publishing = office.Gate("publish")

// onPublish looks up what is open before it asks.
func (p *assignPage) onPublish() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]office.Point, error) {
		return p.office.OpenPointsAt(ctx, publishing)
	}, p.askPublish)
}

// askPublish asks with what it means in numbers and what is only noted, then publishes. What has to be confirmed is
// asked about after that.
func (p *assignPage) askPublish(open []office.Point) {
	plan := p.data.Plan
	text := p.sh.T("app.publish_ask", judging.Args{"Works": plan.Works, "Judges": plan.Judges, "Pairs": plan.Pairs})
	for _, one := range open {
		if slices.Contains(one.Says, publishing) {
			text += "\n" + p.sh.T(one.Text, one.Args)
		}
	}
	p.sh.Ask(kit.Question{Title: p.sh.T("app.publish", nil), Text: text,
		Action: p.sh.T("app.publish", nil), Check: p.sh.T("app.publish_check", nil), Do: func() error {
			return page.Overrule(p.sh, func(ctx context.Context) error { return p.publish(ctx, plan.ID) })
		}})
}

func (p *assignPage) publish(ctx context.Context, plan judging.PlanID) error {
	_, err := p.office.PublishPlan(ctx, plan)
	if err == nil {
		p.prepareCopies()
		p.sh.Tell(kit.Notice{
			Tone: look.Done, Text: p.sh.T("app.published", nil), Action: p.sh.T("app.next_score_act", nil),
			Do: func() { p.sh.Navigate(kit.Route{Kind: page.Progress}) },
		})
	}
	return err
}

// prepareCopies makes what judges will see, in the background: whoever opens a work before its turn gets its
// copy made on the spot. Nobody can score files that can't be cleaned, so they are reported.
func (p *assignPage) prepareCopies() {
	kit.Fetch(
		p.sh, p.sh.T("blind.preparing", nil),
		func(ctx context.Context, progress kit.Progress) (review.BlindReady, error) {
			return p.office.BlindWorks(ctx, progress)
		},
		func(r review.BlindReady) {
			if r.Failed > 0 {
				p.sh.Tell(kit.Notice{
					Tone: look.Waiting,
					Text: p.sh.T("blind.prepared", judging.Args{
						"Clean": r.Clean, "Failed": r.Failed, "Names": r.Names,
					}),
					Action: p.sh.T("blind.title", nil),
					Do:     func() { p.sh.Navigate(kit.Route{Kind: page.Blind}) },
				})
			}
		},
	)
}
