package organizer

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
)

// stage is one step of a contest as the rail and the overview show it.
type stage struct {
	kind   string // of its route
	number string // what there is, in few characters
	note   string // what it means, or what is in the way
	tone   look.Tone
	done   bool
	passed bool // left undone, and the contest went on without it
}

// stages says how far each step has come, in the order in which a contest goes.
func stages(t kit.Texter, s office.Summary) []stage {
	return []stage{
		worksStage(t, s), reviewStage(t, s), assignStage(t, s), progressStage(t, s), resultsStage(t, s),
		noticeStage(t, s), batchesStage(t, s),
	}
}

func worksStage(t kit.Texter, s office.Summary) stage {
	n := s.Works[judging.Accepted]
	out := stage{kind: page.Works, number: fmt.Sprint(n), note: t.T("app.stage_works_none", nil), done: n > 0}
	switch {
	case n > 0 && s.Loose > 0:
		out.note, out.tone = t.T("app.stage_works_loose", judging.Args{"N": s.Loose}), look.Waiting
	case n > 0 && s.NoFiles > 0:
		out.note, out.tone = t.T("app.stage_works_no_files", judging.Args{"N": s.NoFiles}), look.Waiting
	case n > 0:
		out.note, out.tone = t.T("app.stage_works_done", nil), look.Done
	}
	return out
}

// reviewStage does not hold up what comes after: a contest may go on with works that nobody looked at.
func reviewStage(t kit.Texter, s office.Summary) stage {
	out := stage{kind: page.Review, number: fmt.Sprint(s.Waiting), note: t.T("app.stage_review_none", nil)}
	switch n := s.Works[judging.Accepted] + s.Works[judging.Returned]; {
	case n == 0:
		out.number = "—"
	case s.Waiting > 0:
		out.note = t.T("app.stage_review_waiting", judging.Args{"N": s.Waiting})
		out.tone = look.Waiting
		out.passed = published(s)
	case s.Works[judging.Returned] > 0:
		out.number, out.done = fmt.Sprint(s.Works[judging.Returned]), true
		out.note, out.tone = t.T(
			"app.stage_review_returned", judging.Args{"N": s.Works[judging.Returned]},
		), look.Waiting
	default:
		out.note, out.tone, out.done = t.T("app.stage_review_done", nil), look.Done, true
	}
	return out
}

func assignStage(t kit.Texter, s office.Summary) stage {
	switch {
	case s.Plan == nil && s.Judges == 0:
		return stage{kind: page.Assign, number: "—", note: t.T("app.stage_judges_none", nil)}
	case s.Plan == nil:
		return stage{kind: page.Assign, number: "—", note: t.T("app.stage_assign_none", judging.Args{"N": s.Judges})}
	case s.Plan.State == judging.Draft:
		return stage{
			kind: page.Assign, number: fmt.Sprint(s.Plan.Pairs),
			note: t.T("app.stage_assign_draft", judging.Args{"N": s.Plan.Pairs}), tone: look.Waiting,
		}
	}
	return stage{
		kind: page.Assign, number: fmt.Sprint(s.Plan.Pairs),
		note: t.T("app.stage_assign_done", judging.Args{"N": s.Plan.Pairs}), tone: look.Done, done: true,
	}
}

func progressStage(t kit.Texter, s office.Summary) stage {
	switch {
	case !published(s):
		return stage{kind: page.Progress, number: "—", note: t.T("app.stage_progress_none", nil)}
	case s.Finished && s.Missing > 0:
		note := t.T("progress.stage_closed", judging.Args{"N": s.Missing})
		return stage{
			kind: page.Progress, number: percent(s.Scored, s.Plan.Pairs), note: note, tone: look.Done, done: true,
		}
	case s.Scored == s.Plan.Pairs && !s.Finished:
		return stage{kind: page.Progress, number: "100%", note: t.T("app.stage_progress_full", nil), tone: look.Waiting}
	case s.Flags > 0:
		return stage{
			kind: page.Progress, number: percent(s.Scored, s.Plan.Pairs),
			note: t.T("app.stage_progress_flags", judging.Args{"N": s.Flags}), tone: look.Waiting, done: s.Finished,
		}
	case s.Finished:
		return stage{
			kind: page.Progress, number: "100%", note: t.T("app.stage_progress_done", nil), tone: look.Done, done: true,
		}
	}
	return stage{
		kind: page.Progress, number: percent(s.Scored, s.Plan.Pairs),
		note: t.T("app.stage_progress_open", judging.Args{"Done": s.Scored, "Total": s.Plan.Pairs}), tone: look.Waiting,
	}
}

