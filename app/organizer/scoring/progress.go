package scoring

import (
	"context"
	"path/filepath"

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
	"fayi/app/organizer/page"
	"fayi/app/speaker"
	"fayi/judging"
	"fayi/judging/media/play"
	"fayi/judging/office/collecting"
	"fayi/judging/office/scoring"
)

type progressOffice interface {
	Progress(ctx context.Context) (scoring.Progress, error)
	WriteScoreSheets(ctx context.Context, dir string, only judging.JudgeID, words page.Words) ([]string, error)
	PreviewCollect(ctx context.Context, paths []string, opt collecting.Options) (collecting.Collected, error)
	CollectScores(ctx context.Context, paths []string, opt collecting.Options) (collecting.Collected, error)
	UndoCollect(ctx context.Context, id, reason string) (scoring.Collection, error)
	Collections(ctx context.Context) ([]scoring.Collection, error)
	SubmitScores(ctx context.Context, judge judging.JudgeID) error

	judgeOffice
	roundOffice
	raisedOffice
	filesOffice
	liveOffice
}

// progressPage shows how far each judge is in each category and what waits for the organiser, and is the door to
// all ways of scoring: at this computer, or by sheets sent out and collected.
type progressPage struct {
	sh        kit.Shell
	office    progressOffice
	head      *header.Header
	acts      []*button.Button
	filter    *filter.Bar
	body      *fyne.Container
	status    scoring.Progress
	collected []collected // of the last collecting, until it is put away
	tab       string      // raisedTab, or "" for the grid
	raised    *raisedList
	mute      unheard // what judges would miss at this computer
	live      bool    // works are performed on a stage
}

// raisedTab is what judges reported to the organiser.
const raisedTab = "raised"

func newProgressPage(sh kit.Shell, o progressOffice) *progressPage {
	return &progressPage{sh: sh, office: o, raised: newRaisedList(sh, o)}
}

// Title is the page's name.
func (p *progressPage) Title() string { return p.sh.T("app.progress", nil) }

// Content builds the frame.
func (p *progressPage) Content() fyne.CanvasObject {
	sheets := button.NewMenu(
		p.sh.T("progress.sheets", nil), fyne.NewMenuItem(p.sh.T("app.sheets_all", nil), func() { p.onSheets("") }),
		fyne.NewMenuItem(p.sh.T("app.collect_folder", nil), p.onCollectFolder),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(p.sh.T("collect.undo_last", nil), p.onUndoLast),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(p.sh.T("progress.pledges", nil)+"…", func() { p.sh.Navigate(kit.Route{Kind: page.Pledges}) }),
		fyne.NewMenuItem(p.sh.T("audiencepage.title", nil)+"…", func() {
			p.sh.Navigate(kit.Route{Kind: page.Audience})
		}),
	)
	packets := button.New(p.sh.T("packets.title", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Packets}) })
	room := button.New(p.sh.T("progress.room", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Room}) })
	p.acts = []*button.Button{room, packets, sheets, button.New(p.sh.T("app.collect", nil), p.onCollect)}
	p.head = header.New(p.Title(), room, packets, sheets, p.acts[3])
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads how far everybody is. Without a published plan nothing is wrong: it is only too early.
func (p *progressPage) Load() {
	var status scoring.Progress
	var raised []scoring.Raised
	var mute unheard
	var onStage bool
	p.sh.Run(p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		if status, err = p.office.Progress(ctx); err != nil {
			return err
		}
		if raised, err = p.office.Flags(ctx); err != nil {
			return err
		}
		if mute, err = findUnheard(ctx, p.office, play.FindTools(), speaker.Card{}.Works); err != nil {
			return err
		}
		onStage, err = hasStage(ctx, p.office)
		return err
	}, func(err error) {
		if judging.CodeOf(err) == judging.Closed {
			p.showEarly()
			return
		}
		p.sh.ShowError(err)
		p.status, p.mute, p.live = status, mute, onStage
		p.raised.set(raised)
		p.show()
	})
}

// showEarly says what has to come first.
func (p *progressPage) showEarly() {
	for _, b := range p.acts {
		b.Disable()
	}
	act := button.NewPrimary(p.sh.T("app.next_assign_act", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Assign}) })
	p.body.Objects = []fyne.CanvasObject{
		lay.Surface(status.NewEmpty(p.sh.T("app.progress_early", nil), p.sh.T("app.progress_early_text", nil), act)),
	}
	p.body.Refresh()
}

func (p *progressPage) show() {
	p.head.SetCount(p.sh.T("app.progress_count", judging.Args{"Done": p.status.Done, "Total": p.status.Total}))
	body := p.grid
	switch {
	case len(p.collected) > 0:
		body = func() fyne.CanvasObject {
			return collectView(p.sh, p.collected, func() { p.collected = nil; p.show() })
		}
	case p.tab == raisedTab:
		body = func() fyne.CanvasObject { return lay.Fill(p.tabs(), p.raised, nil) }
	}
	p.body.Objects = []fyne.CanvasObject{body()}
	p.body.Refresh()
}

