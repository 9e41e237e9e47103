package organizer

import (
	"context"
	"fmt"
	"slices"

	"fayi/app/kit"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

// Standing is where a contest stands: all that the rail and the overview are made from.
type Standing struct {
	office.Summary

	Open []office.Point // what is unfinished or inconsistent
	Due  int            // documents to be made again
}

// StandingOffice is what Stand asks of a contest.
type StandingOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	OpenPoints(ctx context.Context) ([]office.Point, error)
	DueDocuments(ctx context.Context) ([]report.Due, error)
}

// Stand reads where a contest stands. Errors: those of the store.
func Stand(ctx context.Context, o StandingOffice) (s Standing, err error) {
	if s.Summary, err = o.ShowContest(ctx); err != nil {
		return s, err
	}
	if s.Open, err = o.OpenPoints(ctx); err != nil {
		return s, err
	}
	due, err := o.DueDocuments(ctx)
	s.Due = len(due)
	return s, err
}

// nextStep is one thing to do now.
type nextStep struct {
	stage     string // of the rail, to which it belongs
	text, act string
	route     kit.Route
}

// mostSteps is how many things to do are shown at once.
const mostSteps = 3

// nextStage is the stage of the rail to which the next step belongs: rail and overview are of one mind.
func nextStage(t kit.Texter, s Standing) string {
	if all := nextSteps(t, s); len(all) > 0 {
		return all[0].stage
	}
	return ""
}

// steps gathers things to do: what has to come before the step that a contest has come to, that step, and what may
// wait.
type steps struct {
	t                   kit.Texter
	before, main, after []nextStep
}

func (p *steps) step(stage, name string, args judging.Args, r kit.Route) nextStep {
	return nextStep{stage, p.t.T("app.next_"+name, args), p.t.T("app.next_"+name+"_act", args), r}
}

// nextSteps returns at most three things to do now, the first one first: what stops the step that the contest has come
// to, what it would ask about, then the step itself.
func nextSteps(t kit.Texter, s Standing) []nextStep {
	p := &steps{t: t}
	if s.Works[judging.Accepted] == 0 {
		p.main = append(p.main, p.step(page.Works, "import", nil, kit.Route{Kind: page.Import}))
	}
	if !published(s.Summary) {
		p.unpublished(s)
	} else {
		p.published(s)
	}
	// The step itself is always shown, however much is open before it.
	first := p.before[:min(len(p.before), mostSteps-min(len(p.main), 1))]
	out := slices.Concat(first, p.main, p.before[len(first):], p.after)
	return out[:min(len(out), mostSteps)]
}

// unpublished are the steps until judges may score.
func (p *steps) unpublished(s Standing) {
	works := s.Works[judging.Accepted]
	if s.Judges == 0 {
		p.main = append(p.main, p.step(page.Assign, "judges", nil, kit.Route{Kind: page.Judges}))
	}
	if works == 0 {
		p.after = append(p.after, p.step(page.Works, "prepare", nil, kit.Route{Kind: page.Prepare}))
		return
	}
	if s.Loose > 0 {
		r := kit.Route{Kind: page.Reconcile}
		p.before = append(p.before, p.step(page.Works, "loose", judging.Args{"N": s.Loose}, r))
	}
	if s.Waiting > 0 {
		r := kit.Route{Kind: page.Review}
		p.before = append(p.before, p.step(page.Review, "review", judging.Args{"N": s.Waiting}, r))
	}
	p.open(s, "publish")
	switch {
	case s.Plan != nil:
		p.main = append(p.main, p.step(
			page.Assign, "publish", judging.Args{"N": s.Plan.Pairs}, kit.Route{Kind: page.Assign},
		))
	case s.Judges > 0:
		p.main = append(p.main, p.step(
			page.Assign, "assign", judging.Args{"Works": works, "Judges": s.Judges}, kit.Route{Kind: page.Assign},
		))
	}
	if n := s.Works[judging.Returned]; n > 0 {
		r := kit.Route{Kind: page.Works, Tab: string(judging.Returned)}
		p.after = append(p.after, p.step(page.Review, "returned", judging.Args{"N": n}, r))
	}
	if s.NoFiles > 0 {
		r := kit.Route{Kind: page.Works, Tab: page.NoFiles}
		p.after = append(p.after, p.step(page.Works, "no_files", judging.Args{"N": s.NoFiles}, r))
	}
}