func resultsStage(t kit.Texter, s office.Summary) stage {
	if s.Decided == 0 {
		return stage{kind: page.Results, number: "—", note: t.T("app.stage_results_none", nil)}
	}
	return stage{
		kind: page.Results, number: fmt.Sprint(s.Granted),
		note: t.T("app.stage_results_done", judging.Args{"N": s.Granted}), tone: look.Done, done: true,
	}
}

func noticeStage(t kit.Texter, s office.Summary) stage {
	switch {
	case s.Notice == nil:
		return stage{kind: page.Notice, number: "—", note: t.T("app.stage_notice_none", nil)}
	case s.Notice.State == judging.Final:
		return stage{
			kind: page.Notice, number: t.T("app.stage_notice_final", nil),
			note: t.T("app.stage_notice_final_note", nil), tone: look.Done, done: true,
		}
	case s.Objections > 0:
		return stage{
			kind: page.Notice, number: fmt.Sprint(s.Objections),
			note: t.T("app.stage_notice_objections", judging.Args{"N": s.Objections}), tone: look.Problem,
		}
	}
	return stage{
		kind: page.Notice, number: s.Notice.Until[5:], note: t.T("app.stage_notice_standing", nil), tone: look.Waiting,
	}
}

func batchesStage(t kit.Texter, s office.Summary) stage {
	if s.Batches == 0 {
		return stage{kind: page.Batches, number: "—", note: t.T("app.stage_batches_none", nil)}
	}
	return stage{
		kind: page.Batches, number: fmt.Sprint(s.Batches),
		note: t.T("app.stage_batches_done", judging.Args{"N": s.Batches}), tone: look.Done, done: true,
	}
}

func published(s office.Summary) bool { return s.Plan != nil && s.Plan.State == judging.Published }

// percent never says 100% before the end.
func percent(done, total int) string {
	if total == 0 {
		return "0%"
	}
	return fmt.Sprintf("%d%%", done*100/total)
}

// holds says which pages belong to an entry of the rail besides its own, so that the rail shows where one is.
var holds = map[string][]string{
	page.Works:    {page.Import, page.Account, page.Problems, page.Reconcile, page.Units, page.View},
	page.Review:   {page.Duplicates, page.Blind},
	page.Progress: {page.Packets, page.Clashes, page.Verify, page.HandOver},
	page.Results:  {page.Board, page.Disputes, page.Rounds, page.Explain, page.Fairness, page.Charts},
	page.Judges:   {page.Severity},
	page.Rules:    {page.EditRules},
	page.Reports:  {page.Certificates, page.Due},
	page.Overview: {page.History, page.OpenPoint, page.Prepare},
}

// Rail returns the rail of a contest: the stages, the first unfinished one marked as next, and the places that are
// no stages.
func Rail(t kit.Texter, s office.Summary) []status.Stage {
	place := func(kind, title string, icon fyne.Resource) status.Stage {
		return status.Stage{Key: kind, Title: t.T(title, nil), State: status.Place, Icon: icon, Holds: holds[kind]}
	}
	out := []status.Stage{place(page.Overview, "app.overview", theme.HomeIcon())}
	next := true
	for _, st := range stages(t, s) {
		entry := status.Stage{
			Key: st.kind, Title: t.T("app.rail_"+st.kind, nil), State: status.Ahead, Holds: holds[st.kind],
		}
		if st.number != "—" && st.number != "0" {
			entry.Note = st.number
		}
		switch {
		case st.done:
			entry.State = status.Finished
		case next && !st.passed:
			entry.State, next = status.Next, false
		}
		if st.tone == look.Problem {
			entry.State = status.Stuck
		}
		out = append(out, entry)
	}
	judges := place(page.Judges, "app.judges", theme.AccountIcon())
	if s.Judges > 0 {
		judges.Note = fmt.Sprint(s.Judges)
	}
	return append(
		out, judges, place(page.Rules, "app.rules", theme.ListIcon()),
		place(page.Reports, "app.rail_reports", theme.DocumentPrintIcon()),
		place(page.Settings, "app.settings", theme.SettingsIcon()),
		place(page.Start, "app.other_contest", theme.FolderOpenIcon()),
	)
}

