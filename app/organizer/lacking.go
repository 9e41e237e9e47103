package organizer

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
)

// lack is one thing that a stage still wants before it is done, and where it can be seen to.
type lack struct {
	stage, text string
	tone        look.Tone
	route       kit.Route
}

// lacking lists what each stage still wants, in the order of the stages. A stage whose turn has not come wants
// nothing yet.
func lacking(t kit.Texter, s office.Summary) []lack {
	var out []lack
	add := func(when bool, stage, text string, n int, tone look.Tone, r kit.Route) {
		if when {
			out = append(out, lack{stage, t.T("lacking."+text, judging.Args{"N": n}), tone, r})
		}
	}
	works, pairs := s.Works[judging.Accepted], 0
	if published(s) {
		pairs = s.Plan.Pairs
	}
	scored := published(s) && s.Scored == pairs
	add(works == 0, page.Works, "works", 0, look.Waiting, kit.Route{Kind: page.Import})
	add(s.Loose > 0, page.Works, "loose", s.Loose, look.Waiting, kit.Route{Kind: page.Reconcile})
	returned := s.Works[judging.Returned] - s.Back
	add(returned > 0, page.Review, "returned", returned, look.Waiting, kit.Route{
		Kind: page.Works, Tab: string(judging.Returned),
	})
	add(s.Judges == 0, page.Assign, "judges", 0, look.Waiting, kit.Route{Kind: page.Judges})
	add(works > 0 && s.Judges > 0 && !published(s), page.Assign, "plan", 0, look.Waiting, kit.Route{Kind: page.Assign})
	add(
		published(s) && !scored && !s.Finished, page.Progress, "scores", pairs-s.Scored, look.Waiting,
		kit.Route{Kind: page.Progress},
	)
	add(scored && !s.Finished, page.Progress, "submit", 0, look.Waiting, kit.Route{Kind: page.Progress})
	add(s.Finished && s.Missing > 0, page.Progress, "missing", s.Missing, look.Waiting, kit.Route{Kind: page.Progress})
	add(s.Finished && s.Decided == 0, page.Results, "decide", 0, look.Waiting, kit.Route{Kind: page.Results})
	add(
		s.Finished && s.Decided > 0 && s.Notice == nil, page.Notice, "notice", 0, look.Waiting,
		kit.Route{Kind: page.Notice},
	)
	final := s.Notice != nil && s.Notice.State == judging.Final
	add(
		s.Notice != nil && !final && s.Objections == 0, page.Notice, "final", 0, look.Waiting,
		kit.Route{Kind: page.Notice},
	)
	add(final && s.Batches == 0, page.Batches, "batches", s.Granted, look.Waiting, kit.Route{Kind: page.Batches})
	return out
}

// shownAlready are kinds of open points that lacking lists in words of its own: they are the next step, not a fault.
var shownAlready = []string{"lists_open", "notice_not_over"}

// pointStages are the stages in whose rows the points of a page stand.
var pointStages = map[string]string{
	page.Works: page.Works, page.Units: page.Works, page.Review: page.Review, page.Blind: page.Review,
	page.Problems: page.Works, page.Sending: page.Works,
	page.Duplicates: page.Review,
	page.Judges:     page.Assign, page.Progress: page.Progress, page.Clashes: page.Progress,
	page.Disputes: page.Results, page.Severity: page.Results,
	page.Results: page.Results, page.Board: page.Results, page.Notice: page.Notice, page.Batches: page.Batches,
}

// openLacks lists what the gates ask about, as rows that lead to where it is settled.
func openLacks(t kit.Texter, open []office.Point) []lack {
	var out []lack
	for _, p := range open {
		stage, known := pointStages[p.Place]
		if !known || slices.Contains(shownAlready, p.Kind) {
			continue
		}
		l := lack{stage, t.T(p.Text, p.Args), look.Waiting, page.PointRoute(p)}
		if len(p.Stops) > 0 {
			l.tone = look.Problem
		}
		out = append(out, l)
	}
	return out
}

// lackRow is a thing to press that leads to where it is seen to.
func lackRow(sh kit.Shell, l lack) fyne.CanvasObject {
	stage := container.NewStack(
		lay.Blank(look.Em(6), 0), look.NewText(sh.T("app.rail_"+l.stage, nil), look.Body, look.Quiet),
	)
	left := lay.Row(lay.Gap8, widget.NewIcon(l.tone.Icon()), stage)
	onward := lay.Row(
		lay.Gap8, widget.NewIcon(theme.NewColoredResource(theme.NavigateNextIcon(), theme.ColorNamePlaceHolder)),
	)
	words := look.NewPara(l.text, look.Body, look.Plain, 60).Fluid()
	middle := container.NewVBox(layout.NewSpacer(), words, layout.NewSpacer())
	line := container.NewBorder(nil, nil, left, onward, middle)
	return button.NewPress(container.NewStack(lay.Blank(0, look.RowHeight()), line), func() { follow(sh, l.route) })
}

// follow goes where r leads; to an import of its own if it leads to one.
func follow(sh kit.Shell, r kit.Route) {
	if r.Kind == page.Import {
		r = page.ImportRoute(sh)
	}
	sh.Navigate(r)
}