// published are the steps from the first score to the last paper.
func (p *steps) published(s Standing) {
	flags := func(list *[]nextStep) {
		if s.Flags > 0 {
			r := kit.Route{Kind: page.Progress}
			*list = append(*list, p.step(page.Progress, "flags", judging.Args{"N": s.Flags}, r))
		}
	}
	add := func(stage, name string, args judging.Args, kind string) {
		p.main = append(p.main, p.step(stage, name, args, kit.Route{Kind: kind}))
	}
	switch {
	case s.Notice != nil && s.Notice.State == judging.Final:
		p.open(s, "batch")
		if s.Batches == 0 {
			add(page.Batches, "report", judging.Args{"N": s.Granted}, page.Batches)
		} else {
			add(page.Reports, "papers", nil, page.Reports)
		}
	case s.Notice != nil && s.Notice.State == judging.Standing:
		if s.Objections > 0 {
			p.before = append(p.before, p.step(
				page.Notice, "objections", judging.Args{"N": s.Objections}, kit.Route{Kind: page.Notice},
			))
		}
		p.open(s, "final")
		name := "notice"
		if s.NoticeOver {
			name = "notice_over"
		}
		add(page.Notice, name, judging.Args{"Until": kit.Date(p.t, s.Notice.Until)}, page.Notice)
	case s.Decided > 0:
		flags(&p.before)
		p.open(s, "notice")
		add(page.Notice, "publish_awards", judging.Args{"N": s.Granted}, page.Notice)
		p.after = append(p.after, p.step(
			page.Results, "export", judging.Args{"N": s.Granted}, kit.Route{Kind: page.Results},
		))
	case s.Finished:
		flags(&p.before)
		p.open(s, "decide", "disputes")
		add(page.Results, "decide", nil, page.Results)
	case s.Scored == s.Plan.Pairs:
		flags(&p.before)
		p.open(s, "close")
		add(page.Progress, "submit", nil, page.Progress)
	default: // judges are at work: what they ask does not stop them
		add(page.Progress, "score", judging.Args{"N": s.Plan.Pairs - s.Scored}, page.Progress)
		flags(&p.after)
	}
}

// ownSteps are the kinds of open points that have a step of their own, or are the step itself.
var ownSteps = []string{"flags", "lists_open", "no_files", "not_reviewed", "notice_not_over", "objections"}

// open puts before the step what its gate stops at, then what it asks about and what is among also.
func (p *steps) open(s Standing, gate office.Gate, also ...string) {
	add := func(meant func(office.Point) bool) {
		for _, x := range s.Open {
			stage, known := pointStages[x.Place]
			if known && meant(x) && !slices.Contains(ownSteps, x.Kind) {
				p.before = append(p.before, nextStep{
					stage, p.t.T(x.Text, x.Args), p.t.T("app.next_open_act", nil), page.PointRoute(x),
				})
			}
		}
	}
	add(func(x office.Point) bool { return slices.Contains(x.Stops, gate) })
	add(func(x office.Point) bool {
		return !slices.Contains(x.Stops, gate) && (slices.Contains(x.Asks, gate) || slices.Contains(also, x.Kind))
	})
}

// openPages are the pages of what people would not look for: each stands below its stage while something is open there.
var openPages = []struct{ stage, page string }{
	{page.Works, page.Sending}, {page.Works, page.Problems}, {page.Works, page.Reconcile},
	{page.Review, page.Duplicates},
	{page.Review, page.Blind}, {page.Progress, page.Progress}, {page.Progress, page.Clashes},
	{page.Results, page.Disputes}, {page.Reports, page.Due},
}

// below lists what is open in a stage, with its numbers.
func below(t kit.Texter, s Standing, stage string) (out []status.Open) {
	for _, p := range openPages {
		n := openOn(s, p.page)
		if p.stage != stage || n == 0 {
			continue
		}
		out = append(out, status.Open{
			Key: p.page, Title: t.T("app.rail_open_"+p.page, nil), Note: fmt.Sprint(n),
		})
	}
	return out
}

// openOn counts what is open on a page.
func openOn(s Standing, at string) (n int) {
	switch at {
	case page.Reconcile:
		return s.Loose
	case page.Due:
		return s.Due
	case page.Progress:
		return s.Flags
	}
	for _, p := range s.Open {
		if p.Place == at {
			n += p.Count
		}
	}
	return n
}