// nextStep is one thing to do now.
type nextStep struct {
	text, act string
	route     kit.Route
}

// nextSteps returns at most three things to do now, the first one first.
func nextSteps(t kit.Texter, s office.Summary) []nextStep {
	var out []nextStep
	add := func(name string, args judging.Args, r kit.Route) {
		out = append(out, nextStep{t.T("app.next_"+name, args), t.T("app.next_"+name+"_act", args), r})
	}
	works := s.Works[judging.Accepted]
	switch {
	case s.Notice != nil && s.Notice.State == judging.Final && s.Batches == 0:
		add("report", judging.Args{"N": s.Granted}, kit.Route{Kind: page.Batches})
	case s.Notice != nil && s.Notice.State == judging.Final:
		add("papers", nil, kit.Route{Kind: page.Reports})
	case s.Notice != nil && s.Objections > 0:
		add("objections", judging.Args{"N": s.Objections}, kit.Route{Kind: page.Notice})
	case s.Notice != nil && s.Notice.State == judging.Standing:
		add("notice", judging.Args{"Until": kit.Date(t, s.Notice.Until)}, kit.Route{Kind: page.Notice})
	case published(s) && s.Decided > 0 && s.Notice == nil:
		add("publish_awards", judging.Args{"N": s.Granted}, kit.Route{Kind: page.Board})
		add("export", judging.Args{"N": s.Granted}, kit.Route{Kind: page.Results})
	case published(s) && s.Finished:
		add("decide", nil, kit.Route{Kind: page.Results})
	case published(s) && s.Scored == s.Plan.Pairs:
		add("submit", nil, kit.Route{Kind: page.Progress})
	case published(s):
		add("score", judging.Args{"N": s.Plan.Pairs - s.Scored}, kit.Route{Kind: page.Progress})
	case s.Plan != nil:
		add("publish", judging.Args{"N": s.Plan.Pairs}, kit.Route{Kind: page.Assign})
	case works > 0 && s.Judges > 0:
		add("assign", judging.Args{"Works": works, "Judges": s.Judges}, kit.Route{Kind: page.Assign})
	}
	if works == 0 {
		add("import", nil, kit.Route{Kind: page.Import})
	}
	if s.Judges == 0 {
		add("judges", nil, kit.Route{Kind: page.Judges})
	}
	if works == 0 {
		add("prepare", nil, kit.Route{Kind: page.Prepare})
	}
	if s.Loose > 0 && works > 0 && !published(s) {
		add("loose", judging.Args{"N": s.Loose}, kit.Route{Kind: page.Reconcile})
	}
	if s.Waiting > 0 && !published(s) {
		add("review", judging.Args{"N": s.Waiting}, kit.Route{Kind: page.Review})
	}
	if s.Flags > 0 {
		add("flags", judging.Args{"N": s.Flags}, kit.Route{Kind: page.Progress})
	}
	if n := s.Works[judging.Returned]; n > 0 && !published(s) {
		add("returned", judging.Args{"N": n}, kit.Route{Kind: page.Works, Tab: string(judging.Returned)})
	}
	if works > 0 && s.NoFiles > 0 && !published(s) {
		add("no_files", judging.Args{"N": s.NoFiles}, kit.Route{Kind: page.Works, Tab: page.NoFiles})
	}
	return out[:min(len(out), 3)]
}
