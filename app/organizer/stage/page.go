package stage

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/live"
)

// stagePage runs the stage.
type stagePage struct {
	sh     kit.Shell
	office *office.Office
	stage  live.Stage
	head   *header.Header
	acts   []*button.Button // of a running order that there is
	body   *fyne.Container
	view   *view // nil before the lots are drawn
	seen   sight
	place  place
	pace   pace
}

// sight is the stage as it was read last.
type sight struct {
	order []live.Turn
	board live.Board
}

// on is the work that is on the stage, nil where none is.
func (s sight) on() *live.Turn {
	for i := range s.order {
		if s.order[i].State == live.Called {
			return &s.order[i]
		}
	}
	return nil
}

// place is what the page keeps while another one is shown.
type place struct {
	work string // selected
	auto auto
}

// pace is what is under way.
type pace struct {
	asked int       // reads begun
	busy  bool      // an act is being done
	held  kit.Timer // until it rings, another press is the same one
	again kit.Timer // reads the stage again: a clock runs
	gone  bool      // the page was left
}

// Pages returns the maker of the page over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Stage: func(sh kit.Shell, _ kit.Route) kit.Page { return newStagePage(sh, now()) },
	}
}

func newStagePage(sh kit.Shell, o *office.Office) *stagePage {
	return &stagePage{sh: sh, office: o, stage: o.Live()}
}

// Title is the page's name.
func (p *stagePage) Title() string { return p.sh.T("stagepage.title", nil) }

// Content builds the frame.
func (p *stagePage) Content() fyne.CanvasObject {
	p.acts = []*button.Button{
		button.New(p.sh.T("stagepage.print", nil), p.sh.PrintPage),
		button.New(p.sh.T("stagepage.break", nil), p.onBreak),
		button.New(p.sh.T("stagepage.screen", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Screen}) }),
	}
	p.head = header.New(p.Title(), p.acts[0], p.acts[1], p.acts[2]).WithBack(p.sh.Back)
	p.offer(false)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// offer shows the acts, or hides them.
func (p *stagePage) offer(on bool) {
	for _, b := range p.acts {
		b.Hidden = !on
	}
	p.head.Refresh()
}

// Keep keeps who is selected, and how scoring ends.
func (p *stagePage) Keep() any {
	p.note()
	return p.place
}

func (p *stagePage) note() {
	if p.view != nil {
		if row, ok := p.view.table.Selected(); ok {
			p.place.work = string(row.Work)
		}
	}
}

// Restore takes it up.
func (p *stagePage) Restore(state any) { p.place, _ = state.(place) }

// Leave stops the page's clocks: what ends by itself ends only where the organiser sees it.
func (p *stagePage) Leave() {
	p.pace.gone = true
	for _, t := range []kit.Timer{p.pace.held, p.pace.again} {
		if t != nil {
			t.Stop()
		}
	}
}

// Load reads the stage. Without a published plan it is too early.
func (p *stagePage) Load() {
	p.pace.asked++
	mine := p.pace.asked
	var now sight
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		if now.order, err = p.stage.Order(ctx); err == nil {
			now.board, err = p.stage.Board(ctx)
		}
		return err
	}, func(err error) {
		switch {
		case mine != p.pace.asked || p.pace.gone: // overtaken by a later look
		case judging.CodeOf(err) == judging.Closed:
			p.showEarly()
		case err != nil:
			p.showFault(err)
		case len(now.order) == 0:
			p.showUndrawn()
		default:
			p.show(now)
		}
	})
}

// showEarly says what has to come first.
func (p *stagePage) showEarly() {
	act := button.NewPrimary(p.sh.T("app.next_assign_act", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Assign}) })
	p.empty(p.sh.T("app.progress_early", nil), p.sh.T("stagepage.early", nil), act)
}

// showFault says in the page what can't be read: it is read again and again, and must not ask each time.
func (p *stagePage) showFault(err error) {
	if p.view != nil {
		p.sh.Tell(kit.Notice{Tone: look.Problem, Text: p.sh.Err(err)})
		return
	}
	p.empty(p.Title(), p.sh.Err(err), button.New(p.sh.T("stagepage.read_again", nil), p.Load))
}

func (p *stagePage) showUndrawn() {
	p.empty(p.sh.T("stagepage.undrawn", nil), p.sh.T("stagepage.undrawn_text", nil),
		button.NewPrimary(p.sh.T("stagepage.draw", nil), func() { p.onDraw(false) }))
}

func (p *stagePage) empty(title, text string, act *button.Button) {
	p.view = nil
	p.offer(false)
	page.SetBody(p.body, lay.Surface(status.NewEmpty(title, text, act)))
}

// show draws the stage, and looks again where a clock runs or scoring ends by itself.
func (p *stagePage) show(now sight) {
	p.seen = now
	if p.view == nil {
		p.offer(true)
		p.view = newView(p)
		page.SetBody(p.body, p.view.whole)
		p.view.set(now, p.place.auto)
		p.view.table.Select(p.place.work)
	} else {
		p.view.set(now, p.place.auto)
	}
	p.head.SetCount(p.sh.T("stagepage.count", judging.Args{"Done": now.board.Done, "Total": now.board.Total}))
	if p.pace.again != nil {
		p.pace.again.Stop()
		p.pace.again = nil
	}
	on := now.on()
	if on == nil || p.pace.busy {
		return
	}
	if p.place.auto.over(*on) {
		p.close(on.Scored < on.Seats)
		return
	}
	if now.board.Step() == live.StepStop || p.place.auto.How == byTime {
		p.pace.again = p.sh.After(time.Second, p.Load)
	}
}

// Report says how the order came about, for the paper it is printed on.
func (p *stagePage) Report() []string {
	if len(p.seen.order) == 0 {
		return nil
	}
	moved := 0
	for _, t := range p.seen.order {
		if t.Moved {
			moved++
		}
	}
	out := []string{p.sh.T("stagepage.lots", judging.Args{"Seed": p.seen.order[0].Seed, "Count": len(p.seen.order)})}
	if moved > 0 {
		out = append(out, p.sh.T("stagepage.lots_moved", judging.Args{"N": moved}))
	}
	return out
}

// TypedKey does the next step by the space bar.
func (p *stagePage) TypedKey(key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeySpace || p.view == nil {
		return false
	}
	p.onStep()
	return true
}
