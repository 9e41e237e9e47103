package intake

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// workQuicks counts works by state; a state nobody is in is left out.
func workQuicks(t kit.Texter, all []judging.Work) []kit.Quick {
	out := []kit.Quick{{Title: t.T("kit.all", nil), Count: len(all)}}
	add := func(state, title string, tone kit.Tone) {
		if n := len(page.WorkRows(all, kit.Filter{Quick: state})); n > 0 {
			out = append(out, kit.Quick{Key: state, Title: title, Count: n, Tone: tone})
		}
	}
	for _, s := range []judging.WorkStatus{judging.Accepted, judging.Returned, judging.Rejected, judging.Withdrawn} {
		add(string(s), page.StatusWord(t, s), page.StatusTone(s))
	}
	add(page.NoFiles, t.T("app.no_files", nil), kit.Waiting)
	return out
}