// tabs switches between the grid and what judges reported.
func (p *progressPage) tabs() fyne.CanvasObject {
	options := []choice.Option{{Key: "", Title: p.sh.T("progress.tab_grid", nil)},
		{Key: raisedTab, Title: p.sh.T("progress.tab_raised", judging.Args{"N": p.status.Raised})}}
	return lay.Row(0, choice.NewSegments(options, p.tab, func(key string) {
		p.tab = key
		p.show()
	}))
}

// grid is judge by category, with what is to be done now above and the ways on below.
func (p *progressPage) grid() fyne.CanvasObject {
	p.filter.SetQuick(gridQuicks(p.sh, p.status)...)
	top := lay.Stack(
		lay.Gap8,
		lay.Spread(
			p.tabs(),
			p.takeTurns(),
		),
		p.filter,
	)
	if c := p.status.Closed; c != nil {
		top.Add(status.NewNotice(
			kit.Notice{
				Tone: look.Done, Text: closedText(p.sh, *c), Action: p.sh.T("progress.reopen_round", nil),
				Do: p.onReopenRound,
			},
			nil,
		))
	} else if full := statusRows(p.status.Judges, kit.Filter{Quick: "full"}); len(full) > 0 {
		top.Add(status.NewNotice(
			kit.Notice{
				Tone: look.Waiting, Text: p.sh.T("app.full", judging.Args{"N": len(full)}),
				Action: p.sh.T("app.submit_all", nil),
				Do:     func() { p.onSubmitAll(full) },
			},
			nil,
		))
	}
	if p.status.Closed == nil {
		for _, n := range unheardNotices(p.sh, p.mute) {
			top.Add(n)
		}
	}
	foot := lay.Flow(
		lay.Gap8, button.New(p.sh.T("progress.remind_all", nil), func() { p.onRemind("") }),
		button.New(p.sh.T("progress.trial", nil), p.onTrial),
	)
	if p.live {
		foot.Add(button.New(p.sh.T("stagepage.title", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Stage}) }))
	}
	if v := p.status.Verify; v.Total > 0 {
		foot.Add(button.New(p.sh.T("verify.button", judging.Args{
			"Done": v.Done, "Total": v.Total,
		}), func() { p.sh.Navigate(kit.Route{Kind: page.Verify}) }))
	}
	if p.status.Closed == nil {
		foot.Add(button.New(p.sh.T("progress.close", nil), p.onClose))
	}
	return lay.Fill(top, p.rows(), foot)
}

// takeTurns hands the window over to judges: the act of the page for as long as there is something to score.
func (p *progressPage) takeTurns() fyne.CanvasObject {
	title, act := p.sh.T("progress.take_turns", nil), func() { p.sh.Restart(kit.Route{Kind: page.HandOver}) }
	if p.status.Closed != nil || p.status.Done == p.status.Total {
		return button.New(title, act)
	}
	return button.NewPrimary(title, act)
}

// Find puts the cursor in the search field.
func (p *progressPage) Find() { p.filter.Find() }

// onScore hands the window over to a judge.
func (p *progressPage) onScore(j scoring.JudgeStatus) {
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("app.score_here_title", judging.Args{"Name": j.Call}),
		Text:   p.sh.T("app.score_here_text", judging.Args{"Total": j.Total, "Done": j.Done}),
		Action: p.sh.T("app.score_here_act", nil),
		Do:     func() error { p.sh.Restart(kit.Route{Kind: page.HandOver, ID: string(j.Judge)}); return nil },
	})
}

// onSheets writes score sheets into a folder: of one judge, or of all.
func (p *progressPage) onSheets(only judging.JudgeID) {
	p.sh.SaveIn(func(dir string) {
		dir = filepath.Join(dir, p.sh.T("app.sheets_folder", nil))
		kit.Fetch(p.sh, p.sh.T("app.sheets_writing", nil), func(ctx context.Context, _ kit.Progress) ([]string, error) {
			return p.office.WriteScoreSheets(ctx, dir, only, p.sh.T)
		}, func(paths []string) {
			page.TellWritten(
				p.sh, filepath.Join(dir, "x"),
				p.sh.T("app.sheets_written", judging.Args{"N": len(paths), "Path": dir}),
			)
		})
	})
}

// onSubmit hands in for a judge whose list came by sheets.
func (p *progressPage) onSubmit(j scoring.JudgeStatus) {
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("app.submit_for", nil),
		Text:   p.sh.T("app.submit_ask", judging.Args{"Name": j.Call, "Total": j.Total}),
		Action: p.sh.T("app.submit_do", nil),
		Do:     func() error { return p.office.SubmitScores(context.Background(), j.Judge) },
	})
}

// onSubmitAll hands in for all judges whose lists are complete.
func (p *progressPage) onSubmitAll(full []scoring.JudgeStatus) {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("app.submit_all", nil), Text: p.sh.T("app.submit_all_ask", judging.Args{"N": len(full)}),
		Action: p.sh.T("app.submit_do", nil),
		Check:  p.sh.T("app.submit_all_check", nil),
		Do: func() error {
			for _, j := range full {
				if err := p.office.SubmitScores(context.Background(), j.Judge); err != nil {
					return err
				}
			}
			return nil
		},
	})
}
