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
}

// stages says how far each step has come, in the order in which a contest goes.
func stages(t kit.Texter, s Standing) []stage {
	return []stage{
		worksStage(t, s), reviewStage(t, s.Summary), assignStage(t, s.Summary), scoringStage(t, s),
		resultsStage(t, s.Summary), noticeStage(t, s.Summary), batchesStage(t, s.Summary),
	}
}

// scoringStage is progressStage, but for works that are scored again though all lists were handed in.
func scoringStage(t kit.Texter, s Standing) stage {
	out := progressStage(t, s.Summary)
	for _, p := range s.Open {
		if p.Kind == "reopened" {
			out.note = t.T("app.stage_progress_again", judging.Args{"N": p.Count})
			out.tone, out.done = look.Waiting, false
		}
	}
	return out
}

// worksStage says that the files are all right only where each was opened.
func worksStage(t kit.Texter, s Standing) stage {
	n := s.Works[judging.Accepted]
	out := stage{kind: page.Works, number: fmt.Sprint(n), note: t.T("app.stage_works_none", nil), done: n > 0}
	switch {
	case n > 0 && s.Loose > 0:
		out.note, out.tone = t.T("app.stage_works_loose", judging.Args{"N": s.Loose}), look.Waiting
	case n > 0 && s.NoFiles > 0:
		out.note, out.tone = t.T("app.stage_works_no_files", judging.Args{"N": s.NoFiles}), look.Waiting
	case n > 0:
		out.note, out.tone = t.T("app.stage_works_done", nil), look.Done
		for _, p := range s.Open {
			if p.Kind == "broken_files" || p.Kind == "files_unopened" {
				out.note, out.tone = t.T("app.stage_works_"+p.Kind, judging.Args{"N": p.Count}), look.Waiting
				break
			}
		}
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
	note := "app.stage_notice_standing"
	if s.NoticeOver {
		note = "app.stage_notice_over"
	}
	return stage{kind: page.Notice, number: s.Notice.Until[5:], note: t.T(note, nil), tone: look.Waiting}
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
	page.Works: {page.Import, page.Account, page.Problems, page.Reconcile, page.Units, page.Inbox, page.UnitMap,
		page.Sending,
		page.View},
	page.Review: {page.Duplicates, page.Blind},
	page.Progress: {page.Packets, page.Clashes, page.Verify, page.Audience, page.HandOver, page.Room, page.Stage,
		page.Screen},
	page.Results:  {page.Board, page.Compare, page.Disputes, page.Rounds, page.Explain, page.Fairness, page.Charts},
	page.Judges:   {page.Severity},
	page.Rules:    {page.EditRules},
	page.Reports:  {page.Certificates, page.Due},
	page.Overview: {page.History, page.OpenPoint, page.Prepare},
}

// Rail returns the rail of a contest: the stages, the one of the next step marked, below each what is open in it, and
// the places that are no stages.
func Rail(t kit.Texter, s Standing) []status.Stage {
	place := func(kind, title string, icon fyne.Resource) status.Stage {
		return status.Stage{Key: kind, Title: t.T(title, nil), State: status.Place, Icon: icon, Holds: holds[kind]}
	}
	out := []status.Stage{place(page.Overview, "app.overview", theme.HomeIcon())}
	next := nextStage(t, s)
	for _, st := range stages(t, s) {
		entry := status.Stage{
			Key: st.kind, Title: t.T("app.rail_"+st.kind, nil), State: status.Ahead, Holds: holds[st.kind],
			Below: below(t, s, st.kind),
		}
		if st.number != "—" && st.number != "0" {
			entry.Note = st.number
		}
		switch {
		case st.kind == next:
			entry.State = status.Next
		case st.tone == look.Problem:
			entry.State = status.Stuck
		case st.done:
			entry.State = status.Finished
		}
		out = append(out, entry)
	}
	judges := place(page.Judges, "app.judges", theme.AccountIcon())
	if s.Judges > 0 {
		judges.Note = fmt.Sprint(s.Judges)
	}
	papers := place(page.Reports, "app.rail_reports", theme.DocumentPrintIcon())
	papers.Below = below(t, s, page.Reports)
	return append(
		out, judges, place(page.Rules, "app.rules", theme.ListIcon()), papers,
		place(page.Settings, "app.settings", theme.SettingsIcon()),
		place(page.Start, "app.other_contest", theme.FolderOpenIcon()),
	)
}
